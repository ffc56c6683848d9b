/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Just enough of jq's own lexer to tell where its tokens are. */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "api/jqwords.h"
#include "base/alloc.h"

#define DEPTH_MOST 64

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static const char *skip_blanks(const char *p)
{
	for (;;) {
		p += strspn(p, " \t\r\n");
		if (*p != '#')
			return p;
		p += strcspn(p, "\n");
	}
}

static const char *string_end(const char *p, int depth);

/* p stands behind "\(": behind the parenthesis that closes it. */
static const char *interpolation_end(const char *p, int depth)
{
	int open = 1;
	while (*p && open) {
		if (*p == '"') {
			p = string_end(p + 1, depth + 1);
			continue;
		}
		open += (*p == '(') - (*p == ')');
		p++;
	}
	return p;
}

/* p stands behind the opening quote: behind the closing one. */
static const char *string_end(const char *p, int depth)
{
	if (depth > DEPTH_MOST)
		return p + strlen(p);
	while (*p && *p != '"') {
		if (p[0] == '\\' && p[1] == '(')
			p = interpolation_end(p + 2, depth);
		else
			p += p[0] == '\\' && p[1] ? 2 : 1;
	}
	return *p ? p + 1 : p;
}

static size_t operator_length(const char *p)
{
	static const char *const long_ones[] = {
		"?//=", "?//", "//=", "//", "==", "!=", "<=", ">=",
		"|=",   "+=",  "-=",  "*=", "/=", "%=", ".."};
	for (size_t i = 0; i < ARRAY_LEN(long_ones); i++)
		if (strncmp(p, long_ones[i], strlen(long_ones[i])) == 0)
			return strlen(long_ones[i]);
	size_t n = 1; /* a character outside of ASCII is one token */
	while (((unsigned char)*p & 0x80) && ((unsigned char)p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static size_t word_length(const char *p)
{
	size_t n = 1;
	while (is_word(p[n]) || (p[n] == ':' && p[n + 1] == ':' && is_word(p[n + 2])))
		n += p[n] == ':' ? 2 : 1;
	return n;
}

struct jqtoken jqtoken_at(const char *p)
{
	p = skip_blanks(p);
	struct jqtoken t = {p, 0, *p};
	if (!*p)
		return t;
	if (*p == '"') {
		t.n = (size_t)(string_end(p + 1, 0) - p);
	} else if (isdigit((unsigned char)*p) || (*p == '.' && isdigit((unsigned char)p[1]))) {
		t.type = '0';
		while (is_word(p[t.n]) || p[t.n] == '.')
			t.n++;
	} else if (isalpha((unsigned char)*p) || *p == '_' || *p == '@') {
		t.type = *p == '@' ? '@' : 'a';
		t.n = word_length(p);
	} else if ((*p == '.' || *p == '$') && (isalpha((unsigned char)p[1]) || p[1] == '_')) {
		t.n = word_length(p + 1) + 1;
	} else {
		t.n = operator_length(p);
		t.type = *p == '.' ? 'p' : *p; /* 'p': a point or two, which are no field */
	}
	return t;
}

bool jqtoken_is(struct jqtoken t, const char *word)
{
	return t.n == strlen(word) && memcmp(t.s, word, t.n) == 0;
}

int jqtoken_opens(struct jqtoken t)
{
	if (t.type == '(' || t.type == '[' || t.type == '{' || jqtoken_is(t, "if"))
		return 1;
	return t.type == ')' || t.type == ']' || t.type == '}' || jqtoken_is(t, "end") ? -1 : 0;
}

const char *jqtoken_group_end(struct jqtoken t)
{
	int open = jqtoken_opens(t);
	const char *p = t.s + t.n;
	while (open > 0 && t.type) {
		t = jqtoken_at(p);
		open += jqtoken_opens(t);
		p = t.s + t.n;
	}
	return p;
}

const char *jqtoken_definition_end(struct jqtoken t)
{
	int open = 0;
	while (t.type) {
		const char *p = t.s + t.n;
		open += jqtoken_is(t, "def");
		if (t.type == '(' || t.type == '[' || t.type == '{')
			p = jqtoken_group_end(t);
		else if (t.type == ';' && --open == 0)
			return p;
		t = jqtoken_at(p);
	}
	return t.s;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/scan.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define NUMBER_MOST 64 /* characters of a number */

struct reader {
	const unsigned char *s, *end;
	const char *why;
	bool escaped; /* the string that was read last */
	bool nul;     /* a \u0000 is in the last string */
};

static bool fail(struct reader *r, const char *why)
{
	if (!r->why)
		r->why = why;
	return false;
}

static void skip_blanks(struct reader *r)
{
	while (r->s < r->end &&
	       (*r->s == ' ' || *r->s == '\t' || *r->s == '\n' || *r->s == '\r'))
		r->s++;
}

static bool take(struct reader *r, char c)
{
	if (r->s == r->end || *r->s != (unsigned char)c)
		return false;
	r->s++;
	return true;
}

static int hex_digit(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits of \uXXXX at s, or -1. */
static int32_t code_unit(const unsigned char *s, const unsigned char *end)
{
	int32_t v = 0;
	if (end - s < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int d = hex_digit(s[i]);
		if (d < 0)
			return -1;
		v = v << 4 | d;
	}
	return v;
}

/* Stands behind the backslash. */
static bool skip_escape(struct reader *r)
{
	r->escaped = true;
	if (r->s == r->end)
		return fail(r, "the string does not end");
	if (*r->s++ != 'u')
		return strchr("\"\\/bfnrt", r->s[-1]) && r->s[-1] ? true
								  : fail(r, "no such escape");
	int32_t high = code_unit(r->s, r->end);
	if (high < 0)
		return fail(r, "\\u needs four hexadecimal digits");
	r->s += 4;
	r->nul |= high == 0;
	if (high < 0xd800 || high > 0xdfff)
		return true;
	bool pair = high < 0xdc00 && r->end - r->s >= 6 && r->s[0] == '\\' && r->s[1] == 'u';
	int32_t low = pair ? code_unit(r->s + 2, r->end) : -1;
	if (low < 0xdc00 || low > 0xdfff)
		return fail(r, "half a surrogate pair");
	r->s += 6;
	return true;
}

/* Stands behind the opening quote; ends behind the closing one. */
static bool skip_string(struct reader *r)
{
	r->escaped = r->nul = false;
	while (r->s < r->end) {
		unsigned char c = *r->s;
		if (c >= 0x80) {
			uint32_t cp;
			size_t n = utf8_decode((const char *)r->s, (size_t)(r->end - r->s),
					       &cp);
			if (cp == UTF8_BROKEN)
				return fail(r, "the text is not UTF-8");
			r->s += n;
			continue;
		}
		if (c < 0x20)
			return fail(r, "a control character in a string");
		r->s++;
		if (c == '"')
			return true;
		if (c == '\\' && !skip_escape(r))
			return false;
	}
	return fail(r, "the string does not end");
}

static bool skip_digits(struct reader *r)
{
	const unsigned char *start = r->s;
	while (r->s < r->end && *r->s >= '0' && *r->s <= '9')
		r->s++;
	return r->s > start;
}

/* Readers differ in what they do with numbers that do not fit; nobody shall get one. */
static bool number_fits(const unsigned char *s, size_t n, bool whole)
{
	char copy[NUMBER_MOST + 1];
	if (n > NUMBER_MOST)
		return false;
	if (whole && n <= 18)
		return true;
	memcpy(copy, s, n);
	copy[n] = '\0';
	errno = 0;
	if (whole)
		return strtoll(copy, NULL, 10) != 0 && errno == 0;
	return isfinite(strtod(copy, NULL));
}

static bool skip_number(struct reader *r)
{
	const unsigned char *start = r->s;
	bool whole = true;
	take(r, '-');
	if (!take(r, '0') && !skip_digits(r))
		return fail(r, "a value is due here");
	if (take(r, '.')) {
		whole = false;
		if (!skip_digits(r))
			return fail(r, "digits are due behind the point");
	}
	if (take(r, 'e') || take(r, 'E')) {
		whole = false;
		if (!take(r, '+'))
			take(r, '-');
		if (!skip_digits(r))
			return fail(r, "an exponent is due here");
	}
	return number_fits(start, (size_t)(r->s - start), whole)
		       ? true
		       : fail(r, "the number is too large");
}

static bool skip_word(struct reader *r, const char *word)
{
	size_t n = strlen(word);
	if ((size_t)(r->end - r->s) < n || memcmp(r->s, word, n) != 0)
		return fail(r, "a value is due here");
	r->s += n;
	return true;
}

static bool skip_value(struct reader *r, int depth, enum scan_type *type);

static bool skip_array(struct reader *r, int depth)
{
	enum scan_type type;
	skip_blanks(r);
	if (take(r, ']'))
		return true;
	do {
		skip_blanks(r);
		if (!skip_value(r, depth, &type))
			return false;
		skip_blanks(r);
	} while (take(r, ','));
	return take(r, ']') ? true : fail(r, "a comma or ] is due here");
}

static bool skip_colon(struct reader *r)
{
	skip_blanks(r);
	if (!take(r, ':'))
		return fail(r, "a colon is due here");
	skip_blanks(r);
	return true;
}

static bool skip_name(struct reader *r)
{
	skip_blanks(r);
	if (!take(r, '"'))
		return fail(r, "the name of a member is due here");
	if (!skip_string(r))
		return false;
	if (r->nul) /* jansson, which reads records again, takes none */
		return fail(r, "a NUL in a member's name");
	return skip_colon(r);
}

static bool skip_object(struct reader *r, int depth)
{
	enum scan_type type;
	skip_blanks(r);
	if (take(r, '}'))
		return true;
	do {
		if (!skip_name(r) || !skip_value(r, depth, &type))
			return false;
		skip_blanks(r);
	} while (take(r, ','));
	return take(r, '}') ? true : fail(r, "a comma or } is due here");
}

static bool skip_value(struct reader *r, int depth, enum scan_type *type)
{
	if (r->s == r->end)
		return fail(r, "the text ends too early");
	switch (*r->s) {
	case '"':
		r->s++;
		*type = SCAN_STRING;
		return skip_string(r);
	case '{':
	case '[':
		if (depth == 0)
			return fail(r, "nested too deep");
		*type = *r->s++ == '{' ? SCAN_OBJECT : SCAN_ARRAY;
		return *type == SCAN_OBJECT ? skip_object(r, depth - 1)
					    : skip_array(r, depth - 1);
	case 't':
		*type = SCAN_TRUE;
		return skip_word(r, "true");
	case 'f':
		*type = SCAN_FALSE;
		return skip_word(r, "false");
	case 'n':
		*type = SCAN_NULL;
		return skip_word(r, "null");
	default:
		*type = SCAN_NUMBER;
		return skip_number(r);
	}
}

static bool same_name(const struct scan_member *m, const char *name, size_t n)
{
	return m->name_n == n && memcmp(m->name, name, n) == 0;
}

/* A second member of one name would be read by some and not by others. */
static bool is_new(const struct scan *s, const struct scan_member *m)
{
	for (size_t i = 0; i < s->count; i++)
		if (same_name(&s->members[i], m->name, m->name_n))
			return false;
	return true;
}

static bool read_member(struct scan *s, struct reader *r)
{
	if (s->count == SCAN_MEMBERS)
		return fail(r, "too many members");
	struct scan_member *m = &s->members[s->count];
	skip_blanks(r);
	m->name = (const char *)r->s + 1;
	if (!take(r, '"'))
		return fail(r, "the name of a member is due here");
	if (!skip_string(r))
		return false;
	m->name_n = (size_t)((const char *)r->s - m->name) - 1;
	if (r->escaped)
		return fail(r, "an escape in a member's name");
	if (!is_new(s, m))
		return fail(r, "a second member of this name");
	if (!skip_colon(r))
		return false;
	m->text = (const char *)r->s;
	if (!skip_value(r, SCAN_DEPTH, &m->type))
		return false;
	m->n = (size_t)((const char *)r->s - m->text);
	m->escaped = m->type == SCAN_STRING && r->escaped;
	s->count++;
	return true;
}

static bool read_members(struct scan *s, struct reader *r)
{
	skip_blanks(r);
	if (!take(r, '{'))
		return fail(r, "a record is a JSON object");
	skip_blanks(r);
	if (!take(r, '}')) {
		do {
			if (!read_member(s, r))
				return false;
			skip_blanks(r);
		} while (take(r, ','));
		if (!take(r, '}'))
			return fail(r, "a comma or } is due here");
	}
	skip_blanks(r);
	return r->s == r->end ? true : fail(r, "something stands behind the object");
}

int scan_object(struct scan *s, const char *text, size_t n)
{
	struct reader r = {(const unsigned char *)text, (const unsigned char *)text + n, NULL,
			   false, false};
	s->count = 0;
	s->why = NULL;
	if (read_members(s, &r))
		return 0;
	s->why = r.why;
	s->at = (size_t)((const char *)r.s - text);
	return -1;
}

struct scan_member *scan_find(struct scan *s, const char *name)
{
	size_t n = strlen(name);
	for (size_t i = 0; i < s->count; i++)
		if (same_name(&s->members[i], name, n))
			return &s->members[i];
	return NULL;
}

static size_t put_utf8(char *out, uint32_t c)
{
	unsigned char *o = (unsigned char *)out;
	if (c < 0x80) {
		o[0] = (unsigned char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		o[i] = (unsigned char)(0x80 | (c & 0x3f));
	o[0] = (unsigned char)(lead[n] | c);
	return n;
}

/* Decodes the escape behind a backslash; the text has been checked. */
static const unsigned char *decode(const unsigned char *s, const unsigned char *end, char *out,
				   size_t *n)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	if (*s != 'u') {
		const char *at = strchr(from, *s);
		out[(*n)++] = at ? to[at - from] : (char)*s;
		return s + 1;
	}
	uint32_t c = (uint32_t)code_unit(s + 1, end);
	s += 5;
	if (c >= 0xd800 && c <= 0xdbff) {
		c = 0x10000 + ((c - 0xd800) << 10) + ((uint32_t)code_unit(s + 2, end) - 0xdc00);
		s += 6;
	}
	*n += put_utf8(out + *n, c);
	return s;
}

size_t scan_string(const struct scan_member *m, char *out)
{
	size_t n = 0;
	const unsigned char *s = (const unsigned char *)m->text + 1;
	const unsigned char *end = (const unsigned char *)m->text + m->n - 1;
	if (!m->escaped) {
		n = m->n - 2;
		memcpy(out, s, n);
		return n;
	}
	while (s < end)
		if (*s == '\\')
			s = decode(s + 1, end, out, &n);
		else
			out[n++] = (char)*s++;
	return n;
}

bool scan_all_objects(const struct scan_member *m)
{
	struct reader r = {(const unsigned char *)m->text + 1,
			   (const unsigned char *)m->text + m->n, NULL, false, false};
	enum scan_type type;
	skip_blanks(&r);
	if (take(&r, ']'))
		return true;
	do {
		skip_blanks(&r);
		if (!skip_value(&r, SCAN_DEPTH, &type) || type != SCAN_OBJECT)
			return false;
		skip_blanks(&r);
	} while (take(&r, ','));
	return true;
}

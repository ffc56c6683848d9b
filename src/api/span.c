/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Not a parser: it only knows strings, brackets and commas, and never reads past the end. */
#include "api/span.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct cursor {
	const char *p, *end;
};

static void skip_blanks(struct cursor *c)
{
	while (c->p < c->end &&
	       (*c->p == ' ' || *c->p == '\n' || *c->p == '\r' || *c->p == '\t'))
		c->p++;
}

/* c->p stands on the opening quote; afterwards behind the closing one. */
static void skip_string(struct cursor *c)
{
	for (c->p++; c->p < c->end;) {
		const char *quote = memchr(c->p, '"', (size_t)(c->end - c->p));
		if (!quote) {
			c->p = c->end;
			return;
		}
		const char *back = quote;
		while (back > c->p && back[-1] == '\\')
			back--;
		c->p = quote + 1;
		if ((quote - back) % 2 == 0)
			return;
	}
}

static void skip_value(struct cursor *c)
{
	size_t depth = 0;
	while (c->p < c->end) {
		switch (*c->p) {
		case '"':
			skip_string(c);
			break;
		case '{':
		case '[':
			depth++;
			c->p++;
			break;
		case '}':
		case ']':
			if (depth == 0)
				return;
			depth--;
			c->p++;
			break;
		case ',':
			if (depth == 0)
				return;
			c->p++;
			continue;
		default:
			c->p++;
			continue;
		}
		if (depth == 0)
			return;
	}
}

static struct span trimmed(const char *from, const char *to)
{
	while (to > from &&
	       (to[-1] == ' ' || to[-1] == '\n' || to[-1] == '\r' || to[-1] == '\t'))
		to--;
	return (struct span){from, (size_t)(to - from)};
}

static struct span take_value(struct cursor *c)
{
	skip_blanks(c);
	const char *from = c->p;
	skip_value(c);
	return trimmed(from, c->p);
}

/* Steps over a comma; false where none is there. */
static bool take_comma(struct cursor *c)
{
	skip_blanks(c);
	if (c->p >= c->end || *c->p != ',')
		return false;
	c->p++;
	return true;
}

/* The last member of this name, as parsers take it. */
static bool find_member(struct span object, const char *name, struct span *out)
{
	struct cursor c = {object.s, object.s + object.n};
	size_t n = strlen(name);
	bool found = false;
	skip_blanks(&c);
	if (c.p >= c.end || *c.p++ != '{')
		return false;
	do {
		skip_blanks(&c);
		const char *key = c.p;
		if (c.p >= c.end || *c.p != '"')
			break;
		skip_string(&c);
		bool same = (size_t)(c.p - key) == n + 2 && memcmp(key + 1, name, n) == 0;
		skip_blanks(&c);
		if (c.p >= c.end || *c.p++ != ':')
			return false;
		struct span value = take_value(&c);
		if (same) {
			*out = value;
			found = true;
		}
	} while (take_comma(&c));
	return found;
}

bool span_items(const char *json, size_t n, const char *const *path, size_t path_n,
		struct span **out, size_t *count)
{
	struct span whole = trimmed(json, json + n);
	size_t cap = 0;
	*out = NULL;
	*count = 0;
	if (n >= 3 && memcmp(json, "\xef\xbb\xbf", 3) == 0)
		whole = (struct span){whole.s + 3, whole.n - 3};
	for (size_t i = 0; i < path_n; i++)
		if (!find_member(whole, path[i], &whole))
			return false;
	struct cursor c = {whole.s, whole.s + whole.n};
	skip_blanks(&c);
	if (c.p >= c.end || *c.p != '[') {
		ARRAY_PUSH(*out, *count, cap) = trimmed(c.p, c.end);
		return true;
	}
	c.p++;
	skip_blanks(&c);
	if (c.p < c.end && *c.p == ']')
		return true;
	do
		ARRAY_PUSH(*out, *count, cap) = take_value(&c);
	while (take_comma(&c));
	return true;
}

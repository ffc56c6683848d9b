/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/chunks.h"

#include <string.h>

void chunks_init(struct chunks *c, bool lines, size_t most)
{
	*c = (struct chunks){.text = STRBUF_INIT, .lines = lines, .most = most};
}

void chunks_free(struct chunks *c)
{
	strbuf_free(&c->text);
}

static bool is_blank(char b)
{
	return b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == '\x1e';
}

static bool is_empty(const struct strbuf *b)
{
	for (size_t i = 0; i < b->len; i++)
		if (!is_blank(b->s[i]))
			return false;
	return true;
}

static void give(struct chunks *c, void (*each)(void *, const char *, size_t), void *context)
{
	const char *s = c->text.s;
	size_t n = c->text.len;
	for (; n && is_blank(*s); s++)
		n--;
	if (!is_empty(&c->text))
		each(context, s, n);
	strbuf_clear(&c->text);
	c->depth = 0;
	c->in_string = c->escaped = false;
}

static void in_string(struct chunks *c, char b)
{
	if (c->escaped)
		c->escaped = false;
	else if (b == '\\')
		c->escaped = true;
	else if (b == '"')
		c->in_string = false;
}

/* Whether the value is whole with this byte. */
static bool ends(struct chunks *c, char b)
{
	if (c->in_string) {
		in_string(c, b);
		return !c->in_string && c->depth == 0;
	}
	c->in_string = b == '"';
	if (b == '{' || b == '[')
		c->depth++;
	else if ((b == '}' || b == ']') && c->depth > 0)
		return --c->depth == 0;
	return false;
}

/* Whether what was before this byte is a value that it does not belong to. */
static bool begins(const struct chunks *c, char b)
{
	return !c->in_string && c->depth == 0 && c->text.len &&
	       (is_blank(b) || b == '{' || b == '[' || b == '"');
}

void chunks_feed(struct chunks *c, const char *p, size_t n,
		 void (*each)(void *, const char *, size_t), void *context)
{
	for (const char *end = p + n; p < end && !c->broken; p++) {
		if (c->lines ? *p == '\n' : begins(c, *p))
			give(c, each, context);
		bool outside = !c->lines && !c->in_string && c->depth == 0;
		if ((c->lines && *p == '\n') || (outside && is_blank(*p)))
			continue;
		if (c->text.len >= c->most) {
			c->broken = true;
			return;
		}
		strbuf_addc(&c->text, *p);
		if (!c->lines && ends(c, *p))
			give(c, each, context);
	}
}

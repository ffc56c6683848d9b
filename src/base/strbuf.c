/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* What an empty buffer points to; nothing is ever written here. */
char strbuf_empty[1];

void strbuf_free(struct strbuf *b)
{
	if (b->cap)
		free(b->s);
	*b = (struct strbuf)STRBUF_INIT;
}

void strbuf_clear(struct strbuf *b)
{
	b->len = 0;
	if (b->cap)
		b->s[0] = '\0';
}

void strbuf_reserve(struct strbuf *b, size_t more)
{
	size_t want = b->len + more + 1;
	if (want <= b->cap)
		return;
	size_t cap = b->cap ? b->cap * 2 : 64;
	if (cap < want)
		cap = want;
	b->s = xrealloc(b->cap ? b->s : NULL, cap);
	b->cap = cap;
	b->s[b->len] = '\0';
}

void strbuf_add(struct strbuf *b, const void *data, size_t n)
{
	if (!n)
		return;
	strbuf_reserve(b, n);
	memcpy(b->s + b->len, data, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void strbuf_adds(struct strbuf *b, const char *s)
{
	strbuf_add(b, s, strlen(s));
}

void strbuf_addc(struct strbuf *b, char c)
{
	strbuf_add(b, &c, 1);
}

void strbuf_addn(struct strbuf *b, char c, size_t n)
{
	if (!n)
		return;
	strbuf_reserve(b, n);
	memset(b->s + b->len, c, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void strbuf_vaddf(struct strbuf *b, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	strbuf_reserve(b, 0);
	size_t room = b->cap - b->len;
	int n = vsnprintf(b->s + b->len, room, fmt, ap);
	if (n >= 0 && (size_t)n >= room) {
		strbuf_reserve(b, (size_t)n);
		n = vsnprintf(b->s + b->len, (size_t)n + 1, fmt, again);
	}
	if (n > 0)
		b->len += (size_t)n;
	b->s[b->len] = '\0';
	va_end(again);
}

void strbuf_addf(struct strbuf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	strbuf_vaddf(b, fmt, ap);
	va_end(ap);
}

void strbuf_drop(struct strbuf *b, size_t n)
{
	if (n >= b->len) {
		strbuf_clear(b);
		return;
	}
	memmove(b->s, b->s + n, b->len - n + 1);
	b->len -= n;
}

void strbuf_truncate(struct strbuf *b, size_t n)
{
	if (n >= b->len)
		return;
	b->len = n;
	b->s[n] = '\0';
}

char *strbuf_detach(struct strbuf *b)
{
	char *s = b->cap ? b->s : xstrdup("");
	*b = (struct strbuf)STRBUF_INIT;
	return s;
}

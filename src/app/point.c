/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/point.h"

#include <string.h>

#include "text/utf8.h"

#define SHOWN_BEFORE 40 /* characters of a filter before what is wrong */
#define SHOWN_BEHIND 30

/* From where on `count` characters stand before s[at]. */
static size_t step_back(const char *s, size_t at, int count)
{
	while (at > 0 && count-- > 0)
		at = utf8_previous(s, at);
	return at;
}

static size_t step_on(const char *s, size_t at, int count)
{
	struct utf8_cluster c;
	size_t n = strlen(s);
	while (at < n && count-- > 0)
		at += utf8_next(s + at, n - at, &c);
	return at;
}

void point_at(struct strbuf *out, const char *text, size_t at)
{
	size_t from = step_back(text, at, SHOWN_BEFORE);
	size_t to = step_on(text, at, SHOWN_BEHIND);
	struct strbuf shown = STRBUF_INIT;
	for (size_t i = from; i < to; i++) /* one line */
		strbuf_addc(&shown, (unsigned char)text[i] < ' ' ? ' ' : text[i]);
	const char *dots = from ? "…" : "";
	int before = utf8_swidth(dots) + utf8_width(shown.s, at - from);
	strbuf_addf(out, "    %s%s%s\n    %*s^", dots, shown.s, text[to] ? "…" : "", before,
		    "");
	strbuf_free(&shown);
}

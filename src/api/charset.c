/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strbuf.h"

void charset_of_type(const char *type, char *buf)
{
	const char *p = strcasestr(type, "charset=");
	buf[0] = '\0';
	if (!p)
		return;
	p += strlen("charset=");
	p += *p == '"' || *p == '\'';
	size_t n = strcspn(p, "\"'; \t,");
	snprintf(buf, CHARSET_MOST, "%.*s", (int)(n < CHARSET_MOST ? n : CHARSET_MOST - 1), p);
}

const char *charset_of_mark(const char *s, size_t n, size_t *mark)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *name;
	} marks[] = {{"\xef\xbb\xbf", 3, "UTF-8"},
		     {"\xff\xfe", 2, "UTF-16LE"},
		     {"\xfe\xff", 2, "UTF-16BE"}};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (n >= marks[i].n && memcmp(s, marks[i].bytes, marks[i].n) == 0) {
			*mark = marks[i].n;
			return marks[i].name;
		}
	*mark = 0;
	return NULL;
}

/* Runs the text through; -1 where iconv stops. */
static int run(iconv_t way, const char *s, size_t n, struct strbuf *b)
{
	char piece[4096];
	/* iconv does not write where it reads from */
	char *in = (char *)(uintptr_t)s;
	for (;;) {
		char *out = piece;
		size_t room = sizeof piece;
		size_t got = n ? iconv(way, &in, &n, &out, &room)
			       : iconv(way, NULL, NULL, &out, &room);
		bool full = got == (size_t)-1 && errno == E2BIG;
		bool at_end = !n;
		strbuf_add(b, piece, sizeof piece - room);
		if (got == (size_t)-1 && !full)
			return -1;
		if (at_end && !full && room == sizeof piece)
			return 0;
	}
}

char *charset_convert(const char *charset, const char *s, size_t n, struct arena *a,
		      size_t *out_n, struct err *e)
{
	iconv_t way = iconv_open("UTF-8", charset);
	struct strbuf b = STRBUF_INIT;
	char *text = NULL;
	if (way == (iconv_t)-1) {
		err_set(e, ERR_PARSE, _("no such charset: %s"), charset);
		return NULL;
	}
	if (run(way, s, n, &b) < 0) {
		err_set(e, ERR_PARSE, _("not written in %s"), charset);
	} else {
		*out_n = b.len;
		text = arena_memdup(a, b.s, b.len);
	}
	iconv_close(way);
	strbuf_free(&b);
	return text;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/compress.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

/* The fastest level: one thread serves all clients, and records already shrink 5 : 1. */
#define LEVEL 1
#define GZIP_WINDOW (15 + 16)

bool compress_wanted(const char *header)
{
	for (const char *s = header; s && *s;) {
		s += strspn(s, " \t,");
		size_t n = strcspn(s, ",");
		size_t name = strcspn(s, " \t,;");
		bool gzip = (name == 4 && strncasecmp(s, "gzip", 4) == 0) ||
			    (name == 1 && *s == '*');
		const char *q = memchr(s, '=', n);
		if (gzip)
			return !q || strtod(q + 1, NULL) > 0;
		s += n;
	}
	return false;
}

bool compress_gzip(struct strbuf *b)
{
	z_stream z = {0};
	if (b->len > UINT32_MAX / 2 ||
	    deflateInit2(&z, LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	struct strbuf out = STRBUF_INIT;
	size_t room = deflateBound(&z, b->len);
	strbuf_reserve(&out, room);
	z.next_in = (Bytef *)b->s;
	z.avail_in = (uInt)b->len;
	z.next_out = (Bytef *)out.s;
	z.avail_out = (uInt)room;
	bool done = deflate(&z, Z_FINISH) == Z_STREAM_END;
	out.len = room - z.avail_out;
	out.s[out.len] = '\0';
	deflateEnd(&z);
	struct strbuf drop = done ? *b : out;
	if (done)
		*b = out;
	strbuf_free(&drop);
	return done;
}

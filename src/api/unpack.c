/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/unpack.h"

#include <stdint.h>
#include <stdlib.h>
#include <strings.h>
#include <zlib.h>

#include "base/alloc.h"

#define PIECE (64 * 1024)
#define GZIP_FIRST 0x1f
#define AUTO 32 /* added to the window's bits: gzip and zlib are known by their first bytes */

struct unpack {
	z_stream z;
	bool deflate, begun, ended, broken;
	unsigned char out[PIECE];
};

static bool is_one_of(const char *word, const char *const *words)
{
	while (*words && strcasecmp(*words, word) != 0)
		words++;
	return *words;
}

struct unpack *unpack_new(const char *encoding, bool *odd)
{
	static const char *const none[] = {"", "identity", "none", NULL};
	static const char *const packed[] = {"gzip", "x-gzip", "deflate", NULL};
	bool unpacks = encoding && is_one_of(encoding, packed);
	*odd = !unpacks && encoding && !is_one_of(encoding, none);
	if (!unpacks)
		return NULL;
	struct unpack *u = xcalloc(1, sizeof *u);
	u->deflate = strcasecmp(encoding, "deflate") == 0;
	if (inflateInit2(&u->z, MAX_WBITS + AUTO) != Z_OK)
		abort();
	return u;
}

void unpack_free(struct unpack *u)
{
	if (!u)
		return;
	inflateEnd(&u->z);
	free(u);
}

/* "deflate" should be in zlib's form, and by some servers is not. */
static bool is_bare(unsigned char first)
{
	return (first & 0x0f) != Z_DEFLATED || first >> 4 > 7;
}

static void begin(struct unpack *u)
{
	if (u->deflate && is_bare(*u->z.next_in))
		inflateReset2(&u->z, -MAX_WBITS);
	else if (u->begun)
		inflateReset(&u->z);
	u->begun = true;
	u->ended = false;
}

/* Whether another packing follows the one that ended; what else comes fills up. */
static bool goes_on(const struct unpack *u)
{
	return !u->deflate && *u->z.next_in == GZIP_FIRST;
}

bool unpack_add(struct unpack *u, const char *p, size_t n,
		bool (*data)(void *context, const char *p, size_t n), void *context)
{
	u->z.next_in = (unsigned char *)(uintptr_t)p;
	u->z.avail_in = (unsigned)n;
	bool full = false;
	while (u->z.avail_in || full) {
		if (u->ended && !goes_on(u))
			return true;
		if (!u->begun || u->ended)
			begin(u);
		u->z.next_out = u->out;
		u->z.avail_out = PIECE;
		int rc = inflate(&u->z, Z_NO_FLUSH);
		u->ended = rc == Z_STREAM_END;
		u->broken = rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR;
		size_t made = PIECE - u->z.avail_out;
		if (made && !data(context, (const char *)u->out, made))
			return false;
		if (u->broken)
			return false;
		full = !u->z.avail_out && !u->ended;
	}
	return true;
}

bool unpack_is_broken(const struct unpack *u)
{
	return u->broken;
}

bool unpack_is_whole(const struct unpack *u)
{
	return !u->begun || u->ended;
}

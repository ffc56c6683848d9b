/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters, grapheme clusters and the columns they take on a terminal.  Everything is
 * bounded by the length given and safe with any bytes. */
#ifndef IOC_TEXT_UTF8_H
#define IOC_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/utf8.h" /* utf8_decode, utf8_is_valid */

#define UTF8_REPLACEMENT UINT32_C(0xfffd)

/* Writes the code point, which must be a Unicode scalar value; returns the bytes, 1 to 4. */
size_t utf8_encode(uint32_t cp, char buf[4]);

/* The small letter of a capital; any other code point itself. */
uint32_t utf8_lower(uint32_t cp);

/* What may reach a terminal as it is: no control, bidi control, joiner, tag, noncharacter or
 * other thing without a shape of its own.  Marks count as printable. */
bool utf8_is_printable(uint32_t cp);
/* A mark that stands in the cell of the character before it. */
bool utf8_is_mark(uint32_t cp);
/* What to show for a code point that is not printable: a control picture, U+FFFD, or 0 where
 * nothing need be shown. */
uint32_t utf8_substitute(uint32_t cp);

/* One thing that the cursor steps over: a base and its marks. */
struct utf8_cluster {
	size_t n;    /* bytes */
	uint32_t cp; /* what to show: the only code point, or the base of several */
	int width;   /* columns: 1, 2, or 0 for what vanishes */
	bool single; /* show `cp` alone; otherwise show the n bytes, all of them printable */
};

/* The cluster at s, n > 0 bytes long.  Returns its length, at least 1. */
size_t utf8_next(const char *s, size_t n, struct utf8_cluster *c);
/* Where the cluster before s[at] starts; at > 0. */
size_t utf8_previous(const char *s, size_t at);

/* Columns of one code point, alone: 0 for marks, 1 or 2; the substitute's for controls. */
int utf8_char_width(uint32_t cp);
/* Columns of n bytes; of a terminated string. */
int utf8_width(const char *s, size_t n);
int utf8_swidth(const char *s);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door for text from outside: what comes in is hostile until it has passed here. */
#ifndef IOC_TEXT_CLEAN_H
#define IOC_TEXT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

enum clean_flag {
	CLEAN_LINES = 1, /* keep \n (and turn CRLF, CR, U+0085, U+2028, U+2029 into it);
			    otherwise a line's end becomes ↵ */
};

#define CLEAN_MARKS 4 /* combining marks that a base keeps: what a terminal cell holds */

/* Appends the bytes as valid UTF-8 in NFC without anything that drives a terminal: C0, DEL,
 * C1, bidi controls, zero-width characters, tags, private joiners and noncharacters become
 * visible substitutes (␛, ␀, …, U+FFFD) or vanish (joiners, BOM, soft hyphen, left-to-right
 * marks); TAB becomes a blank, U+00A0 and every other odd blank too; broken bytes become
 * U+FFFD, one for each maximal part; a base keeps at most CLEAN_MARKS marks, and marks that
 * start a text or line get ◌ to stand on.  Text that is clean already is copied at memcpy
 * speed.  Idempotent, linear, and pure: any thread. */
void clean_append(struct strbuf *out, const char *s, size_t n, unsigned flags);
/* Whether clean_append would change nothing. */
bool clean_is(const char *s, size_t n, unsigned flags);

#endif

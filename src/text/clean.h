/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door for text from outside: what comes in is hostile until it has passed here. */
#ifndef IOC_TEXT_CLEAN_H
#define IOC_TEXT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

enum clean_flag {
	CLEAN_LINES = 1, /* keep \n (and turn CRLF, CR into it); otherwise \n becomes ↵ … */
};

/* Appends the bytes as valid UTF-8 in NFC without anything that drives a terminal: C0, DEL,
 * C1, bidi controls, zero-width characters, tags, private joiners and noncharacters become
 * visible substitutes (␛, ␀, …, U+FFFD) or vanish (joiners, BOM, soft hyphen); TAB becomes a blank, U+00A0
 * too; broken bytes become U+FFFD, one for each maximal part; a base keeps at most four
 * marks.  Text that is clean already is copied at memcpy speed. */
void clean_append(struct strbuf *out, const char *s, size_t n, unsigned flags);
/* Whether clean_append would change nothing. */
bool clean_is(const char *s, size_t n, unsigned flags);

#endif

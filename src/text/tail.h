/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes, plates and phone numbers, however they are written, and by their last digits:
 * "26A-123.45", "26a 12345" are one plate, "+84 912 345 678" is 0912345678.  The search index
 * holds them backwards, so that what ends with something begins with it there. */
#ifndef IOC_TEXT_TAIL_H
#define IOC_TEXT_TAIL_H

#include <stdbool.h>
#include <stddef.h>

#define TAIL_MOST 40 /* letters and digits; of longer ones the last count */
/* Stands before a backward one in texts for the search index, and in its tokens, where no word
 * has it; it ends at the end of the line. */
#define TAIL_MARK '\x1e'

/* Writes the letters and digits (of phone numbers: digits, in the form with 0) backwards into
 * out[TAIL_MOST + 1].  Returns how many; 0 where there are none. */
size_t tail_of(const char *s, size_t n, bool phone, char *out);

enum tail_match { TAIL_IS, TAIL_ENDS, TAIL_HOLDS };
/* Whether a text is, ends with, or holds what `tail` says backwards. */
bool tail_matches(const char *s, size_t n, bool phone, const char *tail, enum tail_match how);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a word bears the accents that somebody typed. */
#ifndef IOC_TEXT_ACCENT_H
#define IOC_TEXT_ACCENT_H

#include <stdbool.h>
#include <stddef.h>

/* `typed` and `text` are two spellings of one folded word, or `typed` is the beginning of one.
 * What is typed with a mark must have it, the tone wherever in the syllable it stands; what is
 * typed without may have any: "đuong" is met by "đường" and "đương", not by "dưỡng"; "hoà" by
 * "hòa", not by "hoa". */
bool accent_fits(const char *typed, size_t typed_n, const char *text, size_t text_n);

/* Whether a word is typed with accents, so that accent_fits narrows anything. */
bool accent_typed(const char *s, size_t n);

#endif

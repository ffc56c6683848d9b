/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vietnamese order, as CLDR has it, independent of the system's locales: blanks, punctuation,
 * digits, then a ă â b c d đ e ê …; where all letters are equal the tones decide (ngang huyền
 * hỏi ngã sắc nặng), then case, small first. */
#ifndef IOC_TEXT_COLLATE_H
#define IOC_TEXT_COLLATE_H

#include <stddef.h>

#include "base/strbuf.h"

/* <0, 0, >0.  NFC and NFD are equal.  No allocation: fit for an SQLite collation. */
int collate_compare(const char *a, size_t an, const char *b, size_t bn);
/* Persons: by given name (the last word), then family name (the first), then what is between.
 */
int collate_compare_names(const char *a, size_t an, const char *b, size_t bn);

/* Append bytes whose memcmp order (the shorter first) is the order above; they hold NUL. */
void collate_key(struct strbuf *out, const char *s, size_t n);
void collate_name_key(struct strbuf *out, const char *s, size_t n);

#endif

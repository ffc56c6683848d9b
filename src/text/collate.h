/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vietnamese order, as CLDR has it, independent of the system's locales: blanks, punctuation,
 * digits, then a ă â b c d đ e ê …; where all letters are equal the tones decide (ngang huyền
 * hỏi ngã sắc nặng), then case, small first. */
#ifndef IOC_TEXT_COLLATE_H
#define IOC_TEXT_COLLATE_H

#include <stddef.h>

/* <0, 0, >0.  NFC and NFD are equal.  No allocation: fit for an SQLite collation. */
int collate_compare(const char *a, size_t an, const char *b, size_t bn);

#endif

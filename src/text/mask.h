/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Personal data with the telling part hidden.  Each function appends the masked form of n
 * bytes of clean text; what does not look like the thing expected is masked rather too much
 * than too little. */
#ifndef IOC_TEXT_MASK_H
#define IOC_TEXT_MASK_H

#include <stddef.h>

#include "base/strbuf.h"

/* Nguyễn Văn An → Nguyễn V. A.; a single word keeps its first letter: An → A***. */
void mask_name(struct strbuf *out, const char *s, size_t n);
/* 0912340000 → 09****0000, written with blanks, dots or +84 too; what is no phone number
 * keeps three digits at most. */
void mask_phone(struct strbuf *out, const char *s, size_t n);
/* 26A-123.45 → 26A-123.** */
void mask_plate(struct strbuf *out, const char *s, size_t n);
/* Số 12 ngõ 308 đường Chu Văn Thịnh, Chiềng Lề → *** đường Chu Văn Thịnh, Chiềng Lề */
void mask_address(struct strbuf *out, const char *s, size_t n);
/* Free text: numbers of 9 to 12 digits (phones, identity cards), also when written in groups;
 * phones as above, of others the last three digits stay.  Licence plates as above. */
void mask_text(struct strbuf *out, const char *s, size_t n);

#endif

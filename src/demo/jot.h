/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON written straight into a buffer.  A million records are made this way, which through a
 * tree of values would take minutes.  Each function writes one member with a comma in front
 * where something stands before it. */
#ifndef IOC_DEMO_JOT_H
#define IOC_DEMO_JOT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

/* The text in quotes.  Must be valid UTF-8; control characters are escaped. */
void jot_quote(struct strbuf *b, const char *s, size_t n);
/* `"key":` with a comma where one is due; for members that are lists or maps. */
void jot_key(struct strbuf *b, const char *key);
/* Nothing is written for NULL and "". */
void jot_text(struct strbuf *b, const char *key, const char *s);
void jot_text_n(struct strbuf *b, const char *key, const char *s, size_t n);
void jot_int(struct strbuf *b, const char *key, int64_t v);
void jot_decimal(struct strbuf *b, const char *key, double v, int decimals);
void jot_flag(struct strbuf *b, const char *key, bool v);
/* RFC 3339 in UTC with milliseconds; nothing for CLOCK_NONE. */
void jot_time(struct strbuf *b, const char *key, int64_t t);
/* The same instant as text, without a member. */
void jot_instant(struct strbuf *b, int64_t t);

#endif

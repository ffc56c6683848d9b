/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as one cell of CSV, TSV or JSON. */
#ifndef IOC_EXPORT_ESCAPE_H
#define IOC_EXPORT_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "export/out.h"

/* RFC 4180: in quotes where it must be. */
void escape_csv(struct out *o, const char *s, size_t n);
/* Line breaks, tabs and backslashes as \n, \t, \\: a record stays one line. */
void escape_tsv(struct out *o, const char *s, size_t n);
/* In quotes. */
void escape_json(struct out *o, const char *s, size_t n);
/* Whether a spreadsheet would take the text for a formula: it begins with = + - @, a tab or
 * a carriage return, also after blanks or in full width. */
bool escape_is_formula(const char *s, size_t n);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON as some servers write it: one broken character must not cost a whole answer. */
#ifndef IOC_API_REPAIR_H
#define IOC_API_REPAIR_H

#include <jv.h>
#include <stdbool.h>

#include "base/strbuf.h"

/* Puts in order what parsers stumble over inside strings: halves of surrogate pairs and
 * unknown escapes become replacement characters, NUL bytes become \u0000.  Appends to `out`;
 * returns whether anything had to be changed. */
bool repair_json(const char *s, size_t n, struct strbuf *out);
/* Parses, if need be after repairing.  An invalid value where that did not help. */
jv repair_parse(const char *s, size_t n);

#endif

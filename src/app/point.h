/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the place in a text where it is wrong. */
#ifndef IOC_APP_POINT_H
#define IOC_APP_POINT_H

#include "base/strbuf.h"

/* Appends two lines, without the end of the second: the part of the text round byte `at`, and a
 * mark below it. */
void point_at(struct strbuf *out, const char *text, size_t at);

#endif

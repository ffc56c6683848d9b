/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The place in the feed as clients hold it: opaque to them, epoch and number to us. */
#ifndef IOC_GATEWAY_CURSOR_H
#define IOC_GATEWAY_CURSOR_H

#include <stdint.h>

#include "gateway/backend.h"

#define CURSOR_TEXT 40

void cursor_format(const struct backend *b, int64_t seq, char text[CURSOR_TEXT]);

/* NULL and "" are the beginning.  False where one can't go on from it: it is of another
 * epoch, stands before deletions that are forgotten, or never was handed out. */
bool cursor_parse(const struct backend *b, const char *text, int64_t *seq);

#endif

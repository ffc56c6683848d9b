/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML as plain text for a terminal. */
#ifndef IOC_API_HTMLTEXT_H
#define IOC_API_HTMLTEXT_H

#include <stddef.h>

#include "base/strbuf.h"

/* Appends what a reader sees of a piece of HTML (UTF-8, n bytes): paragraphs, line breaks and
 * items of lists as lines, cells side by side, links with their address behind them, entities
 * as characters; scripts, styles and comments vanish.  A text without tags keeps its lines. */
void htmltext_append(struct strbuf *out, const char *s, size_t n);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts as words of a POSIX shell, for what people copy or complete; nothing of ours runs one.
 */
#ifndef IOC_BASE_QUOTE_H
#define IOC_BASE_QUOTE_H

#include "base/strbuf.h"

/* Appends text so that it goes on a word within this open quote (0: none). */
void shell_quote_within(struct strbuf *b, const char *text, char quote);
/* Appends text as one word, in '…' where it has to be. */
void shell_quote(struct strbuf *b, const char *text);

#endif

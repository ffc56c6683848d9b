/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command line of bash as far as it is typed: its words, and how what follows must be quoted.
 * Nothing is expanded. */
#ifndef IOC_APP_SHELL_LINE_H
#define IOC_APP_SHELL_LINE_H

#include "base/arena.h"
#include "base/strbuf.h"

struct shell_line {
	char **words; /* without quotes; the last is the one being typed, perhaps "" */
	size_t count;
	const char *last; /* where that begins in the line, as it was typed */
	char quote;       /* that is still open at the end; 0 */
};

/* In the arena; `text` must live as long. */
struct shell_line shell_line_read(struct arena *a, const char *text);
/* Appends text so that it goes on a word within this open quote (0: none). */
void shell_quote_within(struct strbuf *b, const char *text, char quote);
/* Appends text as one word, in '…' where it has to be. */
void shell_quote(struct strbuf *b, const char *text);

#endif

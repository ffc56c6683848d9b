/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command line of bash as far as it is typed: its words.  Nothing is expanded. */
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
#endif

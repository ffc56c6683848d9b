/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that is laid out once and scrolled often: detail, help, sources, themes.  Lines of
 * runs, each at its column and in its role. */
#ifndef IOC_UI_DOC_H
#define IOC_UI_DOC_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/pattern.h"
#include "ui/draw.h"

/* How a text or the cursor is moved; what a view makes of it is its own. */
enum motion { MOVE_ROWS, MOVE_HALVES, MOVE_PAGES, MOVE_HOME, MOVE_END };

struct doc_run {
	int column;
	enum role role;
	unsigned attr;
	const char *text;
};

struct doc {
	struct arena arena; /* holds the texts */
	struct doc_run *runs;
	size_t run_count, run_cap;
	size_t *lines; /* index of each line's first run */
	size_t line_count, line_cap;
	int scroll; /* first line on screen; survives doc_reset */
};

void doc_free(struct doc *d);
/* Empties it, for laying out anew. */
void doc_reset(struct doc *d);
/* Starts a new line; returns its number. */
size_t doc_line(struct doc *d);
/* Adds a run to the last line; the text is copied. */
void doc_add(struct doc *d, int column, enum role role, unsigned attr, const char *text);
void doc_addf(struct doc *d, int column, enum role role, unsigned attr, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
/* Wraps text into lines of at most `width` columns from `column` on: the first one continues
 * the last line.  Returns the number of lines it took. */
size_t doc_wrap(struct doc *d, int column, int width, enum role role, const char *text);

/* The same, and these places of the text are marked as found. */
size_t doc_wrap_marked(struct doc *d, int column, int width, enum role role, const char *text,
		       const struct pattern_range *marks, size_t count);

/* Scrolls in a window of that height. */
void doc_move(struct doc *d, enum motion m, int64_t n, int rows);
void doc_draw(struct doc *d, struct cellbuf *b, struct rect r);

#endif

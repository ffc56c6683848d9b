/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a filter's words are in the texts on screen, so that it can be shown there. */
#ifndef IOC_UI_FOUND_H
#define IOC_UI_FOUND_H

#include "model/filter.h"
#include "text/pattern.h"
#include "ui/cellbuf.h"

struct look;

#define FOUND_MOST 16 /* places in one text */

struct found {
	const struct kind *kind;
	char *filter;
	unsigned turn; /* counts the changes */
	struct pattern *any;
	struct found_column {
		int column;
		struct pattern *pattern;
	} * columns; /* "title:rác" */
	size_t count, cap;
};

/* What this filter looks for from now on; one that can't be understood looks for nothing. */
void found_set(struct found *f, const struct kind *k, const char *filter,
	       const struct look *look);
void found_free(struct found *f);
/* Whether it looks for any words. */
bool found_any(const struct found *f);

/* Where the text of a column, as it is shown, has the words, in bytes. */
size_t found_ranges(const struct found *f, size_t column, const char *text,
		    struct pattern_range out[FOUND_MOST]);
/* The same in cells from the text's first one on. */
struct found_cells {
	int from, to;
};
size_t found_in(const struct found *f, size_t column, const char *text,
		struct found_cells out[FOUND_MOST]);
/* Marks them in a text that stands at (row, column) in `width` cells, as far as they are seen.
 */
void found_mark(struct cellbuf *b, int row, int column, int width,
		const struct found_cells *cells, size_t count);

#endif

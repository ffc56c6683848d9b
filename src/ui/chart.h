/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of blocks, of one width each, from the left. */
#ifndef IOC_UI_CHART_H
#define IOC_UI_CHART_H

#include <stddef.h>
#include <stdint.h>

#include "ui/draw.h"

struct chart {
	const int32_t *values;
	const enum role *roles; /* of each column; NULL: all ROLE_GRAPH */
	size_t count;
	int width; /* columns of screen for each, with the gap */
	int gap;
	bool ascii;
};

int32_t chart_most(const struct chart *c);
/* Draws the bars into the rectangle, the highest as high as it is.  What is not 0 can be seen.
 */
void chart_draw_bars(const struct chart *c, struct cellbuf *b, struct rect r);
/* A line with the values; nothing where one of them does not fit above its bar. */
void chart_draw_values(const struct chart *c, struct cellbuf *b, int row, int column);
/* Puts a text below the bar `at`. */
void chart_put(const struct chart *c, struct cellbuf *b, int row, int column, size_t at,
	       enum role role, const char *text);

#endif

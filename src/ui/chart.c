/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/chart.h"

#include <stdio.h>

#include "text/utf8.h"

#define STEPS 8 /* of a cell */

int32_t chart_most(const struct chart *c)
{
	int32_t most = 0;
	for (size_t i = 0; i < c->count; i++)
		most = c->values[i] > most ? c->values[i] : most;
	return most;
}

static enum role role_of(const struct chart *c, size_t i)
{
	return c->roles ? c->roles[i] : ROLE_GRAPH;
}

static int column_of(const struct chart *c, int column, size_t i)
{
	return column + (int)i * c->width;
}

static void draw_bar(const struct chart *c, struct cellbuf *b, struct rect r, size_t i,
		     int steps)
{
	int left = column_of(c, r.column, i), thick = c->width - c->gap;
	for (int row = r.row + r.rows - 1; steps > 0 && row >= r.row; row--, steps -= STEPS)
		for (int x = 0; x < thick; x++)
			cellbuf_put(b, row, left + x, 1, role_of(c, i), 0,
				    glyph_spark(steps, c->ascii));
}

void chart_draw_bars(const struct chart *c, struct cellbuf *b, struct rect r)
{
	int32_t most = chart_most(c);
	for (size_t i = 0; i < c->count; i++) {
		int steps = most ? (int)((int64_t)c->values[i] * r.rows * STEPS / most) : 0;
		draw_bar(c, b, r, i, c->values[i] > 0 && steps < 1 ? 1 : steps);
	}
}

void chart_draw_values(const struct chart *c, struct cellbuf *b, int row, int column)
{
	char text[16];
	snprintf(text, sizeof text, "%d", (int)chart_most(c));
	if (utf8_swidth(text) > c->width - 1)
		return;
	for (size_t i = 0; i < c->count; i++) {
		snprintf(text, sizeof text, "%d", (int)c->values[i]);
		if (c->values[i])
			chart_put(c, b, row, column, i, role_of(c, i), text);
	}
}

void chart_put(const struct chart *c, struct cellbuf *b, int row, int column, size_t at,
	       enum role role, const char *text)
{
	int thick = c->width - c->gap, width = utf8_swidth(text);
	int indent = width < thick ? (thick - width + 1) / 2 : 0;
	cellbuf_put(b, row, column_of(c, column, at) + indent, width, role, 0, text);
}

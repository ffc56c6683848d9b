/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/box.h"

static void put(struct cellbuf *b, int row, int column, enum glyph g, bool ascii)
{
	cellbuf_put(b, row, column, 1, ROLE_BORDER, 0, glyph(g, ascii));
}

static void draw_border(struct cellbuf *b, struct rect r, bool ascii)
{
	int bottom = r.row + r.rows - 1, right = r.column + r.columns - 1;
	for (int i = r.row; i <= bottom; i++) {
		cellbuf_fill(b, i, r.column, r.columns, ROLE_TEXT, ' ');
		put(b, i, r.column, GLYPH_VLINE, ascii);
		put(b, i, right, GLYPH_VLINE, ascii);
	}
	draw_rule(b, r.row, r.column, r.columns, ascii);
	draw_rule(b, bottom, r.column, r.columns, ascii);
	put(b, r.row, r.column, GLYPH_TOP_LEFT, ascii);
	put(b, r.row, right, GLYPH_TOP_RIGHT, ascii);
	put(b, bottom, r.column, GLYPH_BOTTOM_LEFT, ascii);
	put(b, bottom, right, GLYPH_BOTTOM_RIGHT, ascii);
}

struct rect box_draw(struct cellbuf *b, struct rect r, int rows, int columns, const char *title,
		     bool ascii)
{
	rows = rows + 2 < r.rows ? rows + 2 : r.rows;
	columns = columns + 2 < r.columns ? columns + 2 : r.columns;
	struct rect box = {r.row + (r.rows - rows) / 2, r.column + (r.columns - columns) / 2,
			   rows, columns};
	draw_border(b, box, ascii);
	struct pen p = {b, box.row, box.column + 2, box.column + box.columns - 2};
	pen_put(&p, ROLE_HEADING, 0, " ");
	pen_put(&p, ROLE_HEADING, 0, title);
	pen_put(&p, ROLE_HEADING, 0, " ");
	return (struct rect){box.row + 1, box.column + 1, box.rows - 2, box.columns - 2};
}

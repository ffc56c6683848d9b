/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text_view.h"

void text_move(struct app *a, enum motion m, int64_t n)
{
	int page = a->layout.main.rows;
	struct doc *d = &a->text;
	if (m == MOVE_HOME)
		d->scroll = 0;
	else if (m == MOVE_END)
		d->scroll = (int)d->line_count;
	else
		d->scroll += (int)n * (m == MOVE_ROWS    ? 1
				       : m == MOVE_PAGES ? page - 1
							 : page / 2);
	doc_clamp(d, page);
}

void text_draw(struct app *a, struct cellbuf *b, struct rect r)
{
	doc_draw(&a->text, b, r);
	b->cursor_row = r.row;
	b->cursor_column = r.column;
}

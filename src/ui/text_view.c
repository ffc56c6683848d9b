/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text_view.h"

void text_move(struct app *a, enum motion m, int64_t n)
{
	doc_move(&a->text, m, n, a->layout.main.rows);
}

void text_draw(struct app *a, struct cellbuf *b, struct rect r)
{
	doc_draw(&a->text, b, r);
	b->cursor_row = r.row;
	b->cursor_column = r.column;
}

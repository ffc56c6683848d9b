/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A box over the list to choose its columns and its order. */
#include <stdio.h>

#include "base/i18n.h"
#include "ui/box.h"
#include "ui/state.h"

#define BOX_WIDTH 40

static void draw_choice(const struct app *a, const struct list *l, struct cellbuf *b,
			struct rect in, int row, int column, bool current)
{
	const struct column *c = &l->kind->columns[column];
	bool ascii = a->look.ascii;
	struct pen p = {b, row, in.column, in.column + in.columns};
	pen_field(&p, 2, false, ROLE_CURSOR, 0, current ? glyph(GLYPH_CURSOR, ascii) : "");
	pen_put(&p, ROLE_TEXT, 0,
		glyph(list_wants_column(l, column) ? GLYPH_CHOSEN : GLYPH_UNCHOSEN, ascii));
	pen_skip(&p, 1);
	pen_field(&p, BOX_WIDTH - 12, false,
		  current                    ? ROLE_CURSOR
		  : c->flags & COLUMN_SORTED ? ROLE_TEXT
					     : ROLE_DIM,
		  0, _(c->title));
	pen_skip(&p, 1);
	pen_field(&p, 2, false, ROLE_KEY, 0,
		  column != l->sort ? "" : glyph(l->descending ? GLYPH_DOWN : GLYPH_UP, ascii));
	if (l->columns.widths[column]) {
		char width[16];
		snprintf(width, sizeof width, "%d", l->columns.widths[column]);
		pen_field(&p, 3, true, ROLE_DIM, 0, width);
	}
	if (current) {
		b->cursor_row = row;
		b->cursor_column = in.column;
	}
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	struct list *l = app_list(a);
	int order[COLUMNS_MOST];
	int n = (int)columns_order(l->kind, &l->columns, order);
	struct rect in = box_draw(b, r, n, BOX_WIDTH - 2, _("Columns and order"),
				  a->look.ascii);
	int first = (int)a->picked - in.rows + 1;
	for (int i = 0; i < in.rows; i++) {
		int at = (first > 0 ? first : 0) + i;
		draw_choice(a, l, b, in, in.row + i, order[at], at == (int)a->picked);
	}
}

static void move(struct app *a, enum motion m, int64_t n)
{
	int order[COLUMNS_MOST];
	const struct list *l = app_list(a);
	int64_t last = (int64_t)columns_order(l->kind, &l->columns, order) - 1;
	int64_t at = m == MOVE_HOME ? 0 : m == MOVE_END ? last : (int64_t)a->picked + n;
	if (m == MOVE_PAGES || m == MOVE_HALVES)
		at = (int64_t)a->picked + n * 5;
	a->picked = (size_t)(at < 0 ? 0 : at > last ? last : at);
}

/* Sorts by the column; again: the other way round. */
static void choose(struct app *a)
{
	struct list *l = app_list(a);
	int order[COLUMNS_MOST];
	columns_order(l->kind, &l->columns, order);
	int column = order[a->picked];
	if (!(l->kind->columns[column].flags & COLUMN_SORTED)) {
		app_say(a, ROLE_NOTICE, _("%s can't be sorted by"),
			_(l->kind->columns[column].title));
		return;
	}
	list_set_sort(l, column, column == l->sort && !l->descending);
	a->overlay = OVERLAY_NONE;
}

const struct view columns_view = {
	.context = CONTEXT_COLUMNS,
	.draw = draw,
	.move = move,
	.open = choose,
};

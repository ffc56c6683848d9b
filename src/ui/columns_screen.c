/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A box over the list to choose its columns and its order. */
#include <string.h>

#include "base/i18n.h"
#include "text/utf8.h"
#include "ui/state.h"

#define BOX_WIDTH 40

static void draw_frame(const struct app *a, struct cellbuf *b, struct rect r, const char *title)
{
	bool ascii = a->look.ascii;
	for (int i = 0; i < r.rows; i++)
		cellbuf_fill(b, r.row + i, r.column, r.columns, ROLE_TEXT, ' ');
	for (int i = 0; i < r.rows; i++) {
		bool first = i == 0, last = i == r.rows - 1;
		int right = r.column + r.columns - 1;
		if (first || last)
			draw_rule(b, r.row + i, r.column, r.columns, ascii);
		cellbuf_put(b, r.row + i, r.column, 1, ROLE_BORDER, 0,
			    glyph(first  ? GLYPH_TOP_LEFT
				  : last ? GLYPH_BOTTOM_LEFT
					 : GLYPH_VLINE,
				  ascii));
		cellbuf_put(b, r.row + i, right, 1, ROLE_BORDER, 0,
			    glyph(first  ? GLYPH_TOP_RIGHT
				  : last ? GLYPH_BOTTOM_RIGHT
					 : GLYPH_VLINE,
				  ascii));
	}
	struct pen p = {b, r.row, r.column + 2, r.column + r.columns - 2};
	pen_put(&p, ROLE_HEADING, 0, " ");
	pen_put(&p, ROLE_HEADING, 0, title);
	pen_put(&p, ROLE_HEADING, 0, " ");
}

static void draw_choice(const struct app *a, const struct list *l, struct cellbuf *b, int row,
			struct rect r, int column, bool current)
{
	const struct column *c = &l->kind->columns[column];
	bool ascii = a->look.ascii;
	struct pen p = {b, row, r.column + 1, r.column + r.columns - 1};
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
	if (column == l->sort)
		pen_put(&p, ROLE_KEY, 0, glyph(l->descending ? GLYPH_DOWN : GLYPH_UP, ascii));
	if (current) {
		b->cursor_row = row;
		b->cursor_column = r.column + 1;
	}
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	struct list *l = app_list(a);
	int order[COLUMNS_MOST];
	int n = (int)columns_order(l->kind, order);
	int rows = n + 2 < r.rows ? n + 2 : r.rows;
	int columns = r.columns < BOX_WIDTH ? r.columns : BOX_WIDTH;
	struct rect box = {r.row + (r.rows - rows) / 2, r.column + (r.columns - columns) / 2,
			   rows, columns};
	int lines = rows - 2, first = (int)a->picked - lines + 1;
	draw_frame(a, b, box, _("Columns and order"));
	for (int i = 0; i < lines; i++) {
		int at = (first > 0 ? first : 0) + i;
		draw_choice(a, l, b, box.row + 1 + i, box, order[at], at == (int)a->picked);
	}
}

static void move(struct app *a, enum motion m, int64_t n)
{
	int order[COLUMNS_MOST];
	int64_t last = (int64_t)columns_order(app_list(a)->kind, order) - 1;
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
	columns_order(l->kind, order);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "ui/state.h"

/* How much of a text that is longer than its window has been seen; on the rule below it where
 * there is one, since a number behind a value would be read with it. */
static void draw_progress(const struct app *a, struct cellbuf *b, struct rect r)
{
	const struct doc *d = &a->detail.doc;
	bool rule = a->layout.bottom_rule == r.row + r.rows;
	char text[32];
	int last = d->scroll + r.rows;
	if ((int)d->line_count <= r.rows)
		return;
	if (last > (int)d->line_count)
		last = (int)d->line_count;
	snprintf(text, sizeof text, " %d%% ", last * 100 / (int)d->line_count);
	draw_right(b, r.row + r.rows - !rule, r.column, r.column + r.columns - rule, ROLE_DIM,
		   0, text);
}

/* What the divider leaves of the window. */
static struct rect inside(const struct app *a, struct rect r)
{
	if (a->layout.divider >= 0) {
		r.column++;
		r.columns--;
	}
	return r;
}

/* What the list of the record's kind is filtered by, or what found the record. */
static const struct found *found_for(struct app *a, const struct kind *k)
{
	if (!k || k->catalogue)
		return NULL;
	struct list *l = &a->lists[kind_index(k)];
	found_set(&l->found, l->kind, l->good_words, &a->look);
	const struct found *other = find_marks(&a->find, k, a->detail.rowid);
	return other && !found_any(&l->found) ? other : &l->found;
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	struct rect inner = inside(a, r);
	a->detail.found = found_for(a, a->detail.kind);
	app_key(a, "duplicates", a->detail.duplicates_key, sizeof a->detail.duplicates_key);
	app_key(a, "accept", a->detail.accept_key, sizeof a->detail.accept_key);
	detail_draw(&a->detail, &a->look, b, inner);
	draw_progress(a, b, inner);
	if (app_view(a) == &detail_view) {
		b->cursor_row = inner.row;
		b->cursor_column = inner.column;
	}
}

static void move(struct app *a, enum motion m, int64_t n)
{
	/* A key may come before the frame that its typist waits for. */
	detail_fit(&a->detail, &a->look, inside(a, a->layout.detail).columns);
	doc_move(&a->detail.doc, m, n, a->layout.detail.rows);
}

const struct view detail_view = {
	.context = CONTEXT_DETAIL,
	.draw = draw,
	.move = move,
	.tell = tell_detail,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A queue's tab: the line above, the list, or what to say where it is empty. */
#include "ui/state.h"

static int64_t total_of(const struct app *a, const struct list *l)
{
	return a->figures_known ? a->figures.queues[kind_index(l->kind)].total : 0;
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	struct list *l = app_list(a);
	char key[32];
	list_draw_crumbs(l, &a->look, b, r, total_of(a, l),
			 app_key(a, "take-new", key, sizeof key));
	list_draw_rows(l, &a->look, b, r, app_view(a) == &queue_view);
	if (!l->page || !l->page->count || l->error.code != ERR_NONE)
		empty_draw(a, l, b,
			   (struct rect){r.row + LIST_HEAD_ROWS, r.column,
					 r.rows - LIST_HEAD_ROWS, r.columns});
}

/* A row that was on screen before shows where one is; told twice it is in the way. */
static int page_of(const struct app *a, const struct list *l)
{
	return a->telling.on || l->height < 2 ? l->height : l->height - 1;
}

static void move(struct app *a, enum motion m, int64_t n)
{
	struct list *l = app_list(a);
	switch (m) {
	case MOVE_ROWS:
		list_move(l, n, false);
		break;
	case MOVE_HALVES:
		list_move(l, n * ((l->height + 1) / 2), true);
		break;
	case MOVE_PAGES:
		list_move(l, n * page_of(a, l), true);
		break;
	case MOVE_HOME:
		list_home(l);
		break;
	case MOVE_END:
		list_end(l);
		break;
	}
}

static void open_record(struct app *a)
{
	struct list *l = app_list(a);
	if (!list_current(l))
		return;
	list_hold(l);
	app_open_selected(a);
}

static void click(struct app *a, int row, int column)
{
	struct list *l = app_list(a);
	struct rect r = a->layout.main;
	int line = row - r.row - LIST_HEAD_ROWS;
	if (line == -1) {
		int heading = list_heading_at(l, r, column);
		if (heading >= 0 && l->kind->columns[heading].flags & COLUMN_SORTED)
			list_set_sort(l, heading, heading == l->sort && !l->descending);
		return;
	}
	if (line < 0 || !l->page || list_top(l) + (size_t)line >= l->page->count)
		return;
	if (line == l->line)
		open_record(a);
	else
		list_move(l, line - l->line, false);
}

const struct view queue_view = {
	.context = CONTEXT_LIST,
	.draw = draw,
	.move = move,
	.open = open_record,
	.click = click,
	.tell = tell_list,
};

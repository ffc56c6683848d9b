/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of a list's columns: on the one in hand where they are chosen, else on the one that
 * the list is sorted by. */
#include "ui/commands.h"

#include <stdio.h>

#include "base/i18n.h"
#include "ui/state.h"

#define WIDTH_STEP 2

RUN_IN_LIST(columns)
{
	UNUSED;
	(void)l;
	a->overlay = OVERLAY_COLUMNS;
	a->picked = 0;
	return 0;
}

static int column_for(const struct app *a, const struct list *l, const struct words *w,
		      struct err *e)
{
	int order[COLUMNS_MOST];
	size_t n = columns_order(l->kind, &l->columns, order);
	int column = w->count                        ? kind_column(l->kind, w->list[0])
		     : a->overlay != OVERLAY_COLUMNS ? l->sort
		     : a->picked < n                 ? order[a->picked]
						     : -1;
	if (column >= 0 && l->kind->columns[column].min)
		return column;
	return err_set(e, ERR_USAGE, "%s", _("no such column"));
}

/* What a view brought is kept with the view only. */
static void keep(struct app *a, struct list *l)
{
	struct strbuf text = STRBUF_INIT;
	char name[64], key[32];
	if (l->columns_of_view) {
		app_say(a, ROLE_NOTICE, _("these are the columns of the view; %s keeps them"),
			app_key(a, "view-save", key, sizeof key)[0] ? key : ":view-save");
		return;
	}
	for (struct list *other = NULL; (other = app_next_list(a, other));)
		if (other->kind == l->kind && !other->columns_of_view)
			other->own_columns = other->columns = l->columns;
	columns_write(l->kind, &l->columns, &text);
	snprintf(name, sizeof name, "columns/%s", l->kind->id);
	memory_set(a, name, text.len ? json_string(text.s) : NULL);
	strbuf_free(&text);
}

RUN_IN_LIST(toggle_column)
{
	UNUSED;
	int column = column_for(a, l, w, e);
	if (column < 0)
		return -1;
	l->columns.wishes[column] = list_wants_column(l, column) ? COLUMN_NEVER : COLUMN_ALWAYS;
	keep(a, l);
	return 0;
}

static int move(struct app *a, struct list *l, const struct words *w, int by, struct err *e)
{
	bool choosing = a->overlay == OVERLAY_COLUMNS;
	int column = column_for(a, l, w, e);
	if (column < 0)
		return -1;
	if (!columns_move(l->kind, &l->columns, column, by, choosing))
		return 0;
	if (choosing && !w->count)
		a->picked = (size_t)((int)a->picked + by);
	keep(a, l);
	return 0;
}

RUN_IN_LIST(column_left)
{
	UNUSED;
	return move(a, l, w, -1, e);
}

RUN_IN_LIST(column_right)
{
	UNUSED;
	return move(a, l, w, 1, e);
}

/* Its width on screen; where it is not there, the one it wishes for. */
static int width_of(const struct app *a, const struct list *l, int column)
{
	struct column_slot slots[COLUMNS_MOST];
	size_t n = list_columns(l, a->layout.main.columns, slots);
	for (size_t i = 0; i < n; i++)
		if (slots[i].column == column)
			return slots[i].width;
	return l->kind->columns[column].width;
}

static int widen(struct app *a, struct list *l, const struct words *w, int by, struct err *e)
{
	int column = column_for(a, l, w, e);
	if (column < 0)
		return -1;
	int width = width_of(a, l, column) + by;
	width = width < COLUMN_NARROWEST ? COLUMN_NARROWEST : width;
	l->columns.widths[column] = (unsigned char)(width > COLUMN_WIDEST ? COLUMN_WIDEST
									  : width);
	keep(a, l);
	return 0;
}

RUN_IN_LIST(column_wider)
{
	UNUSED;
	return widen(a, l, w, WIDTH_STEP, e);
}

RUN_IN_LIST(column_narrower)
{
	UNUSED;
	return widen(a, l, w, -WIDTH_STEP, e);
}

RUN_IN_LIST(columns_reset)
{
	UNUSED;
	l->columns = (struct column_set){.ordered = 0};
	a->picked = 0;
	keep(a, l);
	return 0;
}

/* clang-format off */
const struct command column_commands[] = {
	{"columns", "", TAKES_NOTHING, 0, 0, N_("Choose columns and order"), N_("columns"), run_columns},
	{"toggle-column", "[COLUMN]", TAKES_COLUMN, 0, 1, N_("Show or hide a column"), N_("show or hide"), run_toggle_column},
	{"column-left", "[COLUMN]", TAKES_COLUMN, 0, 1, N_("Move a column to the left; without a name: the one sorted by"), N_("forward"), run_column_left},
	{"column-right", "[COLUMN]", TAKES_COLUMN, 0, 1, N_("Move it to the right"), N_("backward"), run_column_right},
	{"column-wider", "[COLUMN]", TAKES_COLUMN, 0, 1, N_("Make a column wider; without a name: the one sorted by"), N_("wider"), run_column_wider},
	{"column-narrower", "[COLUMN]", TAKES_COLUMN, 0, 1, N_("Make it narrower"), N_("narrower"), run_column_narrower},
	{"columns-reset", "", TAKES_NOTHING, 0, 0, N_("The columns as they are by themselves"), N_("as usual"), run_columns_reset},
	COMMANDS_END,
};
/* clang-format on */

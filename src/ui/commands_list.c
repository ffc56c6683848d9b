/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of lists: marks, questions and order. */
#include "ui/commands.h"

#include <stdio.h>

#include "base/i18n.h"
#include "model/filter.h"
#include "ui/filter_look.h"
#include "ui/input.h"
#include "ui/state.h"

/* Whether the words are a filter of the list, as far as can be told without the cache; where
 * not, *e, and the fault's place. */
static int check_filter(struct app *a, const struct list *l, const struct words *w,
			struct err *e)
{
	struct arena arena = ARENA_INIT;
	size_t at = 0;
	const struct filter_context c = show_filter_context(&a->look, l->kind);
	bool good = !w->count || filter_parse(&arena, &c, w->list[0], &at, e);
	arena_free(&arena);
	if (!good)
		a->fault = w->at[0] + at;
	return good ? 0 : -1;
}

/* --- marks ----------------------------------------------------------------- */

RUN_IN_LIST(take_new)
{
	UNUSED;
	list_take_new(l);
	return 0;
}

/* Those that pass a filter; in line mode also those with the numbers "2-5,8". */
static int mark_by(struct app *a, struct list *l, const struct words *w, enum marks_deed deed,
		   struct err *e)
{
	size_t numbers[MARKS_MOST];
	int n = tell_range(a, w->list[0], numbers, MARKS_MOST, e);
	if (n == 0 && check_filter(a, l, w, e) < 0)
		return -1;
	for (int i = 0; i < n; i++) {
		const struct target *t = &tell_pick(a, numbers[i])->target;
		if (t->kind == l->kind && deed == MARKS_ADD)
			list_mark_target(l, t);
		else
			list_unmark(l, t->rowid);
	}
	if (n > 0)
		app_say(a, ROLE_NOTICE, _("%zu records are marked"), l->marks.count);
	if (n == 0)
		sweep_start(a, deed, w->list[0]);
	return n < 0 ? -1 : 0;
}

RUN_IN_LIST(mark)
{
	UNUSED;
	if (w->count)
		return mark_by(a, l, w, MARKS_ADD, e);
	if (l->groups.on && groups_line_here(&l->groups) == GROUP_HEADING) {
		struct strbuf filter = STRBUF_INIT;
		groups_filter_here(l, &filter);
		if (filter.len)
			sweep_start(a, MARKS_ADD, filter.s);
		strbuf_free(&filter);
		return 0;
	}
	list_toggle_mark(l);
	app_base_view(a)->move(a, MOVE_ROWS, 1);
	return 0;
}

RUN_IN_LIST(unmark)
{
	UNUSED;
	if (w->count)
		return mark_by(a, l, w, MARKS_REMOVE, e);
	if (list_current(l))
		list_unmark(l, list_current(l)->rowid);
	return 0;
}

RUN_IN_LIST(mark_all)
{
	UNUSED;
	(void)l;
	sweep_start(a, MARKS_ADD, NULL);
	return 0;
}

RUN_IN_LIST(mark_invert)
{
	UNUSED;
	(void)l;
	sweep_start(a, MARKS_INVERT, NULL);
	return 0;
}

RUN_IN_LIST(mark_range)
{
	UNUSED;
	if (l->groups.on)
		return err_set(e, ERR_USAGE, "%s",
			       _("ranges are marked in lists without groups"));
	(void)l;
	sweep_range(a);
	return 0;
}

RUN_IN_LIST(unmark_all)
{
	UNUSED;
	list_clear_marks(l);
	return 0;
}

/* --- questions ------------------------------------------------------------ */

RUN_IN_LIST(filter)
{
	UNUSED;
	if (check_filter(a, l, w, e) < 0)
		return -1;
	list_set_filter(l, w->count ? w->list[0] : "");
	if (w->count)
		runner_note(a, w->at[0]);
	return 0;
}

RUN_IN_LIST(search)
{
	UNUSED;
	if (w->count)
		list_set_filter(l, w->list[0]);
	else
		live_open(a, l, "", fx);
	return 0;
}

RUN_IN_LIST(edit_filter)
{
	UNUSED;
	live_open(a, l, l->words, fx);
	return 0;
}

RUN_IN_LIST(clear)
{
	UNUSED;
	list_set_view(l, views_of_filter(a->config.views, l->kind, ""));
	return 0;
}

/* --- order ---------------------------------------------------------------- */

RUN_IN_LIST(sort)
{
	UNUSED;
	const char *id = w->list[0];
	bool descending = *id == '-';
	int column = kind_column(l->kind, id + descending);
	if (column < 0)
		return err_set(e, ERR_USAGE, _("no such column: %.40s"), id);
	if (!(l->kind->columns[column].flags & COLUMN_SORTED))
		return err_set(e, ERR_USAGE, _("%.40s can't be sorted by"), id);
	list_set_sort(l, column, descending);
	return 0;
}

/* The sortable column on screen next to the one in use, in that direction. */
static int shift_sort(struct app *a, struct list *l, int step)
{
	struct column_slot slots[COLUMNS_MOST];
	size_t n = list_columns(l, a->layout.main.columns, slots);
	size_t at = 0;
	while (at < n && slots[at].column != l->sort)
		at++;
	for (size_t i = 1; i <= n; i++) {
		size_t next = (at + (step > 0 ? i : n * 2 - i)) % n;
		int column = slots[next].column;
		if (l->kind->columns[column].flags & COLUMN_SORTED) {
			list_set_sort(l, column, false);
			return 0;
		}
	}
	return 0;
}

RUN_IN_LIST(sort_next)
{
	UNUSED;
	return shift_sort(a, l, 1);
}

RUN_IN_LIST(sort_previous)
{
	UNUSED;
	return shift_sort(a, l, -1);
}

RUN_IN_LIST(reverse)
{
	UNUSED;
	list_set_sort(l, l->sort, !l->descending);
	return 0;
}

/* clang-format off */
const struct command list_commands[] = {
	{"take-new", "", TAKES_NOTHING, 0, 0, N_("Let the new rows in"), NULL, run_take_new},
	{"mark", "[FILTER]", TAKES_FILTER, 0, 1, N_("Mark the record, or take its mark away; with a filter: mark all here that pass"), N_("mark"), run_mark},
	{"mark-range", "", TAKES_NOTHING, 0, 0, N_("Mark from here, then as far as here"), NULL, run_mark_range},
	{"mark-all", "", TAKES_NOTHING, 0, 0, N_("Mark all of this list"), NULL, run_mark_all},
	{"mark-invert", "", TAKES_NOTHING, 0, 0, N_("Mark those that are not, and the others no longer"), NULL, run_mark_invert},
	{"unmark", "[FILTER]", TAKES_FILTER, 0, 1, N_("Take the record's mark away, or of all here that pass"), NULL, run_unmark},
	{"unmark-all", "", TAKES_NOTHING, 0, 0, N_("Take all marks away"), NULL, run_unmark_all},
	{"search", "[WORDS]", TAKES_WORDS, 0, 1, N_("Search this list, as you type"), N_("search"), run_search},
	{"filter", "[FILTER]", TAKES_FILTER, 0, 1, N_("Show the records that pass; nothing: all of this view"), NULL, run_filter},
	{"edit-filter", "", TAKES_NOTHING, 0, 0, N_("Change the filter"), N_("filter"), run_edit_filter},
	{"clear", "", TAKES_NOTHING, 0, 0, N_("Show all records"), NULL, run_clear},
	{"sort", "[-]COLUMN", TAKES_COLUMN, 1, 1, N_("Sort by a column; - turns the order round"), NULL, run_sort},
	{"sort-next", "", TAKES_NOTHING, 0, 0, N_("Sort by the column to the right"), NULL, run_sort_next},
	{"sort-previous", "", TAKES_NOTHING, 0, 0, N_("Sort by the column to the left"), NULL, run_sort_previous},
	{"reverse", "", TAKES_NOTHING, 0, 0, N_("Turn the order round"), N_("reverse"), run_reverse},
	COMMANDS_END,
};
/* clang-format on */

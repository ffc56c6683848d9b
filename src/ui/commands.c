/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of commands, and what each does. */
#include "ui/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "ui/commands_act.h"
#include "ui/commands_alike.h"
#include "ui/commands_due.h"
#include "ui/input.h"
#include "ui/state.h"
#include "ui/tabs.h"

/* Every run function has this form. */
#define RUN(name)                                                                              \
	static int run_##name(struct app *a, const struct words *w, struct effects *fx,        \
			      struct err *e)
#define UNUSED (void)a, (void)w, (void)fx, (void)e

/* A number as the first word; 1 where there is none.  -1 with *e. */
static int count_of(const struct words *w, int64_t *n, struct err *e)
{
	*n = 1;
	if (!w->count)
		return 0;
	char *end;
	errno = 0;
	long long v = strtoll(w->list[0], &end, 10);
	if (end == w->list[0] || *end || errno || v < 0 || v > INT32_MAX)
		return err_set(e, ERR_USAGE, _("%.40s is no number"), w->list[0]);
	*n = v;
	return 0;
}

/* The same for what works in a queue only; `l` is the list on screen. */
#define RUN_IN_LIST(name)                                                                      \
	static int in_list_##name(struct app *a, struct list *l, const struct words *w,        \
				  struct effects *fx, struct err *e);                          \
	RUN(name)                                                                              \
	{                                                                                      \
		struct list *l = app_list(a);                                                  \
		if (!l)                                                                        \
			return err_set(e, ERR_USAGE, "%s", _("this works in a queue only"));   \
		return in_list_##name(a, l, w, fx, e);                                         \
	}                                                                                      \
	static int in_list_##name(struct app *a, struct list *l, const struct words *w,        \
				  struct effects *fx, struct err *e)

static int move(struct app *a, enum motion m, int sign, const struct words *w, struct err *e)
{
	int64_t n;
	if (count_of(w, &n, e) < 0)
		return -1;
	const struct view *v = app_view(a);
	if (v->move)
		v->move(a, m, sign * n);
	return 0;
}

#define RUN_MOTION(name, motion, sign)                                                         \
	RUN(name)                                                                              \
	{                                                                                      \
		UNUSED;                                                                        \
		return move(a, motion, sign, w, e);                                            \
	}

RUN_MOTION(down, MOVE_ROWS, 1)
RUN_MOTION(up, MOVE_ROWS, -1)
RUN_MOTION(page_down, MOVE_PAGES, 1)
RUN_MOTION(page_up, MOVE_PAGES, -1)
RUN_MOTION(half_down, MOVE_HALVES, 1)
RUN_MOTION(half_up, MOVE_HALVES, -1)
RUN_MOTION(home, MOVE_HOME, 1)
RUN_MOTION(end, MOVE_END, 1)

/* --- places --------------------------------------------------------------- */

static int go_to_percent(struct app *a, struct list *l, long percent, struct err *e)
{
	if (percent < 0 || percent > 100)
		return err_set(e, ERR_USAGE, _("%ld%% is not between 0%% and 100%%"), percent);
	int64_t total = l->page ? l->page->total : 0;
	const struct queue_figures *f = &a->figures.queues[kind_index(l->kind)];
	if (l->page && l->page->total_capped && !*l->words)
		total = *l->variant->predicate ? f->open : f->total;
	if (percent == 100)
		list_end(l);
	else
		list_go_to_offset(l, total * percent / 100);
	return 0;
}

static bool is_code(const char *s)
{
	return s[strcspn(s, "\"\\")] == '\0' && strlen(s) < 90;
}

RUN(goto)
{
	UNUSED;
	char *end;
	const char *where = w->list[0];
	struct list *l = app_list(a);
	errno = 0;
	long n = strtol(where, &end, 10);
	bool number = end != where && !errno;
	if (l && number && strcmp(end, "%") == 0)
		return go_to_percent(a, l, n, e);
	if (l && number && !*end && n > 0) {
		list_go_to_offset(l, n - 1);
		return 0;
	}
	if (!is_code(where))
		return err_set(e, ERR_USAGE, _("%.40s is no code"), where);
	app_search(a, where, l ? l->kind : NULL, false);
	a->search.any_queue = true;
	return 0;
}

RUN(tab)
{
	UNUSED;
	int64_t n;
	if (count_of(w, &n, e) < 0)
		return -1;
	if (n < 1 || (size_t)n > tabs_count(a))
		return err_set(e, ERR_USAGE, _("there is no tab %s"), w->list[0]);
	app_go_to_tab(a, (size_t)n - 1);
	return 0;
}

RUN(next_tab)
{
	UNUSED;
	app_go_to_tab(a, (a->tab + 1) % tabs_count(a));
	return 0;
}

RUN(previous_tab)
{
	UNUSED;
	app_go_to_tab(a, (a->tab + tabs_count(a) - 1) % tabs_count(a));
	return 0;
}

RUN(overview)
{
	UNUSED;
	app_go_to_tab(a, 0);
	return 0;
}

RUN(sources)
{
	UNUSED;
	app_go_to_tab(a, tabs_sources(a));
	return 0;
}

RUN(queue)
{
	UNUSED;
	const struct kind *k = kind_find(w->list[0]);
	if (!k || k->catalogue)
		return err_set(e, ERR_USAGE, _("no such queue: %.40s"), w->list[0]);
	tabs_go_to_queue(a, kind_index(k));
	return 0;
}

RUN(help)
{
	UNUSED;
	if (a->overlay == OVERLAY_HELP)
		return 0;
	a->help_context = app_context(a);
	a->overlay = OVERLAY_HELP;
	a->text.scroll = 0;
	return 0;
}

RUN(theme)
{
	UNUSED;
	if (w->count) {
		effects_add(fx, EFFECT_THEME, w->list[0]);
		return 0;
	}
	a->overlay = OVERLAY_THEME;
	a->text.scroll = 0;
	return 0;
}

/* --- records -------------------------------------------------------------- */

RUN(open)
{
	UNUSED;
	const struct view *v = app_view(a);
	if (v->open)
		v->open(a);
	return 0;
}

/* One step out: overlay, prompt of a search, focus, record, queue. */
RUN(back)
{
	UNUSED;
	char key[32];
	struct list *l = app_list(a);
	if (a->overlay != OVERLAY_NONE) {
		a->overlay = OVERLAY_NONE;
	} else if (l && l->marks.range_from) {
		l->marks.range_from = 0;
	} else if (a->detail.open && a->detail.pinned) {
		a->detail.pinned = false;
	} else if (a->detail.open && a->detail.focused && a->layout.main_shown) {
		a->detail.focused = false;
	} else if (a->detail.open) {
		a->detail.open = a->detail.focused = false;
	} else if (a->tab != 0) {
		app_go_to_tab(a, 0);
	} else {
		app_say(a, ROLE_NOTICE, _("%s leaves the console"),
			app_key(a, "quit", key, sizeof key));
	}
	return 0;
}

RUN(focus)
{
	UNUSED;
	if (a->detail.open && a->layout.main_shown) {
		a->detail.focused = !a->detail.focused;
	} else if (a->tab == tabs_due(a) && a->overlay == OVERLAY_NONE) {
		a->due.foretelling = !a->due.foretelling;
	} else if (a->tab == 0 && a->overlay == OVERLAY_NONE) {
		a->overview.part = (a->overview.part + 1) % PART_COUNT;
		a->overview.index = 0;
		overview_view.move(a, MOVE_ROWS, 0);
	}
	return 0;
}

RUN(layout)
{
	UNUSED;
	a->detail.split = layout_next_split(a->rows, a->columns, a->detail.split);
	return 0;
}

static void step_record(struct app *a, int64_t n)
{
	a->detail.pinned = false;
	a->detail.doc.scroll = 0;
	const struct view *base = a->tab == 0 ? &overview_view : &queue_view;
	if (app_list(a) || a->tab == 0)
		base->move(a, MOVE_ROWS, n);
}

RUN(next_record)
{
	UNUSED;
	step_record(a, 1);
	return 0;
}

RUN(previous_record)
{
	UNUSED;
	step_record(a, -1);
	return 0;
}

RUN(related)
{
	UNUSED;
	int64_t n;
	const struct kind *k;
	char id[96];
	if (count_of(w, &n, e) < 0)
		return -1;
	size_t index = w->count ? (size_t)(n - 1) : a->detail.related;
	if (!w->count && !detail_link(&a->detail, index, &k, id, sizeof id))
		index = 0;
	if (!a->detail.open || !detail_link(&a->detail, index, &k, id, sizeof id))
		return err_set(e, ERR_NOT_FOUND, "%s", _("no related record"));
	a->detail.related = index + 1;
	app_search(a, id, k, true);
	return 0;
}

RUN_IN_LIST(take_new)
{
	UNUSED;
	list_take_new(l);
	return 0;
}

RUN_IN_LIST(mark)
{
	UNUSED;
	if (w->count) {
		sweep_start(a, MARKS_ADD, w->list[0]);
		return 0;
	}
	list_toggle_mark(l);
	list_move(l, 1, false);
	return 0;
}

RUN_IN_LIST(unmark)
{
	UNUSED;
	if (w->count)
		sweep_start(a, MARKS_REMOVE, w->list[0]);
	else if (list_current(l))
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
	list_set_filter(l, w->count ? w->list[0] : "");
	return 0;
}

RUN_IN_LIST(edit_filter)
{
	UNUSED;
	char text[1024];
	snprintf(text, sizeof text, "filter %s", l->words);
	input_open_prompt(a, text, fx);
	return 0;
}

RUN_IN_LIST(clear)
{
	UNUSED;
	list_set_filter(l, "");
	list_set_variant(l, list_variant(l->kind, ""));
	return 0;
}

RUN_IN_LIST(view)
{
	UNUSED;
	if (!w->count) {
		list_next_variant(l);
		return 0;
	}
	const char *name = strcmp(w->list[0], "all") == 0 ? "" : w->list[0];
	const struct variant *v = list_variant(l->kind, name);
	if (!v)
		return err_set(e, ERR_USAGE, _("this queue has no view %.40s"), w->list[0]);
	list_set_variant(l, v);
	return 0;
}

/* --- order and columns ---------------------------------------------------- */

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

RUN_IN_LIST(columns)
{
	UNUSED;
	(void)l;
	a->overlay = OVERLAY_COLUMNS;
	a->picked = 0;
	return 0;
}

RUN_IN_LIST(toggle_column)
{
	UNUSED;
	int order[COLUMNS_MOST];
	size_t n = columns_order(l->kind, order);
	int column = w->count        ? kind_column(l->kind, w->list[0])
		     : a->picked < n ? order[a->picked]
				     : -1;
	if (column < 0 || !l->kind->columns[column].min)
		return err_set(e, ERR_USAGE, "%s", _("no such column"));
	l->wishes[column] = list_wants_column(l, column) ? COLUMN_NEVER : COLUMN_ALWAYS;
	return 0;
}

/* --- the console itself --------------------------------------------------- */

RUN(sync)
{
	UNUSED;
	const char *name = w->count ? w->list[0] : NULL;
	effects_add(fx, EFFECT_SYNC, name);
	if (name)
		app_say(a, ROLE_NOTICE, _("asked %s for news"), name);
	else
		app_say(a, ROLE_NOTICE, "%s", _("asked all sources for news"));
	return 0;
}

RUN(retry)
{
	UNUSED;
	bool here = a->tab == tabs_sources(a) && a->source_cursor < a->source_count;
	const char *name = w->count ? w->list[0]
			   : here   ? a->sources[a->source_cursor].name
				    : NULL;
	if (!name)
		return err_set(e, ERR_USAGE, _("retry needs the name of a source"));
	effects_add(fx, EFFECT_RETRY, name);
	app_say(a, ROLE_NOTICE, _("what was set aside of %s is tried again"), name);
	return 0;
}

RUN(mouse)
{
	UNUSED;
	bool on = w->count ? strcmp(w->list[0], "on") == 0 : !a->mouse;
	a->mouse = on;
	effects_add(fx, EFFECT_MOUSE, NULL)->flag = on;
	app_say(a, ROLE_NOTICE, "%s", on ? _("mouse on; Shift selects text") : _("mouse off"));
	return 0;
}

RUN(prompt)
{
	UNUSED;
	char text[256];
	snprintf(text, sizeof text, "%s%s", w->count ? w->list[0] : "", w->count ? " " : "");
	input_open_prompt(a, text, fx);
	return 0;
}

RUN(copy)
{
	UNUSED;
	const struct record *r = app_selected(a);
	if (a->detail.open && a->detail.pinned)
		r = detail_record(&a->detail);
	if (!r)
		return err_set(e, ERR_NOT_FOUND, "%s", _("no record in hand"));
	effects_add(fx, EFFECT_COPY, record_text(r, COL_CODE));
	app_say(a, ROLE_NOTICE, _("copied: %s"), record_text(r, COL_CODE));
	return 0;
}

RUN(dump)
{
	UNUSED;
	effects_add(fx, EFFECT_DUMP, w->list[0]);
	return 0;
}

RUN(redraw)
{
	UNUSED;
	effects_add(fx, EFFECT_REDRAW, NULL);
	return 0;
}

RUN(suspend)
{
	UNUSED;
	effects_add(fx, EFFECT_SUSPEND, NULL);
	return 0;
}

RUN(quit)
{
	UNUSED;
	effects_add(fx, EFFECT_QUIT, NULL);
	return 0;
}

/* clang-format off */
const struct command commands[] = {
	{"down", "[N]", 0, 1, N_("Move down"), NULL, run_down},
	{"up", "[N]", 0, 1, N_("Move up"), NULL, run_up},
	{"page-down", "[N]", 0, 1, N_("Next page"), NULL, run_page_down},
	{"page-up", "[N]", 0, 1, N_("Previous page"), NULL, run_page_up},
	{"half-down", "[N]", 0, 1, N_("Half a page down"), NULL, run_half_down},
	{"half-up", "[N]", 0, 1, N_("Half a page up"), NULL, run_half_up},
	{"home", "", 0, 0, N_("To the top; new rows flow in"), NULL, run_home},
	{"end", "", 0, 0, N_("To the end"), NULL, run_end},
	{"goto", "N | N% | CODE", 1, 1, N_("To a row, a place or a record"), N_("go to"), run_goto},
	{"open", "", 0, 0, N_("Open what the cursor is on"), N_("show"), run_open},
	{"back", "", 0, 0, N_("One step back"), N_("back"), run_back},
	{"next-record", "", 0, 0, N_("Next record"), N_("next"), run_next_record},
	{"previous-record", "", 0, 0, N_("Previous record"), N_("previous"), run_previous_record},
	{"related", "[N]", 0, 1, N_("Show a related record, one after the other"), N_("related"), run_related},
	{"focus", "", 0, 0, N_("To the other part of the screen"), N_("other part"), run_focus},
	{"layout", "", 0, 0, N_("Record beside the list, below it, or alone"), N_("layout"), run_layout},
	{"take-new", "", 0, 0, N_("Let the new rows in"), NULL, run_take_new},
	{"mark", "[FILTER]", 0, 1, N_("Mark the record, or take its mark away; with a filter: mark all here that pass"), N_("mark"), run_mark},
	{"mark-range", "", 0, 0, N_("Mark from here, then as far as here"), NULL, run_mark_range},
	{"mark-all", "", 0, 0, N_("Mark all of this list"), NULL, run_mark_all},
	{"mark-invert", "", 0, 0, N_("Mark those that are not, and the others no longer"), NULL, run_mark_invert},
	{"unmark", "[FILTER]", 0, 1, N_("Take the record's mark away, or of all here that pass"), NULL, run_unmark},
	{"unmark-all", "", 0, 0, N_("Take all marks away"), NULL, run_unmark_all},
	{"search", "[WORDS]", 0, 1, N_("Show the records that hold these words"), N_("search"), run_filter},
	{"filter", "[FILTER]", 0, 1, N_("Show the records that pass; nothing: all of this view"), NULL, run_filter},
	{"edit-filter", "", 0, 0, N_("Change the filter"), N_("filter"), run_edit_filter},
	{"clear", "", 0, 0, N_("Show all records"), NULL, run_clear},
	{"view", "[open|all|late|soon|today|…]", 0, 1, N_("Next view: open, all, late, due soon, due today …"), N_("view"), run_view},
	{"sort", "[-]COLUMN", 1, 1, N_("Sort by a column; - turns the order round"), NULL, run_sort},
	{"sort-next", "", 0, 0, N_("Sort by the column to the right"), NULL, run_sort_next},
	{"sort-previous", "", 0, 0, N_("Sort by the column to the left"), NULL, run_sort_previous},
	{"reverse", "", 0, 0, N_("Turn the order round"), N_("reverse"), run_reverse},
	{"columns", "", 0, 0, N_("Choose columns and order"), N_("columns"), run_columns},
	{"toggle-column", "[COLUMN]", 0, 1, N_("Show or hide a column"), N_("show or hide"), run_toggle_column},
	{"overview", "", 0, 0, N_("To the overview"), NULL, run_overview},
	{"queue", "KIND", 1, 1, N_("To a queue"), NULL, run_queue},
	{"tab", "N", 1, 1, N_("To a tab"), NULL, run_tab},
	{"next-tab", "", 0, 0, N_("Next tab"), NULL, run_next_tab},
	{"previous-tab", "", 0, 0, N_("Previous tab"), NULL, run_previous_tab},
	{"due", "[KIND|all]", 0, 1, N_("What is due, and who is late"), NULL, command_due},
	{"group-by", "[unit|category|area|procedure]", 0, 1, N_("Group what is due by unit, field, area or procedure"), N_("group by"), command_group_by},
	{"due-queue", "[KIND|all]", 0, 1, N_("What is due in the next queue, or in all"), N_("queue"), command_due_queue},
	{"units", "[then|now]", 0, 1, N_("Units and areas as they were at the time, or who has their duties now"), N_("then or now"), command_units},
	{"forecast", "[KIND|all]", 0, 1, N_("What will probably be late, and why"), NULL, command_forecast},
	{"explain", "", 0, 0, N_("Why the record is due when it is due, step by step"), N_("why due"), command_explain},
	{"act", "[ACTION[|ACTION…]]", 0, 1, N_("Do something to the record or the marked ones; without a name: choose what"), N_("do"), command_act},
	{"do", "ACTION [CODE…] [--FIELD TEXT]…", 1, 1, N_("Do it at once, said in one line: do assign --unit CATP --note 'x'"), NULL, command_do},
	{"repeat", "", 0, 0, N_("Do the same to the next record as to the last one"), N_("again"), command_repeat},
	{"accept", "", 0, 0, N_("Give the record, or each marked one, to the unit that a rule suggests"), N_("accept"), command_accept},
	{"accept-confirm", "", 0, 0, N_("Yes, to the units that are suggested"), N_("give them"), command_accept_confirm},
	{"undo", "", 0, 0, N_("Take back what was done last, while it waits"), N_("take back"), command_undo},
	{"outbox", "", 0, 0, N_("What was done and how far it has come"), N_("outbox"), command_outbox},
	{"outbox-retry", "", 0, 0, N_("Send it now"), N_("send now"), command_outbox_retry},
	{"outbox-reapply", "", 0, 0, N_("Do it on the record as it is now"), N_("do it all the same"), command_outbox_reapply},
	{"outbox-edit", "", 0, 0, N_("Change what is said, and send it again"), N_("change"), command_outbox_edit},
	{"outbox-drop", "", 0, 0, N_("Give it up"), N_("give up"), command_outbox_drop},
	{"duplicates", "", 0, 0, N_("What is probably the same matter: compare, merge, split"), N_("duplicates"), command_duplicates},
	{"duplicates-merge", "", 0, 0, N_("Merge the later of the two into the earlier"), N_("merge"), command_duplicates_merge},
	{"duplicates-split", "", 0, 0, N_("Split off again what is merged"), N_("split"), command_duplicates_split},
	{"duplicates-apart", "", 0, 0, N_("Say that it is another matter, or take that back"), N_("not a duplicate"), command_duplicates_apart},
	{"sources", "", 0, 0, N_("How the sources stand"), NULL, run_sources},
	{"sync", "[SOURCE]", 0, 1, N_("Ask the sources for news now"), N_("sync now"), run_sync},
	{"retry", "[SOURCE]", 0, 1, N_("Try again what was set aside of a source"), N_("retry"), run_retry},
	{"copy", "", 0, 0, N_("Copy the record's code"), N_("copy code"), run_copy},
	{"prompt", "[COMMAND]", 0, 1, N_("Type a command"), N_("command"), run_prompt},
	{"help", "", 0, 0, N_("What works here"), N_("help"), run_help},
	{"theme", "[NAME]", 0, 1, N_("Change the theme; without a name: show its roles"), NULL, run_theme},
	{"mouse", "[on|off]", 0, 1, N_("Switch the mouse on or off"), NULL, run_mouse},
	{"dump", "FILE", 1, 1, N_("Write the screen into a file, as text"), NULL, run_dump},
	{"redraw", "", 0, 0, N_("Paint the screen anew"), NULL, run_redraw},
	{"suspend", "", 0, 0, N_("Back to the shell for a while"), NULL, run_suspend},
	{"quit", "", 0, 0, N_("Leave the console"), N_("quit"), run_quit},
	{NULL, "", 0, 0, NULL, NULL, NULL},
};
/* clang-format on */

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that move the cursor, or go into a record and out of it. */
#include "ui/commands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "ui/state.h"
#include "ui/tabs.h"

static int move(struct app *a, enum motion m, int sign, const struct words *w, struct err *e)
{
	int64_t n;
	if (command_number(w, &n, e) < 0)
		return -1;
	const struct view *v = app_view(a);
	tell_page(a, m == MOVE_PAGES && sign * n == 1);
	if (v->move)
		v->move(a, m, sign * n);
	a->telling.moved = true;
	a->telling.row = m == MOVE_ROWS;
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

static int go_to_percent(struct app *a, struct list *l, long percent, struct err *e)
{
	if (percent < 0 || percent > 100)
		return err_set(e, ERR_USAGE, _("%ld%% is not between 0%% and 100%%"), percent);
	int64_t total = l->page ? l->page->total : 0;
	const struct queue_figures *f = &a->figures.queues[kind_index(l->kind)];
	if (l->page && l->page->total_capped && !*l->words && !*l->view.filter)
		total = f->total;
	else if (l->page && l->page->total_capped && !*l->words &&
		 strcmp(l->view.filter, "is:open") == 0)
		total = f->open;
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
	a->telling.moved = true;
	if (l && number && !*end && n > 0) {
		list_go_to_offset(l, n - 1);
		return 0;
	}
	if (!is_code(where))
		return err_set(e, ERR_USAGE, _("%.40s is no code"), where);
	lookup_start(a, where, NULL, LOOKUP_ANY_QUEUE);
	return 0;
}

RUN(open)
{
	UNUSED;
	int64_t n;
	if (command_number(w, &n, e) < 0)
		return -1;
	if (w->count)
		return tell_take_pick(a, (size_t)n, fx, e);
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
	} else if (l && l->groups.on) {
		groups_stop(l);
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
	const struct view *base = app_base_view(a);
	if (app_list(a) || a->tab == 0)
		base->move(a, MOVE_ROWS, n);
}

RUN(print)
{
	UNUSED;
	a->telling.moved = true;
	return 0;
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
	if (command_number(w, &n, e) < 0)
		return -1;
	size_t index = w->count ? (size_t)(n - 1) : a->detail.related;
	if (!w->count && !detail_link(&a->detail, index, &k, id, sizeof id))
		index = 0;
	if (!a->detail.open || !detail_link(&a->detail, index, &k, id, sizeof id))
		return err_set(e, ERR_NOT_FOUND, "%s", _("no related record"));
	a->detail.related = index + 1;
	lookup_start(a, id, k, LOOKUP_IN_DETAIL);
	return 0;
}

/* clang-format off */
const struct command move_commands[] = {
	{"down", "[N]", TAKES_NUMBER, 0, 1, N_("Move down"), NULL, run_down},
	{"up", "[N]", TAKES_NUMBER, 0, 1, N_("Move up"), NULL, run_up},
	{"page-down", "[N]", TAKES_NUMBER, 0, 1, N_("Next page"), NULL, run_page_down},
	{"page-up", "[N]", TAKES_NUMBER, 0, 1, N_("Previous page"), NULL, run_page_up},
	{"half-down", "[N]", TAKES_NUMBER, 0, 1, N_("Half a page down"), NULL, run_half_down},
	{"half-up", "[N]", TAKES_NUMBER, 0, 1, N_("Half a page up"), NULL, run_half_up},
	{"home", "", TAKES_NOTHING, 0, 0, N_("To the top; new rows flow in"), NULL, run_home},
	{"end", "", TAKES_NOTHING, 0, 0, N_("To the end"), NULL, run_end},
	{"goto", "N | N% | CODE", TAKES_RECORD, 1, 1, N_("To a row, a place or a record"), N_("go to"), run_goto},
	{"open", "[N]", TAKES_NUMBER, 0, 1, N_("Open what the cursor is on"), N_("show"), run_open},
	{"back", "", TAKES_NOTHING, 0, 0, N_("One step back"), N_("back"), run_back},
	{"more", "", TAKES_NOTHING, 0, 0, N_("Go on with what is told; in line mode: Enter"), NULL, run_page_down},
	{"print", "", TAKES_NOTHING, 0, 0, N_("Tell again what is shown, in line mode"), NULL, run_print},
	{"next-record", "", TAKES_NOTHING, 0, 0, N_("Next record"), N_("next"), run_next_record},
	{"previous-record", "", TAKES_NOTHING, 0, 0, N_("Previous record"), N_("previous"), run_previous_record},
	{"related", "[N]", TAKES_NUMBER, 0, 1, N_("Show a related record, one after the other"), N_("related"), run_related},
	{"focus", "", TAKES_NOTHING, 0, 0, N_("To the other part of the screen"), N_("other part"), run_focus},
	{"layout", "", TAKES_NOTHING, 0, 0, N_("Record beside the list, below it, or alone"), N_("layout"), run_layout},
	COMMANDS_END,
};
/* clang-format on */

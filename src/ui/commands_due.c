/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commands.h"

#include <string.h>

#include "base/i18n.h"
#include "ui/state.h"
#include "ui/tabs.h"

/* The queue that a word names; NULL for all.  -1 with *e. */
static int queue_of(const char *word, const struct kind **k, struct err *e)
{
	*k = strcmp(word, "all") == 0 ? NULL : kind_find(word);
	if (strcmp(word, "all") != 0 && (!*k || (*k)->catalogue))
		return err_set(e, ERR_USAGE, _("no such queue: %.40s"), word);
	return 0;
}

/* What is asked now, but of this queue; by unit where it lacks what was grouped by. */
static void ask_of(struct app *a, const struct kind *k)
{
	struct due_state *d = &a->due;
	bool fits = !k || due_by_fits(d->by, k);
	due_set(d, k, fits ? d->by : DUE_BY_UNIT, d->today);
}

RUN(due)
{
	UNUSED;
	const struct kind *k;
	if (w->count && queue_of(w->list[0], &k, e) < 0)
		return -1;
	if (w->count && k != a->due.kind)
		ask_of(a, k);
	app_go_to_tab(a, tabs_due(a));
	a->due.foretelling = false;
	return 0;
}

/* "-" is the group of those that have none. */
RUN(due_group)
{
	UNUSED;
	struct due_state *d = &a->due;
	const char *code = strcmp(w->list[0], "-") == 0 ? "" : w->list[0];
	size_t i = 0, n = d->board ? d->board->count : 0;
	while (i < n && strcmp(d->board->groups[i].code, code) != 0)
		i++;
	if (i == n)
		return err_set(e, ERR_NOT_FOUND, _("nothing is due under \"%.40s\""),
			       w->list[0]);
	d->foretelling = false;
	due_go_to(d, (int64_t)i);
	due_view.open(a);
	return 0;
}

RUN(forecast)
{
	UNUSED;
	if (run_due(a, w, fx, e) < 0)
		return -1;
	a->due.foretelling = true;
	return 0;
}

static const struct kind *next_queue(const struct app *a)
{
	if (!a->due.kind)
		return a->lists[0].kind;
	size_t next = kind_index(a->due.kind) + 1;
	return next < a->queue_count ? a->lists[next].kind : NULL;
}

RUN(due_queue)
{
	UNUSED;
	const struct kind *k = next_queue(a);
	if (w->count && queue_of(w->list[0], &k, e) < 0)
		return -1;
	ask_of(a, k);
	return 0;
}

static enum due_by next_by(const struct due_state *d)
{
	enum due_by by = d->by;
	do
		by = (by + 1) % DUE_BY_COUNT;
	while (d->kind && !due_by_fits(by, d->kind));
	return by;
}

RUN(group_by)
{
	UNUSED;
	struct due_state *d = &a->due;
	int by = 0;
	d->foretelling = false;
	if (!w->count) {
		due_set(d, d->kind, next_by(d), d->today);
		return 0;
	}
	while (by < DUE_BY_COUNT && strcmp(due_by_columns[by], w->list[0]) != 0)
		by++;
	if (by == DUE_BY_COUNT || (d->kind && !due_by_fits((enum due_by)by, d->kind)))
		return err_set(e, ERR_USAGE, _("can't group by \"%.40s\""), w->list[0]);
	due_set(d, d->kind, (enum due_by)by, d->today);
	return 0;
}

RUN(units)
{
	UNUSED;
	struct due_state *d = &a->due;
	bool today = !d->today;
	if (w->count && strcmp(w->list[0], "then") != 0 && strcmp(w->list[0], "now") != 0)
		return err_set(e, ERR_USAGE, _("units: then or now, not \"%.40s\""),
			       w->list[0]);
	if (w->count)
		today = strcmp(w->list[0], "now") == 0;
	d->foretelling = false;
	due_set(d, d->kind, d->by, today);
	return 0;
}

/* The record in hand; of what is due, the one that is late for the longest time. */
static bool in_hand(struct app *a, const struct kind **k, int64_t *rowid)
{
	const struct due_group *g = due_current(&a->due);
	const struct record *r = app_selected(a);
	if (a->detail.open && a->detail.kind) {
		*k = a->detail.kind;
		*rowid = a->detail.rowid;
	} else if (r) {
		*k = r->kind;
		*rowid = r->rowid;
	} else if (a->tab == tabs_due(a) && a->due.foretelling) {
		r = forecast_current(a);
		*k = r ? r->kind : NULL;
		*rowid = r ? r->rowid : 0;
		return r != NULL;
	} else if (a->tab == tabs_due(a) && g && g->oldest_kind) {
		*k = g->oldest_kind;
		*rowid = g->oldest_rowid;
	} else {
		return false;
	}
	return true;
}

RUN(explain)
{
	UNUSED;
	const struct kind *k;
	int64_t rowid;
	if (a->overlay == OVERLAY_EXPLAIN)
		return 0;
	if (!in_hand(a, &k, &rowid))
		return err_set(e, ERR_NOT_FOUND, "%s", _("no record in hand"));
	detail_show(&a->explained, k, rowid, a->look.now);
	a->overlay = OVERLAY_EXPLAIN;
	a->text.scroll = 0;
	return 0;
}

/* clang-format off */
const struct command due_commands[] = {
	{"due", "[KIND|all]", TAKES_QUEUE, 0, 1, N_("What is due, and who is late"), NULL, run_due},
	{"group-by", "[unit|category|area|procedure]", TAKES_WORD, 0, 1, N_("Group what is due by unit, field, area or procedure"), N_("group by"), run_group_by},
	{"due-group", "CODE", TAKES_WORD, 1, 1, N_("Show the records of a group of what is due"), NULL, run_due_group},
	{"due-queue", "[KIND|all]", TAKES_QUEUE, 0, 1, N_("What is due in the next queue, or in all"), N_("queue"), run_due_queue},
	{"units", "[then|now]", TAKES_WORD, 0, 1, N_("Units and areas as they were at the time, or who has their duties now"), N_("then or now"), run_units},
	{"forecast", "[KIND|all]", TAKES_QUEUE, 0, 1, N_("What will probably be late, and why"), NULL, run_forecast},
	{"explain", "", TAKES_NOTHING, 0, 0, N_("Why the record is due when it is due, step by step"), N_("why due"), run_explain},
	COMMANDS_END,
};
/* clang-format on */

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commands_due.h"

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

int command_due(struct app *a, const struct words *w, struct effects *fx, struct err *e)
{
	const struct kind *k;
	(void)fx;
	if (w->count && queue_of(w->list[0], &k, e) < 0)
		return -1;
	if (w->count && k != a->due.kind)
		ask_of(a, k);
	app_go_to_tab(a, tabs_due(a));
	a->due.foretelling = false;
	return 0;
}

int command_forecast(struct app *a, const struct words *w, struct effects *fx, struct err *e)
{
	if (command_due(a, w, fx, e) < 0)
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

int command_due_queue(struct app *a, const struct words *w, struct effects *fx, struct err *e)
{
	const struct kind *k = next_queue(a);
	(void)fx;
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

int command_group_by(struct app *a, const struct words *w, struct effects *fx, struct err *e)
{
	struct due_state *d = &a->due;
	int by = 0;
	(void)fx;
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

int command_units(struct app *a, const struct words *w, struct effects *fx, struct err *e)
{
	struct due_state *d = &a->due;
	bool today = !d->today;
	(void)fx;
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

int command_explain(struct app *a, const struct words *w, struct effects *fx, struct err *e)
{
	const struct kind *k;
	int64_t rowid;
	(void)w;
	(void)fx;
	if (a->overlay == OVERLAY_EXPLAIN)
		return 0;
	if (!in_hand(a, &k, &rowid))
		return err_set(e, ERR_NOT_FOUND, "%s", _("no record in hand"));
	detail_show(&a->explained, k, rowid, a->look.now);
	a->overlay = OVERLAY_EXPLAIN;
	a->text.scroll = 0;
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions for pages go out one at a time, the most pressing first; only a new question of the
 * list on screen overtakes one under way, whose asker then asks again. */
#include "ui/questions.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define FIGURES_PAUSE 250 /* ms between two looks at the figures */
#define REFUSED_MOST 3

/* --- pages ---------------------------------------------------------------- */

/* The query under way was overtaken or cancelled: its asker needs it still. */
static void lose_query(struct app *a)
{
	if (a->asker == ASKER_LIST)
		list_ask_again(&a->lists[a->asker_index]);
	else if (a->asker == ASKER_DETAIL)
		a->detail.stale = true;
	else if (a->asker == ASKER_EXPLAIN)
		a->explained.stale = true;
	else if (a->asker == ASKER_FEED)
		a->overview.feeds[a->asker_index].stale = true;
	else if (a->asker == ASKER_MARKS)
		a->lists[a->asker_index].marks.stale = true;
	else if (a->asker == ASKER_BANNER)
		a->banner.stale = true;
	else if (a->asker == ASKER_GROUP)
		groups_page_lost(&a->lists[a->asker_index]);
	else if (a->asker == ASKER_TAB)
		tabs_count_lost(a, a->asker_index);
	else if (a->asker == ASKER_PICKER)
		picker_ask_again(&a->picker, a->asker_index);
	else if (a->asker == ASKER_FIND)
		find_ask_again(&a->find, a->asker_index);
	a->asker = ASKER_NONE;
}

static void post(struct app *a, struct effects *fx, struct page_query *q, enum asker who,
		 size_t index)
{
	if (!q)
		return;
	q->generation = ++a->generation;
	a->asker = who;
	a->asker_index = index;
	effects_add(fx, EFFECT_QUERY, NULL)->query = q;
}

static void post_next(struct app *a, struct effects *fx)
{
	struct list *l = app_list(a);
	size_t feed;
	struct page_query *q;
	int64_t now = a->look.now;
	if (l && l->want == LIST_QUESTION && a->asker != ASKER_NONE) {
		lose_query(a);
		post(a, fx, list_query(l, now), ASKER_LIST, tabs_queue(a, a->tab));
	}
	bool typed = a->overlay == OVERLAY_FIND && find_asked_anew(&a->find);
	if (typed && a->asker != ASKER_NONE)
		lose_query(a);
	if (a->asker != ASKER_NONE)
		return;
	if (a->overlay == OVERLAY_FIND && (q = find_query(&a->find, now, &feed)))
		post(a, fx, q, ASKER_FIND, feed);
	else if (lookup_is_on(&a->lookup))
		post(a, fx, lookup_query(a), ASKER_LOOKUP, 0);
	else if (a->overlay == OVERLAY_EXPLAIN && a->explained.stale)
		post(a, fx, detail_query(&a->explained, now), ASKER_EXPLAIN, 0);
	else if (a->errand.wanted)
		post(a, fx, errand_query(a), ASKER_ERRAND, 0);
	else if (a->sweep.wanted)
		post(a, fx, sweep_query(a), ASKER_SWEEP, 0);
	else if (l && l->want != LIST_SETTLED)
		post(a, fx, list_query(l, now), ASKER_LIST, tabs_queue(a, a->tab));
	else if (l && l->groups.on && (q = groups_page_query(l, now)))
		post(a, fx, q, ASKER_GROUP, tabs_queue(a, a->tab));
	else if (a->detail.open && a->detail.stale && a->detail.due <= now)
		post(a, fx, detail_query(&a->detail, now), ASKER_DETAIL, 0);
	else if (a->tab == 0 && overview_wants(&a->overview, a->rows, &feed))
		post(a, fx, overview_query(&a->overview, feed, a->rows, now), ASKER_FEED, feed);
	else if (a->banner.stale)
		post(a, fx, banner_query(&a->banner, now), ASKER_BANNER, 0);
	else if (l && (q = list_marks_query(l, now)))
		post(a, fx, q, ASKER_MARKS, tabs_queue(a, a->tab));
	else if (a->overlay == OVERLAY_PICKER && (q = picker_query(&a->picker, now, &feed)))
		post(a, fx, q, ASKER_PICKER, feed);
	else if ((q = tabs_count_query(a, &feed)))
		post(a, fx, q, ASKER_TAB, feed);
}

/* The kind's own view hides something, too. */
static bool shows_all(const struct list *l)
{
	char *filter = list_filter_text(l);
	bool all = !filter[strspn(filter, " ")];
	free(filter);
	return all;
}

static void list_answered(struct app *a, struct list *l, struct page *p, struct effects *fx)
{
	struct err e = ERR_INIT;
	int rc = list_answer(l, p, &e);
	if (rc < 0 && !live_refused(a, l, &e)) {
		runner_refused(a, l->fault, fx);
		app_say(a, ROLE_ERROR, "%s", e.text);
	}
	if (rc != 1 || shows_all(l))
		return;
	/* The record looked for is not among those that the filter lets through. */
	app_say(a, ROLE_NOTICE, "%s", _("filter removed: it hid the record looked for"));
	int64_t target = l->target;
	list_set_view(l, views_of_filter(a->config.views, l->kind, ""));
	list_go_to_record(l, target);
}

void questions_page_came(struct app *a, struct page *p, struct effects *fx)
{
	enum asker who = a->asker;
	if (p->generation != a->generation || who == ASKER_NONE) {
		page_free(p);
		return;
	}
	if (p->error.code == ERR_CANCELLED && ++a->refused < REFUSED_MOST) {
		page_free(p);
		lose_query(a);
		return;
	}
	a->refused = 0;
	a->asker = ASKER_NONE;
	if (who == ASKER_LIST)
		list_answered(a, &a->lists[a->asker_index], p, fx);
	else if (who == ASKER_DETAIL)
		detail_answer(&a->detail, p);
	else if (who == ASKER_EXPLAIN)
		detail_answer(&a->explained, p);
	else if (who == ASKER_FEED)
		overview_answer(&a->overview, a->asker_index, p);
	else if (who == ASKER_SWEEP)
		sweep_answer(a, p);
	else if (who == ASKER_ERRAND)
		errand_answer(a, p, fx);
	else if (who == ASKER_MARKS)
		list_marks_answer(&a->lists[a->asker_index], p);
	else if (who == ASKER_BANNER)
		banner_answer(&a->banner, p);
	else if (who == ASKER_FIND)
		find_answer(a, a->asker_index, p);
	else if (who == ASKER_GROUP)
		groups_page_answer(&a->lists[a->asker_index], p);
	else if (who == ASKER_TAB)
		tabs_count_answer(a, a->asker_index, p);
	else if (who == ASKER_PICKER)
		picker_answer(&a->picker, a->asker_index, p);
	else
		lookup_answer(a, p);
}

/* --- figures -------------------------------------------------------------- */

void questions_want_figures(struct app *a)
{
	int64_t due = a->figures_asked + FIGURES_PAUSE;
	if (a->figures_due == CLOCK_NONE)
		a->figures_due = due > a->look.now ? due : a->look.now;
}

static void ask_for_figures(struct app *a, struct effects *fx)
{
	if (a->figures_due == CLOCK_NONE || a->figures_due > a->look.now)
		return;
	a->figures_due = CLOCK_NONE;
	a->figures_asked = a->look.now;
	effects_add(fx, EFFECT_FIGURES, NULL);
}

void questions_figures_came(struct app *a, const struct figures *f)
{
	if (f->error.code != ERR_NONE)
		return;
	a->figures = *f;
	a->figures_known = true;
	tabs_follow_figures(a);
}

/* --- boards and groups ----------------------------------------------------- */

static void ask_for_due(struct app *a, struct effects *fx)
{
	if (a->tab == tabs_due(a) && due_wants(&a->due, a->look.now))
		effects_add(fx, EFFECT_DUE, NULL)->due = due_ask(&a->due, a->look.now);
	if (a->tab == tabs_due(a) && a->due.foretelling &&
	    due_wants_forecast(&a->due, a->look.now))
		effects_add(fx, EFFECT_FORECAST, NULL)->forecast = due_ask_forecast(
			&a->due, a->look.now);
}

static void ask_for_groups(struct app *a, struct effects *fx)
{
	struct list *l = app_list(a);
	if (!l || !l->groups.on || l->want == LIST_QUESTION || !groups_want(l, a->look.now))
		return;
	struct group_query *q = groups_query(l, a->look.now);
	q->generation = ++a->groups_generation;
	a->groups_asker = l;
	effects_add(fx, EFFECT_GROUPS, NULL)->groups = q;
}

void questions_groups_came(struct app *a, struct group_page *p)
{
	struct list *l = a->groups_asker;
	if (!l || !l->groups.on || p->generation != a->groups_generation) {
		group_page_free(p);
		return;
	}
	if (p->error.code != ERR_NONE)
		app_say(a, ROLE_ERROR, "%s", p->error.text);
	groups_answer(l, p, a->look.now);
}

struct page_query *questions_count(const struct kind *k, const char *filter, const char *sort,
				   int64_t now)
{
	struct page_query *q = page_query_new();
	sort = sort ? sort : k->default_sort;
	q->kind = k;
	q->filter = xstrdup(filter);
	q->descending = *sort == '-';
	q->sort = kind_column(k, sort + q->descending);
	q->limit = 1;
	q->now = now;
	return q;
}

void questions_settle(struct app *a, struct effects *fx)
{
	ask_for_figures(a, fx);
	ask_for_due(a, fx);
	ask_for_groups(a, fx);
	post_next(a, fx);
}

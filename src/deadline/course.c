/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls and alerts, and what all kinds share. */
#include "deadline/course.h"

#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/rulebook_parts.h"
#include "model/kinds.h"

int64_t promised_by_source(const struct record *r)
{
	bool settled = r->values[COL_DUE_SRC].set || r->values[COL_CLOCK].set ||
		       r->values[COL_RULE].set;
	return record_int(r, settled ? COL_DUE_SRC : COL_DUE_AT, CLOCK_NONE);
}

void course_add_pauses(struct course *c, struct arena *a, const struct history *h,
		       const struct record *r, bool (*pauses)(const char *state, void *context),
		       void *context)
{
	struct span *list = arena_alloc(a, (h->count + 1) * sizeof *list);
	int64_t since = CLOCK_NONE;
	for (size_t i = 0; i < h->count; i++) {
		bool waits = pauses(h->events[i].to, context);
		if (waits && since == CLOCK_NONE)
			since = h->events[i].at;
		if (waits || since == CLOCK_NONE)
			continue;
		list[c->pause_count++] = (struct span){since, h->events[i].at};
		since = CLOCK_NONE;
	}
	int64_t updated = record_int(r, COL_UPDATED_AT, CLOCK_NONE);
	bool waits_now = pauses(record_text(r, COL_STATE), context);
	if (waits_now)
		c->stood_since = since != CLOCK_NONE     ? since
				 : updated != CLOCK_NONE ? updated
							 : c->start;
	else if (since != CLOCK_NONE && c->ended && c->end > since)
		list[c->pause_count++] = (struct span){since, c->end};
	else if (since != CLOCK_NONE && updated > since)
		list[c->pause_count++] = (struct span){since, updated};
	c->pauses = list;
}

/* When a state was left for good; CLOCK_NONE where the history doesn't say. */
static int64_t left_state(const struct history *h, const char *state)
{
	int64_t at = CLOCK_NONE;
	for (size_t i = 0; i < h->count; i++)
		if (strcmp(history_before(h, i), state) == 0 &&
		    strcmp(h->events[i].to, state) != 0)
			at = h->events[i].at;
	return at;
}

/* A call waits for somebody to call back from the moment it was over. */
static void course_of_call(const struct rulebook *b, struct arena *a, const struct record *r,
			   int64_t promised, struct course *c)
{
	static const char missed[] = "chuyen_tdv_nho";
	const char *state = record_text(r, COL_STATE);
	bool waits = strcmp(state, missed) == 0, back = strcmp(state, "da_goi_lai") == 0;
	if (!waits && !back && !history_mentions(r, missed))
		return;
	c->clock = CLOCK_CALLBACK;
	c->start = record_int(r, b->at.ended_at, record_int(r, COL_CREATED_AT, CLOCK_NONE));
	c->promised = promised;
	c->ended = !waits;
	if (waits)
		return;
	struct history h = history_read(a, r);
	c->end = left_state(&h, missed);
	if (c->end == CLOCK_NONE)
		c->end = record_int(r, COL_CLOSED_AT, CLOCK_NONE);
}

/* An alert waits until a person has seen it. */
static void course_of_alert(const struct rulebook *b, struct arena *a, const struct record *r,
			    int64_t promised, struct course *c)
{
	const char *state = record_text(r, COL_STATE);
	c->clock = CLOCK_ACKNOWLEDGE;
	c->start = record_int(r, COL_CREATED_AT, CLOCK_NONE);
	c->promised = promised;
	c->end = record_int(r, b->at.ack_at, CLOCK_NONE);
	bool unknown = !kind_state(r->kind, state);
	c->ended = c->end != CLOCK_NONE || (strcmp(state, "MOI") != 0 && !unknown);
	if (!c->ended || c->end != CLOCK_NONE)
		return;
	struct history h = history_read(a, r);
	for (size_t i = 0; i < h.count && c->end == CLOCK_NONE; i++)
		if (strcmp(h.events[i].to, "MOI") != 0)
			c->end = h.events[i].at;
	if (c->end == CLOCK_NONE)
		c->end = record_int(r, COL_CLOSED_AT, CLOCK_NONE);
}

void course_of(const struct rulebook *b, struct arena *a, const struct record *r,
	       int64_t promised, struct course *c)
{
	*c = (struct course){.clock = CLOCK_KIND_COUNT,
			     .start = CLOCK_NONE,
			     .promised = CLOCK_NONE,
			     .end = CLOCK_NONE,
			     .stood_since = CLOCK_NONE,
			     .late_from = CLOCK_NONE,
			     .publish_from = CLOCK_NONE,
			     .reopened = CLOCK_NONE};
	if (r->kind == &kind_dossier)
		course_of_dossier(b, a, r, promised, c);
	else if (r->kind == &kind_complaint)
		course_of_complaint(b, a, r, promised, c);
	else if (r->kind == &kind_call)
		course_of_call(b, a, r, promised, c);
	else if (r->kind == &kind_alert)
		course_of_alert(b, a, r, promised, c);
}

/* --- what a rule makes of it -------------------------------------------------------------- */

/* A deadline moved by pauses, in open time; those that begin after it don't move it. */
static int64_t moved(const struct worktime *w, const struct course *c, int64_t due)
{
	if (due == CLOCK_NONE || !c->pause_count || c->start == CLOCK_NONE || due <= c->start)
		return due;
	int64_t amount = worktime_between(w, c->start, due);
	int64_t t = worktime_add_paused(w, c->start, amount, c->pauses, c->pause_count);
	return t > due ? t : due;
}

static int64_t paused_sum(const struct course *c)
{
	int64_t sum = 0;
	for (size_t i = 0; i < c->pause_count; i++)
		sum += c->pauses[i].to - c->pauses[i].from;
	return sum;
}

/* A date without an hour means the whole day. */
static int64_t as_instant(const struct worktime *w, const struct course *c)
{
	if (c->promised == CLOCK_NONE || !c->date_only)
		return c->promised;
	struct clock_civil t = clock_local(c->promised);
	bool midnight = !t.hour && !t.minute && !t.second && c->promised % SECOND == 0;
	return midnight ? worktime_add_days(w, c->promised, 0) : c->promised;
}

static int64_t in_force(const struct rulebook *b, const struct course *c,
			const struct reckoning *x)
{
	int64_t due = x->promised == CLOCK_NONE  ? x->calc
		      : b->settings.source_moves ? x->promised
		      : c->plain                 ? x->promised + paused_sum(c)
						 : moved(x->hours, c, x->promised);
	if (c->earlier && x->calc != CLOCK_NONE && x->calc < due)
		due = x->calc;
	if (c->late_from != CLOCK_NONE && (due == CLOCK_NONE || c->late_from < due))
		due = c->late_from;
	return due;
}

static const char *judge(const struct rulebook *b, const struct course *c,
			 const struct reckoning *x)
{
	if (c->late_from != CLOCK_NONE || c->end > x->due)
		return "late";
	return c->clock == CLOCK_RETURN && x->left >= b->settings.early ? "early" : "ontime";
}

void reckon(const struct rulebook *b, const struct record *r, const struct course *c,
	    struct reckoning *x)
{
	const char *unit = record_text(r, COL_UNIT);
	*x = (struct reckoning){.rule = rulebook_rule(b, r), .left = CLOCK_NONE};
	x->hours = x->rule ? rule_hours(b, x->rule, c->clock, unit)
			   : calendar_hours(b->calendar, NULL, *unit ? unit : NULL);
	x->own = rule_end(b, x->rule, c->clock, unit, c->start);
	x->calc = moved(x->hours, c, x->own);
	x->promised = as_instant(x->hours, c);
	x->due = in_force(b, c, x);
	bool late = c->late_from != CLOCK_NONE ||
		    (x->due != CLOCK_NONE && x->due < c->stood_since);
	x->stands = !c->ended && c->stood_since != CLOCK_NONE && !late;
	if (x->due == CLOCK_NONE)
		return;
	if (c->ended && c->end != CLOCK_NONE) {
		x->left = worktime_between(x->hours, c->end, x->due);
		x->verdict = judge(b, c, x);
	} else if (x->stands) {
		x->left = worktime_between(x->hours, c->stood_since, x->due);
	}
}

int64_t reckon_soon(const struct rulebook *b, const struct record *r, const struct rule *rule,
		    enum clock_kind clock, int64_t start, int64_t due)
{
	if (!rule || due == CLOCK_NONE || rule->soon <= 0)
		return CLOCK_NONE;
	const struct worktime *w = rule_hours(b, rule, clock, record_text(r, COL_UNIT));
	int64_t soon = rule->soon;
	/* "soon" is told for the clock that matters most; others are short beside it. */
	if ((clock == CLOCK_ACCEPT || clock == CLOCK_PUBLISH) && start != CLOCK_NONE) {
		int64_t quarter = worktime_between(w, start, due) / 4;
		soon = quarter < soon ? quarter : soon;
	}
	/* The first instant with so little left, which may be the closing time before. */
	int64_t latest = worktime_add(w, due, -soon);
	return worktime_add(w, worktime_add(w, latest, -1), 1);
}

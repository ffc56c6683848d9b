/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What settled columns mean at one instant. */
#include <string.h>

#include "base/clock.h"
#include "deadline/deadline.h"
#include "model/standard_columns.h"

static enum clock_kind clock_of(const struct record *r)
{
	const char *code = record_text(r, COL_CLOCK);
	for (size_t i = 0; *code && i < CLOCK_KIND_COUNT; i++)
		if (strcmp(deadline_clocks[i].code, code) == 0)
			return (enum clock_kind)i;
	return CLOCK_KIND_COUNT;
}

/* The verdict on a complaint is the handle clock's; its publish clock also runs when nobody
 * else waits for it. */
static bool is_running(const struct record *r, enum clock_kind clock)
{
	return r->values[COL_DUE_AT].set &&
	       (clock == CLOCK_PUBLISH || (!r->values[COL_VERDICT].set && record_is_open(r)));
}

static const struct worktime *hours_of(const struct rulebook *b, const struct record *r,
				       enum clock_kind clock)
{
	if (!b || clock == CLOCK_KIND_COUNT)
		return NULL;
	const struct rule *rule = rulebook_rule(b, r);
	const char *unit = record_text(r, COL_UNIT);
	if (rule)
		return rule_hours(b, rule, clock, unit);
	return calendar_hours(rulebook_calendar(b), NULL, *unit ? unit : NULL);
}

const struct worktime *deadline_hours(const struct rulebook *b, const struct record *r)
{
	return hours_of(b, r, clock_of(r));
}

static int64_t between(const struct worktime *w, int64_t from, int64_t to)
{
	return w ? worktime_between(w, from, to) : to - from;
}

static enum deadline_state ended_state(const char *verdict)
{
	return strcmp(verdict, "late") == 0    ? DEADLINE_MET_LATE
	       : strcmp(verdict, "early") == 0 ? DEADLINE_EARLY
					       : DEADLINE_MET;
}

static bool is_same_day(int64_t a, int64_t b)
{
	struct clock_civil x = clock_local(a), y = clock_local(b);
	return x.year == y.year && x.month == y.month && x.day == y.day;
}

static enum deadline_state running_state(const struct record *r, int64_t due, int64_t now)
{
	if (due < now)
		return DEADLINE_LATE;
	if (record_int(r, COL_SOON_AT, INT64_MAX) <= now)
		return DEADLINE_SOON;
	return is_same_day(due, now) ? DEADLINE_TODAY : DEADLINE_WITHIN;
}

static bool is_far(const struct worktime *w, int64_t a, int64_t b, int64_t day)
{
	int64_t apart = a < b ? between(w, a, b) : between(w, b, a);
	return apart > day;
}

/* Only the clock that the source's deadline is about can be compared with it; a source may or
 * may not have moved it by the pauses itself. */
static bool differs(const struct record *r, const struct worktime *w, enum clock_kind clock,
		    int64_t day)
{
	const struct value *src = &r->values[COL_DUE_SRC], *calc = &r->values[COL_DUE_CALC],
			   *due = &r->values[COL_DUE_AT];
	if (!src->set || !calc->set || clock == CLOCK_ACCEPT || clock == CLOCK_PUBLISH)
		return false;
	return is_far(w, src->i, calc->i, day) &&
	       (!due->set || is_far(w, due->i, calc->i, day));
}

static int64_t first_set(const struct record *r)
{
	static const size_t columns[] = {COL_DUE_AT, COL_DUE_SRC, COL_DUE_CALC};
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (r->values[columns[i]].set)
			return r->values[columns[i]].i;
	return CLOCK_NONE;
}

static bool is_uncertain(const struct rulebook *b, const struct record *r,
			 const struct worktime *w, int64_t due)
{
	int64_t from = record_int(r, COL_CREATED_AT, CLOCK_NONE);
	return w && worktime_keeps_holidays(w) && from != CLOCK_NONE && due != CLOCK_NONE &&
	       calendar_gap(rulebook_calendar(b), from, due) != 0;
}

void deadline_look(const struct rulebook *b, const struct record *r, int64_t now,
		   struct deadline_look *out)
{
	enum clock_kind clock = clock_of(r);
	*out = (struct deadline_look){.state = DEADLINE_NONE, .due = CLOCK_NONE, .day = DAY};
	if (clock == CLOCK_KIND_COUNT)
		return;
	const struct worktime *w = hours_of(b, r, clock);
	if (w)
		out->day = worktime_day(w);
	out->due = record_int(r, COL_DUE_AT, CLOCK_NONE);
	out->left = record_int(r, COL_LEFT_S, 0) * SECOND;
	if (is_running(r, clock)) {
		out->state = running_state(r, out->due, now);
		out->left = between(w, now, out->due);
	} else if (r->values[COL_VERDICT].set) {
		out->state = ended_state(record_text(r, COL_VERDICT));
		out->due = first_set(r);
	} else if (r->values[COL_PAUSED_AT].set) {
		out->state = DEADLINE_PAUSED;
	}
	out->differs = differs(r, w, clock, out->day);
	out->uncertain = is_uncertain(b, r, w, out->due);
}

/* "Before it is due" is told for the clock that matters most; the short ones have "soon". */
static int64_t level_time(const struct record *r, const struct worktime *w,
			  enum clock_kind clock, const struct escalation *x)
{
	bool is_short = clock == CLOCK_ACCEPT || clock == CLOCK_PUBLISH;
	if (x->after < 0 && is_short && r->values[COL_SOON_AT].set)
		return r->values[COL_SOON_AT].i;
	return worktime_add(w, r->values[COL_DUE_AT].i, x->after);
}

int64_t deadline_level_time(const struct rulebook *b, const struct record *r,
			    const struct escalation *x)
{
	enum clock_kind clock = clock_of(r);
	const struct worktime *w = hours_of(b, r, clock);
	return w && is_running(r, clock) ? level_time(r, w, clock, x) : CLOCK_NONE;
}

int deadline_level(const struct rulebook *b, const struct record *r, int64_t now, int64_t *next)
{
	enum clock_kind clock = clock_of(r);
	const struct rule *rule = b ? rulebook_rule(b, r) : NULL;
	*next = CLOCK_NONE;
	if (!rule || clock == CLOCK_KIND_COUNT || !is_running(r, clock))
		return 0;
	const struct worktime *w = hours_of(b, r, clock);
	int level = 0;
	for (size_t i = 0; i < rule->escalation_count; i++) {
		const struct escalation *x = &rule->escalations[i];
		int64_t at = level_time(r, w, clock, x);
		if (at > now) {
			*next = at;
			break;
		}
		level = x->level;
	}
	return level;
}

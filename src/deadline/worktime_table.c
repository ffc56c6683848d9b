/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the table of openings is made. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/days.h"
#include "deadline/worktime.h"

#define WEEK_DAYS 7
#define CLOCK_DAYS 28 /* no zone sets its clock and sets it back within them */

static int64_t instant(int64_t day, int minutes)
{
	struct clock_civil c = {.hour = minutes / 60, .minute = minutes % 60};
	clock_date(day, &c.year, &c.month, &c.day);
	return clock_from_local(&c);
}

/* Midnight, tried with the offset of the day before, which is nearly always right. */
static int64_t midnight(int64_t day, int *offset)
{
	int64_t guess = day * DAY - *offset * SECOND;
	int offset_then = clock_local(guess).offset;
	if (offset_then == *offset)
		return guess;
	*offset = offset_then;
	return instant(day, 0);
}

/* By four weeks: where the offset is the same at both ends nobody set a clock in between. */
void grid_make(struct grid *g)
{
	g->first = clock_days(YEAR_FIRST, 1, 1) - WEEK_DAYS;
	g->count = clock_days(YEAR_LAST + 1, 1, 1) + WEEK_DAYS - g->first;
	g->midnight = xcalloc((size_t)g->count + 1, sizeof *g->midnight);
	int offset = clock_local(g->first * DAY).offset;
	for (int64_t i = 0, end; i <= g->count; i = end) {
		end = i + CLOCK_DAYS < g->count + 1 ? i + CLOCK_DAYS : g->count + 1;
		int64_t next = (g->first + end) * DAY - offset * SECOND;
		bool same = clock_local(next).offset == offset;
		for (int64_t d = i; d < end; d++)
			g->midnight[d] = same ? (g->first + d) * DAY - offset * SECOND
					      : midnight(g->first + d, &offset);
	}
}

void grid_free(struct grid *g)
{
	free(g->midnight);
	g->midnight = NULL;
}

struct worktime *worktime_new(const struct grid *g)
{
	struct worktime *w = xcalloc(1, sizeof *w);
	w->grid = g;
	w->rank = xcalloc((size_t)g->count, sizeof *w->rank);
	return w;
}

/* The second so many minutes after a day's midnight, by the clock on the wall. */
static uint32_t on_day(const struct grid *g, int64_t i, int minutes)
{
	int64_t t = minutes == 24 * 60 ? g->midnight[i + 1] : instant(g->first + i, minutes);
	return (uint32_t)(t / SECOND);
}

/* Until the table is finished `rank` says of each day whether it is one. */
static void note_workday(struct worktime *w, int64_t day, uint32_t close)
{
	uint16_t *known = &w->rank[day - w->grid->first];
	if (*known)
		w->closes[w->workday_count - 1] = close;
	else
		ARRAY_PUSH(w->closes, w->workday_count, w->workday_cap) = close;
	*known = 1;
}

static void add_opening(struct worktime *w, int64_t day, uint32_t from, uint32_t to)
{
	struct opening *last = w->count ? &w->openings[w->count - 1] : NULL;
	uint32_t before = last ? last->before + (last->to - last->from) : 0;
	if (last && from < last->to) /* a clock that was set back */
		from = last->to;
	if (from >= to)
		return;
	note_workday(w, day, to);
	w->total += (to - from) * SECOND;
	if (last && last->to == from)
		last->to = to;
	else
		ARRAY_PUSH(w->openings, w->count, w->cap) = (struct opening){from, to, before};
}

void worktime_open(struct worktime *w, int64_t day, const struct opening_hours *list, size_t n)
{
	const struct grid *g = w->grid;
	int64_t i = day - g->first;
	bool plain = g->midnight[i + 1] - g->midnight[i] == DAY;
	uint32_t start = (uint32_t)(g->midnight[i] / SECOND);
	for (size_t k = 0; k < n; k++) {
		int from = list[k].from, to = list[k].to;
		if (plain)
			add_opening(w, day, start + (uint32_t)from * 60,
				    start + (uint32_t)to * 60);
		else
			add_opening(w, day, on_day(g, i, from), on_day(g, i, to));
	}
}

static void rank_days(struct worktime *w)
{
	for (int64_t i = 1; i < w->grid->count; i++)
		w->rank[i] = (uint16_t)(w->rank[i] + w->rank[i - 1]);
}

void worktime_finish(struct worktime *w, int64_t one_day, bool holidays)
{
	const struct grid *g = w->grid;
	int64_t n = g->count;
	rank_days(w);
	w->holidays = holidays;
	w->week_days[0] = w->rank[WEEK_DAYS - 1];
	w->week_days[1] = w->rank[n - 1] - w->rank[n - 1 - WEEK_DAYS];
	w->week_open[0] = worktime_between(w, g->midnight[0], g->midnight[WEEK_DAYS]);
	w->week_open[1] = w->total -
			  worktime_between(w, g->midnight[0], g->midnight[n - WEEK_DAYS]);
	w->one_day = one_day ? one_day : w->count == 1 ? DAY : 8 * HOUR;
}

bool worktime_equal(const struct worktime *a, const struct worktime *b)
{
	return a->count == b->count && a->one_day == b->one_day && a->holidays == b->holidays &&
	       a->count > 0 &&
	       memcmp(a->openings, b->openings, a->count * sizeof *a->openings) == 0;
}

void worktime_free(struct worktime *w)
{
	if (!w)
		return;
	free(w->openings);
	free(w->closes);
	free(w->rank);
	free(w);
}

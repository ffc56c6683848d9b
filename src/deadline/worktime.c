/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open time is a function of the instant that never falls: `upto` counts it from the start of
 * the table, and adding is looking the sum up in the other direction.  Beyond the table both
 * are folded back into its plain weeks at either end. */
#include "deadline/worktime.h"

#include "base/clock.h"

#define WEEK (7 * DAY)
#define FAR (INT64_C(1) << 56) /* two million years; what is beyond is that far */
#define FAR_WEEKS (FAR / WEEK)

static int64_t clamp(int64_t v)
{
	return v > FAR ? FAR : v < -FAR ? -FAR : v;
}

/* By how many steps v lies below low (< 0) or from high on (> 0). */
static int64_t steps_out(int64_t v, int64_t low, int64_t high, int64_t step)
{
	if (v >= high)
		return (v - high) / step + 1;
	return v < low ? -((low - v - 1) / step + 1) : 0;
}

static int64_t start(const struct worktime *w)
{
	return w->grid->midnight[0];
}

static int64_t end(const struct worktime *w)
{
	return w->grid->midnight[w->grid->count];
}

static int64_t opens(const struct opening *o)
{
	return o->from * SECOND;
}

static int64_t closes(const struct opening *o)
{
	return o->to * SECOND;
}

/* Open time before it. */
static int64_t before(const struct opening *o)
{
	return o->before * SECOND;
}

/* How many openings begin at or before t. */
static size_t begun(const struct worktime *w, int64_t t)
{
	size_t low = 0, high = w->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (opens(&w->openings[middle]) <= t)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Open time since the table's start; below 0 before it. */
static int64_t upto(const struct worktime *w, int64_t t)
{
	int64_t weeks = steps_out(t, start(w), end(w), WEEK);
	int64_t folded = t - weeks * WEEK;
	size_t n = begun(w, folded);
	int64_t sum = weeks * w->week_open[weeks > 0];
	if (n == 0)
		return sum;
	const struct opening *o = &w->openings[n - 1];
	return sum + before(o) + (folded < closes(o) ? folded : closes(o)) - opens(o);
}

/* The opening in which the table's open time passes `sum`: the last that begins with less, or
 * for `latest` with no more. */
static const struct opening *passing(const struct worktime *w, int64_t sum, bool latest)
{
	size_t low = 0, high = w->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (before(&w->openings[middle]) < sum + latest)
			low = middle + 1;
		else
			high = middle;
	}
	return &w->openings[low - 1];
}

/* The earliest or latest instant with so much open time before it; CLOCK_NONE: none. */
static int64_t when(const struct worktime *w, int64_t sum, bool latest)
{
	bool after = latest ? sum >= w->total : sum > w->total;
	bool outside = after || (latest ? sum < 0 : sum <= 0);
	int64_t week = w->week_open[after], weeks = 0;
	if (outside && week == 0)
		return CLOCK_NONE;
	if (outside)
		weeks = steps_out(latest ? sum : sum - 1, 0, w->total, week);
	if (weeks > FAR_WEEKS || weeks < -FAR_WEEKS)
		return CLOCK_NONE;
	int64_t folded = sum - weeks * week;
	const struct opening *o = passing(w, folded, latest);
	return opens(o) + (folded - before(o)) + weeks * WEEK;
}

int64_t worktime_add(const struct worktime *w, int64_t t, int64_t amount)
{
	if (t == CLOCK_NONE || amount == 0)
		return t;
	t = clamp(t);
	return when(w, upto(w, t) + clamp(amount), amount < 0);
}

int64_t worktime_between(const struct worktime *w, int64_t from, int64_t to)
{
	if (from == CLOCK_NONE || to == CLOCK_NONE)
		return 0;
	return upto(w, clamp(to)) - upto(w, clamp(from));
}

int64_t worktime_next_opening(const struct worktime *w, int64_t t)
{
	if (t == CLOCK_NONE)
		return CLOCK_NONE;
	t = clamp(t);
	/* The instant before the next open millisecond is over. */
	int64_t next = when(w, upto(w, t) + 1, false);
	if (next == CLOCK_NONE)
		return CLOCK_NONE;
	return next - 1 > t ? next - 1 : t;
}

bool worktime_is_open(const struct worktime *w, int64_t t)
{
	return t != CLOCK_NONE && worktime_next_opening(w, t) == clamp(t);
}

/* The local day of an instant, since 1970; beyond the table without summer time. */
static int64_t day_of(const struct worktime *w, int64_t t)
{
	const struct grid *g = w->grid;
	int64_t weeks = steps_out(t, start(w), end(w), WEEK);
	int64_t folded = t - weeks * WEEK;
	int64_t i = (folded - g->midnight[0]) / DAY;
	if (i >= g->count)
		i = g->count - 1;
	while (i > 0 && g->midnight[i] > folded)
		i--;
	while (i + 1 < g->count && g->midnight[i + 1] <= folded)
		i++;
	return g->first + i + weeks * 7;
}

/* Working days up to and with a day. */
static int64_t rank_of(const struct worktime *w, int64_t day)
{
	const struct grid *g = w->grid;
	int64_t weeks = steps_out(day, g->first, g->first + g->count, 7);
	int64_t rank = w->rank[day - weeks * 7 - g->first];
	return rank + weeks * w->week_days[weeks > 0];
}

/* Closing time of the working day of this rank; CLOCK_NONE: none. */
static int64_t close_of(const struct worktime *w, int64_t rank)
{
	int64_t count = (int64_t)w->workday_count, weeks = 0;
	bool outside = rank < 1 || rank > count;
	int64_t week = w->week_days[rank > count];
	if (outside && week == 0)
		return CLOCK_NONE;
	if (outside)
		weeks = steps_out(rank, 1, count + 1, week);
	if (weeks > FAR_WEEKS || weeks < -FAR_WEEKS)
		return CLOCK_NONE;
	return w->closes[rank - weeks * week - 1] * SECOND + weeks * WEEK;
}

int64_t worktime_add_days(const struct worktime *w, int64_t t, int64_t n)
{
	if (t == CLOCK_NONE)
		return CLOCK_NONE;
	int64_t day = day_of(w, clamp(t)), most = FAR / DAY;
	n = n > most ? most : n < -most ? -most : n;
	int64_t earlier = rank_of(w, day - 1);
	if (n <= 0)
		return close_of(w, earlier + 1 + n);
	return close_of(w, rank_of(w, day) + n);
}

int64_t worktime_days_between(const struct worktime *w, int64_t from, int64_t to)
{
	if (from == CLOCK_NONE || to == CLOCK_NONE)
		return 0;
	return rank_of(w, day_of(w, clamp(to))) - rank_of(w, day_of(w, clamp(from)));
}

int64_t worktime_day(const struct worktime *w)
{
	return w->one_day;
}

bool worktime_keeps_holidays(const struct worktime *w)
{
	return w->holidays;
}

size_t worktime_openings(const struct worktime *w, int64_t t, struct span *out, size_t room)
{
	if (t == CLOCK_NONE)
		return 0;
	const struct grid *g = w->grid;
	int64_t day = day_of(w, clamp(t));
	int64_t weeks = steps_out(day, g->first, g->first + g->count, 7), shift = weeks * WEEK;
	int64_t i = day - weeks * 7 - g->first;
	size_t n = 0, first = begun(w, g->midnight[i]);
	for (size_t o = first ? first - 1 : 0; o < w->count && n < room; o++) {
		struct span s = {opens(&w->openings[o]), closes(&w->openings[o])};
		if (s.from >= g->midnight[i + 1])
			break;
		s.from = s.from > g->midnight[i] ? s.from : g->midnight[i];
		s.to = s.to < g->midnight[i + 1] ? s.to : g->midnight[i + 1];
		if (s.from < s.to)
			out[n++] = (struct span){s.from + shift, s.to + shift};
	}
	return n;
}

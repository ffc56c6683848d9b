/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Working time around pauses, which are first put into order and joined where they overlap. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/worktime.h"

#define FEW 16

struct pauses {
	struct span few[FEW], *list;
	size_t count;
};

static int by_start(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	return (x->from > y->from) - (x->from < y->from);
}

/* Without those that have no beginning or end before it; what has no end lasts for ever. */
static void take(struct pauses *p, const struct span *from, size_t count)
{
	p->count = 0;
	p->list = count > FEW ? xcalloc(count, sizeof *p->list) : p->few;
	for (size_t i = 0; i < count; i++) {
		struct span s = from[i];
		if (s.to == CLOCK_NONE)
			s.to = INT64_MAX;
		if (s.from != CLOCK_NONE && s.from < s.to)
			p->list[p->count++] = s;
	}
	if (p->count)
		qsort(p->list, p->count, sizeof *p->list, by_start);
}

static void join(struct pauses *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->count; i++) {
		struct span *last = kept ? &p->list[kept - 1] : NULL;
		if (!last || p->list[i].from > last->to)
			p->list[kept++] = p->list[i];
		else if (p->list[i].to > last->to)
			last->to = p->list[i].to;
	}
	p->count = kept;
}

static void pauses_start(struct pauses *p, const struct span *from, size_t count)
{
	take(p, from, count);
	join(p);
}

static void pauses_end(struct pauses *p)
{
	if (p->list != p->few)
		free(p->list);
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Open time that the pauses leave of from ≤ t < to. */
static int64_t left_of(const struct worktime *w, int64_t from, int64_t to,
		       const struct pauses *p)
{
	int64_t sum = worktime_between(w, from, to);
	for (size_t i = 0; i < p->count; i++) {
		int64_t a = later(p->list[i].from, from), b = earlier(p->list[i].to, to);
		if (a < b)
			sum -= worktime_between(w, a, b);
	}
	return sum;
}

int64_t worktime_between_paused(const struct worktime *w, int64_t from, int64_t to,
				const struct span *pauses, size_t count)
{
	struct pauses p;
	if (from == CLOCK_NONE || to == CLOCK_NONE)
		return 0;
	pauses_start(&p, pauses, count);
	int64_t left = from <= to ? left_of(w, from, to, &p) : -left_of(w, to, from, &p);
	pauses_end(&p);
	return left;
}

/* From pause to pause, as long as the amount lasts. */
static int64_t forward(const struct worktime *w, int64_t t, int64_t amount,
		       const struct pauses *p)
{
	for (size_t i = 0; i < p->count; i++) {
		if (p->list[i].to <= t)
			continue;
		int64_t open = worktime_between(w, t, later(t, p->list[i].from));
		if (open >= amount)
			break;
		if (p->list[i].to == INT64_MAX)
			return CLOCK_NONE;
		amount -= open;
		t = p->list[i].to;
	}
	return worktime_add(w, t, amount);
}

static int64_t backward(const struct worktime *w, int64_t t, int64_t amount,
			const struct pauses *p)
{
	for (size_t i = p->count; i-- > 0;) {
		if (p->list[i].from >= t)
			continue;
		int64_t open = worktime_between(w, earlier(t, p->list[i].to), t);
		if (open >= amount)
			break;
		amount -= open;
		t = p->list[i].from;
	}
	return worktime_add(w, t, -amount);
}

int64_t worktime_add_paused(const struct worktime *w, int64_t t, int64_t amount,
			    const struct span *pauses, size_t count)
{
	struct pauses p;
	if (t == CLOCK_NONE || amount == 0)
		return t;
	pauses_start(&p, pauses, count);
	if (amount == INT64_MIN)
		amount++;
	int64_t end = amount > 0 ? forward(w, t, amount, &p) : backward(w, t, -amount, &p);
	pauses_end(&p);
	return end;
}

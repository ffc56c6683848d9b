/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/plan.h"

#include <inttypes.h>
#include <stdio.h>

#include "api/moment.h"
#include "base/clock.h"

#define FUTURE_MOST DAY /* what may lie ahead of our clock where the server tells no time */

void mark_read(struct mark *m, const char *text)
{
	struct mark got;
	*m = (struct mark)MARK_NONE;
	if (text && sscanf(text, "%" SCNd64 " %" SCNd64 " %" SCNd64, &got.top, &got.back,
			   &got.full_at) == 3)
		*m = got;
}

void mark_write(const struct mark *m, char text[MARK_TEXT])
{
	snprintf(text, MARK_TEXT, "%" PRId64 " %" PRId64 " %" PRId64, m->top, m->back,
		 m->full_at);
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static bool has_windows(const struct plan *p)
{
	return p->resource->changes == CHANGES_WINDOW;
}

/* A clock that jumped must not put the next one off for years. */
static bool full_is_due(const struct plan *p, int64_t wall)
{
	int64_t every = p->resource->delta.full, last = p->mark.full_at;
	return every && (last == CLOCK_NONE || wall < last || wall - last >= every);
}

/* The next window: from what is known up to now, then backwards into the past.  Neighbours
 * share one unit, since nobody knows which of their ends belongs to them. */
static bool next_window(struct plan *p)
{
	const struct mark *m = &p->mark;
	int64_t unit = moment_unit(p->resource->delta.format);
	if (m->top == CLOCK_NONE) {
		p->hi = p->now;
		p->lo = larger(p->now - p->span, p->floor);
	} else if (!p->caught_up) {
		p->lo = p->edge - unit;
		p->hi = p->now - p->edge > p->span ? p->edge + p->span
						   : larger(p->now, p->edge + unit);
	} else if (m->back > p->floor) {
		p->hi = m->back + unit;
		p->lo = larger(m->back - p->span, p->floor);
	} else {
		return false;
	}
	return true;
}

void plan_begin(struct plan *p, const struct resource *r, const struct mark *m, int64_t now,
		int64_t wall, bool again)
{
	const struct delta_spec *d = &r->delta;
	*p = (struct plan){.resource = r,
			   .mark = *m,
			   .now = now,
			   .floor = d->backfill ? now - d->backfill : CLOCK_NONE,
			   .span = d->span,
			   .lo = CLOCK_NONE,
			   .hi = CLOCK_NONE};
	p->whole = again || m->top == CLOCK_NONE || full_is_due(p, wall);
	if (p->whole)
		p->mark.top = p->mark.back = CLOCK_NONE;
	else if (has_windows(p))
		p->edge = m->top - d->overlap;
	if (has_windows(p) && p->whole)
		p->mark.full_at = wall; /* what it does not reach, others go on with */
	if (has_windows(p))
		next_window(p);
	else if (p->whole)
		p->lo = r->changes == CHANGES_SINCE ? p->floor : CLOCK_NONE;
	else
		p->lo = r->changes == CHANGES_SINCE ? m->top - d->overlap : m->top;
}

static char *bound(const struct plan *p, int64_t t, bool up)
{
	struct strbuf b = STRBUF_INIT;
	if (t == CLOCK_NONE)
		return NULL;
	if (p->resource->changes == CHANGES_SEQUENCE)
		strbuf_addf(&b, "%" PRId64, t);
	else
		moment_write(t, p->resource->delta.format, p->resource->delta.at, up, &b);
	return strbuf_detach(&b);
}

char *plan_since(const struct plan *p)
{
	return bound(p, p->lo, false);
}

char *plan_until(const struct plan *p)
{
	return bound(p, p->hi, true);
}

/* What a record says of its own time is believed up to the server's present. */
static int64_t capped(const struct plan *p, int64_t newest, int64_t server_time, int64_t wall)
{
	int64_t cap = server_time == CLOCK_NONE ? wall + FUTURE_MOST
						: server_time - p->resource->delta.lag;
	return smaller(newest, cap);
}

static void finish(struct plan *p, int64_t wall)
{
	if (p->whole)
		p->mark.full_at = wall;
}

/* A range with as many items as the server gives at most may hold more. */
static bool is_full(const struct plan *p, int64_t items)
{
	const struct resource *r = p->resource;
	int64_t most = r->delta.most              ? r->delta.most
		       : r->paging == PAGING_NONE ? r->page_size
						  : INT64_MAX;
	return items >= most;
}

static int window_done(struct plan *p, int64_t newest, int64_t server_time, int64_t wall)
{
	struct mark *m = &p->mark;
	bool first = m->top == CLOCK_NONE;
	if (p->caught_up) {
		m->back = p->lo;
	} else {
		/* Our clock may be ahead of the server's: its present is the end. */
		bool told = server_time != CLOCK_NONE;
		int64_t present = told ? server_time - p->resource->delta.lag : p->now;
		int64_t top = smaller(p->hi, present);
		p->edge = p->hi;
		p->caught_up = p->hi >= present;
		if (p->caught_up && !told)
			top = smaller(newest, p->hi);
		if (first)
			m->back = p->lo;
		/* Nothing came and no clock told: what was asked for is what is known. */
		m->top = larger(m->top, first && top == CLOCK_NONE ? p->lo : top);
	}
	p->span = smaller(2 * p->span, p->resource->delta.span);
	if (next_window(p))
		return 1;
	finish(p, wall);
	return 0;
}

int plan_done(struct plan *p, int64_t items, int64_t newest, int64_t server_time, int64_t wall)
{
	if (has_windows(p)) {
		if (!is_full(p, items))
			return window_done(p, newest, server_time, wall);
		int64_t half = (p->hi - p->lo) / 2;
		if (half < p->resource->delta.least)
			return -1;
		p->span = half;
		next_window(p);
		return 1;
	}
	if (newest != CLOCK_NONE && p->resource->changes == CHANGES_SINCE)
		newest = capped(p, newest, server_time, wall);
	p->mark.top = larger(p->mark.top, newest);
	finish(p, wall);
	return 0;
}

bool plan_is_complete(const struct plan *p)
{
	const struct delta_spec *d = &p->resource->delta;
	return p->whole && d->full && !d->backfill && !has_windows(p);
}

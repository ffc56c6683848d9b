/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/due.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

#define PAUSE (2 * SECOND) /* between two counts */
#define FORECAST_PAUSE MINUTE
#define FORECAST_ROWS 200

void due_init(struct due_state *d)
{
	*d = (struct due_state){.stale = true, .forecast_stale = true, .height = 1};
}

void due_free(struct due_state *d)
{
	due_board_free(d->board);
	forecast_page_free(d->forecast);
	free(d->held);
}

/* Of another queue, other records will be late. */
static void forget_forecast(struct due_state *d)
{
	forecast_page_free(d->forecast);
	d->forecast = NULL;
	d->forecast_stale = true;
	d->forecast_asked = false;
	d->forecast_not_before = 0;
	d->row = d->first = 0;
}

void due_set(struct due_state *d, const struct kind *kind, enum due_by by, bool today)
{
	if (kind != d->kind)
		forget_forecast(d);
	d->kind = kind;
	d->by = by;
	d->today = today;
	d->stale = true;
	d->asked = false;
	d->not_before = 0;
	d->cursor = 0;
	d->top = 0;
	free(d->held);
	d->held = NULL;
	due_board_free(d->board);
	d->board = NULL;
}

void due_changed(struct due_state *d, int64_t now)
{
	if (d->not_before < now)
		d->not_before = now;
	d->stale = d->forecast_stale = true;
}

bool due_wants_forecast(const struct due_state *d, int64_t now)
{
	return d->forecast_stale && !d->forecast_asked && d->forecast_not_before <= now;
}

struct forecast_query *due_ask_forecast(struct due_state *d, int64_t now)
{
	struct forecast_query *q = forecast_query_new();
	q->generation = ++d->forecast_generation;
	q->kind = d->kind;
	q->limit = FORECAST_ROWS;
	q->now = now;
	d->forecast_stale = false;
	d->forecast_asked = true;
	d->forecast_not_before = now + FORECAST_PAUSE;
	return q;
}

void due_forecast_answer(struct due_state *d, struct forecast_page *p)
{
	if (p->generation != d->forecast_generation) {
		forecast_page_free(p);
		return;
	}
	int64_t held = d->row > 0 && d->forecast && d->row < (int)d->forecast->count
			       ? d->forecast->rows[d->row].record->rowid
			       : 0;
	d->forecast_asked = false;
	forecast_page_free(d->forecast);
	d->forecast = p;
	for (int i = 0; held && i < (int)p->count; i++)
		if (p->rows[i].record->rowid == held)
			d->row = i;
	if (d->row >= (int)p->count)
		d->row = p->count ? (int)p->count - 1 : 0;
}

bool due_wants(const struct due_state *d, int64_t now)
{
	return d->stale && !d->asked && d->not_before <= now;
}

struct due_query due_ask(struct due_state *d, int64_t now)
{
	d->stale = false;
	d->asked = true;
	d->not_before = now + PAUSE;
	return (struct due_query){
		.generation = ++d->generation,
		.kind = d->kind,
		.by = d->by,
		.today = d->today,
		.now = now,
		.until = due_day_end(now),
	};
}

/* Brings the cursor into its bounds, and the window to the cursor. */
static void settle(struct due_state *d)
{
	int count = d->board ? (int)d->board->count : 0;
	int most = count > d->height ? count - d->height : 0;
	if (d->cursor >= (size_t)count)
		d->cursor = count ? (size_t)count - 1 : 0;
	int at = (int)d->cursor;
	if (d->top > at)
		d->top = at;
	if (d->top + d->height <= at)
		d->top = at - d->height + 1;
	if (d->top > most)
		d->top = most;
}

static void find_held(struct due_state *d)
{
	for (size_t i = 0; d->held && i < d->board->count; i++)
		if (strcmp(d->board->groups[i].name, d->held) == 0) {
			d->cursor = i;
			return;
		}
}

void due_answer(struct due_state *d, struct due_board *b)
{
	if (b->query.generation != d->generation) {
		due_board_free(b);
		return;
	}
	d->asked = false;
	due_board_free(d->board);
	d->board = b;
	find_held(d);
	settle(d);
}

void due_set_height(struct due_state *d, int height)
{
	d->height = height > 0 ? height : 1;
	settle(d);
}

/* Whoever has moved wants to stay on the group; the first line is for the worst one. */
void due_go_to(struct due_state *d, int64_t at)
{
	d->cursor = at < 0 ? 0 : (size_t)at;
	settle(d);
	const struct due_group *g = due_current(d);
	free(d->held);
	d->held = g && d->cursor ? xstrdup(g->name) : NULL;
}

const struct due_group *due_current(const struct due_state *d)
{
	return d->board && d->cursor < d->board->count ? &d->board->groups[d->cursor] : NULL;
}

static int64_t weight(const struct due_counts *c)
{
	return c->late * 1000000 + c->soon * 1000 + c->open;
}

const struct kind *due_pressing(const struct due_group *g)
{
	size_t best = 0;
	for (size_t i = 1; i < DUE_QUEUES; i++)
		if (weight(&g->kinds[i]) > weight(&g->kinds[best]))
			best = i;
	return g->kinds[best].open ? kinds[best] : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the place of the cache: what is due, counted over the world's records. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "world.h"

static struct due_group *group_of(struct world *w, struct due_board *b, const struct record *r,
				  size_t *cap)
{
	int column = kind_column(r->kind, due_by_columns[b->query.by]);
	const char *code = record_text(r, (size_t)column);
	for (size_t i = 0; i < b->count; i++)
		if (strcmp(b->groups[i].code, code) == 0)
			return &b->groups[i];
	const char *name = world_name(w, kind_find(r->kind->columns[column].ref), code,
				      CLOCK_NONE);
	struct due_group g = {
		.code = code,
		.name = name ? name : code,
		.filter = *code ? arena_printf(&b->arena, "%s:\"%s\"",
					       due_by_columns[b->query.by], code)
				: arena_printf(&b->arena, "%s:none",
					       due_by_columns[b->query.by]),
		.oldest = CLOCK_NONE,
		.oldest_code = "",
	};
	ARRAY_PUSH(b->groups, b->count, *cap) = g;
	return &b->groups[b->count - 1];
}

static void count(const struct due_query *q, const struct record *r, struct due_counts *c)
{
	int64_t due = record_int(r, COL_DUE_AT, CLOCK_NONE);
	int64_t soon = record_int(r, COL_SOON_AT, CLOCK_NONE);
	bool late = due != CLOCK_NONE && due < q->now, paused = r->values[COL_PAUSED_AT].set;
	if (!record_is_open(r)) {
		c->ended += r->values[COL_VERDICT].set;
		c->ended_late += strcmp(record_text(r, COL_VERDICT), "late") == 0;
		return;
	}
	c->open++;
	c->timed += due != CLOCK_NONE || paused;
	c->paused += paused;
	c->late += late;
	c->until += due >= q->now && due < q->until;
	c->soon += due >= q->now && soon != CLOCK_NONE && soon <= q->now;
}

static void note_time(struct due_board *b, const struct record *r)
{
	int64_t due = record_int(r, COL_DUE_AT, CLOCK_NONE);
	if (!record_is_open(r) || due == CLOCK_NONE)
		return;
	b->last_due = due > b->last_due ? due : b->last_due;
	for (int i = 0; i < DUE_DAYS; i++)
		b->days[i] += due >= b->day_starts[i] && due < b->day_starts[i + 1];
	if (due >= b->day_starts[0] && due < b->day_starts[1])
		b->hours[(due - b->day_starts[0]) / HOUR]++;
}

static void note_oldest(struct due_group *g, const struct record *r, int64_t now)
{
	int64_t due = record_int(r, COL_DUE_AT, CLOCK_NONE);
	bool older = g->oldest == CLOCK_NONE || due < g->oldest;
	if (!record_is_open(r) || due == CLOCK_NONE || due >= now || !older)
		return;
	g->oldest = due;
	g->oldest_kind = r->kind;
	g->oldest_rowid = r->rowid;
	g->oldest_code = record_text(r, COL_CODE);
}

static int compare(const void *a, const void *b)
{
	const struct due_group *x = a, *y = b;
	if (x->all.late != y->all.late)
		return x->all.late < y->all.late ? 1 : -1;
	return strcmp(x->name, y->name);
}

struct due_board *world_due(struct world *w, const struct due_query *q)
{
	struct due_board *b = due_board_new(q);
	size_t cap = 0;
	b->total.oldest_code = "";
	for (size_t i = 0; i < w->record_count; i++) {
		const struct record *r = w->records[i];
		if ((q->kind && q->kind != r->kind) || !due_by_fits(q->by, r->kind))
			continue;
		struct due_group *g = group_of(w, b, r, &cap);
		count(q, r, &g->all);
		count(q, r, &g->kinds[kind_index(r->kind)]);
		count(q, r, &b->total.all);
		note_oldest(g, r, q->now);
		note_oldest(&b->total, r, q->now);
		note_time(b, r);
	}
	if (b->count)
		qsort(b->groups, b->count, sizeof *b->groups, compare);
	return b;
}

/* Open records that are due within a day, as if half of their like had been late. */
struct forecast_page *world_forecast(struct world *w, const struct forecast_query *q)
{
	struct forecast_page *p = forecast_page_new();
	p->generation = q->generation;
	p->now = q->now;
	p->rows = arena_zero(&p->arena, WORLD_RECORDS_MOST * sizeof *p->rows);
	for (size_t i = 0; i < w->record_count && p->count < 30; i++) {
		struct record *r = w->records[i];
		int64_t due = record_int(r, COL_DUE_AT, CLOCK_NONE);
		if (!record_is_open(r) || due < q->now || due > q->now + DAY ||
		    (q->kind && q->kind != r->kind))
			continue;
		int alike = 12 + (int)p->count, late = alike - (int)p->count / 3;
		p->rows[p->count++] = (struct forecast_row){
			.record = r,
			.guess = {true, FORECAST_UNIT_CATEGORY, alike, late,
				  (double)late / alike},
			.used = 12 * HOUR,
			.allowed = 16 * HOUR,
			.day = 8 * HOUR,
		};
	}
	p->total = (int64_t)p->count;
	for (size_t i = 0; i < 4; i++) {
		struct forecast_kind *k = &p->kinds[p->kind_count++];
		k->kind = kinds[i];
		k->window = 28 * DAY;
		k->cases = 120;
		for (int t = 0; t < FORECAST_TESTS; t++)
			k->scores[t] = (struct forecast_score){120, 8, 30, 24 + t, 18 + t};
	}
	return p;
}

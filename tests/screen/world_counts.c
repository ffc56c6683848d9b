/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of the queues and groups of a list, counted over all records. */
#include "world_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

static void count_queue(struct world *w, size_t kind, struct queue_figures *f)
{
	memset(f, 0, sizeof *f);
	for (size_t i = 0; i < w->record_count; i++) {
		const struct record *r = w->records[i];
		int64_t created = record_int(r, COL_CREATED_AT, 0);
		int64_t due = record_int(r, COL_DUE_AT, CLOCK_NONE);
		int64_t hours = (w->now - created) / HOUR;
		if (kind_index(r->kind) != kind)
			continue;
		f->total++;
		if (hours >= 0 && hours < TREND_HOURS)
			f->trend[TREND_HOURS - 1 - hours]++;
		f->fresh_hour += hours == 0;
		if (!record_is_open(r))
			continue;
		const struct state *s = kind_state(r->kind, record_text(r, COL_STATE));
		f->open++;
		f->waiting += s && s->flags & STATE_WAITING;
		f->late += due != CLOCK_NONE && due < w->now;
		f->soon += due >= w->now && due < w->now + 4 * HOUR;
	}
}

void world_answer_figures(struct world *w, const struct effect *e)
{
	(void)e;
	struct figures f = {.at = w->now};
	for (size_t i = 0; kinds[i] && !kinds[i]->catalogue; i++)
		count_queue(w, i, &f.queues[i]);
	world_send(w, &(struct event){.type = EVENT_FIGURES, .figures = &f});
}

static struct group *group_of(struct group_page *p, const char *value)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->list[i].value, value) == 0)
			return &p->list[i];
	struct group *g = &ARRAY_PUSH(p->list, p->count, p->cap);
	*g = (struct group){arena_strdup(&p->arena, value), {0, 0, 0}};
	return g;
}

static int by_late(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	if (x->counts.late != y->counts.late)
		return x->counts.late > y->counts.late ? -1 : 1;
	if (x->counts.count != y->counts.count)
		return x->counts.count > y->counts.count ? -1 : 1;
	return strcmp(x->value, y->value);
}

static struct group_page *count_groups(struct world *w, const struct group_query *q)
{
	struct world_sieve s;
	struct group_page *p = group_page_new();
	p->generation = q->generation;
	p->capped = w->groups_capped;
	world_sieve_init(&s, q->kind, q->filter, q->now);
	for (size_t i = 0; i < w->record_count; i++) {
		const struct record *r = w->records[i];
		int64_t due = record_int(r, COL_DUE_AT, CLOCK_NONE);
		bool timed = record_is_open(r) && due != CLOCK_NONE;
		if (!world_passes(&s, r))
			continue;
		struct group *g = group_of(p, record_text(r, (size_t)q->column));
		g->counts.count++;
		g->counts.late += timed && due < q->now;
		g->counts.soon += timed && due >= q->now && due < q->now + 4 * HOUR;
	}
	world_sieve_free(&s);
	if (p->count)
		qsort(p->list, p->count, sizeof *p->list, by_late);
	return p;
}

void world_answer_groups(struct world *w, const struct effect *e)
{
	struct event event = {.type = EVENT_GROUPS, .now = w->now};
	event.groups = count_groups(w, e->groups);
	app_update(w->app, &event, &w->fx);
}

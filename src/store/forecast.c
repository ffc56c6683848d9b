/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cases of the last weeks and what they let expect of the open ones. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/deadline.h"
#include "deadline/forecast.h"
#include "store/query.h"
#include "store/row.h"

#define WINDOW (28 * DAY)
#define HISTORY_MOST 60000 /* cases of a queue, the latest */
#define OPEN_MOST 60000    /* open records of a queue, the nearest due */
#define COLUMNS_MOST 64

/* A likely record, before it is read whole. */
struct candidate {
	const struct kind *kind;
	int64_t rowid, due;
	struct forecast_guess guess;
	int64_t used, allowed, day;
};

struct study {
	struct db *db;
	const struct rulebook *rules;
	const struct forecast_query *query;
	struct forecast_page *page;
	/* of the queue at hand */
	struct forecast *forecast;
	struct forecast_kind *kind;
	int columns[COLUMNS_MOST];
	size_t column_count;
	int end; /* column that says when a case ended; -1: none but closed_at */
	int64_t oldest, rows;
	struct candidate *candidates;
	size_t count, cap;
};

/* --- a case --- */

/* How a record's time is counted. */
struct measure {
	const struct worktime *hours;
	int64_t start, due, allowed;
};

static int64_t open_between(const struct worktime *h, int64_t from, int64_t to)
{
	return h ? worktime_between(h, from, to) : to - from;
}

static bool measure(const struct study *s, const struct record *r, struct measure *m)
{
	m->start = record_int(r, COL_CREATED_AT, CLOCK_NONE);
	m->due = record_int(r, COL_DUE_AT, CLOCK_NONE);
	if (m->start == CLOCK_NONE || m->due == CLOCK_NONE || m->due <= m->start)
		return false;
	m->hours = s->rules ? deadline_hours(s->rules, r) : NULL;
	m->allowed = open_between(m->hours, m->start, m->due);
	return m->allowed > 0;
}

static int64_t end_of(const struct study *s, const struct record *r)
{
	int64_t closed = record_int(r, COL_CLOSED_AT, CLOCK_NONE);
	return s->end >= 0 ? record_int(r, (size_t)s->end, closed) : closed;
}

/* Ended without a result: it says nothing about the unit's pace. */
static bool was_dropped(const struct record *r)
{
	const struct state *st = kind_state(r->kind, record_text(r, COL_STATE));
	return st && !(st->flags & (STATE_OPEN | STATE_HANDLED));
}

static int take_case(void *context, const struct record *r)
{
	struct study *s = context;
	struct measure m;
	s->rows++;
	s->oldest = record_int(r, COL_DUE_AT, s->oldest);
	if (was_dropped(r) || !measure(s, r, &m))
		return 0;
	int64_t end = end_of(s, r);
	const char *verdict = record_text(r, COL_VERDICT);
	if (end == CLOCK_NONE && (*verdict || !record_is_open(r)))
		return 0;
	bool late = *verdict ? strcmp(verdict, "late") == 0 : end == CLOCK_NONE || end > m.due;
	int64_t used = open_between(m.hours, m.start, end == CLOCK_NONE ? s->query->now : end);
	struct forecast_case c = {.unit = record_text(r, COL_UNIT),
				  .category = record_text(r, COL_CATEGORY),
				  .share = fmax(0, (double)used / (double)m.allowed),
				  .late = late,
				  .due = m.due};
	for (int i = 0; i < FORECAST_TESTS; i++) {
		int64_t after = (int64_t)((double)m.allowed * forecast_test_shares[i]);
		c.test_at[i] = m.hours ? worktime_add(m.hours, m.start, after)
				       : m.start + after;
	}
	forecast_add(s->forecast, &c);
	return 0;
}

/* --- open records --- */

static int take_open(void *context, const struct record *r)
{
	struct study *s = context;
	struct measure m;
	if (r->values[COL_VERDICT].set || !measure(s, r, &m))
		return 0;
	int64_t used = open_between(m.hours, m.start, s->query->now);
	struct forecast_guess g = forecast_ask(s->forecast, record_text(r, COL_UNIT),
					       record_text(r, COL_CATEGORY),
					       (double)used / (double)m.allowed);
	s->kind->open++;
	s->kind->unknown += !g.known;
	if (!g.known || g.chance < FORECAST_LIKELY)
		return 0;
	s->kind->likely++;
	ARRAY_PUSH(s->candidates, s->count,
		   s->cap) = (struct candidate){.kind = r->kind,
						.rowid = r->rowid,
						.due = m.due,
						.guess = g,
						.used = used,
						.allowed = m.allowed,
						.day = m.hours ? worktime_day(m.hours) : DAY};
	return 0;
}

/* --- queues --- */

/* All but texts, which no rule asks for. */
static void choose_columns(struct study *s, const struct kind *k)
{
	static const char *const ends[] = {"finished_at", "ack_at"};
	s->column_count = 0;
	for (int i = 0; i < (int)k->column_count && s->column_count < COLUMNS_MOST; i++)
		if (!(k->columns[i].flags & COLUMN_LONG) && !k->columns[i].personal)
			s->columns[s->column_count++] = i;
	s->end = -1;
	for (size_t i = 0; i < ARRAY_LEN(ends) && s->end < 0; i++)
		s->end = kind_column(k, ends[i]);
}

static int walk(struct study *s, const char *filter, bool descending, int64_t limit,
		int (*each)(void *, const struct record *))
{
	struct walk_query q = {.kind = s->kind->kind,
			       .filter = filter,
			       .sort = COL_DUE_AT,
			       .descending = descending,
			       .limit = limit,
			       .since = CLOCK_NONE,
			       .now = s->query->now,
			       .columns = s->columns,
			       .column_count = s->column_count};
	return store_walk(s->db, &q, each, s, &s->page->error);
}

static int read_history(struct study *s)
{
	int64_t now = s->query->now;
	char from[CLOCK_TEXT], filter[2 * CLOCK_TEXT];
	clock_format_utc(now - 2 * WINDOW, from);
	snprintf(filter, sizeof filter, "due_at>=%s due_at<now", from);
	s->rows = 0;
	s->oldest = now;
	if (walk(s, filter, true, HISTORY_MOST, take_case) < 0)
		return -1;
	/* Where there are more, what was read is halved: one part to guess by, one to test. */
	s->kind->capped = s->rows == HISTORY_MOST;
	s->kind->window = s->kind->capped ? (now - s->oldest) / 2 : WINDOW;
	s->kind->cases = forecast_ready(s->forecast, s->kind->window);
	for (int i = 0; i < FORECAST_TESTS; i++)
		s->kind->scores[i] = forecast_test(s->forecast, i);
	return 0;
}

static int read_open(struct study *s)
{
	const char *own = s->query->filter ? s->query->filter : "";
	char *filter = xasprintf("is:open due_at>=now %s%s%s", *own ? "(" : "", own,
				 *own ? ")" : "");
	int rc = walk(s, filter, false, OPEN_MOST, take_open);
	free(filter);
	return rc;
}

static int study_kind(struct study *s, const struct kind *k)
{
	s->kind = &s->page->kinds[s->page->kind_count++];
	s->kind->kind = k;
	s->forecast = forecast_new(s->query->now);
	choose_columns(s, k);
	int rc = read_history(s) < 0 ? -1 : read_open(s);
	forecast_free(s->forecast);
	s->page->total += s->kind->likely;
	return rc;
}

/* --- the answer --- */

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->guess.chance != y->guess.chance)
		return x->guess.chance < y->guess.chance ? 1 : -1;
	return (x->due > y->due) - (x->due < y->due);
}

static struct record *read_record(struct study *s, const struct candidate *c)
{
	struct row_shape shape = {.kind = c->kind};
	struct strbuf sql = STRBUF_INIT;
	struct record *r = NULL;
	strbuf_adds(&sql, "SELECT ");
	row_add_columns(&sql, &shape);
	strbuf_addf(&sql, " FROM %s t WHERE t.id = ?", c->kind->id);
	sqlite3_stmt *q = sql_prepare(s->db, sql.s, &s->page->error);
	strbuf_free(&sql);
	if (!q)
		return NULL;
	sqlite3_bind_int64(q, 1, c->rowid);
	if (sql_step(s->db, q, &s->page->error) > 0) {
		r = record_new(&s->page->arena, c->kind);
		row_read(s->db, q, &shape, &s->page->arena, r);
	}
	sqlite3_reset(q);
	return r;
}

static void answer(struct study *s)
{
	struct forecast_page *p = s->page;
	if (s->count)
		qsort(s->candidates, s->count, sizeof *s->candidates, compare_candidates);
	size_t most = s->count < s->query->limit ? s->count : s->query->limit;
	p->rows = arena_zero(&p->arena, (most + 1) * sizeof *p->rows);
	for (size_t i = 0; i < most && !p->error.code; i++) {
		const struct candidate *c = &s->candidates[i];
		struct record *r = read_record(s, c);
		if (r)
			p->rows[p->count++] = (struct forecast_row){.record = r,
								    .guess = c->guess,
								    .used = c->used,
								    .allowed = c->allowed,
								    .day = c->day};
	}
}

struct forecast_page *store_forecast(struct db *db, const struct rulebook *b,
				     const struct forecast_query *q)
{
	struct forecast_page *p = forecast_page_new();
	struct study s = {.db = db, .rules = b, .query = q, .page = p};
	p->generation = q->generation;
	p->now = q->now;
	int rc = 0;
	for (size_t i = 0; kinds[i] && rc == 0; i++)
		if (!kinds[i]->catalogue && (!q->kind || q->kind == kinds[i]))
			rc = study_kind(&s, kinds[i]);
	if (rc == 0)
		answer(&s);
	free(s.candidates);
	return p;
}

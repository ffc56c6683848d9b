/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One look at all that is open and due before long, by the index over the deadline.  The levels
 * that a record had are asked along with it, so that most rows cost one step. */
#include "store/escalation.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/deadline.h"
#include "store/row.h"

#define ROWS_MOST 200000  /* of a queue, the longest due first */
#define AHEAD (28 * DAY)  /* reminders come at most so long before a deadline */
#define EVENTS_MOST 20000 /* of one look: the rest comes with the next */
#define COLUMNS_MOST 64
#define SOURCES_MOST 256

struct watch {
	const char *source;
	int64_t since;
};

struct scan {
	struct db *db;
	struct journal *journal;
	const struct rulebook *rules;
	int64_t now, wake;
	struct escalation_list *list;
	struct watch watches[SOURCES_MOST];
	size_t watch_count;
	struct err *err;
	/* of the queue at hand */
	struct row_shape shape;
	int columns[COLUMNS_MOST];
	struct record record;
};

static int64_t since(struct scan *s, const char *source)
{
	for (size_t i = 0; i < s->watch_count; i++)
		if (strcmp(s->watches[i].source, source) == 0)
			return s->watches[i].since;
	int64_t t = escalation_since(s->journal, source, s->now, s->err);
	if (t != CLOCK_NONE && s->watch_count < SOURCES_MOST)
		s->watches[s->watch_count++] = (struct watch){
			arena_strdup(&s->list->arena, source), t};
	return t;
}

/* Every source is watched from its first look on, whether or not anything is late by then. */
static int watch_sources(struct scan *s)
{
	sqlite3_stmt *q = sql_prepare(s->db, "SELECT name FROM source", s->err);
	int rc = q ? 0 : -1;
	while (q && (rc = sql_step(s->db, q, s->err)) > 0)
		if (since(s, (const char *)sqlite3_column_text(q, 0)) == CLOCK_NONE) {
			rc = -1;
			break;
		}
	if (q)
		sqlite3_reset(q);
	return rc;
}

/* --- a record --- */

static const char *keep(struct scan *s, const char *text)
{
	return arena_strdup(&s->list->arena, text);
}

static int add_event(struct scan *s, const struct escalation *x, bool highest)
{
	const struct record *r = &s->record;
	int64_t due = record_int(r, COL_DUE_AT, CLOCK_NONE),
		from = since(s, r->source ? r->source : "");
	int64_t reached = deadline_level_time(s->rules, r, x);
	if (from == CLOCK_NONE)
		return -1;
	struct escalation_event e = {.kind = r->kind,
				     .source = keep(s, r->source),
				     .id = keep(s, r->id),
				     .code = keep(s, record_text(r, COL_CODE)),
				     .unit = keep(s, record_text(r, COL_UNIT)),
				     .state = keep(s, record_text(r, COL_STATE)),
				     .clock = keep(s, record_text(r, COL_CLOCK)),
				     .whom = keep(s, x->whom ? x->whom : ""),
				     .level = x->level,
				     .due = due,
				     .reached = reached,
				     .at = s->now,
				     .silent = !highest || reached < from};
	ARRAY_PUSH(s->list->events, s->list->count, s->list->cap) = e;
	return 0;
}

/* `had`: the highest level that was reached before. */
static int take(struct scan *s, int had)
{
	int64_t next = CLOCK_NONE;
	int level = deadline_level(s->rules, &s->record, s->now, &next);
	if (next != CLOCK_NONE && (s->wake == CLOCK_NONE || next < s->wake))
		s->wake = next;
	const struct rule *rule = level > had ? rulebook_rule(s->rules, &s->record) : NULL;
	for (size_t i = 0; rule && i < rule->escalation_count; i++) {
		const struct escalation *x = &rule->escalations[i];
		if (x->level > had && x->level <= level &&
		    add_event(s, x, x->level == level) < 0)
			return -1;
	}
	return 0;
}

/* --- a queue --- */

/* All but texts, which no rule asks for. */
static void choose_columns(struct scan *s, const struct kind *k)
{
	size_t n = 0;
	for (int i = 0; i < (int)k->column_count && n < COLUMNS_MOST; i++)
		if (!(k->columns[i].flags & COLUMN_LONG) && !k->columns[i].personal)
			s->columns[n++] = i;
	s->shape = (struct row_shape){.kind = k, .columns = s->columns, .count = n};
}

static sqlite3_stmt *select_rows(struct scan *s)
{
	const char *kind = s->shape.kind->id;
	struct strbuf sql = STRBUF_INIT;
	strbuf_adds(&sql, "SELECT ");
	row_add_columns(&sql, &s->shape);
	strbuf_addf(&sql,
		    ", (SELECT max(level) FROM escalation e WHERE e.kind = '%s'"
		    " AND e.record = t.ext_id AND e.source ="
		    " (SELECT name FROM source WHERE id = t.source)"
		    " AND e.clock = coalesce(t.clock, ''))"
		    " FROM %s t WHERE t.open = 1 AND t.due_at <= ?"
		    " ORDER BY t.due_at LIMIT %d",
		    kind, kind, ROWS_MOST);
	sqlite3_stmt *q = sql_prepare(s->db, sql.s, s->err);
	strbuf_free(&sql);
	if (q)
		sqlite3_bind_int64(q, 1, s->now + AHEAD);
	return q;
}

static int scan_kind(struct scan *s, const struct kind *k)
{
	choose_columns(s, k);
	sqlite3_stmt *q = select_rows(s);
	int had = q ? sqlite3_column_count(q) - 1 : 0, rc = q ? 0 : -1;
	s->record.values = xcalloc(k->column_count, sizeof(struct value));
	while (q && s->list->count < EVENTS_MOST && (rc = sql_step(s->db, q, s->err)) > 0) {
		row_read(s->db, q, &s->shape, NULL, &s->record);
		rc = take(s, sqlite3_column_int(q, had));
		if (rc < 0)
			break;
	}
	if (q)
		sqlite3_reset(q);
	free(s->record.values);
	return rc < 0 ? -1 : 0;
}

/* Those that the journal had already, which only the cache had forgotten. */
static void drop_known(struct escalation_list *l)
{
	size_t n = 0;
	for (size_t i = 0; i < l->count; i++)
		if (l->events[i].level)
			l->events[n++] = l->events[i];
	l->count = n;
}

int escalation_scan(struct db *db, struct journal *j, const struct rulebook *b, int64_t now,
		    struct escalation_list *list, int64_t *wake, struct err *e)
{
	struct scan s = {.db = db,
			 .journal = j,
			 .rules = b,
			 .now = now,
			 .wake = CLOCK_NONE,
			 .list = list,
			 .err = e};
	*list = (struct escalation_list){0};
	sql_trim(db);
	int rc = escalation_follow(db, j, e) < 0 ? -1 : watch_sources(&s);
	for (size_t i = 0; kinds[i] && rc == 0; i++)
		if (!kinds[i]->catalogue)
			rc = scan_kind(&s, kinds[i]);
	if (rc == 0)
		rc = escalation_remember(j, list->events, list->count, e);
	if (rc == 0 && list->count)
		rc = escalation_follow(db, j, e);
	*wake = list->count >= EVENTS_MOST ? now : s.wake;
	if (rc < 0)
		escalation_list_free(list);
	else
		drop_known(list);
	return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes due soon or late as time goes by, from the index of deadlines alone. */
#include "store/changes.h"

#include "store/asker.h"
#include "store/builder.h"
#include "store/row.h"
#include "store/row_test.h"

struct passer {
	struct db *db;
	const struct changes_query *query;
	struct arena arena; /* of one record */
	struct record *record;
	int64_t source;
};

/* A mark is where in its instant a record stands: its rowid, twice, and one more where it is
 * late. What is late is so from the instant after its deadline on, as in filters. */
static sqlite3_stmt *select_passed(struct passer *x, const struct change_cursor *c,
				   struct err *e)
{
	const char *kind = x->query->kind->id;
	struct builder b = BUILDER_INIT;
	builder_add(&b,
		    "SELECT at, mark FROM (SELECT due_at + 1 AS at, id * 2 + 1 AS mark"
		    " FROM %s INDEXED BY %s_due_at_open WHERE open = 1 AND due_at >= ",
		    kind, kind);
	builder_int(&b, c->time - 1);
	builder_add(&b, " AND due_at < ");
	builder_int(&b, x->query->now);
	builder_add(&b,
		    " UNION ALL SELECT soon_at, id * 2 FROM %s INDEXED BY %s_due_at_open"
		    " WHERE open = 1 AND soon_at >= ",
		    kind, kind);
	builder_int(&b, c->time);
	builder_add(&b, " AND soon_at <= ");
	builder_int(&b, x->query->now);
	builder_add(&b, ") WHERE (at, mark) > (");
	builder_int(&b, c->time);
	builder_add(&b, ", ");
	builder_int(&b, c->mark);
	builder_add(&b, ") ORDER BY at, mark LIMIT ");
	builder_int(&b, (int64_t)x->query->most);
	sqlite3_stmt *s = builder_prepare(&b, x->db, e);
	builder_free(&b);
	return s;
}

static int load(struct passer *x, int64_t id, struct err *e)
{
	struct row_shape shape = {.kind = x->query->kind};
	struct strbuf select = STRBUF_INIT;
	strbuf_adds(&select, "SELECT ");
	row_add_columns(&select, &shape);
	strbuf_addf(&select, " FROM %s t WHERE t.id = ?", x->query->kind->id);
	sqlite3_stmt *s = sql_prepare(x->db, select.s, e);
	strbuf_free(&select);
	if (!s)
		return -1;
	x->record = record_new(&x->arena, x->query->kind);
	sqlite3_bind_int64(s, 1, id);
	int rc = sql_step(x->db, s, e);
	if (rc > 0) {
		row_read(x->db, s, &shape, &x->arena, x->record);
		x->source = sqlite3_column_int64(s, 1);
	}
	sqlite3_reset(s);
	return rc;
}

/* Whether the filter lets the record through at that time. */
static int passes(struct passer *x, int64_t time, struct err *e)
{
	struct filter_context c = store_filter_context(x->db, x->query->kind, time);
	struct row_test test;
	const struct filter *f = filter_parse(&x->arena, &c, x->query->filter, NULL, e);
	if (!f || row_test_init(&test, x->db, &x->arena, x->query->kind, f, e) < 0)
		return -1;
	return row_test(&test, x->record, x->source, e);
}

/* 0: the filter lets nothing of it through. */
static int judge(struct passer *x, int64_t at, struct err *e)
{
	if (!x->query->filter)
		return CHANGE_CHANGED;
	int before = passes(x, at - 1, e);
	int after = before < 0 ? -1 : passes(x, at, e);
	if (after < 0)
		return -1;
	return after ? (before ? CHANGE_CHANGED : CHANGE_ENTERED) : before ? CHANGE_LEFT : 0;
}

/* 1: `each` wants no more. */
static int tell(struct passer *x, struct change_cursor *c,
		int (*each)(void *, const struct change *), void *context, struct err *e)
{
	arena_reset(&x->arena);
	int rc = load(x, c->mark / 2, e);
	int type = rc > 0 ? judge(x, c->time, e) : rc;
	if (type <= 0)
		return type;
	struct change change = {.type = (enum change_type)type,
				.reason = c->mark % 2 ? CHANGE_LATE : CHANGE_DUE_SOON,
				.at = c->time,
				.cursor = *c,
				.record = x->record};
	return each(context, &change) != 0;
}

static int walk(struct passer *x, struct change_cursor *c,
		int (*each)(void *, const struct change *), void *context, struct err *e)
{
	sqlite3_stmt *s = select_passed(x, c, e);
	if (!s)
		return -1;
	size_t seen = 0;
	int rc = 0, stopped = 0;
	while (!stopped && (rc = sql_step(x->db, s, e)) > 0) {
		seen++;
		c->time = sqlite3_column_int64(s, 0);
		c->mark = sqlite3_column_int64(s, 1);
		stopped = tell(x, c, each, context, e);
	}
	sqlite3_reset(s);
	if (rc < 0 || stopped < 0)
		return -1;
	return stopped || seen == x->query->most;
}

int store_changes_by_time(struct db *db, const struct changes_query *q, struct change_cursor *c,
			  int (*each)(void *, const struct change *), void *context,
			  struct err *e)
{
	struct passer x = {.db = db, .query = q, .arena = ARENA_INIT};
	bool follows = !q->kind->catalogue && c->time && c->time <= q->now;
	int rc = 0;
	sql_trim(db);
	if (follows) {
		rc = sql_begin_reading(db, e) < 0 ? -1 : walk(&x, c, each, context, e);
		sql_end_reading(db);
	}
	if (rc == 0 && c->time <= q->now)
		change_cursor_at_time(c, q->now + 1);
	arena_free(&x.arena);
	return rc;
}

void change_cursor_at_time(struct change_cursor *c, int64_t time)
{
	c->time = time;
	c->mark = 0;
}

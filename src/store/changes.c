/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record as it was just after a change: the row as it is now, with what later changes
 * replaced put back; the rest of a row that is gone stands beside its removal. */
#include "store/changes.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/asker.h"
#include "store/row.h"
#include "store/row_test.h"
#include "store/sql.h"

#define READ_AT_ONCE 4096 /* rows of the table, those of other kinds too */

/* --- cursors ---------------------------------------------------------------- */

void change_cursor_format(const struct change_cursor *c, char text[CHANGE_CURSOR_TEXT])
{
	snprintf(text, CHANGE_CURSOR_TEXT,
		 "%" PRIx64 "-%" PRIx64 "-%" PRIx64 "-%" PRIx64 "-%" PRIx64 "-%" PRIx64,
		 (uint64_t)c->epoch, (uint64_t)c->seq, (uint64_t)c->told, (uint64_t)c->at,
		 (uint64_t)c->time, (uint64_t)c->mark);
}

int change_cursor_parse(const char *text, struct change_cursor *c)
{
	uint64_t epoch, seq, told, at, time, mark;
	int n = 0;
	size_t length = strlen(text);
	if (length >= CHANGE_CURSOR_TEXT || strspn(text, "0123456789abcdef-") != length ||
	    sscanf(text,
		   "%" SCNx64 "-%" SCNx64 "-%" SCNx64 "-%" SCNx64 "-%" SCNx64 "-%" SCNx64 "%n",
		   &epoch, &seq, &told, &at, &time, &mark, &n) != 6 ||
	    (size_t)n != length || (epoch | seq | told | at | time | mark) >> 63)
		return -1;
	*c = (struct change_cursor){.epoch = (int64_t)epoch,
				    .seq = (int64_t)seq,
				    .told = (int64_t)told,
				    .at = (int64_t)at,
				    .time = (int64_t)time,
				    .mark = (int64_t)mark};
	return 0;
}

static int64_t epoch_of(struct db *db)
{
	return sql_integer(db, "SELECT value FROM meta WHERE key = 'changes'", 0);
}

/* Behind the row that the statement answers: seq, at, id, last; at the very beginning where it
 * answers none. */
static int take_cursor(struct db *db, sqlite3_stmt *s, struct change_cursor *c, struct err *e)
{
	*c = (struct change_cursor){.epoch = epoch_of(db)};
	int rc = sql_step(db, s, e);
	if (rc > 0) {
		c->seq = sqlite3_column_int64(s, 0);
		c->at = sqlite3_column_int64(s, 1);
		c->told = sqlite3_column_int64(s, 3) - sqlite3_column_int64(s, 2) + 1;
	}
	sqlite3_reset(s);
	return rc < 0 ? -1 : 0;
}

int change_cursor_now(struct db *db, struct change_cursor *c, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
		db, "SELECT seq, at, id, last FROM change ORDER BY seq DESC LIMIT 1", e);
	return s ? take_cursor(db, s, c, e) : -1;
}

static int not_kept(struct err *e)
{
	return err_set(e, ERR_NOT_FOUND, _("changes are not kept from so long ago"));
}

int change_cursor_since(struct db *db, int64_t time, struct change_cursor *c, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(db,
				      "SELECT seq, at, id, last FROM change WHERE seq <"
				      " ifnull((SELECT min(seq) FROM change WHERE at >= ?), "
				      "9e18) ORDER BY seq DESC LIMIT 1",
				      e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, time);
	if (take_cursor(db, s, c, e) < 0)
		return -1;
	bool whole = sql_integer(db, "SELECT min(seq) FROM change", 1) == 1;
	return c->seq || whole ? 0 : not_kept(e);
}

/* The row of the cursor itself must still be there, and be the one that it was. */
static int check_cursor(struct db *db, const struct change_cursor *c, struct err *e)
{
	if (c->epoch != epoch_of(db))
		return err_set(e, ERR_NOT_FOUND, _("the cache was filled anew"));
	if (c->seq == 0)
		return sql_integer(db, "SELECT min(seq) FROM change", 1) == 1 ? 0 : not_kept(e);
	sqlite3_stmt *s = sql_prepare(db, "SELECT at FROM change WHERE seq = ?", e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, c->seq);
	int rc = sql_step(db, s, e);
	bool same = rc > 0 && sqlite3_column_int64(s, 0) == c->at;
	sqlite3_reset(s);
	return rc < 0 ? -1 : same ? 0 : not_kept(e);
}

/* --- records as they were --------------------------------------------------- */

struct entry {
	int64_t seq, at, id, last;
	enum change_type what;
	bool hidden;
	const char *before;
};

struct image {
	struct record *record;
	int64_t source;
	bool exists;
};

struct reader {
	struct db *db;
	const struct changes_query *query;
	struct arena filter_arena, arena; /* the second: of one change */
	struct row_test test;
	bool blind; /* the filter asks for what is not kept beside changes */
	struct strbuf select;
	struct change_cursor *cursor;
	size_t left;
	int (*each)(void *, const struct change *);
	void *context;
	bool stopped;
};

static void put_text(struct arena *a, struct value *v, const json_t *j)
{
	v->n = json_string_length(j);
	v->s = arena_memdup(a, json_string_value(j), v->n);
}

static void put_back_value(struct arena *a, const struct column *c, struct value *v,
			   const json_t *j)
{
	*v = (struct value){.set = !json_is_null(j)};
	if (!v->set)
		return;
	if (column_is_textual(c->type) && json_is_string(j))
		put_text(a, v, j);
	else if (c->type == COLUMN_REAL)
		v->r = json_number_value(j);
	else if (!column_is_textual(c->type))
		v->i = json_integer_value(j);
	else
		v->set = false;
}

static const char *copy_text(struct arena *a, const json_t *j)
{
	return json_is_string(j) ? arena_strdup(a, json_string_value(j)) : "";
}

/* A removed row begins as nothing but what stands beside its removal. */
static void put_back(struct reader *x, struct image *i, const char *before, bool removed)
{
	json_t *old = before ? json_loads(before, 0, NULL) : NULL;
	const char *name;
	json_t *j;
	if (removed) {
		i->exists = true;
		i->source = json_integer_value(json_object_get(old, "@source"));
		i->record->source = row_source(x->db, i->source);
		i->record->id = copy_text(&x->arena, json_object_get(old, "@id"));
		i->record->version = json_integer_value(json_object_get(old, "@version"));
	}
	json_object_foreach (old, name, j) {
		int c = kind_column(x->query->kind, name);
		if (c >= 0)
			put_back_value(&x->arena, &x->query->kind->columns[c],
				       &i->record->values[c], j);
	}
	json_decref(old);
}

static int load(struct reader *x, int64_t id, struct image *i, struct err *e)
{
	struct row_shape shape = {.kind = x->query->kind};
	sqlite3_stmt *s = sql_prepare(x->db, x->select.s, e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, id);
	int rc = sql_step(x->db, s, e);
	i->exists = rc > 0;
	if (i->exists) {
		row_read(x->db, s, &shape, &x->arena, i->record);
		i->source = sqlite3_column_int64(s, 1);
	}
	sqlite3_reset(s);
	return rc < 0 ? -1 : 0;
}

/* What changes after this one replaced, the latest first. */
static int undo_later(struct reader *x, int64_t seq, int64_t id, struct image *i, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(x->db,
				      "SELECT what, before FROM change WHERE kind = ? AND"
				      " id = ? AND seq > ? AND what <> 1 ORDER BY seq DESC",
				      e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, (int64_t)kind_index(x->query->kind));
	sqlite3_bind_int64(s, 2, id);
	sqlite3_bind_int64(s, 3, seq);
	int rc;
	while ((rc = sql_step(x->db, s, e)) > 0)
		put_back(x, i, (const char *)sqlite3_column_text(s, 1),
			 sqlite3_column_int(s, 0) == CHANGE_REMOVED);
	sqlite3_reset(s);
	return rc;
}

/* The record just after the change; just before it, for a removal. */
static int restore(struct reader *x, const struct entry *n, int64_t id, struct image *i,
		   struct err *e)
{
	arena_reset(&x->arena);
	*i = (struct image){.record = record_new(&x->arena, x->query->kind)};
	i->record->rowid = id;
	i->record->id = i->record->source = "";
	if (load(x, id, i, e) < 0 || undo_later(x, n->seq, id, i, e) < 0)
		return -1;
	if (n->what == CHANGE_REMOVED)
		put_back(x, i, n->before, true);
	return 0;
}

static int passes(struct reader *x, const struct image *i, struct err *e)
{
	return row_test(&x->test, i->record, i->source, e);
}

/* Whether it passed before the change. */
static int passed(struct reader *x, const struct entry *n, const struct image *now,
		  struct err *e)
{
	if (x->blind && n->hidden)
		return 1;
	struct image old = {record_copy(&x->arena, now->record), now->source, true};
	put_back(x, &old, n->before, false);
	return passes(x, &old, e);
}

/* 0: the filter lets nothing of it through. */
static int judge(struct reader *x, const struct entry *n, const struct image *i, struct err *e)
{
	if (!i->exists)
		return 0;
	int now = n->what == CHANGE_REMOVED && x->blind ? 1 : passes(x, i, e);
	if (now < 0)
		return -1;
	if (n->what != CHANGE_CHANGED)
		return now ? (int)n->what : 0;
	if (!x->test.statement)
		return CHANGE_CHANGED;
	int before = passed(x, n, i, e);
	if (before < 0)
		return -1;
	return now ? (before ? CHANGE_CHANGED : CHANGE_ENTERED) : before ? CHANGE_LEFT : 0;
}

/* --- the walk --------------------------------------------------------------- */

static int tell(struct reader *x, const struct entry *n, int64_t id, struct err *e)
{
	struct image i;
	if (restore(x, n, id, &i, e) < 0)
		return -1;
	int type = judge(x, n, &i, e);
	if (type < 0)
		return -1;
	x->cursor->seq = n->seq;
	x->cursor->at = n->at;
	x->cursor->told = id - n->id + 1;
	if (!type)
		return 0;
	struct change c = {.type = (enum change_type)type,
			   .at = n->at,
			   .cursor = *x->cursor,
			   .record = i.record};
	x->stopped = x->each(x->context, &c) != 0;
	x->left--;
	return 0;
}

/* 1: it was told whole, 0: no more is wanted now. */
static int tell_all(struct reader *x, const struct entry *n, int64_t first, struct err *e)
{
	for (int64_t id = first; id <= n->last; id++) {
		if (!x->left || x->stopped)
			return 0;
		if (tell(x, n, id, e) < 0)
			return -1;
	}
	return 1;
}

static void pass_over(struct reader *x, const struct entry *n)
{
	x->cursor->seq = n->seq;
	x->cursor->at = n->at;
	x->cursor->told = n->last - n->id + 1;
}

static struct entry read_entry(sqlite3_stmt *s)
{
	return (struct entry){.seq = sqlite3_column_int64(s, 0),
			      .at = sqlite3_column_int64(s, 1),
			      .what = (enum change_type)sqlite3_column_int(s, 3),
			      .id = sqlite3_column_int64(s, 4),
			      .last = sqlite3_column_int64(s, 5),
			      .hidden = sqlite3_column_int(s, 6),
			      .before = (const char *)sqlite3_column_text(s, 7)};
}

static int walk(struct reader *x, struct err *e)
{
	const struct change_cursor from = *x->cursor;
	const int64_t kind = (int64_t)kind_index(x->query->kind);
	sqlite3_stmt *s = sql_prepare(x->db,
				      "SELECT seq, at, kind, what, id, last, hidden, before"
				      " FROM change WHERE seq >= ? ORDER BY seq LIMIT ?",
				      e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, from.seq);
	sqlite3_bind_int64(s, 2, READ_AT_ONCE);
	int rc, seen = 0, whole = 1;
	while (whole > 0 && (rc = sql_step(x->db, s, e)) > 0) {
		struct entry n = read_entry(s);
		seen++;
		if (sqlite3_column_int64(s, 2) == kind)
			whole = tell_all(x, &n, n.seq == from.seq ? n.id + from.told : n.id, e);
		else
			pass_over(x, &n);
	}
	sqlite3_reset(s);
	if (whole < 0 || (whole > 0 && rc < 0))
		return -1;
	return !whole || seen == READ_AT_ONCE;
}

static bool reads_unkept(const struct kind *k, int column)
{
	return column >= 0 && !change_keeps(k, (size_t)column);
}

static bool is_blind(const struct kind *k, const struct filter *f)
{
	switch (f->op) {
	case FILTER_ALL:
	case FILTER_OPEN:
	case FILTER_NEAR: /* the place is kept */
		return false;
	case FILTER_AND:
	case FILTER_OR:
		return is_blind(k, f->a) || is_blind(k, f->b);
	case FILTER_NOT:
		return is_blind(k, f->a);
	case FILTER_IN:
	case FILTER_SET:
	case FILTER_COMPARE:
	case FILTER_TAIL:
		return reads_unkept(k, f->column);
	case FILTER_COLUMNS:
		return reads_unkept(k, f->column) || reads_unkept(k, f->other);
	case FILTER_WORDS:
		return f->column < 0 || reads_unkept(k, f->column);
	}
	return true;
}

static int prepare(struct reader *x, struct err *e)
{
	const struct changes_query *q = x->query;
	struct row_shape shape = {.kind = q->kind};
	struct filter_context c = store_filter_context(x->db, q->kind, q->now);
	const struct filter *f = filter_parse(&x->filter_arena, &c, q->filter, NULL, e);
	if (!f)
		return -1;
	x->blind = is_blind(q->kind, f);
	strbuf_adds(&x->select, "SELECT ");
	row_add_columns(&x->select, &shape);
	strbuf_addf(&x->select, " FROM %s t WHERE t.id = ?", q->kind->id);
	return row_test_init(&x->test, x->db, &x->filter_arena, q->kind, f, e);
}

int store_changes(struct db *db, const struct changes_query *q, struct change_cursor *c,
		  int (*each)(void *, const struct change *), void *context, struct err *e)
{
	struct reader x = {.db = db,
			   .query = q,
			   .filter_arena = ARENA_INIT,
			   .arena = ARENA_INIT,
			   .select = STRBUF_INIT,
			   .cursor = c,
			   .left = q->most,
			   .each = each,
			   .context = context};
	sql_trim(db);
	int rc = sql_begin_reading(db, e);
	if (rc == 0)
		rc = check_cursor(db, c, e) < 0 || prepare(&x, e) < 0 ? -1 : walk(&x, e);
	sql_end_reading(db);
	strbuf_free(&x.select);
	arena_free(&x.arena);
	arena_free(&x.filter_arena);
	return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/changes.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "store/row.h"
#include "store/sql.h"

#define TRIM_AFTER 1000 /* added rows */

/* Rows that came one after the other and stand in no row of the table yet. */
struct arrivals {
	int64_t first, last; /* first 0: none */
};

struct change_log {
	struct db *db;
	struct strbuf select[KIND_MOST]; /* SQL of the whole row */
	struct arrivals arrivals[KIND_MOST];
	int64_t added; /* since the last trim */
	struct arena arena;
	struct strbuf before;
};

struct change_log *change_log_new(struct db *db)
{
	struct change_log *l = xcalloc(1, sizeof *l);
	l->db = db;
	l->added = TRIM_AFTER;
	l->arena = (struct arena)ARENA_INIT;
	l->before = (struct strbuf)STRBUF_INIT;
	for (size_t i = 0; i < KIND_MOST; i++)
		l->select[i] = (struct strbuf)STRBUF_INIT;
	return l;
}

void change_log_free(struct change_log *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < KIND_MOST; i++)
		strbuf_free(&l->select[i]);
	arena_free(&l->arena);
	strbuf_free(&l->before);
	free(l);
}

bool change_keeps(const struct kind *k, size_t column)
{
	const struct column *c = &k->columns[column];
	bool words = c->type == COLUMN_TEXT && c->flags & (COLUMN_SEARCHED | COLUMN_LONG);
	return c->personal == PERSONAL_NONE && (column == COL_CODE || !words);
}

/* --- rows of the table ------------------------------------------------------ */

static int add(struct change_log *l, enum change_type what, const struct kind *k, int64_t first,
	       int64_t last, bool hidden, const char *before, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
		l->db, "INSERT INTO change VALUES(NULL, ?, ?, ?, ?, ?, ?, ?)", e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, clock_now());
	sqlite3_bind_int64(s, 2, (int64_t)kind_index(k));
	sqlite3_bind_int64(s, 3, what);
	sqlite3_bind_int64(s, 4, first);
	sqlite3_bind_int64(s, 5, last);
	sqlite3_bind_int64(s, 6, hidden);
	sql_bind_string(s, 7, before);
	l->added++;
	return sql_run(l->db, s, e);
}

static int flush_arrivals(struct change_log *l, const struct kind *k, struct err *e)
{
	struct arrivals *a = &l->arrivals[kind_index(k)];
	if (!a->first)
		return 0;
	int rc = add(l, CHANGE_NEW, k, a->first, a->last, false, NULL, e);
	*a = (struct arrivals){0};
	return rc;
}

int change_log_insert(struct change_log *l, const struct kind *k, int64_t rowid, struct err *e)
{
	struct arrivals *a = &l->arrivals[kind_index(k)];
	if (a->first && rowid != a->last + 1 && flush_arrivals(l, k, e) < 0)
		return -1;
	if (!a->first)
		a->first = rowid;
	a->last = rowid;
	return 0;
}

/* --- what is replaced ------------------------------------------------------- */

static const char *select_of(struct change_log *l, const struct kind *k)
{
	struct strbuf *b = &l->select[kind_index(k)];
	if (!b->len) {
		struct row_shape shape = {.kind = k};
		strbuf_adds(b, "SELECT ");
		row_add_columns(b, &shape);
		strbuf_addf(b, " FROM %s t WHERE t.id = ?", k->id);
	}
	return b->s;
}

static bool same(const struct column *c, const struct value *a, const struct value *b)
{
	if (!a->set || !b->set)
		return a->set == b->set;
	if (column_is_textual(c->type))
		return a->n == b->n && memcmp(a->s, b->s, a->n) == 0;
	return a->i == b->i;
}

static void add_text(struct strbuf *b, const char *s, size_t n)
{
	bool plain = true;
	for (size_t i = 0; i < n; i++)
		plain &= (unsigned char)s[i] >= ' ' && s[i] != '"' && s[i] != '\\';
	if (plain) {
		strbuf_addc(b, '"');
		strbuf_add(b, s, n);
		strbuf_addc(b, '"');
		return;
	}
	json_t *j = json_stringn(s, n);
	char *text = j ? json_dumps(j, JSON_ENCODE_ANY) : NULL;
	strbuf_adds(b, text ? text : "null");
	free(text);
	json_decref(j);
}

static void add_name(struct strbuf *b, const char *name)
{
	strbuf_adds(b, b->len ? ",\"" : "{\"");
	strbuf_adds(b, name);
	strbuf_adds(b, "\":");
}

static void add_value(struct strbuf *b, const struct column *c, const struct value *v)
{
	add_name(b, c->id);
	if (!v->set || (c->type == COLUMN_REAL && !isfinite(v->r)))
		strbuf_adds(b, "null");
	else if (column_is_textual(c->type))
		add_text(b, v->s, v->n);
	else if (c->type == COLUMN_REAL)
		strbuf_addf(b, "%.17g", v->r);
	else
		strbuf_addf(b, "%" PRId64, v->i);
}

/* What of the old values the new ones replace.  Whether others changed that are not kept. */
static bool add_replaced(struct strbuf *b, const struct record *old, const struct record *now)
{
	const struct kind *k = now->kind;
	bool hidden = false;
	for (size_t i = 0; i < k->column_count; i++) {
		const struct column *c = &k->columns[i];
		if (same(c, &old->values[i], &now->values[i]))
			continue;
		if (change_keeps(k, i))
			add_value(b, c, &old->values[i]);
		else
			hidden = true;
	}
	return hidden;
}

/* All that is kept; the members that are no columns say whose record it was. */
static void add_removed(struct strbuf *b, const struct record *old, int64_t source)
{
	add_name(b, "@source");
	strbuf_addf(b, "%" PRId64, source);
	add_name(b, "@version");
	strbuf_addf(b, "%" PRId64, old->version);
	add_name(b, "@id");
	add_text(b, old->id, strlen(old->id));
	for (size_t i = 0; i < old->kind->column_count; i++)
		if (old->values[i].set && change_keeps(old->kind, i))
			add_value(b, &old->kind->columns[i], &old->values[i]);
}

/* Reads the row as it is into l->before: what `now` replaces, or (NULL) all that goes. */
static int note_before(struct change_log *l, const struct kind *k, int64_t rowid,
		       const struct record *now, bool *hidden, struct err *e)
{
	struct row_shape shape = {.kind = k};
	sqlite3_stmt *s = sql_prepare(l->db, select_of(l, k), e);
	if (!s)
		return -1;
	arena_reset(&l->arena);
	strbuf_clear(&l->before);
	struct record *old = record_new(&l->arena, k);
	sqlite3_bind_int64(s, 1, rowid);
	int rc = sql_step(l->db, s, e);
	if (rc > 0) {
		row_read(l->db, s, &shape, NULL, old);
		if (now)
			*hidden = add_replaced(&l->before, old, now);
		else
			add_removed(&l->before, old, sqlite3_column_int64(s, 1));
		if (l->before.len)
			strbuf_addc(&l->before, '}');
	}
	sqlite3_reset(s);
	return rc > 0   ? 0
	       : rc < 0 ? -1
			: err_set(e, ERR_CORRUPT, "%s: no row %" PRId64, k->id, rowid);
}

static const char *before_of(const struct change_log *l)
{
	return l->before.len ? l->before.s : NULL;
}

int change_log_update(struct change_log *l, const struct record *now, int64_t rowid,
		      struct err *e)
{
	bool hidden = false;
	if (flush_arrivals(l, now->kind, e) < 0 ||
	    note_before(l, now->kind, rowid, now, &hidden, e) < 0)
		return -1;
	return add(l, CHANGE_CHANGED, now->kind, rowid, rowid, hidden, before_of(l), e);
}

int change_log_remove(struct change_log *l, const struct kind *k, int64_t rowid, struct err *e)
{
	bool hidden = true;
	if (flush_arrivals(l, k, e) < 0 || note_before(l, k, rowid, NULL, &hidden, e) < 0)
		return -1;
	return add(l, CHANGE_REMOVED, k, rowid, rowid, hidden, before_of(l), e);
}

/* --- commits ---------------------------------------------------------------- */

int change_log_flush(struct change_log *l, struct err *e)
{
	for (size_t i = 0; kinds[i]; i++)
		if (flush_arrivals(l, kinds[i], e) < 0)
			return -1;
	if (l->added < TRIM_AFTER)
		return 0;
	sqlite3_stmt *s = sql_prepare(
		l->db, "DELETE FROM change WHERE seq <= (SELECT max(seq) FROM change) - ?", e);
	if (!s)
		return -1;
	l->added = 0;
	sqlite3_bind_int64(s, 1, CHANGES_KEPT);
	return sql_run(l->db, s, e);
}

void change_log_forget(struct change_log *l)
{
	memset(l->arrivals, 0, sizeof l->arrivals);
}

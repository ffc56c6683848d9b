/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/row.h"

#include <stdio.h>

#include "base/alloc.h"
#include "store/escalation.h"

#define SOURCES_MOST 10000
#define FIXED_COLUMNS 4

void row_add_columns(struct strbuf *b, const struct row_shape *shape)
{
	const struct kind *k = shape->kind;
	strbuf_adds(b, "t.id, t.source, t.ext_id, t.version");
	if (!shape->columns)
		for (size_t i = 0; i < k->column_count; i++)
			strbuf_addf(b, ", t.%s", k->columns[i].id);
	for (size_t i = 0; shape->columns && i < shape->count; i++)
		strbuf_addf(b, ", t.%s", k->columns[shape->columns[i]].id);
	if (shape->detail)
		strbuf_addf(b, ", (SELECT detail FROM %s_more m WHERE m.id = t.id)", k->id);
	if (shape->raw)
		strbuf_addf(b, ", (SELECT raw FROM %s_more m WHERE m.id = t.id)", k->id);
}

static const char *load_source(struct db *db, int64_t id)
{
	sqlite3_stmt *s = sql_prepare(db, "SELECT name FROM source WHERE id = ?", NULL);
	if (!s)
		return "";
	sqlite3_bind_int64(s, 1, id);
	const char *name = sqlite3_step(s) == SQLITE_ROW
				   ? (const char *)sqlite3_column_text(s, 0)
				   : NULL;
	const char *copy = name ? arena_strdup(&db->source_names, name) : "";
	sqlite3_reset(s);
	return copy;
}

int row_newest(struct db *db, const struct kind *k, int64_t *newest, struct err *e)
{
	char sql[80];
	snprintf(sql, sizeof sql, "SELECT max(id) FROM %s", k->id);
	sqlite3_stmt *s = sql_prepare(db, sql, e);
	if (!s || sql_step(db, s, e) < 0)
		return -1;
	*newest = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return 0;
}

const char *row_source(struct db *db, int64_t id)
{
	if (id < 0 || id >= SOURCES_MOST)
		return "";
	while (db->source_count <= (size_t)id)
		ARRAY_PUSH(db->sources, db->source_count, db->source_cap) = NULL;
	if (!db->sources[id])
		db->sources[id] = load_source(db, id);
	return db->sources[id];
}

static const char *read_text(sqlite3_stmt *s, int at, struct arena *a, size_t *n)
{
	const char *text = (const char *)sqlite3_column_text(s, at);
	*n = (size_t)sqlite3_column_bytes(s, at);
	return text && a ? arena_memdup(a, text, *n) : text;
}

void row_read(struct db *db, sqlite3_stmt *s, const struct row_shape *shape, struct arena *a,
	      struct record *r)
{
	const struct kind *k = shape->kind;
	size_t n;
	int at = FIXED_COLUMNS;
	r->kind = k;
	r->rowid = sqlite3_column_int64(s, 0);
	const char *source = row_source(db, sqlite3_column_int64(s, 1));
	r->source = a ? arena_strdup(a, source) : source; /* it may outlive the connection */
	r->id = read_text(s, 2, a, &n);
	r->version = sqlite3_column_int64(s, 3);
	size_t count = shape->columns ? shape->count : k->column_count;
	for (size_t i = 0; i < count; i++) {
		size_t column = shape->columns ? (size_t)shape->columns[i] : i;
		r->values[column] = sql_value(s, at++, &k->columns[column], a);
	}
	if (shape->detail)
		r->detail = read_text(s, at++, a, &r->detail_n);
	if (shape->raw)
		r->raw = read_text(s, at++, a, &r->raw_n);
	if (shape->detail && shape->noted && a)
		escalation_add_history(db, a, r);
}

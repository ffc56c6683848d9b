/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/raw.h"

#include <stdio.h>

#include "store/row.h"

#define OF_SOURCE "t.source = (SELECT s.id FROM source s WHERE s.name = ?1)"

static const char *text_at(sqlite3_stmt *s, int at)
{
	const char *text = (const char *)sqlite3_column_text(s, at);
	return text ? text : "";
}

int raw_walk(struct db *db, const struct kind *k, const char *source, int64_t behind, int most,
	     int (*each)(void *, const struct raw_row *), void *context, struct err *e)
{
	char sql[300];
	snprintf(sql, sizeof sql,
		 "SELECT t.id, t.hash, t.ext_id, m.raw FROM %s t NOT INDEXED JOIN %s_more m"
		 " ON m.id = t.id WHERE t.id > ?2 AND " OF_SOURCE
		 " AND m.raw IS NOT NULL ORDER BY t.id LIMIT ?3",
		 k->id, k->id);
	sqlite3_stmt *s = sql_prepare(db, sql, e);
	int rc = s ? 0 : -1;
	if (!s)
		return -1;
	sql_bind_string(s, 1, source);
	sqlite3_bind_int64(s, 2, behind);
	sqlite3_bind_int(s, 3, most);
	while (rc == 0 && (rc = sql_step(db, s, e)) > 0) {
		struct raw_row row = {.rowid = sqlite3_column_int64(s, 0),
				      .hash = sqlite3_column_int64(s, 1),
				      .id = text_at(s, 2),
				      .raw = text_at(s, 3),
				      .raw_n = (size_t)sqlite3_column_bytes(s, 3)};
		rc = each(context, &row);
	}
	sqlite3_reset(s);
	return rc;
}

struct record *raw_record(struct db *db, struct arena *a, const struct kind *k, int64_t rowid)
{
	struct row_shape shape = {.kind = k, .detail = true};
	struct strbuf sql = STRBUF_INIT;
	struct record *r = NULL;
	strbuf_adds(&sql, "SELECT ");
	row_add_columns(&sql, &shape);
	strbuf_addf(&sql, " FROM %s t WHERE t.id = ?", k->id);
	sqlite3_stmt *s = sql_prepare(db, sql.s, NULL);
	strbuf_free(&sql);
	if (!s)
		return NULL;
	sqlite3_bind_int64(s, 1, rowid);
	if (sql_step(db, s, NULL) > 0) {
		r = record_new(a, k);
		row_read(db, s, &shape, a, r);
	}
	sqlite3_reset(s);
	return r;
}

int64_t raw_count(struct db *db, const struct kind *k, const char *source)
{
	char sql[240];
	snprintf(sql, sizeof sql,
		 "SELECT count(*) FROM %s t NOT INDEXED JOIN %s_more m ON m.id = t.id "
		 "WHERE " OF_SOURCE " AND m.raw IS NOT NULL",
		 k->id, k->id);
	sqlite3_stmt *s = sql_prepare(db, sql, NULL);
	if (!s)
		return 0;
	sql_bind_string(s, 1, source);
	int64_t n = sql_step(db, s, NULL) > 0 ? sqlite3_column_int64(s, 0) : 0;
	sqlite3_reset(s);
	return n;
}

int quarantine_walk(struct db *db, const char *source, const char *kind, const char *id,
		    int most, int (*each)(void *, const struct quarantine_row *), void *context,
		    struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
		db,
		"SELECT source, kind, ext_id, reason, raw, at FROM quarantine"
		" WHERE (?1 IS NULL OR source = ?1) AND (?2 IS NULL OR (kind, ext_id) > (?2, "
		"?3))"
		" ORDER BY source, kind, ext_id LIMIT ?4",
		e);
	int rc = s ? 0 : -1;
	if (!s)
		return -1;
	sql_bind_string(s, 1, source);
	sql_bind_string(s, 2, kind);
	sql_bind_string(s, 3, id);
	sqlite3_bind_int(s, 4, most);
	while (rc == 0 && (rc = sql_step(db, s, e)) > 0) {
		struct quarantine_row row = {.source = text_at(s, 0),
					     .kind = text_at(s, 1),
					     .id = text_at(s, 2),
					     .reason = text_at(s, 3),
					     .raw = text_at(s, 4),
					     .raw_n = (size_t)sqlite3_column_bytes(s, 4),
					     .at = sqlite3_column_int64(s, 5)};
		rc = each(context, &row);
	}
	sqlite3_reset(s);
	return rc;
}

int quarantine_drop(struct db *db, const char *source, const char *kind, const char *id,
		    struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
		db, "DELETE FROM quarantine WHERE source = ? AND kind = ? AND ext_id = ?", e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, source);
	sql_bind_string(s, 2, kind);
	sql_bind_string(s, 3, id);
	return sql_run(db, s, e);
}

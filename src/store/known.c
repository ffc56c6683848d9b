/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table is no part of the schema that a cache is judged by: one without it is as good. */
#include "store/known.h"

#include "store/sql.h"

int known_prepare(struct db *db, struct err *e)
{
	return sql_exec(db,
			"CREATE TABLE IF NOT EXISTS known(source TEXT NOT NULL,"
			" feed TEXT NOT NULL, records TEXT NOT NULL, hash TEXT NOT NULL,"
			" PRIMARY KEY(source, feed, records)) STRICT, WITHOUT ROWID",
			e);
}

int known_save(struct db *db, const char *source, const char *feed, const char *hash,
	       const char *records, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(db, "INSERT OR REPLACE INTO known VALUES(?, ?, ?, ?)", e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, source);
	sql_bind_string(s, 2, feed);
	sql_bind_string(s, 3, records);
	sql_bind_string(s, 4, hash);
	return sql_run(db, s, e);
}

int known_walk(struct db *db, const char *source, known_visitor *each, void *context,
	       struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
		db, "SELECT feed, hash, records FROM known WHERE source = ?", e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, source);
	int rc;
	while ((rc = sql_step(db, s, e)) > 0)
		each(context, (const char *)sqlite3_column_text(s, 0),
		     (const char *)sqlite3_column_text(s, 1),
		     (const char *)sqlite3_column_text(s, 2));
	sqlite3_reset(s);
	return rc;
}

int known_forget(struct db *db, const char *source, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(db, "DELETE FROM known WHERE source = ?", e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, source);
	return sql_run(db, s, e);
}

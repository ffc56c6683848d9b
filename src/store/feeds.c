/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where feeds stand, and what could not be taken from them. */
#include "store/ingest.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/sql.h"
#include "text/clean.h"

#define REASON_MOST 1000
#define RAW_MOST (256 * 1024)

static char *cleaned(const char *s, size_t n, size_t most)
{
	struct strbuf b = STRBUF_INIT;
	clean_append(&b, s ? s : "", s ? (n < most ? n : most) : 0, CLEAN_LINES);
	return strbuf_detach(&b);
}

int quarantine_put(struct db *db, const char *source, const char *kind, const char *id,
		   const char *reason, const char *raw, size_t raw_n, int64_t now,
		   struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
		db, "INSERT OR REPLACE INTO quarantine VALUES(?, ?, ?, ?, ?, ?)", e);
	if (!s)
		return -1;
	char *texts[] = {
		cleaned(source, source ? strlen(source) : 0, REASON_MOST),
		cleaned(kind, kind ? strlen(kind) : 0, REASON_MOST),
		cleaned(id, id ? strlen(id) : 0, REASON_MOST),
		cleaned(reason, reason ? strlen(reason) : 0, REASON_MOST),
		cleaned(raw, raw_n, RAW_MOST),
	};
	for (int i = 0; i < (int)ARRAY_LEN(texts); i++)
		sql_bind_string(s, i + 1, texts[i]);
	sqlite3_bind_int64(s, 6, now);
	int rc = sql_run(db, s, e);
	sqlite3_clear_bindings(s);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		free(texts[i]);
	return rc;
}

int64_t quarantine_count(struct db *db, const char *source)
{
	sqlite3_stmt *s = sql_prepare(
		db, "SELECT count(*) FROM quarantine WHERE source = ?1 OR ?1 IS NULL", NULL);
	if (!s)
		return 0;
	sql_bind_string(s, 1, source);
	int64_t n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	sqlite3_reset(s);
	return n;
}

char *quarantine_latest(struct db *db, const char *source)
{
	sqlite3_stmt *s = sql_prepare(db,
				      "SELECT kind || ' ' || ext_id || ': ' || reason FROM "
				      "quarantine WHERE source = ?1"
				      " ORDER BY at DESC LIMIT 1",
				      NULL);
	if (!s)
		return NULL;
	sql_bind_string(s, 1, source);
	char *text = NULL;
	if (sqlite3_step(s) == SQLITE_ROW)
		text = xstrdup((const char *)sqlite3_column_text(s, 0));
	sqlite3_reset(s);
	return text;
}

int cursor_save(struct db *db, const char *source, const char *feed, const char *cursor,
		struct err *e)
{
	sqlite3_stmt *s = sql_prepare(db, "INSERT OR REPLACE INTO cursor VALUES(?, ?, ?)", e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, source);
	sql_bind_string(s, 2, feed);
	sql_bind_string(s, 3, cursor);
	return sql_run(db, s, e);
}

char *cursor_load(struct db *db, const char *source, const char *feed)
{
	sqlite3_stmt *s = sql_prepare(
		db, "SELECT cursor FROM cursor WHERE source = ? AND feed = ?", NULL);
	if (!s)
		return NULL;
	sql_bind_string(s, 1, source);
	sql_bind_string(s, 2, feed);
	const char *found = sqlite3_step(s) == SQLITE_ROW
				    ? (const char *)sqlite3_column_text(s, 0)
				    : NULL;
	char *cursor = found ? xstrdup(found) : NULL;
	sqlite3_reset(s);
	return cursor;
}

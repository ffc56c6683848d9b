/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/unknown.h"

#include "base/strbuf.h"
#include "base/utf8.h"
#include "store/sql.h"

#define VALUES_MOST 200
#define WORDS_MOST 5

int unknown_put(struct db *db, const char *source, const char *kind, const char *column,
		const char *value, int64_t now, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
		db,
		"INSERT INTO unknown_value SELECT ?1, ?2, ?3, ?4, ?5 WHERE (SELECT count(*)"
		" FROM unknown_value WHERE source = ?1) < ?6"
		" ON CONFLICT DO UPDATE SET at = ?5",
		e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, source);
	sql_bind_string(s, 2, kind);
	sql_bind_string(s, 3, column);
	sql_bind_string(s, 4, value);
	sqlite3_bind_int64(s, 5, now);
	sqlite3_bind_int(s, 6, VALUES_MOST);
	return sql_run(db, s, e);
}

int unknown_clear(struct db *db, const char *source, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(db, "DELETE FROM unknown_value WHERE source = ?", e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, source);
	return sql_run(db, s, e);
}

int64_t unknown_words(struct db *db, const char *source, char *buf, size_t size)
{
	struct strbuf b = STRBUF_INIT;
	int64_t n = 0;
	sqlite3_stmt *s = sql_prepare(db,
				      "SELECT kind || '.' || col || ': ' || value FROM "
				      "unknown_value WHERE source = ? ORDER BY at DESC, value",
				      NULL);
	buf[0] = '\0';
	if (!s)
		return 0;
	sql_bind_string(s, 1, source);
	for (; sqlite3_step(s) == SQLITE_ROW; n++)
		if (n <= WORDS_MOST)
			strbuf_addf(&b, "%s%s", n ? ", " : "",
				    n < WORDS_MOST ? (const char *)sqlite3_column_text(s, 0)
						   : "…");
	sqlite3_reset(s);
	utf8_copy(buf, size, b.s);
	strbuf_free(&b);
	return n;
}

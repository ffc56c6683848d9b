/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/sql.h"

#include <limits.h>
#include <string.h>

#include "base/i18n.h"

#define STATEMENTS_MOST 96

static enum err_code code_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_CORRUPT;
	case SQLITE_INTERRUPT:
	case SQLITE_ABORT:
		return ERR_CANCELLED;
	case SQLITE_PERM:
	case SQLITE_AUTH:
	case SQLITE_READONLY:
		return ERR_PERMISSION;
	case SQLITE_TOOBIG:
	case SQLITE_FULL:
		return ERR_LIMIT;
	default:
		return ERR_IO;
	}
}

int sql_error(struct db *db, struct err *e)
{
	int rc = sqlite3_extended_errcode(db->handle);
	return err_set(e, code_of(rc), _("cache: %s"), sqlite3_errmsg(db->handle));
}

sqlite3_stmt *sql_prepare(struct db *db, const char *sql, struct err *e)
{
	sqlite3_stmt *s = strmap_get(&db->statements, sql);
	if (s) {
		sqlite3_reset(s);
		sqlite3_clear_bindings(s);
		return s;
	}
	int rc = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL);
	if (rc != SQLITE_OK) {
		sql_error(db, e);
		return NULL;
	}
	strmap_put(&db->statements, sql, s);
	return s;
}

static void finalize(void *statement)
{
	sqlite3_finalize(statement);
}

void sql_trim(struct db *db)
{
	if (db->statements.count > STATEMENTS_MOST)
		strmap_free(&db->statements, finalize);
}

int sql_step(struct db *db, sqlite3_stmt *s, struct err *e)
{
	switch (sqlite3_step(s)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		sql_error(db, e);
		sqlite3_reset(s);
		return -1;
	}
}

int sql_run(struct db *db, sqlite3_stmt *s, struct err *e)
{
	if (!s)
		return -1;
	int rc;
	while ((rc = sql_step(db, s, e)) > 0)
		;
	sqlite3_reset(s);
	return rc;
}

int sql_exec(struct db *db, const char *sql, struct err *e)
{
	return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? 0
									    : sql_error(db, e);
}

int sql_begin_reading(struct db *db, struct err *e)
{
	return sql_exec(db, "BEGIN", e);
}

void sql_end_reading(struct db *db)
{
	int rc = SQLITE_INTERRUPT;
	while (rc == SQLITE_INTERRUPT && !sqlite3_get_autocommit(db->handle))
		rc = sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL);
}

int64_t sql_integer(struct db *db, const char *sql, int64_t otherwise)
{
	sqlite3_stmt *s = sql_prepare(db, sql, NULL);
	if (!s)
		return otherwise;
	bool found = sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL;
	int64_t v = found ? sqlite3_column_int64(s, 0) : otherwise;
	sqlite3_reset(s);
	return v;
}

void sql_bind_text(sqlite3_stmt *s, int at, const char *text, size_t n)
{
	sqlite3_bind_text64(s, at, text, n, SQLITE_STATIC, SQLITE_UTF8);
}

void sql_bind_string(sqlite3_stmt *s, int at, const char *text)
{
	if (text)
		sql_bind_text(s, at, text, strlen(text));
	else
		sqlite3_bind_null(s, at);
}

void sql_bind_value(sqlite3_stmt *s, int at, const struct column *c, const struct value *v)
{
	if (!v->set) {
		sqlite3_bind_null(s, at);
		return;
	}
	switch (c->type) {
	case COLUMN_TEXT:
	case COLUMN_STATE:
	case COLUMN_CHOICE:
	case COLUMN_REF:
		sql_bind_text(s, at, v->s, v->n);
		break;
	case COLUMN_REAL:
		sqlite3_bind_double(s, at, v->r);
		break;
	default:
		sqlite3_bind_int64(s, at, v->i);
		break;
	}
}

static struct value text_value(sqlite3_value *v, struct arena *a)
{
	const char *text = (const char *)sqlite3_value_text(v);
	size_t n = (size_t)sqlite3_value_bytes(v);
	if (!text)
		return (struct value){0};
	return (struct value){.set = true, .s = a ? arena_memdup(a, text, n) : text, .n = n};
}

/* One sqlite3_column_value in place of a call for the type, the text and its length, each of
 * which locks and checks again: it shows in exports.  Safe because a connection belongs to one
 * thread at a time. */
struct value sql_value(sqlite3_stmt *s, int at, const struct column *c, struct arena *a)
{
	sqlite3_value *v = sqlite3_column_value(s, at);
	if (sqlite3_value_type(v) == SQLITE_NULL)
		return (struct value){0};
	switch (c->type) {
	case COLUMN_TEXT:
	case COLUMN_STATE:
	case COLUMN_CHOICE:
	case COLUMN_REF:
		return text_value(v, a);
	case COLUMN_REAL:
		return (struct value){.set = true, .r = sqlite3_value_double(v)};
	default:
		return (struct value){.set = true, .i = sqlite3_value_int64(v)};
	}
}

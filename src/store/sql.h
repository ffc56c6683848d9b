/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection as the files of store/ see it: prepared statements that stay, errors, values. */
#ifndef IOC_STORE_SQL_H
#define IOC_STORE_SQL_H

#include <stdint.h>

#include "base/strmap.h"
#include "model/record.h"
#include "store/db.h"
#include "store/names.h"

struct db {
	sqlite3 *handle;
	bool writer;
	struct strmap statements; /* SQL → sqlite3_stmt, prepared */
	struct name_table *names; /* of the catalogues as of names_stamp */
	int64_t names_stamp;
	struct asker *asker;           /* NULL: nobody was named */
	struct listing_memory *memory; /* how the last list was found and counted */
	struct arena source_names;
	const char **sources; /* by number; NULL: not looked up yet */
	size_t source_count, source_cap;
};

/* The statement for this SQL, prepared once a connection, reset and without bindings.  NULL
 * with *e.  Valid until sql_trim. */
sqlite3_stmt *sql_prepare(struct db *db, const char *sql, struct err *e);
/* Drops the prepared statements where they have become many.  Call where none is in use. */
void sql_trim(struct db *db);
/* 1: a row, 0: done, -1 with *e. */
int sql_step(struct db *db, sqlite3_stmt *s, struct err *e);
/* Steps a statement that answers nothing, and resets it. */
int sql_run(struct db *db, sqlite3_stmt *s, struct err *e);
/* Runs statements that take no values. */
int sql_exec(struct db *db, const char *sql, struct err *e);
/* Between the two all statements see the same state of the cache.  The end can't fail: also
 * where it is interrupted, it is one. */
int sql_begin_reading(struct db *db, struct err *e);
void sql_end_reading(struct db *db);
/* Fills *e from the connection's last error: busy, corrupt, cancelled, … */
int sql_error(struct db *db, struct err *e);
/* The integer that a query without values answers; `otherwise` where it has no row. */
int64_t sql_integer(struct db *db, const char *sql, int64_t otherwise);

/* Texts are bound without a copy: they must live until the statement is reset. */
void sql_bind_text(sqlite3_stmt *s, int at, const char *text, size_t n);
/* NULL text binds NULL. */
void sql_bind_string(sqlite3_stmt *s, int at, const char *text);
void sql_bind_value(sqlite3_stmt *s, int at, const struct column *c, const struct value *v);
/* The value of a result column.  Texts are copied into the arena, or without one point into
 * the row, valid until the next step. */
struct value sql_value(sqlite3_stmt *s, int at, const struct column *c, struct arena *a);

#endif

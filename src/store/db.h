/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cache file: opening, schema, migrations.  One writer, many readers, WAL. */
#ifndef IOC_STORE_DB_H
#define IOC_STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

struct db; /* a connection with its prepared statements; one thread at a time */

/* Opens or makes the cache (0600) and brings its schema up to date.  A cache of a newer
 * program is refused (ERR_UNSUPPORTED), a damaged one is set aside as FILE.damaged-TIME and
 * made anew, which is logged: it can be filled again.  The caller holds the writer's lock. */
struct db *db_open_writer(const char *path, struct err *e);
/* Read-only.  NULL with ERR_NOT_FOUND where there is no cache yet, or one of an older program
 * that the writer has to fill again. */
struct db *db_open_reader(const char *path, struct err *e);
void db_close(struct db *db);
/* Whether the file of that name is no longer the one that is open: deleted, or another one.
 * One stat. */
bool db_was_replaced(struct db *db);
/* For a writer that met ERR_CORRUPT: closes nothing, renames the file to FILE.damaged-TIME, so
 * that db_open_writer makes a new one. */
int db_set_aside(const char *path, struct err *e);
/* From another thread: makes the statement under way end with ERR_CANCELLED. */
void db_interrupt(struct db *db);
/* SQLite's own check; -1 with *e what it found first.  Slow. */
int db_check(struct db *db, struct err *e);
/* For the other files of store/. */
sqlite3 *db_handle(struct db *db);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/known.h"
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/asker.h"
#include "store/listing.h"
#include "store/match_set.h"
#include "store/place.h"
#include "store/schema.h"
#include "store/sql.h"
#include "store/text_search.h"

/* Memory statistics cost a lock for every allocation.  Mutable once, before the first use. */
static void configure_once(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static void configure(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, configure_once);
}

static struct db *open_handle(const char *path, int flags, struct err *e)
{
	configure();
	struct db *db = xcalloc(1, sizeof *db);
	int rc = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK) {
		err_set(e, rc == SQLITE_CANTOPEN ? ERR_NOT_FOUND : ERR_IO, "%s: %s", path,
			db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(rc));
		db_close(db);
		return NULL;
	}
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_busy_timeout(db->handle, 5000);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (text_search_register(db, e) < 0 || match_set_register(db, e) < 0 ||
	    place_register(db, e) < 0) {
		db_close(db);
		return NULL;
	}
	return db;
}

static void finalize(void *statement)
{
	sqlite3_finalize(statement);
}

void db_close(struct db *db)
{
	if (!db)
		return;
	strmap_free(&db->statements, finalize);
	sqlite3_close_v2(db->handle);
	names_free(db->names);
	asker_free(db->asker);
	listing_memory_free(db->memory);
	arena_free(&db->source_names);
	free(db->sources);
	free(db);
}

/* A row or an error is soon needed: small caches, since the system caches the file anyway. */
static const char reader_settings[] = "PRAGMA query_only = 1; PRAGMA cache_size = -768;"
				      "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;";
/* Losing the last moments at a power cut is allowed: the cursor is lost with them, and they
 * come again.  The WAL stays behind so that readers who may not write can open the file. */
static const char writer_settings[] =
	"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = 0;"
	"PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;"
	"PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864;"
	"PRAGMA foreign_keys = 0;";

bool db_was_replaced(struct db *db)
{
	int moved = 0;
	sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	return moved != 0;
}

static void remove_side_file(const char *path, const char *ending)
{
	char *name = xasprintf("%s%s", path, ending);
	if (unlink(name) < 0 && errno != ENOENT)
		log_warn("cache: %s: %s", name, strerror(errno));
	free(name);
}

/* Makes the file so that nobody else may read it; SQLite gives its side files the same mode.
 * What lies beside a file that is not there belongs to a deleted one, which others may still
 * have open. */
static int make_private(const char *path, struct err *e)
{
	if (access(path, F_OK) < 0 && errno == ENOENT) {
		remove_side_file(path, "-wal");
		remove_side_file(path, "-shm");
	}
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_errno(e, ERR_IO, "%s", path);
	close(fd);
	return 0;
}

static void rename_side_file(const char *path, const char *aside, const char *ending)
{
	char from[4096], to[4096];
	snprintf(from, sizeof from, "%s%s", path, ending);
	snprintf(to, sizeof to, "%s%s", aside, ending);
	if (rename(from, to) < 0 && errno != ENOENT)
		log_warn("cache: %s: %s", from, strerror(errno));
}

int db_set_aside(const char *path, struct err *e)
{
	char *aside = xasprintf("%s.damaged-%lld", path, (long long)(clock_now() / SECOND));
	int rc = 0;
	if (rename(path, aside) < 0 && errno != ENOENT)
		rc = err_errno(e, ERR_IO, "%s", path);
	else
		log_error("cache: %s is damaged, kept as %s, starting afresh", path, aside);
	rename_side_file(path, aside, "-wal");
	rename_side_file(path, aside, "-shm");
	free(aside);
	return rc;
}

static int prepare_schema(struct db *db, struct err *e)
{
	switch (schema_compare(db, e)) {
	case SCHEMA_SAME:
		return 0;
	case SCHEMA_NEWER:
		return err_set(e, ERR_UNSUPPORTED,
			       _("the cache was made by a newer version of ioc-console"));
	case SCHEMA_OLDER:
	case SCHEMA_OTHER:
		log_info("cache: made by another version, will be filled again");
		return schema_rebuild(db, e);
	case SCHEMA_EMPTY:
		return schema_rebuild(db, e);
	default:
		return -1;
	}
}

static struct db *try_writer(const char *path, struct err *e)
{
	if (make_private(path, e) < 0)
		return NULL;
	struct db *db = open_handle(path, SQLITE_OPEN_READWRITE, e);
	if (!db)
		return NULL;
	db->writer = true;
	int stay = 1;
	sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_PERSIST_WAL, &stay);
	if (sql_exec(db, writer_settings, e) < 0 || prepare_schema(db, e) < 0 ||
	    known_prepare(db, e) < 0 || zones_prepare(db, e) < 0) {
		db_close(db);
		return NULL;
	}
	return db;
}

struct db *db_open_writer(const char *path, struct err *e)
{
	struct err own = ERR_INIT;
	e = e ? e : &own;
	struct db *db = try_writer(path, e);
	if (!db && e->code == ERR_CORRUPT && db_set_aside(path, e) == 0)
		db = try_writer(path, e);
	return db;
}

static int check_schema(struct db *db, const char *path, struct err *e)
{
	switch (schema_compare(db, e)) {
	case SCHEMA_SAME:
		return 0;
	case SCHEMA_NEWER:
		return err_set(
			e, ERR_UNSUPPORTED,
			_("this program is older than the cache: start it again, in its new "
			  "version"));
	case SCHEMA_OLDER:
	case SCHEMA_OTHER:
		return err_set(e, ERR_NOT_FOUND,
			       _("%s was made by another version: \"ioc sync --stop\" and then "
				 "\"ioc sync --once\" fill it again"),
			       path);
	case SCHEMA_EMPTY:
		return err_set(e, ERR_NOT_FOUND, _("%s: the cache has not been filled yet"),
			       path);
	default:
		return -1;
	}
}

struct db *db_open_reader(const char *path, struct err *e)
{
	if (access(path, F_OK) < 0) {
		err_set(e, ERR_NOT_FOUND, _("%s: there is no cache yet"), path);
		return NULL;
	}
	struct db *db = open_handle(path, SQLITE_OPEN_READONLY, e);
	if (!db)
		return NULL;
	if (sql_exec(db, reader_settings, e) < 0 || check_schema(db, path, e) < 0) {
		db_close(db);
		return NULL;
	}
	return db;
}

void db_interrupt(struct db *db)
{
	sqlite3_interrupt(db->handle);
}

int db_check(struct db *db, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(db, "PRAGMA integrity_check(1)", e);
	if (!s || sql_step(db, s, e) < 0)
		return -1;
	const char *found = (const char *)sqlite3_column_text(s, 0);
	int rc = found && strcmp(found, "ok") == 0
			 ? 0
			 : err_set(e, ERR_CORRUPT, _("cache: %s"), found ? found : "?");
	sqlite3_reset(s);
	return rc;
}

sqlite3 *db_handle(struct db *db)
{
	return db->handle;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening the database: lock, schema, the epoch, and the figures kept in memory. */
#include "gateway/backend_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "gateway/backend_schema.h"

/* clang-format off */
static const char *const sql[STATEMENT_COUNT] = {
	[STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
	[STATEMENT_COMMIT] = "COMMIT",
	[STATEMENT_ROLLBACK] = "ROLLBACK",
	[STATEMENT_PUT] =
		"INSERT INTO record(seq, kind, id, version, gone_at, json) VALUES(?1,?2,?3,?4,?5,?6)"
		" ON CONFLICT(kind, id) DO UPDATE SET seq=excluded.seq, version=excluded.version,"
		" gone_at=excluded.gone_at, json=excluded.json",
	[STATEMENT_VERSION] = "SELECT version, gone_at IS NULL FROM record WHERE kind=?1 AND id=?2",
	[STATEMENT_SHOW] =
		"SELECT seq, kind, version, gone_at IS NOT NULL, json FROM record"
		" WHERE kind=?1 AND id=?2 AND gone_at IS NULL",
	[STATEMENT_CHANGES] =
		"SELECT seq, kind, version, gone_at IS NOT NULL, json FROM record INDEXED BY record_feed"
		" WHERE kind=?1 AND seq>?2 ORDER BY seq",
	[STATEMENT_ALL_CHANGES] =
		"SELECT seq, kind, version, gone_at IS NOT NULL, json FROM record WHERE seq>?1 ORDER BY seq",
	/* The plus keeps SQLite from walking down all rows until one is gone. */
	[STATEMENT_PURGE_TO] = "SELECT max(+seq) FROM record WHERE gone_at<?1",
	[STATEMENT_PURGE] = "DELETE FROM record WHERE gone_at<?1",
	[STATEMENT_SET_META] = "INSERT OR REPLACE INTO meta(key, value) VALUES(?1,?2)",
	[STATEMENT_ATTACH] =
		"INSERT INTO attachment(kind, id, n, name, type, data) VALUES(?1, ?2,"
		" (SELECT max(coalesce(max(n)+1, 0), ?6) FROM attachment WHERE kind=?1 AND id=?2), ?3, ?4, ?5)"
		" RETURNING n",
	[STATEMENT_ATTACHMENT] = "SELECT name, type, data FROM attachment WHERE kind=?1 AND id=?2 AND n=?3",
	[STATEMENT_DETACH] = "DELETE FROM attachment WHERE kind=?1 AND id=?2",
	[STATEMENT_DONE] = "SELECT request, answer FROM done WHERE client=?1 AND key=?2",
	[STATEMENT_REMEMBER] =
		"INSERT INTO done(client, key, at, request, answer) VALUES(?1,?2,?3,?4,?5)",
	[STATEMENT_FORGET] = "DELETE FROM done WHERE at<?1",
	[STATEMENT_MUTE] = "INSERT OR REPLACE INTO mute(camera, category, until) VALUES(?1,?2,?3)",
	[STATEMENT_MUTED] = "SELECT 1 FROM mute WHERE camera=?1 AND category=?2 AND until>?3",
};
/* clang-format on */

int backend_fail(struct backend *b, struct err *e, const char *doing)
{
	int rc = sqlite3_extended_errcode(b->db);
	enum err_code code = ERR_IO;
	if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED)
		code = ERR_BUSY;
	else if ((rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB)
		code = ERR_CORRUPT;
	return err_set(e, code, "can't %s: %s", doing, sqlite3_errmsg(b->db));
}

static int run(struct backend *b, const char *text, struct err *e)
{
	if (sqlite3_exec(b->db, text, NULL, NULL, NULL) != SQLITE_OK)
		return backend_fail(b, e, "prepare the database");
	return 0;
}

/* One integer; `otherwise` where there is no row or it is NULL. */
static int64_t number(struct backend *b, const char *text, int64_t otherwise)
{
	sqlite3_stmt *s = NULL;
	int64_t v = otherwise;
	if (sqlite3_prepare_v2(b->db, text, -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL)
		v = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return v;
}

int backend_set_meta(struct backend *b, const char *key, int64_t value, struct err *e)
{
	sqlite3_stmt *s = b->statements[STATEMENT_SET_META];
	sqlite3_bind_text(s, 1, key, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, value);
	int rc = sqlite3_step(s);
	sqlite3_reset(s);
	return rc == SQLITE_DONE ? 0 : backend_fail(b, e, "note the state of the database");
}

/* Two gateways on one file would give the same number twice. */
static int lock(struct backend *b, const char *path, struct err *e)
{
	char *name = xasprintf("%s-lock", path);
	b->lock_fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	int bad = 0;
	if (b->lock_fd < 0)
		bad = err_errno(e, ERR_IO, "can't make %s", name);
	else if (flock(b->lock_fd, LOCK_EX | LOCK_NB) < 0)
		bad = err_set(e, ERR_BUSY, "another gateway is using %s", path);
	free(name);
	return bad;
}

static int make_schema(struct backend *b, const char *path, struct err *e)
{
	int64_t version = number(b, "PRAGMA user_version", -1);
	int64_t application = number(b, "PRAGMA application_id", 0);
	if (version < 0)
		return backend_fail(b, e, "read the database");
	bool empty = number(b, "SELECT count(*) FROM sqlite_schema", 0) == 0;
	if (!empty && application != BACKEND_APPLICATION)
		return err_set(e, ERR_UNSUPPORTED, "%s is no database of a gateway", path);
	if (version > BACKEND_SCHEMA)
		return err_set(e, ERR_UNSUPPORTED, "%s was made by a newer ioc-gateway", path);
	if (version == BACKEND_SCHEMA)
		return 0;
	char pragmas[96];
	snprintf(pragmas, sizeof pragmas, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
		 BACKEND_APPLICATION, BACKEND_SCHEMA);
	if (run(b, "BEGIN IMMEDIATE", e) < 0 || (empty && run(b, BACKEND_DDL_RECORDS, e) < 0) ||
	    run(b, BACKEND_DDL_ACTIONS, e) < 0 || run(b, pragmas, e) < 0)
		return -1;
	return run(b, "COMMIT", e);
}

static int prepare(struct backend *b, struct err *e)
{
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		if (sqlite3_prepare_v3(b->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT,
				       &b->statements[i], NULL) != SQLITE_OK)
			return backend_fail(b, e, "prepare the database");
	return 0;
}

/* A number that tells this run of the machine from every other. */
static int64_t boot_number(void)
{
	char text[64] = "";
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
	if (fd >= 0)
		close(fd);
	uint64_t hash = 0xcbf29ce484222325; /* FNV-1a */
	for (ssize_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3;
	return (int64_t)(hash >> 1);
}

/* After a crash of the machine the last commits may be missing, and their numbers would be
 * given again: a new epoch makes every client start afresh instead of missing something. */
static int settle_epoch(struct backend *b, struct err *e)
{
	int64_t epoch = number(b, "SELECT value FROM meta WHERE key='epoch'", 0);
	int64_t boot = number(b, "SELECT value FROM meta WHERE key='boot'", 0);
	bool clean = number(b, "SELECT value FROM meta WHERE key='clean'", 0);
	int64_t now = boot_number();
	if (epoch && !clean && boot != now) {
		log_warn("the machine went down while the gateway ran: clients start afresh");
		epoch = 0;
	}
	uint32_t fresh = 0;
	while (!epoch) {
		if (getrandom(&fresh, sizeof fresh, 0) != sizeof fresh)
			return err_errno(e, ERR_IO, "no random numbers");
		epoch = fresh;
	}
	b->epoch = (uint64_t)epoch;
	if (backend_set_meta(b, "epoch", epoch, e) < 0 ||
	    backend_set_meta(b, "boot", now, e) < 0)
		return -1;
	return backend_set_meta(b, "clean", 0, e);
}

static int learn_codes(struct backend *b, struct err *e)
{
	for (size_t i = 0; kinds[i]; i++) {
		char text[192];
		snprintf(text, sizeof text, "INSERT OR IGNORE INTO kind(name) VALUES('%s')",
			 kinds[i]->id);
		if (run(b, text, e) < 0)
			return -1;
		snprintf(text, sizeof text, "SELECT code FROM kind WHERE name='%s'",
			 kinds[i]->id);
		b->code[i] = (int)number(b, text, -1);
		snprintf(text, sizeof text,
			 "SELECT (SELECT count(*) FROM record WHERE kind=%d) -"
			 " (SELECT count(*) FROM record INDEXED BY record_gone"
			 " WHERE kind=%d AND gone_at IS NOT NULL)",
			 b->code[i], b->code[i]);
		b->live[i] = number(b, text, 0);
		snprintf(text, sizeof text, "SELECT max(seq) FROM record WHERE kind=%d",
			 b->code[i]);
		b->latest[i] = number(b, text, 0);
	}
	return 0;
}

/* Numbers of records that have been purged are never given again. */
static void learn_figures(struct backend *b)
{
	b->last = number(b, "SELECT max(seq) FROM record", 0);
	b->horizon = number(b, "SELECT value FROM meta WHERE key='horizon'", 0);
	if (b->last < b->horizon)
		b->last = b->horizon;
	b->next = b->last + 1;
}

static int set_up(struct backend *b, const char *path, struct err *e)
{
	if (path && lock(b, path, e) < 0)
		return -1;
	mode_t mask = umask(0077);
	int rc = sqlite3_open_v2(
		path ? path : ":memory:", &b->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	umask(mask);
	if (rc != SQLITE_OK)
		return backend_fail(b, e, "open the database");
	sqlite3_extended_result_codes(b->db, 1);
	sqlite3_busy_timeout(b->db, 2000);
	static const char pragmas[] =
		"PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
		"PRAGMA cache_size=-32768; PRAGMA mmap_size=1073741824;"
		"PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000;"
		"PRAGMA trusted_schema=OFF;";
	if (run(b, pragmas, e) < 0 || make_schema(b, path ? path : "memory", e) < 0 ||
	    prepare(b, e) < 0 || settle_epoch(b, e) < 0 || learn_codes(b, e) < 0)
		return -1;
	learn_figures(b);
	return 0;
}

struct backend *backend_open(const char *path, struct err *e)
{
	struct backend *b = xcalloc(1, sizeof *b);
	b->lock_fd = -1;
	if (set_up(b, path, e) < 0) {
		if (path)
			err_prefix(e, "%s", path);
		b->broken = true;
		backend_close(b);
		return NULL;
	}
	return b;
}

void backend_close(struct backend *b)
{
	if (!b)
		return;
	if (b->open)
		backend_rollback(b);
	if (!b->broken)
		backend_set_meta(b, "clean", 1, NULL);
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(b->statements[i]);
	sqlite3_close(b->db);
	if (b->lock_fd >= 0)
		close(b->lock_fd);
	free(b->changes);
	arena_free(&b->texts);
	free(b);
}

uint64_t backend_epoch(const struct backend *b)
{
	return b->epoch;
}

int64_t backend_last(const struct backend *b)
{
	return b->last;
}

int64_t backend_horizon(const struct backend *b)
{
	return b->horizon;
}

int64_t backend_count(const struct backend *b, const struct kind *k)
{
	return b->live[kind_index(k)];
}

int64_t backend_latest(const struct backend *b, const struct kind *k)
{
	return b->latest[kind_index(k)];
}

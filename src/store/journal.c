/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#define STATEMENTS_MOST 64

struct journal {
	char *path;
	sqlite3 *handle;
	struct {
		const char *text;
		sqlite3_stmt *s;
	} statements[STATEMENTS_MOST];
	size_t count;
};

/* Step n brings a journal of version n to version n + 1; what was written stays. */
static const char *const steps[] = {
	"CREATE TABLE IF NOT EXISTS audit(id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
	" who TEXT NOT NULL, place TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL,"
	" reason TEXT NOT NULL) STRICT;",
	/* Each entry holds the digest of the one before it; see store/audit.c. */
	"ALTER TABLE audit ADD COLUMN version INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE audit ADD COLUMN before TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE audit ADD COLUMN after TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';"
	"CREATE TRIGGER audit_kept BEFORE DELETE ON audit"
	" BEGIN SELECT raise(ABORT, 'the audit is only added to'); END;"
	"CREATE TRIGGER audit_unaltered BEFORE UPDATE ON audit WHEN old.hash != ''"
	" BEGIN SELECT raise(ABORT, 'the audit is only added to'); END;"
	"CREATE TABLE audit_head(one INTEGER PRIMARY KEY CHECK(one = 1), id INTEGER NOT NULL,"
	" hash TEXT NOT NULL) STRICT;",
	"CREATE TABLE outbox(id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE,"
	" state INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, place TEXT NOT NULL,"
	" staff TEXT NOT NULL, unit TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL,"
	" record TEXT NOT NULL, code TEXT NOT NULL, action TEXT NOT NULL,"
	" fields TEXT NOT NULL, version INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,"
	" next_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,"
	" error TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '') STRICT;"
	"CREATE INDEX outbox_open ON outbox(source, kind, record, id)"
	" WHERE state NOT IN (3, 6);"
	"CREATE INDEX outbox_ended ON outbox(changed_at) WHERE state IN (3, 6);",
	"CREATE TABLE IF NOT EXISTS escalation(id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
	" kind TEXT NOT NULL, record TEXT NOT NULL, source TEXT NOT NULL, clock TEXT NOT NULL,"
	" level INTEGER NOT NULL, whom TEXT NOT NULL, due INTEGER NOT NULL,"
	" reached INTEGER NOT NULL, silent INTEGER NOT NULL,"
	" UNIQUE(kind, record, source, clock, level)) STRICT;"
	/* Since when a source's records are watched: what was reached before rings no bell. */
	"CREATE TABLE IF NOT EXISTS escalation_watch(source TEXT PRIMARY KEY,"
	" since INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TRIGGER IF NOT EXISTS escalation_stays BEFORE DELETE ON escalation"
	" BEGIN SELECT raise(ABORT, 'the journal is only appended to'); END;"
	"CREATE TRIGGER IF NOT EXISTS escalation_is_fixed BEFORE UPDATE ON escalation"
	" BEGIN SELECT raise(ABORT, 'the journal is only appended to'); END;",
	/* Pairs that look alike and were said to be two matters: see store/apart.h. */
	"CREATE TABLE apart(kind TEXT NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL,"
	" at INTEGER NOT NULL, who TEXT NOT NULL, PRIMARY KEY(kind, first, second)) STRICT,"
	" WITHOUT ROWID;",
	/* What rules of distribution did by themselves, and since when they may. */
	"ALTER TABLE outbox ADD COLUMN rule TEXT NOT NULL DEFAULT '';"
	"CREATE TABLE routed(source TEXT NOT NULL, kind TEXT NOT NULL, record TEXT NOT NULL,"
	" version INTEGER NOT NULL, rule TEXT NOT NULL, uuid TEXT NOT NULL,"
	" at INTEGER NOT NULL, again INTEGER NOT NULL,"
	" PRIMARY KEY(source, kind, record, version)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX routed_at ON routed(at);"
	"CREATE TABLE routing_rule(name TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT,"
	" WITHOUT ROWID;",
	"ALTER TABLE outbox ADD COLUMN seen TEXT NOT NULL DEFAULT '';",
	/* What was done here, since the record's source does not take it: see store/here.h. */
	"CREATE TABLE here(kind TEXT NOT NULL, source TEXT NOT NULL, record TEXT NOT NULL,"
	" action TEXT NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, note TEXT NOT NULL,"
	" severity INTEGER NOT NULL, PRIMARY KEY(kind, source, record)) STRICT, WITHOUT ROWID;",
	/* What was done to a record before: see follow_own() in store/outbox.c. */
	"CREATE INDEX outbox_of ON outbox(source, kind, record, id);",
};

static int damaged(const struct journal *j, struct err *e)
{
	return err_set(
		e, ERR_CORRUPT,
		_("journal %s is damaged, so nothing is written into it; what to do says "
		  "ioc(1) under RECOVERY"),
		j->path);
}

int journal_error(struct journal *j, struct err *e)
{
	switch (sqlite3_errcode(j->handle)) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return damaged(j, e);
	case SQLITE_FULL:
		return err_set(e, ERR_IO, _("journal %s: the disk is full"), j->path);
	case SQLITE_READONLY:
		return err_set(e, ERR_IO, _("journal %s: it may not be written"), j->path);
	case SQLITE_BUSY:
		return err_set(e, ERR_BUSY, _("journal %s: another program holds it"), j->path);
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		errno = sqlite3_system_errno(j->handle);
		if (errno)
			return err_errno(e, ERR_IO, _("journal %s"), j->path);
		/* fall through */
	default:
		return err_set(e, ERR_IO, _("journal %s: %s"), j->path,
			       sqlite3_errmsg(j->handle));
	}
}

sqlite3 *journal_handle(struct journal *j)
{
	return j->handle;
}

static int run(struct journal *j, const char *text, struct err *e)
{
	return sqlite3_exec(j->handle, text, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : journal_error(j, e);
}

int journal_begin(struct journal *j, struct err *e)
{
	return run(j, "BEGIN IMMEDIATE", e);
}

int journal_end(struct journal *j, bool ok, struct err *e)
{
	if (ok && run(j, "COMMIT", e) == 0)
		return 0;
	run(j, "ROLLBACK", NULL);
	return -1;
}

sqlite3_stmt *journal_statement(struct journal *j, const char *text, struct err *e)
{
	for (size_t i = 0; i < j->count; i++)
		if (j->statements[i].text == text)
			return j->statements[i].s;
	if (j->count == STATEMENTS_MOST)
		abort(); /* the program's own fault: each text is a constant */
	sqlite3_stmt *s;
	if (sqlite3_prepare_v3(j->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) !=
	    SQLITE_OK) {
		journal_error(j, e);
		return NULL;
	}
	j->statements[j->count].text = text;
	return j->statements[j->count++].s = s;
}

int journal_run(struct journal *j, sqlite3_stmt *s, struct err *e)
{
	int rc = SQLITE_ROW;
	while (rc == SQLITE_ROW)
		rc = sqlite3_step(s);
	int bad = rc == SQLITE_DONE ? 0 : journal_error(j, e);
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return bad;
}

static int version_of(struct journal *j, struct err *e)
{
	sqlite3_stmt *s;
	int v = -1;
	if (sqlite3_prepare_v2(j->handle, "PRAGMA user_version", -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		v = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return v < 0 ? journal_error(j, e) : v;
}

/* One step, with its number, or nothing. */
static int step(struct journal *j, int version, struct err *e)
{
	char pragma[64];
	snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", version + 1);
	if (journal_begin(j, e) < 0)
		return -1;
	bool ok = run(j, steps[version], e) == 0 && run(j, pragma, e) == 0;
	return journal_end(j, ok, e);
}

static int bring_up(struct journal *j, struct err *e)
{
	int version = version_of(j, e);
	if (version > (int)ARRAY_LEN(steps))
		return err_set(e, ERR_UNSUPPORTED, _("journal %s was made by a newer program"),
			       j->path);
	for (; version >= 0 && version < (int)ARRAY_LEN(steps); version++)
		if (step(j, version, e) < 0)
			return -1;
	return version < 0 ? -1 : 0;
}

static struct journal *open_with(const char *path, int flags, struct err *e)
{
	struct journal *j = xcalloc(1, sizeof *j);
	j->path = xstrdup(path);
	if (sqlite3_open_v2(path, &j->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK) {
		sqlite3_busy_timeout(j->handle, 5000);
		return j;
	}
	journal_error(j, e);
	journal_close(j);
	return NULL;
}

/* --- a new one -------------------------------------------------------------------------------
 */

/* The first step of a file is its name: what lies at `path` is a whole journal or none. */
static int make_in(const char *path, const char *fresh, struct err *e)
{
	int fd = open(fresh, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_errno(e, ERR_IO, "%s", fresh);
	close(fd);
	struct journal *j = open_with(fresh, SQLITE_OPEN_READWRITE, e);
	int rc = j && run(j, "PRAGMA synchronous = FULL", e) == 0 ? bring_up(j, e) : -1;
	journal_close(j);
	if (rc == 0 && rename(fresh, path) < 0)
		rc = err_errno(e, ERR_IO, "%s", path);
	return rc;
}

static int make(const char *path, struct err *e)
{
	char *fresh = xasprintf("%s.new", path), *wal = xasprintf("%s-wal", path);
	int rc =
		access(wal, F_OK) == 0
			? err_set(e, ERR_CORRUPT,
				  _("journal %s is gone, and a part of it, %s, is still there: "
				    "put it back, or take that away, too, to begin anew"),
				  path, wal)
			: make_in(path, fresh, e);
	unlink(fresh);
	free(fresh);
	free(wal);
	return rc;
}

/* --- one that is there -----------------------------------------------------------------------
 */

static int check_size(const char *path, struct err *e)
{
	struct stat st;
	if (stat(path, &st) < 0)
		return err_errno(e, ERR_IO, "%s", path);
	if (st.st_size == 0)
		return err_set(e, ERR_CORRUPT,
			       _("journal %s is empty, and this program leaves none so: put a "
				 "copy back, or take it away to begin anew"),
			       path);
	return 0;
}

static int check_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return make(path, e);
	if (fd < 0)
		return err_errno(e, ERR_IO, "%s", path);
	close(fd);
	return check_size(path, e);
}

static int check(struct journal *j, const char *pragma, struct err *e)
{
	sqlite3_stmt *s;
	const char *words = "";
	bool good = sqlite3_prepare_v2(j->handle, pragma, -1, &s, NULL) == SQLITE_OK &&
		    sqlite3_step(s) == SQLITE_ROW &&
		    (words = (const char *)sqlite3_column_text(s, 0)) &&
		    strcmp(words, "ok") == 0;
	sqlite3_finalize(s);
	return good ? 0 : damaged(j, e);
}

int journal_check(struct journal *j, struct err *e)
{
	return check(j, "PRAGMA integrity_check(1)", e);
}

/* What is taken must be found again: the outbox, which is small, is looked through. */
struct journal *journal_open(const char *path, struct err *e)
{
	if (check_file(path, e) < 0)
		return NULL;
	struct journal *j = open_with(path, SQLITE_OPEN_READWRITE, e);
	if (j && run(j, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", e) == 0 &&
	    bring_up(j, e) == 0 && check(j, "PRAGMA integrity_check(outbox)", e) == 0 &&
	    check(j, "PRAGMA integrity_check(audit_head)", e) == 0)
		return j;
	journal_close(j);
	return NULL;
}

/* Where nothing can be written, SQLite can't make the files that it shares with writers; there
 * are none, then. */
static struct journal *open_unchanging(const char *path, struct err *e)
{
	struct strbuf uri = STRBUF_INIT;
	strbuf_adds(&uri, "file:");
	for (const char *p = path; *p; p++)
		if (strchr("%?#", *p))
			strbuf_addf(&uri, "%%%02X", (unsigned)(unsigned char)*p);
		else
			strbuf_add(&uri, p, 1);
	strbuf_adds(&uri, "?immutable=1");
	struct journal *j = open_with(uri.s, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, e);
	strbuf_free(&uri);
	return j;
}

static bool is_unchanging(struct journal *j, const char *path)
{
	struct stat st;
	char *wal = xasprintf("%s-wal", path);
	bool news = stat(wal, &st) == 0 && st.st_size > 0;
	free(wal);
	return !news && version_of(j, NULL) < 0 &&
	       sqlite3_errcode(j->handle) == SQLITE_CANTOPEN;
}

struct journal *journal_open_reader(const char *path, struct err *e)
{
	struct journal *j = NULL;
	if (check_size(path, e) == 0)
		j = open_with(path, SQLITE_OPEN_READONLY, e);
	if (j && is_unchanging(j, path)) {
		journal_close(j);
		j = open_unchanging(path, e);
	}
	int version = j ? version_of(j, e) : -1;
	if (version == (int)ARRAY_LEN(steps))
		return j;
	if (version >= 0)
		err_set(e, ERR_UNSUPPORTED,
			_("journal %s belongs to another version of this program"), path);
	journal_close(j);
	return NULL;
}

int journal_check_place(struct journal *j, struct err *e)
{
	int moved = 0;
	sqlite3_file_control(j->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	if (!moved)
		return 0;
	return err_set(
		e, ERR_IO,
		_("journal %s was deleted or replaced while it was in use, so nothing can "
		  "be written down: put it back, or end the writer with \"ioc sync "
		  "--stop\" and start it again"),
		j->path);
}

void journal_close(struct journal *j)
{
	if (!j)
		return;
	for (size_t i = 0; i < j->count; i++)
		sqlite3_finalize(j->statements[i].s);
	sqlite3_close_v2(j->handle);
	free(j->path);
	free(j);
}

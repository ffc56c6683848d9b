/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/journal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"

struct journal {
	sqlite3 *handle;
	sqlite3_stmt *add;
};

static int failed(struct journal *j, const char *path, struct err *e)
{
	int rc = sqlite3_errcode(j->handle);
	enum err_code code = ERR_IO;
	if (rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB)
		code = ERR_CORRUPT;
	else if (rc == SQLITE_BUSY)
		code = ERR_BUSY;
	return err_set(e, code, _("journal %s: %s"), path, sqlite3_errmsg(j->handle));
}

static const char setup[] =
	"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
	"CREATE TABLE IF NOT EXISTS audit(id INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
	" who TEXT NOT NULL, place TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL,"
	" reason TEXT NOT NULL) STRICT;"
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
	" BEGIN SELECT raise(ABORT, 'the journal is only appended to'); END;";

static int prepare(struct journal *j, const char *path)
{
	if (sqlite3_open_v2(path, &j->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK)
		return -1;
	sqlite3_busy_timeout(j->handle, 5000);
	if (sqlite3_exec(j->handle, setup, NULL, NULL, NULL) != SQLITE_OK)
		return -1;
	return sqlite3_prepare_v2(j->handle,
				  "INSERT INTO audit(at, who, place, action, object, reason)"
				  " VALUES(?, ?, ?, ?, ?, ?)",
				  -1, &j->add, NULL) == SQLITE_OK
		       ? 0
		       : -1;
}

struct journal *journal_open(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0) {
		err_errno(e, ERR_IO, "%s", path);
		return NULL;
	}
	close(fd);
	struct journal *j = xcalloc(1, sizeof *j);
	if (prepare(j, path) == 0)
		return j;
	failed(j, path, e);
	journal_close(j);
	return NULL;
}

void journal_close(struct journal *j)
{
	if (!j)
		return;
	sqlite3_finalize(j->add);
	sqlite3_close_v2(j->handle);
	free(j);
}

int journal_audit(struct journal *j, int64_t at, const char *who, const char *from,
		  const char *action, const char *object, const char *reason, struct err *e)
{
	const char *texts[] = {who, from, action, object, reason};
	sqlite3_bind_int64(j->add, 1, at);
	for (int i = 0; i < (int)ARRAY_LEN(texts); i++)
		sqlite3_bind_text(j->add, i + 2, texts[i] ? texts[i] : "", -1, SQLITE_STATIC);
	int rc = sqlite3_step(j->add) == SQLITE_DONE ? 0 : failed(j, "", e);
	sqlite3_reset(j->add);
	sqlite3_clear_bindings(j->add);
	return rc;
}

int64_t journal_audit_count(struct journal *j)
{
	sqlite3_stmt *s;
	int64_t n = -1;
	if (sqlite3_prepare_v2(j->handle, "SELECT count(*) FROM audit", -1, &s, NULL) ==
		    SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

sqlite3 *journal_handle(struct journal *j)
{
	return j->handle;
}

int journal_error(struct journal *j, struct err *e)
{
	const char *path = sqlite3_db_filename(j->handle, "main");
	return failed(j, path ? path : "", e);
}

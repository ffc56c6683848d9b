/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was reached: in the journal, which is never lost, and in the cache, which is copied from
 * it row by row in the journal's order. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/escalation.h"
#include "store/sql.h"

void escalation_list_free(struct escalation_list *l)
{
	arena_free(&l->arena);
	free(l->events);
	*l = (struct escalation_list){0};
}

/* --- the journal --- */

static int journal_exec(struct journal *j, const char *sql, struct err *e)
{
	return sqlite3_exec(journal_handle(j), sql, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : journal_error(j, e);
}

static sqlite3_stmt *journal_prepare(struct journal *j, const char *sql, struct err *e)
{
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(journal_handle(j), sql, -1, &s, NULL) != SQLITE_OK)
		journal_error(j, e);
	return s;
}

static int insert(struct journal *j, sqlite3_stmt *s, struct escalation_event *x, struct err *e)
{
	const char *texts[] = {x->kind->id, x->id, x->source, x->clock, x->whom};
	for (int i = 0; i < 5; i++)
		sql_bind_string(s, i + 1, texts[i]);
	const int64_t numbers[] = {x->level, x->due, x->reached, x->silent, x->at};
	for (int i = 0; i < 5; i++)
		sqlite3_bind_int64(s, i + 6, numbers[i]);
	int rc = sqlite3_step(s) == SQLITE_DONE ? 0 : journal_error(j, e);
	sqlite3_reset(s);
	if (rc == 0 && sqlite3_changes(journal_handle(j)) == 0)
		x->level = 0;
	return rc;
}

int escalation_remember(struct journal *j, struct escalation_event *list, size_t count,
			struct err *e)
{
	if (!count)
		return 0;
	sqlite3_stmt *s = journal_prepare(
		j,
		"INSERT OR IGNORE INTO escalation(kind, record, source, clock, whom, level, "
		"due,"
		" reached, silent, at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		e);
	if (!s)
		return -1;
	int rc = journal_exec(j, "BEGIN IMMEDIATE", e);
	for (size_t i = 0; i < count && rc == 0; i++)
		rc = insert(j, s, &list[i], e);
	sqlite3_finalize(s);
	if (rc == 0)
		rc = journal_exec(j, "COMMIT", e);
	if (rc < 0)
		sqlite3_exec(journal_handle(j), "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

int64_t escalation_since(struct journal *j, const char *source, int64_t now, struct err *e)
{
	sqlite3_stmt *s = journal_prepare(
		j,
		"INSERT INTO escalation_watch VALUES(?, ?) ON CONFLICT DO UPDATE"
		" SET since = since RETURNING since",
		e);
	if (!s)
		return CLOCK_NONE;
	sql_bind_string(s, 1, source);
	sqlite3_bind_int64(s, 2, now);
	int64_t since = CLOCK_NONE;
	if (sqlite3_step(s) == SQLITE_ROW)
		since = sqlite3_column_int64(s, 0);
	else
		journal_error(j, e);
	/* It is written when the statement has come to its end. */
	if (since != CLOCK_NONE && sqlite3_step(s) != SQLITE_DONE) {
		journal_error(j, e);
		since = CLOCK_NONE;
	}
	sqlite3_finalize(s);
	return since;
}

/* --- the cache's copy --- */

static int copy_row(struct db *db, sqlite3_stmt *from, sqlite3_stmt *to, struct err *e)
{
	for (int i = 1; i <= 9; i++)
		sqlite3_bind_value(to, i, sqlite3_column_value(from, i));
	return sql_run(db, to, e);
}

static int copy_rows(struct db *db, struct journal *j, sqlite3_stmt *from, struct err *e)
{
	sqlite3_stmt *to = sql_prepare(db,
				       "INSERT OR REPLACE INTO escalation(kind, record, source,"
				       " clock, level, at, whom, due, silent)"
				       " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
				       e);
	sqlite3_stmt *mark = sql_prepare(
		db, "UPDATE meta SET value = ? WHERE key = 'escalation'", e);
	int64_t last = -1;
	int rc = to && mark ? 0 : -1, row = 0;
	while (rc == 0 && (row = sqlite3_step(from)) == SQLITE_ROW) {
		last = sqlite3_column_int64(from, 0);
		rc = copy_row(db, from, to, e);
	}
	if (rc == 0 && row != SQLITE_DONE)
		rc = journal_error(j, e);
	if (rc == 0 && last >= 0) {
		sqlite3_bind_int64(mark, 1, last);
		rc = sql_run(db, mark, e);
	}
	return rc;
}

int escalation_follow(struct db *db, struct journal *j, struct err *e)
{
	sqlite3_stmt *from = journal_prepare(
		j,
		"SELECT id, kind, record, source, clock, level, at, whom, due, silent"
		" FROM escalation WHERE id > ? ORDER BY id",
		e);
	if (!from)
		return -1;
	sqlite3_bind_int64(
		from, 1, sql_integer(db, "SELECT value FROM meta WHERE key = 'escalation'", 0));
	int rc = sql_exec(db, "BEGIN IMMEDIATE", e);
	if (rc == 0)
		rc = copy_rows(db, j, from, e);
	sqlite3_finalize(from);
	if (rc == 0)
		rc = sql_exec(db, "COMMIT", e);
	if (rc < 0)
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

/* --- the record's history --- */

static json_t *entry(sqlite3_stmt *s)
{
	char at[CLOCK_TEXT];
	clock_format_utc(sqlite3_column_int64(s, 0), at);
	return json_pack("{s:s, s:s, s:s, s:i, s:s}", "at", at, "by", "ioc", "action",
			 "escalation", "level", sqlite3_column_int(s, 1), "whom",
			 (const char *)sqlite3_column_text(s, 2));
}

/* Histories stand in the order of time, the newest last. */
static void add_entry(json_t *history, json_t *new)
{
	const char *at = json_string_value(json_object_get(new, "at"));
	size_t i = json_array_size(history);
	int64_t t = CLOCK_NONE, other;
	clock_parse(at, 24, &t);
	for (; i > 0; i--) {
		const char *s = json_string_value(
			json_object_get(json_array_get(history, i - 1), "at"));
		if (!s || clock_parse(s, (uint64_t)strlen(s), &other) < 0 || other <= t)
			break;
	}
	json_array_insert_new(history, i, new);
}

static json_t *history_of(json_t *detail)
{
	json_t *history = json_object_get(detail, "history");
	if (json_is_array(history))
		return history;
	json_object_set_new(detail, "history", json_array());
	return json_object_get(detail, "history");
}

static void add_all(sqlite3_stmt *s, struct arena *a, struct record *r)
{
	json_t *detail = r->detail ? json_loadb(r->detail, r->detail_n, 0, NULL) : NULL;
	if (!json_is_object(detail)) {
		json_decref(detail);
		detail = json_object();
	}
	json_t *history = history_of(detail);
	do
		add_entry(history, entry(s));
	while (sqlite3_step(s) == SQLITE_ROW);
	char *text = json_dumps(detail, JSON_COMPACT);
	if (text) {
		r->detail_n = strlen(text);
		r->detail = arena_memdup(a, text, r->detail_n);
	}
	free(text);
	json_decref(detail);
}

void escalation_add_history(struct db *db, struct arena *a, struct record *r)
{
	sqlite3_stmt *s = sql_prepare(db,
				      "SELECT at, level, whom FROM escalation WHERE kind = ?"
				      " AND record = ? AND source = ? ORDER BY at, level",
				      NULL);
	if (!s)
		return;
	sql_bind_string(s, 1, r->kind->id);
	sql_bind_string(s, 2, r->id);
	sql_bind_string(s, 3, r->source);
	if (sqlite3_step(s) == SQLITE_ROW)
		add_all(s, a, r);
	sqlite3_reset(s);
}

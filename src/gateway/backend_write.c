/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transactions: numbers are given inside them and count only once they are committed. */
#include "gateway/backend_sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static int step(struct backend *b, enum statement which, const char *doing, struct err *e)
{
	sqlite3_stmt *s = b->statements[which];
	int rc = sqlite3_step(s);
	int bad = rc == SQLITE_DONE ? 0 : backend_fail(b, e, doing);
	sqlite3_reset(s);
	return bad;
}

void backend_listen(struct backend *b, backend_listener *listener, void *arg)
{
	b->listener = listener;
	b->listener_arg = arg;
}

static void forget_changes(struct backend *b)
{
	b->change_count = 0;
	arena_reset(&b->texts);
}

int backend_begin(struct backend *b, struct err *e)
{
	if (b->open)
		return err_set(e, ERR_BUSY, "a transaction is open already");
	if (step(b, STATEMENT_BEGIN, "begin to write", e) < 0)
		return -1;
	b->open = true;
	b->next = b->last + 1;
	memcpy(b->live_before, b->live, sizeof b->live);
	memcpy(b->latest_before, b->latest, sizeof b->latest);
	return 0;
}

/* The log is synced at each commit only while this is on. */
static int set_durable(struct backend *b, bool on, struct err *e)
{
	const char *text = on ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL";
	b->durable = on;
	return sqlite3_exec(b->db, text, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : backend_fail(b, e, "begin to write");
}

int backend_begin_durable(struct backend *b, struct err *e)
{
	return set_durable(b, true, e) < 0 ? -1 : backend_begin(b, e);
}

/* No transaction is open any more. */
static void end(struct backend *b)
{
	b->open = false;
	if (b->durable)
		set_durable(b, false, NULL);
}

void backend_rollback(struct backend *b)
{
	if (!b->open)
		return;
	b->found.kind = NULL;
	step(b, STATEMENT_ROLLBACK, "undo", NULL);
	end(b);
	memcpy(b->live, b->live_before, sizeof b->live);
	memcpy(b->latest, b->latest_before, sizeof b->latest);
	forget_changes(b);
}

int backend_commit(struct backend *b, struct err *e)
{
	if (step(b, STATEMENT_COMMIT, "write", e) < 0) {
		backend_rollback(b);
		return -1;
	}
	end(b);
	b->last = b->next - 1;
	if (b->change_count)
		b->listener(b->listener_arg, b->changes, b->change_count);
	forget_changes(b);
	return 0;
}

static bool id_is_good(const char *id)
{
	size_t n = id ? strlen(id) : 0;
	if (n == 0 || n > BACKEND_ID_MOST)
		return false;
	for (const unsigned char *s = (const unsigned char *)id; *s; s++)
		if (*s < 0x20 || *s == 0x7f || *s == '/')
			return false;
	return true;
}

static int look_up(struct backend *b, const struct kind *k, const char *id, struct err *e)
{
	sqlite3_stmt *s = b->statements[STATEMENT_VERSION];
	sqlite3_bind_int(s, 1, b->code[kind_index(k)]);
	sqlite3_bind_text(s, 2, id, -1, SQLITE_STATIC);
	b->found.version = 0;
	b->found.live = false;
	int rc = sqlite3_step(s), bad = 0;
	if (rc == SQLITE_ROW) {
		b->found.version = sqlite3_column_int64(s, 0);
		b->found.live = sqlite3_column_int(s, 1);
	} else if (rc != SQLITE_DONE) {
		bad = backend_fail(b, e, "look up a record");
	}
	sqlite3_reset(s);
	return bad;
}

/* The stored version, and whether that record lives; 0 where there is none. */
static int64_t find(struct backend *b, const struct kind *k, const char *id, bool *live,
		    struct err *e)
{
	*live = false;
	if (b->found.kind != k || strcmp(b->found.id, id) != 0) {
		b->found.kind = NULL;
		if (look_up(b, k, id, e) < 0)
			return -1;
		if (strlen(id) <= BACKEND_ID_MOST) {
			b->found.kind = k;
			memcpy(b->found.id, id, strlen(id) + 1);
		}
	}
	*live = b->found.live;
	return b->found.version;
}

int64_t backend_version(struct backend *b, const struct kind *k, const char *id, struct err *e)
{
	bool live;
	return find(b, k, id, &live, e);
}

static void collect(struct backend *b, const struct stored *s)
{
	struct stored copy = *s;
	copy.json = arena_memdup(&b->texts, s->json, s->n);
	ARRAY_PUSH(b->changes, b->change_count, b->change_cap) = copy;
}

/* Writes one row at the next number; `was_live` is the state of the row it replaces. */
static int write_row(struct backend *b, struct stored *row, const char *id, bool was_live,
		     int64_t gone_at, struct err *e)
{
	sqlite3_stmt *s = b->statements[STATEMENT_PUT];
	size_t k = kind_index(row->kind);
	row->seq = b->next;
	b->found.kind = NULL;
	sqlite3_bind_int64(s, 1, row->seq);
	sqlite3_bind_int(s, 2, b->code[k]);
	sqlite3_bind_text(s, 3, id, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 4, row->version);
	if (row->deleted)
		sqlite3_bind_int64(s, 5, gone_at);
	else
		sqlite3_bind_null(s, 5);
	sqlite3_bind_text64(s, 6, row->json, row->n, SQLITE_STATIC, SQLITE_UTF8);
	if (step(b, STATEMENT_PUT, "store a record", e) < 0)
		return -1;
	b->next++;
	b->live[k] += (row->deleted ? 0 : 1) - (was_live ? 1 : 0);
	b->latest[k] = row->seq;
	if (b->listener)
		collect(b, row);
	return 0;
}

int backend_put_text(struct backend *b, const struct kind *k, const char *id, int64_t version,
		     const char *json, size_t n, struct err *e)
{
	bool live;
	if (!id_is_good(id))
		return err_set(e, ERR_PARSE,
			       "id must have 1 to %d bytes and no control character",
			       BACKEND_ID_MOST);
	if (find(b, k, id, &live, e) < 0)
		return -1;
	struct stored row = {.kind = k, .version = version, .json = json, .n = n};
	return write_row(b, &row, id, live, 0, e);
}

int backend_put(struct backend *b, const struct kind *k, json_t *record, struct err *e)
{
	const char *id = json_string_value(json_object_get(record, "id"));
	bool live;
	if (!id_is_good(id))
		return err_set(e, ERR_PARSE,
			       "id must have 1 to %d bytes and no control character",
			       BACKEND_ID_MOST);
	int64_t version = find(b, k, id, &live, e);
	if (version < 0)
		return -1;
	json_object_set_new(record, "version", json_integer(version + 1));
	char *text = json_dumps(record, JSON_COMPACT);
	if (!text)
		return err_set(e, ERR_PARSE, "the record can't be written as JSON");
	struct stored row = {
		.kind = k, .version = version + 1, .json = text, .n = strlen(text)};
	int bad = write_row(b, &row, id, live, 0, e);
	free(text);
	return bad;
}

int backend_delete(struct backend *b, const struct kind *k, const char *id, int64_t now,
		   struct err *e)
{
	bool live;
	int64_t version = find(b, k, id, &live, e);
	if (version < 0)
		return -1;
	if (!live)
		return err_set(e, ERR_NOT_FOUND, "no %s \"%.*s\"", k->id, BACKEND_ID_MOST, id);
	json_t *tombstone = json_pack("{s:s, s:s, s:I, s:b}", "kind", k->id, "id", id,
				      "version", (json_int_t)version + 1, "deleted", 1);
	char *text = json_dumps(tombstone, JSON_COMPACT);
	json_decref(tombstone);
	if (!text)
		return err_set(e, ERR_PARSE, "the tombstone can't be written as JSON");
	struct stored row = {.kind = k,
			     .version = version + 1,
			     .deleted = true,
			     .json = text,
			     .n = strlen(text)};
	int bad = write_row(b, &row, id, true, now, e);
	free(text);
	sqlite3_stmt *s = b->statements[STATEMENT_DETACH];
	sqlite3_bind_int(s, 1, b->code[kind_index(k)]);
	sqlite3_bind_text(s, 2, id, -1, SQLITE_STATIC);
	return bad < 0 ? bad : step(b, STATEMENT_DETACH, "remove attachments", e);
}

int backend_attach(struct backend *b, const struct kind *k, const char *id,
		   const struct blob *blob, int64_t *number, struct err *e)
{
	bool live;
	if (find(b, k, id, &live, e) < 0)
		return -1;
	if (!live)
		return err_set(e, ERR_NOT_FOUND, "no %s \"%.*s\"", k->id, BACKEND_ID_MOST, id);
	sqlite3_stmt *s = b->statements[STATEMENT_ATTACH];
	sqlite3_bind_int(s, 1, b->code[kind_index(k)]);
	sqlite3_bind_text(s, 2, id, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, blob->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 4, blob->type, -1, SQLITE_STATIC);
	sqlite3_bind_blob64(s, 5, blob->data ? blob->data : "", blob->n, SQLITE_STATIC);
	sqlite3_bind_int64(s, 6, *number);
	int bad = 0;
	if (sqlite3_step(s) == SQLITE_ROW)
		*number = sqlite3_column_int64(s, 0);
	else
		bad = backend_fail(b, e, "store an attachment");
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return bad;
}

int backend_purge(struct backend *b, int64_t before, struct err *e)
{
	sqlite3_stmt *s = b->statements[STATEMENT_PURGE_TO];
	sqlite3_bind_int64(s, 1, before);
	int64_t to = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	sqlite3_reset(s);
	if (to <= 0)
		return 0;
	if (backend_begin(b, e) < 0)
		return -1;
	b->found.kind = NULL;
	sqlite3_bind_int64(b->statements[STATEMENT_PURGE], 1, before);
	if (step(b, STATEMENT_PURGE, "forget deletions", e) < 0 ||
	    (to > b->horizon && backend_set_meta(b, "horizon", to, e) < 0)) {
		backend_rollback(b);
		return -1;
	}
	if (backend_commit(b, e) < 0)
		return -1;
	if (to > b->horizon)
		b->horizon = to;
	return 0;
}

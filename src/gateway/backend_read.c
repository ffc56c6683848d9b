/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading: rows are handed to a visitor where SQLite has them, without a copy. */
#include "gateway/backend_sqlite.h"

#include <string.h>

static const struct kind *kind_of(const struct backend *b, int code)
{
	for (size_t i = 0; kinds[i]; i++)
		if (b->code[i] == code)
			return kinds[i];
	return NULL;
}

/* Walks the rows of a bound statement; rows of kinds that this program does not know are
 * passed over.  Returns how many were visited, or -1. */
static int64_t walk(struct backend *b, sqlite3_stmt *s, backend_visitor *visit, void *arg,
		    struct err *e)
{
	int64_t count = 0;
	int rc;
	bool more = true;
	while (more && (rc = sqlite3_step(s)) == SQLITE_ROW) {
		struct stored row = {.seq = sqlite3_column_int64(s, 0),
				     .kind = kind_of(b, sqlite3_column_int(s, 1)),
				     .version = sqlite3_column_int64(s, 2),
				     .deleted = sqlite3_column_int(s, 3)};
		row.json = (const char *)sqlite3_column_text(s, 4);
		row.n = (size_t)sqlite3_column_bytes(s, 4);
		if (!row.kind || !row.json)
			continue;
		more = visit(arg, &row);
		count++;
	}
	if (more && rc != SQLITE_DONE)
		count = backend_fail(b, e, "read records");
	sqlite3_reset(s);
	return count;
}

int backend_show(struct backend *b, const struct kind *k, const char *id,
		 backend_visitor *visit, void *arg, struct err *e)
{
	sqlite3_stmt *s = b->statements[STATEMENT_SHOW];
	sqlite3_bind_int(s, 1, b->code[kind_index(k)]);
	sqlite3_bind_text(s, 2, id, -1, SQLITE_STATIC);
	int64_t count = walk(b, s, visit, arg, e);
	if (count == 0)
		return err_set(e, ERR_NOT_FOUND, "no %s \"%.*s\"", k->id, BACKEND_ID_MOST, id);
	return count < 0 ? -1 : 0;
}

static bool parse(void *arg, const struct stored *s)
{
	*(json_t **)arg = json_loadb(s->json, s->n, JSON_ALLOW_NUL, NULL);
	return false;
}

json_t *backend_get(struct backend *b, const struct kind *k, const char *id, struct err *e)
{
	json_t *record = NULL;
	if (backend_show(b, k, id, parse, &record, e) < 0)
		return NULL;
	if (!record)
		err_set(e, ERR_CORRUPT, "%s \"%.*s\" is stored broken", k->id, BACKEND_ID_MOST,
			id);
	return record;
}

int backend_changes(struct backend *b, const struct kind *k, int64_t after,
		    backend_visitor *visit, void *arg, struct err *e)
{
	sqlite3_stmt *s = b->statements[STATEMENT_CHANGES];
	sqlite3_bind_int(s, 1, b->code[kind_index(k)]);
	sqlite3_bind_int64(s, 2, after);
	return walk(b, s, visit, arg, e) < 0 ? -1 : 0;
}

int backend_all_changes(struct backend *b, int64_t after, backend_visitor *visit, void *arg,
			struct err *e)
{
	sqlite3_stmt *s = b->statements[STATEMENT_ALL_CHANGES];
	sqlite3_bind_int64(s, 1, after);
	return walk(b, s, visit, arg, e) < 0 ? -1 : 0;
}

int backend_attachment(struct backend *b, const struct kind *k, const char *id, int64_t number,
		       void (*visit)(void *arg, const struct blob *blob), void *arg,
		       struct err *e)
{
	sqlite3_stmt *s = b->statements[STATEMENT_ATTACHMENT];
	sqlite3_bind_int(s, 1, b->code[kind_index(k)]);
	sqlite3_bind_text(s, 2, id, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 3, number);
	int rc = sqlite3_step(s), bad = 0;
	if (rc == SQLITE_ROW) {
		struct blob blob = {.name = (const char *)sqlite3_column_text(s, 0),
				    .type = (const char *)sqlite3_column_text(s, 1),
				    .data = sqlite3_column_blob(s, 2),
				    .n = (size_t)sqlite3_column_bytes(s, 2)};
		visit(arg, &blob);
	} else if (rc == SQLITE_DONE) {
		bad = err_set(e, ERR_NOT_FOUND, "no such attachment");
	} else {
		bad = backend_fail(b, e, "read an attachment");
	}
	sqlite3_reset(s);
	return bad;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table is no part of the schema that a cache is judged by.  Zones only grow: what is
 * removed leaves them too wide, which costs time but is never wrong.  A row beside them says up
 * to which rowid they are kept, so that those of a writer that knows none of it are not
 * believed. */
#include "store/zones.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "store/sql.h"

#define KEPT (-1) /* zone whose `least` is the next rowid */

int zones_prepare(struct db *db, struct err *e)
{
	return sql_exec(db,
			"CREATE TABLE IF NOT EXISTS zone(kind TEXT NOT NULL,"
			" zone INTEGER NOT NULL, least INTEGER NOT NULL, most INTEGER NOT NULL,"
			" PRIMARY KEY(kind, zone)) STRICT, WITHOUT ROWID",
			e);
}

static struct zone *zone_of(struct zones *z, int64_t id)
{
	while (z->count <= (size_t)(id / ZONE_ROWS))
		ARRAY_PUSH(z->list, z->count, z->cap) = (struct zone){INT64_MAX, INT64_MIN,
								      false};
	return &z->list[id / ZONE_ROWS];
}

static bool widen(struct zones *z, int64_t id, int64_t least, int64_t most)
{
	struct zone *zone = zone_of(z, id);
	bool wider = least < zone->least || most > zone->most;
	zone->changed |= wider;
	zone->least = least < zone->least ? least : zone->least;
	zone->most = most > zone->most ? most : zone->most;
	return wider;
}

bool zones_note(struct zones *z, int64_t id, const struct value *created_at)
{
	return created_at->set && widen(z, id, created_at->i, created_at->i);
}

void zones_free(struct zones *z)
{
	free(z->list);
	*z = (struct zones){.list = NULL};
}

int zones_load(struct db *db, const struct kind *k, struct zones *z, struct err *e)
{
	*z = (struct zones){.list = NULL};
	sqlite3_stmt *s = sql_prepare(
		db,
		"SELECT zone, least, most, next_id FROM zone JOIN progress USING (kind)"
		" WHERE kind = ? ORDER BY zone",
		e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, k->id);
	int rc;
	while ((rc = sql_step(db, s, e)) > 0) {
		int64_t at = sqlite3_column_int64(s, 0), least = sqlite3_column_int64(s, 1);
		if (at == KEPT)
			z->next_id = least == sqlite3_column_int64(s, 3) ? least : 0;
		else if (at >= 0 && z->next_id && at <= z->next_id / ZONE_ROWS)
			widen(z, at * ZONE_ROWS, least, sqlite3_column_int64(s, 2));
	}
	sqlite3_reset(s);
	for (size_t i = 0; i < z->count; i++)
		z->list[i].changed = false;
	return rc;
}

static int make(struct db *db, const struct kind *k, struct zones *z, struct err *e)
{
	char *sql = xasprintf("SELECT id, created_at FROM %s WHERE created_at IS NOT NULL",
			      k->id);
	sqlite3_stmt *s = sql_prepare(db, sql, e);
	free(sql);
	if (!s)
		return -1;
	int rc;
	while ((rc = sql_step(db, s, e)) > 0) {
		int64_t t = sqlite3_column_int64(s, 1);
		widen(z, sqlite3_column_int64(s, 0), t, t);
	}
	sqlite3_reset(s);
	return rc;
}

int zones_open(struct db *db, const struct kind *k, struct zones *z, struct err *e)
{
	if (zones_load(db, k, z, e) < 0)
		return -1;
	return z->next_id ? 0 : make(db, k, z, e);
}

static int save(sqlite3_stmt *s, struct db *db, const struct kind *k, const int64_t values[3],
		struct err *e)
{
	sql_bind_string(s, 1, k->id);
	for (int i = 0; i < 3; i++)
		sqlite3_bind_int64(s, 2 + i, values[i]);
	return sql_run(db, s, e);
}

int zones_save(struct db *db, const struct kind *k, struct zones *z, int64_t next_id,
	       struct err *e)
{
	sqlite3_stmt *s = sql_prepare(db, "INSERT OR REPLACE INTO zone VALUES(?, ?, ?, ?)", e);
	if (!s)
		return -1;
	for (size_t i = 0; i < z->count; i++) {
		struct zone *one = &z->list[i];
		const int64_t values[] = {(int64_t)i, one->least, one->most};
		if (one->changed && save(s, db, k, values, e) < 0)
			return -1;
		one->changed = false;
	}
	const int64_t kept[] = {KEPT, next_id, 0};
	if (z->next_id != next_id && save(s, db, k, kept, e) < 0)
		return -1;
	z->next_id = next_id;
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/sources.h"

#include <stdlib.h>

#include "store/sql.h"

int sources_save(struct db *db, const struct source_status *status, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(db,
				      "INSERT INTO source(name, status) VALUES(?1, ?2)"
				      " ON CONFLICT(name) DO UPDATE SET status = ?2",
				      e);
	if (!s)
		return -1;
	json_t *j = source_to_json(status);
	char *text = j ? json_dumps(j, JSON_COMPACT) : NULL;
	sql_bind_string(s, 1, status->name);
	sql_bind_string(s, 2, text);
	int rc = sql_run(db, s, e);
	free(text);
	json_decref(j);
	return rc;
}

int sources_load(struct db *db, struct source_status *out, size_t most, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
		db, "SELECT status FROM source WHERE status IS NOT NULL ORDER BY id", e);
	int rc = s ? 0 : -1;
	int n = 0;
	while (s && (size_t)n < most && (rc = sql_step(db, s, e)) > 0) {
		const char *text = (const char *)sqlite3_column_text(s, 0);
		json_t *j = text ? json_loads(text, 0, NULL) : NULL;
		if (j)
			source_from_json(&out[n++], j);
		json_decref(j);
	}
	if (s)
		sqlite3_reset(s);
	return rc < 0 ? -1 : n;
}

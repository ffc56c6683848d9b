/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long walks, for exports: rows are shown where SQLite has them, nothing is copied. */
#include "store/query.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "store/listing.h"
#include "store/row.h"

struct walker {
	struct db *db;
	const struct walk_query *query;
	struct listing list;
	struct row_shape shape;
	const char *columns;
	struct record record;
	int64_t left; /* rows; -1: all there are */
	int (*each)(void *, const struct record *);
	void *context;
	bool stopped;
};

static int walk_stretch(struct walker *w, enum listing_part part, struct err *e)
{
	if (w->left == 0 || w->stopped)
		return 0;
	struct listing_stretch stretch = {
		.part = part, .forward = true, .from_end = true, .limit = w->left};
	sqlite3_stmt *s = listing_select(&w->list, w->columns, &stretch, e);
	if (!s)
		return -1;
	int rc;
	while ((rc = sql_step(w->db, s, e)) > 0) {
		row_read(w->db, s, &w->shape, NULL, &w->record);
		w->left -= w->left > 0;
		if (w->each(w->context, &w->record) != 0) {
			w->stopped = true;
			break;
		}
	}
	sqlite3_reset(s);
	return rc < 0 ? -1 : 0;
}

/* A long walk keeps what it reads at hand no longer than needed, so it may look words up at
 * once: there is no first screen to wait for. */
static int walk(struct walker *w, struct err *e)
{
	if (listing_choose(&w->list))
		listing_look_up_all(&w->list);
	if (walk_stretch(w, LISTING_REST, e) < 0)
		return -1;
	return w->list.key ? walk_stretch(w, LISTING_EMPTY, e) : 0;
}

int store_walk(struct db *db, const struct walk_query *q,
	       int (*each)(void *, const struct record *), void *context, struct err *e)
{
	struct arena scratch = ARENA_INIT;
	struct strbuf columns = STRBUF_INIT;
	struct walker w = {.db = db,
			   .query = q,
			   .shape = {.kind = q->kind,
				     .columns = q->column_count ? q->columns : NULL,
				     .count = q->column_count,
				     .detail = q->want_detail,
				     .raw = q->want_raw},
			   .left = q->limit > 0 ? q->limit : -1,
			   .each = each,
			   .context = context};
	sql_trim(db);
	row_add_columns(&columns, &w.shape);
	w.columns = columns.s;
	w.record.values = arena_zero(&scratch, q->kind->column_count * sizeof(struct value));
	int rc = listing_init(&w.list, db, &scratch, q->kind, q->filter, q->now, q->sort,
			      q->descending, e);
	if (rc == 0) {
		w.list.since = q->since;
		rc = sql_begin_reading(db, e) < 0 ? -1 : walk(&w, e);
		sql_end_reading(db);
	}
	strbuf_free(&columns);
	arena_free(&scratch);
	return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures for tabs and overview.  Totals come from counters, what is late or unassigned from
 * indexes over open rows, arrivals from the index over the time of creation. */
#include "store/query.h"

#include "base/clock.h"
#include "store/listing.h"

static int count(struct db *db, const struct kind *k, const char *filter, int64_t now,
		 int64_t *n, struct err *e)
{
	struct arena scratch = ARENA_INIT;
	struct listing l;
	int rc = listing_init(&l, db, &scratch, k, filter, now, LISTING_ARRIVAL, false, e);
	if (rc == 0)
		rc = listing_count(&l, n, e);
	arena_free(&scratch);
	return rc;
}

/* The kind's own word for it, where it has one. */
static int count_predicate(struct db *db, const struct kind *k, const char *name, int64_t now,
			   int64_t *n, struct err *e)
{
	const struct predicate *p = kind_predicate(k, name);
	return p ? count(db, k, p->filter, now, n, e) : 0;
}

static int count_arrivals(struct db *db, const struct kind *k, int64_t now,
			  struct queue_figures *f, struct err *e)
{
	int64_t start = now - now % HOUR - (TREND_HOURS - 1) * HOUR;
	struct builder b = BUILDER_INIT;
	builder_add(&b,
		    "SELECT created_at FROM %s INDEXED BY %s_created_at WHERE created_at >= ",
		    k->id, k->id);
	builder_int(&b, start);
	builder_add(&b, " AND created_at <= ");
	builder_int(&b, now);
	sqlite3_stmt *s = builder_prepare(&b, db, e);
	builder_free(&b);
	int rc = s ? 0 : -1;
	while (s && (rc = sql_step(db, s, e)) > 0) {
		int64_t at = sqlite3_column_int64(s, 0);
		f->trend[(at - start) / HOUR]++;
		f->fresh_hour += at > now - HOUR;
	}
	if (s)
		sqlite3_reset(s);
	return rc;
}

static int read_queue(struct db *db, const struct kind *k, int64_t now, struct queue_figures *f,
		      struct err *e)
{
	const struct {
		const char *name;
		int64_t *n;
	} predicates[] = {
		{"late", &f->late},
		{"soon", &f->soon},
		{"unassigned", &f->unassigned},
		{"waiting", &f->waiting},
		{"urgent", &f->urgent},
	};
	if (count(db, k, "", now, &f->total, e) < 0 ||
	    count(db, k, "is:open", now, &f->open, e) < 0)
		return -1;
	for (size_t i = 0; i < sizeof predicates / sizeof *predicates; i++)
		if (count_predicate(db, k, predicates[i].name, now, predicates[i].n, e) < 0)
			return -1;
	return count_arrivals(db, k, now, f, e);
}

int store_figures(struct db *db, int64_t now, struct figures *f)
{
	uint64_t generation = f->generation;
	*f = (struct figures){.generation = generation, .at = now};
	sql_trim(db);
	int rc = sql_begin_reading(db, &f->error);
	for (size_t i = 0; rc == 0 && kinds[i]; i++)
		if (!kinds[i]->catalogue)
			rc = read_queue(db, kinds[i], now, &f->queues[i], &f->error);
	sql_end_reading(db);
	return rc;
}

int store_count(struct db *db, const struct kind *k, const char *filter, int64_t now,
		int64_t *n, struct err *e)
{
	sql_trim(db);
	return count(db, k, filter, now, n, e);
}

int store_count_by(struct db *db, const struct kind *k, const char *filter, int column,
		   int64_t now, void (*each)(void *, const char *, int64_t), void *context,
		   struct err *e)
{
	struct arena scratch = ARENA_INIT;
	struct listing l;
	struct builder b = BUILDER_INIT;
	sqlite3_stmt *s = NULL;
	sql_trim(db);
	int rc = listing_init(&l, db, &scratch, k, filter, now, LISTING_ARRIVAL, false, e);
	if (rc == 0) {
		if (listing_choose(&l))
			listing_look_up_all(&l);
		builder_add(&b, "SELECT coalesce(t.%s, ''), count(*)", k->columns[column].id);
		listing_add_from_any_order(&l, &b);
		builder_add(&b, " GROUP BY 1 ORDER BY 2 DESC, 1");
		s = builder_prepare(&b, db, e);
		rc = s ? 0 : -1;
	}
	while (s && (rc = sql_step(db, s, e)) > 0)
		each(context, (const char *)sqlite3_column_text(s, 0),
		     sqlite3_column_int64(s, 1));
	if (s)
		sqlite3_reset(s);
	builder_free(&b);
	arena_free(&scratch);
	return rc;
}

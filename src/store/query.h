/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to the cache: pages, single records, counts, figures, long walks. */
#ifndef IOC_STORE_QUERY_H
#define IOC_STORE_QUERY_H

#include "deadline/rulebook.h"
#include "model/duplicates.h"
#include "model/forecast.h"
#include "model/query.h"
#include "store/db.h"
#include "store/journal.h"

/* Answers a page query; never NULL (errors are in page->error).  Keyset, by index. */
struct page *store_page(struct db *db, const struct page_query *q);

/* The tabs' and overview's figures, from counters and indexes over what is open. */
int store_figures(struct db *db, int64_t now, struct figures *f);

/* Which open records will probably be late (deadline/forecast.h); never NULL (errors are in
 * page->error).  Reads at most some ten thousands of rows of each queue, by the index over the
 * deadline.  `b` may be NULL: then time is counted by the clock on the wall. */
struct forecast_page *store_forecast(struct db *db, const struct rulebook *b,
				     const struct forecast_query *q);

/* One record with its detail (and raw, where asked), by the source's id or the record's code;
 * kind NULL looks in all kinds.  In the caller's arena.  NULL with ERR_NOT_FOUND. */
struct record *store_record(struct db *db, struct arena *a, const struct kind *k,
			    const char *id, bool raw, struct err *e);

/* The same of one source; NULL: of any. */
struct record *store_record_of(struct db *db, struct arena *a, const struct kind *k,
			       const char *source, const char *id, bool raw, struct err *e);

/* How many records of a kind, of one source or (NULL) of any, have this id or code: more than
 * one where sources share it.  Their sources are appended to `sources`, parted by commas.  -1
 * with *e. */
int64_t store_record_count(struct db *db, const struct kind *k, const char *source,
			   const char *id, struct strbuf *sources, struct err *e);

/* Records near it in meaning: linked ones, then same phone, plate or dossier code, then the
 * same place within a day.  At most `most`; in the arena. */
size_t store_related(struct db *db, struct arena *a, const struct record *r, size_t most,
		     struct record **out);

/* Which records probably tell of the same matter, and which are merged with it; never NULL
 * (errors are in ->error).  Reads at most some thousands of rows of the record's ward by an
 * index. `j` tells which pairs were said to be apart; NULL: none were. */
struct duplicates *store_duplicates(struct db *db, struct journal *j,
				    const struct duplicates_query *q);

/* Exact number of matches. */
int store_count(struct db *db, const struct kind *k, const char *filter, int64_t now,
		int64_t *count, struct err *e);
/* The same by the values of a column, most first: calls each(value as text, count). */
int store_count_by(struct db *db, const struct kind *k, const char *filter, int column,
		   int64_t now, void (*each)(void *, const char *, int64_t), void *context,
		   struct err *e);

/* Walks matches in order, in constant memory.  The record is valid during the call; each
 * returns 0 to go on.  `columns` lists the wanted ones (the others stay unset), count 0: all.
 * limit 0: no limit. */
struct walk_query {
	const struct kind *kind;
	const char *filter;
	int sort; /* column index; -1: order of arrival */
	bool descending;
	int64_t limit, since; /* since: only records updated at or after; CLOCK_NONE: all */
	int64_t now;
	const int *columns;
	size_t column_count;
	bool want_detail, want_raw;
};
int store_walk(struct db *db, const struct walk_query *q,
	       int (*each)(void *, const struct record *), void *context, struct err *e);

#endif

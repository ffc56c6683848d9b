/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first rows of each kind are found by their keys alone, which lie in the index; only those
 * that come first in all kinds are read. */
#include "store/across.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "store/listing.h"
#include "store/row.h"

#define STEPS_MOST 2000000 /* for each kind */
#define MS_MOST 1000       /* the same, where rows come from a slow disk */

/* A row that may be among the first ones; the smallest key is. */
struct candidate {
	const struct kind *kind;
	int64_t rowid, key;
	size_t number; /* of equal keys the one found first is first */
};

/* The candidates of all kinds. */
struct gathering {
	struct db *db;
	const struct page_query *query;
	struct page *page;
	struct candidate *list;
	size_t count, cap;
};

static int take_stretch(struct gathering *g, struct listing *l, enum listing_part part,
			size_t most)
{
	struct strbuf columns = STRBUF_INIT;
	struct listing_stretch s = {.part = part,
				    .forward = true,
				    .from_end = true,
				    .inclusive = true,
				    .limit = (int64_t)most};
	strbuf_addf(&columns, "t.id, %s", l->key);
	sqlite3_stmt *statement = listing_select(l, columns.s, &s, &g->page->error);
	strbuf_free(&columns);
	int rc = statement ? 0 : -1;
	while (statement && (rc = sql_step(g->db, statement, &g->page->error)) > 0) {
		struct candidate c = {.kind = l->kind,
				      .rowid = sqlite3_column_int64(statement, 0),
				      .key = INT64_MAX, /* without a time: last */
				      .number = g->count};
		if (part == LISTING_REST)
			c.key = (l->descending ? -1 : 1) * sqlite3_column_int64(statement, 1);
		ARRAY_PUSH(g->list, g->count, g->cap) = c;
	}
	if (statement)
		sqlite3_reset(statement);
	return rc;
}

/* The first rows of one kind; where that takes too long, those that were found. */
static int take_kind(struct gathering *g, const struct kind *k)
{
	const struct page_query *q = g->query;
	struct arena scratch = ARENA_INIT;
	struct listing_budget budget = {.spent = false};
	struct listing l;
	size_t before = g->count;
	int rc = listing_init(&l, g->db, &scratch, k, q->filter, q->now, q->sort, q->descending,
			      &g->page->error);
	if (rc == 0) {
		listing_choose(&l);
		listing_budget_start(g->db, &budget, STEPS_MOST, MS_MOST);
		rc = take_stretch(g, &l, LISTING_REST, q->limit);
		if (rc == 0 && g->count - before < q->limit)
			rc = take_stretch(g, &l, LISTING_EMPTY, q->limit - (g->count - before));
		listing_budget_end(g->db);
	} else {
		g->page->fault = l.fault;
	}
	arena_free(&scratch);
	if (rc < 0 && budget.spent) {
		g->page->error = (struct err)ERR_INIT;
		g->page->partial = true;
		rc = 0;
	}
	return rc;
}

static int by_key(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

/* Reads those of one kind into their places. */
static int read_kind(struct gathering *g, const struct kind *k)
{
	struct page *page = g->page;
	struct row_shape shape = {.kind = k};
	struct strbuf sql = STRBUF_INIT;
	sqlite3_stmt *s = NULL;
	int rc = 0;
	for (size_t i = 0; rc >= 0 && i < page->count; i++) {
		if (g->list[i].kind != k)
			continue;
		if (!s) {
			strbuf_adds(&sql, "SELECT ");
			row_add_columns(&sql, &shape);
			strbuf_addf(&sql, " FROM %s t WHERE t.id = ?", k->id);
			s = sql_prepare(g->db, sql.s, &page->error);
			if (!s)
				break;
		}
		sqlite3_bind_int64(s, 1, g->list[i].rowid);
		page->rows[i] = record_new(&page->arena, k);
		rc = sql_step(g->db, s, &page->error);
		if (rc > 0)
			row_read(g->db, s, &shape, &page->arena, page->rows[i]);
		sqlite3_reset(s);
	}
	strbuf_free(&sql);
	return page->error.code ? -1 : 0;
}

/* Reads the first ones, of each kind together. */
static int read_first(struct gathering *g)
{
	const struct page_query *q = g->query;
	struct page *page = g->page;
	qsort(g->list, g->count, sizeof *g->list, by_key);
	page->count = g->count < q->limit ? g->count : q->limit;
	page->rows = arena_zero(&page->arena, page->count * sizeof(struct record *));
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < q->across_count; i++)
		rc = read_kind(g, q->across[i]);
	return rc;
}

void across_read(struct db *db, const struct page_query *q, struct page *page)
{
	struct gathering g = {.db = db, .query = q, .page = page};
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < q->across_count; i++)
		rc = take_kind(&g, q->across[i]);
	if (rc == 0 && g.list)
		rc = read_first(&g);
	if (rc < 0)
		page->count = 0;
	page->at_start = true;
	page->at_end = g.count <= q->limit;
	free(g.list);
}

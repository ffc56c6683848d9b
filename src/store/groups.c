/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strmap.h"
#include "store/listing.h"
#include "store/row.h"

/* Of SQLite's machine, some 1.3 million rows; then only the newest are counted. */
#define STEPS 20000000

/* Values are counted here and not by SQLite, which would sort all rows for it. */
struct counting {
	struct db *db;
	struct group_page *page;
	struct strmap groups; /* of struct group_counts, owned */
};

static void add(struct group_counts *sum, const struct group_counts *c)
{
	sum->count += c->count;
	sum->late += c->late;
	sum->soon += c->soon;
}

static void take_row(struct counting *x, sqlite3_stmt *s)
{
	const char *value = (const char *)sqlite3_column_text(s, 0);
	int stands = sqlite3_column_int(s, 1);
	struct group_counts one = {1, stands == 1, stands == 2};
	struct group_counts *c = strmap_get(&x->groups, value ? value : "");
	if (!c) {
		c = xcalloc(1, sizeof *c);
		strmap_put(&x->groups, value ? value : "", c);
	}
	add(c, &one);
	add(&x->page->total, &one);
}

static int by_weight(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	if (x->counts.late != y->counts.late)
		return x->counts.late > y->counts.late ? -1 : 1;
	if (x->counts.count != y->counts.count)
		return x->counts.count > y->counts.count ? -1 : 1;
	return strcmp(x->value, y->value);
}

static void list_groups(struct counting *x)
{
	struct group_page *p = x->page;
	const struct strmap_entry *one;
	size_t at = 0;
	while ((one = strmap_next(&x->groups, &at)))
		ARRAY_PUSH(p->list, p->count,
			   p->cap) = (struct group){arena_strdup(&p->arena, one->key),
						    *(const struct group_counts *)one->value};
	if (p->count)
		qsort(p->list, p->count, sizeof *p->list, by_weight);
	for (; p->count > GROUPS_MOST; p->others++)
		add(&p->others_count, &p->list[--p->count].counts);
}

static sqlite3_stmt *prepare(struct db *db, struct listing *l, const struct group_query *q,
			     struct err *e)
{
	struct builder b = BUILDER_INIT;
	const char *column = q->kind->columns[q->column].id;
	builder_add(&b, "SELECT t.%s, CASE WHEN t.open <> 1 THEN 0 WHEN t.due_at < ", column);
	builder_int(&b, q->now);
	builder_add(&b, " THEN 1 WHEN t.soon_at <= ");
	builder_int(&b, q->now);
	builder_add(&b, " THEN 2 ELSE 0 END");
	listing_add_from_any_order(l, &b);
	sqlite3_stmt *s = builder_prepare(&b, db, e);
	builder_free(&b);
	return s;
}

/* Records that arrived after this one are the newest. */
static int newest_from(struct db *db, const struct group_query *q, int64_t *oldest,
		       struct err *e)
{
	int64_t most = q->newest ? q->newest : GROUPS_NEWEST, last;
	if (row_newest(db, q->kind, &last, e) < 0)
		return -1;
	*oldest = last > most ? last - most : 0;
	return 0;
}

/* 0; 1: it takes too long; -1. */
static int count(struct counting *x, const struct group_query *q, bool bounded)
{
	struct arena scratch = ARENA_INIT;
	struct listing l;
	struct listing_budget budget = {.spent = false};
	struct err *e = &x->page->error;
	int rc = listing_init(&l, x->db, &scratch, q->kind, q->filter, q->now, LISTING_ARRIVAL,
			      false, e);
	if (rc == 0 && listing_choose(&l))
		listing_look_up_all(&l);
	if (rc == 0 && bounded)
		rc = newest_from(x->db, q, &l.oldest, e);
	sqlite3_stmt *s = rc == 0 ? prepare(x->db, &l, q, e) : NULL;
	rc = s ? 1 : -1;
	if (!bounded)
		listing_budget_start(x->db, &budget, q->steps ? q->steps : STEPS, 0);
	while (rc > 0 && (rc = sql_step(x->db, s, e)) > 0)
		take_row(x, s);
	listing_budget_end(x->db);
	if (s)
		sqlite3_reset(s);
	arena_free(&scratch);
	return rc < 0 && budget.spent ? 1 : rc;
}

static void start_again(struct counting *x)
{
	strmap_free(&x->groups, free);
	x->groups = (struct strmap)STRMAP_INIT;
	x->page->total = (struct group_counts){0, 0, 0};
	x->page->error = (struct err)ERR_INIT;
	x->page->capped = true;
}

struct group_page *store_groups(struct db *db, const struct group_query *q)
{
	struct group_page *p = group_page_new();
	int64_t start = clock_monotonic();
	p->generation = q->generation;
	struct counting x = {db, p, STRMAP_INIT};
	sql_trim(db);
	if (count(&x, q, false) > 0) {
		start_again(&x);
		count(&x, q, true);
	}
	list_groups(&x);
	strmap_free(&x.groups, free);
	p->took = clock_monotonic() - start;
	return p;
}

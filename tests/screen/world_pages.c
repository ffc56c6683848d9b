/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of records, as the cache answers them. */
#include "world_parts.h"

#include <stdlib.h>
#include <string.h>

struct order {
	int column;
	bool descending, text;
};
static struct order order; /* of the comparison under way: qsort has no context */

static int compare(const void *a, const void *b)
{
	const struct record *x = *(const struct record *const *)a;
	const struct record *y = *(const struct record *const *)b;
	int sign = 0;
	if (order.text) {
		sign = strcmp(record_text(x, (size_t)order.column),
			      record_text(y, (size_t)order.column));
	} else {
		int64_t i = record_int(x, (size_t)order.column, INT64_MAX);
		int64_t j = record_int(y, (size_t)order.column, INT64_MAX);
		sign = i < j ? -1 : i > j;
	}
	if (!sign && x->kind != y->kind)
		return kind_index(x->kind) < kind_index(y->kind) ? -1 : 1;
	if (!sign)
		sign = x->rowid < y->rowid ? -1 : x->rowid > y->rowid;
	return order.descending ? -sign : sign;
}

static size_t add_matches(struct world *w, const struct page_query *q,
			  const struct world_sieve *s, struct record **out, size_t n)
{
	for (size_t i = 0; i < w->record_count; i++)
		if ((!q->newest || w->records[i]->rowid <= q->newest) &&
		    world_passes(s, w->records[i]))
			out[n++] = w->records[i];
	return n;
}

/* The records that pass, in the order of the query. */
static size_t matches(struct world *w, const struct page_query *q, const struct world_sieve *s,
		      struct record **out)
{
	size_t n = add_matches(w, q, s, out, 0);
	enum column_type t = q->kind->columns[q->sort].type;
	order = (struct order){q->sort, q->descending, t == COLUMN_TEXT || t >= COLUMN_STATE};
	qsort(out, n, sizeof *out, compare);
	return n;
}

/* Those of several kinds. */
static size_t matches_across(struct world *w, const struct page_query *q, struct record **out)
{
	size_t n = 0;
	for (size_t i = 0; i < q->across_count; i++) {
		struct world_sieve s;
		world_sieve_init(&s, q->across[i], q->filter, q->now);
		n = add_matches(w, q, &s, out, n);
		world_sieve_free(&s);
	}
	order = (struct order){q->sort, q->descending, false};
	qsort(out, n, sizeof *out, compare);
	return n;
}

static size_t find(struct record **all, size_t n, int64_t rowid, bool *found)
{
	for (size_t i = 0; i < n; i++)
		if (all[i]->rowid == rowid)
			return *found = true, i;
	*found = false;
	return 0;
}

static struct record *copy_of(struct page *p, const struct record *r)
{
	struct record *c = arena_zero(&p->arena, sizeof *c);
	*c = *r;
	c->values = arena_alloc(&p->arena, r->kind->column_count * sizeof *c->values);
	memcpy(c->values, r->values, r->kind->column_count * sizeof *c->values);
	return c;
}

/* The rows of `among`: those that pass come first. */
static void answer_among(struct world *w, const struct page_query *q,
			 const struct world_sieve *s, struct page *p)
{
	p->rows = arena_zero(&p->arena, (q->among_count + 1) * sizeof *p->rows);
	for (int pass = 1; pass >= 0; pass--) {
		for (size_t i = 0; i < q->among_count; i++) {
			const struct record *r = w->records[q->among[i] - 1];
			if (world_passes(s, r) == (pass == 1))
				p->rows[p->count++] = copy_of(p, r);
		}
		if (pass == 1)
			p->total = (int64_t)p->count;
	}
}

static void answer_place(const struct page_query *q, struct record **all, size_t n,
			 struct page *p)
{
	size_t from = 0;
	bool found = false;
	size_t at = find(all, n, q->rowid, &found);
	if (q->place == PAGE_END)
		from = n > q->limit ? n - q->limit : 0;
	else if (q->place == PAGE_AROUND)
		from = at > q->before ? at - q->before : 0;
	else if (q->place == PAGE_AT)
		from = (size_t)q->offset < n ? (size_t)q->offset : n ? n - 1 : 0;
	size_t to = from + q->limit < n ? from + q->limit : n;
	p->rows = arena_zero(&p->arena, (to - from + 1) * sizeof *p->rows);
	for (size_t i = from; i < to; i++)
		p->rows[p->count++] = copy_of(p, all[i]);
	p->anchor = at - from;
	p->anchor_found = q->place == PAGE_AROUND && found;
	p->at_start = from == 0;
	p->at_end = to == n;
	p->first_offset = (int64_t)from;
	p->total = (int64_t)n;
}

static void leave_the_rest(struct page *p, size_t found)
{
	p->count = found < p->count ? found : p->count;
	p->total = (int64_t)p->count;
	p->total_capped = p->partial = true;
	p->at_end = false;
}

/* What arrived after the newest that may be shown. */
static void count_held(struct world *w, const struct page_query *q, const struct world_sieve *s,
		       struct page *p)
{
	for (size_t i = 0; i < w->record_count; i++) {
		const struct record *r = w->records[i];
		if (r->kind != q->kind)
			continue;
		p->newest = r->rowid;
		p->held += q->newest && r->rowid > q->newest && world_passes(s, r);
	}
}

static struct page *page_of(struct world *w, const struct page_query *q)
{
	static struct record *all[WORLD_RECORDS_MOST];
	struct world_sieve s;
	struct page *p = page_new();
	p->generation = q->generation;
	if (w->failing != ERR_NONE) {
		err_set(&p->error, w->failing, "disk I/O error: cache.db");
		return p;
	}
	if (q->filter && strstr(q->filter, "((")) {
		err_set(&p->error, ERR_USAGE, "filter, byte 3: a ) is missing");
		return p;
	}
	if (q->across_count) {
		answer_place(q, all, matches_across(w, q, all), p);
		return p;
	}
	world_sieve_init(&s, q->kind, q->filter, q->now);
	if (q->among) {
		answer_among(w, q, &s, p);
	} else {
		answer_place(q, all, matches(w, q, &s, all), p);
		if ((w->slow && q->steps) || w->unindexed)
			leave_the_rest(p, w->found_soon);
		count_held(w, q, &s, p);
	}
	world_sieve_free(&s);
	return p;
}

void world_answer_page(struct world *w, const struct effect *e)
{
	struct event event = {.type = EVENT_PAGE, .now = w->now, .page = page_of(w, e->query)};
	app_update(w->app, &event, &w->fx);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page: stretches of the list put together, forward or backward from where it starts. */
#include "store/across.h"
#include "store/among.h"
#include "store/query.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/listing.h"
#include "store/row.h"

#define PAGE_MOST 5000
#define TOTAL_MOST 1000
#define LONG_STEPS 20000000 /* some 1.3 million rows */
#define LONG_MS 5000
#define BRIEF_MS 50
#define HELD_MOST 9999

/* Where rows are counted from. */
struct anchor {
	sqlite3_value *key; /* NULL: no value */
	int64_t id;
	bool is_empty; /* it has no value */
};

struct pager {
	struct db *db;
	const struct page_query *query;
	struct listing *list;
	struct page *page;
	struct row_shape shape;
	const char *columns;
	size_t cap;
};

static struct record *new_record(struct pager *p)
{
	struct record *r = arena_zero(&p->page->arena, sizeof *r);
	r->values = arena_alloc(&p->page->arena,
				p->query->kind->column_count * sizeof *r->values);
	return r;
}

/* Appends the stretch's rows to the page, `want` rows in all at most. */
static int take_stretch(struct pager *p, struct listing_stretch s, size_t want)
{
	struct page *page = p->page;
	if (page->count >= want)
		return 0;
	s.limit = (int64_t)(want - page->count);
	sqlite3_stmt *statement = listing_select(p->list, p->columns, &s, &page->error);
	if (!statement)
		return -1;
	int rc;
	while ((rc = sql_step(p->db, statement, &page->error)) > 0) {
		struct record *r = new_record(p);
		row_read(p->db, statement, &p->shape, &page->arena, r);
		ARRAY_PUSH(page->rows, page->count, p->cap) = r;
	}
	sqlite3_reset(statement);
	return rc;
}

/* The stretches from an anchor (or an end of the list) on, in the order in which they follow.
 */
static int take_rows(struct pager *p, const struct anchor *from, bool forward, bool inclusive,
		     size_t want)
{
	struct listing_stretch s = {.forward = forward,
				    .from_end = !from,
				    .inclusive = inclusive,
				    .key = from ? from->key : NULL,
				    .id = from ? from->id : 0};
	struct listing_stretch rest = s, empty = s;
	rest.part = LISTING_REST;
	empty.part = LISTING_EMPTY;
	if (!p->list->key) /* in order of arrival there is but one */
		return take_stretch(p, rest, want);
	if (from && !from->is_empty) {
		s.part = LISTING_TIES;
		if (take_stretch(p, s, want) < 0 || take_stretch(p, rest, want) < 0)
			return -1;
		empty.from_end = true;
		return forward ? take_stretch(p, empty, want) : 0;
	}
	if (from)
		rest.from_end = true;
	if (forward && from)
		return take_stretch(p, empty, want);
	if (forward)
		return take_stretch(p, rest, want) < 0 ? -1 : take_stretch(p, empty, want);
	return take_stretch(p, empty, want) < 0 ? -1 : take_stretch(p, rest, want);
}

static void reverse(struct page *page)
{
	for (size_t i = 0; i < page->count / 2; i++) {
		struct record *r = page->rows[i];
		page->rows[i] = page->rows[page->count - 1 - i];
		page->rows[page->count - 1 - i] = r;
	}
}

/* Finds the anchor's place in the order.  1, 0 where the row is gone, -1. */
static int find_anchor(struct pager *p, int64_t id, struct anchor *a)
{
	struct builder b = BUILDER_INIT;
	*a = (struct anchor){.id = id};
	const struct listing *l = p->list;
	builder_add(&b, "SELECT %s FROM %s t WHERE t.id = ", l->key ? l->key : "1",
		    l->kind->id);
	builder_int(&b, id);
	sqlite3_stmt *s = builder_prepare(&b, p->db, &p->page->error);
	builder_free(&b);
	if (!s)
		return -1;
	int rc = sql_step(p->db, s, &p->page->error);
	if (rc > 0) {
		a->is_empty = sqlite3_column_type(s, 0) == SQLITE_NULL;
		a->key = sqlite3_value_dup(sqlite3_column_value(s, 0));
	}
	sqlite3_reset(s);
	return rc;
}

/* --- places --- */

static int take_home(struct pager *p)
{
	struct page *page = p->page;
	size_t limit = p->query->limit;
	if (take_rows(p, NULL, true, true, limit + 1) < 0)
		return -1;
	page->at_start = true;
	page->at_end = page->count <= limit;
	page->count = page->count < limit ? page->count : limit;
	page->first_offset = 0;
	return 0;
}

static int take_end(struct pager *p)
{
	struct page *page = p->page;
	size_t limit = p->query->limit;
	if (take_rows(p, NULL, false, true, limit + 1) < 0)
		return -1;
	page->at_end = true;
	page->at_start = page->count <= limit;
	page->count = page->count < limit ? page->count : limit;
	reverse(page);
	return 0;
}

static int take_after(struct pager *p, const struct anchor *a)
{
	struct page *page = p->page;
	size_t limit = p->query->limit;
	if (take_rows(p, a, true, false, limit + 1) < 0)
		return -1;
	page->at_end = page->count <= limit;
	page->count = page->count < limit ? page->count : limit;
	return 0;
}

static int take_before(struct pager *p, const struct anchor *a)
{
	struct page *page = p->page;
	size_t limit = p->query->limit;
	if (take_rows(p, a, false, false, limit + 1) < 0)
		return -1;
	page->at_start = page->count <= limit;
	page->count = page->count < limit ? page->count : limit;
	reverse(page);
	return 0;
}

/* Rows above the anchor, then those from it on; where one side ends early the other gives. */
static int take_around(struct pager *p, const struct anchor *a)
{
	struct page *page = p->page;
	size_t limit = p->query->limit;
	if (take_rows(p, a, false, false, limit + 1) < 0)
		return -1;
	size_t above = page->count;
	reverse(page);
	if (take_rows(p, a, true, true, above + limit + 1) < 0)
		return -1;
	size_t below = page->count - above;
	size_t head = p->query->before < above ? p->query->before : above;
	size_t tail = limit - (head < limit ? head : limit);
	if (below < tail) {
		tail = below;
		head = limit - tail < above ? limit - tail : above;
	}
	page->at_start = head == above && above <= limit;
	page->at_end = tail == below && below <= limit;
	if (head + tail)
		memmove(page->rows, page->rows + (above - head),
			(head + tail) * sizeof(struct record *));
	page->count = head + tail;
	page->anchor = head < page->count ? head : page->count ? page->count - 1 : 0;
	page->anchor_found = tail && page->rows[head]->rowid == a->id;
	page->first_offset = page->at_start ? 0 : -1;
	return 0;
}

/* The rowid at this number of the list; 0 behind the end, -1 on failure. */
static int64_t row_at(struct pager *p, int64_t offset)
{
	static const enum listing_part parts[] = {LISTING_REST, LISTING_EMPTY};
	for (size_t i = 0; i < (p->list->key ? 2 : 1); i++) {
		struct listing_stretch s = {.part = parts[i],
					    .forward = true,
					    .from_end = true,
					    .limit = 1,
					    .offset = offset};
		sqlite3_stmt *at = listing_select(p->list, "t.id", &s, &p->page->error);
		int rc = at ? sql_step(p->db, at, &p->page->error) : -1;
		int64_t id = rc > 0 ? sqlite3_column_int64(at, 0) : rc;
		if (at)
			sqlite3_reset(at);
		if (id != 0)
			return id;
		s.limit = offset;
		s.offset = 0;
		at = i ? NULL : listing_select(p->list, "1", &s, &p->page->error);
		while (at && sql_step(p->db, at, &p->page->error) > 0)
			offset--;
		if (at)
			sqlite3_reset(at);
	}
	return 0;
}

static int take_from_anchor(struct pager *p, int64_t id)
{
	struct anchor a;
	int rc = find_anchor(p, id, &a);
	if (rc > 0) {
		enum page_place place = p->query->place;
		rc = place == PAGE_AFTER    ? take_after(p, &a)
		     : place == PAGE_BEFORE ? take_before(p, &a)
					    : take_around(p, &a);
	} else if (rc == 0) {
		rc = take_home(p);
	}
	sqlite3_value_free(a.key);
	return rc;
}

static int take_at(struct pager *p)
{
	int64_t offset = p->query->offset;
	int64_t id = offset > 0 ? row_at(p, offset) : 0;
	if (id < 0)
		return -1;
	if (id == 0)
		return offset > 0 ? take_end(p) : take_home(p);
	struct anchor a;
	int rc = find_anchor(p, id, &a);
	if (rc > 0)
		rc = take_rows(p, &a, true, true, p->query->limit + 1);
	sqlite3_value_free(a.key);
	struct page *page = p->page;
	page->at_end = page->count <= p->query->limit;
	page->count = page->count < p->query->limit ? page->count : p->query->limit;
	page->first_offset = offset;
	return rc < 0 ? -1 : 0;
}

static int take_place(struct pager *p)
{
	switch (p->query->place) {
	case PAGE_END:
		return take_end(p);
	case PAGE_AT:
		return take_at(p);
	case PAGE_AROUND:
	case PAGE_AFTER:
	case PAGE_BEFORE:
		return take_from_anchor(p, p->query->rowid);
	case PAGE_HOME:
		break;
	}
	return take_home(p);
}

static void forget_rows(struct page *page)
{
	arena_reset(&page->arena);
	page->count = 0;
	page->error = (struct err)ERR_INIT;
}

/* What was found before it took too long is a page too, where rows came in their order from an
 * end or a row on. */
static bool settle_for_less(struct pager *p)
{
	struct page *page = p->page;
	enum page_place place = p->query->place;
	if (place == PAGE_AROUND || place == PAGE_AT)
		return false;
	page->error = (struct err)ERR_INIT;
	page->partial = true;
	page->at_start = place == PAGE_HOME;
	page->at_end = place == PAGE_END;
	page->first_offset = place == PAGE_HOME ? 0 : -1;
	page->count = page->count < p->query->limit ? page->count : p->query->limit;
	if (place == PAGE_END || place == PAGE_BEFORE)
		reverse(page);
	return true;
}

/* As many steps as it takes, which may be all rows: but no person waits for more than some
 * seconds. */
static int take_long(struct pager *p)
{
	struct listing_budget budget;
	if (p->query->steps)
		listing_budget_start(p->db, &budget, p->query->steps, BRIEF_MS);
	else
		listing_budget_start(p->db, &budget, LONG_STEPS, LONG_MS);
	int rc = take_place(p);
	listing_budget_end(p->db);
	if (!budget.spent)
		return rc;
	if (settle_for_less(p))
		return 0;
	forget_rows(p->page);
	return take_place(p);
}

/* The same within so many steps (0: as many as take_long).  1: the page is there, 0: another
 * way must be found, -1. */
static int take_within(struct pager *p, int64_t steps)
{
	const struct match_set *set = p->list->set;
	struct listing_budget budget = {.spent = false};
	if (!steps && !set)
		return take_long(p) < 0 ? -1 : 1;
	if (steps)
		listing_budget_start(p->db, &budget, steps, 0);
	int rc = take_place(p);
	if (steps)
		listing_budget_end(p->db);
	if (!budget.spent && !(set && (set->asked || set->tired)))
		return rc < 0 ? -1 : 1;
	forget_rows(p->page);
	return 0;
}

/* A walk that finds too little for too long is cut short, and the search index is asked. */
static int take_risky(struct pager *p, struct listing_memory *memory, int64_t steps)
{
	int rc = memory->slow || steps == LISTING_ASK ? 0 : take_within(p, steps);
	while (rc == 0) {
		memory->slow = true;
		rc = take_within(p, listing_gather(p->list, memory));
		if (rc > 0 && p->list->bounded && p->page->at_end && !p->page->partial) {
			forget_rows(p->page); /* older ones must be looked for */
			rc = 0;
		}
	}
	return rc < 0 ? -1 : 0;
}

/* --- numbers --- */

static int count_held(struct pager *p)
{
	const struct listing *l = p->list;
	struct page *page = p->page;
	if (!l->newest)
		return 0;
	struct builder b = BUILDER_INIT;
	builder_add(&b, "SELECT count(*) FROM (SELECT 1 FROM %s t NOT INDEXED WHERE t.id > ",
		    l->kind->id);
	builder_int(&b, l->newest);
	builder_add(&b, " AND ");
	builder_filter(&b, l->arena, l->kind, l->filter, 0);
	builder_add(&b, " LIMIT %d)", HELD_MOST);
	sqlite3_stmt *s = builder_prepare(&b, p->db, &page->error);
	builder_free(&b);
	int rc = s ? sql_step(p->db, s, &page->error) : -1;
	if (rc > 0)
		page->held = sqlite3_column_int64(s, 0);
	if (s)
		sqlite3_reset(s);
	return rc < 0 ? -1 : 0;
}

static int count_total(struct pager *p, struct listing_memory *memory)
{
	struct page *page = p->page;
	int64_t exact;
	int known = listing_count_by_state(p->list, &exact, &page->error);
	if (known < 0)
		return -1;
	if (known && page->held < HELD_MOST) {
		page->total = exact - page->held;
	} else if (page->at_start && page->at_end) {
		page->total = (int64_t)page->count;
	} else if (page->partial) {
		page->total = (int64_t)page->count;
		page->total_capped = true;
	} else if (memory->counted) {
		page->total = memory->total;
		page->total_capped = memory->capped;
	} else {
		if (listing_count_some(p->list, TOTAL_MOST, &page->total, &page->total_capped,
				       &page->error) < 0)
			return -1;
		if (page->total < (int64_t)page->count)
			page->total = (int64_t)page->count;
		memory->counted = true;
		memory->total = page->total;
		memory->capped = page->total_capped;
	}
	if (page->at_end && page->first_offset < 0 && !page->total_capped)
		page->first_offset = page->total - (int64_t)page->count;
	return 0;
}

static int fill(struct pager *p)
{
	const struct page_query *q = p->query;
	struct listing_memory *memory = listing_remember(
		p->db, q->kind, q->filter ? q->filter : "", q->now, q->newest);
	int64_t steps = listing_choose(p->list);
	if ((steps ? take_risky(p, memory, steps) : take_long(p)) < 0)
		return -1;
	if (row_newest(p->db, q->kind, &p->page->newest, &p->page->error) < 0)
		return -1;
	if (q->uncounted)
		return 0;
	return count_held(p) < 0 ? -1 : count_total(p, memory);
}

static int check(const struct page_query *q, struct err *e)
{
	size_t columns = q->across_count ? COL_STANDARD_COUNT : q->kind->column_count;
	if (q->sort < 0 || (size_t)q->sort >= columns)
		return err_set(e, ERR_USAGE, _("no such column to sort by"));
	if (q->among && q->among_count > PAGE_AMONG_MOST)
		return err_set(e, ERR_LIMIT, "%zu rows are too many", q->among_count);
	if (q->limit == 0 || q->limit > PAGE_MOST || q->before > PAGE_MOST)
		return err_set(e, ERR_USAGE, _("a page has 1 to %d rows"), PAGE_MOST);
	return 0;
}

/* Collected in memory that grows, the rows move to where the rest of the page is. */
static void settle_rows(struct page *page)
{
	struct record **rows = page->rows;
	size_t size = page->count * sizeof(struct record *);
	page->rows = size ? memcpy(arena_alloc(&page->arena, size), rows, size) : NULL;
	free(rows);
}

/* All statements of a page see the same state of the cache. */
static void read_page(struct db *db, const struct page_query *q, struct page *page)
{
	struct arena scratch = ARENA_INIT;
	struct listing list;
	struct strbuf columns = STRBUF_INIT;
	struct pager p = {.db = db,
			  .query = q,
			  .list = &list,
			  .page = page,
			  .shape = {.kind = q->kind, .detail = q->want_detail, .noted = true}};
	row_add_columns(&columns, &p.shape);
	p.columns = columns.s;
	if (listing_init(&list, db, &scratch, q->kind, q->filter, q->now, q->sort,
			 q->descending, &page->error) == 0) {
		list.newest = q->newest;
		list.want = q->place == PAGE_HOME ? q->limit + 1 : 0;
		if (q->among)
			among_read(db, q, &list, page);
		else if (fill(&p) < 0)
			page->count = 0;
	} else {
		page->fault = list.fault;
	}
	if (!q->among)
		settle_rows(page);
	strbuf_free(&columns);
	arena_free(&scratch);
}

struct page *store_page(struct db *db, const struct page_query *q)
{
	struct page *page = page_new();
	page->generation = q->generation;
	sql_trim(db);
	if (check(q, &page->error) < 0 || sql_begin_reading(db, &page->error) < 0)
		return page;
	if (q->across_count)
		across_read(db, q, page);
	else
		read_page(db, q, page);
	sql_end_reading(db);
	return page;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/overview.h"

#include <stdlib.h>

#include "base/alloc.h"

#define ROWS_MOST 64

void overview_init(struct overview *o, size_t queues)
{
	*o = (struct overview){.kind_count = queues, .part = PART_QUEUES};
}

void overview_free(struct overview *o)
{
	for (enum overview_part p = 0; p < PART_COUNT; p++)
		page_free(o->feeds[p].page);
}

void overview_changed(struct overview *o, const struct kind *k)
{
	if (kind_index(k) < o->kind_count)
		o->feeds[PART_URGENT].stale = o->feeds[PART_NEWEST].stale = true;
}

/* Of one queue all may be the first ones. */
static size_t most_rows(int rows)
{
	return rows < ROWS_MOST ? (size_t)rows : ROWS_MOST;
}

bool overview_wants(const struct overview *o, int rows, size_t *feed)
{
	for (*feed = PART_URGENT; *feed < PART_COUNT; (*feed)++)
		if (o->feeds[*feed].stale || o->feeds[*feed].asked < most_rows(rows))
			return true;
	return false;
}

struct page_query *overview_query(struct overview *o, size_t feed, int rows, int64_t now)
{
	bool by_arrival = feed == PART_NEWEST;
	struct page_query *q = page_query_new();
	for (size_t i = 0; i < o->kind_count; i++)
		q->across[q->across_count++] = kinds[i];
	q->filter = xstrdup(by_arrival ? "" : "is:open (due_at:any or paused_at:any)");
	q->sort = by_arrival ? COL_CREATED_AT : COL_DUE_AT;
	q->descending = by_arrival;
	q->limit = (uint32_t)most_rows(rows);
	q->now = now;
	o->feeds[feed].stale = false;
	o->feeds[feed].asked = q->limit;
	return q;
}

size_t overview_records(const struct overview *o, enum overview_part part,
			struct record *const **rows)
{
	const struct page *p = o->feeds[part].page;
	*rows = p ? p->rows : NULL;
	return p ? p->count : 0;
}

/* The cursor stays on its record; where that is gone, on its line. */
static void find_cursor(struct overview *o)
{
	struct record *const *rows;
	size_t count = overview_records(o, o->part, &rows);
	for (size_t i = 0; i < count; i++)
		if (rows[i]->rowid == o->cursor_rowid && rows[i]->kind == o->cursor_kind) {
			o->index = i;
			return;
		}
}

void overview_answer(struct overview *o, size_t feed, struct page *p)
{
	struct feed *f = &o->feeds[feed];
	if (p->error.code != ERR_NONE && f->page) {
		page_free(p);
		return;
	}
	page_free(f->page);
	f->page = p;
	find_cursor(o);
}

const struct record *overview_current(const struct overview *o)
{
	struct record *const *rows;
	return o->index < overview_records(o, o->part, &rows) ? rows[o->index] : NULL;
}

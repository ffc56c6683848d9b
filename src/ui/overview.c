/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each queue gives its first rows by deadline and by arrival; merged, they are what a person
 * must see first. */
#include "ui/overview.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

void overview_add(struct overview *o, const struct kind *k)
{
	for (int pass = 0; pass < 2 && o->feed_count < ARRAY_LEN(o->feeds); pass++)
		o->feeds[o->feed_count++] = (struct feed){
			.kind = k, .by_arrival = pass == 1, .stale = true};
}

void overview_init(struct overview *o, size_t queues)
{
	*o = (struct overview){.part = PART_QUEUES};
	for (size_t i = 0; i < queues; i++)
		overview_add(o, kinds[i]);
}

void overview_free(struct overview *o)
{
	for (size_t i = 0; i < o->feed_count; i++)
		page_free(o->feeds[i].page);
}

void overview_changed(struct overview *o, const struct kind *k)
{
	for (size_t i = 0; i < o->feed_count; i++)
		if (o->feeds[i].kind == k)
			o->feeds[i].stale = true;
}

bool overview_wants(const struct overview *o, size_t *feed)
{
	for (*feed = 0; *feed < o->feed_count; (*feed)++)
		if (o->feeds[*feed].stale)
			return true;
	return false;
}

struct page_query *overview_query(struct overview *o, size_t feed, int64_t now)
{
	struct feed *f = &o->feeds[feed];
	struct page_query *q = page_query_new();
	q->kind = f->kind;
	q->filter = xstrdup(f->by_arrival ? "" : "is:open (due_at:any or paused_at:any)");
	q->sort = f->by_arrival ? COL_CREATED_AT : COL_DUE_AT;
	q->descending = f->by_arrival;
	q->limit = FEED_ROWS;
	q->uncounted = true;
	q->now = now;
	f->stale = false;
	return q;
}

static int64_t key_of(const struct record *r, bool by_arrival)
{
	int64_t t = record_int(r, by_arrival ? COL_CREATED_AT : COL_DUE_AT, CLOCK_NONE);
	if (t == CLOCK_NONE) /* paused: behind all that is due */
		return INT64_MAX - 1;
	return by_arrival ? -t : t;
}

/* Takes the smallest head of all feeds until there are enough. */
static size_t merge(const struct overview *o, bool by_arrival, const struct record **out)
{
	size_t at[ARRAY_LEN(o->feeds)] = {0}, n = 0;
	while (n < FEED_MOST) {
		size_t best = o->feed_count;
		int64_t best_key = INT64_MAX;
		for (size_t i = 0; i < o->feed_count; i++) {
			const struct page *p = o->feeds[i].page;
			if (o->feeds[i].by_arrival != by_arrival || !p || at[i] >= p->count)
				continue;
			int64_t key = key_of(p->rows[at[i]], by_arrival);
			if (key < best_key) {
				best = i;
				best_key = key;
			}
		}
		if (best == o->feed_count)
			break;
		out[n++] = o->feeds[best].page->rows[at[best]++];
	}
	return n;
}

/* The cursor stays on its record; where that is gone, on its line. */
static void find_cursor(struct overview *o)
{
	const struct record **rows = o->part == PART_URGENT ? o->urgent : o->newest;
	size_t count = o->part == PART_URGENT ? o->urgent_count : o->newest_count;
	if (o->part == PART_QUEUES)
		return;
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
	o->urgent_count = merge(o, false, o->urgent);
	o->newest_count = merge(o, true, o->newest);
	find_cursor(o);
}

const struct record *overview_current(const struct overview *o)
{
	if (o->part == PART_URGENT && o->index < o->urgent_count)
		return o->urgent[o->index];
	if (o->part == PART_NEWEST && o->index < o->newest_count)
		return o->newest[o->index];
	return NULL;
}

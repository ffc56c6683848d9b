/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page of a search, newest (or oldest) first: zones of rows are asked about in the
 * order of their times (store/zones.h), until they name enough rows that no other zone can have
 * newer ones.  So neither what was before the matches nor how many older ones there are makes a
 * difference. */
#include <stdlib.h>

#include "store/listing.h"
#include "store/listing_parts.h"

#define LOOK_UP_MOST 4096 /* rows that are looked up and sorted; more are walked to */
#define MORE_THAN_EXPECTED 1.25
#define DENSE 300 /* matches of a zone, from which walking along the order is quicker */

struct numbered {
	int64_t first,
		last; /* of its times, as they come in the list: the sooner the smaller */
	int64_t zone, found;
};

static int by_first(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;
	return (x->first > y->first) - (x->first < y->first);
}

/* The zones that have times, in the order of the list. */
static size_t order_zones(const struct listing *l, const struct zones *z, struct numbered *out)
{
	size_t n = 0;
	for (size_t i = 0; i < z->count; i++) {
		const struct zone *one = &z->list[i];
		if (one->least <= one->most)
			out[n++] = (struct numbered){
				.first = l->descending ? -one->most : one->least,
				.last = l->descending ? -one->least : one->most,
				.zone = (int64_t)i};
	}
	if (n)
		qsort(out, n, sizeof *out, by_first);
	return n;
}

static bool has_zones(struct listing *l, struct listing_memory *m)
{
	if (!m->zones_read && zones_load(l->db, l->kind, &m->zones, NULL) == 0)
		m->zones_read = true;
	return m->zones_read && m->zones.next_id;
}

bool listing_begins_by_time(const struct listing *l)
{
	return l->want && l->sort == COL_CREATED_AT && !l->kind->catalogue;
}

bool listing_begins_by_zones(struct listing *l, struct listing_memory *m)
{
	return listing_begins_by_time(l) && !l->by_place && has_zones(l, m);
}

/* How many matches a zone has, which is asked for where it is not known; -1. */
static int64_t count_zone(struct listing *l, struct listing_memory *m, int64_t zone)
{
	return listing_ask_set(l, m, zone * ZONE_ROWS) < 0
		       ? -1
		       : match_set_count(&m->set, zone * ZONE_ROWS);
}

static void list_zones(struct listing *l, const struct match_set *set,
		       const struct numbered *order, size_t count)
{
	struct strbuf b = STRBUF_INIT;
	for (size_t i = 0; i < count; i++)
		match_set_add_block(&b, set, order[i].zone * ZONE_ROWS);
	strbuf_adds(&b, b.len ? "]" : "[]");
	l->way = LISTING_BY_WORDS;
	l->ids = listing_take(l->arena, &b);
}

/* How many of the matches found can be expected in front of a time, were they spread evenly. */
static double expect(const struct numbered *order, size_t count, int64_t bound)
{
	double n = 0;
	for (size_t i = 0; i < count; i++) {
		double all = (double)(order[i].last - order[i].first) + 1;
		double part = (double)(bound - order[i].first) / all;
		n += (double)order[i].found * (part < 1 ? part : 1);
	}
	return n;
}

/* What is left once all zones were asked about, those with times and those without. */
static bool list_all(struct listing *l, struct listing_memory *m)
{
	for (int64_t id = 0; id < m->zones.next_id; id += ZONE_ROWS)
		if (listing_ask_set(l, m, id) < 0)
			return false;
	m->set.all = true;
	if (m->set.count > LOOK_UP_MOST)
		return false;
	struct strbuf b = STRBUF_INIT;
	match_set_add_list(&b, &m->set);
	l->way = LISTING_BY_WORDS;
	l->ids = listing_take(l->arena, &b);
	return true;
}

static int64_t time_of(const struct listing *l, const struct numbered *n)
{
	return l->descending ? -n->first : n->first;
}

bool listing_take_zones(struct listing *l, struct listing_memory *m)
{
	struct numbered *order = arena_alloc(l->arena, m->zones.count * sizeof *order);
	size_t count = order_zones(l, &m->zones, order), i = 0;
	const double want = (double)l->want * MORE_THAN_EXPECTED;
	int64_t found = 0;
	l->bounded = l->entered = false;
	while (i < count && (found < l->want || expect(order, i, order[i].first) < want)) {
		int64_t n = count_zone(l, m, order[i].zone);
		if (n < 0)
			return false;
		if (n && !found) {
			l->entered = true;
			l->entry = time_of(l, &order[i]);
			if (n > DENSE)
				return false;
		}
		order[i++].found = n;
		found += n;
		if (found > LOOK_UP_MOST)
			return false;
	}
	if (i == count)
		return list_all(l, m);
	list_zones(l, &m->set, order, i);
	l->bounded = true;
	l->bound = time_of(l, &order[i]);
	l->want *= 2; /* if these are not enough */
	return true;
}

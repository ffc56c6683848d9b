/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of a feed: asked for, read when it is whole, mapped in small portions. */
#ifndef IOC_API_FETCH_H
#define IOC_API_FETCH_H

#include "api/detail.h"
#include "api/haul.h"
#include "api/jqmap.h"
#include "api/request.h"

struct fetch;

/* The same of nothing but these records, by their ids, where the resource has a detail. */
struct fetch *fetch_new_records(const struct site *s, const struct resource *r,
				char *const *ids, size_t count);
/* Before it is ready: what it need not ask for once more; outlives it. */
void fetch_remember(struct fetch *f, struct detail_memory *m);
/* What maps see as $lookup; taken over. */
void fetch_set_lookups(struct fetch *f, jv lookups);
/* Asks for the page of the resource that follows this position.  NULL with the failure. */
struct fetch *fetch_new(const struct site *s, const struct resource *r,
			const struct position *at, struct failure *f);
void fetch_free(struct fetch *f); /* stops what is under way */

enum fetch_state {
	FETCH_WAITING, /* for the server */
	FETCH_READY,   /* to be mapped */
	FETCH_DONE,    /* everything is mapped */
	FETCH_FAILED,
};
enum fetch_state fetch_state(const struct fetch *f);
/* Of a failed one. */
const struct failure *fetch_failure(const struct fetch *f);

/* What a page that is READY or DONE says. */
struct page_facts {
	size_t items;
	int64_t total;       /* of the feed; -1: not told */
	int64_t server_time; /* CLOCK_NONE: not told */
	int64_t bytes, took_ms;
	bool more;            /* another page waits behind `next` */
	bool unchanged;       /* the server says so: nothing of it was sent again */
	int64_t newest;       /* of delta.field, once all is mapped; CLOCK_NONE */
	int64_t oldest;       /* the same */
	bool descends;        /* some item is older than one before it */
	struct position next; /* borrowed from the fetch */
};
const struct page_facts *fetch_facts(const struct fetch *f);

/* Maps items into the haul until `deadline` of the monotonic clock or `most` of them; the
 * state is DONE afterwards where none is left. */
void fetch_map(struct fetch *f, struct mapper *m, const struct mapping *how, struct haul *out,
	       size_t most, int64_t deadline);

/* The item that is mapped next; NULL where none is left. */
const struct node *fetch_item(const struct fetch *f);
/* Calls each(item) for all items instead of mapping them; as jqfilter_each. */
int fetch_each(struct fetch *f, int (*each)(void *, const struct node *, struct err *),
	       void *context, struct err *e);

void position_copy(struct position *to, const struct position *from);
void position_free(struct position *p);

#endif

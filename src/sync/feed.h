/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One resource of a connector, and where we stand in it: which range is asked for, what its
 * pages told, and where it goes on. */
#ifndef IOC_SYNC_FEED_H
#define IOC_SYNC_FEED_H

#include "api/fetch.h"
#include "sync/id_set.h"
#include "sync/job.h"
#include "sync/plan.h"

struct feed {
	const struct resource *spec;
	char *cursor;          /* of the last batch that was posted, or its mark; NULL: none */
	char *etag, *modified; /* of the last answer; NULL: none */
	int64_t pace;          /* ms between polls that follow what happens; 0: not yet known */
	int patience;          /* passes that may begin again because items moved */
	struct folder folder;  /* whose files are read */
	struct detail_memory memory; /* of items whose details are in */
	struct position at;          /* of the next page to ask for */
	int64_t due;                 /* when to poll next, by the monotonic clock */
	bool denied;                 /* we lack the right to it */
	bool renew;                  /* its cursor is lost: take everything anew */
	bool followed;               /* the stream continues it without a gap */
	/* in this pass */
	bool wanted, started, busy, finished, opened, changed;
	int64_t seen, total; /* total: of this pass; -1: not told */
	struct plan plan;    /* where a mark belongs to it */
	int tries;           /* begun again because items moved */
	/* in this range of it, which is all but with windows */
	struct id_set ids;    /* met on numbered pages */
	struct id_set said;   /* and what they said */
	bool moved;           /* items moved from page to page: some may have slipped through */
	int64_t first_newest; /* of its first page */
	bool descends;        /* it is not in the order of changes */
	int64_t items, first_total, newest;
	int64_t asked_at; /* server's time at its first page; CLOCK_NONE */
};

void feed_init(struct feed *f, const struct resource *spec);
void feed_free(struct feed *f);
/* What is known only here may not be what the cache has: nothing is taken as unchanged. */
void feed_forget(struct feed *f);
/* Whether all of it is read, so that what does not come is gone. */
bool feed_is_snapshot(const struct feed *f);

/* Begins a pass over it.  `server_now`: the server's time, as far as it is known. */
void feed_begin(struct feed *f, const char *base_url, int64_t server_now);
/* A page has come whole: where the next one is, and what was told of all. */
void feed_note_page(struct feed *f, const struct page_facts *facts);
/* A page is mapped: puts the standing of the feed into the page's batch, and decides whether
 * the pass over it is over (f->finished; it is left alone for `rest` ms at least) or goes on
 * with another range, or this one again.  -1 with the failure. */
int feed_close_page(struct feed *f, struct job *j, const struct page_facts *facts, int64_t rest,
		    struct failure *failure);
/* What its details taught goes with the records that came of them. */
void feed_add_known(struct feed *f, struct job *j);
/* A batch of it is in the cache; `changed`: and something is other than before. */
void feed_landed(struct feed *f, bool changed);

#endif

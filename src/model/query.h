/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a screen or a verb asks the cache, and what it gets.  Plain data that moves between
 * threads: the asker allocates a query, the answerer a page; each is freed by its receiver. */
#ifndef IOC_MODEL_QUERY_H
#define IOC_MODEL_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/kind.h"
#include "model/record.h"

/* Where a page lies in the sorted list.  Where the record of AROUND, AFTER or BEFORE is gone
 * from the cache the page is the first one (at_start, no anchor); where it only no longer
 * matches the filter, its place in the order still counts. */
enum page_place {
	PAGE_HOME,   /* the first rows */
	PAGE_END,    /* the last rows */
	PAGE_AROUND, /* round the record `rowid`: `before` rows above it, the rest from it on */
	PAGE_AFTER,  /* the rows that follow record `rowid` */
	PAGE_BEFORE, /* the rows in front of record `rowid` */
	PAGE_AT,     /* from row number `offset` on (0-based): walks the index, may take long */
};

#define PAGE_AMONG_MOST 5000
struct page_query {
	uint64_t generation; /* copied to the answer; a newer one interrupts an older */
	const struct kind *kind;
	char *filter; /* filter language; NULL or "" for all */
	int sort;     /* column index */
	bool descending;
	enum page_place place;
	int64_t rowid, offset;
	uint32_t before, limit;
	int64_t steps;  /* after which, or 50 ms, a page is partial; 0: seconds later */
	int64_t newest; /* rows that arrived after this rowid are held back; 0: none held */
	/* Instead of a place: of these rows, at most PAGE_AMONG_MOST, those that are there,
	 * what passes the filter first; page->total is how many do.  The list is owned. */
	int64_t *among;
	size_t among_count;
	/* Instead of `kind` and a place: of all these kinds the first rows, by a time that all
	 * of them have; rows without it come last.  Words are not looked for, nor is counted.
	 */
	const struct kind *across[KIND_MOST];
	size_t across_count;
	bool want_detail; /* fill record->detail (not raw) */
	bool uncounted;   /* page->total and page->held are not wanted */
	int64_t now;
};

struct page {
	uint64_t generation;
	struct arena arena; /* holds the rows */
	struct record **rows;
	size_t count;
	size_t anchor; /* PAGE_AROUND: index of the record in rows, or of its next one */
	bool anchor_found;
	bool at_start, at_end; /* nothing lies before the first, after the last row */
	int64_t first_offset;  /* number of the first row where known cheaply, else -1 */
	int64_t total;         /* matches; capped, see total_capped */
	bool total_capped;     /* "more than total" */
	/* No index answers the filter, and the rows that were looked through within some
	 * seconds are not all: there may be more of them than these. */
	bool partial;
	int64_t held;     /* matches that `newest` holds back: "▲ 12" */
	int64_t newest;   /* the largest rowid of the kind when this was read */
	struct err error; /* code ERR_NONE where all went well */
	size_t fault;     /* the byte of the filter where it is wrong, if it is */
};

struct page_query *page_query_new(void);
void page_query_free(void *query); /* a struct page_query * */
struct page *page_new(void);
void page_free(void *page); /* a struct page * */

/* One queue's figures for tabs and overview. */
#define TREND_HOURS 24
struct queue_figures {
	int64_t total, open, unassigned, late, soon,
		fresh_hour; /* fresh: created in the last hour */
	int64_t waiting;    /* nobody has taken it */
	int64_t urgent;
	int32_t trend[TREND_HOURS]; /* created per hour, oldest first, the last is the running
				       one */
};

struct figures {
	uint64_t generation;
	int64_t at;                             /* computed at */
	struct queue_figures queues[KIND_MOST]; /* by kind_index */
	struct err error;
};

#endif

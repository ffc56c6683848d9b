/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking the feeds of a trial, page after page, and mapping item by item, so that it is known
 * what became of which. */
#ifndef IOC_AUTHOR_PULL_H
#define IOC_AUTHOR_PULL_H

#include "api/fetch.h"
#include "author/trial.h"

/* What became of one item: positions in the page's haul. */
struct pulled_item {
	char *text; /* as JSON; NULL for those behind the ones that are shown */
	size_t record, record_end, reject, reject_end;
};

/* One page, or why there is none. */
struct page_report {
	const struct resource *resource;
	int64_t number;                /* from 1 */
	size_t exchange, exchange_end; /* in trial.heard */
	bool failed;
	struct failure failure;
	struct page_facts facts;
	struct pulled_item *items;
	size_t count;
	struct haul haul;
	bool first, last; /* of its resource */
};

/* What is to be done. */
struct pull {
	struct trial *trial;
	struct mapper *mapper;
	struct lookups *lookups;
	const char *only;     /* a resource; NULL: all */
	int64_t pages, shown; /* of a resource; items of a page whose text is wanted */
	/* Called for each page; its report is gone afterwards.  The exchanges hold no secrets
	 * any more. */
	void (*page)(void *context, const struct page_report *p);
	void *context;
};

/* 0, or -1 with *e where nothing could be asked at all. */
int pull_run(struct pull *p, struct err *e);

/* How items of a resource are mapped here. */
struct mapping pull_mapping(const struct resource *r, const struct trial *t);

#endif

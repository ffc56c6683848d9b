/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a feed goes on behind a page, and whether it does.  Servers cut pages without saying
 * so, send the same page for ever, or never end: all of these end here. */
#ifndef IOC_API_PAGING_H
#define IOC_API_PAGING_H

#include "api/fetch.h"

/* A page that has come. */
struct page {
	const struct connector *connector;
	const struct resource *resource;
	const struct position *at;    /* where it stood */
	const struct node *body;      /* the whole answer */
	const struct node *last;      /* its last item; NULL: it has none */
	const struct http_call *call; /* for its headers; NULL: it has none */
	const char *link;             /* the next page by a Link header, or "" */
	uint64_t hash;                /* of the body's text */
};

/* Fills facts->more and facts->next; items and total are known.  A page that repeats the one
 * before loses its items.  -1 with the failure. */
int paging_next(const struct page *p, struct page_facts *facts, struct failure *f);
/* Of the body's text. */
uint64_t paging_hash(const char *s, size_t n);
/* Whether this status says no more than that the page lies behind the last one. */
bool paging_is_end(const struct resource *r, const struct position *at, long status);

#endif

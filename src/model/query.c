/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/query.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"

struct page_query *page_query_new(void)
{
	struct page_query *q = xcalloc(1, sizeof *q);
	q->limit = 50;
	q->now = clock_now();
	return q;
}

void page_query_free(void *query)
{
	struct page_query *q = query;
	if (!q)
		return;
	free(q->filter);
	free(q->among);
	free(q);
}

struct page *page_new(void)
{
	struct page *p = xcalloc(1, sizeof *p);
	p->first_offset = -1;
	return p;
}

void page_free(void *page)
{
	struct page *p = page;
	if (!p)
		return;
	arena_free(&p->arena);
	free(p);
}

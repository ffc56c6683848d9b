/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/forecast.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"

#define ROWS_USUAL 200

const double forecast_test_shares[FORECAST_TESTS] = {0.5, 0.75, 0.9};

struct forecast_query *forecast_query_new(void)
{
	struct forecast_query *q = xcalloc(1, sizeof *q);
	q->limit = ROWS_USUAL;
	q->now = clock_now();
	return q;
}

void forecast_query_free(void *query)
{
	struct forecast_query *q = query;
	if (!q)
		return;
	free(q->filter);
	free(q);
}

struct forecast_page *forecast_page_new(void)
{
	return xcalloc(1, sizeof(struct forecast_page));
}

void forecast_page_free(void *page)
{
	struct forecast_page *p = page;
	if (!p)
		return;
	arena_free(&p->arena);
	free(p);
}

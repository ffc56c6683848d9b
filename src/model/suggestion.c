/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/suggestion.h"

#include <stdlib.h>

#include "base/alloc.h"

struct suggest_query *suggest_query_new(const struct kind *k, size_t count)
{
	struct suggest_query *q = xcalloc(1, sizeof *q);
	q->kind = k;
	q->count = count;
	q->rowids = xcalloc(count + 1, sizeof *q->rowids);
	return q;
}

void suggest_query_free(void *query)
{
	struct suggest_query *q = query;
	if (!q)
		return;
	free(q->rowids);
	free(q);
}

struct suggestions *suggestions_new(void)
{
	return xcalloc(1, sizeof(struct suggestions));
}

void suggestions_free(struct suggestions *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->count; i++)
		json_decref(s->list[i].fields);
	free(s->list);
	free(s);
}

const struct suggestion *suggestions_of(const struct suggestions *s, const struct kind *k,
					int64_t rowid)
{
	if (!s || s->kind != k)
		return NULL;
	for (size_t i = 0; i < s->count; i++)
		if (s->list[i].rowid == rowid)
			return &s->list[i];
	return NULL;
}

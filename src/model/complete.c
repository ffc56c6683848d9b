/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/complete.h"

#include <stdlib.h>

#include "base/alloc.h"

struct complete_query *complete_query_new(enum complete_what what, const char *typed)
{
	struct complete_query *q = xcalloc(1, sizeof *q);
	q->what = what;
	q->typed = xstrdup(typed);
	return q;
}

void complete_query_free(void *query)
{
	struct complete_query *q = query;
	if (q)
		free(q->typed);
	free(q);
}

struct complete_answer *complete_answer_new(uint64_t generation)
{
	struct complete_answer *a = xcalloc(1, sizeof *a);
	a->generation = generation;
	a->list = arena_alloc(&a->arena, COMPLETE_MOST * sizeof *a->list);
	return a;
}

void complete_answer_free(void *answer)
{
	struct complete_answer *a = answer;
	if (a)
		arena_free(&a->arena);
	free(a);
}

void complete_answer_add(struct complete_answer *a, const char *text, const char *about)
{
	if (a->count == COMPLETE_MOST) {
		a->more = true;
		return;
	}
	a->list[a->count++] = (struct complete_value){arena_strdup(&a->arena, text),
						      arena_strdup(&a->arena, about)};
}

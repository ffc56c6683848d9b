/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/groups.h"

#include <stdlib.h>

#include "base/alloc.h"

struct group_query *group_query_new(void)
{
	return xcalloc(1, sizeof(struct group_query));
}

void group_query_free(void *query)
{
	struct group_query *q = query;
	if (!q)
		return;
	free(q->filter);
	free(q);
}

struct group_page *group_page_new(void)
{
	struct group_page *p = xcalloc(1, sizeof *p);
	p->arena = (struct arena)ARENA_INIT;
	return p;
}

void group_page_free(void *page)
{
	struct group_page *p = page;
	if (!p)
		return;
	arena_free(&p->arena);
	free(p->list);
	free(p);
}

bool group_fits(const struct kind *k, int column)
{
	const struct column *c = &k->columns[column];
	return c->personal == PERSONAL_NONE &&
	       (c->type == COLUMN_REF || c->type == COLUMN_STATE || c->type == COLUMN_CHOICE ||
		c->type == COLUMN_FLAG);
}

void group_filter(const struct kind *k, int column, const char *value, struct strbuf *out)
{
	const struct column *c = &k->columns[column];
	if (!*value)
		strbuf_addf(out, "%s:none", c->id);
	else if (c->type == COLUMN_FLAG)
		strbuf_addf(out, "%s:%s", c->id, value);
	else
		strbuf_addf(out, "%s=\"%s\"", c->id, value);
}

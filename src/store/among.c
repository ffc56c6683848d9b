/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of these rows a filter lets through. */
#include "store/among.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "store/builder.h"
#include "store/row.h"

static char *as_json(const struct page_query *q)
{
	struct strbuf b = STRBUF_INIT;
	for (size_t i = 0; i < q->among_count; i++)
		strbuf_addf(&b, "%c%lld", i ? ',' : '[', (long long)q->among[i]);
	strbuf_adds(&b, "]");
	return strbuf_detach(&b);
}

static void take_row(struct db *db, sqlite3_stmt *s, const struct row_shape *shape,
		     struct page *page)
{
	struct record *r = record_new(&page->arena, shape->kind);
	row_read(db, s, shape, &page->arena, r);
	page->rows[page->count++] = r;
	page->total += sqlite3_column_int(s, sqlite3_column_count(s) - 1) != 0;
}

void among_read(struct db *db, const struct page_query *q, const struct listing *list,
		struct page *page)
{
	struct row_shape shape = {.kind = q->kind};
	struct builder b = BUILDER_INIT;
	char *ids = as_json(q);
	builder_add(&b, "SELECT ");
	row_add_columns(&b.sql, &shape);
	builder_add(&b, ", coalesce((");
	builder_filter(&b, list->arena, q->kind, list->filter, 0);
	builder_add(&b, "), 0) AS fits FROM json_each(");
	builder_text(&b, ids, strlen(ids));
	builder_add(&b, ") j CROSS JOIN %s t ON t.id = j.value ORDER BY fits DESC, t.id",
		    q->kind->id);
	page->rows = arena_alloc(&page->arena, (q->among_count + 1) * sizeof(struct record *));
	sqlite3_stmt *s = builder_prepare(&b, db, &page->error);
	while (s && page->count < q->among_count && sql_step(db, s, &page->error) > 0)
		take_row(db, s, &shape, page);
	if (s)
		sqlite3_reset(s);
	page->at_start = page->at_end = true;
	builder_free(&b);
	free(ids);
}

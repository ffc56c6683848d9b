/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/row_test.h"

#include "store/builder.h"

/* In the order of bind_row. */
static void add_row(struct builder *b, const struct kind *k)
{
	builder_add(b, " FROM (SELECT ? AS id, ? AS source, ? AS ext_id, ? AS version,"
		       " ? AS open");
	for (size_t i = 0; i < k->column_count; i++)
		builder_add(b, ", ? AS %s", k->columns[i].id);
	builder_add(b, ") t");
}

static void bind_row(sqlite3_stmt *s, int at, const struct record *r, int64_t source)
{
	sqlite3_bind_int64(s, at++, r->rowid);
	sqlite3_bind_int64(s, at++, source);
	sql_bind_string(s, at++, r->id);
	sqlite3_bind_int64(s, at++, r->version);
	sqlite3_bind_int64(s, at++, record_is_open(r));
	for (size_t i = 0; i < r->kind->column_count; i++)
		sql_bind_value(s, at++, &r->kind->columns[i], &r->values[i]);
}

int row_test_init(struct row_test *t, struct db *db, struct arena *a, const struct kind *k,
		  const struct filter *f, struct err *e)
{
	*t = (struct row_test){.db = db, .kind = k};
	if (f->op == FILTER_ALL)
		return 0;
	struct builder b = BUILDER_INIT;
	builder_add(&b, "SELECT (");
	builder_filter(&b, a, k, f, 0);
	builder_add(&b, ") IS TRUE");
	add_row(&b, k);
	t->bound = (int)b.count;
	t->statement = builder_prepare(&b, db, e);
	builder_free(&b);
	return t->statement ? 0 : -1;
}

int row_test(struct row_test *t, const struct record *r, int64_t source, struct err *e)
{
	if (!t->statement)
		return 1;
	bind_row(t->statement, t->bound + 1, r, source);
	int rc = sql_step(t->db, t->statement, e);
	bool passes = rc > 0 && sqlite3_column_int(t->statement, 0);
	sqlite3_reset(t->statement);
	return rc < 0 ? -1 : passes;
}

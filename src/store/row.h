/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a kind's table t as records. */
#ifndef IOC_STORE_ROW_H
#define IOC_STORE_ROW_H

#include "base/strbuf.h"
#include "store/sql.h"

/* Which parts of a record are wanted. */
struct row_shape {
	const struct kind *kind;
	const int *columns; /* NULL: all of them */
	size_t count;
	bool detail, raw;
	bool noted; /* with the detail: what the writer noted beside it (store/escalation.h);
		       for people, never to be written back */
};

/* Appends the result columns of a SELECT from t. */
void row_add_columns(struct strbuf *b, const struct row_shape *shape);
/* Reads the row that the statement stands on.  Texts go to the arena; without one they point
 * into the row and are valid until the next step.  r->values must have room. */
void row_read(struct db *db, sqlite3_stmt *s, const struct row_shape *shape, struct arena *a,
	      struct record *r);
/* The largest rowid of a kind; 0 where it has no rows.  -1 with *e. */
int row_newest(struct db *db, const struct kind *k, int64_t *newest, struct err *e);
/* The name of a source by its number; valid as long as the connection. */
const char *row_source(struct db *db, int64_t id);

#endif

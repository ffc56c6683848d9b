/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a record passes a filter, for records that are not (any more) in the cache as they
 * are asked about: the filter is the same SQL as of lists, over a row of bound values. */
#ifndef IOC_STORE_ROW_TEST_H
#define IOC_STORE_ROW_TEST_H

#include "model/filter.h"
#include "store/db.h"

struct row_test {
	struct db *db;
	const struct kind *kind;
	sqlite3_stmt *statement; /* NULL: everything passes */
	int bound;               /* values of the filter, in front of those of the row */
};

/* The filter's texts must live as long as the test, which uses a statement of the connection:
 * valid until sql_trim.  -1 with *e. */
int row_test_init(struct row_test *t, struct db *db, struct arena *a, const struct kind *k,
		  const struct filter *f, struct err *e);
/* 1, 0, or -1 with *e.  `source` is the number of its source; its id and rowid count, too. */
int row_test(struct row_test *t, const struct record *r, int64_t source, struct err *e);

#endif

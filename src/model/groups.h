/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records that a filter lets through, counted by the values of a column.  Plain data that
 * moves between threads, as pages do (model/query.h). */
#ifndef IOC_MODEL_GROUPS_H
#define IOC_MODEL_GROUPS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "model/kind.h"

#define GROUPS_MOST 1000      /* values of a page; what is behind them is summed up */
#define GROUPS_NEWEST 1000000 /* records that are counted where all are too many */

struct group_query {
	uint64_t generation; /* copied to the answer */
	const struct kind *kind;
	char *filter; /* NULL or "" for all */
	int column;
	int64_t now;
	int64_t steps, newest; /* of SQLite's machine until only so many of the newest records
				  are counted; 0: as usual */
};

struct group_counts {
	int64_t count, late, soon; /* late and due soon: of those that are open */
};

struct group {
	const char *value; /* "" for records without one */
	struct group_counts counts;
};

struct group_page {
	uint64_t generation;
	struct arena arena; /* holds the values */
	struct group *list; /* most late ones first, then most of all */
	size_t count, cap;
	struct group_counts total;
	size_t others;                    /* values that were not listed … */
	struct group_counts others_count; /* … and their records */
	bool capped;                      /* only the newest records were looked at */
	int64_t took;                     /* ms */
	struct err error;                 /* code ERR_NONE where all went well */
};

struct group_query *group_query_new(void);
void group_query_free(void *query); /* a struct group_query * */
struct group_page *group_page_new(void);
void group_page_free(void *page); /* a struct group_page * */

/* Whether lists can be grouped by the column: references, states, choices and flags. */
bool group_fits(const struct kind *k, int column);
/* Appends the filter of just that value: unit="CA". */
void group_filter(const struct kind *k, int column, const char *value, struct strbuf *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first screen: figures of each queue, what presses most in all of them, what came last. */
#ifndef IOC_UI_OVERVIEW_H
#define IOC_UI_OVERVIEW_H

#include "model/query.h"

#define FEED_ROWS 40 /* read of each queue */
#define FEED_MOST 64 /* shown of all */

/* The first rows of one queue, by deadline or by arrival. */
struct feed {
	const struct kind *kind;
	bool by_arrival;
	bool stale;
	struct page *page;
};

enum overview_part { PART_QUEUES, PART_URGENT, PART_NEWEST, PART_COUNT };

struct overview {
	struct feed feeds[16];
	size_t feed_count;
	/* Rows of the feeds, merged. */
	const struct record *urgent[FEED_MOST], *newest[FEED_MOST];
	size_t urgent_count, newest_count;
	/* The cursor: a queue's line or a record. */
	enum overview_part part;
	size_t index;
	const struct kind *cursor_kind;
	int64_t cursor_rowid;
	size_t shown[PART_COUNT]; /* lines that the screen has for each part */
};

/* With the feeds of the first `queues` kinds. */
void overview_init(struct overview *o, size_t queues);
/* And those of another. */
void overview_add(struct overview *o, const struct kind *k);
void overview_free(struct overview *o);
void overview_changed(struct overview *o, const struct kind *k);
/* The next feed that must be read; false: none. */
bool overview_wants(const struct overview *o, size_t *feed);
struct page_query *overview_query(struct overview *o, size_t feed, int64_t now);
void overview_answer(struct overview *o, size_t feed, struct page *p);
/* The record under the cursor; NULL on a queue's line. */
const struct record *overview_current(const struct overview *o);

#endif

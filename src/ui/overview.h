/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first screen: figures of each queue, what presses most in all of them, what came last. */
#ifndef IOC_UI_OVERVIEW_H
#define IOC_UI_OVERVIEW_H

#include "model/query.h"

enum overview_part { PART_QUEUES, PART_URGENT, PART_NEWEST, PART_COUNT };

/* The first records of all queues, by deadline or by arrival. */
struct feed {
	bool stale;
	size_t asked; /* rows, at most */
	struct page *page;
};

struct overview {
	size_t kind_count;             /* the first of `kinds` */
	struct feed feeds[PART_COUNT]; /* none for PART_QUEUES */
	/* The cursor: a queue's line or a record. */
	enum overview_part part;
	size_t index;
	const struct kind *cursor_kind;
	int64_t cursor_rowid;
	size_t shown[PART_COUNT]; /* lines that the screen has for each part */
};

/* With the first `queues` kinds, also those that get a tab only when they have records. */
void overview_init(struct overview *o, size_t queues);
void overview_free(struct overview *o);
void overview_changed(struct overview *o, const struct kind *k);
/* The next feed that must be read, for a screen of so many rows; false: none. */
bool overview_wants(const struct overview *o, int rows, size_t *feed);
struct page_query *overview_query(struct overview *o, size_t feed, int rows, int64_t now);
void overview_answer(struct overview *o, size_t feed, struct page *p);
/* The records of a part, and how many; 0 where they were not read yet. */
size_t overview_records(const struct overview *o, enum overview_part part,
			struct record *const **rows);
/* The record under the cursor; NULL on a queue's line. */
const struct record *overview_current(const struct overview *o);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due, of all that is open: the question of the Due screen and of "ioc due", and its
 * answer.  Plain data that moves between threads, as pages do (model/query.h). */
#ifndef IOC_MODEL_DUE_H
#define IOC_MODEL_DUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/kind.h"

/* What records are grouped by. */
enum due_by { DUE_BY_UNIT, DUE_BY_CATEGORY, DUE_BY_AREA, DUE_BY_PROCEDURE, DUE_BY_COUNT };
/* Column id: "unit", "category" … */
extern const char *const due_by_columns[DUE_BY_COUNT];
/* Whether the kind has such a column. */
bool due_by_fits(enum due_by by, const struct kind *k);

struct due_query {
	uint64_t generation;     /* copied to the answer */
	const struct kind *kind; /* NULL: all queues */
	enum due_by by;
	bool today; /* group by who has a unit's duties today; else by the unit at the time */
	int64_t now, until; /* "falls due" counts now ≤ due < until */
};

struct due_counts {
	int64_t open;
	int64_t timed; /* open, and a clock runs or stands still */
	int64_t until; /* not late yet, and due before the query's `until` */
	int64_t soon;  /* not late yet, and due soon */
	int64_t late;
	int64_t paused;
	int64_t ended, ended_late; /* in the period of the board */
};

#define DUE_QUEUES 8
struct due_group {
	const char *code;   /* "" for records without one */
	const char *name;   /* the code where it has no name */
	const char *filter; /* shows the group's records in a list; NULL: can't be said */
	struct due_counts all, kinds[DUE_QUEUES]; /* by kind_index */
	/* The one that is late for the longest time; CLOCK_NONE: none is late. */
	int64_t oldest;
	const struct kind *oldest_kind;
	int64_t oldest_rowid;
	const char *oldest_code;
};

#define DUE_HOURS 24
#define DUE_DAYS 14
#define DUE_PERIOD 30 /* days back that the share of late ones looks */
struct due_board {
	struct due_query query;
	struct arena arena;       /* holds the groups */
	struct due_group *groups; /* the worst first */
	size_t count;
	struct due_group total; /* of all groups; name, code and filter are not set */
	/* Open records, late ones of today too, by the hour of today and the day from today on
	 * at which they are due. */
	int32_t hours[DUE_HOURS], days[DUE_DAYS];
	int64_t day_starts[DUE_DAYS + 1];
	int64_t last_due; /* the latest deadline; CLOCK_NONE: none */
	int64_t since;    /* ended records were looked at from here on … */
	bool capped;      /* … which is less than DUE_PERIOD back because they are so many */
	struct err error; /* code ERR_NONE where all went well */
};

struct due_board *due_board_new(const struct due_query *q);
void due_board_free(void *board); /* a struct due_board * */

/* Late ones, open or ended in the period, and of how many: fmt_percent(part, whole). */
void due_rate(const struct due_counts *c, int64_t *part, int64_t *whole);
/* First instant of the day after that of t, in the chosen zone. */
int64_t due_day_end(int64_t t);

#endif

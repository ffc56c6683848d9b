/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening hours compiled to instants: every opening from 2015 to 2045 with the open time before
 * it.  The first and the last week of the table are plain ones, without holidays; they stand
 * for all weeks before and after, so that nothing ends at the table's edge. */
#ifndef IOC_DEADLINE_WORKTIME_H
#define IOC_DEADLINE_WORKTIME_H

#include "deadline/calendar.h"
#include "deadline/hours.h"

/* The days of the table and their midnights in the chosen zone. */
struct grid {
	int64_t first;     /* day since 1970 */
	int64_t count;     /* days */
	int64_t *midnight; /* count + 1; owned */
};

void grid_make(struct grid *g);
void grid_free(struct grid *g);

/* In seconds, so that thirty years of them stay small. */
struct opening {
	uint32_t from, to; /* since 1970 */
	uint32_t before;   /* open time before it */
};

struct worktime {
	const struct grid *grid;
	int64_t one_day;
	bool holidays;            /* days off and worked days hold */
	struct opening *openings; /* in order, apart from each other */
	size_t count, cap;
	uint32_t *closes; /* of each working day, its last closing */
	size_t workday_count, workday_cap;
	uint16_t *rank; /* working days up to and with each day of the grid */
	int64_t total;  /* open time of the table */
	/* Of the plain week before ([0]) and after ([1]). */
	int64_t week_open[2];
	int64_t week_days[2];
};

/* Starts an empty one; the grid must outlive it. */
struct worktime *worktime_new(const struct grid *g);
/* Adds the openings of a day of the grid.  In order of time. */
void worktime_open(struct worktime *w, int64_t day, const struct opening_hours *list, size_t n);
/* To be called once all openings are there; one_day 0: as usual. */
void worktime_finish(struct worktime *w, int64_t one_day, bool holidays);
bool worktime_equal(const struct worktime *a, const struct worktime *b);
void worktime_free(struct worktime *w);

#endif

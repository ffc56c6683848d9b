/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days that differ from the usual week: those of the yearly notices, and where a year's are
 * missing, those that follow from the law. */
#ifndef IOC_DEADLINE_DAYS_H
#define IOC_DEADLINE_DAYS_H

#include "base/arena.h"
#include "base/yaml.h"
#include "deadline/calendar.h"

#define YEAR_FIRST 2015
#define YEAR_LAST 2045
#define YEARS (YEAR_LAST - YEAR_FIRST + 1)

/* What the data says of a year as a whole. */
struct year {
	const char *place; /* "FILE:LINE" of its entry; NULL: none */
	bool user;         /* in a file of the user's */
	bool complete;
	const char *missing; /* what is not known yet; may be NULL */
	const char *notices; /* "119/TB-LĐTBXH, …"; may be NULL */
};

/* A holiday of the law, on the same day of each year or on listed dates. */
struct holiday {
	const char *name, *basis;
	int month, day; /* 0: `dates` */
	int64_t *dates; /* since 1970 */
	size_t date_count;
	int64_t before, days; /* from so many days before the date on, so many days */
	int64_t from, to;     /* years */
	bool made_up;         /* on the next working day, where it falls on a day of rest */
	bool beside;          /* one more day, before or after it: nobody knows which */
	unsigned rest;        /* weekdays that are no working days, as bits 1 … 7 */
	enum certainty certainty;
};

struct days {
	struct calendar_day *list; /* by day, once finished; owned */
	size_t count, cap;
	struct holiday *holidays; /* owned */
	size_t holiday_count, holiday_cap;
	struct year years[YEARS];
};

/* The weekday of a day since 1970: 1 = Monday … 7 = Sunday. */
int day_weekday(int64_t day);
/* Takes over what a file says under "rest", "years" and "holidays".  The user's files come
 * first: a year that one of them has is not taken from a shipped one.  Texts go into the
 * arena; `file` stands in messages that name another place. */
int days_read(struct days *d, struct arena *a, const struct yaml *y, const char *file,
	      bool user, struct err *e);
/* Adds the holidays to the years that are not complete, and sorts. */
void days_finish(struct days *d, struct arena *a);
void days_free(struct days *d);
/* NULL where the day is a usual one.  Only once finished. */
const struct calendar_day *days_find(const struct days *d, int64_t day);
/* Where in the list the days from this one on begin. */
size_t days_from(const struct days *d, int64_t day);
/* The entry of a year, or NULL where it is beyond those that are counted. */
const struct year *days_year(const struct days *d, int64_t year);

#endif

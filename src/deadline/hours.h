/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening hours as they are written: by calendar, unit, validity, season and weekday. */
#ifndef IOC_DEADLINE_HOURS_H
#define IOC_DEADLINE_HOURS_H

#include "base/arena.h"
#include "base/yaml.h"
#include "deadline/days.h"

#define OPENINGS_MOST 8 /* a day */

/* Minutes since midnight, from ≤ t < to. */
struct opening_hours {
	int from, to;
};

struct hours_row {
	const char **units; /* codes; NULL: all */
	size_t unit_count;
	int64_t from, to;           /* days since 1970, both included */
	int season_from, season_to; /* month * 100 + day, both included; 0: all the year */
	unsigned weekdays;          /* bits 1 … 7 */
	struct opening_hours open[OPENINGS_MOST]; /* in order */
	size_t open_count;                        /* 0: closed */
};

/* One calendar: "office". */
struct hours {
	const char *name, *title;
	const char *place; /* "FILE:LINE:COLUMN" of its first mention */
	bool holidays;     /* days off and worked days hold here */
	bool holidays_set;
	int64_t day;            /* milliseconds that count as one day; 0: not said yet */
	struct hours_row *rows; /* the first that fits answers; owned */
	size_t count, cap;
};

/* All calendars, in the order of their first mention. */
struct hours_book {
	struct hours **list; /* owned */
	size_t count, cap;
};

/* Takes over what a file says under "calendars", behind what is there. */
int hours_read(struct hours_book *b, struct arena *a, const struct yaml *y, const char *file,
	       struct err *e);
/* NULL where there is none of this name. */
struct hours *hours_find(const struct hours_book *b, const char *name);
void hours_free(struct hours_book *b);

/* Whether the row is one for this unit (NULL: for those that no row names). */
bool hours_row_is_for(const struct hours_row *r, const char *unit);
/* Whether it holds on some dates only. */
bool hours_row_is_dated(const struct hours_row *r);
/* The row that answers for a day, or NULL: closed.  `odd` is what the days say of it; NULL: it
 * is a usual one. */
const struct hours_row *hours_on(const struct hours *h, const struct calendar_day *odd,
				 const char *unit, int64_t day);

#endif

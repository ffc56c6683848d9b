/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Working time.  Which days are worked is public notice (holidays of Bộ luật Lao động 2019
 * điều 112, days made up for them, swapped Saturdays of the yearly notices); which hours, is
 * each office's own.  Both are rows of data with the days they are valid for, never constants:
 * see ioc-calendar(5).  A calendar is immutable once read and may be used by any thread. */
#ifndef IOC_DEADLINE_CALENDAR_H
#define IOC_DEADLINE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/paths.h"

struct calendar;
struct worktime; /* the opening hours of one place, compiled; belongs to its calendar */

/* A piece of time: from ≤ t < to. */
struct span {
	int64_t from, to;
};

/* How sure the data is of a day or year. */
enum certainty {
	CERTAIN,  /* a notice or the law says so */
	EXPECTED, /* computed or usual; no notice seen yet */
};

/* A day that differs from the usual week. */
struct calendar_day {
	int64_t day;        /* since 1970-01-01 */
	bool worked;        /* a weekend day that is worked; false: off */
	int64_t instead_of; /* worked: the day whose hours it has; INT64_MIN where unsaid */
	const char *name, *notice;
	enum certainty certainty;
};

/* Reads the shipped files (IOC_DATA_DIR/calendars) and, instead of those of the same name or
 * beside them, the user's (config_dir/calendars).  NULL with *e "FILE:LINE:COLUMN: …". */
struct calendar *calendar_open(const struct paths *p, struct err *e);
/* The same, with one more file as though it were in the user's folder. */
struct calendar *calendar_open_with(const struct paths *p, const char *file, struct err *e);
/* From the files of one folder alone. */
struct calendar *calendar_open_folder(const char *folder, struct err *e);
/* From one text alone; `name` stands for the file in messages. */
struct calendar *calendar_parse(const char *name, const char *text, size_t n, struct err *e);
void calendar_free(struct calendar *c);

/* Changes whenever the data does: the files' own version and a digest of their content, such
 * as "2026-11-21.5f3a".  Every computed deadline carries it. */
const char *calendar_version(const struct calendar *c);
/* The i-th file that was read; NULL past the end. */
const char *calendar_file(const struct calendar *c, size_t i);
/* NULL for an ordinary day. */
const struct calendar_day *calendar_day(const struct calendar *c, int64_t day);
/* Whether the year's notices are all in the data; *why says what is missing (borrowed). */
bool calendar_year_complete(const struct calendar *c, int year, const char **why);
/* The numbers of the year's notices, "119/TB-LĐTBXH, …"; NULL: none. */
const char *calendar_notices(const struct calendar *c, int year);
/* The first year from `from`'s to `to`'s whose notices are missing; 0: none.  Years before 2015
 * and after 2045 have none. */
int calendar_gap(const struct calendar *c, int64_t from, int64_t to);
/* The first day from `from`'s to `to`'s that is EXPECTED to be off or worked; NULL: none. */
const struct calendar_day *calendar_doubt(const struct calendar *c, int64_t from, int64_t to);
/* The i-th calendar's name and title, in the order of the files; NULL past the end.  A title is
 * NULL where the data has none. */
const char *calendar_name(const struct calendar *c, size_t i);
const char *calendar_title(const struct calendar *c, size_t i);
/* The i-th unit with hours of its own in the named calendar, in the order of the files; NULL
 * past the end. */
const char *calendar_unit(const struct calendar *c, const char *name, size_t i);
/* The day of an instant since 1970-01-01, in the chosen zone. */
int64_t calendar_day_of(int64_t t);

/* The hours of a unit (its code; NULL: the usual ones) by the named calendar ("office",
 * "always" …; NULL: "office").  NULL where no calendar has this name. */
const struct worktime *calendar_hours(const struct calendar *c, const char *name,
				      const char *unit);

/* All of the following count open time in milliseconds, exactly, so that
 * worktime_between(w, t, worktime_add(w, t, n)) == n, and are quick: a search among the
 * openings.  CLOCK_NONE gives CLOCK_NONE or 0.  The days of 2015 to 2045 are as the data says;
 * weeks before and after are as a plain week of the nearest end, without holidays.  Where the
 * hours end for good, adding beyond them gives CLOCK_NONE. */

/* The instant at which so much open time after t is over: the earliest one, so that an amount
 * that ends at closing time ends then and not at the next opening.  An amount below 0 goes
 * back: the latest instant from which so much remains until t. */
int64_t worktime_add(const struct worktime *w, int64_t t, int64_t amount);
/* Open time from one instant to another; below 0 where `to` is before `from`. */
int64_t worktime_between(const struct worktime *w, int64_t from, int64_t to);
bool worktime_is_open(const struct worktime *w, int64_t t);
/* t itself while open. */
int64_t worktime_next_opening(const struct worktime *w, int64_t t);
/* Closing time of the n-th working day after the day of t, which does not count itself
 * (Bộ luật Dân sự 2015 điều 147); n = 0: of the day of t where it is worked, else of the next
 * working day. */
int64_t worktime_add_days(const struct worktime *w, int64_t t, int64_t n);
/* Working days after the day of `from` up to and with the day of `to`; where `to` is earlier,
 * those after the day of `to` up to and with the day of `from`, below 0. */
int64_t worktime_days_between(const struct worktime *w, int64_t from, int64_t to);
/* What counts as one working day when a time is told in days (8 h by custom; 24 h where the
 * place never closes). */
int64_t worktime_day(const struct worktime *w);
/* Whether days off and worked days hold here; where not, no missing notice matters. */
bool worktime_keeps_holidays(const struct worktime *w);

/* The openings of the day of t, at most `room`; returns their number, 0: closed. */
size_t worktime_openings(const struct worktime *w, int64_t t, struct span *out, size_t room);

/* With time that does not count, such as waiting for a citizen's supplement: the pauses may
 * overlap, be in any order and reach beyond either end.  One without an end (CLOCK_NONE) lasts
 * for ever, so that adding into it gives CLOCK_NONE; one without a beginning is none. */
int64_t worktime_add_paused(const struct worktime *w, int64_t t, int64_t amount,
			    const struct span *pauses, size_t count);
int64_t worktime_between_paused(const struct worktime *w, int64_t from, int64_t to,
				const struct span *pauses, size_t count);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time.  Everywhere in the program an instant is milliseconds since 1970-01-01T00:00:00Z in
 * an int64_t, and CLOCK_NONE stands for "no time". */
#ifndef IOC_BASE_CLOCK_H
#define IOC_BASE_CLOCK_H

#include <stdint.h>

#define CLOCK_NONE INT64_MIN
#define CLOCK_TEXT 32 /* room for any text written here */
#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Now by the wall clock, or the time at which clock_fix made it stand still. */
int64_t clock_now(void);
/* Milliseconds that never jump, for time-outs and intervals. */
int64_t clock_monotonic(void);
/* Freezes clock_now at this instant, for reproducible screens; CLOCK_NONE lets it run. */
void clock_fix(int64_t now);

/* Chooses the zone for everything shown to people ("Asia/Ho_Chi_Minh"); a name
 * of which the system has no zone file means a fixed +07:00.  Call before threads. */
void clock_set_zone(const char *name);

struct clock_civil {
	int year, month, day; /* month and day from 1 */
	int hour, minute, second;
	int weekday; /* 1 = Monday … 7 = Sunday (ISO 8601) */
	int offset;  /* seconds east of UTC */
};

/* The civil time in the chosen zone. */
struct clock_civil clock_local(int64_t t);
/* The instant of a civil time in the chosen zone (`offset` and `weekday` are ignored). */
int64_t clock_from_local(const struct clock_civil *c);
/* Days since 1970-01-01 of a Gregorian date, and back. */
int64_t clock_days(int year, int month, int day);
void clock_date(int64_t days, int *year, int *month, int *day);

/* "2026-11-21T12:42:07.000Z" into buf[CLOCK_TEXT]; "" for CLOCK_NONE. */
void clock_format_utc(int64_t t, char *buf);
/* "2026-11-21T19:42:07+07:00", in the chosen zone. */
void clock_format_local(int64_t t, char *buf);
/* Reads RFC 3339 ("2026-11-21T19:42:07.5+07:00", blank for T allowed).  Without an offset
 * the time is taken in the chosen zone; a date alone is its midnight there.  Returns 0 or -1;
 * n is the number of bytes to look at. */
int clock_parse(const char *s, uint64_t n, int64_t *t);
/* Reads a length of time, a whole number with one of the units ms, s, m, h, d and w, such as
 * "30s", as milliseconds.  0 or -1. */
int clock_parse_span(const char *s, int64_t *ms);

#endif

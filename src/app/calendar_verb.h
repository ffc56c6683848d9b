/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of `ioc calendar`. */
#ifndef IOC_APP_CALENDAR_VERB_H
#define IOC_APP_CALENDAR_VERB_H

#include <jansson.h>

#include "app/program.h"
#include "deadline/calendar.h"

struct calendar_request {
	const char *calendar, *unit;
	bool json;
	struct cli_list pauses;
	char **words; /* after the first */
	int count;
	const struct calendar *data; /* NULL for check, which opens its own */
	const struct worktime *hours;
	const struct program *program;
};

/* Each returns the exit code, or -1 with *e. */
int calendar_check(const struct calendar_request *q, struct err *e);
int calendar_show(const struct calendar_request *q, struct err *e);
int calendar_add(const struct calendar_request *q, struct err *e);
int calendar_between(const struct calendar_request *q, struct err *e);

/* Midnight of a day since 1970, in the chosen zone. */
int64_t calendar_midnight(int64_t day);
/* "T3 24/11/2026" into buf[FMT_TEXT]. */
char *calendar_day_text(int64_t day, char *buf);
/* "18h30m" into buf[FMT_TEXT]. */
char *calendar_hours_text(int64_t ms, char *buf);
/* Whether a day is one to be told about. */
typedef bool calendar_wanted(const struct calendar_request *q, const struct calendar_day *d);
/* The odd days of from ≤ day < end that are wanted, a line each; runs of the same are one. */
void calendar_print_days(const struct calendar *c, const struct calendar_request *q,
			 int64_t from, int64_t end, calendar_wanted *wanted);
/* The same as JSON; the caller owns it. */
json_t *calendar_days_json(const struct calendar *c, const struct calendar_request *q,
			   int64_t from, int64_t end, calendar_wanted *wanted);
/* Each odd day; each that no notice has settled; each that changes when q's hours are open. */
calendar_wanted calendar_any_day, calendar_expected_day, calendar_telling_day;

#endif

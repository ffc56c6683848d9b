/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped calendars, and times as texts. */
#ifndef IOC_TESTS_CALENDAR_FIXTURE_H
#define IOC_TESTS_CALENDAR_FIXTURE_H

#include "at.h"
#include "deadline/calendar.h"

/* Opens them and frees them: set-up and teardown of a group, whose state they are. */
int open_calendar(void **state);
int close_calendar(void **state);
struct calendar *load_calendar(void);

/* The hours of offices, and those that never end. */
const struct worktime *office(void **state);
const struct worktime *always(void **state);

void assert_at(int64_t t, const char *expected);

#endif

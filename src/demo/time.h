/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When things happen: office hours with holidays and swapped Saturdays, and the rhythm of a
 * city's day.  Office time is counted in milliseconds of work since 2015, so that adding
 * "three working days" is adding 24 hours of it. */
#ifndef IOC_DEMO_TIME_H
#define IOC_DEMO_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "demo/rng.h"

#define WORKDAY (8 * HOUR)

struct office;

/* Reads the calendars of a folder; the usual office hours count. */
struct office *office_load(const char *folder, struct err *e);
void office_free(struct office *o);
/* Work done in all offices up to this instant, and the instant at which so much is done;
 * office_at(o, office_work(o, t)) is t within office hours, else the last closing. */
int64_t office_work(const struct office *o, int64_t t);
int64_t office_at(const struct office *o, int64_t work);
bool office_is_open(const struct office *o, int64_t t);
/* Which working day it is, counted from the first; its last instant still belongs to it. */
int64_t office_day(int64_t work);
/* The end of that day; of the next one where the day is just over. */
int64_t office_day_end(int64_t work);

/* An instant of the same local day, at an hour when people write and call. */
int64_t rhythm_day(struct rng *r, int64_t t);
/* Moves an instant of the night on to the next morning, for work done by wards. */
int64_t rhythm_waking(struct rng *r, int64_t t);
/* The hour of the day, 0 … 23, where the city is (UTC+7 all year). */
int rhythm_hour(int64_t t);
/* The midnight before t, where the city is. */
int64_t rhythm_midnight(int64_t t);

#endif

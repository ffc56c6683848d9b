/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/time.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/calendar.h"

#define ZONE (7 * HOUR) /* the city's; fixed, so that the data do not depend on the host */

struct office {
	struct calendar *calendar;
	const struct worktime *hours;
	int64_t epoch; /* from which office time is counted */
};

static int64_t floor_day(int64_t t)
{
	int64_t local = t + ZONE;
	return local / DAY - (local % DAY < 0);
}

int64_t rhythm_midnight(int64_t t)
{
	return floor_day(t) * DAY - ZONE;
}

int rhythm_hour(int64_t t)
{
	return (int)((t - rhythm_midnight(t)) / HOUR);
}

struct office *office_load(const char *folder, struct err *e)
{
	struct calendar *c = calendar_open_folder(folder, e);
	if (!c)
		return NULL;
	struct office *o = xcalloc(1, sizeof *o);
	o->calendar = c;
	o->hours = calendar_hours(c, NULL, NULL);
	o->epoch = clock_days(2015, 1, 1) * DAY - ZONE;
	return o;
}

void office_free(struct office *o)
{
	if (!o)
		return;
	calendar_free(o->calendar);
	free(o);
}

int64_t office_work(const struct office *o, int64_t t)
{
	return worktime_between(o->hours, o->epoch, t);
}

int64_t office_day(int64_t work)
{
	return work > 0 ? (work - 1) / WORKDAY : 0;
}

int64_t office_at(const struct office *o, int64_t work)
{
	return worktime_add(o->hours, o->epoch, work);
}

bool office_is_open(const struct office *o, int64_t t)
{
	return worktime_is_open(o->hours, t);
}

int64_t office_day_end(int64_t work)
{
	return (work / WORKDAY + 1) * WORKDAY;
}

int64_t rhythm_day(struct rng *r, int64_t t)
{
	/* How many of a hundred write in each hour, as running sums. */
	static const unsigned sums[24] = {1,  2,  2,  2,  3,  6,  12, 20, 28, 35, 41,  47,
					  52, 55, 59, 64, 70, 77, 84, 91, 96, 99, 101, 102};
	int64_t hour = (int64_t)rng_pick(r, sums, 24);
	return rhythm_midnight(t) + hour * HOUR + rng_between(r, 0, HOUR - 1);
}

int64_t rhythm_waking(struct rng *r, int64_t t)
{
	int hour = rhythm_hour(t);
	if (hour >= 7 && hour < 21)
		return t;
	int64_t morning = rhythm_midnight(t) + (hour >= 21 ? DAY : 0) + 7 * HOUR;
	return morning + rng_between(r, 5 * MINUTE, 150 * MINUTE);
}

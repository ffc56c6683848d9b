/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/yaml.h"

#define ZONE (7 * HOUR) /* the city's; fixed, so that the data do not depend on the host */
#define FIRST_YEAR 2015
#define LAST_YEAR 2040
#define SESSIONS 2

struct office {
	int64_t first;     /* day number of the table's start, since 1970 */
	int32_t days;      /* days in the table */
	int32_t *before;   /* working days before each day */
	bool *works;       /* whether the day is one */
	int32_t *workdays; /* the n-th working day's place in the table */
	int32_t workday_count;
	int64_t start[SESSIONS], end[SESSIONS]; /* of a day's sessions, after midnight */
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

static int read_hour(const struct yaml *y, const struct yaml_node *n, const char *key,
		     int64_t *out, struct err *e)
{
	const char *s = yaml_text(yaml_get(n, key));
	int hour, minute, used = 0;
	if (!s || sscanf(s, "%2d:%2d%n", &hour, &minute, &used) != 2 || s[used])
		return yaml_error(y, n, e, "%s must be a time such as \"07:30\"", key);
	*out = hour * HOUR + minute * MINUTE;
	return 0;
}

static int read_hours(struct office *o, const struct yaml *y, struct err *e)
{
	const struct yaml_node *list = yaml_get(yaml_root(y), "hours");
	if (yaml_count(list) != SESSIONS)
		return yaml_error(y, list ? list : yaml_root(y), e,
				  "hours must be a morning and an afternoon");
	int64_t sum = 0;
	for (size_t i = 0; i < SESSIONS; i++) {
		if (read_hour(y, yaml_at(list, i), "start", &o->start[i], e) < 0 ||
		    read_hour(y, yaml_at(list, i), "end", &o->end[i], e) < 0)
			return -1;
		sum += o->end[i] - o->start[i];
	}
	return sum == WORKDAY ? 0 : yaml_error(y, list, e, "hours must be eight in all");
}

/* Marks the days of one list ("01-31") of a year. */
static int mark(struct office *o, const struct yaml *y, const struct yaml_node *list, int year,
		bool works, struct err *e)
{
	for (size_t i = 0; i < yaml_count(list); i++) {
		const char *s = yaml_text(yaml_at(list, i));
		int month, day, used = 0;
		if (!s || sscanf(s, "%2d-%2d%n", &month, &day, &used) != 2 || s[used])
			return yaml_error(y, yaml_at(list, i), e, "a day is written MM-DD");
		int64_t at = clock_days(year, month, day) - o->first;
		if (at >= 0 && at < o->days)
			o->works[at] = works;
	}
	return 0;
}

static int read_years(struct office *o, const struct yaml *y, struct err *e)
{
	const struct yaml_node *years = yaml_get(yaml_root(y), "years");
	for (size_t i = 0; i < yaml_count(years); i++) {
		const struct yaml_node *n = yaml_at(years, i);
		int64_t year = 0;
		if (yaml_get_int(y, n, "year", FIRST_YEAR, LAST_YEAR, &year, e) < 0 ||
		    mark(o, y, yaml_get(n, "holidays"), (int)year, false, e) < 0 ||
		    mark(o, y, yaml_get(n, "worked"), (int)year, true, e) < 0)
			return -1;
	}
	return 0;
}

static void make_table(struct office *o)
{
	o->first = clock_days(FIRST_YEAR, 1, 1);
	o->days = (int32_t)(clock_days(LAST_YEAR + 1, 1, 1) - o->first);
	o->works = xcalloc((size_t)o->days, sizeof *o->works);
	o->before = xcalloc((size_t)o->days + 1, sizeof *o->before);
	o->workdays = xcalloc((size_t)o->days, sizeof *o->workdays);
	for (int32_t i = 0; i < o->days; i++)
		o->works[i] = (o->first + i + 3) % 7 < 5; /* 1970-01-01 was a Thursday */
}

static void count_days(struct office *o)
{
	for (int32_t i = 0; i < o->days; i++) {
		o->before[i] = o->workday_count;
		if (o->works[i])
			o->workdays[o->workday_count++] = i;
	}
	o->before[o->days] = o->workday_count;
}

struct office *office_load(const char *path, struct err *e)
{
	struct yaml *y = yaml_load(path, e);
	if (!y)
		return NULL;
	struct office *o = xcalloc(1, sizeof *o);
	make_table(o);
	if (read_hours(o, y, e) < 0 || read_years(o, y, e) < 0) {
		office_free(o);
		o = NULL;
	} else {
		count_days(o);
	}
	yaml_free(y);
	return o;
}

void office_free(struct office *o)
{
	if (!o)
		return;
	free(o->works);
	free(o->before);
	free(o->workdays);
	free(o);
}

/* Work done on a working day up to so long after midnight. */
static int64_t within_day(const struct office *o, int64_t since)
{
	int64_t sum = 0;
	for (int i = 0; i < SESSIONS; i++)
		if (since > o->start[i])
			sum += (since < o->end[i] ? since : o->end[i]) - o->start[i];
	return sum;
}

int64_t office_work(const struct office *o, int64_t t)
{
	int64_t day = floor_day(t) - o->first;
	if (day < 0)
		return 0;
	if (day >= o->days)
		return o->workday_count * WORKDAY;
	int64_t work = o->before[day] * WORKDAY;
	return o->works[day] ? work + within_day(o, t - rhythm_midnight(t)) : work;
}

int64_t office_day(int64_t work)
{
	return work > 0 ? (work - 1) / WORKDAY : 0;
}

int64_t office_at(const struct office *o, int64_t work)
{
	int64_t n = office_day(work);
	if (n >= o->workday_count)
		n = o->workday_count - 1;
	int64_t rest = work - n * WORKDAY, since = o->end[SESSIONS - 1];
	for (int i = 0; i < SESSIONS; i++) {
		int64_t length = o->end[i] - o->start[i];
		if (rest <= length) {
			since = o->start[i] + (rest > 0 ? rest : 0);
			break;
		}
		rest -= length;
	}
	return (o->first + o->workdays[n]) * DAY - ZONE + since;
}

bool office_is_open(const struct office *o, int64_t t)
{
	return office_work(o, t + 1) > office_work(o, t);
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

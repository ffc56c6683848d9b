/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast working time is counted: a million records of two years, as a report ages them. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/calendar.h"

enum { RECORDS = 1000000, ROUNDS = 5 };

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct work {
	const struct calendar *calendar;
	const struct worktime *hours;
	const int64_t *times;
	int64_t now;
};

/* Each returns a number that depends on all it did. */
typedef int64_t one(const struct work *w, int64_t t);

static int64_t run_between(const struct work *w, int64_t t)
{
	return worktime_between(w->hours, t, w->now);
}

static int64_t run_add(const struct work *w, int64_t t)
{
	return worktime_add(w->hours, t, 40 * HOUR);
}

static int64_t run_days(const struct work *w, int64_t t)
{
	return worktime_days_between(w->hours, t, w->now);
}

static int64_t run_add_days(const struct work *w, int64_t t)
{
	return worktime_add_days(w->hours, t, 5);
}

static int64_t run_paused(const struct work *w, int64_t t)
{
	const struct span pauses[] = {{t + 9 * DAY, t + 12 * DAY}, {t + DAY, t + 2 * DAY}};
	return worktime_add_paused(w->hours, t, 40 * HOUR, pauses, 2);
}

static int64_t run_gap(const struct work *w, int64_t t)
{
	return calendar_gap(w->calendar, t, w->now);
}

static void measure(const char *name, const struct work *w, one *f)
{
	double best = 1e9;
	int64_t sum = 0;
	for (int round = 0; round < ROUNDS; round++) {
		double began = seconds();
		for (int i = 0; i < RECORDS; i++)
			sum += f(w, w->times[i]) & 0xFFFF;
		double took = seconds() - began;
		best = took < best ? took : best;
	}
	printf("%-24s %8.1f ms a million  (%lld)\n", name, best * 1000, (long long)sum);
}

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	if (argc != 2) {
		fprintf(stderr, "usage: worktime FOLDER-OF-CALENDARS\n");
		return 2;
	}
	clock_set_zone("Asia/Ho_Chi_Minh");
	double began = seconds();
	struct calendar *c = calendar_open_folder(argv[1], &e);
	if (!c) {
		fprintf(stderr, "worktime: %s\n", e.text);
		return 1;
	}
	printf("%-24s %8.1f ms\n", "open the calendars", (seconds() - began) * 1000);
	int64_t *times = xcalloc(RECORDS, sizeof *times);
	struct work w = {c, calendar_hours(c, NULL, NULL), times, INT64_C(1795300000000)};
	uint64_t s = 88172645463325252;
	for (int i = 0; i < RECORDS; i++) {
		s ^= s << 13, s ^= s >> 7, s ^= s << 17;
		times[i] = w.now - (int64_t)(s % (uint64_t)(700 * DAY));
	}
	measure("between", &w, run_between);
	measure("add", &w, run_add);
	measure("days between", &w, run_days);
	measure("add days", &w, run_add_days);
	measure("add with two pauses", &w, run_paused);
	measure("year without notice", &w, run_gap);
	free(times);
	calendar_free(c);
	return 0;
}

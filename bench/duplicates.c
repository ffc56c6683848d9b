/* SPDX-License-Identifier: GPL-3.0-or-later */
/* duplicates CACHE: how long it takes to find what is like a complaint, for a thousand of them
 * spread over the cache, and how many suggestions there are.  Prints one line a figure: name,
 * tab, number, tab, unit. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "model/kinds.h"
#include "store/query.h"

#define ROUNDS 1000

static double milliseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1000000;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

int main(int argc, char **argv)
{
	static double times[ROUNDS];
	struct err e = ERR_INIT;
	int64_t rows, looked = 0, found = 0;
	struct db *db = argc == 2 ? db_open_reader(argv[1], &e) : NULL;
	if (!db || store_count(db, &kind_complaint, NULL, clock_now(), &rows, &e) < 0) {
		fprintf(stderr, "duplicates CACHE: %s\n", e.text);
		return 2;
	}
	struct likeness_rules rules = likeness_usual();
	struct duplicates_query *q = duplicates_query_new(&kind_complaint, &rules);
	for (int i = 0; i < ROUNDS; i++) {
		q->rowid = 1 + rows / ROUNDS * i;
		double at = milliseconds();
		struct duplicates *d = store_duplicates(db, NULL, q);
		times[i] = milliseconds() - at;
		looked += d->looked;
		found += (int64_t)d->count;
		duplicates_free(d);
	}
	qsort(times, ROUNDS, sizeof *times, compare);
	printf("# of %" PRId64 " complaints\n", rows);
	printf("duplicates, median\t%.2f\tms\n", times[ROUNDS / 2]);
	printf("duplicates, p99\t%.2f\tms\n", times[ROUNDS / 100 * 99]);
	printf("duplicates, worst\t%.2f\tms\n", times[ROUNDS - 1]);
	printf("records looked at\t%.1f\t\n", (double)looked / ROUNDS);
	printf("suggestions\t%.3f\t\n", (double)found / ROUNDS);
	duplicates_query_free(q);
	db_close(db);
	return 0;
}

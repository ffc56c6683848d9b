/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benches of the cache share: clocks, dice, and figures as lines of name, number and
 * unit, parted by tabs. */
#ifndef IOC_BENCH_MEASURE_H
#define IOC_BENCH_MEASURE_H

#include <stdint.h>

#include "base/err.h"
#include "store/query.h"

#define MEASURE_NOW INT64_C(1795264927000) /* what "now" is in made records and questions */

int64_t microseconds(void);
/* What this process has computed, so that figures of a busy machine can be judged. */
int64_t cpu_microseconds(void);

struct stopwatch {
	int64_t wall, cpu, wall_start, cpu_start;
};
void stopwatch_start(struct stopwatch *w);
void stopwatch_stop(struct stopwatch *w);

/* Prints so many a second, of the clock and of CPU time. */
void print_rate(const char *name, int64_t count, const struct stopwatch *w);
void print_figure(const char *name, double value, const char *unit);
/* Says what failed, and ends the program. */
_Noreturn void die(const char *what, const struct err *e);

/* The same numbers in every run, unless seeded otherwise. */
void any_seed(uint64_t seed);
uint32_t any(uint32_t below);
#define PICK(list) list[any((uint32_t)ARRAY_LEN(list))]

/* For qsort. */
int by_time(const void *a, const void *b); /* of int64_t */
/* A page without a fault; else the program ends. */
struct page *page_of(struct db *db, const struct page_query *q);
/* The cache, to be read. */
struct db *open_reader(const char *path);

#endif

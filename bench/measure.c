/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"

static int64_t read_clock(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t microseconds(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

int64_t cpu_microseconds(void)
{
	return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

void stopwatch_start(struct stopwatch *w)
{
	w->wall_start = microseconds();
	w->cpu_start = cpu_microseconds();
}

void stopwatch_stop(struct stopwatch *w)
{
	w->wall += microseconds() - w->wall_start;
	w->cpu += cpu_microseconds() - w->cpu_start;
}

void print_rate(const char *name, int64_t count, const struct stopwatch *w)
{
	printf("%s\t%.0f\t/s\t%.0f\t/s of CPU time\n", name,
	       (double)count * 1e6 / (double)(w->wall ? w->wall : 1),
	       (double)count * 1e6 / (double)(w->cpu ? w->cpu : 1));
	fflush(stdout);
}

void print_figure(const char *name, double value, const char *unit)
{
	printf("%s\t%.6g\t%s\n", name, value, unit);
	fflush(stdout);
}

_Noreturn void die(const char *what, const struct err *e)
{
	fprintf(stderr, "%s: %s\n", what, e->text);
	exit(1);
}

static uint64_t dice = 42;

void any_seed(uint64_t seed)
{
	dice = seed;
}

uint32_t any(uint32_t below)
{
	dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((dice >> 33) % below);
}

int by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

struct page *page_of(struct db *db, const struct page_query *q)
{
	struct page *p = store_page(db, q);
	if (p->error.code)
		die("page", &p->error);
	return p;
}

struct db *open_reader(const char *path)
{
	struct err e = ERR_INIT;
	clock_set_zone("Asia/Ho_Chi_Minh");
	struct db *db = db_open_reader(path, &e);
	if (!db)
		die("open", &e);
	return db;
}

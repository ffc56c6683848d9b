/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures what a changed filter costs: the first page of each form of filter, by a connection
 * that has seen nothing yet.
 *
 *	bench/filter CACHE [KIND [FILTER…]]
 *
 * Prints, for open records by their deadline and for all by their arrival: p50 and p95 of the
 * processor's milliseconds, rows of the page, what the count says. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "store/query.h"

#define ROUNDS 21

static const char *const filters[] = {
	"",
	"rác",
	"rác thải",
	"\"rác thải\"",
	"rác hoặc đèn",
	"title:rác",
	"zzzz",
	"state:MOI",
	"severity>=4",
	"severity:1..2 channel:app",
	"created_at:today",
	"tạo:tuần này",
	"due_at<4h",
	"is:late",
	"unit:any",
	"unit:none",
	"officer:none",
	"code:*0423",
	"code:0423",
	"code:*042*",
	"code=PA-00423",
	"phone:*5678",
	"phone:0912345678",
	"plate:26A12345",
	"near:21.327,103.914,300m",
	"near:21.327,103.914,1km",
	"near:21.327,103.914,10km",
	"near:19.500,107.500,300m",
	"near:21.327,103.914,300m rác",
	"-state:MOI rác",
};

static int64_t cpu_microseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void die(const char *what, const struct err *e)
{
	fprintf(stderr, "filter: %s: %s\n", what, e->text);
	exit(1);
}

static int compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static void measure(const char *path, const struct kind *k, const char *filter, bool open)
{
	int64_t times[ROUNDS], total = 0;
	size_t rows = 0;
	bool capped = false;
	char *text = open ? xasprintf("is:open (%s)", *filter ? filter : "is:open")
			  : xstrdup(filter);
	for (int i = 0; i < ROUNDS; i++) {
		struct err e = ERR_INIT;
		struct db *db = db_open_reader(path, &e);
		if (!db)
			die(path, &e);
		struct page_query q = {.kind = k,
				       .filter = text,
				       .sort = open ? COL_DUE_AT : COL_CREATED_AT,
				       .descending = !open,
				       .limit = 50,
				       .now = clock_now()};
		page_free(store_page(db, &(struct page_query){.kind = k,
							      .filter = (char *)"id:0",
							      .limit = 1,
							      .now = q.now}));
		int64_t start = cpu_microseconds();
		struct page *p = store_page(db, &q);
		times[i] = cpu_microseconds() - start;
		if (p->error.code)
			die(filter, &p->error);
		rows = p->count;
		total = p->total;
		capped = p->total_capped;
		page_free(p);
		db_close(db);
	}
	qsort(times, ROUNDS, sizeof *times, compare);
	printf("%-5s %-36s %8.2f %8.2f ms %4zu rows %s%" PRId64 "\n", open ? "open" : "all",
	       filter, (double)times[ROUNDS / 2] / 1000,
	       (double)times[ROUNDS * 95 / 100] / 1000, rows, capped ? ">" : "", total);
	fflush(stdout);
	free(text);
}

int main(int argc, char **argv)
{
	const struct kind *k = kind_find(argc > 2 ? argv[2] : "complaint");
	if (argc < 2 || !k) {
		fprintf(stderr, "usage: filter CACHE [KIND [FILTER…]]\n");
		return 2;
	}
	clock_set_zone("Asia/Ho_Chi_Minh");
	for (int i = 3; i < argc; i++) {
		measure(argv[1], k, argv[i], true);
		measure(argv[1], k, argv[i], false);
	}
	for (size_t i = 0; argc <= 3 && i < ARRAY_LEN(filters); i++) {
		measure(argv[1], k, filters[i], true);
		measure(argv[1], k, filters[i], false);
	}
	return 0;
}

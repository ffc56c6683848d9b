/* SPDX-License-Identifier: GPL-3.0-or-later */
/* outlook CACHE JOURNAL: over a cache that bench/fill made, how long it takes to say what will
 * probably be late, and to look for escalation: at first sight, and with nothing new.  The
 * journal must not exist.  Prints one line a figure: name, tab, number, tab, unit. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "store/escalation.h"
#include "store/query.h"

#define NOW INT64_C(1795264927000)

static void die(const char *what, const struct err *e)
{
	fprintf(stderr, "outlook: %s: %s\n", what, e->text);
	exit(1);
}

static double milliseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1000000;
}

static void measure_forecast(struct db *db, const struct rulebook *rules)
{
	struct forecast_query *q = forecast_query_new();
	q->now = NOW;
	for (int i = 0; i < 3; i++) {
		double at = milliseconds();
		struct forecast_page *p = store_forecast(db, rules, q);
		double took = milliseconds() - at;
		if (p->error.code)
			die("forecast", &p->error);
		printf("# %" PRId64 " cases, %" PRId64 " open ones\nforecast\t%.1f\tms\n",
		       p->kinds[0].cases, p->kinds[0].open, took);
		forecast_page_free(p);
	}
	forecast_query_free(q);
}

static void measure_escalation(struct db *db, struct journal *j, const struct rulebook *rules)
{
	struct err e = ERR_INIT;
	size_t events;
	do {
		struct escalation_list l;
		int64_t wake;
		double at = milliseconds();
		if (escalation_scan(db, j, rules, NOW, &l, &wake, &e) < 0)
			die("escalation", &e);
		events = l.count;
		printf("# %zu events\nescalation\t%.1f\tms\n", events, milliseconds() - at);
		escalation_list_free(&l);
	} while (events);
}

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	struct paths p;
	clock_set_zone("Asia/Ho_Chi_Minh");
	if (argc != 3) {
		fputs("usage: bench/outlook CACHE JOURNAL\n", stderr);
		return 2;
	}
	struct db *db = db_open_writer(argv[1], &e);
	struct journal *j = db ? journal_open(argv[2], &e) : NULL;
	if (!j || paths_resolve(&p, "default", &e) < 0)
		die("open", &e);
	struct rulebook *rules = rulebook_open(&p, &e);
	if (!rules)
		die("rules", &e);
	measure_forecast(db, rules);
	measure_escalation(db, j, rules);
	rulebook_free(rules);
	paths_free(&p);
	journal_close(j);
	db_close(db);
	return 0;
}

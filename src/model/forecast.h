/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question which open records will probably be late, and its answer: plain data that moves
 * between threads; whoever receives a part frees it. */
#ifndef IOC_MODEL_FORECAST_H
#define IOC_MODEL_FORECAST_H

#include "base/arena.h"
#include "base/err.h"
#include "model/record.h"

struct forecast_query {
	uint64_t generation;     /* copied to the answer */
	const struct kind *kind; /* NULL: all queues */
	char *filter;            /* of the open records; NULL: all of them */
	size_t limit;            /* most rows wanted, the likeliest first */
	int64_t now;
};

/* What was asked for a guess: the cases of its unit and category, of its unit, its category or
 * its whole kind. */
enum forecast_scope {
	FORECAST_UNIT_CATEGORY,
	FORECAST_UNIT,
	FORECAST_CATEGORY,
	FORECAST_KIND,
	FORECAST_SCOPES,
};

/* What is expected of an open record. */
struct forecast_guess {
	bool known;                /* false: too few cases are alike */
	enum forecast_scope scope; /* the cases that were asked */
	int alike, late;           /* that ran as long, and of these late; of the widest scope
				      where not known */
	double chance;             /* late / alike */
};

/* How often such forecasts were right: cases of the last weeks, each forecast again when it had
 * used this share of its time, from what was over by then. */
#define FORECAST_TESTS 3
extern const double forecast_test_shares[FORECAST_TESTS]; /* a half, three quarters, 90 % */
struct forecast_score {
	int cases;   /* forecast */
	int unknown; /* too few cases were alike by then */
	int late;    /* of those forecast */
	int said;    /* said to become late */
	int right;   /* said, and were */
};

/* A record that will probably be late, and is not yet. */
struct forecast_row {
	struct record *record;
	struct forecast_guess guess;
	int64_t used, allowed; /* open ms since it came, and until it is due */
	int64_t day;           /* open ms that count as a day */
};

/* One queue's figures. */
struct forecast_kind {
	const struct kind *kind;
	int64_t open;    /* looked at: open, with a deadline to come */
	int64_t likely;  /* of these, with a chance of FORECAST_LIKELY or more */
	int64_t unknown; /* too few cases alike: nothing can be said */
	int64_t cases;   /* whose deadline passed in the window: what guesses rest on */
	int64_t window;  /* ms of the past that were counted */
	bool capped;     /* there was more than could be looked at */
	struct forecast_score scores[FORECAST_TESTS];
};

struct forecast_page {
	uint64_t generation;
	int64_t now;
	struct arena arena;
	struct forecast_row *rows; /* in the arena; the likeliest first, then the nearest due */
	size_t count;
	int64_t total; /* likely ones of all queues, also those beyond the limit */
	struct forecast_kind kinds[KIND_MOST];
	size_t kind_count;
	struct err error; /* code ERR_NONE where all went well */
};

struct forecast_query *forecast_query_new(void);
void forecast_query_free(void *query); /* a struct forecast_query * */
struct forecast_page *forecast_page_new(void);
void forecast_page_free(void *page); /* a struct forecast_page * */

#endif

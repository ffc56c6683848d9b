/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which open records will probably be late, by counting and nothing else.
 *
 * Cases are those whose deadline fell within the last weeks: of each it is known how much of
 * its time it had used when it ended, and whether it was late, also of those still open, so
 * that a unit that never closes anything doesn't look quick.  Of the cases that ran at least as
 * long as an open one has run by now (as a share of its own limit), so many were late: that is
 * its chance.  First the cases of the same unit and category are asked; where too few are
 * alike, all of the unit, then all of the category, then all of the kind. */
#ifndef IOC_DEADLINE_FORECAST_H
#define IOC_DEADLINE_FORECAST_H

#include "base/strbuf.h"
#include "model/forecast.h"

#define FORECAST_LEAST 8    /* alike cases; fewer say nothing */
#define FORECAST_LIKELY 0.5 /* chance from which a record is said to become late */

/* A case of one kind whose deadline is over. */
struct forecast_case {
	const char *unit, *category; /* codes; "" for none; copied */
	double share; /* of its time that it had used when it ended; open ones: by now */
	bool late;    /* ended, or still open, after its deadline */
	int64_t due;
	int64_t test_at[FORECAST_TESTS]; /* when it had used these shares of its time */
};

struct forecast;

struct forecast *forecast_new(int64_t now);
void forecast_free(struct forecast *f);
/* In any order, once each; those due after `now` are left out. */
void forecast_add(struct forecast *f, const struct forecast_case *c);
/* All are added.  Cases whose deadline fell in now - window < due ≤ now count for guesses; how
 * many these are.  Those of the window before it serve the test only. */
int forecast_ready(struct forecast *f, int64_t window);

/* `share`: of its time that the record has used by now, below 1.  Quick: a few searches. */
struct forecast_guess forecast_ask(const struct forecast *f, const char *unit,
				   const char *category, double share);
/* Forecasts the window's cases again, as of when they had used forecast_test_shares[test]. */
struct forecast_score forecast_test(const struct forecast *f, int test);

/* Why, in plain words: "UBND phường Tô Hiệu: 7 of 10 such cases …".  The names are those of the
 * record's unit and category; "" for none. */
void forecast_reason(struct strbuf *b, const struct forecast_row *row, int64_t window,
		     const char *unit, const char *category);
/* "after 75 % of their time: of 646 cases, 120 were called late and 84 of these were (70 %) …",
 * or that nothing can be said yet. */
void forecast_score_words(struct strbuf *b, int test, const struct forecast_score *s);

#endif

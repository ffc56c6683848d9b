/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forecasts counted by hand. */
#include "unit.h"

#include <string.h>

#include "base/clock.h"
#include "deadline/forecast.h"
#include "model/kinds.h"

#define NOW INT64_C(1795000000000)
#define WINDOW (28 * DAY)

/* Due so many days ago after `run` days of time, of which it used a share. */
static void add(struct forecast *f, const char *unit, const char *category, int days_ago,
		double share)
{
	int64_t due = NOW - days_ago * DAY;
	forecast_add(f, &(struct forecast_case){.unit = unit,
						.category = category,
						.share = share,
						.late = share > 1,
						.due = due,
						.test_at = {due - 2 * DAY}});
}

static struct forecast *make(void)
{
	return forecast_new(NOW);
}

static void check(const struct forecast *f, const char *unit, const char *category,
		  double share, enum forecast_scope scope, int late, int alike)
{
	struct forecast_guess g = forecast_ask(f, unit, category, share);
	assert_true(g.known);
	assert_int_equal(g.scope, scope);
	assert_int_equal(g.late, late);
	assert_int_equal(g.alike, alike);
	assert_true(g.chance == (double)late / alike);
}

/* Seven late, and in time after 20 %, 40 %, 60 %, 80 % and 100 %. */
static void add_dozen(struct forecast *f, const char *unit, const char *category)
{
	for (int i = 0; i < 7; i++)
		add(f, unit, category, 1 + i, 1.5);
	for (int i = 1; i <= 5; i++)
		add(f, unit, category, 1 + i, i * 0.2);
}

static void only_cases_that_ran_as_long_are_asked(void **state)
{
	struct forecast *f = make();
	add_dozen(f, "A", "x");
	forecast_ready(f, WINDOW);
	check(f, "A", "x", 0, FORECAST_UNIT_CATEGORY, 7, 12);
	check(f, "A", "x", 0.2, FORECAST_UNIT_CATEGORY, 7, 12);
	check(f, "A", "x", 0.21, FORECAST_UNIT_CATEGORY, 7, 11);
	check(f, "A", "x", 0.7, FORECAST_UNIT_CATEGORY, 7, 9);
	check(f, "A", "x", 0.99, FORECAST_UNIT_CATEGORY, 7, 8);
	forecast_free(f);
	(void)state;
}

static void few_cases_ask_a_wider_circle(void **state)
{
	struct forecast *f = make();
	for (int i = 0; i < 4; i++)
		add(f, "A", "x", 1, 2), add(f, "A", "y", 1, 0.9);
	for (int i = 0; i < 6; i++)
		add(f, "B", "x", 1, 0.9), add(f, "B", "z", 1, 0.95);
	forecast_ready(f, WINDOW);
	check(f, "A", "x", 0.5, FORECAST_UNIT, 4, 8);
	check(f, "B", "x", 0.5, FORECAST_UNIT, 0, 12);
	check(f, "C", "x", 0.5, FORECAST_CATEGORY, 4, 10);
	check(f, "C", "w", 0.5, FORECAST_KIND, 4, 20);
	check(f, "", "", 0.5, FORECAST_KIND, 4, 20);
	check(f, "B", "z", 0.92, FORECAST_KIND, 4, 10);
	forecast_free(f);
	(void)state;
}

static void too_few_cases_say_nothing(void **state)
{
	struct forecast *f = make();
	for (int i = 0; i < 7; i++)
		add(f, "A", "x", 1, 2);
	forecast_ready(f, WINDOW);
	struct forecast_guess g = forecast_ask(f, "A", "x", 0.5);
	assert_false(g.known);
	assert_int_equal(g.scope, FORECAST_KIND);
	assert_int_equal(g.alike, 7);
	struct forecast *none = make();
	forecast_ready(none, WINDOW);
	assert_false(forecast_ask(none, "A", "x", 0.5).known);
	assert_int_equal(forecast_test(none, 0).cases, 0);
	forecast_free(none);
	forecast_free(f);
	(void)state;
}

static void old_and_coming_cases_do_not_count(void **state)
{
	struct forecast *f = make();
	add_dozen(f, "A", "x");
	for (int i = 0; i < 20; i++) {
		add(f, "A", "x", 28, 0.9);  /* just out of the window */
		add(f, "A", "x", 100, 0.9); /* long ago */
		add(f, "A", "x", -1, 0.9);  /* not due yet */
	}
	assert_int_equal(forecast_ready(f, WINDOW), 12);
	check(f, "A", "x", 0, FORECAST_UNIT_CATEGORY, 7, 12);
	forecast_free(f);
	(void)state;
}

static void check_score(struct forecast_score s, int cases, int unknown, int late, int said,
			int right)
{
	assert_int_equal(s.cases, cases);
	assert_int_equal(s.unknown, unknown);
	assert_int_equal(s.late, late);
	assert_int_equal(s.said, said);
	assert_int_equal(s.right, right);
}

/* Tested two days before its deadline, a case knows the deadlines up to then. */
static void the_test_knows_only_what_was_over(void **state)
{
	struct forecast *f = make();
	for (int i = 0; i < 8; i++)
		add(f, "A", "x", 10, 2);
	add(f, "A", "x", 12, 2);   /* 0 over at its test */
	add(f, "A", "x", 11, 0.9); /* 0: the one due on day 12 was over only then … */
	add(f, "A", "x", 8, 2);    /* 10 over: 9 late of 10 */
	add(f, "A", "x", 8, 0.9);  /* the same, said wrongly */
	add(f, "A", "x", 8, 0.3);  /* ended before its test */
	forecast_ready(f, WINDOW);
	check_score(forecast_test(f, 0), 2, 10, 1, 2, 1);
	/* Asking does not wear it out. */
	check_score(forecast_test(f, 0), 2, 10, 1, 2, 1);
	forecast_free(f);
	(void)state;
}

static void the_test_forgets_what_is_too_old(void **state)
{
	struct forecast *f = make();
	for (int i = 0; i < 10; i++)
		add(f, "A", "x", 40, 2); /* late, a window ago */
	add(f, "A", "x", 11, 0.9);       /* tested 27 days later: late ones are known */
	add(f, "A", "x", 10, 0.9);       /* tested 28 days later: they are too old */
	forecast_ready(f, WINDOW);
	check_score(forecast_test(f, 0), 1, 1, 0, 1, 0);
	forecast_free(f);
	(void)state;
}

static void steady_units_are_told_apart(void **state)
{
	struct forecast *f = make();
	for (int i = 1; i < 56; i++) {
		add(f, "SLOW", "x", i, 1.2);
		add(f, "QUICK", "x", i, 0.8);
	}
	forecast_ready(f, WINDOW);
	check(f, "SLOW", "x", 0.5, FORECAST_UNIT_CATEGORY, 27, 27);
	check(f, "QUICK", "x", 0.5, FORECAST_UNIT_CATEGORY, 0, 27);
	check_score(forecast_test(f, 0), 54, 0, 27, 27, 27);
	forecast_free(f);
	(void)state;
}

static void reasons_are_plain_words(void **state)
{
	struct arena a = ARENA_INIT;
	struct strbuf b = STRBUF_INIT;
	struct forecast_row row = {.record = record_new(&a, &kind_dossier),
				   .guess = {true, FORECAST_UNIT_CATEGORY, 10, 7, 0.7},
				   .used = 32 * HOUR,
				   .allowed = 40 * HOUR,
				   .day = 8 * HOUR};
	forecast_reason(&b, &row, WINDOW, "UBND phường Tô Hiệu", "Hộ tịch");
	assert_string_equal(b.s, "UBND phường Tô Hiệu, Hộ tịch: 7 of 10 that ran as long and "
				 "were due in the last 28 days were late; this one has used 4 "
				 "working days of 5 working days");
	strbuf_clear(&b);
	row.guess = (struct forecast_guess){.scope = FORECAST_KIND, .alike = 3};
	forecast_reason(&b, &row, WINDOW, "", "");
	assert_string_equal(b.s,
			    "too few cases to say: 3 alike in the last 28 days, 8 are needed");
	strbuf_clear(&b);
	forecast_score_words(
		&b, 1,
		&(struct forecast_score){.cases = 300, .late = 150, .said = 120, .right = 84});
	assert_non_null(strstr(
		b.s, "after 75% of their time: of 300 cases, 120 were called late and 84"));
	strbuf_free(&b);
	arena_free(&a);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_cases_that_ran_as_long_are_asked),
		cmocka_unit_test(few_cases_ask_a_wider_circle),
		cmocka_unit_test(too_few_cases_say_nothing),
		cmocka_unit_test(old_and_coming_cases_do_not_count),
		cmocka_unit_test(the_test_knows_only_what_was_over),
		cmocka_unit_test(the_test_forgets_what_is_too_old),
		cmocka_unit_test(steady_units_are_told_apart),
		cmocka_unit_test(reasons_are_plain_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

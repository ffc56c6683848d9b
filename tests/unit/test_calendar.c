/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Working time in the shipped calendars: cases worked out by hand. */
#include "calendar_fixture.h"

#include "base/alloc.h"
#include "base/clock.h"

struct add_case {
	const char *from;
	int64_t amount;
	const char *expected;
};

/* clang-format off */
static const struct add_case add_cases[] = {
	/* Within a morning; over lunch; to closing time; from closing time on. */
	{"2026-11-19 08:00", 2 * HOUR, "2026-11-19 10:00"},
	{"2026-11-19 10:30", 2 * HOUR, "2026-11-19 14:30"},
	{"2026-11-19 10:30", 1 * HOUR, "2026-11-19 11:30"},
	{"2026-11-19 11:30", 1 * HOUR, "2026-11-19 14:30"},
	{"2026-11-19 12:15", 1 * HOUR, "2026-11-19 14:30"},
	{"2026-11-19 07:30", 8 * HOUR, "2026-11-19 17:30"},
	{"2026-11-19 17:30", 8 * HOUR, "2026-11-20 17:30"},
	{"2026-11-19 17:29", 2 * MINUTE, "2026-11-20 07:31"},
	{"2026-11-19 06:00", 1, "2026-11-19 07:30:00.001"},
	/* Over a weekend, and over 24/11, which is off since 2026. */
	{"2026-11-20 16:30", 2 * HOUR, "2026-11-23 08:30"},
	{"2026-11-21 10:00", 8 * HOUR, "2026-11-23 17:30"},
	{"2026-11-23 16:30", 2 * HOUR, "2026-11-25 08:30"},
	{"2025-11-24 09:00", 1 * HOUR, "2025-11-24 10:00"},
	{"2026-11-24 09:00", 1 * HOUR, "2026-11-25 08:30"},
	/* Tết 2026: 16/2 to 20/2; Friday 13/2 to Monday 23/2. */
	{"2026-02-13 16:30", 16 * HOUR, "2026-02-24 16:30"},
	{"2026-02-17 00:00", 4 * HOUR, "2026-02-23 11:30"},
	/* Saturday 10/01/2026 is worked for Friday 02/01. */
	{"2025-12-31 17:00", 1 * HOUR, "2026-01-05 08:00"},
	{"2026-01-09 17:00", 1 * HOUR, "2026-01-10 08:00"},
	{"2026-01-10 16:30", 2 * HOUR, "2026-01-12 08:30"},
	/* Saturday 22/8/2026 is worked for Monday 31/8; 31/8 to 2/9 are off. */
	{"2026-08-21 17:00", 1 * HOUR, "2026-08-22 08:00"},
	{"2026-08-28 17:00", 1 * HOUR, "2026-09-03 08:00"},
	/* Friday 29/4/2022: 30/4 and 1/5 fall on the weekend, 2/5 and 3/5 are off for them. */
	{"2022-04-29 17:00", 1 * HOUR, "2022-05-04 08:00"},
	/* Backwards: the latest instant from which so much remains. */
	{"2026-11-19 10:00", -2 * HOUR, "2026-11-19 08:00"},
	{"2026-11-19 14:30", -2 * HOUR, "2026-11-19 10:30"},
	{"2026-11-19 14:30", -1 * HOUR, "2026-11-19 13:30"},
	{"2026-11-19 17:30", -8 * HOUR, "2026-11-19 07:30"},
	{"2026-11-19 07:30", -8 * HOUR, "2026-11-18 07:30"},
	{"2026-11-25 08:30", -2 * HOUR, "2026-11-23 16:30"},
	{"2026-02-23 08:00", -1 * HOUR, "2026-02-13 17:00"},
	{"2026-11-22 12:00", -1 * HOUR, "2026-11-20 16:30"},
	/* Nothing stays where it is, open or not. */
	{"2026-11-22 12:00", 0, "2026-11-22 12:00"},
};

/* clang-format on */

static void adding_follows_the_calendar(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(add_cases); i++) {
		const struct add_case *c = &add_cases[i];
		int64_t end = worktime_add(office(state), at(c->from), c->amount);
		assert_at(end, c->expected);
		assert_true(worktime_between(office(state), at(c->from), end) == c->amount);
	}
}

struct days_case {
	const char *from;
	int64_t days;
	const char *expected;
};

/* clang-format off */
static const struct days_case days_cases[] = {
	{"2026-11-19 08:00", 0, "2026-11-19 17:30"},
	{"2026-11-19 20:00", 0, "2026-11-19 17:30"},
	{"2026-11-21 10:00", 0, "2026-11-23 17:30"},
	{"2026-11-19 16:59", 1, "2026-11-20 17:30"},
	{"2026-11-19 08:00", 3, "2026-11-25 17:30"},
	{"2026-11-21 08:00", 1, "2026-11-23 17:30"},
	{"2026-11-22 08:00", 2, "2026-11-25 17:30"},
	{"2026-01-08 08:00", 2, "2026-01-10 17:30"},
	{"2026-02-13 09:00", 1, "2026-02-23 17:30"},
	{"2026-02-10 09:00", 15, "2026-03-10 17:30"},
	{"2024-04-26 09:00", 3, "2024-05-04 17:30"},
	{"2026-11-25 09:00", -1, "2026-11-23 17:30"},
	{"2026-11-24 09:00", -1, "2026-11-23 17:30"},
	{"2026-11-23 09:00", -1, "2026-11-20 17:30"},
	{"2026-09-03 09:00", -2, "2026-08-27 17:30"},
};

/* clang-format on */

static void working_days_end_at_closing_time(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(days_cases); i++)
		assert_at(worktime_add_days(office(state), at(days_cases[i].from),
					    days_cases[i].days),
			  days_cases[i].expected);
	assert_at(worktime_add_days(always(state), at("2026-11-20 09:00"), 5),
		  "2026-11-26 00:00");
}

static void days_are_counted_without_the_first(void **state)
{
	const struct worktime *w = office(state);
	assert_int_equal(
		worktime_days_between(w, at("2026-11-20 16:00"), at("2026-11-20 17:00")), 0);
	assert_int_equal(
		worktime_days_between(w, at("2026-11-20 16:00"), at("2026-11-23 08:00")), 1);
	assert_int_equal(
		worktime_days_between(w, at("2026-11-20 16:00"), at("2026-11-25 08:00")), 2);
	assert_int_equal(
		worktime_days_between(w, at("2026-11-25 08:00"), at("2026-11-20 16:00")), -2);
	assert_int_equal(worktime_days_between(w, at("2026-02-13"), at("2026-02-22")), 0);
	assert_int_equal(worktime_days_between(w, CLOCK_NONE, at("2026-02-22")), 0);
}

static void openings_are_found(void **state)
{
	const struct worktime *w = office(state);
	assert_at(worktime_next_opening(w, at("2026-11-19 09:00")), "2026-11-19 09:00");
	assert_at(worktime_next_opening(w, at("2026-11-19 07:30")), "2026-11-19 07:30");
	assert_at(worktime_next_opening(w, at("2026-11-19 11:30")), "2026-11-19 13:30");
	assert_at(worktime_next_opening(w, at("2026-11-23 17:30")), "2026-11-25 07:30");
	assert_at(worktime_next_opening(w, at("2026-02-14")), "2026-02-23 07:30");
	assert_true(worktime_is_open(w, at("2026-11-19 11:29:59.999")));
	assert_false(worktime_is_open(w, at("2026-11-19 11:30")));
	assert_true(worktime_next_opening(w, CLOCK_NONE) == CLOCK_NONE);
	struct span day[8];
	assert_int_equal(worktime_openings(w, at("2026-11-24 12:00"), day, 8), 0);
	assert_int_equal(worktime_openings(w, at("2026-11-25 23:00"), day, 8), 2);
	assert_at(day[0].from, "2026-11-25 07:30");
	assert_at(day[1].to, "2026-11-25 17:30");
	assert_int_equal(worktime_openings(always(state), at("2026-11-24 12:00"), day, 8), 1);
	assert_at(day[0].from, "2026-11-24");
	assert_at(day[0].to, "2026-11-25");
	assert_int_equal(worktime_openings(w, at("2026-11-25 23:00"), day, 1), 1);
}

static void the_clock_that_never_stops_counts_every_millisecond(void **state)
{
	const struct worktime *w = always(state);
	assert_true(worktime_day(w) == DAY);
	assert_true(worktime_day(office(state)) == 8 * HOUR);
	assert_true(worktime_keeps_holidays(office(state)));
	assert_false(worktime_keeps_holidays(w));
	for (int64_t t = at("2010-01-01"); t < at("2050-01-01"); t += 400 * DAY + 12345) {
		assert_true(worktime_add(w, t, 3 * HOUR) == t + 3 * HOUR);
		assert_true(worktime_add(w, t, -3 * DAY) == t - 3 * DAY);
		assert_true(worktime_between(w, t, t + 77777) == 77777);
	}
}

static void a_pause_over_tet_takes_only_its_open_hours_away(void **state)
{
	const struct worktime *w = office(state);
	/* Asked Thu 12/2 15:30, answered Tue 24/2 09:30: 2 h + 8 h + 8 h + 2 h open. */
	struct span pause = {at("2026-02-12 15:30"), at("2026-02-24 09:30")};
	assert_true(worktime_between(w, pause.from, pause.to) == 20 * HOUR);
	int64_t from = at("2026-02-11 08:00");
	assert_at(worktime_add(w, from, 24 * HOUR), "2026-02-23 08:00");
	assert_at(worktime_add_paused(w, from, 24 * HOUR, &pause, 1), "2026-02-25 14:00");
	assert_true(worktime_between_paused(w, from, at("2026-02-25 14:00"), &pause, 1) ==
		    24 * HOUR);
}

static void pauses_may_overlap_and_reach_beyond_the_ends(void **state)
{
	const struct worktime *w = office(state);
	const struct span pauses[] = {
		{at("2026-11-19 14:30"), at("2026-11-19 15:30")},
		{at("2026-11-18 16:30"), at("2026-11-19 08:30")},
		{at("2026-11-19 15:00"), at("2026-11-19 16:30")},
		{at("2026-11-19 15:00"), at("2026-11-19 15:00")},
		{CLOCK_NONE, at("2026-11-25 15:00")},
		{at("2026-11-20 09:30"), at("2026-12-24")},
	};
	size_t n = ARRAY_LEN(pauses);
	/* 19/11: 08:30–11:30, 13:30–14:30, 16:30–17:30; 20/11: 07:30–09:30. */
	int64_t from = at("2026-11-19 07:30"), to = at("2026-11-20 17:30");
	assert_true(worktime_between_paused(w, from, to, pauses, n) == 7 * HOUR);
	assert_true(worktime_between_paused(w, to, from, pauses, n) == -7 * HOUR);
	assert_at(worktime_add_paused(w, from, 4 * HOUR, pauses, n), "2026-11-19 14:30");
	assert_at(worktime_add_paused(w, from, 4 * HOUR + 1, pauses, n),
		  "2026-11-19 16:30:00.001");
	assert_at(worktime_add_paused(w, from, 7 * HOUR, pauses, n), "2026-11-20 09:30");
	assert_at(worktime_add_paused(w, from, 8 * HOUR, pauses, n), "2026-12-24 08:30");
	assert_at(worktime_add_paused(w, to, -7 * HOUR, pauses, n), "2026-11-19 08:30");
	assert_at(worktime_add_paused(w, to, -2 * HOUR, pauses, n), "2026-11-20 07:30");
	assert_at(worktime_add_paused(w, from, 0, pauses, n), "2026-11-19 07:30");
}

static void a_pause_without_end_lasts_for_ever(void **state)
{
	const struct worktime *w = office(state);
	struct span open = {at("2026-11-19 09:30"), CLOCK_NONE};
	int64_t from = at("2026-11-19 07:30");
	assert_true(worktime_add_paused(w, from, 3 * HOUR, &open, 1) == CLOCK_NONE);
	assert_at(worktime_add_paused(w, from, 2 * HOUR, &open, 1), "2026-11-19 09:30");
	assert_true(worktime_between_paused(w, from, at("2030-01-01"), &open, 1) == 2 * HOUR);
	assert_at(worktime_add_paused(w, at("2027-03-01"), -1 * HOUR, &open, 1),
		  "2026-11-19 08:30");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adding_follows_the_calendar),
		cmocka_unit_test(working_days_end_at_closing_time),
		cmocka_unit_test(days_are_counted_without_the_first),
		cmocka_unit_test(openings_are_found),
		cmocka_unit_test(the_clock_that_never_stops_counts_every_millisecond),
		cmocka_unit_test(a_pause_over_tet_takes_only_its_open_hours_away),
		cmocka_unit_test(pauses_may_overlap_and_reach_beyond_the_ends),
		cmocka_unit_test(a_pause_without_end_lasts_for_ever),
	};
	return cmocka_run_group_tests(tests, open_calendar, close_calendar);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Working time over the shipped calendars.  The cases were worked out by hand from the table of
 * days off; the properties hold for any instants and amounts. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/calendar.h"

static struct calendar *load(void)
{
	struct err e = ERR_INIT;
	char folder[512];
	snprintf(folder, sizeof folder, "%s/calendars", getenv("IOC_DATA_DIR"));
	struct calendar *c = calendar_open_folder(folder, &e);
	assert_string_equal(e.text, "");
	return c;
}

static int setup(void **state)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
	*state = load();
	return 0;
}

static int teardown(void **state)
{
	calendar_free(*state);
	return 0;
}

/* "2026-11-20 16:30" in the chosen zone. */
static int64_t at(const char *text)
{
	int64_t t;
	if (clock_parse(text, strlen(text), &t) < 0)
		fail_msg("no time: %s", text);
	return t;
}

static void assert_at(int64_t t, const char *expected)
{
	char got[CLOCK_TEXT], want[CLOCK_TEXT];
	clock_format_local(t, got);
	clock_format_local(at(expected), want);
	assert_string_equal(got, want);
	assert_true(t == at(expected));
}

static const struct worktime *office(void **state)
{
	return calendar_hours(*state, NULL, NULL);
}

static const struct worktime *always(void **state)
{
	return calendar_hours(*state, "always", NULL);
}

/* --- days -----------------------------------------------------------------------------------
 */

static void years_have_the_working_days_of_their_notices(void **state)
{
	static const int totals[] = {249, 249, 251, 250, 249}; /* 2022 … 2026 */
	for (int i = 0; i < (int)ARRAY_LEN(totals); i++) {
		char from[24], to[24];
		snprintf(from, sizeof from, "%d-12-31 12:00", 2021 + i);
		snprintf(to, sizeof to, "%d-12-31 12:00", 2022 + i);
		assert_int_equal(worktime_days_between(office(state), at(from), at(to)),
				 totals[i]);
		assert_true(worktime_between(office(state), at(from) + DAY / 2,
					     at(to) + DAY / 2) == totals[i] * 8 * HOUR);
		assert_true(calendar_year_complete(*state, 2022 + i, &(const char *){NULL}));
	}
}

struct span_case {
	const char *from, *to;
};

static void exactly_the_weekdays_of_the_notices_are_off(void **state)
{
	static const struct span_case off[] = {
		{"2022-01-03", "2022-01-03"}, {"2022-01-31", "2022-02-04"},
		{"2022-04-11", "2022-04-11"}, {"2022-05-02", "2022-05-03"},
		{"2022-09-01", "2022-09-02"}, {"2023-01-02", "2023-01-02"},
		{"2023-01-20", "2023-01-26"}, {"2023-05-01", "2023-05-03"},
		{"2023-09-01", "2023-09-01"}, {"2023-09-04", "2023-09-04"},
		{"2024-01-01", "2024-01-01"}, {"2024-02-08", "2024-02-14"},
		{"2024-04-18", "2024-04-18"}, {"2024-04-29", "2024-05-01"},
		{"2024-09-02", "2024-09-03"}, {"2025-01-01", "2025-01-01"},
		{"2025-01-27", "2025-01-31"}, {"2025-04-07", "2025-04-07"},
		{"2025-04-30", "2025-05-02"}, {"2025-09-01", "2025-09-02"},
		{"2026-01-01", "2026-01-02"}, {"2026-02-16", "2026-02-20"},
		{"2026-04-27", "2026-04-27"}, {"2026-04-30", "2026-05-01"},
		{"2026-08-31", "2026-09-02"}, {"2026-11-24", "2026-11-24"},
	};
	static const char *const worked[] = {"2024-05-04", "2025-04-26", "2026-01-10",
					     "2026-08-22"};
	for (int64_t t = at("2022-01-01 09:00"); t < at("2027-01-01"); t += DAY) {
		bool open = clock_local(t).weekday <= 5;
		for (size_t i = 0; i < ARRAY_LEN(off); i++)
			if (t >= at(off[i].from) && t < at(off[i].to) + DAY)
				open = false;
		for (size_t i = 0; i < ARRAY_LEN(worked); i++)
			if (t >= at(worked[i]) && t < at(worked[i]) + DAY)
				open = true;
		assert_int_equal(worktime_is_open(office(state), t), open);
		assert_true(worktime_is_open(always(state), t));
	}
}

/* --- cases by hand --------------------------------------------------------------------------
 */

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

/* --- pauses ---------------------------------------------------------------------------------
 */

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

/* --- properties -----------------------------------------------------------------------------
 */

static uint64_t next(uint64_t *s)
{
	*s ^= *s << 13;
	*s ^= *s >> 7;
	return *s ^= *s << 17;
}

static int64_t pick(uint64_t *s, int64_t low, int64_t high)
{
	return low + (int64_t)(next(s) % (uint64_t)(high - low + 1));
}

#define ROUNDS 20000

/* Instants inside and far outside the years that are counted. */
static int64_t pick_time(uint64_t *s)
{
	bool far = next(s) % 4 == 0;
	return far ? pick(s, at("1600-01-01"), at("2400-01-01"))
		   : pick(s, at("2021-01-01"), at("2028-01-01"));
}

static int64_t pick_amount(uint64_t *s)
{
	int64_t most = next(s) % 3 ? 60 * 8 * HOUR : 20000 * 8 * HOUR;
	return pick(s, -most, most);
}

static void check_inverse(const struct worktime *w, int64_t t, int64_t n)
{
	int64_t end = worktime_add(w, t, n);
	assert_true(worktime_between(w, t, end) == n);
	if (n > 0) { /* the earliest, and the latest */
		assert_true(end > t);
		assert_true(worktime_between(w, t, end - 1) == n - 1);
	} else if (n < 0) {
		assert_true(end < t);
		assert_true(worktime_between(w, t, end + 1) == n + 1);
	}
}

static void adding_then_counting_gives_the_amount_back(void **state)
{
	uint64_t s = 42;
	for (int i = 0; i < ROUNDS; i++) {
		check_inverse(office(state), pick_time(&s), pick_amount(&s));
		check_inverse(always(state), pick_time(&s), pick_amount(&s));
	}
}

static void later_is_never_less(void **state)
{
	uint64_t s = 43;
	const struct worktime *w = office(state);
	for (int i = 0; i < ROUNDS; i++) {
		int64_t t = pick_time(&s), u = t + pick(&s, 0, 40 * DAY), n = pick_amount(&s);
		assert_true(worktime_add(w, t, n) <= worktime_add(w, u, n));
		assert_true(worktime_add(w, t, n) < worktime_add(w, t, n + pick(&s, 1, DAY)));
		assert_true(worktime_between(w, t, u) >= 0);
		assert_true(worktime_between(w, t, u) <= u - t);
		assert_true(worktime_days_between(w, t, u) >= 0);
		assert_true(worktime_next_opening(w, t) <= worktime_next_opening(w, u));
		assert_true(worktime_is_open(w, t) == (worktime_between(w, t, t + 1) == 1));
	}
}

static void counting_is_additive(void **state)
{
	uint64_t s = 44;
	const struct worktime *w = office(state);
	for (int i = 0; i < ROUNDS; i++) {
		int64_t a = pick_time(&s), b = pick_time(&s), c = pick_time(&s);
		assert_true(worktime_between(w, a, b) + worktime_between(w, b, c) ==
			    worktime_between(w, a, c));
		assert_true(worktime_days_between(w, a, b) + worktime_days_between(w, b, c) ==
			    worktime_days_between(w, a, c));
		int64_t n = pick(&s, 1, 500), end = worktime_add_days(w, a, n);
		assert_int_equal(worktime_days_between(w, a, end), n);
		assert_true(worktime_is_open(w, end - 1) && !worktime_is_open(w, end));
	}
}

static void the_order_of_pauses_does_not_matter(void **state)
{
	uint64_t s = 45;
	const struct worktime *w = office(state);
	for (int i = 0; i < ROUNDS / 4; i++) {
		struct span pauses[24], other[24];
		size_t n = (size_t)pick(&s, 0, 24);
		int64_t t = pick_time(&s), amount = pick_amount(&s);
		for (size_t k = 0; k < n; k++) {
			int64_t from = t + pick(&s, -90 * DAY, 90 * DAY);
			other[k] = pauses[k] = (struct span){from,
							     from + pick(&s, -DAY, 20 * DAY)};
		}
		for (size_t k = n; k > 1; k--) {
			size_t j = (size_t)pick(&s, 0, (int64_t)k - 1);
			struct span kept = other[k - 1];
			other[k - 1] = other[j];
			other[j] = kept;
		}
		int64_t end = worktime_add_paused(w, t, amount, pauses, n);
		assert_true(end == worktime_add_paused(w, t, amount, other, n));
		assert_true(worktime_between_paused(w, t, end, other, n) == amount);
		if (amount > 0)
			assert_true(end >= worktime_add(w, t, amount));
	}
}

static void the_ends_of_time_are_survived(void **state)
{
	static const int64_t ends[] = {INT64_MIN, INT64_MIN + 1, -1,       0,
				       1,         INT64_MAX - 1, INT64_MAX};
	const struct worktime *both[] = {office(state), always(state)};
	for (size_t w = 0; w < 2; w++)
		for (size_t i = 0; i < ARRAY_LEN(ends); i++)
			for (size_t k = 0; k < ARRAY_LEN(ends); k++) {
				struct span p = {ends[k], ends[i]}, day[2];
				worktime_add(both[w], ends[i], ends[k]);
				worktime_between(both[w], ends[i], ends[k]);
				worktime_add_days(both[w], ends[i], ends[k]);
				worktime_days_between(both[w], ends[i], ends[k]);
				worktime_next_opening(both[w], ends[i]);
				worktime_openings(both[w], ends[i], day, 2);
				worktime_add_paused(both[w], ends[i], ends[k], &p, 1);
				worktime_between_paused(both[w], ends[i], ends[k], &p, 1);
			}
	assert_true(worktime_add(both[0], CLOCK_NONE, HOUR) == CLOCK_NONE);
	assert_true(worktime_add_days(both[0], CLOCK_NONE, 1) == CLOCK_NONE);
	assert_true(worktime_between(both[0], CLOCK_NONE, 0) == 0);
}

static void check_days_inverse(const struct worktime *w, int64_t t, int64_t n)
{
	int64_t end = worktime_add_days(w, t, n);
	assert_int_equal(worktime_days_between(w, t, end - 1), n);
	assert_true(worktime_is_open(w, end - 1));
}

static void check_zone(const char *name)
{
	clock_set_zone(name);
	struct calendar *c = load();
	void *own = c;
	uint64_t s = 46;
	for (int i = 0; i < ROUNDS / 4; i++) {
		check_inverse(office(&own), pick_time(&s), pick_amount(&s));
		check_inverse(always(&own), pick_time(&s), pick_amount(&s));
		check_days_inverse(office(&own), pick_time(&s), pick(&s, 1, 300));
		check_days_inverse(always(&own), pick_time(&s), pick(&s, 1, 300));
	}
	calendar_free(c);
	clock_set_zone("Asia/Ho_Chi_Minh");
}

static void zones_with_summer_time_break_nothing(void **state)
{
	(void)state;
	check_zone("Europe/Berlin");
	check_zone("Africa/Cairo");        /* goes forward at midnight */
	check_zone("Australia/Lord_Howe"); /* by half an hour */
}

static void hours_are_those_of_the_clock_on_the_wall(void **state)
{
	(void)state;
	clock_set_zone("Europe/Berlin");
	void *c = load();
	/* Friday 27/3/2026 to Monday 30/3: the clock goes forward on Sunday. */
	assert_at(worktime_add(office(&c), at("2026-03-27 16:30"), 2 * HOUR),
		  "2026-03-30 08:30");
	assert_true(worktime_between(always(&c), at("2026-03-29"), at("2026-03-30")) ==
		    23 * HOUR);
	calendar_free(c);
	clock_set_zone("Asia/Ho_Chi_Minh");
}

/* --- what the data says of itself -----------------------------------------------------------
 */

static const struct calendar_day *day(void **state, const char *text)
{
	return calendar_day(*state, calendar_day_of(at(text)));
}

static void odd_days_say_what_they_are(void **state)
{
	assert_null(day(state, "2026-11-20"));
	const struct calendar_day *d = day(state, "2026-11-24");
	assert_false(d->worked);
	assert_int_equal(d->certainty, CERTAIN);
	assert_string_equal(d->name, "Ngày Văn hóa Việt Nam");
	d = day(state, "2026-01-10");
	assert_true(d->worked);
	assert_true(d->instead_of == calendar_day_of(at("2026-01-02")));
	d = day(state, "2026-11-23"); /* worked, unless the swap was decided */
	assert_true(d->worked);
	assert_int_equal(d->certainty, EXPECTED);
	assert_true(d->instead_of == INT64_MIN);
	assert_null(day(state, "2025-11-24"));
}

static void a_year_without_notices_is_known_by_the_law_alone(void **state)
{
	const char *why = NULL;
	static const char *const off[] = {"2027-01-01", "2027-04-16", "2027-04-30",
					  "2027-05-03", "2027-09-02", "2027-11-24"};
	static const char *const guessed[] = {"2027-02-05", "2027-02-08", "2027-02-09",
					      "2027-02-10", "2027-02-11", "2027-09-01",
					      "2027-09-03"};
	assert_false(calendar_year_complete(*state, 2027, &why));
	assert_non_null(why);
	for (size_t i = 0; i < ARRAY_LEN(off); i++)
		assert_false(day(state, off[i])->worked);
	for (size_t i = 0; i < ARRAY_LEN(guessed); i++)
		assert_int_equal(day(state, guessed[i])->certainty, EXPECTED);
	assert_false(day(state, "2027-02-11")->worked);
	assert_true(day(state, "2027-09-01")->worked);
	assert_null(day(state, "2027-04-17"));
	/* 24/11/2029 is a Saturday: not made up.  1/1/2028 is one too, but is. */
	assert_null(day(state, "2029-11-26"));
	assert_false(day(state, "2028-01-03")->worked);
}

static void gaps_are_years_without_notices(void **state)
{
	int64_t now = at("2026-11-22");
	assert_int_equal(calendar_gap(*state, now, now + 30 * DAY), 0);
	assert_int_equal(calendar_gap(*state, now, at("2027-01-01")), 2027);
	assert_int_equal(calendar_gap(*state, at("2027-01-01"), now), 2027);
	assert_int_equal(calendar_gap(*state, at("2021-12-31"), now), 2021);
	assert_int_equal(calendar_gap(*state, at("2022-01-01"), now), 0);
	assert_int_equal(calendar_gap(*state, CLOCK_NONE, now), 0);
	assert_int_equal(calendar_gap(*state, at("2060-01-01"), at("2061-01-01")), 2060);
	const struct calendar_day *d = calendar_doubt(*state, now, now + 5 * DAY);
	assert_true(d->day == calendar_day_of(at("2026-11-23")));
	assert_null(calendar_doubt(*state, now + 2 * DAY, now + 30 * DAY));
	assert_null(calendar_doubt(*state, now, CLOCK_NONE));
}

static void the_version_is_the_newest_and_a_digest(void **state)
{
	const char *v = calendar_version(*state);
	assert_int_equal(strncmp(v, "2026-11-21.", 11), 0);
	assert_int_equal(strlen(v), 19);
	struct err e = ERR_INIT;
	struct calendar *a = calendar_parse("a", "rest: sun\n", 10, &e);
	struct calendar *b = calendar_parse("a", "rest: sat\n", 10, &e);
	assert_string_not_equal(calendar_version(a), calendar_version(b));
	calendar_free(a);
	calendar_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(years_have_the_working_days_of_their_notices),
		cmocka_unit_test(exactly_the_weekdays_of_the_notices_are_off),
		cmocka_unit_test(adding_follows_the_calendar),
		cmocka_unit_test(working_days_end_at_closing_time),
		cmocka_unit_test(days_are_counted_without_the_first),
		cmocka_unit_test(openings_are_found),
		cmocka_unit_test(the_clock_that_never_stops_counts_every_millisecond),
		cmocka_unit_test(a_pause_over_tet_takes_only_its_open_hours_away),
		cmocka_unit_test(pauses_may_overlap_and_reach_beyond_the_ends),
		cmocka_unit_test(a_pause_without_end_lasts_for_ever),
		cmocka_unit_test(adding_then_counting_gives_the_amount_back),
		cmocka_unit_test(later_is_never_less),
		cmocka_unit_test(counting_is_additive),
		cmocka_unit_test(the_order_of_pauses_does_not_matter),
		cmocka_unit_test(the_ends_of_time_are_survived),
		cmocka_unit_test(zones_with_summer_time_break_nothing),
		cmocka_unit_test(hours_are_those_of_the_clock_on_the_wall),
		cmocka_unit_test(odd_days_say_what_they_are),
		cmocka_unit_test(a_year_without_notices_is_known_by_the_law_alone),
		cmocka_unit_test(gaps_are_years_without_notices),
		cmocka_unit_test(the_version_is_the_newest_and_a_digest),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

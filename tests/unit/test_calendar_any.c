/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds of working time whatever the times are. */
#include "calendar_fixture.h"

#include "base/alloc.h"
#include "base/clock.h"

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
	struct calendar *c = load_calendar();
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
	void *c = load_calendar();
	/* Friday 27/3/2026 to Monday 30/3: the clock goes forward on Sunday. */
	assert_at(worktime_add(office(&c), at("2026-03-27 16:30"), 2 * HOUR),
		  "2026-03-30 08:30");
	assert_true(worktime_between(always(&c), at("2026-03-29"), at("2026-03-30")) ==
		    23 * HOUR);
	calendar_free(c);
	clock_set_zone("Asia/Ho_Chi_Minh");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adding_then_counting_gives_the_amount_back),
		cmocka_unit_test(later_is_never_less),
		cmocka_unit_test(counting_is_additive),
		cmocka_unit_test(the_order_of_pauses_does_not_matter),
		cmocka_unit_test(the_ends_of_time_are_survived),
		cmocka_unit_test(zones_with_summer_time_break_nothing),
		cmocka_unit_test(hours_are_those_of_the_clock_on_the_wall),
	};
	return cmocka_run_group_tests(tests, open_calendar, close_calendar);
}

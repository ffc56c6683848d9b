/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the shipped calendars say of days and years, against the notices they are from. */
#include "calendar_fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

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
		cmocka_unit_test(odd_days_say_what_they_are),
		cmocka_unit_test(a_year_without_notices_is_known_by_the_law_alone),
		cmocka_unit_test(gaps_are_years_without_notices),
		cmocka_unit_test(the_version_is_the_newest_and_a_digest),
	};
	return cmocka_run_group_tests(tests, open_calendar, close_calendar);
}

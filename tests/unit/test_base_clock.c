/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times are read, written and turned into dates without a second lost. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

static int in_vietnam(void **state)
{
	(void)state;
	clock_set_zone("Asia/Ho_Chi_Minh");
	return 0;
}

static void expect_time(const char *text, const char *utc)
{
	int64_t t;
	char buf[CLOCK_TEXT];
	assert_int_equal(clock_parse(text, strlen(text), &t), 0);
	clock_format_utc(t, buf);
	assert_string_equal(buf, utc);
}

static void every_written_form_is_read(void **state)
{
	(void)state;
	expect_time("2026-11-21T12:42:07Z", "2026-11-21T12:42:07.000Z");
	expect_time("2026-11-21t19:42:07.5+07:00", "2026-11-21T12:42:07.500Z");
	expect_time("2026-11-21 19:42:07.123456789+0700", "2026-11-21T12:42:07.123Z");
	expect_time("2026-11-21T19:42+07", "2026-11-21T12:42:00.000Z");
	expect_time("2026-11-21T07:42:07-05:00", "2026-11-21T12:42:07.000Z");
	expect_time("2026-11-21T19:42:07", "2026-11-21T12:42:07.000Z");
	expect_time("2026-11-21", "2026-11-20T17:00:00.000Z");
	expect_time("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z");
	expect_time("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z");
	expect_time("1900-01-01T00:00:00Z", "1900-01-01T00:00:00.000Z");
	expect_time("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z");
}

static void nonsense_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"",
		"now",
		"2026",
		"2026-13-01",
		"2026-00-01",
		"2026-02-29",
		"2026-04-31",
		"21/11/2026",
		"2026-11-21T",
		"2026-11-21T24:00:00Z",
		"2026-11-21T12:60:00Z",
		"2026-11-21T12:00:61Z",
		"2026-11-21T12:00:00ZZ",
		"2026-11-21T12:00:00.Z",
		"2026-11-21T12:00:00+",
		"2026-11-21T12:00:00+7",
		"2026-11-21T12:00:00+07:",
		"2026-11-21T12:00:00+24:00",
		"2026-11-21T12:00:00 +07",
		"2026-1-1",
		" 2026-11-21",
		"-2026-11-21",
	};
	int64_t t;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		if (clock_parse(wrong[i], strlen(wrong[i]), &t) == 0)
			fail_msg("\"%s\" was read as a time", wrong[i]);
}

static void lengths_of_time_need_a_number_and_a_unit(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t ms;
	} good[] = {{"0s", 0},          {"250ms", 250},     {"30s", 30 * SECOND},
		    {"2m", 2 * MINUTE}, {"36h", 36 * HOUR}, {"7d", 7 * DAY},
		    {"2w", 14 * DAY}};
	static const char *const wrong[] = {"",    "5",    "s",   "-1s",         "+1s", " 1s",
					    "1 s", "1.5h", "1hs", "1234567890s", "1y"};
	int64_t ms;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_int_equal(clock_parse_span(good[i].text, &ms), 0);
		assert_int_equal(ms, good[i].ms);
	}
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_int_equal(clock_parse_span(wrong[i], &ms), -1);
}

static void reading_stops_at_the_length_given(void **state)
{
	(void)state;
	int64_t t;
	const char *text = "2026-11-21T12:42:07Z";
	for (size_t n = 0; n < strlen(text); n++) {
		char *copy = malloc(n + 1); /* exact, so that a sanitizer sees one byte more */
		memcpy(copy, text, n);
		copy = realloc(copy, n ? n : 1);
		clock_parse(copy, n, &t);
		free(copy);
	}
	assert_int_equal(clock_parse("2026-11-21T12", 10, &t), 0);
}

static void days_and_dates_are_inverse(void **state)
{
	(void)state;
	assert_int_equal(clock_days(1970, 1, 1), 0);
	assert_int_equal(clock_days(2000, 3, 1), 11017);
	int last_day = 31, last_month = 12;
	for (int64_t days = clock_days(1600, 1, 1); days < clock_days(2400, 1, 1); days++) {
		int y, m, d;
		clock_date(days, &y, &m, &d);
		assert_int_equal(clock_days(y, m, d), days);
		assert_true(d == last_day + 1 || (d == 1 && m == last_month % 12 + 1));
		last_day = d;
		last_month = m;
	}
}

static void civil_time_is_that_of_the_zone(void **state)
{
	(void)state;
	int64_t t;
	assert_int_equal(clock_parse("2026-11-21T18:00:01Z", 20, &t), 0);
	struct clock_civil c = clock_local(t);
	assert_int_equal(c.year, 2026);
	assert_int_equal(c.month, 11);
	assert_int_equal(c.day, 22);
	assert_int_equal(c.hour, 1);
	assert_int_equal(c.minute, 0);
	assert_int_equal(c.second, 1);
	assert_int_equal(c.weekday, 7);
	assert_int_equal(c.offset, 7 * 3600);
	assert_int_equal(clock_from_local(&c), t);
	char buf[CLOCK_TEXT];
	clock_format_local(t, buf);
	assert_string_equal(buf, "2026-11-22T01:00:01+07:00");
}

static void zones_with_summer_time_work_too(void **state)
{
	(void)state;
	clock_set_zone("CET-1CEST,M3.5.0,M10.5.0/3");
	char buf[CLOCK_TEXT];
	int64_t t;
	assert_int_equal(clock_parse("2026-07-01T12:00:00", 19, &t), 0);
	clock_format_local(t, buf);
	assert_string_equal(buf, "2026-07-01T12:00:00+02:00");
	assert_int_equal(clock_parse("2026-12-01T12:00:00", 19, &t), 0);
	clock_format_local(t, buf);
	assert_string_equal(buf, "2026-12-01T12:00:00+01:00");
	clock_set_zone("XXX3:30");
	clock_format_local(0, buf);
	assert_string_equal(buf, "1969-12-31T20:30:00-03:30");
}

static void a_zone_that_is_unknown_is_that_of_vietnam(void **state)
{
	(void)state;
	char buf[CLOCK_TEXT];
	clock_set_zone("Mars/Base");
	clock_format_local(0, buf);
	assert_string_equal(buf, "1970-01-01T07:00:00+07:00");
	clock_set_zone("Asia/Ho_Chi_Minh");
}

static void no_time_and_the_ends_of_time_are_written(void **state)
{
	(void)state;
	char buf[CLOCK_TEXT];
	clock_format_utc(CLOCK_NONE, buf);
	assert_string_equal(buf, "");
	clock_format_local(CLOCK_NONE, buf);
	assert_string_equal(buf, "");
	const int64_t ends[] = {INT64_MAX, INT64_MIN + 1, -1, 0};
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		clock_format_utc(ends[i], buf);
		assert_int_equal(buf[strlen(buf) - 1], 'Z');
		clock_format_local(ends[i], buf);
		assert_int_equal(buf[strlen(buf) - 6], '+');
	}
}

static void the_clock_can_be_stopped_and_runs_again(void **state)
{
	(void)state;
	clock_fix(12345);
	assert_int_equal(clock_now(), 12345);
	clock_fix(CLOCK_NONE);
	assert_true(clock_now() > clock_days(2024, 1, 1) * DAY);
	int64_t a = clock_monotonic();
	assert_true(clock_monotonic() >= a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_written_form_is_read, in_vietnam),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(reading_stops_at_the_length_given),
		cmocka_unit_test(days_and_dates_are_inverse),
		cmocka_unit_test_setup(civil_time_is_that_of_the_zone, in_vietnam),
		cmocka_unit_test(zones_with_summer_time_work_too),
		cmocka_unit_test(a_zone_that_is_unknown_is_that_of_vietnam),
		cmocka_unit_test_setup(no_time_and_the_ends_of_time_are_written, in_vietnam),
		cmocka_unit_test(lengths_of_time_need_a_number_and_a_unit),
		cmocka_unit_test(the_clock_can_be_stopped_and_runs_again),
	};
	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}

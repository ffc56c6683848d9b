/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "export/when.h"

static void expect(struct when *w, int64_t t, const char *text)
{
	char buf[WHEN_TEXT + 1];
	buf[when_iso(w, t, buf)] = '\0';
	assert_string_equal(buf, text);
}

static void it_says_what_the_clock_says(void **state)
{
	(void)state;
	struct when w;
	when_init(&w);
	clock_set_zone("Asia/Ho_Chi_Minh");
	for (int64_t t = INT64_C(-2000000000000); t < INT64_C(2500000000000);
	     t += INT64_C(7919000) * 311) {
		char text[CLOCK_TEXT];
		clock_format_local(t, text);
		expect(&w, t, text);
	}
}

static void milliseconds_show_only_where_there_are_some(void **state)
{
	(void)state;
	struct when w;
	when_init(&w);
	clock_set_zone("Asia/Ho_Chi_Minh");
	expect(&w, 0, "1970-01-01T08:00:00+08:00");
	expect(&w, INT64_C(1795265527000), "2026-11-21T19:52:07+07:00");
	expect(&w, INT64_C(1795265527005), "2026-11-21T19:52:07.005+07:00");
}

static void a_change_of_offset_is_seen_to_the_minute(void **state)
{
	(void)state;
	struct when w;
	when_init(&w);
	clock_set_zone("Europe/Berlin");
	expect(&w, INT64_C(1774745999000), "2026-03-29T01:59:59+01:00");
	expect(&w, INT64_C(1774746000000), "2026-03-29T03:00:00+02:00");
	clock_set_zone("Asia/Ho_Chi_Minh");
}

static void times_of_no_calendar_are_numbers(void **state)
{
	(void)state;
	struct when w;
	when_init(&w);
	expect(&w, INT64_MAX, "9223372036854775807");
	expect(&w, INT64_MIN, "-9223372036854775808");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_says_what_the_clock_says),
		cmocka_unit_test(milliseconds_show_only_where_there_are_some),
		cmocka_unit_test(a_change_of_offset_is_seen_to_the_minute),
		cmocka_unit_test(times_of_no_calendar_are_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

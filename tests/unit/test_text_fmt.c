/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values are written as the administration writes them. */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"

static char buf[FMT_TEXT];

static int speak_vietnamese(void **state)
{
	(void)state;
	clock_set_zone("Asia/Ho_Chi_Minh");
	return i18n_init("vi", getenv("IOC_LOCALE_DIR") ? getenv("IOC_LOCALE_DIR") : "po");
}

static int speak_english(void **state)
{
	(void)state;
	return i18n_init("en", getenv("IOC_LOCALE_DIR") ? getenv("IOC_LOCALE_DIR") : "po");
}

static int64_t instant(const char *text)
{
	int64_t t;
	assert_int_equal(clock_parse(text, strlen(text), &t), 0);
	return t;
}

static void numbers_have_dots_and_a_decimal_comma(void **state)
{
	(void)state;
	assert_string_equal(fmt_integer(0, buf), "0");
	assert_string_equal(fmt_integer(999, buf), "999");
	assert_string_equal(fmt_integer(1234567, buf), "1.234.567");
	assert_string_equal(fmt_integer(-1000, buf), "-1.000");
	assert_string_equal(fmt_integer(INT64_MIN, buf), "-9.223.372.036.854.775.808");
	assert_string_equal(fmt_signed(12, buf), "+12");
	assert_string_equal(fmt_signed(-3, buf), "−3");
	assert_string_equal(fmt_signed(0, buf), "0");
	assert_string_equal(fmt_real(1234.46, 1, buf), "1.234,5");
	assert_string_equal(fmt_real(-0.04, 1, buf), "0,0");
	assert_string_equal(fmt_real(-0.06, 1, buf), "-0,1");
	assert_string_equal(fmt_real(7, 0, buf), "7");
	assert_string_equal(fmt_real(NAN, 2, buf), "–");
	assert_string_equal(fmt_real(HUGE_VAL, 2, buf), "–");
	assert_string_equal(fmt_number(21.3275, buf), "21,3275");
	assert_string_equal(fmt_number(103.9, buf), "103,9");
	assert_string_equal(fmt_number(40, buf), "40");
	assert_string_equal(fmt_number(0.1, buf), "0,1");
	assert_string_equal(fmt_number(1e300, buf), "1e+300");
}

static void percentages_are_never_all_of_less_than_all(void **state)
{
	(void)state;
	assert_string_equal(fmt_percent(8042, 10000, buf), "80,42%");
	assert_string_equal(fmt_percent(190570, 236976, buf), "80,42%");
	assert_string_equal(fmt_percent(308, 348, buf), "88,51%");
	assert_string_equal(fmt_percent(328, 423, buf), "77,54%");
	assert_string_equal(fmt_percent(3743, 3744, buf), "99,97%");
	assert_string_equal(fmt_percent(1, 3, buf), "33,33%");
	assert_string_equal(fmt_percent(2, 3, buf), "66,67%");
	assert_string_equal(fmt_percent(12345, 100000, buf), "12,35%");
	assert_string_equal(fmt_percent(99999, 100000, buf), "99,99%");
	assert_string_equal(fmt_percent(100, 100, buf), "100,00%");
	assert_string_equal(fmt_percent(0, 5, buf), "0,00%");
	assert_string_equal(fmt_percent(5, 0, buf), "–");
	assert_string_equal(fmt_percent(-1, 4, buf), "−25,00%");
	assert_string_equal(fmt_percent(25000, 100, buf), "25.000,00%");
	fmt_percent(INT64_MIN, 1, buf);
	assert_string_equal(fmt_percent(INT64_MAX - 1, INT64_MAX, buf), "99,99%");
}

static void changes_tell_the_difference_and_its_share(void **state)
{
	(void)state;
	assert_string_equal(fmt_change(238, 226, buf), "+12 (+5,31%)");
	assert_string_equal(fmt_change(226, 238, buf), "−12 (−5,04%)");
	assert_string_equal(fmt_change(5, 0, buf), "+5");
	assert_string_equal(fmt_change(5, 5, buf), "0 (0,00%)");
	fmt_change(INT64_MAX, INT64_MIN, buf);
	fmt_change(INT64_MIN, INT64_MAX, buf);
}

static void sizes_are_short(void **state)
{
	(void)state;
	assert_string_equal(fmt_bytes(0, buf), "0 B");
	assert_string_equal(fmt_bytes(1536, buf), "1,5 KB");
	assert_string_equal(fmt_bytes(UINT64_C(20) << 20, buf), "20 MB");
	fmt_bytes(UINT64_MAX, buf);
}

static void times_are_local_and_day_first(void **state)
{
	(void)state;
	int64_t t = instant("2026-11-21T12:42:07Z");
	assert_string_equal(fmt_date(t, buf), "21/11/2026");
	assert_string_equal(fmt_day(t, buf), "21/11");
	assert_string_equal(fmt_time(t, buf), "19:42:07");
	assert_string_equal(fmt_minute(t, buf), "19:42");
	assert_string_equal(fmt_day_time(t, buf), "21/11 19:42");
	assert_string_equal(fmt_date_time(t, buf), "21/11/2026 19:42");
	assert_string_equal(fmt_now(t, buf), "T7 21/11 19:42:07");
	assert_string_equal(fmt_long_time(t, buf), "19 giờ 42 phút ngày 21/11/2026");
	assert_string_equal(fmt_date(CLOCK_NONE, buf), "");
	assert_string_equal(fmt_now(CLOCK_NONE, buf), "");
	assert_string_equal(fmt_long_time(CLOCK_NONE, buf), "");
}

static void near_times_are_told_in_few_words(void **state)
{
	(void)state;
	int64_t now = instant("2026-11-21T12:42:07Z");
	assert_string_equal(fmt_when(instant("2026-11-21T01:05:00Z"), now, buf), "08:05");
	assert_string_equal(fmt_when(instant("2026-11-20T16:59:00Z"), now, buf), "20/11 23:59");
	assert_string_equal(fmt_when(instant("2025-12-31T01:05:00Z"), now, buf), "31/12/2025");
	assert_string_equal(fmt_when(CLOCK_NONE, now, buf), "");
}

static void deadlines_tell_what_is_left_or_exceeded(void **state)
{
	(void)state;
	int64_t now = instant("2026-11-21T12:42:07Z");
	assert_string_equal(fmt_deadline(now - 130 * MINUTE, now, buf), "trễ 2g10ph");
	assert_string_equal(fmt_deadline(now + 35 * MINUTE, now, buf), "còn 35ph");
	assert_string_equal(fmt_deadline(now + 185 * MINUTE, now, buf), "còn 3g05ph");
	assert_string_equal(fmt_deadline(now + 52 * HOUR, now, buf), "còn 2 ngày 4g");
	assert_string_equal(fmt_deadline(now + 2 * DAY, now, buf), "còn 2 ngày");
	assert_string_equal(fmt_deadline(now - 23 * DAY - HOUR, now, buf), "trễ 23 ngày");
	assert_string_equal(fmt_deadline(now + 45 * SECOND, now, buf), "còn 45s");
	assert_string_equal(fmt_deadline(now, now, buf), "còn 0s");
	assert_string_equal(fmt_deadline(CLOCK_NONE, now, buf), "");
	assert_string_equal(fmt_worktime(185 * MINUTE, 8 * HOUR, buf), "3g05ph LV");
	assert_string_equal(fmt_worktime(-17 * HOUR, 8 * HOUR, buf), "2 ngày LV");
	assert_string_equal(fmt_worktime(8 * HOUR, 8 * HOUR, buf), "1 ngày LV");
	assert_string_equal(fmt_worktime(8 * HOUR - 1, 8 * HOUR, buf), "7g59ph LV");
	assert_string_equal(fmt_worktime(28 * HOUR, DAY, buf), "1 ngày 4g");
	assert_string_equal(fmt_worktime(INT64_MIN, 8 * HOUR, buf), "999999 ngày LV");
	assert_string_equal(fmt_deadline(INT64_MAX, -1, buf), "còn 999999 ngày");
	assert_string_equal(fmt_deadline(INT64_MIN + 1, INT64_MAX, buf), "trễ 999999 ngày");
}

static void ages_and_durations_are_short(void **state)
{
	(void)state;
	assert_string_equal(fmt_age(2 * SECOND + 999, buf), "2s");
	assert_string_equal(fmt_age(3 * MINUTE + 59 * SECOND, buf), "3ph");
	assert_string_equal(fmt_age(5 * HOUR + 59 * MINUTE, buf), "5g");
	assert_string_equal(fmt_age(2 * DAY + 5 * HOUR, buf), "2 ngày");
	assert_string_equal(fmt_age(-5 * SECOND, buf), "5s");
	assert_string_equal(fmt_duration(185, buf), "3:05");
	assert_string_equal(fmt_duration(3723, buf), "1:02:03");
	assert_string_equal(fmt_duration(0, buf), "0:00");
	assert_string_equal(fmt_duration(-61, buf), "-1:01");
	fmt_duration(INT64_MIN, buf);
	assert_string_equal(fmt_flag(true, buf), "có");
}

static void english_has_its_own_words_and_separators(void **state)
{
	(void)state;
	assert_string_equal(fmt_integer(1234567, buf), "1,234,567");
	assert_string_equal(fmt_percent(1, 3, buf), "33.33%");
	assert_string_equal(fmt_deadline(-130 * MINUTE, 0, buf), "2h10m late");
	assert_string_equal(fmt_deadline(52 * HOUR, 0, buf), "2d 4h left");
	assert_string_equal(fmt_age(3 * MINUTE, buf), "3m");
	assert_string_equal(fmt_now(instant("2026-11-21T12:42:07Z"), buf),
			    "Sat 21/11 19:42:07");
	assert_string_equal(fmt_long_time(instant("2026-11-21T12:42:07Z"), buf),
			    "19:42 on 21/11/2026");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_have_dots_and_a_decimal_comma),
		cmocka_unit_test(percentages_are_never_all_of_less_than_all),
		cmocka_unit_test(changes_tell_the_difference_and_its_share),
		cmocka_unit_test(sizes_are_short),
		cmocka_unit_test(times_are_local_and_day_first),
		cmocka_unit_test(near_times_are_told_in_few_words),
		cmocka_unit_test(deadlines_tell_what_is_left_or_exceeded),
		cmocka_unit_test(ages_and_durations_are_short),
		cmocka_unit_test_setup(english_has_its_own_words_and_separators, speak_english),
	};
	return cmocka_run_group_tests_name("fmt", tests, speak_vietnamese, NULL);
}

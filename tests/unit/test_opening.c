/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "at.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "deadline/calendar.h"
#include "sync/opening.h"

static void hours_of_the_day_open_and_close(void **state)
{
	(void)state;
	assert_int_equal(opening_wait(NULL, "07:00-17:30", at("2026-11-23T07:00:00+07:00")), 0);
	assert_int_equal(opening_wait(NULL, "07:00-17:30", at("2026-11-23T06:59:30+07:00")),
			 30 * SECOND);
	assert_int_equal(opening_wait(NULL, "07:00-17:30", at("2026-11-23T17:30:00+07:00")),
			 13 * HOUR + 30 * MINUTE);
	assert_int_equal(opening_wait(NULL, "22:00-06:00", at("2026-11-23T02:00:00+07:00")), 0);
}

static void working_hours_follow_the_calendar(void **state)
{
	(void)state;
	char folder[512];
	snprintf(folder, sizeof folder, "%s/calendars", getenv("IOC_DATA_DIR"));
	struct calendar *c = calendar_open_folder(folder, NULL);
	assert_non_null(c);
	assert_int_equal(opening_wait(c, "working", at("2026-11-23T09:00:00+07:00")), 0);
	/* a Sunday: until Monday's opening */
	int64_t sunday = at("2026-11-22T09:00:00+07:00");
	int64_t wait = opening_wait(c, "working", sunday);
	assert_in_range(wait, 21 * HOUR, 24 * HOUR);
	assert_int_equal(opening_wait(c, "working", sunday + wait), 0);
	assert_true(opening_wait(c, "working", sunday + wait - 1) > 0);
	assert_int_equal(opening_wait(NULL, "working", sunday), 0);
	calendar_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_of_the_day_open_and_close),
		cmocka_unit_test(working_hours_follow_the_calendar),
	};
	clock_set_zone("Asia/Ho_Chi_Minh");
	return cmocka_run_group_tests_name("opening", tests, NULL, NULL);
}

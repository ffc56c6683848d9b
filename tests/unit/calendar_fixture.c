/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendar_fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"

struct calendar *load_calendar(void)
{
	struct err e = ERR_INIT;
	char folder[512];
	snprintf(folder, sizeof folder, "%s/calendars", getenv("IOC_DATA_DIR"));
	struct calendar *c = calendar_open_folder(folder, &e);
	assert_string_equal(e.text, "");
	return c;
}

int open_calendar(void **state)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
	*state = load_calendar();
	return 0;
}

int close_calendar(void **state)
{
	calendar_free(*state);
	return 0;
}

void assert_at(int64_t t, const char *expected)
{
	char got[CLOCK_TEXT], want[CLOCK_TEXT];
	clock_format_local(t, got);
	clock_format_local(at(expected), want);
	assert_string_equal(got, want);
	assert_true(t == at(expected));
}

const struct worktime *office(void **state)
{
	return calendar_hours(*state, NULL, NULL);
}

const struct worktime *always(void **state)
{
	return calendar_hours(*state, "always", NULL);
}

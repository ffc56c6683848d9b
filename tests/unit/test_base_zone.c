/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones of servers, held to what the C library says. */
#include "unit.h"

#include <stdlib.h>
#include <time.h>

#include "base/zone.h"

static const char *const names[] = {
	"Asia/Ho_Chi_Minh", "UTC",          "Europe/Berlin",       "America/New_York",
	"America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"};

static int offset_by_libc(int64_t t)
{
	struct tm tm;
	time_t seconds = (time_t)(t / SECOND);
	assert_non_null(localtime_r(&seconds, &tm));
	return (int)tm.tm_gmtoff;
}

static void offsets_are_those_of_the_c_library(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct zone *z = zone_open(names[i]);
		assert_non_null(z);
		setenv("TZ", names[i], 1);
		tzset();
		/* 1980 to 2080, in steps that meet all hours and the rule behind the table */
		for (int64_t t = INT64_C(315532800000); t < INT64_C(3471292800000);
		     t += 100 * HOUR + 17 * MINUTE)
			if (zone_offset(z, t) != offset_by_libc(t))
				fail_msg("%s at %lld: %d, not %d", names[i],
					 (long long)(t / SECOND), zone_offset(z, t),
					 offset_by_libc(t));
		zone_free(z);
	}
}

static int64_t instant(const char *zone, int y, int mo, int d, int h, int mi)
{
	struct zone *z = zone_open(zone);
	struct clock_civil c = {.year = y, .month = mo, .day = d, .hour = h, .minute = mi};
	assert_non_null(z);
	int64_t t = zone_instant(z, &c);
	zone_free(z);
	return t / SECOND;
}

static void civil_times_become_instants(void **state)
{
	(void)state;
	assert_int_equal(instant("Asia/Ho_Chi_Minh", 2026, 11, 22, 7, 0), 1795305600);
	assert_int_equal(instant("+07:00", 2026, 11, 22, 7, 0), 1795305600);
	assert_int_equal(instant("Z", 2026, 11, 22, 0, 0), 1795305600);
	assert_int_equal(instant("-03:30", 2026, 11, 21, 20, 30), 1795305600);
	/* Berlin, summer; the hour that comes twice; the one that does not come */
	assert_int_equal(instant("Europe/Berlin", 2026, 7, 1, 12, 0), 1782900000);
	assert_int_equal(instant("Europe/Berlin", 2026, 10, 25, 2, 30), 1792888200);
	assert_int_equal(instant("Europe/Berlin", 2026, 3, 29, 2, 30), 1774747800);
}

static void wrong_names_are_refused(void **state)
{
	static const char *const wrong[] = {
		"",   "Mars/Olympus", "../../etc/passwd", "/etc/passwd",
		"+7", "+25:00",       "+07:000",          "zone.tab"};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_null(zone_open(wrong[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(offsets_are_those_of_the_c_library),
		cmocka_unit_test(civil_times_become_instants),
		cmocka_unit_test(wrong_names_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

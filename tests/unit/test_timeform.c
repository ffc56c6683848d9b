/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "api/timeform.h"

/* What a text is in these forms (up to three, NULL: none): RFC 3339, "none" or "wrong". */
static void expect(const char *form, const char *zone, const char *text, const char *wanted)
{
	const char *list[] = {form, NULL};
	struct words forms = {list, form ? 1 : 0};
	struct zone *z = zone ? zone_open(zone) : NULL;
	char got[CLOCK_TEXT] = "wrong";
	int64_t t;
	if (timeform_read(&forms, z, text, strlen(text), &t) == 0)
		clock_format_utc(t, got);
	if (!*got)
		snprintf(got, sizeof got, "none");
	if (strcmp(got, wanted) != 0)
		fail_msg("%s as %s: %s, not %s", text, form ? form : "auto", got, wanted);
	zone_free(z);
}

static void without_a_form_the_unmistakable_is_read(void **state)
{
	static const char vn[] = "Asia/Ho_Chi_Minh";
	static const char *const cases[][2] = {
		{"2026-11-20T14:05:00+07:00", "2026-11-20T07:05:00.000Z"},
		{"2026-11-20T14:05:00.1234567+0700", "2026-11-20T07:05:00.123Z"},
		{"2026-11-20T07:05:00Z", "2026-11-20T07:05:00.000Z"},
		{"2026-11-20 14:05:00", "2026-11-20T07:05:00.000Z"},
		{"2026-11-20T14:05", "2026-11-20T07:05:00.000Z"},
		{" 2026-11-20 ", "2026-11-19T17:00:00.000Z"},
		{"20261120140500", "2026-11-20T07:05:00.000Z"},
		{"202611201405", "2026-11-20T07:05:00.000Z"},
		{"20261120", "2026-11-19T17:00:00.000Z"},
		{"20261120T140500", "2026-11-20T07:05:00.000Z"},
		{"1763600000", "2025-11-20T00:53:20.000Z"},
		{"1763600000.471", "2025-11-20T00:53:20.471Z"},
		{"1763600000471", "2025-11-20T00:53:20.471Z"},
		{"/Date(1763600000471+0700)/", "2025-11-20T00:53:20.471Z"},
		{"20/11/2026", "wrong"},
		{"2026-13-20", "wrong"},
		{"2026-02-29", "wrong"},
		{"yesterday", "wrong"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect(NULL, vn, cases[i][0], cases[i][1]);
}

static void no_time_has_many_names(void **state)
{
	static const char *const none[] = {"",
					   "  ",
					   "null",
					   "NULL",
					   "None",
					   "-",
					   "0",
					   "00000000",
					   "0.0",
					   "0000-00-00",
					   "0000-00-00 00:00:00",
					   "0001-01-01T00:00:00",
					   "0001-01-01T00:00:00Z",
					   "1970-01-01T00:00:00Z",
					   "9999-12-31T23:59:59",
					   "9999-12-31",
					   "-62135596800",
					   "253402300799",
					   "253402300799000"};
	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		expect(NULL, "Asia/Ho_Chi_Minh", none[i], "none");
	expect("dd/MM/yyyy", NULL, "00/00/0000", "none");
	expect("dd/MM/yyyy", "UTC", "01/01/0001", "none");
}

static void patterns_are_read_as_people_write(void **state)
{
	static const char *const cases[][3] = {
		{"dd/MM/yyyy HH:mm[:ss]", "20/11/2026 14:05", "2026-11-20T14:05:00.000Z"},
		{"dd/MM/yyyy HH:mm[:ss]", "20/11/2026  14:05:09", "2026-11-20T14:05:09.000Z"},
		{"d/M/yyyy", "1/2/2026", "2026-02-01T00:00:00.000Z"},
		{"dd/MM/yyyy", "1/2/2026", "wrong"},
		{"dd/MM/yyyy", "31/02/2026", "wrong"},
		{"dd-MM-yy", "20-11-26", "2026-11-20T00:00:00.000Z"},
		{"dd/MM/yyyy hh:mm:ss a", "20/11/2026 02:05:00 CH", "2026-11-20T14:05:00.000Z"},
		{"dd/MM/yyyy hh:mm a", "20/11/2026 12:05 SA", "2026-11-20T00:05:00.000Z"},
		{"dd/MM/yyyy hh:mm a", "20/11/2026 12:05 pm", "2026-11-20T12:05:00.000Z"},
		{"h:mm a, d/M/yyyy", "2:05 chiều, 20/11/2026", "2026-11-20T14:05:00.000Z"},
		{"HH'h'mm 'ngày' dd/MM/yyyy", "14h05 ngày 20/11/2026",
		 "2026-11-20T14:05:00.000Z"},
		{"yyyy-MM-dd HH:mm:ss.SSS", "2026-11-20 14:05:00.5",
		 "2026-11-20T14:05:00.500Z"},
		{"MM/dd/yyyy HH:mm XXX", "11/20/2026 14:05 +07:00", "2026-11-20T07:05:00.000Z"},
		{"dd/MM/yyyy", "20/11/2026 14:05", "wrong"},
		{"dd/MM/yyyy HH:mm", "20/11/2026", "wrong"},
		{"seconds", "1763600000", "2025-11-20T00:53:20.000Z"},
		{"milliseconds", "1763600000471", "2025-11-20T00:53:20.471Z"},
		{"iso", "1763600000", "wrong"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_null(timeform_wrong(cases[i][0]));
		expect(cases[i][0], "UTC", cases[i][1], cases[i][2]);
	}
}

static void several_forms_are_tried_in_turn(void **state)
{
	const char *list[] = {"dd/MM/yyyy", "iso", NULL};
	struct words forms = {list, 2};
	int64_t t;
	(void)state;
	assert_int_equal(timeform_read(&forms, NULL, "2026-11-20T07:05:00Z", 20, &t), 0);
	assert_int_equal(t, INT64_C(1795158300000));
	assert_int_equal(timeform_read(&forms, NULL, "1763600000", 10, &t), -1);
}

static void wrong_forms_are_told(void **state)
{
	(void)state;
	assert_non_null(timeform_wrong("HH:mm"));
	assert_non_null(timeform_wrong("yyyy-MM-ddTHH:mm"));
	assert_non_null(timeform_wrong("yyyy['"));
	assert_non_null(timeform_wrong("yyyy]"));
	assert_non_null(timeform_wrong("epoch"));
	assert_null(timeform_wrong("auto"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_form_the_unmistakable_is_read),
		cmocka_unit_test(no_time_has_many_names),
		cmocka_unit_test(patterns_are_read_as_people_write),
		cmocka_unit_test(several_forms_are_tried_in_turn),
		cmocka_unit_test(wrong_forms_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

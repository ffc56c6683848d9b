/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar files: what they may say, and what is refused, with the place and a plain sentence.
 */
#include "at.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/calendar.h"

static struct calendar *parse(const char *text)
{
	struct err e = ERR_INIT;
	struct calendar *c = calendar_parse("x.yaml", text, strlen(text), &e);
	if (!c)
		fail_msg("%s", e.text);
	return c;
}

/* --- refused --------------------------------------------------------------------------------
 */

#define YEAR(rows) "years:\n- year: 2026\n" rows
#define OFFICE(rows) "calendars:\n  office:\n    hours:\n" rows

struct wrong {
	const char *text;
	const char *place; /* of the message's start */
	const char *says;  /* part of it */
};

/* clang-format off */
static const struct wrong wrongs[] = {
	/* Keys and forms. */
	{"year: []\n", "x.yaml:1:1: ", "did you mean \"years\""},
	{"years: {}\n", "x.yaml:1:1: ", "years must be a list"},
	{"- a\n", "x.yaml:1:3: ", "a map"},
	{"version: tomorrow\n", "x.yaml:1:10: ", "a date such as"},
	{"rest: sat-mun\n", "x.yaml:1:7: ", "weekdays"},
	{"rest: mon-sun\n", "x.yaml:1:7: ", "some weekday must be worked"},
	{"rest: \n", "x.yaml:1:1: ", "rest"},
	{"rest: sat,\n", "x.yaml:1:7: ", "weekdays"},
	/* Years. */
	{"years:\n- off: []\n", "x.yaml:2:3: ", "needs its year"},
	{"years:\n- year: 2014\n", "x.yaml:2:9: ", "2015 to 2045"},
	{"years:\n- year: 2026\n- year: 2026\n", "x.yaml:3:9: ", "there already, at x.yaml:2"},
	{YEAR("  of: []\n"), "x.yaml:3:3: ", "did you mean \"off\""},
	{YEAR("  missing: Tết\n"), "x.yaml:3:12: ", "complete: false"},
	{YEAR("  notices: 119\n"), "x.yaml:3:12: ", "notices must be a list"},
	{YEAR("  notices: [[1]]\n"), "x.yaml:3:14: ", "notices must be a list"},
	{YEAR("  complete: perhaps\n"), "x.yaml:3:13: ", "true or false"},
	{YEAR("  off: 2026-01-01\n"), "x.yaml:3:8: ", "off must be a list"},
	/* Days. */
	{YEAR("  off: [{name: x}]\n"), "x.yaml:3:10: ", "a date and a name"},
	{YEAR("  off: [{date: 2026-01-01}]\n"), "x.yaml:3:10: ", "a date and a name"},
	{YEAR("  off: [{date: 2026-02-29, name: x}]\n"), "x.yaml:3:16: ", "a date such as"},
	{YEAR("  off: [{date: 1/1/2026, name: x}]\n"), "x.yaml:3:16: ", "a date such as"},
	{YEAR("  off: [{date: 2025-12-31, name: x}]\n"), "x.yaml:3:16: ", "another year"},
	{YEAR("  off: [{date: 2026-12-31, to: 2027-01-01, name: x}]\n"), "x.yaml:3:16: ", "another year"},
	{YEAR("  off: [{date: 2026-03-03, to: 2026-03-02, name: x}]\n"), "x.yaml:3:32: ", "days after date"},
	{YEAR("  off: [{date: 2026-03-03, to: 2026-12-02, name: x}]\n"), "x.yaml:3:32: ", "days after date"},
	{YEAR("  off: [{date: 2026-03-03, name: x, nme: y}]\n"), "x.yaml:3:37: ", "did you mean \"name\""},
	{YEAR("  off: [{date: 2026-03-03, name: \"\"}]\n"), "x.yaml:3:", "name must be a text"},
	{YEAR("  off: [{date: 2026-03-03, name: x, certainty: sure}]\n"), "x.yaml:3:48: ", "certain or expected"},
	{YEAR("  off: [{date: 2026-03-03, name: x}, {date: 2026-03-03, name: y}]\n"), "x.yaml:3:45: ", "there already"},
	{YEAR("  off: [{date: 2026-03-02, to: 2026-03-06, name: x}, {date: 2026-03-04, name: y}]\n"), "x.yaml:3:61: ", "there already"},
	{YEAR("  unsure: [{date: 2026-03-07, name: x}]\n"), "x.yaml:3:19: ", "day of rest"},
	/* Worked days. */
	{YEAR("  worked: [{date: 2026-03-07, name: x}]\n"), "x.yaml:3:13: ", "needs instead_of"},
	{YEAR("  off: [{date: 2026-03-02, name: x}]\n  worked: [{date: 2026-03-04, name: x, instead_of: 2026-03-02}]\n"), "x.yaml:4:19: ", "usual working day"},
	{YEAR("  off: [{date: 2026-03-02, name: x}]\n  worked: [{date: 2026-03-07, name: x, instead_of: 2026-03-03}]\n"), "x.yaml:4:52: ", "listed under off"},
	{YEAR("  off: [{date: 2026-03-01, name: x}]\n  worked: [{date: 2026-03-07, name: x, instead_of: 2026-03-01}]\n"), "x.yaml:4:52: ", "listed under off"},
	{YEAR("  off: [{date: 2026-03-02, to: 2026-03-07, name: x}]\n  worked: [{date: 2026-03-07, name: x, instead_of: 2026-03-02}]\n"), "x.yaml:4:19: ", "there already"},
	/* Holidays. */
	{"holidays: [{day: 01-01}]\n", "x.yaml:1:13: ", "needs a name"},
	{"holidays: [{name: x}]\n", "x.yaml:1:13: ", "either a day or dates"},
	{"holidays: [{name: x, day: 01-01, dates: [2026-01-01]}]\n", "x.yaml:1:13: ", "either a day or dates"},
	{"holidays: [{name: x, day: 13-01}]\n", "x.yaml:1:27: ", "a month and a day"},
	{"holidays: [{name: x, day: 01-01, days: 0}]\n", "x.yaml:1:40: ", "whole number"},
	{"holidays: [{name: x, day: 01-01, from: 2030, to: 2020}]\n", "x.yaml:1:50: ", "to is before from"},
	{"holidays: [{name: x, dates: [2026-01-01, soon]}]\n", "x.yaml:1:42: ", "a date such as"},
	/* Hours. */
	{"calendars: []\n", "x.yaml:1:1: ", "a map of at most"},
	{"calendars: {my office: {hours: []}}\n", "x.yaml:1:13: ", "letters, digits"},
	{"calendars: {office: 7}\n", "x.yaml:1:13: ", "a map"},
	{"calendars: {office: {title: x}}\n", "x.yaml:1:22: ", "hours must be a list"},
	{"calendars: {office: {hours: []}}\n", "x.yaml:1:13: ", "never opens"},
	{"calendars: {office: {day: 25h, hours: []}}\n", "x.yaml:1:27: ", "1m to 24h"},
	{OFFICE("    - {weekdays: mon-fri}\n"), "x.yaml:4:8: ", "open must be a list"},
	{OFFICE("    - {open: [\"7:30-11:30\"]}\n"), "x.yaml:4:16: ", "hours are written"},
	{OFFICE("    - {open: [\"07:30-24:01\"]}\n"), "x.yaml:4:16: ", "hours are written"},
	{OFFICE("    - {open: [\"07:30-11:60\"]}\n"), "x.yaml:4:16: ", "hours are written"},
	{OFFICE("    - {open: [\"11:30-07:30\"]}\n"), "x.yaml:4:16: ", "end before they start"},
	{OFFICE("    - {open: [\"07:30-07:30\"]}\n"), "x.yaml:4:16: ", "end before they start"},
	{OFFICE("    - {open: [\"07:30-11:30\", \"11:00-17:00\"]}\n"), "x.yaml:4:31: ", "overlap"},
	{OFFICE("    - {open: [\"13:30-17:30\", \"07:30-11:30\"]}\n"), "x.yaml:4:31: ", "order of the day"},
	{OFFICE("    - {open: [a,a,a,a,a,a,a,a,a]}\n"), "x.yaml:4:15: ", "more than 8"},
	{OFFICE("    - {open: [], weekday: mon}\n"), "x.yaml:4:18: ", "did you mean \"weekdays\""},
	{OFFICE("    - {open: [], season: 10-16..02-30}\n"), "x.yaml:4:26: ", "two days of the year"},
	{OFFICE("    - {open: [], season: 10-16}\n"), "x.yaml:4:26: ", "two days of the year"},
	{OFFICE("    - {open: [], units: []}\n"), "x.yaml:4:", "1 to 500 codes"},
	{OFFICE("    - {open: [], units: [[a]]}\n"), "x.yaml:4:27: ", "its code"},
	{OFFICE("    - {open: [], from: 2026-02-01, to: 2026-01-01}\n"), "x.yaml:4:40: ", "to is before from"},
	{OFFICE("    - {open: [\"07:30-11:30\"], to: 2001-01-01}\n"), "x.yaml:2:3: ", "never opens"},
	{OFFICE("    - {units: [A], open: []}\n    - {open: [\"07:30-11:30\"]}\n"), "x.yaml:2:3: ", "never opens for the unit A"},
};
/* clang-format on */

static bool is_refused(const struct wrong *w)
{
	struct err e = ERR_INIT;
	struct calendar *c = calendar_parse("x.yaml", w->text, strlen(w->text), &e);
	bool right = !c && strncmp(e.text, w->place, strlen(w->place)) == 0 &&
		     strstr(e.text, w->says);
	if (!right)
		print_error("for %s\nnot %s… %s\nbut %s\n", w->text, w->place, w->says, e.text);
	calendar_free(c);
	return right;
}

static void what_is_wrong_is_refused_with_its_place(void **state)
{
	(void)state;
	size_t right = 0;
	for (size_t i = 0; i < ARRAY_LEN(wrongs); i++)
		right += is_refused(&wrongs[i]);
	assert_int_equal(right, ARRAY_LEN(wrongs));
}

static void an_empty_file_is_a_calendar_without_anything(void **state)
{
	(void)state;
	const char *why;
	struct calendar *c = parse("# nothing yet\n");
	assert_null(calendar_hours(c, NULL, NULL));
	assert_null(calendar_name(c, 0));
	assert_false(calendar_year_complete(c, 2026, &why));
	assert_int_equal(strlen(calendar_version(c)), 8);
	calendar_free(c);
}

/* --- hours ----------------------------------------------------------------------------------
 */

/* Winter hours over the turn of the year, summer hours else; one unit without Fridays and with
 * Saturday mornings, another from 2027 on by other hours. */
static const char hours[] =
	"calendars:\n"
	"  office:\n"
	"    hours:\n"
	"    - {units: [A], weekdays: fri, open: []}\n"
	"    - {units: [A, B], weekdays: sat, open: [\"08:00-11:00\"]}\n"
	"    - {units: [B], from: 2027-01-01, weekdays: \"mon, wed\", open: "
	"[\"09:00-10:00\"]}\n"
	"    - {season: 10-16..04-15, weekdays: mon-fri, open: [\"07:30-12:00\", "
	"\"13:30-17:00\"]}\n"
	"    - {weekdays: mon-fri, open: [\"07:00-11:30\", \"13:30-17:00\"]}\n"
	"years:\n"
	"- year: 2026\n"
	"  off:\n"
	"  - {date: 2026-10-02, name: Friday off}\n"
	"  - {date: 2026-10-19, name: Monday off}\n"
	"  worked:\n"
	"  - {date: 2026-10-17, name: for the Monday, instead_of: 2026-10-19}\n"
	"  - {date: 2026-10-24, name: for the Friday, instead_of: 2026-10-02}\n";

struct open_case {
	const char *unit, *day, *first; /* NULL: closed */
	int64_t open;
};

/* clang-format off */
static const struct open_case open_cases[] = {
	{NULL, "2026-10-15", "07:00", 8 * HOUR},
	{NULL, "2026-10-16", "07:30", 8 * HOUR},
	{NULL, "2026-04-15", "07:30", 8 * HOUR},
	{NULL, "2026-04-16", "07:00", 8 * HOUR},
	{NULL, "2027-01-01", "07:30", 8 * HOUR},
	{NULL, "2026-10-19", NULL, 0},
	{NULL, "2026-10-31", NULL, 0},
	{"A", "2026-10-16", NULL, 0},
	{"A", "2026-10-31", "08:00", 3 * HOUR},
	{"A", "2026-10-15", "07:00", 8 * HOUR},
	{"B", "2026-10-16", "07:30", 8 * HOUR},
	{"B", "2027-01-04", "09:00", 1 * HOUR},
	{"B", "2027-01-05", "07:30", 8 * HOUR},
	{"B", "2026-01-05", "07:30", 8 * HOUR},
	{"nobody", "2026-10-31", NULL, 0},
	/* A worked Saturday has the hours of the weekday that it is worked for, and the season
	 * of its own date. */
	{NULL, "2026-10-17", "07:30", 8 * HOUR},
	{"A", "2026-10-17", "07:30", 8 * HOUR},
	{"A", "2026-10-24", NULL, 0},
	{"B", "2026-10-24", "07:30", 8 * HOUR},
};
/* clang-format on */

static void the_first_row_that_fits_answers(void **state)
{
	(void)state;
	struct calendar *c = parse(hours);
	for (size_t i = 0; i < ARRAY_LEN(open_cases); i++) {
		const struct open_case *k = &open_cases[i];
		const struct worktime *w = calendar_hours(c, "office", k->unit);
		int64_t day = at(k->day);
		assert_true(worktime_between(w, day, day + DAY) == k->open);
		if (k->first) {
			char first[32];
			snprintf(first, sizeof first, "%s %s", k->day, k->first);
			assert_true(worktime_next_opening(w, day) == at(first));
		}
	}
	assert_string_equal(calendar_unit(c, NULL, 0), "A");
	assert_null(calendar_unit(c, "none", 0));
	assert_null(calendar_hours(c, "none", NULL));
	assert_true(calendar_hours(c, NULL, "nobody") == calendar_hours(c, NULL, NULL));
	calendar_free(c);
}

static void hours_that_end_for_good_are_not_added_beyond(void **state)
{
	(void)state;
	struct calendar *c = parse(OFFICE("    - {open: [\"08:00-12:00\"], to: 2026-06-30}\n"));
	const struct worktime *w = calendar_hours(c, NULL, NULL);
	assert_true(worktime_add(w, at("2026-06-30 08:00"), 4 * HOUR) ==
		    at("2026-06-30 12:00"));
	assert_true(worktime_add(w, at("2026-06-30 08:00"), 4 * HOUR + 1) == CLOCK_NONE);
	assert_true(worktime_add_days(w, at("2026-06-30 08:00"), 1) == CLOCK_NONE);
	assert_true(worktime_next_opening(w, at("2026-07-01")) == CLOCK_NONE);
	assert_false(worktime_is_open(w, at("2050-07-01 09:00")));
	assert_true(worktime_add(w, at("2060-01-01"), -HOUR) == at("2026-06-30 11:00"));
	assert_true(worktime_add(w, at("1990-01-01 09:00"), HOUR) == at("1990-01-01 10:00"));
	calendar_free(c);
}

/* --- holidays of the law --------------------------------------------------------------------
 */

static bool is_off(const struct calendar *c, const char *day)
{
	const struct calendar_day *d = calendar_day(c, calendar_day_of(at(day)));
	return d && !d->worked;
}

static void holidays_stand_in_for_missing_notices(void **state)
{
	(void)state;
	struct calendar *c = parse(
		"holidays:\n"
		"- {name: A, day: 05-01}\n"
		"- {name: B, day: 05-02}\n"
		"- {name: C, day: 11-24, made_up: false, from: 2026, to: 2029}\n"
		"- {name: D, dates: [2021-02-12], before: 1, days: 3}\n"
		"years:\n"
		"- {year: 2022, off: [{date: 2022-05-03, name: x}]}\n"
		"- {year: 2027, complete: false, missing: Tết,\n"
		"   off: [{date: 2027-05-04, name: x}]}\n");
	const char *why = NULL;
	/* Saturday 1/5 and Sunday 2/5/2027, and 4/5 is taken. */
	assert_true(is_off(c, "2027-05-03") && is_off(c, "2027-05-04") &&
		    is_off(c, "2027-05-05"));
	assert_false(is_off(c, "2027-05-06"));
	assert_false(calendar_year_complete(c, 2027, &why));
	assert_string_equal(why, "Tết");
	/* A complete year is as its list says. */
	assert_true(is_off(c, "2022-05-03"));
	assert_false(is_off(c, "2022-05-02"));
	/* From and to; never made up. */
	assert_false(is_off(c, "2025-11-24"));
	assert_true(is_off(c, "2026-11-24") && is_off(c, "2029-11-24"));
	assert_false(is_off(c, "2029-11-26"));
	assert_false(is_off(c, "2030-11-24"));
	/* Thursday to Saturday, made up on Monday. */
	assert_true(is_off(c, "2021-02-11") && is_off(c, "2021-02-12") &&
		    is_off(c, "2021-02-13") && is_off(c, "2021-02-15"));
	assert_false(is_off(c, "2021-02-16"));
	calendar_free(c);
}

static void a_complete_year_is_left_alone_by_its_neighbours(void **state)
{
	(void)state;
	struct calendar *c = parse("holidays:\n"
				   "- {name: A, day: 12-31, days: 3}\n"
				   "- {name: B, day: 01-02, before: 4}\n"
				   "years:\n"
				   "- {year: 2026}\n");
	assert_true(is_off(c, "2025-12-31"));
	assert_null(calendar_day(c, calendar_day_of(at("2026-01-01"))));
	assert_null(calendar_day(c, calendar_day_of(at("2026-12-30"))));
	assert_true(is_off(c, "2028-01-01"));
	calendar_free(c);
}

static void texts_are_cleaned_of_what_terminals_obey(void **state)
{
	(void)state;
	struct calendar *c = parse(YEAR("  notices: [\"a\\e[31mb\"]\n"
					"  off: [{date: 2026-03-03, name: \"x\\x9b2Jy\"}]\n"));
	const struct calendar_day *d = calendar_day(c, calendar_day_of(at("2026-03-03")));
	assert_null(strpbrk(d->name, "\x1b\x9b"));
	assert_null(strchr(calendar_notices(c, 2026), '\x1b'));
	calendar_free(c);
}

/* --- files of the user's --------------------------------------------------------------------
 */

static char folder[256];

static void write_file(const char *name, const char *text)
{
	char path[600];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int make_folder(void **state)
{
	(void)state;
	const char *tmp = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/ioc-test.XXXXXX", tmp ? tmp : "/tmp");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	char command[300];
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	return system(command);
}

static void a_folder_is_read_in_the_order_of_its_names(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	assert_null(calendar_open_folder(folder, &e));
	assert_non_null(strstr(e.text, "office"));
	write_file("b.yaml",
		   "version: 2026-01-01\n" OFFICE("    - {open: [\"08:00-09:00\"]}\n"));
	write_file("a.yaml", "version: 2027-01-01\n" OFFICE(
				     "    - {weekdays: mon, open: [\"10:00-11:00\"]}\n"));
	write_file("c.yml", "wrong: [");
	write_file(".d.yaml", "wrong: [");
	e = (struct err)ERR_INIT;
	struct calendar *c = calendar_open_folder(folder, &e);
	assert_string_equal(e.text, "");
	const struct worktime *w = calendar_hours(c, NULL, NULL);
	assert_true(worktime_next_opening(w, at("2026-11-23")) == at("2026-11-23 10:00"));
	assert_true(worktime_next_opening(w, at("2026-11-24")) == at("2026-11-24 08:00"));
	assert_int_equal(strncmp(calendar_version(c), "2027-01-01.", 11), 0);
	assert_non_null(calendar_file(c, 1));
	assert_null(calendar_file(c, 2));
	calendar_free(c);
}

/* Folders as the program has them, with what a user's `own.yaml` says. */
static struct calendar *open_with_own(const char *name, const char *text, struct err *e)
{
	char own[300], path[64];
	snprintf(own, sizeof own, "%s/calendars", folder);
	assert_int_equal(mkdir(own, 0700), 0);
	snprintf(path, sizeof path, "calendars/%s", name);
	write_file(path, text);
	struct paths p = {.config_dir = folder, .data_dir = getenv("IOC_DATA_DIR")};
	return calendar_open(&p, e);
}

static void a_users_year_takes_the_place_of_the_shipped_one(void **state)
{
	(void)state;
	const char *why;
	struct err e = ERR_INIT;
	struct calendar *c = open_with_own(
		"zz.yaml",
		"years:\n- {year: 2026, notices: [mine], off: [{date: 2026-11-23, name: x}]}\n",
		&e);
	assert_string_equal(e.text, "");
	assert_true(is_off(c, "2026-11-23"));
	assert_false(is_off(c, "2026-11-24"));
	assert_true(is_off(c, "2025-09-02"));
	assert_true(calendar_year_complete(c, 2026, &why));
	assert_string_equal(calendar_notices(c, 2026), "mine");
	calendar_free(c);
}

static void a_users_file_takes_the_place_of_its_namesake(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct calendar *c = open_with_own("vietnam.yaml", "rest: sun\n", &e);
	assert_string_equal(e.text, "");
	assert_false(is_off(c, "2025-09-02"));
	assert_non_null(calendar_hours(c, "always", NULL));
	calendar_free(c);
}

static void each_file_has_its_own_days_of_rest(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct calendar *c = open_with_own("six-days.yaml",
					   "rest: sun\n"
					   "holidays: [{name: x, day: 03-06}]\n",
					   &e);
	assert_string_equal(e.text, "");
	assert_true(is_off(c, "2027-03-06")); /* a Saturday, worked, not made up */
	assert_false(is_off(c, "2027-03-08"));
	assert_true(is_off(c, "2033-03-07")); /* for the Sunday */
	calendar_free(c);
}

int main(void)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_is_refused_with_its_place),
		cmocka_unit_test(an_empty_file_is_a_calendar_without_anything),
		cmocka_unit_test(the_first_row_that_fits_answers),
		cmocka_unit_test(hours_that_end_for_good_are_not_added_beyond),
		cmocka_unit_test(holidays_stand_in_for_missing_notices),
		cmocka_unit_test(texts_are_cleaned_of_what_terminals_obey),
		cmocka_unit_test(a_complete_year_is_left_alone_by_its_neighbours),
		cmocka_unit_test_setup_teardown(each_file_has_its_own_days_of_rest, make_folder,
						remove_folder),
		cmocka_unit_test_setup_teardown(a_folder_is_read_in_the_order_of_its_names,
						make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(a_users_year_takes_the_place_of_the_shipped_one,
						make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(a_users_file_takes_the_place_of_its_namesake,
						make_folder, remove_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

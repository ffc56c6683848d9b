/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc calendar check: whether the files are right, and what they do not know. */
#include <stdio.h>

#include "app/calendar_verb.h"
#include "app/exit_code.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"

#define LONG_AGO 2000

/* Years from the first with notices to the next one. */
struct years {
	int first, last;
};

static struct years years_of(const struct calendar *c, int64_t now)
{
	const char *why;
	int this = clock_local(now).year;
	struct years y = {this, this + 1};
	for (int year = LONG_AGO; year < this; year++)
		if (calendar_year_complete(c, year, &why)) {
			y.first = year;
			break;
		}
	while (calendar_year_complete(c, y.last + 1, &why))
		y.last++;
	return y;
}

static bool this_and_next_complete(const struct calendar *c, int64_t now)
{
	const char *why;
	int this = clock_local(now).year;
	return calendar_year_complete(c, this, &why) &&
	       calendar_year_complete(c, this + 1, &why);
}

static int64_t working_days(const struct calendar *c, int year)
{
	return worktime_days_between(calendar_hours(c, NULL, NULL),
				     calendar_midnight(clock_days(year, 1, 1) - 1),
				     calendar_midnight(clock_days(year + 1, 1, 1) - 1));
}

/* --- as text --------------------------------------------------------------------------------
 */

static void print_calendars(const struct calendar *c)
{
	for (size_t i = 0; calendar_file(c, i); i++)
		printf(_("file: %s\n"), calendar_file(c, i));
	for (size_t i = 0; calendar_name(c, i); i++) {
		const char *title = calendar_title(c, i);
		printf(_("calendar: %s"), calendar_name(c, i));
		printf(title ? " (%s)\n" : "\n", title);
	}
	printf(_("version: %s\n"), calendar_version(c));
}

static void print_year(const struct calendar *c, int year)
{
	const char *why = NULL, *notices = calendar_notices(c, year);
	if (calendar_year_complete(c, year, &why))
		printf(_("%d: %lld working days"), year, (long long)working_days(c, year));
	else
		printf(_("%d: INCOMPLETE, %lld working days as far as is known"), year,
		       (long long)working_days(c, year));
	printf(notices ? " (%s)\n" : "\n", notices);
	if (why)
		printf("  %s\n", why);
	calendar_print_days(c, NULL, clock_days(year, 1, 1), clock_days(year + 1, 1, 1),
			    calendar_expected_day);
}

static void print_text(const struct calendar *c, struct years y)
{
	print_calendars(c);
	for (int year = y.first; year <= y.last; year++)
		print_year(c, year);
}

/* --- as JSON --------------------------------------------------------------------------------
 */

static json_t *year_json(const struct calendar *c, int year)
{
	const char *why = NULL;
	json_t *expected = calendar_days_json(c, NULL, clock_days(year, 1, 1),
					      clock_days(year + 1, 1, 1),
					      calendar_expected_day);
	bool complete = calendar_year_complete(c, year, &why);
	return json_pack("{s:i, s:b, s:s*, s:s*, s:I, s:o}", "year", year, "complete", complete,
			 "missing", why, "notices", calendar_notices(c, year), "working_days",
			 (json_int_t)working_days(c, year), "expected", expected);
}

static void print_json(const struct calendar *c, struct years y)
{
	json_t *files = json_array(), *names = json_array(), *years = json_array();
	for (size_t i = 0; calendar_file(c, i); i++)
		json_array_append_new(files, json_string(calendar_file(c, i)));
	for (size_t i = 0; calendar_name(c, i); i++)
		json_array_append_new(names, json_string(calendar_name(c, i)));
	for (int year = y.first; year <= y.last; year++)
		json_array_append_new(years, year_json(c, year));
	program_print_json(json_pack("{s:s, s:o, s:o, s:o}", "version", calendar_version(c),
				     "files", files, "calendars", names, "years", years),
			   0);
}

/* --- the verb -------------------------------------------------------------------------------
 */

static int check_one(const struct calendar_request *q, const char *file, struct err *e)
{
	struct calendar *c = calendar_open_with(&q->program->paths, file, e);
	if (!c)
		return -1;
	int64_t now = q->program->now;
	(q->json ? print_json : print_text)(c, years_of(c, now));
	int code = this_and_next_complete(c, now) ? EXIT_OK : EXIT_STALE;
	calendar_free(c);
	return code;
}

int calendar_check(const struct calendar_request *q, struct err *e)
{
	int worst = EXIT_OK;
	if (!q->count)
		return check_one(q, NULL, e);
	for (int i = 0; i < q->count; i++) {
		int code = check_one(q, q->words[i], e);
		if (code < 0)
			return -1;
		worst = code > worst ? code : worst;
	}
	return worst;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doctor: the calendars that deadlines are counted by, and their rules. */
#include "app/check.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/rulebook.h"

static void check_year(struct findings *f, const struct calendar *c, int year)
{
	const char *why;
	if (!calendar_year_complete(c, year, &why))
		check_report(f, CHECK_WARNING,
			     _("add the year's notices as a file in calendars/ of the "
			       "configuration folder; see ioc-calendar(5)"),
			     _("the calendar of %d is incomplete: %s"), year, why);
}

void check_calendars(struct findings *f, const struct program *p)
{
	struct err e = ERR_INIT;
	struct calendar *c = calendar_open(&p->paths, &e);
	if (!c) {
		check_report(f, CHECK_PROBLEM,
			     _("correct that line of the file; ioc calendar check reads it "
			       "again"),
			     "%s", e.text);
		return;
	}
	check_report(f, CHECK_OK, NULL, _("version %s"), calendar_version(c));
	int year = clock_local(p->now).year;
	check_year(f, c, year);
	check_year(f, c, year + 1);
	calendar_free(c);
}

void check_deadlines(struct findings *f, const struct program *p)
{
	struct err e = ERR_INIT;
	struct calendar *c = calendar_open(&p->paths, NULL);
	struct rulebook *b = c ? rulebook_open(&p->paths, &e) : NULL;
	if (c && !b)
		check_report(f, CHECK_PROBLEM,
			     _("correct that line of the file; see ioc-deadlines(5)"), "%s",
			     e.text);
	else if (b)
		check_report(f, CHECK_OK, NULL, _("rules %s"), rulebook_version(b));
	rulebook_free(b);
	calendar_free(c);
}

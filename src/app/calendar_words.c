/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How ioc calendar tells days and hours, to people and to programs. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/calendar_verb.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "text/fmt.h"

int64_t calendar_midnight(int64_t day)
{
	struct clock_civil c = {0};
	clock_date(day, &c.year, &c.month, &c.day);
	return clock_from_local(&c);
}

char *calendar_day_text(int64_t day, char *buf)
{
	const char *const names[] = {_("Mon"), _("Tue"), _("Wed"), _("Thu"),
				     _("Fri"), _("Sat"), _("Sun")};
	int year, month, date;
	clock_date(day, &year, &month, &date);
	snprintf(buf, FMT_TEXT, "%s %02d/%02d/%d", names[((day + 3) % 7 + 7) % 7], date, month,
		 year);
	return buf;
}

char *calendar_hours_text(int64_t ms, char *buf)
{
	char seconds[FMT_TEXT] = "";
	uint64_t v = ms < 0 ? -(uint64_t)ms : (uint64_t)ms;
	int minutes = (int)(v / MINUTE % 60), rest = (int)(v / SECOND % 60);
	if (rest)
		snprintf(seconds, sizeof seconds, _("%ds"), rest);
	snprintf(buf, FMT_TEXT, _("%s%lldh%02dm%s"), ms < 0 ? "\u2212" : "",
		 (long long)(v / HOUR), minutes, seconds);
	return buf;
}

static bool is_unsure(const struct calendar_day *d)
{
	return d->worked && d->instead_of == INT64_MIN;
}

bool calendar_any_day(const struct calendar_request *q, const struct calendar_day *d)
{
	(void)q;
	(void)d;
	return true;
}

bool calendar_expected_day(const struct calendar_request *q, const struct calendar_day *d)
{
	(void)q;
	return d->certainty == EXPECTED;
}

bool calendar_telling_day(const struct calendar_request *q, const struct calendar_day *d)
{
	struct span unused;
	bool open = worktime_openings(q->hours, calendar_midnight(d->day), &unused, 1) > 0;
	return open == d->worked;
}

/* --- as text --------------------------------------------------------------------------------
 */

/* The notice where it says more than the year's heading. */
static const char *own_notice(const struct calendar *c, const struct calendar_day *d)
{
	int year, month, date;
	clock_date(d->day, &year, &month, &date);
	const char *all = calendar_notices(c, year);
	return d->notice && (!all || strcmp(all, d->notice) != 0) ? d->notice : NULL;
}

static void print_run(const struct calendar *c, const struct calendar_day *d, int64_t last)
{
	char day[FMT_TEXT], other[FMT_TEXT];
	const char *notice = own_notice(c, d);
	printf("  %s", calendar_day_text(d->day, day));
	if (last > d->day)
		printf(" – %s", calendar_day_text(last, other));
	if (!d->worked)
		printf("  %s", _("off"));
	else if (is_unsure(d))
		printf("  %s", _("worked, as far as is known"));
	else
		printf(_("  worked, with the hours of %s"),
		       calendar_day_text(d->instead_of, other));
	printf(": %s", d->name);
	if (notice)
		printf(" (%s)", notice);
	if (d->certainty == EXPECTED && !is_unsure(d))
		printf(" – %s", _("expected, no notice yet"));
	printf("\n");
}

static bool is_same(const struct calendar_day *a, const struct calendar_day *b)
{
	return a->worked == b->worked && a->instead_of == b->instead_of &&
	       a->certainty == b->certainty && strcmp(a->name, b->name) == 0;
}

void calendar_print_days(const struct calendar *c, const struct calendar_request *q,
			 int64_t from, int64_t end, calendar_wanted *wanted)
{
	const struct calendar_day *first = NULL;
	for (int64_t day = from; day <= end; day++) {
		const struct calendar_day *d = day < end ? calendar_day(c, day) : NULL;
		if (d && !wanted(q, d))
			d = NULL;
		if (first && d && is_same(first, d))
			continue;
		if (first)
			print_run(c, first, day - 1);
		first = d;
	}
}

/* --- as JSON --------------------------------------------------------------------------------
 */

static json_t *date_json(int64_t day)
{
	int year, month, date;
	clock_date(day, &year, &month, &date);
	return json_sprintf("%04d-%02d-%02d", year, month, date);
}

static json_t *day_json(const struct calendar_day *d)
{
	const char *kind = is_unsure(d) ? "unsure" : d->worked ? "worked" : "off";
	json_t *o = json_pack("{s:o, s:s, s:s, s:s*, s:b}", "date", date_json(d->day), "kind",
			      kind, "name", d->name, "notice", d->notice, "certain",
			      d->certainty == CERTAIN);
	if (d->worked && !is_unsure(d))
		json_object_set_new(o, "instead_of", date_json(d->instead_of));
	return o;
}

json_t *calendar_days_json(const struct calendar *c, const struct calendar_request *q,
			   int64_t from, int64_t end, calendar_wanted *wanted)
{
	json_t *list = json_array();
	for (int64_t day = from; day < end; day++) {
		const struct calendar_day *d = calendar_day(c, day);
		if (d && wanted(q, d))
			json_array_append_new(list, day_json(d));
	}
	return list;
}

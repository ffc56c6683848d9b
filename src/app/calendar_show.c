/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc calendar show: a year, a month or a day. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/calendar_verb.h"
#include "app/exit_code.h"
#include "app/instant.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "text/fmt.h"
#include "text/utf8.h"

#define WIDTH 21 /* columns of a month: seven times a number and its mark */
#define LINES 8  /* title, weekdays, six weeks */
#define ABREAST 3
#define OPENINGS 16

/* What is asked for: day 0 is the whole month, month 0 the whole year. */
struct period {
	int year, month, day;
};

static int64_t first_day(const struct period *p)
{
	return clock_days(p->year, p->month ? p->month : 1, p->day ? p->day : 1);
}

/* The day after the last. */
static int64_t end_day(const struct period *p)
{
	if (p->day)
		return first_day(p) + 1;
	if (p->month)
		return clock_days(p->year + p->month / 12, p->month % 12 + 1, 1);
	return clock_days(p->year + 1, 1, 1);
}

/* --- what was asked -------------------------------------------------------------------------
 */

/* "2026", "2026-11", "11/2026". */
static bool read_short(const char *s, struct period *p)
{
	int used = 0;
	size_t n = strlen(s);
	*p = (struct period){0};
	bool read = (n == 4 && sscanf(s, "%4d%n", &p->year, &used) == 1) ||
		    (n == 7 && sscanf(s, "%4d-%2d%n", &p->year, &p->month, &used) == 2) ||
		    (n <= 7 && sscanf(s, "%2d/%4d%n", &p->month, &p->year, &used) == 2);
	return read && (size_t)used == n && p->year >= 1900 && p->year <= 9998 &&
	       (n == 4 || (p->month >= 1 && p->month <= 12));
}

static int read_period(const struct calendar_request *q, struct period *p, struct err *e)
{
	int64_t t = q->program->now;
	if (q->count > 1)
		return err_set(e, ERR_USAGE, _("show takes one year, month or date"));
	if (q->count && read_short(q->words[0], p))
		return 0;
	if (q->count && instant_read(q->words[0], q->program->now, &t, e) < 0)
		return err_set(e, ERR_USAGE,
			       _("\"%.40s\" is no year, month or date: write 2026, 2026-11 or "
				 "2026-11-24"),
			       q->words[0]);
	struct clock_civil c = clock_local(t);
	*p = (struct period){c.year, c.month, q->count ? c.day : 0};
	return 0;
}

/* --- totals ---------------------------------------------------------------------------------
 */

static int64_t working_days(const struct calendar_request *q, const struct period *p)
{
	int64_t before = calendar_midnight(first_day(p) - 1);
	return worktime_days_between(q->hours, before, calendar_midnight(end_day(p) - 1));
}

static int64_t open_time(const struct calendar_request *q, const struct period *p)
{
	return worktime_between(q->hours, calendar_midnight(first_day(p)),
				calendar_midnight(end_day(p)));
}

/* --- months as grids ------------------------------------------------------------------------
 */

static char mark_of(const struct calendar_request *q, int64_t day)
{
	const struct calendar_day *d = calendar_day(q->data, day);
	struct span unused;
	bool open = worktime_openings(q->hours, calendar_midnight(day), &unused, 1) > 0;
	if (d && d->worked == open)
		return d->certainty == EXPECTED ? '?' : open ? '+' : '*';
	return open ? ' ' : '.';
}

static void pad(struct strbuf *b, int columns)
{
	int gap = columns - utf8_swidth(b->s);
	strbuf_addn(b, ' ', gap > 0 ? (size_t)gap : 0);
}

static void add_head(struct strbuf lines[LINES], const struct calendar_request *q,
		     const struct period *p)
{
	const char *const names[] = {_("Mon"), _("Tue"), _("Wed"), _("Thu"),
				     _("Fri"), _("Sat"), _("Sun")};
	strbuf_addf(&lines[0], _("%02d/%d: %lld days"), p->month, p->year,
		    (long long)working_days(q, p));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char two[8];
		size_t n = 0;
		for (int letters = 0; names[i][n] && letters < 2; letters++)
			do
				n++;
			while ((names[i][n] & 0xC0) == 0x80);
		snprintf(two, sizeof two, "%.*s ", (int)n, names[i]);
		strbuf_adds(&lines[1], two);
	}
}

static void make_month(struct strbuf lines[LINES], const struct calendar_request *q,
		       const struct period *p)
{
	int64_t first = first_day(p), end = end_day(p);
	int column = (int)(((first + 3) % 7 + 7) % 7), line = 2;
	add_head(lines, q, p);
	strbuf_addn(&lines[line], ' ', (size_t)column * 3);
	for (int64_t day = first; day < end; day++) {
		strbuf_addf(&lines[line], "%2d%c", (int)(day - first + 1), mark_of(q, day));
		column = (column + 1) % 7;
		line += column == 0;
	}
	for (int i = 0; i < LINES; i++)
		pad(&lines[i], WIDTH);
}

/* So many months from this one on, side by side. */
static void print_months(const struct calendar_request *q, struct period p, int count)
{
	struct strbuf lines[ABREAST][LINES];
	for (int i = 0; i < count; i++, p.month++) {
		for (int l = 0; l < LINES; l++)
			lines[i][l] = (struct strbuf)STRBUF_INIT;
		make_month(lines[i], q, &p);
	}
	for (int l = 0; l < LINES; l++) {
		struct strbuf row = STRBUF_INIT;
		for (int i = 0; i < count; i++) {
			strbuf_addf(&row, "%s%s", i ? "    " : "", lines[i][l].s);
			strbuf_free(&lines[i][l]);
		}
		while (row.len && row.s[row.len - 1] == ' ')
			strbuf_truncate(&row, row.len - 1);
		if (row.len)
			printf("%s\n", row.s);
		strbuf_free(&row);
	}
	printf("\n");
}

/* --- as text --------------------------------------------------------------------------------
 */

static void print_day(const struct calendar_request *q, int64_t day)
{
	struct span open[OPENINGS];
	char buf[FMT_TEXT], from[FMT_TEXT], to[FMT_TEXT];
	size_t n = worktime_openings(q->hours, calendar_midnight(day), open, OPENINGS);
	printf("%s: %s\n", calendar_day_text(day, buf), n ? _("opening hours") : _("closed"));
	for (size_t i = 0; i < n; i++)
		printf("  %s–%s\n", fmt_minute(open[i].from, from),
		       open[i].to == calendar_midnight(day + 1) ? "24:00"
								: fmt_minute(open[i].to, to));
	int64_t next = worktime_next_opening(q->hours, calendar_midnight(day));
	if (!n && next != CLOCK_NONE)
		printf(_("  next opening: %s %s\n"),
		       calendar_day_text(calendar_day_of(next), buf), fmt_minute(next, from));
}

static void print_grids(const struct calendar_request *q, const struct period *p)
{
	struct period from = *p;
	if (p->month) {
		print_months(q, from, 1);
		return;
	}
	for (from.month = 1; from.month <= 12; from.month += ABREAST)
		print_months(q, from, ABREAST);
}

static void print_total(const struct calendar_request *q, const struct period *p)
{
	char hours[FMT_TEXT];
	calendar_hours_text(open_time(q, p), hours);
	if (p->month)
		printf(_("%02d/%d: %lld working days, %s\n"), p->month, p->year,
		       (long long)working_days(q, p), hours);
	else
		printf(_("%d: %lld working days, %s\n"), p->year, (long long)working_days(q, p),
		       hours);
}

static void print_basis(const struct calendar_request *q, const struct period *p)
{
	const char *why, *notices = calendar_notices(q->data, p->year);
	printf(_("calendar: %s, version %s\n"), q->calendar ? q->calendar : "office",
	       calendar_version(q->data));
	if (q->unit)
		printf(_("unit: %s\n"), q->unit);
	if (notices)
		printf(_("notices: %s\n"), notices);
	if (!calendar_year_complete(q->data, p->year, &why))
		printf(_("not certain: the calendar of %d is incomplete: %s\n"), p->year, why);
}

static void print_text(const struct calendar_request *q, const struct period *p)
{
	if (p->day) {
		print_day(q, first_day(p));
	} else {
		print_grids(q, p);
		printf("%s\n\n", _("* off   . closed as usual   + worked for another day   ? "
				   "not certain"));
		print_total(q, p);
	}
	calendar_print_days(q->data, q, first_day(p), end_day(p), calendar_any_day);
	print_basis(q, p);
}

/* --- as JSON --------------------------------------------------------------------------------
 */

static json_t *openings_json(const struct calendar_request *q, int64_t day)
{
	struct span open[OPENINGS];
	char from[CLOCK_TEXT], to[CLOCK_TEXT];
	json_t *list = json_array();
	size_t n = worktime_openings(q->hours, calendar_midnight(day), open, OPENINGS);
	for (size_t i = 0; i < n; i++) {
		clock_format_local(open[i].from, from);
		clock_format_local(open[i].to, to);
		json_array_append_new(list, json_pack("{s:s, s:s}", "from", from, "to", to));
	}
	return list;
}

static json_t *months_json(const struct calendar_request *q, const struct period *p)
{
	json_t *list = json_array();
	struct period one = {p->year, p->month ? p->month : 1, 0};
	for (int last = p->month ? p->month : 12; one.month <= last; one.month++)
		json_array_append_new(
			list, json_pack("{s:i, s:I, s:I}", "month", one.month, "working_days",
					(json_int_t)working_days(q, &one), "open_ms",
					(json_int_t)open_time(q, &one)));
	return list;
}

static void print_json(const struct calendar_request *q, const struct period *p)
{
	const char *why = NULL;
	json_t *days = calendar_days_json(q->data, q, first_day(p), end_day(p),
					  calendar_any_day);
	bool complete = calendar_year_complete(q->data, p->year, &why);
	json_t *o = json_pack("{s:i, s:b, s:s*, s:s*, s:s, s:s*, s:s, s:I, s:I, s:o}", "year",
			      p->year, "complete", complete, "missing", why, "notices",
			      calendar_notices(q->data, p->year), "calendar",
			      q->calendar ? q->calendar : "office", "unit", q->unit, "version",
			      calendar_version(q->data), "working_days",
			      (json_int_t)working_days(q, p), "open_ms",
			      (json_int_t)open_time(q, p), "days", days);
	if (p->day)
		json_object_set_new(o, "openings", openings_json(q, first_day(p)));
	else
		json_object_set_new(o, "months", months_json(q, p));
	program_print_json(o, 0);
}

int calendar_show(const struct calendar_request *q, struct err *e)
{
	struct period p = {0};
	if (read_period(q, &p, e) < 0)
		return -1;
	(q->json ? print_json : print_text)(q, &p);
	return EXIT_OK;
}

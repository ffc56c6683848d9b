/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time half of fmt.h. */
#include "text/fmt.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"

/* Which parts of a civil time to write. */
enum part { DATE = 1, DAY_MONTH = 2, MINUTES = 4, SECONDS = 8 };

static char *write_parts(int64_t t, unsigned parts, char *buf)
{
	buf[0] = '\0';
	if (t == CLOCK_NONE)
		return buf;
	struct clock_civil c = clock_local(t);
	int n = 0;
	if (parts & DATE)
		n = snprintf(buf, FMT_TEXT, "%02d/%02d/%04d", c.day, c.month, c.year);
	else if (parts & DAY_MONTH)
		n = snprintf(buf, FMT_TEXT, "%02d/%02d", c.day, c.month);
	const char *gap = n ? " " : "";
	size_t room = (size_t)(FMT_TEXT - n);
	if (parts & SECONDS)
		snprintf(buf + n, room, "%s%02d:%02d:%02d", gap, c.hour, c.minute, c.second);
	else if (parts & MINUTES)
		snprintf(buf + n, room, "%s%02d:%02d", gap, c.hour, c.minute);
	return buf;
}

char *fmt_date(int64_t t, char *buf)
{
	return write_parts(t, DATE, buf);
}

char *fmt_day(int64_t t, char *buf)
{
	return write_parts(t, DAY_MONTH, buf);
}

char *fmt_time(int64_t t, char *buf)
{
	return write_parts(t, SECONDS, buf);
}

char *fmt_minute(int64_t t, char *buf)
{
	return write_parts(t, MINUTES, buf);
}

char *fmt_day_time(int64_t t, char *buf)
{
	return write_parts(t, DAY_MONTH | MINUTES, buf);
}

char *fmt_date_time(int64_t t, char *buf)
{
	return write_parts(t, DATE | MINUTES, buf);
}

char *fmt_now(int64_t t, char *buf)
{
	buf[0] = '\0';
	if (t == CLOCK_NONE)
		return buf;
	const char *const days[] = {_("Mon"), _("Tue"), _("Wed"), _("Thu"),
				    _("Fri"), _("Sat"), _("Sun")};
	char rest[FMT_TEXT];
	snprintf(buf, FMT_TEXT, "%.8s %.40s", days[clock_local(t).weekday - 1],
		 write_parts(t, DAY_MONTH | SECONDS, rest));
	return buf;
}

char *fmt_long_time(int64_t t, char *buf)
{
	buf[0] = '\0';
	if (t == CLOCK_NONE)
		return buf;
	struct clock_civil c = clock_local(t);
	char date[FMT_TEXT];
	snprintf(buf, FMT_TEXT, _("%02d:%02d on %s"), c.hour, c.minute, fmt_date(t, date));
	return buf;
}

char *fmt_when(int64_t t, int64_t now, char *buf)
{
	if (t == CLOCK_NONE || now == CLOCK_NONE)
		return fmt_date_time(t, buf);
	struct clock_civil a = clock_local(t), b = clock_local(now);
	if (a.year != b.year)
		return fmt_date(t, buf);
	bool today = a.month == b.month && a.day == b.day;
	return today ? fmt_minute(t, buf) : fmt_day_time(t, buf);
}

static int64_t positive(int64_t ms)
{
	return ms == INT64_MIN ? INT64_MAX : ms < 0 ? -ms : ms;
}

char *fmt_span(int64_t ms, char *buf)
{
	int64_t v = positive(ms);
	int minutes = (int)(v / MINUTE % 60), hours = (int)(v / HOUR % 24);
	int64_t days = v / DAY;
	if (v < MINUTE)
		snprintf(buf, FMT_TEXT, _("%ds"), (int)(v / SECOND));
	else if (v < HOUR)
		snprintf(buf, FMT_TEXT, _("%dm"), minutes);
	else if (v < DAY)
		snprintf(buf, FMT_TEXT, _("%dh%02dm"), hours, minutes);
	else if (days < 10 && hours > 0)
		snprintf(buf, FMT_TEXT, _("%dd %dh"), (int)days, hours);
	else
		snprintf(buf, FMT_TEXT, _("%dd"), days > 999999 ? 999999 : (int)days);
	return buf;
}

char *fmt_age(int64_t ms, char *buf)
{
	int64_t v = positive(ms);
	if (v >= HOUR && v < DAY)
		snprintf(buf, FMT_TEXT, _("%dh"), (int)(v / HOUR));
	else
		fmt_span(v < DAY ? v : v - v % DAY, buf);
	return buf;
}

char *fmt_worktime(int64_t ms, int64_t day, char *buf)
{
	int64_t v = positive(ms), days = day > 0 ? v / day : 0;
	char span[FMT_TEXT];
	if (day == DAY || day <= 0)
		return fmt_span(v, buf);
	if (days > 0)
		snprintf(buf, FMT_TEXT, _("%d wd"), days > 999999 ? 999999 : (int)days);
	else
		snprintf(buf, FMT_TEXT, _("%s wt"), fmt_span(v, span));
	return buf;
}

char *fmt_deadline(int64_t due, int64_t now, char *buf)
{
	buf[0] = '\0';
	if (due == CLOCK_NONE || now == CLOCK_NONE)
		return buf;
	int64_t left;
	char span[FMT_TEXT];
	if (__builtin_sub_overflow(due, now, &left))
		left = due < now ? INT64_MIN : INT64_MAX;
	fmt_span(left, span);
	snprintf(buf, FMT_TEXT, left < 0 ? _("%s late") : _("%s left"), span);
	return buf;
}

char *fmt_duration(int64_t seconds, char *buf)
{
	int64_t v = positive(seconds);
	const char *sign = seconds < 0 ? "-" : "";
	if (v < 3600)
		snprintf(buf, FMT_TEXT, "%s%d:%02d", sign, (int)(v / 60), (int)(v % 60));
	else
		snprintf(buf, FMT_TEXT, "%s%" PRId64 ":%02d:%02d", sign, v / 3600,
			 (int)(v / 60 % 60), (int)(v % 60));
	return buf;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Civil dates by arithmetic on days; the zone by the C library, because only it knows the
 * zone files. */
#include "base/clock.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Mutable on purpose: the clock hook of the tests and of reproducible demos. */
static _Atomic int64_t fixed = CLOCK_NONE;

int64_t clock_now(void)
{
	int64_t f = fixed;
	if (f != CLOCK_NONE)
		return f;
	struct timespec ts;
	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * SECOND + ts.tv_nsec / 1000000;
}

int64_t clock_monotonic(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * SECOND + ts.tv_nsec / 1000000;
}

void clock_fix(int64_t now)
{
	fixed = now;
}

void clock_set_zone(const char *name)
{
	char path[256];
	snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
	bool rule = strpbrk(name, "0123456789") != NULL; /* "CET-1CEST,…" */
	if (access(path, R_OK) != 0 && !rule)
		name = "ICT-7"; /* libc would take UTC */
	setenv("TZ", name, 1);
	tzset();
}

int64_t clock_days(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

void clock_date(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static struct clock_civil civil(int64_t seconds, int offset)
{
	int64_t local = seconds + offset;
	int64_t days = floor_div(local, 86400);
	int rest = (int)(local - days * 86400);
	struct clock_civil c = {.hour = rest / 3600,
				.minute = rest / 60 % 60,
				.second = rest % 60,
				.weekday = (int)(((days + 3) % 7 + 7) % 7) + 1,
				.offset = offset};
	clock_date(days, &c.year, &c.month, &c.day);
	return c;
}

struct clock_civil clock_local(int64_t t)
{
	time_t seconds = (time_t)floor_div(t, SECOND);
	struct tm tm;
	int offset = localtime_r(&seconds, &tm) ? (int)tm.tm_gmtoff : 0;
	return civil(seconds, offset);
}

int64_t clock_from_local(const struct clock_civil *c)
{
	struct tm tm = {.tm_year = c->year - 1900,
			.tm_mon = c->month - 1,
			.tm_mday = c->day,
			.tm_hour = c->hour,
			.tm_min = c->minute,
			.tm_sec = c->second,
			.tm_isdst = -1};
	return (int64_t)mktime(&tm) * SECOND;
}

void clock_format_utc(int64_t t, char *buf)
{
	if (t == CLOCK_NONE) {
		buf[0] = '\0';
		return;
	}
	int64_t seconds = floor_div(t, SECOND);
	struct clock_civil c = civil(seconds, 0);
	snprintf(buf, CLOCK_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day,
		 c.hour, c.minute, c.second, (int)((t % SECOND + SECOND) % SECOND));
}

void clock_format_local(int64_t t, char *buf)
{
	if (t == CLOCK_NONE) {
		buf[0] = '\0';
		return;
	}
	struct clock_civil c = clock_local(t);
	int away = abs(c.offset) / 60;
	snprintf(buf, CLOCK_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c.year, c.month,
		 c.day, c.hour, c.minute, c.second, c.offset < 0 ? '-' : '+', away / 60,
		 away % 60);
}

/* Reads exactly `width` digits. */
static bool digits(const char **s, const char *end, int width, int *out)
{
	int v = 0;
	for (int i = 0; i < width; i++) {
		if (*s == end || **s < '0' || **s > '9')
			return false;
		v = v * 10 + (*(*s)++ - '0');
	}
	*out = v;
	return true;
}

static bool literal(const char **s, const char *end, char c)
{
	if (*s == end || **s != c)
		return false;
	(*s)++;
	return true;
}

static bool valid_date(int y, int m, int d)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
	return m >= 1 && m <= 12 && d >= 1 && d <= length[m - 1] + (m == 2 && leap);
}

static int read_offset(const char **s, const char *end, int *offset, bool *given)
{
	*given = false;
	if (*s == end)
		return 0;
	*given = true;
	if (literal(s, end, 'Z') || literal(s, end, 'z'))
		return 0;
	int sign = **s == '-' ? -1 : 1, h, m = 0;
	if (**s != '+' && **s != '-')
		return -1;
	(*s)++;
	if (!digits(s, end, 2, &h))
		return -1;
	if ((literal(s, end, ':') || *s != end) && !digits(s, end, 2, &m))
		return -1;
	if (h > 23 || m > 59)
		return -1;
	*offset = sign * (h * 3600 + m * 60);
	return 0;
}

/* Milliseconds; what is finer is dropped. */
static bool read_fraction(const char **s, const char *end, int *ms)
{
	int digit, scale = 100;
	if (!digits(s, end, 1, &digit))
		return false;
	do {
		*ms += digit * scale;
		scale /= 10;
	} while (digits(s, end, 1, &digit));
	return true;
}

int clock_parse_span(const char *s, int64_t *ms)
{
	static const struct {
		const char *unit;
		int64_t ms;
	} units[] = {{"ms", 1},   {"s", SECOND}, {"m", MINUTE},
		     {"h", HOUR}, {"d", DAY},    {"w", 7 * DAY}};
	size_t digits = strspn(s, "0123456789");
	if (digits == 0 || digits > 9)
		return -1;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(s + digits, units[i].unit) == 0) {
			*ms = strtoll(s, NULL, 10) * units[i].ms;
			return 0;
		}
	return -1;
}

int clock_parse(const char *s, uint64_t n, int64_t *t)
{
	const char *end = s + n;
	struct clock_civil c = {0};
	int ms = 0, offset = 0;
	bool given = false;
	if (!digits(&s, end, 4, &c.year) || !literal(&s, end, '-') ||
	    !digits(&s, end, 2, &c.month) || !literal(&s, end, '-') ||
	    !digits(&s, end, 2, &c.day) || !valid_date(c.year, c.month, c.day))
		return -1;
	if (s != end) {
		if (*s != 'T' && *s != 't' && *s != ' ')
			return -1;
		s++;
		if (!digits(&s, end, 2, &c.hour) || !literal(&s, end, ':') ||
		    !digits(&s, end, 2, &c.minute))
			return -1;
		if (literal(&s, end, ':') && !digits(&s, end, 2, &c.second))
			return -1;
		if (literal(&s, end, '.') && !read_fraction(&s, end, &ms))
			return -1;
		if (c.hour > 23 || c.minute > 59 || c.second > 60 ||
		    read_offset(&s, end, &offset, &given) < 0 || s != end)
			return -1;
	}
	if (given)
		*t = ((clock_days(c.year, c.month, c.day) * 86400 + c.hour * 3600 +
		       c.minute * 60 + c.second - offset) *
		      SECOND) +
		     ms;
	else
		*t = clock_from_local(&c) + ms;
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deadline/calendar_file.h"

#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "text/clean.h"

static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/* Exactly two digits. */
static bool two(const char *s, int *out)
{
	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return false;
	*out = (s[0] - '0') * 10 + (s[1] - '0');
	return true;
}

/* Whether the calendar has it: reckoning to and fro changes what is no date. */
static bool is_date(int year, int month, int day)
{
	int y, m, d;
	clock_date(clock_days(year, month, day), &y, &m, &d);
	return month >= 1 && month <= 12 && y == year && m == month && d == day;
}

bool text_date(const char *s, int64_t *out)
{
	int century, year, month, day;
	if (strlen(s) != 10 || s[4] != '-' || s[7] != '-' || !two(s, &century) ||
	    !two(s + 2, &year) || !two(s + 5, &month) || !two(s + 8, &day) ||
	    !is_date(century * 100 + year, month, day))
		return false;
	*out = clock_days(century * 100 + year, month, day);
	return true;
}

bool text_month_day(const char *s, int *month, int *day)
{
	return strlen(s) == 5 && s[2] == '-' && two(s, month) && two(s + 3, day) &&
	       is_date(2000, *month, *day); /* a leap year: 02-29 is one */
}

bool text_minutes(const char *s, size_t n, int *out)
{
	int hour, minute;
	if (n != 5 || s[2] != ':' || !two(s, &hour) || !two(s + 3, &minute) || minute > 59 ||
	    hour * 60 + minute > 24 * 60)
		return false;
	*out = hour * 60 + minute;
	return true;
}

int file_date(const struct yaml *y, const struct yaml_node *map, const char *key, int64_t *out,
	      struct err *e)
{
	const char *s = NULL;
	if (yaml_get_text(y, map, key, &s, e) < 0)
		return -1;
	if (s && !text_date(s, out))
		return yaml_error(y, yaml_get(map, key), e,
				  _("%s must be a date such as 2026-11-24"), key);
	return 0;
}

int file_month_day(const struct yaml *y, const struct yaml_node *map, const char *key,
		   int *month, int *day, struct err *e)
{
	const char *s = NULL;
	if (yaml_get_text(y, map, key, &s, e) < 0)
		return -1;
	if (s && !text_month_day(s, month, day))
		return yaml_error(y, yaml_get(map, key), e,
				  _("%s must be a month and a day such as 11-24"), key);
	return 0;
}

/* 1 … 7, or 0. */
static int weekday(const char *s, size_t n)
{
	for (size_t i = 0; i < ARRAY_LEN(weekdays); i++)
		if (n == 3 && strncmp(weekdays[i], s, 3) == 0)
			return (int)i + 1;
	return 0;
}

/* "mon" or "mon-fri"; a range may go over Sunday. */
static bool weekday_range(const char *s, size_t n, unsigned *out)
{
	int from = weekday(s, n < 3 ? n : 3), to = from;
	if (n > 3)
		to = n == 7 && s[3] == '-' ? weekday(s + 4, 3) : 0;
	if (!from || !to)
		return false;
	for (int day = from;; day = day % 7 + 1) {
		*out |= 1U << day;
		if (day == to)
			return true;
	}
}

static bool text_weekdays(const char *s, unsigned *out)
{
	*out = 0;
	for (bool more = true; more;) {
		s += strspn(s, " ");
		size_t n = strcspn(s, ", ");
		if (!weekday_range(s, n, out))
			return false;
		s += n;
		s += strspn(s, " ");
		more = *s == ',';
		s += more;
	}
	return !*s;
}

int file_weekdays(const struct yaml *y, const struct yaml_node *map, const char *key,
		  unsigned *out, struct err *e)
{
	const char *s = NULL;
	if (yaml_get_text(y, map, key, &s, e) < 0)
		return -1;
	if (s && !text_weekdays(s, out))
		return yaml_error(y, yaml_get(map, key), e,
				  _("%s must be weekdays such as mon-fri or \"mon, wed, sat\""),
				  key);
	return 0;
}

const char *text_clean(struct arena *a, const char *s)
{
	struct strbuf b = STRBUF_INIT;
	clean_append(&b, s, strlen(s), 0);
	const char *copy = arena_strdup(a, b.s);
	strbuf_free(&b);
	return copy;
}

int file_text(const struct yaml *y, const struct yaml_node *map, const char *key,
	      struct arena *a, const char **out, struct err *e)
{
	const char *s = NULL;
	if (yaml_get_text(y, map, key, &s, e) < 0)
		return -1;
	if (s && !*s)
		return yaml_error(y, yaml_get(map, key), e, _("%s must be a text"), key);
	if (s)
		*out = text_clean(a, s);
	return 0;
}

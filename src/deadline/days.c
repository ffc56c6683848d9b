/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deadline/days.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

int day_weekday(int64_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7) + 1; /* 1970-01-01 was a Thursday */
}

static bool is_rest(const struct holiday *h, int64_t day)
{
	return h->rest & 1U << day_weekday(day);
}

/* Such a year is as its notices say, whatever reaches into it from another. */
static bool in_complete_year(const struct days *d, int64_t day)
{
	int year, month, date;
	clock_date(day, &year, &month, &date);
	const struct year *y = days_year(d, year);
	return y && y->complete;
}

static bool is_listed(const struct days *d, int64_t day)
{
	for (size_t i = d->count; i-- > 0;)
		if (d->list[i].day == day)
			return true;
	return false;
}

static void add(struct days *d, int64_t day, bool worked, const char *name,
		const struct holiday *h, enum certainty certainty)
{
	if (is_listed(d, day) || in_complete_year(d, day))
		return;
	ARRAY_PUSH(d->list, d->count, d->cap) = (struct calendar_day){
		.day = day,
		.worked = worked,
		.instead_of = INT64_MIN,
		.name = name,
		.notice = h->basis,
		.certainty = certainty,
	};
}

/* The holiday's own date in a year; false: none is known. */
static bool date_in(const struct holiday *h, int year, int64_t *date)
{
	if (year < h->from || year > h->to)
		return false;
	if (h->month) {
		*date = clock_days(year, h->month, h->day);
		return true;
	}
	int64_t first = clock_days(year, 1, 1), next = clock_days(year + 1, 1, 1);
	for (size_t i = 0; i < h->date_count; i++)
		if (h->dates[i] >= first && h->dates[i] < next) {
			*date = h->dates[i];
			return true;
		}
	return false;
}

static int64_t next_working(const struct days *d, const struct holiday *h, int64_t day)
{
	while (is_rest(h, day) || is_listed(d, day))
		day++;
	return day;
}

static void add_itself(struct days *d, const struct holiday *h, int64_t date)
{
	for (int64_t i = 0; i < h->days; i++)
		add(d, date - h->before + i, false, h->name, h, h->certainty);
}

static void make_up(struct days *d, struct arena *a, const struct holiday *h, int64_t date)
{
	for (int64_t i = 0; h->made_up && i < h->days; i++) {
		int64_t day = date - h->before + i;
		if (is_rest(h, day))
			add(d, next_working(d, h, day), false,
			    arena_printf(a, _("%s (made up)"), h->name), h, h->certainty);
	}
}

/* Both of the days that may be the second one are worked until a notice says otherwise. */
static void doubt_beside(struct days *d, struct arena *a, const struct holiday *h, int64_t date)
{
	if (!h->beside)
		return;
	int64_t before = date - h->before - 1;
	const char *name = arena_printf(a, _("%s: one day before or after, not known yet"),
					h->name);
	if (!is_rest(h, before))
		add(d, before, true, name, h, EXPECTED);
	add(d, next_working(d, h, date - h->before + h->days), true, name, h, EXPECTED);
}

static void add_holidays(struct days *d, struct arena *a, int year)
{
	int64_t date;
	for (size_t i = 0; i < d->holiday_count; i++)
		if (date_in(&d->holidays[i], year, &date))
			add_itself(d, &d->holidays[i], date);
	for (size_t i = 0; i < d->holiday_count; i++)
		if (date_in(&d->holidays[i], year, &date))
			make_up(d, a, &d->holidays[i], date);
	for (size_t i = 0; i < d->holiday_count; i++)
		if (date_in(&d->holidays[i], year, &date))
			doubt_beside(d, a, &d->holidays[i], date);
}

static int by_day(const void *a, const void *b)
{
	const struct calendar_day *x = a, *y = b;
	return (x->day > y->day) - (x->day < y->day);
}

void days_finish(struct days *d, struct arena *a)
{
	for (int year = YEAR_FIRST; year <= YEAR_LAST; year++)
		if (!days_year(d, year)->complete)
			add_holidays(d, a, year);
	if (d->count)
		qsort(d->list, d->count, sizeof *d->list, by_day);
}

void days_free(struct days *d)
{
	for (size_t i = 0; i < d->holiday_count; i++)
		free(d->holidays[i].dates);
	free(d->holidays);
	free(d->list);
}

const struct calendar_day *days_find(const struct days *d, int64_t day)
{
	const struct calendar_day wanted = {.day = day};
	return d->count ? bsearch(&wanted, d->list, d->count, sizeof *d->list, by_day) : NULL;
}

size_t days_from(const struct days *d, int64_t day)
{
	size_t low = 0, high = d->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (d->list[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct year *days_year(const struct days *d, int64_t year)
{
	return year >= YEAR_FIRST && year <= YEAR_LAST ? &d->years[year - YEAR_FIRST] : NULL;
}

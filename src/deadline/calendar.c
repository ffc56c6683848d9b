/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deadline/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/calendar_parts.h"

void calendar_free(struct calendar *c)
{
	if (!c)
		return;
	for (size_t i = 0; c->places && i < c->book.count; i++)
		strmap_free(&c->places[i].units, NULL);
	for (size_t i = 0; i < c->worktime_count; i++)
		worktime_free(c->worktimes[i]);
	free(c->worktimes);
	free(c->files);
	free(c->places);
	days_free(&c->days);
	hours_free(&c->book);
	grid_free(&c->grid);
	arena_free(&c->arena);
	free(c->version);
	free(c);
}

const char *calendar_version(const struct calendar *c)
{
	return c->version;
}

const struct calendar_day *calendar_day(const struct calendar *c, int64_t day)
{
	return days_find(&c->days, day);
}

const char *calendar_file(const struct calendar *c, size_t i)
{
	return i < c->file_count ? c->files[i] : NULL;
}

bool calendar_year_complete(const struct calendar *c, int year, const char **why)
{
	const struct year *y = days_year(&c->days, year);
	if (y && y->complete)
		return true;
	if (!y)
		*why = _("only the years 2015 to 2045 are counted with holidays");
	else if (y->missing)
		*why = y->missing;
	else
		*why = _("no notice of this year's days off is in the data: the holidays of "
			 "the law count, the days of Tết are the usual ones, and swapped "
			 "days are not known");
	return false;
}

const char *calendar_notices(const struct calendar *c, int year)
{
	const struct year *y = days_year(&c->days, year);
	return y ? y->notices : NULL;
}

static void in_order(int64_t *from, int64_t *to)
{
	int64_t first = *from < *to ? *from : *to;
	*to = *from < *to ? *to : *from;
	*from = first;
}

int calendar_gap(const struct calendar *c, int64_t from, int64_t to)
{
	if (from == CLOCK_NONE || to == CLOCK_NONE)
		return 0;
	in_order(&from, &to);
	int last = clock_local(to).year;
	for (int year = clock_local(from).year; year <= last; year++)
		if (year < YEAR_FIRST || year > YEAR_LAST ||
		    !days_year(&c->days, year)->complete)
			return year;
	return 0;
}

int64_t calendar_day_of(int64_t t)
{
	struct clock_civil civil = clock_local(t);
	return clock_days(civil.year, civil.month, civil.day);
}

const struct calendar_day *calendar_doubt(const struct calendar *c, int64_t from, int64_t to)
{
	if (from == CLOCK_NONE || to == CLOCK_NONE)
		return NULL;
	in_order(&from, &to);
	int64_t first = calendar_day_of(from), last = calendar_day_of(to);
	for (size_t i = days_from(&c->days, first); i < c->days.count; i++) {
		const struct calendar_day *d = &c->days.list[i];
		if (d->day > last)
			break;
		if (d->certainty == EXPECTED)
			return d;
	}
	return NULL;
}

const char *calendar_name(const struct calendar *c, size_t i)
{
	return i < c->book.count ? c->book.list[i]->name : NULL;
}

const char *calendar_title(const struct calendar *c, size_t i)
{
	return i < c->book.count ? c->book.list[i]->title : NULL;
}

static const struct place *find_place(const struct calendar *c, const char *name)
{
	for (size_t i = 0; i < c->book.count; i++)
		if (strcmp(c->places[i].hours->name, name ? name : "office") == 0)
			return &c->places[i];
	return NULL;
}

const char *calendar_unit(const struct calendar *c, const char *name, size_t i)
{
	const struct place *p = find_place(c, name);
	for (size_t r = 0; p && r < p->hours->count; r++) {
		const struct hours_row *row = &p->hours->rows[r];
		if (i < row->unit_count)
			return row->units[i];
		i -= row->unit_count;
	}
	return NULL;
}

const struct worktime *calendar_hours(const struct calendar *c, const char *name,
				      const char *unit)
{
	const struct place *p = find_place(c, name);
	if (!p)
		return NULL;
	const struct worktime *own = unit ? strmap_get(&p->units, unit) : NULL;
	return own ? own : p->usual;
}

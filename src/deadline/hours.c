/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deadline/hours.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

struct hours *hours_find(const struct hours_book *b, const char *name)
{
	for (size_t i = 0; i < b->count; i++)
		if (strcmp(b->list[i]->name, name) == 0)
			return b->list[i];
	return NULL;
}

void hours_free(struct hours_book *b)
{
	for (size_t i = 0; i < b->count; i++) {
		free(b->list[i]->rows);
		free(b->list[i]);
	}
	free(b->list);
}

bool hours_row_is_for(const struct hours_row *r, const char *unit)
{
	if (!r->units)
		return true;
	for (size_t i = 0; unit && i < r->unit_count; i++)
		if (strcmp(r->units[i], unit) == 0)
			return true;
	return false;
}

bool hours_row_is_dated(const struct hours_row *r)
{
	return r->season_from || r->from != INT64_MIN || r->to != INT64_MAX;
}

static bool in_season(const struct hours_row *r, int64_t day)
{
	if (!r->season_from)
		return true;
	int year, month, date;
	clock_date(day, &year, &month, &date);
	int at = month * 100 + date;
	if (r->season_from <= r->season_to)
		return at >= r->season_from && at <= r->season_to;
	return at >= r->season_from || at <= r->season_to;
}

const struct hours_row *hours_on(const struct hours *h, const struct calendar_day *odd,
				 const char *unit, int64_t day)
{
	if (!h->holidays)
		odd = NULL;
	if (odd && !odd->worked)
		return NULL;
	bool swapped = odd && odd->instead_of != INT64_MIN;
	unsigned weekday = 1U << day_weekday(swapped ? odd->instead_of : day);
	for (size_t i = 0; i < h->count; i++) {
		const struct hours_row *r = &h->rows[i];
		if (r->weekdays & weekday && day >= r->from && day <= r->to &&
		    in_season(r, day) && hours_row_is_for(r, unit))
			return r;
	}
	return NULL;
}

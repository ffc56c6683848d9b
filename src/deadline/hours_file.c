/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key "calendars" of calendar files. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "deadline/calendar_file.h"
#include "deadline/hours.h"

#define CALENDARS_MOST 32
#define ROWS_MOST 500  /* of one calendar */
#define UNITS_MOST 500 /* of one row */

struct reader {
	struct hours_book *book;
	struct arena *a;
	const struct yaml *y;
	const char *file;
};

/* "10-16..04-15" */
static int read_season(const struct reader *r, const struct yaml_node *n, struct hours_row *row,
		       struct err *e)
{
	const char *s = NULL;
	if (yaml_get_text(r->y, n, "season", &s, e) < 0)
		return -1;
	if (!s)
		return 0;
	char from[6] = "";
	int month, day, to_month, to_day;
	if (strlen(s) == 12)
		memcpy(from, s, 5);
	if (!text_month_day(from, &month, &day) || strncmp(s + 5, "..", 2) != 0 ||
	    !text_month_day(s + 7, &to_month, &to_day))
		return yaml_error(
			r->y, yaml_get(n, "season"), e,
			_("season must be two days of the year such as 10-16..04-15"));
	row->season_from = month * 100 + day;
	row->season_to = to_month * 100 + to_day;
	return 0;
}

static int read_open_one(const struct reader *r, const struct yaml_node *n,
			 struct hours_row *row, struct err *e)
{
	const char *s = yaml_text(n);
	struct opening_hours o;
	if (!s || strlen(s) != 11 || s[5] != '-' || !text_minutes(s, 5, &o.from) ||
	    !text_minutes(s + 6, 5, &o.to))
		return yaml_error(r->y, n, e, _("hours are written such as \"07:30-11:30\""));
	if (o.to <= o.from)
		return yaml_error(r->y, n, e, _("these hours end before they start"));
	if (row->open_count && o.from < row->open[row->open_count - 1].to)
		return yaml_error(r->y, n, e,
				  _("these hours overlap with those before them, or are not "
				    "in the order of the day"));
	row->open[row->open_count++] = o;
	return 0;
}

static int read_open(const struct reader *r, const struct yaml_node *n, struct hours_row *row,
		     struct err *e)
{
	const struct yaml_node *list = yaml_get(n, "open");
	if (!yaml_is_list(list))
		return yaml_error(r->y, list ? list : n, e,
				  _("open must be a list of hours; [] is a closed day"));
	if (yaml_count(list) > OPENINGS_MOST)
		return yaml_error(r->y, list, e, _("more than %d openings in a day"),
				  OPENINGS_MOST);
	for (size_t i = 0; i < yaml_count(list); i++)
		if (read_open_one(r, yaml_at(list, i), row, e) < 0)
			return -1;
	return 0;
}

static int read_units(const struct reader *r, const struct yaml_node *n, struct hours_row *row,
		      struct err *e)
{
	const struct yaml_node *list = yaml_get(n, "units");
	if (!list)
		return 0;
	size_t count = yaml_count(list);
	if (!yaml_is_list(list) || !count || count > UNITS_MOST)
		return yaml_error(r->y, list, e, _("units must be a list of 1 to %d codes"),
				  UNITS_MOST);
	row->units = arena_zero(r->a, count * sizeof *row->units);
	for (size_t i = 0; i < count; i++) {
		const char *s = yaml_text(yaml_at(list, i));
		if (!s || !*s)
			return yaml_error(r->y, yaml_at(list, i), e, _("a unit is its code"));
		row->units[row->unit_count++] = text_clean(r->a, s);
	}
	return 0;
}

static int read_row(const struct reader *r, const struct yaml_node *n, struct hours *h,
		    struct err *e)
{
	static const char *const keys[] = {"units",    "from", "to", "season",
					   "weekdays", "open", NULL};
	struct hours_row row = {.from = INT64_MIN, .to = INT64_MAX, .weekdays = 0xFE};
	if (yaml_only_keys(r->y, n, keys, e) < 0 || read_units(r, n, &row, e) < 0 ||
	    file_date(r->y, n, "from", &row.from, e) < 0 ||
	    file_date(r->y, n, "to", &row.to, e) < 0 || read_season(r, n, &row, e) < 0 ||
	    file_weekdays(r->y, n, "weekdays", &row.weekdays, e) < 0 ||
	    read_open(r, n, &row, e) < 0)
		return -1;
	if (row.to < row.from)
		return yaml_error(r->y, yaml_get(n, "to"), e, _("to is before from"));
	ARRAY_PUSH(h->rows, h->count, h->cap) = row;
	return 0;
}

static int read_rows(const struct reader *r, const struct yaml_node *n, struct hours *h,
		     struct err *e)
{
	const struct yaml_node *list = yaml_get(n, "hours");
	if (!yaml_is_list(list))
		return yaml_error(r->y, list ? list : n, e,
				  _("hours must be a list (- weekdays: …)"));
	if (h->count + yaml_count(list) > ROWS_MOST)
		return yaml_error(r->y, list, e, _("%s: more than %zu entries"), "hours",
				  (size_t)ROWS_MOST);
	for (size_t i = 0; i < yaml_count(list); i++)
		if (read_row(r, yaml_at(list, i), h, e) < 0)
			return -1;
	return 0;
}

/* What stands first holds: a file that adds rows need not repeat the rest. */
static int read_rest(const struct reader *r, const struct yaml_node *n, struct hours *h,
		     struct err *e)
{
	const char *title = NULL;
	bool holidays = true;
	int64_t day = 0;
	if (file_text(r->y, n, "title", r->a, &title, e) < 0 ||
	    yaml_get_bool(r->y, n, "holidays", &holidays, e) < 0 ||
	    yaml_get_duration(r->y, n, "day", &day, e) < 0)
		return -1;
	if (yaml_get(n, "day") && (day < MINUTE || day > DAY))
		return yaml_error(r->y, yaml_get(n, "day"), e, _("day must be 1m to 24h"));
	if (!h->title)
		h->title = title;
	if (!h->day)
		h->day = day;
	if (!h->holidays_set && yaml_get(n, "holidays")) {
		h->holidays = holidays;
		h->holidays_set = true;
	}
	return 0;
}

static struct hours *find_or_add(const struct reader *r, const char *name,
				 const struct yaml_node *n)
{
	struct hours *h = hours_find(r->book, name);
	if (h)
		return h;
	h = xcalloc(1, sizeof *h);
	h->name = arena_strdup(r->a, name);
	h->place = arena_printf(r->a, "%s:%d:%d", r->file, yaml_line(n), yaml_column(n));
	h->holidays = true;
	ARRAY_PUSH(r->book->list, r->book->count, r->book->cap) = h;
	return h;
}

static bool is_word(const char *s)
{
	return *s && strlen(s) < 64 &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			 "0123456789-_") == strlen(s);
}

static int read_calendar(const struct reader *r, const struct yaml_node *map, size_t i,
			 struct err *e)
{
	static const char *const keys[] = {"title", "day", "holidays", "hours", NULL};
	const struct yaml_node *n = yaml_at(map, i), *at = yaml_key_node(map, i);
	const char *name = yaml_key(map, i);
	if (!name || !is_word(name))
		return yaml_error(
			r->y, at, e,
			_("a calendar's name is at most 63 letters, digits, - and _"));
	if (!yaml_is_map(n))
		return yaml_error(r->y, at, e, _("a map (key: value) is due here"));
	if (yaml_only_keys(r->y, n, keys, e) < 0)
		return -1;
	struct hours *h = find_or_add(r, name, at);
	return read_rest(r, n, h, e) < 0 ? -1 : read_rows(r, n, h, e);
}

int hours_read(struct hours_book *b, struct arena *a, const struct yaml *y, const char *file,
	       struct err *e)
{
	struct reader r = {b, a, y, file};
	const struct yaml_node *map = yaml_get(yaml_root(y), "calendars");
	if (!map)
		return 0;
	if (!yaml_is_map(map) || yaml_count(map) > CALENDARS_MOST)
		return yaml_error(y, map, e, _("calendars must be a map of at most %d names"),
				  CALENDARS_MOST);
	for (size_t i = 0; i < yaml_count(map); i++)
		if (read_calendar(&r, map, i, e) < 0)
			return -1;
	return 0;
}

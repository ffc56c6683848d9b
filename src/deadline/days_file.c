/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys "rest", "years" and "holidays" of calendar files. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "deadline/calendar_file.h"
#include "deadline/days.h"

#define RANGE_MOST 31 /* days of one row */
#define HOLIDAYS_MOST 100
#define DATES_MOST 200
#define WEEKEND (1U << 6 | 1U << 7)
#define ALL_WEEK 0xFEU

struct reader {
	struct days *d;
	struct arena *a;
	const struct yaml *y;
	const char *file;
	bool user;
	unsigned rest;   /* weekdays, as bits */
	int64_t year;    /* under way */
	size_t first;    /* its first row in the list */
	const char *why; /* its notices */
};

enum list { OFF, WORKED, UNSURE };

static int read_certainty(const struct reader *r, const struct yaml_node *n,
			  enum certainty *out, struct err *e)
{
	const char *s = NULL;
	if (yaml_get_text(r->y, n, "certainty", &s, e) < 0)
		return -1;
	if (!s)
		return 0;
	*out = strcmp(s, "certain") == 0 ? CERTAIN : EXPECTED;
	if (*out == EXPECTED && strcmp(s, "expected") != 0)
		return yaml_error(r->y, yaml_get(n, "certainty"), e,
				  _("certainty must be certain or expected"));
	return 0;
}

static struct calendar_day *find(const struct reader *r, int64_t day)
{
	for (size_t i = r->first; i < r->d->count; i++)
		if (r->d->list[i].day == day)
			return &r->d->list[i];
	return NULL;
}

static bool in_year(const struct reader *r, int64_t day)
{
	int year, month, date;
	clock_date(day, &year, &month, &date);
	return year == r->year;
}

/* What forbids a row for this day, or NULL. */
static const char *objection(const struct reader *r, enum list list, int64_t day)
{
	bool rest = r->rest & 1U << day_weekday(day);
	if (!in_year(r, day))
		return _("this date is in another year");
	if (find(r, day))
		return _("this date is there already");
	if (list == WORKED && !rest)
		return _("this is a usual working day: only days of rest can be worked "
			 "instead of others");
	if (list == UNSURE && rest)
		return _("this is a day of rest: only working days can be unsure");
	return NULL;
}

static int read_instead(const struct reader *r, const struct yaml_node *n, int64_t *instead_of,
			struct err *e)
{
	if (file_date(r->y, n, "instead_of", instead_of, e) < 0)
		return -1;
	const struct yaml_node *at = yaml_get(n, "instead_of");
	if (!at)
		return yaml_error(r->y, n, e,
				  _("a worked day needs instead_of: the day off that it is "
				    "worked for, whose hours it has"));
	const struct calendar_day *off = find(r, *instead_of);
	if (!off || off->worked || r->rest & 1U << day_weekday(*instead_of))
		return yaml_error(
			r->y, at, e,
			_("instead_of must be a working day that is listed under off"));
	return 0;
}

static int read_last(const struct reader *r, const struct yaml_node *n, int64_t first,
		     int64_t *last, struct err *e)
{
	*last = first;
	if (file_date(r->y, n, "to", last, e) < 0)
		return -1;
	if (*last < first || *last - first >= RANGE_MOST)
		return yaml_error(r->y, yaml_get(n, "to"), e,
				  _("to must be 1 to %d days after date"), RANGE_MOST - 1);
	return 0;
}

static int read_row(struct reader *r, const struct yaml_node *n, enum list list, struct err *e)
{
	/* clang-format off */
	static const char *const off_keys[] = {"date", "to", "name", "notice", "certainty", NULL};
	static const char *const worked_keys[] = {"date", "name", "notice", "certainty", "instead_of", NULL};
	/* clang-format on */
	struct calendar_day row = {.worked = list != OFF,
				   .instead_of = INT64_MIN,
				   .notice = list == UNSURE ? NULL : r->why,
				   .certainty = list == UNSURE ? EXPECTED : CERTAIN};
	int64_t last;
	if (yaml_only_keys(r->y, n, list == WORKED ? worked_keys : off_keys, e) < 0 ||
	    file_date(r->y, n, "date", &row.day, e) < 0 ||
	    read_last(r, n, row.day, &last, e) < 0 ||
	    file_text(r->y, n, "name", r->a, &row.name, e) < 0 ||
	    file_text(r->y, n, "notice", r->a, &row.notice, e) < 0 ||
	    read_certainty(r, n, &row.certainty, e) < 0 ||
	    (list == WORKED && read_instead(r, n, &row.instead_of, e) < 0))
		return -1;
	if (!yaml_get(n, "date") || !row.name)
		return yaml_error(r->y, n, e, _("a day needs a date and a name"));
	for (; row.day <= last; row.day++) {
		const char *why = objection(r, list, row.day);
		if (why)
			return yaml_error(r->y, yaml_get(n, "date"), e, "%s", why);
		ARRAY_PUSH(r->d->list, r->d->count, r->d->cap) = row;
	}
	return 0;
}

static int read_rows(struct reader *r, const struct yaml_node *year, const char *key,
		     enum list list, struct err *e)
{
	const struct yaml_node *n = yaml_get(year, key);
	if (n && !yaml_is_list(n))
		return yaml_error(r->y, n, e, _("%s must be a list (- date: …)"), key);
	for (size_t i = 0; i < yaml_count(n); i++)
		if (read_row(r, yaml_at(n, i), list, e) < 0)
			return -1;
	return 0;
}

/* "a, b" of a list of texts. */
static int read_notices(const struct reader *r, const struct yaml_node *year, const char **out,
			struct err *e)
{
	const struct yaml_node *n = yaml_get(year, "notices");
	if (n && !yaml_is_list(n))
		return yaml_error(r->y, n, e, _("notices must be a list of numbers"));
	struct strbuf b = STRBUF_INIT;
	for (size_t i = 0; i < yaml_count(n); i++) {
		const char *s = yaml_text(yaml_at(n, i));
		if (!s) {
			strbuf_free(&b);
			return yaml_error(r->y, yaml_at(n, i), e,
					  _("notices must be a list of numbers"));
		}
		strbuf_addf(&b, "%s%s", i ? ", " : "", s);
	}
	*out = b.len ? text_clean(r->a, b.s) : NULL;
	strbuf_free(&b);
	return 0;
}

static int check_year(const struct reader *r, const struct yaml_node *n, struct err *e)
{
	const struct yaml_node *at = yaml_get(n, "year");
	if (!at)
		return yaml_error(r->y, n, e, _("an entry needs its year"));
	const struct year *there = days_year(r->d, r->year);
	if (there->place && there->user == r->user)
		return yaml_error(r->y, at, e, _("the year %d is there already, at %s"),
				  (int)r->year, there->place);
	return 0;
}

static int read_year(struct reader *r, const struct yaml_node *n, struct err *e)
{
	static const char *const keys[] = {"year", "notices", "complete", "missing",
					   "off",  "worked",  "unsure",   NULL};
	struct year year = {.user = r->user, .complete = true};
	if (yaml_only_keys(r->y, n, keys, e) < 0 ||
	    yaml_get_int(r->y, n, "year", YEAR_FIRST, YEAR_LAST, &r->year, e) < 0 ||
	    check_year(r, n, e) < 0 || read_notices(r, n, &year.notices, e) < 0 ||
	    yaml_get_bool(r->y, n, "complete", &year.complete, e) < 0 ||
	    file_text(r->y, n, "missing", r->a, &year.missing, e) < 0)
		return -1;
	if (year.missing && year.complete)
		return yaml_error(r->y, yaml_get(n, "missing"), e,
				  _("missing goes with complete: false"));
	struct year *slot = &r->d->years[r->year - YEAR_FIRST];
	bool hidden = slot->place; /* by the user's */
	r->first = r->d->count;
	r->why = year.notices;
	if (read_rows(r, n, "off", OFF, e) < 0 || read_rows(r, n, "worked", WORKED, e) < 0 ||
	    read_rows(r, n, "unsure", UNSURE, e) < 0)
		return -1;
	if (hidden) { /* checked, and no more */
		r->d->count = r->first;
		return 0;
	}
	year.place = arena_printf(r->a, "%s:%d", r->file, yaml_line(n));
	*slot = year;
	return 0;
}

static int read_dates(const struct reader *r, const struct yaml_node *n, struct holiday *h,
		      struct err *e)
{
	const struct yaml_node *list = yaml_get(n, "dates");
	size_t count = yaml_count(list);
	if (!list)
		return 0;
	if (!yaml_is_list(list) || count > DATES_MOST)
		return yaml_error(r->y, list, e, _("dates must be a list of at most %d dates"),
				  DATES_MOST);
	h->dates = xcalloc(count, sizeof *h->dates);
	for (size_t i = 0; i < count; i++) {
		const char *s = yaml_text(yaml_at(list, i));
		if (!s || !text_date(s, &h->dates[i]))
			return yaml_error(r->y, yaml_at(list, i), e,
					  _("%s must be a date such as 2026-11-24"), "dates");
		h->date_count++;
	}
	return 0;
}

static int read_holiday(struct reader *r, const struct yaml_node *n, struct err *e)
{
	static const char *const keys[] = {"name",   "basis",   "day",       "dates",
					   "before", "days",    "from",      "to",
					   "beside", "made_up", "certainty", NULL};
	struct holiday *h = &ARRAY_PUSH(r->d->holidays, r->d->holiday_count, r->d->holiday_cap);
	*h = (struct holiday){
		.days = 1, .from = 0, .to = INT32_MAX, .made_up = true, .rest = r->rest};
	if (yaml_only_keys(r->y, n, keys, e) < 0 ||
	    file_text(r->y, n, "name", r->a, &h->name, e) < 0 ||
	    file_text(r->y, n, "basis", r->a, &h->basis, e) < 0 ||
	    file_month_day(r->y, n, "day", &h->month, &h->day, e) < 0 ||
	    read_dates(r, n, h, e) < 0 ||
	    yaml_get_int(r->y, n, "before", 0, RANGE_MOST, &h->before, e) < 0 ||
	    yaml_get_int(r->y, n, "days", 1, RANGE_MOST, &h->days, e) < 0 ||
	    yaml_get_int(r->y, n, "from", 1900, 9999, &h->from, e) < 0 ||
	    yaml_get_int(r->y, n, "to", 1900, 9999, &h->to, e) < 0 ||
	    yaml_get_bool(r->y, n, "beside", &h->beside, e) < 0 ||
	    yaml_get_bool(r->y, n, "made_up", &h->made_up, e) < 0 ||
	    read_certainty(r, n, &h->certainty, e) < 0)
		return -1;
	if (!h->name || !h->month == !h->dates)
		return yaml_error(r->y, n, e,
				  _("a holiday needs a name, and either a day or dates"));
	if (h->to < h->from)
		return yaml_error(r->y, yaml_get(n, "to"), e, _("to is before from"));
	return 0;
}

static int read_list(struct reader *r, const char *key, size_t most,
		     int (*read)(struct reader *, const struct yaml_node *, struct err *),
		     struct err *e)
{
	const struct yaml_node *n = yaml_get(yaml_root(r->y), key);
	if (n && !yaml_is_list(n))
		return yaml_error(r->y, n, e, _("%s must be a list"), key);
	if (yaml_count(n) > most)
		return yaml_error(r->y, n, e, _("%s: more than %zu entries"), key, most);
	for (size_t i = 0; i < yaml_count(n); i++)
		if (read(r, yaml_at(n, i), e) < 0)
			return -1;
	return 0;
}

static int read_rest(struct reader *r, struct err *e)
{
	if (file_weekdays(r->y, yaml_root(r->y), "rest", &r->rest, e) < 0)
		return -1;
	if (r->rest == ALL_WEEK)
		return yaml_error(r->y, yaml_get(yaml_root(r->y), "rest"), e,
				  _("rest: some weekday must be worked"));
	return 0;
}

int days_read(struct days *d, struct arena *a, const struct yaml *y, const char *file,
	      bool user, struct err *e)
{
	struct reader r = {.d = d, .a = a, .y = y, .file = file, .user = user, .rest = WEEKEND};
	if (read_rest(&r, e) < 0 || read_list(&r, "years", YEARS, read_year, e) < 0)
		return -1;
	return read_list(&r, "holidays", HOLIDAYS_MOST, read_holiday, e);
}

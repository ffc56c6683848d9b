/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deadline/calendar.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "deadline/calendar_file.h"
#include "deadline/days.h"
#include "deadline/hours.h"
#include "deadline/worktime.h"

#define UNITS_MOST 2000 /* with hours of their own, in one calendar */

/* The compiled hours of one calendar. */
struct place {
	const struct hours *hours;
	struct worktime *usual;
	struct strmap units; /* struct worktime *; some may be the same one */
};

struct calendar {
	struct arena arena;
	struct days days;
	struct hours_book book;
	struct grid grid;
	struct place *places;        /* one for each of the book's */
	struct worktime **worktimes; /* all, owned */
	size_t worktime_count, worktime_cap;
	const char **files;
	size_t file_count, file_cap;
	const char *newest; /* version of the files */
	uint64_t digest;
	char *version;
};

/* --- reading --------------------------------------------------------------------------------
 */

static void digest(struct calendar *c, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) /* FNV-1a */
		c->digest = (c->digest ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
}

static int read_version(struct calendar *c, const struct yaml *y, struct err *e)
{
	int64_t day = 0;
	if (file_date(y, yaml_root(y), "version", &day, e) < 0)
		return -1;
	const char *s = yaml_text(yaml_get(yaml_root(y), "version"));
	if (s && strcmp(s, c->newest) > 0)
		c->newest = arena_strdup(&c->arena, s);
	return 0;
}

static int read_yaml(struct calendar *c, const struct yaml *y, const char *file, bool user,
		     struct err *e)
{
	static const char *const keys[] = {"version",  "rest",      "years",
					   "holidays", "calendars", NULL};
	if (!yaml_root(y))
		return 0;
	if (yaml_only_keys(y, yaml_root(y), keys, e) < 0 || read_version(c, y, e) < 0 ||
	    days_read(&c->days, &c->arena, y, file, user, e) < 0)
		return -1;
	return hours_read(&c->book, &c->arena, y, file, e);
}

static int read_text(struct calendar *c, const char *file, const char *text, size_t n,
		     bool user, struct err *e)
{
	struct yaml *y = yaml_parse(file, text, n, e);
	ARRAY_PUSH(c->files, c->file_count, c->file_cap) = arena_strdup(&c->arena, file);
	int result = y ? read_yaml(c, y, file, user, e) : -1;
	yaml_free(y);
	digest(c, text, n);
	return result;
}

static struct calendar *calendar_new(void)
{
	struct calendar *c = xcalloc(1, sizeof *c);
	c->newest = "";
	c->digest = UINT64_C(0xcbf29ce484222325);
	return c;
}

/* --- compiling ------------------------------------------------------------------------------
 */

static struct worktime *compile(struct calendar *c, const struct hours *h, const char *unit)
{
	struct worktime *w = worktime_new(&c->grid);
	for (int64_t i = 0; i < c->grid.count; i++) {
		int64_t day = c->grid.first + i;
		const struct hours_row *r = hours_on(h, &c->days, unit, day);
		for (size_t o = 0; r && o < r->open_count; o++)
			worktime_open(w, day, r->open[o].from, r->open[o].to);
	}
	worktime_finish(w, h->day);
	return w;
}

/* Keeps it, or one that is the same and is there already. */
static struct worktime *keep(struct calendar *c, struct worktime *w)
{
	for (size_t i = 0; i < c->worktime_count; i++)
		if (worktime_equal(c->worktimes[i], w)) {
			worktime_free(w);
			return c->worktimes[i];
		}
	ARRAY_PUSH(c->worktimes, c->worktime_count, c->worktime_cap) = w;
	return w;
}

static int never_opens(const struct hours *h, const char *unit, struct err *e)
{
	if (unit)
		return err_set(e, ERR_PARSE, _("%s: \"%s\" never opens for the unit %.40s"),
			       h->place, h->name, unit);
	return err_set(e, ERR_PARSE, _("%s: \"%s\" never opens"), h->place, h->name);
}

static int add_unit(struct calendar *c, struct place *p, const char *unit, struct err *e)
{
	if (strmap_get(&p->units, unit))
		return 0;
	if (p->units.count >= UNITS_MOST)
		return err_set(e, ERR_LIMIT, _("%s: more than %d units with their own hours"),
			       p->hours->place, UNITS_MOST);
	struct worktime *w = keep(c, compile(c, p->hours, unit));
	strmap_put(&p->units, unit, w);
	return w->count ? 0 : never_opens(p->hours, unit, e);
}

static int compile_place(struct calendar *c, struct place *p, struct err *e)
{
	p->usual = keep(c, compile(c, p->hours, NULL));
	if (!p->usual->count)
		return never_opens(p->hours, NULL, e);
	for (size_t i = 0; i < p->hours->count; i++)
		for (size_t u = 0; u < p->hours->rows[i].unit_count; u++)
			if (add_unit(c, p, p->hours->rows[i].units[u], e) < 0)
				return -1;
	return 0;
}

static int finish(struct calendar *c, struct err *e)
{
	days_finish(&c->days, &c->arena);
	grid_make(&c->grid);
	c->places = xcalloc(c->book.count, sizeof *c->places);
	for (size_t i = 0; i < c->book.count; i++)
		c->places[i].hours = c->book.list[i];
	for (size_t i = 0; i < c->book.count; i++)
		if (compile_place(c, &c->places[i], e) < 0)
			return -1;
	c->version = xasprintf("%s%s%08" PRIx32, c->newest, *c->newest ? "." : "",
			       (uint32_t)(c->digest ^ c->digest >> 32));
	return 0;
}

/* --- opening --------------------------------------------------------------------------------
 */

static struct calendar *finish_or_free(struct calendar *c, int result, struct err *e)
{
	if (result == 0 && finish(c, e) == 0)
		return c;
	calendar_free(c);
	return NULL;
}

struct calendar *calendar_parse(const char *name, const char *text, size_t n, struct err *e)
{
	struct calendar *c = calendar_new();
	return finish_or_free(c, read_text(c, name, text, n, false, e), e);
}

static int is_yaml(const struct dirent *d)
{
	size_t n = strlen(d->d_name);
	return d->d_name[0] != '.' && n > 5 && strcmp(d->d_name + n - 5, ".yaml") == 0;
}

/* The order of the bytes, which no locale changes. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int read_file(struct calendar *c, const char *path, bool user, struct err *e)
{
	size_t n;
	char *text = yaml_read(path, &n, e);
	int result = text ? read_text(c, path, text, n, user, e) : -1;
	free(text);
	return result;
}

/* Reads the folder's files in the order of their names, without those in `seen`, and adds
 * theirs to it.  A folder that is not there is an empty one. */
static int read_folder(struct calendar *c, const char *folder, bool user, struct strmap *seen,
		       struct err *e)
{
	struct dirent **list;
	int count = scandir(folder, &list, is_yaml, by_name), result = 0;
	if (count < 0)
		return errno == ENOENT ? 0 : err_errno(e, ERR_IO, _("can't read %s"), folder);
	for (int i = 0; i < count; i++) {
		const char *name = list[i]->d_name;
		char *path = xasprintf("%s/%s", folder, name);
		if (result == 0 && !strmap_get(seen, name)) {
			strmap_put(seen, name, c);
			result = read_file(c, path, user, e);
		}
		free(path);
		free(list[i]);
	}
	free(list);
	return result;
}

/* What every rule may count on. */
static int check_office(const struct calendar *c, const char *folder, struct err *e)
{
	if (hours_find(&c->book, "office"))
		return 0;
	return err_set(e, ERR_NOT_FOUND, _("no file in %s has the calendar \"office\""),
		       folder);
}

/* Reads the file that is tried out, the user's and the shipped ones, in this order. */
static int read_all(struct calendar *c, const struct paths *p, const char *file, struct err *e)
{
	struct strmap seen = STRMAP_INIT;
	char *own = xasprintf("%s/calendars", p->config_dir);
	char *shipped = xasprintf("%s/calendars", p->data_dir);
	int result = 0;
	if (file) {
		const char *slash = strrchr(file, '/');
		strmap_put(&seen, slash ? slash + 1 : file, c);
		result = read_file(c, file, true, e);
	}
	if (result == 0)
		result = read_folder(c, own, true, &seen, e);
	if (result == 0)
		result = read_folder(c, shipped, false, &seen, e);
	if (result == 0)
		result = check_office(c, shipped, e);
	strmap_free(&seen, NULL);
	free(own);
	free(shipped);
	return result;
}

struct calendar *calendar_open_with(const struct paths *p, const char *file, struct err *e)
{
	struct calendar *c = calendar_new();
	return finish_or_free(c, read_all(c, p, file, e), e);
}

struct calendar *calendar_open(const struct paths *p, struct err *e)
{
	return calendar_open_with(p, NULL, e);
}

struct calendar *calendar_open_folder(const char *folder, struct err *e)
{
	struct calendar *c = calendar_new();
	struct strmap seen = STRMAP_INIT;
	int result = read_folder(c, folder, false, &seen, e);
	if (result == 0)
		result = check_office(c, folder, e);
	strmap_free(&seen, NULL);
	return finish_or_free(c, result, e);
}

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

/* --- asking ---------------------------------------------------------------------------------
 */

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

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what the files say to openings: of each calendar the usual hours, and those of each unit
 * that a row names. */
#include <inttypes.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "deadline/calendar_parts.h"

#define UNITS_MOST 2000 /* with hours of their own, in one calendar */

/* The rows that answer for seven days on end; false where another week may have others. */
static bool usual_week(const struct hours *h, const char *unit, int64_t first,
		       const struct hours_row *week[7])
{
	for (size_t i = 0; i < h->count; i++)
		if (hours_row_is_dated(&h->rows[i]))
			return false;
	for (int i = 0; i < 7; i++)
		week[i] = hours_on(h, NULL, unit, first + i);
	return true;
}

static struct worktime *compile(struct calendar *c, const struct hours *h, const char *unit)
{
	struct worktime *w = worktime_new(&c->grid);
	const struct days *d = &c->days;
	const struct hours_row *week[7];
	bool usual = usual_week(h, unit, c->grid.first, week);
	size_t odd = days_from(d, c->grid.first); /* the next one that is not as usual */
	for (int64_t i = 0; i < c->grid.count; i++) {
		int64_t day = c->grid.first + i;
		bool is_odd = odd < d->count && d->list[odd].day == day;
		const struct hours_row *r = usual && !is_odd
						    ? week[i % 7]
						    : hours_on(h, is_odd ? &d->list[odd] : NULL,
							       unit, day);
		odd += is_odd;
		if (r)
			worktime_open(w, day, r->open, r->open_count);
	}
	worktime_finish(w, h->day, h->holidays);
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

int calendar_compile(struct calendar *c, struct err *e)
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

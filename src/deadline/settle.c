/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "deadline/course.h"
#include "deadline/rulebook_parts.h"
#include "model/standard_columns.h"

static void put_time(struct record *r, size_t column, int64_t t)
{
	r->values[column] = (struct value){.set = t != CLOCK_NONE};
	if (t != CLOCK_NONE)
		r->values[column].i = t;
}

static void put_text(struct record *r, size_t column, const char *s)
{
	r->values[column] = (struct value){.set = s != NULL};
	if (s) {
		r->values[column].s = s;
		r->values[column].n = strlen(s);
	}
}

static void put_left(struct record *r, int64_t ms)
{
	put_time(r, COL_LEFT_S, ms);
	if (ms != CLOCK_NONE)
		r->values[COL_LEFT_S].i = ms / SECOND - (ms % SECOND < 0);
}

static void clear(struct record *r)
{
	for (size_t i = COL_DUE_SRC; i <= COL_RULE; i++)
		r->values[i] = (struct value){.set = false};
}

/* The handle clock has ended, its verdict stands; now the publish clock runs. */
static void settle_publication(const struct rulebook *b, struct record *r,
			       const struct course *c, const struct reckoning *x)
{
	int64_t due = rule_end(b, x->rule, CLOCK_PUBLISH, record_text(r, COL_UNIT),
			       c->publish_from);
	if (due == CLOCK_NONE)
		return;
	put_text(r, COL_CLOCK, deadline_clocks[CLOCK_PUBLISH].code);
	put_time(r, COL_DUE_CALC, due);
	put_time(r, COL_DUE_AT, due);
	put_left(r, CLOCK_NONE);
	put_time(r, COL_SOON_AT,
		 reckon_soon(b, r, x->rule, CLOCK_PUBLISH, c->publish_from, due));
}

static void settle_course(const struct rulebook *b, struct arena *a, struct record *r,
			  const struct course *c)
{
	struct reckoning x;
	reckon(b, r, c, &x);
	put_time(r, COL_DUE_CALC, x.calc);
	put_text(r, COL_CLOCK, deadline_clocks[c->clock].code);
	put_text(r, COL_RULE, x.rule ? arena_strdup(a, x.rule->stamp) : NULL);
	put_text(r, COL_VERDICT, x.verdict);
	if (x.stands) {
		put_time(r, COL_PAUSED_AT, c->stood_since);
		put_left(r, x.left);
	} else if (c->ended) {
		put_left(r, x.left);
		if (!record_is_open(r))
			put_time(r, COL_DUE_AT, x.due);
	} else {
		put_time(r, COL_DUE_AT, x.due);
		put_time(r, COL_SOON_AT, reckon_soon(b, r, x.rule, c->clock, c->start, x.due));
	}
	if (c->publish_from != CLOCK_NONE)
		settle_publication(b, r, c, &x);
}

void deadline_settle(const struct rulebook *b, struct arena *a, struct record *r)
{
	if (r->kind->catalogue || r->deleted)
		return;
	int64_t promised = promised_by_source(r);
	struct course c;
	course_of(b, a, r, promised, &c);
	clear(r);
	put_time(r, COL_DUE_SRC, promised);
	put_time(r, COL_DUE_AT, CLOCK_NONE);
	if (c.clock != CLOCK_KIND_COUNT)
		settle_course(b, a, r, &c);
}

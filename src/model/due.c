/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/due.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"

const char *const due_by_columns[DUE_BY_COUNT] = {
	[DUE_BY_UNIT] = "unit",
	[DUE_BY_CATEGORY] = "category",
	[DUE_BY_AREA] = "area",
	[DUE_BY_PROCEDURE] = "procedure",
};

bool due_by_fits(enum due_by by, const struct kind *k)
{
	return kind_column(k, due_by_columns[by]) >= 0;
}

/* Midnight so many days after t's day; days of 23 or 25 hours count as days. */
static int64_t midnight(int64_t t, int days)
{
	struct clock_civil c = clock_local(t);
	int64_t day = clock_days(c.year, c.month, c.day) + days;
	c = (struct clock_civil){0};
	clock_date(day, &c.year, &c.month, &c.day);
	return clock_from_local(&c);
}

int64_t due_day_end(int64_t t)
{
	return midnight(t, 1);
}

struct due_board *due_board_new(const struct due_query *q)
{
	struct due_board *b = xcalloc(1, sizeof *b);
	b->query = *q;
	b->total.oldest = b->last_due = CLOCK_NONE;
	for (int i = 0; i <= DUE_DAYS; i++)
		b->day_starts[i] = midnight(q->now, i);
	b->since = midnight(q->now, -DUE_PERIOD);
	return b;
}

void due_board_free(void *board)
{
	struct due_board *b = board;
	if (!b)
		return;
	arena_free(&b->arena);
	free(b->groups);
	free(b);
}

void due_rate(const struct due_counts *c, int64_t *part, int64_t *whole)
{
	*part = c->late + c->ended_late;
	*whole = c->timed + c->ended;
}

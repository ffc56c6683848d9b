/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many dossiers there are in which state, counted back in office time. */
#include "demo/load_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

enum dossier_spread {
	DOSSIER_PAST,
	DOSSIER_READY,
	DOSSIER_RUNNING,
	DOSSIER_LATE,
	DOSSIER_FRESH
};

/* 4,126 received = 3,744 solved + 367 running + 15 withdrawn or stopped; beside them 14 that
 * nobody has received yet and 7 that were refused. */
static const struct dossier_quota {
	const char *state;
	int count;
	enum dossier_spread spread;
} dossier_quotas[] = {
	{"10", 3484, DOSSIER_PAST}, {"9", 260, DOSSIER_READY},   {"7", 6, DOSSIER_PAST},
	{"8", 9, DOSSIER_PAST},     {"3", 7, DOSSIER_PAST},      {"2", 41, DOSSIER_FRESH},
	{"4", 70, DOSSIER_FRESH},   {"4", 189, DOSSIER_RUNNING}, {"4", 9, DOSSIER_LATE},
	{"5", 34, DOSSIER_RUNNING}, {"6", 24, DOSSIER_RUNNING},  {"1", 14, DOSSIER_FRESH},
};
#define DOSSIERS 4147
#define DOSSIER_DAYS 112

/* Another number until the procedure takes at least that many days. */
static const struct procedure *find_long(struct load *l, struct dossier_plan *p, int days)
{
	const struct procedure *found = dossier_procedure(l->w->dossiers, p);
	for (int tries = 0; tries < 1000; tries++) {
		if (!found->same_day && found->limit >= days * WORKDAY)
			break;
		p->number += 100000;
		found = dossier_procedure(l->w->dossiers, p);
	}
	return found;
}

static int64_t dossier_work(struct load *l, const struct dossier_quota *q, int i,
			    struct dossier_plan *p)
{
	int64_t work = office_work(l->w->city->office, l->now);
	const struct procedure *procedure = dossier_procedure(l->w->dossiers, p);
	switch (q->spread) {
	case DOSSIER_PAST:
		if (strcmp(q->state, "10") == 0 && i == 1742) {
			p->late = p->plain = true;
			procedure = find_long(l, p, 3);
			return work - procedure->limit - 34 * WORKDAY;
		}
		return work - procedure->limit - 2 * WORKDAY -
		       load_age(l, DOSSIER_DAYS * WORKDAY, 1);
	case DOSSIER_READY:
		return work - procedure->limit - rng_between(&l->r, 0, 2 * WORKDAY);
	case DOSSIER_RUNNING:
		p->plain = true;
		procedure = find_long(l, p, 2);
		return work - procedure->limit / 100 * rng_between(&l->r, 3, 96);
	case DOSSIER_LATE:
		p->plain = true;
		procedure = find_long(l, p, 3);
		return work - procedure->limit - rng_between(&l->r, HOUR, 2 * WORKDAY);
	case DOSSIER_FRESH:
		break;
	}
	p->plain = true;
	return work - rng_between(&l->r, 4 * MINUTE, 2 * HOUR);
}

static int by_work(const void *a, const void *b)
{
	const struct dossier_plan *x = a, *y = b;
	return load_compare(x->work, y->work, x->number, y->number);
}

static void plan_dossiers(struct load *l, struct dossier_plan *plans)
{
	size_t n = 0;
	load_start_plan(l, STREAM_DOSSIER);
	for (size_t q = 0; q < ARRAY_LEN(dossier_quotas); q++)
		for (int i = 0; i < dossier_quotas[q].count; i++, n++) {
			plans[n] = (struct dossier_plan){.stream = STREAM_DOSSIER,
							 .number = n,
							 .state = dossier_quotas[q].state,
							 .until = l->now};
			plans[n].work = dossier_work(l, &dossier_quotas[q], i, &plans[n]);
		}
	qsort(plans, DOSSIERS, sizeof *plans, by_work);
	for (size_t i = 0; i < DOSSIERS; i++)
		plans[i].serial = i && office_day(plans[i].work) ==
							  office_day(plans[i - 1].work)
					  ? plans[i - 1].serial + 1
					  : 1;
}

static int make_old_dossiers(struct load *l)
{
	int64_t n = l->records - DOSSIERS, day = -1, serial = 0;
	int64_t end = office_work(l->w->city->office, l->now) - (DOSSIER_DAYS + 30) * WORKDAY;
	int64_t span = LOAD_HISTORY / DAY * 5 / 7 * WORKDAY;
	for (int64_t i = 0; i < n; i++) {
		double share = ((double)i + rng_unit(&l->r)) / (double)n;
		struct dossier_plan p = {.stream = STREAM_HISTORY + STREAM_DOSSIER,
					 .number = (uint64_t)i,
					 .state = rng_percent(&l->r, 98) ? "10" : "3",
					 .until = l->now,
					 .work = end - span + (int64_t)(share * (double)span)};
		serial = office_day(p.work) == day ? serial + 1 : 1;
		day = office_day(p.work);
		p.serial = serial;
		dossier_make(l->w->dossiers, &p, &l->sketch);
		if (load_hand_out(l) < 0)
			return -1;
	}
	return 0;
}

static int make_new_dossiers(struct load *l, const struct dossier_plan *plans)
{
	l->looked_up = xcalloc(DOSSIERS, sizeof *l->looked_up);
	for (size_t i = 0; i < DOSSIERS; i++) {
		dossier_make(l->w->dossiers, &plans[i], &l->sketch);
		struct looked_up *to = &l->looked_up[l->looked_up_count++];
		snprintf(to->code, sizeof to->code, "%s", l->sketch.id);
		to->procedure = dossier_procedure(l->w->dossiers, &plans[i]);
		to->received = l->sketch.created;
		odd_spoil(&l->sketch, i == DOSSIERS - 100 ? ODD_NFD : ODD_NONE, &l->r);
		if (load_hand_out(l) < 0)
			return -1;
	}
	return 0;
}

int load_dossiers(struct load *l)
{
	struct dossier_plan *plans = xcalloc(DOSSIERS, sizeof *plans);
	plan_dossiers(l, plans);
	int bad = make_old_dossiers(l) < 0 ? -1 : make_new_dossiers(l, plans);
	free(plans);
	return bad;
}

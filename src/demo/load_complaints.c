/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many complaints there are in which state, and how old they are. */
#include "demo/load_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

enum spread { SPREAD_OLD, SPREAD_DAYS, SPREAD_MINUTES, SPREAD_SHARE, SPREAD_LATE };

/* 423 = 328 handled + 81 open + the first one, which is open too + 12 refused or referred up
 * + 1 in a state that nobody knows. */
static const struct complaint_quota {
	const char *state;
	int count;
	enum spread spread;
	int least, most; /* days, minutes or percent of the field's hours */
} complaint_quotas[] = {
	{"DONG", 284, SPREAD_OLD, 5, 150},          {"CHO_DAN", 26, SPREAD_DAYS, 2, 8},
	{"DA_XL", 18, SPREAD_DAYS, 1, 5},           {"TU_CHOI", 7, SPREAD_OLD, 2, 90},
	{"CHUYEN_CAP", 5, SPREAD_OLD, 2, 90},       {"MOI", 9, SPREAD_MINUTES, 2, 105},
	{"XAC_MINH", 8, SPREAD_MINUTES, 8, 300},    {"CHO_BS", 5, SPREAD_MINUTES, 240, 1700},
	{"DA_CHUYEN", 13, SPREAD_MINUTES, 45, 560}, {"DANG_XL", 34, SPREAD_SHARE, 8, 97},
	{"DANG_XL", 6, SPREAD_LATE, 4, 115},        {"CHO_DUYET", 7, SPREAD_SHARE, 30, 92},
};

static int64_t complaint_age(struct load *l, const struct complaint_quota *q, int i,
			     const struct complaint_plan *p)
{
	int64_t hours = complaint_category(l->w->complaints, p)->handle, found = 0;
	switch (q->spread) {
	case SPREAD_OLD:
		return q->least * DAY + load_age(l, (q->most - q->least) * DAY, 1.5);
	case SPREAD_DAYS:
		return rng_between(&l->r, q->least * DAY, q->most * DAY);
	case SPREAD_MINUTES:
		found = rng_between(&l->r, q->least * MINUTE, q->most * MINUTE);
		break;
	case SPREAD_SHARE:
		found = hours / 100 * rng_between(&l->r, q->least, q->most);
		break;
	case SPREAD_LATE: /* later than ngõ 308 is none */
		return hours + (q->least + (q->most - q->least) * i / q->count) * MINUTE +
		       rng_between(&l->r, 0, 9 * MINUTE);
	}
	return found < hours / 100 * 95 ? found : hours / 100 * 95;
}

/* Which are odd: the i-th of a quota. */
static enum odd odd_one(const struct complaint_quota *q, int i)
{
	static const struct {
		const char *state;
		int i;
		enum odd odd;
	} all[] = {
		{"DANG_XL", 3, ODD_EMOJI},
		{"DANG_XL", 7, ODD_ESCAPE},
		{"DANG_XL", 11, ODD_BIDI},
		{"DANG_XL", 15, ODD_WIDE},
		{"DANG_XL", 19, ODD_FORMULA},
		{"DANG_XL", 23, ODD_NOWHERE},
		{"DANG_XL", 27, ODD_LONG},
		{"DANG_XL", 31, ODD_NFD},
		{"DA_CHUYEN", 2, ODD_MISSING},
		{"XAC_MINH", 7, ODD_STATE},
		{"MOI", 4, ODD_C1},
	};
	for (size_t k = 0; k < ARRAY_LEN(all); k++)
		if (q->spread != SPREAD_LATE && all[k].i == i &&
		    strcmp(all[k].state, q->state) == 0)
			return all[k].odd;
	return ODD_NONE;
}

static void plan_complaint(struct load *l, const struct complaint_quota *q, int i)
{
	struct complaint_plan *p = &l->complaints[l->complaint_count];
	*p = (struct complaint_plan){.stream = STREAM_COMPLAINT,
				     .number = l->complaint_count,
				     .state = q->state,
				     .until = l->now};
	bool closed = strcmp(q->state, "DONG") == 0;
	if (closed && i % 35 == 10)
		p->channel = "callbot";
	if (closed && i % 90 == 26) {
		p->channel = "camera";
		p->camera = &l->w->city->cameras[12 + i / 9];
	}
	p->created = l->now - complaint_age(l, q, i, p);
	if (q->spread == SPREAD_OLD || q->spread == SPREAD_DAYS)
		p->created = rhythm_day(&l->r, p->created);
	else if (q->spread != SPREAD_LATE)
		p->created = load_by_day(l, p->created);
	l->odds[l->complaint_count++] = odd_one(q, i);
}

static int by_created(const void *a, const void *b)
{
	const struct complaint_plan *x = a, *y = b;
	return load_compare(x->created, y->created, x->number, y->number);
}

/* --- the same matter twice ------------------------------------------------------------------
 */

#define TOLD_WITHIN (4 * DAY)
#define TOLD_SINCE (40 * DAY)

static bool may_be_told_again(const struct load *l, const struct complaint_plan *p)
{
	return l->now - p->created < TOLD_SINCE && !p->channel && !*p->tells_of &&
	       l->odds[p->number] == ODD_NONE && complaint_topic(l->w->complaints, p);
}

static bool same_topic(const struct load *l, const struct complaint_plan *a,
		       const struct complaint_plan *b)
{
	const struct complaints *x = l->w->complaints;
	return strcmp(complaint_topic(x, a), complaint_topic(x, b)) == 0;
}

/* The latest earlier one that could be the same matter; NULL. */
static struct complaint_plan *told_before(struct load *l, const struct complaint_plan *p)
{
	for (size_t i = (size_t)(p - l->complaints); i-- > 0;) {
		struct complaint_plan *q = &l->complaints[i];
		if (p->created - q->created > TOLD_WITHIN)
			return NULL;
		if (may_be_told_again(l, q) && same_topic(l, p, q))
			return q;
	}
	return NULL;
}

static void tell_again(struct complaint_plan *p, const char *id,
		       const struct complaint_plan *before)
{
	snprintf(p->tells_of, sizeof p->tells_of, "%s", id);
	p->again = before;
}

/* Every fourth that could be is one; and the first one about cars in a lane since ngõ 308 was
 * told of is about that. */
static void find_echoes(struct load *l)
{
	int64_t first = rhythm_midnight(l->now - 3 * HOUR) - 2 * DAY + 9 * HOUR;
	bool first_told = false;
	char id[48];
	snprintf(id, sizeof id, COMPLAINT_ID, (long long)FIRST_COMPLAINT);
	for (size_t i = 0, n = 0; i < l->complaint_count; i++) {
		struct complaint_plan *p = &l->complaints[i], *before;
		if (!may_be_told_again(l, p))
			continue;
		const char *topic = complaint_topic(l->w->complaints, p);
		if (!first_told && p->created > first && strcmp(topic, "cho-xe-ngo") == 0) {
			tell_again(p, id, NULL);
			first_told = true;
		} else if ((before = told_before(l, p)) && n++ % 4 == 0) {
			tell_again(p, before->id, before);
		}
	}
}

static void plan_complaints(struct load *l)
{
	load_start_plan(l, STREAM_COMPLAINT);
	l->complaints = xcalloc(FIRST_COMPLAINT, sizeof *l->complaints);
	l->odds = xcalloc(FIRST_COMPLAINT, sizeof *l->odds);
	for (size_t q = 0; q < ARRAY_LEN(complaint_quotas); q++)
		for (int i = 0; i < complaint_quotas[q].count; i++)
			plan_complaint(l, &complaint_quotas[q], i);
	qsort(l->complaints, l->complaint_count, sizeof *l->complaints, by_created);
	for (size_t i = 0; i < l->complaint_count; i++)
		snprintf(l->complaints[i].id, sizeof l->complaints[i].id, COMPLAINT_ID,
			 (long long)i + 1);
	find_echoes(l);
}

/* Remembers what a call or camera has told, so that the record of it can be made. */
static void remember(struct load *l, const struct complaint_plan *p)
{
	if (p->channel && l->told_count < TOLD_MOST)
		l->told[l->told_count++] = (struct told){p, xstrdup(l->sketch.title.s)};
}

static int make_old_complaints(struct load *l)
{
	int64_t n = l->records - FIRST_COMPLAINT;
	for (int64_t i = 0; i < n; i++) {
		struct complaint_plan p = {.stream = STREAM_HISTORY + STREAM_COMPLAINT,
					   .number = (uint64_t)i,
					   .state = rng_percent(&l->r, 93)   ? "DONG"
						    : rng_percent(&l->r, 70) ? "TU_CHOI"
									     : "CHUYEN_CAP",
					   .until = l->now};
		p.created = load_long_ago(l, i, n, l->now - 160 * DAY);
		snprintf(p.id, sizeof p.id, "PA-%04d-%07lld", load_year(p.created),
			 (long long)i + 1);
		complaint_make(l->w->complaints, &p, &l->sketch);
		if (load_hand_out(l) < 0)
			return -1;
	}
	return 0;
}

int load_complaints(struct load *l)
{
	char id[48];
	plan_complaints(l);
	snprintf(id, sizeof id, COMPLAINT_ID, (long long)FIRST_COMPLAINT);
	complaint_make_first(l->w->complaints, l->now, id, &l->sketch);
	if (load_hand_out(l) < 0 || make_old_complaints(l) < 0)
		return -1;
	for (size_t i = 0; i < l->complaint_count; i++) {
		const struct complaint_plan *p = &l->complaints[i];
		complaint_make(l->w->complaints, p, &l->sketch);
		remember(l, p);
		odd_spoil(&l->sketch, l->odds[p->number], &l->r);
		if (load_hand_out(l) < 0)
			return -1;
	}
	return 0;
}

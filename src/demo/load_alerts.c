/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three days of cameras' alerts, by the hours at which they come. */
#include "demo/load_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

static const struct alert_quota {
	const char *state; /* NULL: done with */
	int count;
	int64_t least, most; /* seconds of age */
} alert_quotas[] = {
	{NULL, 590, 1500, 72 * 3600},
	{"MOI", 13, 8, 900},
	{"DA_XN", 9, 90, 2400},
	{"DA_CHUYEN", 24, 300, 4 * 3600},
};
#define ALERTS 640

static int alerts_by_created(const void *a, const void *b)
{
	const struct alert_plan *x = a, *y = b;
	return load_compare(x->created, y->created, x->number, y->number);
}

/* Drawn again where the hour is quiet. */
static int64_t alert_time(struct load *l, const struct alert_quota *q)
{
	unsigned busiest = 1;
	for (int h = 0; h < 24; h++)
		if (alerts_at_hour(l->w->alerts, h) > busiest)
			busiest = alerts_at_hour(l->w->alerts, h);
	int64_t t = l->now;
	for (int tries = 0; tries < 1000; tries++) {
		t = l->now - rng_between(&l->r, q->least, q->most) * SECOND -
		    (int64_t)rng_below(&l->r, 1000);
		unsigned here = alerts_at_hour(l->w->alerts, rhythm_hour(t));
		if (q->state || rng_below(&l->r, busiest) < here)
			break;
	}
	return t;
}

static struct alert_plan *add_alert(struct load *l, struct alert_plan *plans, size_t *n,
				    const char *state, int64_t created)
{
	struct alert_plan *p = &plans[*n];
	*p = (struct alert_plan){.stream = STREAM_ALERT,
				 .number = (*n)++,
				 .state = state,
				 .created = created,
				 .until = l->now};
	return p;
}

/* A camera near ngõ 308, and those that told of other complaints. */
static void plan_seen(struct load *l, struct alert_plan *plans, size_t *n, const char *first)
{
	const struct city *c = l->w->city;
	struct alert_plan *p = add_alert(l, plans, n, "DA_CHUYEN", l->now - 26 * HOUR);
	p->complaint = first;
	p->type = "lan-chiem";
	for (size_t i = 0; i < c->camera_count && !p->camera; i++)
		if (strstr(c->cameras[i].place, "ngõ 308"))
			p->camera = &c->cameras[i];
	for (size_t i = 0; i < l->told_count; i++) {
		const struct complaint_plan *about = l->told[i].plan;
		if (!about->camera)
			continue;
		p = add_alert(l, plans, n, "DONG", about->created - 4 * MINUTE);
		p->complaint = about->id;
		p->type = "lan-chiem";
		p->camera = about->camera;
	}
}

static int make_old_alerts(struct load *l)
{
	int64_t n = l->records - ALERTS;
	for (int64_t i = 0; i < n; i++) {
		struct alert_plan p = {.stream = STREAM_HISTORY + STREAM_ALERT,
				       .number = (uint64_t)i,
				       .serial = i + 1,
				       .until = l->now};
		p.created = load_long_ago(l, i, n, l->now - 4 * DAY);
		alert_make(l->w->alerts, &p, &l->sketch);
		if (load_hand_out(l) < 0)
			return -1;
	}
	return 0;
}

int load_alerts(struct load *l)
{
	struct alert_plan *plans = xcalloc(ALERTS, sizeof *plans);
	char first[48];
	size_t n = 0;
	int bad = 0;
	snprintf(first, sizeof first, COMPLAINT_ID, (long long)FIRST_COMPLAINT);
	load_start_plan(l, STREAM_ALERT);
	for (size_t q = 0; q < ARRAY_LEN(alert_quotas); q++)
		for (int i = 0; i < alert_quotas[q].count; i++)
			add_alert(l, plans, &n, alert_quotas[q].state,
				  alert_time(l, &alert_quotas[q]));
	plan_seen(l, plans, &n, first);
	qsort(plans, n, sizeof *plans, alerts_by_created);
	bad = make_old_alerts(l);
	for (size_t i = 0; i < n && !bad; i++) {
		plans[i].serial = (int64_t)i + 1;
		alert_make(l->w->alerts, &plans[i], &l->sketch);
		bad = load_hand_out(l);
	}
	free(plans);
	return bad;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First every queue is planned (how many in which state, how old), then sorted by time so that
 * numbers follow it, then made one by one. */
#include "gateway/demo_load.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "gateway/demo_catalogue.h"
#include "gateway/demo_odd.h"
#include "gateway/demo_streams.h"
#include "gateway/demo_voice.h"
#include "model/kinds.h"

#define HISTORY (5 * 365 * DAY) /* over which a longer history is spread */

#define TOLD_MOST 16

/* A dossier that somebody may call about. */
struct looked_up {
	char code[SKETCH_ID];
	const struct procedure *procedure;
	int64_t received;
};
/* A complaint that came in by telephone or camera. */
struct told {
	const struct complaint_plan *plan;
	char *title;
};

struct load {
	const struct world *w;
	int64_t now, records;
	made_sink *sink;
	void *arg;
	struct err *e;
	struct rng r; /* of the planning */
	struct sketch sketch;
	struct strbuf json;
	struct complaint_plan *complaints;
	enum odd *odds; /* by the number of the plan */
	size_t complaint_count;
	struct looked_up *looked_up;
	size_t looked_up_count;
	struct told told[TOLD_MOST];
	size_t told_count;
};

static int hand_out(struct load *l)
{
	struct made m;
	strbuf_clear(&l->json);
	sketch_write(&l->sketch, &l->json, &m);
	return l->sink(l->arg, &m, l->e);
}

static void start_plan(struct load *l, enum stream of)
{
	rng_start(&l->r, l->w->city->seed, STREAM_PLAN + of, 0);
}

/* An age up to `most`, more of them young the larger `bend`. */
static int64_t age(struct load *l, int64_t most, double bend)
{
	return (int64_t)((double)most * pow(rng_unit(&l->r), bend));
}

/* The i-th of n instants spread evenly over the years before `until`. */
static int64_t long_ago(struct load *l, int64_t i, int64_t n, int64_t until)
{
	double share = ((double)i + rng_unit(&l->r)) / (double)n;
	return until - HISTORY + (int64_t)(share * (double)HISTORY);
}

static int year_of(int64_t t)
{
	int year, month, day;
	clock_date((rhythm_midnight(t) + 7 * HOUR) / DAY, &year, &month, &day);
	return year;
}

/* --- complaints --------------------------------------------------------------------------- */

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
		return q->least * DAY + age(l, (q->most - q->least) * DAY, 1.5);
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

/* Few write at night: what fell there waits until the morning, if that is over. */
static int64_t by_day(struct load *l, int64_t t)
{
	if (rhythm_hour(t) >= 5 || rng_percent(&l->r, 12))
		return t;
	int64_t morning = rhythm_midnight(t) + rng_between(&l->r, 5 * HOUR, 8 * HOUR);
	return morning < l->now - 2 * MINUTE ? morning : t;
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
		p->created = by_day(l, p->created);
	l->odds[l->complaint_count++] = odd_one(q, i);
}

static int by_created(const void *a, const void *b)
{
	const struct complaint_plan *x = a, *y = b;
	return x->created != y->created ? (x->created > y->created) - (x->created < y->created)
					: (x->number > y->number) - (x->number < y->number);
}

static void plan_complaints(struct load *l)
{
	start_plan(l, STREAM_COMPLAINT);
	l->complaints = xcalloc(FIRST_COMPLAINT, sizeof *l->complaints);
	l->odds = xcalloc(FIRST_COMPLAINT, sizeof *l->odds);
	for (size_t q = 0; q < ARRAY_LEN(complaint_quotas); q++)
		for (int i = 0; i < complaint_quotas[q].count; i++)
			plan_complaint(l, &complaint_quotas[q], i);
	qsort(l->complaints, l->complaint_count, sizeof *l->complaints, by_created);
	for (size_t i = 0; i < l->complaint_count; i++)
		snprintf(l->complaints[i].id, sizeof l->complaints[i].id, COMPLAINT_ID,
			 (long long)i + 1);
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
		p.created = long_ago(l, i, n, l->now - 160 * DAY);
		snprintf(p.id, sizeof p.id, "PA-%04d-%07lld", year_of(p.created),
			 (long long)i + 1);
		complaint_make(l->w->complaints, &p, &l->sketch);
		if (hand_out(l) < 0)
			return -1;
	}
	return 0;
}

static int make_complaints(struct load *l)
{
	char id[48];
	plan_complaints(l);
	snprintf(id, sizeof id, COMPLAINT_ID, (long long)FIRST_COMPLAINT);
	complaint_make_first(l->w->complaints, l->now, id, &l->sketch);
	if (hand_out(l) < 0 || make_old_complaints(l) < 0)
		return -1;
	for (size_t i = 0; i < l->complaint_count; i++) {
		const struct complaint_plan *p = &l->complaints[i];
		complaint_make(l->w->complaints, p, &l->sketch);
		remember(l, p);
		odd_spoil(&l->sketch, l->odds[p->number], &l->r);
		if (hand_out(l) < 0)
			return -1;
	}
	return 0;
}

/* --- dossiers ----------------------------------------------------------------------------- */

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
	while (found->same_day || found->limit < days * WORKDAY) {
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
		       age(l, DOSSIER_DAYS * WORKDAY, 1);
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
	return x->work != y->work ? (x->work > y->work) - (x->work < y->work)
				  : (x->number > y->number) - (x->number < y->number);
}

static void plan_dossiers(struct load *l, struct dossier_plan *plans)
{
	size_t n = 0;
	start_plan(l, STREAM_DOSSIER);
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
	int64_t span = HISTORY / DAY * 5 / 7 * WORKDAY;
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
		if (hand_out(l) < 0)
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
		if (hand_out(l) < 0)
			return -1;
	}
	return 0;
}

static int make_dossiers(struct load *l)
{
	struct dossier_plan *plans = xcalloc(DOSSIERS, sizeof *plans);
	plan_dossiers(l, plans);
	int bad = make_old_dossiers(l) < 0 ? -1 : make_new_dossiers(l, plans);
	free(plans);
	return bad;
}

/* --- calls -------------------------------------------------------------------------------- */

/* 268; two of them are about ngõ 308. */
static const struct call_quota {
	const char *state;
	int count;
	int least, most; /* minutes of age */
} call_quotas[] = {
	{"tra_loi_xong", 117, 6, 86000}, {"tra_cuu_ho_so", 52, 9, 60000},
	{"chuyen_tdv", 37, 15, 86000},   {"chuyen_tdv_nho", 5, 3, 42},
	{"da_goi_lai", 14, 60, 40000},   {"cup_may_som", 17, 12, 86000},
	{"khong_hieu", 12, 30, 86000},   {"quay_roi", 4, 900, 86000},
};
#define CALLS 268

static int calls_by_created(const void *a, const void *b)
{
	const struct call_plan *x = a, *y = b;
	return x->created != y->created ? (x->created > y->created) - (x->created < y->created)
					: (x->number > y->number) - (x->number < y->number);
}

static struct call_plan *add_call(struct load *l, struct call_plan *plans, size_t *n,
				  const char *state, int64_t created)
{
	struct call_plan *p = &plans[*n];
	*p = (struct call_plan){.stream = STREAM_CALL,
				.number = (*n)++,
				.state = state,
				.created = created,
				.until = l->now};
	return p;
}

/* A dossier of the month before the call. */
static void look_up(struct load *l, struct call_plan *p)
{
	for (int tries = 0; tries < 100; tries++) {
		const struct looked_up *about =
			&l->looked_up[rng_below(&l->r, l->looked_up_count)];
		if (about->received < p->created && about->received > p->created - 30 * DAY) {
			p->dossier = about->code;
			p->procedure = about->procedure;
			return;
		}
	}
}

static void plan_quota(struct load *l, const struct call_quota *q, struct call_plan *plans,
		       size_t *n)
{
	for (int i = 0; i < q->count; i++) {
		int64_t at = q->least * MINUTE + age(l, (int64_t)(q->most - q->least) * MINUTE,
						     q->most > 100 ? 2.2 : 1);
		int64_t t = l->now - at;
		if (at > DAY)
			t = rhythm_day(&l->r, t);
		else if (at > HOUR)
			t = by_day(l, t);
		struct call_plan *p = add_call(l, plans, n, q->state, t);
		if (strcmp(q->state, "tra_cuu_ho_so") == 0)
			look_up(l, p);
	}
}

/* Calls that complaints came from, and two neighbours who call about ngõ 308. */
static void plan_told(struct load *l, struct call_plan *plans, size_t *n,
		      struct person *callers)
{
	for (size_t i = 0; i < l->told_count; i++) {
		const struct complaint_plan *about = l->told[i].plan;
		if (strcmp(about->channel, "callbot") != 0)
			continue;
		struct call_plan *p = add_call(l, plans, n, "tao_phan_anh",
					       about->created -
						       rng_between(&l->r, 100, 240) * SECOND);
		complaint_sender(l->w->complaints, about, &callers[i]);
		p->complaint = about->id;
		p->problem = l->told[i].title;
		p->phone = callers[i].phone;
	}
}

static void plan_neighbours(struct load *l, struct call_plan *plans, size_t *n, const char *id)
{
	static const char *const problems[] = {
		"xe lại đỗ kín ngõ 308 Chu Văn Thịnh, hỏi bao giờ phường xử lý",
		"ô tô đỗ trong ngõ 308 che khuất, vừa suýt va chạm ở đầu ngõ",
	};
	int64_t sent = rhythm_midnight(l->now - 3 * HOUR) - 2 * DAY + 8 * HOUR;
	struct call_plan *p = add_call(l, plans, n, "chuyen_tdv", sent + 10 * HOUR);
	p->complaint = id;
	p->problem = problems[0];
	p = add_call(l, plans, n, "tra_loi_xong", sent + 33 * HOUR);
	p->complaint = id;
	p->problem = problems[1];
}

static int make_old_calls(struct load *l)
{
	int64_t n = l->records - CALLS;
	for (int64_t i = 0; i < n; i++) {
		static const unsigned sums[] = {52, 74, 90, 95, 100};
		static const char *const states[] = {"tra_loi_xong", "tra_cuu_ho_so",
						     "chuyen_tdv", "cup_may_som", "da_goi_lai"};
		struct call_plan p = {.stream = STREAM_HISTORY + STREAM_CALL,
				      .number = (uint64_t)i,
				      .state = states[rng_pick(&l->r, sums, 5)],
				      .until = l->now};
		p.created = long_ago(l, i, n, l->now - 62 * DAY);
		snprintf(p.id, sizeof p.id, "CG-%04d-%07lld", year_of(p.created),
			 (long long)i + 1);
		call_make(l->w->calls, &p, &l->sketch);
		if (hand_out(l) < 0)
			return -1;
	}
	return 0;
}

static int make_calls(struct load *l)
{
	struct call_plan plans[CALLS];
	struct person callers[TOLD_MOST];
	char first[48];
	size_t n = 0;
	snprintf(first, sizeof first, COMPLAINT_ID, (long long)FIRST_COMPLAINT);
	start_plan(l, STREAM_CALL);
	for (size_t q = 0; q < ARRAY_LEN(call_quotas); q++)
		plan_quota(l, &call_quotas[q], plans, &n);
	plan_told(l, plans, &n, callers);
	plan_neighbours(l, plans, &n, first);
	qsort(plans, n, sizeof *plans, calls_by_created);
	if (make_old_calls(l) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		snprintf(plans[i].id, sizeof plans[i].id, CALL_ID, (long long)i + 1);
		call_make(l->w->calls, &plans[i], &l->sketch);
		odd_spoil(&l->sketch, i == 200 ? ODD_NFD : ODD_NONE, &l->r);
		if (hand_out(l) < 0)
			return -1;
	}
	return 0;
}

/* --- alerts ------------------------------------------------------------------------------- */

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
	return x->created != y->created ? (x->created > y->created) - (x->created < y->created)
					: (x->number > y->number) - (x->number < y->number);
}

/* Drawn again where the hour is quiet. */
static int64_t alert_time(struct load *l, const struct alert_quota *q)
{
	unsigned busiest = 1;
	for (int h = 0; h < 24; h++)
		if (alerts_at_hour(l->w->alerts, h) > busiest)
			busiest = alerts_at_hour(l->w->alerts, h);
	for (;;) {
		int64_t t = l->now - rng_between(&l->r, q->least, q->most) * SECOND -
			    (int64_t)rng_below(&l->r, 1000);
		unsigned here = alerts_at_hour(l->w->alerts, rhythm_hour(t));
		if (q->state || rng_below(&l->r, busiest) < here)
			return t;
	}
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
		p.created = long_ago(l, i, n, l->now - 4 * DAY);
		alert_make(l->w->alerts, &p, &l->sketch);
		if (hand_out(l) < 0)
			return -1;
	}
	return 0;
}

static int make_alerts(struct load *l)
{
	struct alert_plan *plans = xcalloc(ALERTS, sizeof *plans);
	char first[48];
	size_t n = 0;
	int bad = 0;
	snprintf(first, sizeof first, COMPLAINT_ID, (long long)FIRST_COMPLAINT);
	start_plan(l, STREAM_ALERT);
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
		bad = hand_out(l);
	}
	free(plans);
	return bad;
}

/* --- all ---------------------------------------------------------------------------------- */

static int make_all(struct load *l)
{
	if (catalogue_make(l->w->city, l->sink, l->arg, l->e) < 0 || make_complaints(l) < 0 ||
	    make_dossiers(l) < 0 || make_calls(l) < 0 || make_alerts(l) < 0)
		return -1;
	return 0;
}

int load_make(const struct world *w, int64_t now, int64_t records, made_sink *sink, void *arg,
	      struct err *e)
{
	struct load l = {.w = w,
			 .now = now,
			 .records = records,
			 .sink = sink,
			 .arg = arg,
			 .e = e,
			 .json = STRBUF_INIT};
	int bad = make_all(&l);
	for (size_t i = 0; i < l.told_count; i++)
		free(l.told[i].title);
	free(l.complaints);
	free(l.odds);
	free(l.looked_up);
	sketch_free(&l.sketch);
	strbuf_free(&l.json);
	return bad;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calls: those about dossiers, those that became complaints, and all the others. */
#include "demo/load_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

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
	return load_compare(x->created, y->created, x->number, y->number);
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
		int64_t at = q->least * MINUTE +
			     load_age(l, (int64_t)(q->most - q->least) * MINUTE,
				      q->most > 100 ? 2.2 : 1);
		int64_t t = l->now - at;
		if (at > DAY)
			t = rhythm_day(&l->r, t);
		else if (at > HOUR)
			t = load_by_day(l, t);
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
		p.created = load_long_ago(l, i, n, l->now - 62 * DAY);
		snprintf(p.id, sizeof p.id, "CG-%04d-%07lld", load_year(p.created),
			 (long long)i + 1);
		call_make(l->w->calls, &p, &l->sketch);
		if (load_hand_out(l) < 0)
			return -1;
	}
	return 0;
}

int load_calls(struct load *l)
{
	struct call_plan plans[CALLS];
	struct person callers[TOLD_MOST];
	char first[48];
	size_t n = 0;
	snprintf(first, sizeof first, COMPLAINT_ID, (long long)FIRST_COMPLAINT);
	load_start_plan(l, STREAM_CALL);
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
		if (load_hand_out(l) < 0)
			return -1;
	}
	return 0;
}

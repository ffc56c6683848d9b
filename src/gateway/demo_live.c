/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/demo_live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "demo/change.h"
#include "demo/streams.h"
#include "model/kinds.h"

enum { COMPLAINTS, DOSSIERS, CALLS, ALERTS, QUEUES };
static const struct kind *const queues[QUEUES] = {&kind_complaint, &kind_dossier, &kind_call,
						  &kind_alert};

/* A record that can move, and how soon it usually does: the odds of its state's moves. */
struct waiting {
	char id[SKETCH_ID];
	unsigned odds;
};
#define ODDS_MOST 50

/* Older ones first. */
struct movable {
	struct waiting *list;
	size_t count, cap;
	size_t usual; /* how many there were at the start */
};
struct live {
	const struct world *w;
	struct backend *b;
	struct rng r;
	struct movable movable[QUEUES];
	int64_t next[QUEUES]; /* number of the next record */
	struct sketch sketch;
	struct strbuf json;
};

struct live *live_new(const struct world *w, struct backend *b)
{
	struct live *l = xcalloc(1, sizeof *l);
	l->w = w;
	l->b = b;
	l->json = (struct strbuf)STRBUF_INIT;
	for (int i = 0; i < QUEUES; i++)
		l->next[i] = 1;
	return l;
}

void live_free(struct live *l)
{
	if (!l)
		return;
	for (int i = 0; i < QUEUES; i++)
		free(l->movable[i].list);
	sketch_free(&l->sketch);
	strbuf_free(&l->json);
	free(l);
}

/* --- what there is ------------------------------------------------------------------------ */

static int queue_of(const struct kind *k)
{
	for (int i = 0; i < QUEUES; i++)
		if (queues[i] == k)
			return i;
	return -1;
}

/* 0: it has come to its end. */
static unsigned odds_of(const struct kind *k, const char *state)
{
	size_t n;
	unsigned sum = 0;
	const struct move *moves = workflow_moves(k, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(moves[i].from, state) == 0)
			sum += moves[i].odds;
	return sum;
}

/* The number at the end of an id of the demo's own form; 0 for those of a longer history. */
static int64_t number_of(int queue, const char *id)
{
	long long n = 0;
	int used = 0;
	if (queue == COMPLAINTS && sscanf(id, "PA-%lld%n", &n, &used) == 1 && !id[used])
		return n;
	if (queue == CALLS && sscanf(id, "CG-%lld%n", &n, &used) == 1 && !id[used])
		return n;
	const char *last = strrchr(id, '-');
	if ((queue == ALERTS || queue == DOSSIERS) && last)
		return strtoll(last + 1, NULL, 10);
	return 0;
}

static bool is_first(int queue, const char *id)
{
	return queue == COMPLAINTS && number_of(queue, id) == FIRST_COMPLAINT;
}

static void add_movable(struct movable *m, const char *id, unsigned odds)
{
	struct waiting *w = &ARRAY_PUSH(m->list, m->count, m->cap);
	snprintf(w->id, sizeof w->id, "%s", id);
	w->odds = odds;
}

static void drop_movable(struct movable *m, size_t i)
{
	m->count--;
	memmove(m->list + i, m->list + i + 1, (m->count - i) * sizeof *m->list);
}

void live_notice(struct live *l, const struct kind *k, const char *id, const char *state)
{
	int q = queue_of(k);
	if (q < 0)
		return;
	int64_t n = number_of(q, id);
	if (n >= l->next[q])
		l->next[q] = n + 1;
	unsigned odds = odds_of(k, state);
	if (odds && !is_first(q, id))
		add_movable(&l->movable[q], id, odds);
}

void live_ready(struct live *l, uint64_t number)
{
	rng_start(&l->r, l->w->city->seed, STREAM_LIVE, number);
	for (int i = 0; i < QUEUES; i++)
		l->movable[i].usual = l->movable[i].count > 8 ? l->movable[i].count : 8;
}

double live_wait(struct live *l)
{
	return rng_unit(&l->r);
}

/* --- new records -------------------------------------------------------------------------- */

static int put(struct live *l, struct err *e)
{
	struct made m;
	strbuf_clear(&l->json);
	sketch_write(&l->sketch, &l->json, &m);
	live_notice(l, m.kind, m.id, m.state);
	return backend_put_text(l->b, m.kind, m.id, m.version, m.json, m.n, e);
}

static void plan_complaint(struct live *l, int64_t at, struct complaint_plan *p)
{
	*p = (struct complaint_plan){.stream = STREAM_LIVE + STREAM_COMPLAINT,
				     .number = (uint64_t)l->next[COMPLAINTS],
				     .state = "MOI",
				     .created = at,
				     .until = at};
	snprintf(p->id, sizeof p->id, COMPLAINT_ID, (long long)l->next[COMPLAINTS]);
}

static int new_complaint(struct live *l, int64_t at, struct err *e)
{
	struct complaint_plan p;
	plan_complaint(l, at, &p);
	complaint_make(l->w->complaints, &p, &l->sketch);
	return put(l, e);
}

static int new_dossier(struct live *l, int64_t at, struct err *e)
{
	struct dossier_plan p = {.stream = STREAM_LIVE + STREAM_DOSSIER,
				 .number = (uint64_t)rng_next(&l->r),
				 .serial = l->next[DOSSIERS],
				 .state = "1",
				 .work = office_work(l->w->city->office, at),
				 .submitted = at,
				 .until = at};
	dossier_make(l->w->dossiers, &p, &l->sketch);
	return put(l, e);
}

/* A complaint by telephone becomes two records that know of each other. */
static int new_told_call(struct live *l, int64_t at, struct call_plan *call, struct err *e)
{
	struct complaint_plan p;
	struct person caller;
	plan_complaint(l, at, &p);
	p.channel = "callbot";
	complaint_sender(l->w->complaints, &p, &caller);
	complaint_make(l->w->complaints, &p, &l->sketch);
	char *title = xstrdup(l->sketch.title.s);
	int bad = put(l, e);
	call->complaint = p.id;
	call->problem = title;
	call->phone = caller.phone;
	if (bad == 0) {
		call_make(l->w->calls, call, &l->sketch);
		bad = put(l, e);
	}
	free(title);
	call->complaint = call->problem = call->phone = NULL; /* they end with this call */
	return bad;
}

static int new_call(struct live *l, int64_t at, struct err *e)
{
	static const char *const outcomes[] = {"tra_loi_xong",   "tra_cuu_ho_so", "chuyen_tdv",
					       "chuyen_tdv_nho", "cup_may_som",   "khong_hieu",
					       "tao_phan_anh",   "quay_roi"};
	static const unsigned sums[] = {44, 63, 78, 84, 91, 95, 99, 100};
	struct call_plan p = {.stream = STREAM_LIVE + STREAM_CALL,
			      .number = (uint64_t)l->next[CALLS],
			      .state = outcomes[rng_pick(&l->r, sums, 8)],
			      .created = at - rng_between(&l->r, 20, 150) * SECOND,
			      .until = at};
	snprintf(p.id, sizeof p.id, CALL_ID, (long long)l->next[CALLS]);
	if (strcmp(p.state, "tao_phan_anh") == 0)
		return new_told_call(l, at, &p, e);
	call_make(l->w->calls, &p, &l->sketch);
	return put(l, e);
}

static int new_alert(struct live *l, int64_t at, struct err *e)
{
	struct alert_plan p = {.stream = STREAM_LIVE + STREAM_ALERT,
			       .number = (uint64_t)l->next[ALERTS],
			       .serial = l->next[ALERTS],
			       .state = "MOI",
			       .created = at,
			       .until = at};
	alert_make(l->w->alerts, &p, &l->sketch);
	return put(l, e);
}

/* --- moves -------------------------------------------------------------------------------- */

/* Officers of the desks work in office hours only. */
static bool may_now(const struct live *l, int queue, const struct move *move, int64_t at)
{
	return queue != DOSSIERS || move->who == WHO_CITIZEN ||
	       office_is_open(l->w->city->office, at);
}

static const struct move *choose_move(struct live *l, int queue, const char *state, int64_t at)
{
	size_t n, found = 0;
	unsigned sums[32], sum = 0;
	const struct move *fit[32], *moves = workflow_moves(queues[queue], &n);
	for (size_t i = 0; i < n && found < ARRAY_LEN(fit); i++) {
		if (!moves[i].odds || strcmp(moves[i].from, state) != 0 ||
		    !may_now(l, queue, &moves[i], at))
			continue;
		fit[found] = &moves[i];
		sums[found++] = sum += moves[i].odds;
	}
	return found ? fit[rng_pick(&l->r, sums, found)] : NULL;
}

/* How much of a hundred is due to each queue while as much waits as usual; where more waits,
 * more is done.  Desks that are closed do nothing. */
static unsigned pressure(const struct live *l, int64_t at, unsigned *sums)
{
	static const unsigned share[QUEUES] = {29, 14, 3, 54};
	unsigned sum = 0;
	for (int i = 0; i < QUEUES; i++) {
		const struct movable *m = &l->movable[i];
		if (i != DOSSIERS || office_is_open(l->w->city->office, at))
			sum += (unsigned)(share[i] * 100 * m->count /
					  (m->usual ? m->usual : 1));
		sums[i] = sum;
	}
	return sum;
}

static void settle(struct movable *m, size_t i, const struct kind *k, const char *state)
{
	m->list[i].odds = odds_of(k, state);
	if (m->list[i].odds == 0)
		drop_movable(m, i);
}

/* Moves the i-th of a queue; *moved says whether it could. */
static int move_one(struct live *l, int queue, size_t i, int64_t at, bool *moved, struct err *e)
{
	struct movable *m = &l->movable[queue];
	const struct kind *k = queues[queue];
	struct err why = ERR_INIT;
	json_t *record = backend_get(l->b, k, m->list[i].id, &why);
	if (!record && why.code != ERR_NOT_FOUND) {
		if (e)
			*e = why;
		return -1;
	}
	const char *state = json_string_value(json_object_get(record, "state"));
	const struct move *move = state ? choose_move(l, queue, state, at) : NULL;
	int bad = 0;
	if (move) {
		change_record(l->w, k, move, at, &l->r, record);
		bad = backend_put(l->b, k, record, e);
		state = json_string_value(json_object_get(record, "state"));
		*moved = true;
	}
	settle(m, i, k, state ? state : ""); /* somebody else may have finished it, too */
	json_decref(record);
	return bad;
}

/* Older ones rather, and those in states that do not last. */
static int move_some(struct live *l, int64_t at, bool *moved, struct err *e)
{
	for (int tries = 0; tries < 60 && !*moved; tries++) {
		unsigned sums[QUEUES];
		if (pressure(l, at, sums) == 0)
			return 0;
		int queue = (int)rng_pick(&l->r, sums, QUEUES);
		const struct movable *m = &l->movable[queue];
		double u = rng_unit(&l->r), older = u * (0.5 + 0.5 * u);
		size_t i = (size_t)(older * (double)m->count);
		if (rng_below(&l->r, ODDS_MOST) >= m->list[i].odds)
			continue;
		if (move_one(l, queue, i, at, moved, e) < 0)
			return -1;
	}
	return 0;
}

static int new_record(struct live *l, int64_t at, struct err *e)
{
	static const unsigned sums[] = {14, 21, 24, 26};
	switch (rng_pick(&l->r, sums, 4)) {
	case 0:
		return new_alert(l, at, e);
	case 1:
		return new_call(l, at, e);
	case 2:
		return new_complaint(l, at, e);
	default:
		return new_dossier(l, at, e);
	}
}

int live_event(struct live *l, int64_t at, struct err *e)
{
	unsigned sums[QUEUES];
	unsigned moves = pressure(l, at, sums) * 74 / 10000;
	bool moved = false;
	if (rng_below(&l->r, 26 + moves) >= 26) {
		int bad = move_some(l, at, &moved, e);
		if (bad || moved)
			return bad;
	}
	return new_record(l, at, e);
}

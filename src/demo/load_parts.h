/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the load share.  Each queue is planned first (how many in which state, how
 * old), then sorted by time so that numbers follow it, then made one by one. */
#ifndef IOC_DEMO_LOAD_PARTS_H
#define IOC_DEMO_LOAD_PARTS_H

#include "demo/load.h"
#include "demo/odd.h"
#include "demo/streams.h"

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

/* Hands the finished sketch to the sink. */
int load_hand_out(struct load *l);
void load_start_plan(struct load *l, enum stream of);
/* An age up to `most`, more of them young the larger `bend`. */
int64_t load_age(struct load *l, int64_t most, double bend);
/* Few write at night: what fell there waits until the morning, if that is over. */
int64_t load_by_day(struct load *l, int64_t t);
/* The i-th of n instants spread evenly over the years before `until`. */
int64_t load_long_ago(struct load *l, int64_t i, int64_t n, int64_t until);
#define LOAD_HISTORY (5 * 365 * DAY) /* over which a longer history is spread */
int load_year(int64_t t);
/* The order of two plans, by time and then by number. */
int load_compare(int64_t a, int64_t b, uint64_t a_number, uint64_t b_number);

/* The queues, in the order in which they need each other. */
int load_complaints(struct load *l);
int load_dossiers(struct load *l);
int load_calls(struct load *l);
int load_alerts(struct load *l);
int load_hazards(struct load *l);
int load_mentions(struct load *l);

#endif

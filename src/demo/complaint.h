/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Citizens' complaints: the text, the spot, the unit, and a past that fits the state. */
#ifndef IOC_DEMO_COMPLAINT_H
#define IOC_DEMO_COMPLAINT_H

#include "demo/city.h"
#include "demo/sketch.h"
#include "demo/workflow.h"

struct complaints;

struct complaint_plan {
	uint64_t stream, number; /* which random numbers it is made of */
	char id[48];
	const char *state;
	int64_t created;
	int64_t until;               /* everything in its history has happened by then */
	const char *channel;         /* NULL: drawn */
	const struct camera *camera; /* it came from: its spot; else NULL */
	/* It tells once more, in other words, of the matter of the one with this id; "": of its
	 * own.  `again` is that one; NULL: the one about ngõ 308. */
	char tells_of[48];
	const struct complaint_plan *again;
};

struct complaints *complaints_load(const char *data_dir, const struct city *c, struct err *e);
void complaints_free(struct complaints *x);
/* What the plan's number will be about, before it is made: its hours decide when it can have
 * been sent. */
const struct category *complaint_category(const struct complaints *x,
					  const struct complaint_plan *p);
/* What it will be about, as a word; NULL for what nobody would report twice. */
const char *complaint_topic(const struct complaints *x, const struct complaint_plan *p);
/* Who sends it; the call that it came from has the same telephone. */
void complaint_sender(const struct complaints *x, const struct complaint_plan *p,
		      struct person *out);
void complaint_make(const struct complaints *x, const struct complaint_plan *p,
		    struct sketch *d);
/* The one about ngõ 308, still open and late by 2 h 10 min at `now`. */
void complaint_make_first(const struct complaints *x, int64_t now, const char *id,
			  struct sketch *d);
/* What is written into the history with this move; NULL: nothing. */
const struct phrase *complaint_says(const struct complaints *x, enum complaint_move move);
/* Who would handle a complaint of this field in this area. */
const struct unit *complaint_unit(const struct complaints *x, const char *category,
				  const char *area, int64_t at);
/* A result to go with the approval, for a topic drawn by r within the category. */
void complaint_result(const struct complaints *x, const char *category, struct rng *r,
		      struct strbuf *out);

#endif

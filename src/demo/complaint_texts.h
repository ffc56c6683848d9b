/* SPDX-License-Identifier: GPL-3.0-or-later */
/* complaints.yaml in memory, shared by the files that make complaints. */
#ifndef IOC_DEMO_COMPLAINT_TEXTS_H
#define IOC_DEMO_COMPLAINT_TEXTS_H

#include "demo/complaint.h"
#include "demo/text.h"
#include "demo/voice.h"

#define CO_UNITS 2

struct topic {
	const char *id;
	const struct category *category;
	struct task task, co[CO_UNITS];
	size_t co_count;
	int64_t urgent, anonymous; /* percent */
	bool rural, restricted;
	bool offender; /* somebody could be punished */
	bool paired;   /* the i-th title goes with the i-th of the other lists only */
	const struct phrase *title, *what, *more, *result;
};
struct channel {
	const char *code, *say;
};
struct complaints {
	const struct city *city;
	struct yaml *file;
	struct grammar grammar;
	struct topic *topics;
	unsigned *topic_sums;
	size_t topic_count;
	struct channel channels[16];
	unsigned channel_sums[16];
	size_t channel_count;
	const struct phrase *open, *ask, *punish, *close, *angry;
	const struct phrase *says[COMPLAINT_MOVES];
	struct voice_words short_hand, typos;
};

/* Title and body in one of the voices.  Returns which of a paired topic's subjects it is. */
size_t complaint_write(const struct complaints *x, const struct topic *t, struct rng *r,
		       const struct slots *s, struct sketch *d);

#endif

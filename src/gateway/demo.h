/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo: the real city's data, the same for the same seed and clock, that goes on living.
 * It writes through the backend like every other source; the stream hears of each commit by
 * itself (backend_listen). */
#ifndef IOC_GATEWAY_DEMO_H
#define IOC_GATEWAY_DEMO_H

#include <stdint.h>

#include "base/err.h"
#include "gateway/backend.h"

struct demo;

struct demo_options {
	uint64_t seed;
	int64_t clock;   /* the demo's now at the start */
	int64_t rate;    /* living changes a minute; 0: none */
	int64_t records; /* extends the history to so many records a queue; 0: as the city has
			  */
	const char *data_dir; /* holds catalogues/ and demo/; NULL: as for all programs */
};

/* Reads the demo's files.  The backend outlives the demo. */
struct demo *demo_new(struct backend *b, const struct demo_options *options, struct err *e);
/* Fills the backend, in several transactions.  Where it already holds records it only learns
 * which of them can move on, so that a restart goes on where the demo stood. */
int demo_load(struct demo *d, struct err *e);
/* When the next living change is due; CLOCK_NONE: never. */
int64_t demo_next(const struct demo *d, int64_t now);
/* Makes the changes that are due, in one transaction.  The same steps after the same load
 * make the same changes. */
int demo_step(struct demo *d, int64_t now, struct err *e);
void demo_free(struct demo *d);

#endif

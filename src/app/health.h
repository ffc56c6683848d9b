/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the sources, from the writer or from the cache. */
#ifndef IOC_APP_HEALTH_H
#define IOC_APP_HEALTH_H

#include "app/program.h"
#include "model/source.h"

#define HEALTH_MOST 64

struct health {
	bool writer; /* one runs and answered */
	struct source_status sources[HEALTH_MOST];
	size_t count;
	int64_t escalation_failures; /* times that the command of escalation failed */
	int64_t route_failures;      /* automatic actions that the writer could not take */
	char route_error[640];       /* the last of them, or what is wrong with the rules */
};

/* Asks the writer, else reads what it last wrote.  -1 with *e where neither is there. */
int health_read(struct health *h, const struct program *p, struct err *e);
/* Reads the answer's or event's "sources" array. */
void health_take(struct health *h, const json_t *message);
/* Whether the i-th is still in the configuration: otherwise its records go with the next sync.
 */
bool health_is_configured(const struct health *h, size_t i, const struct program *p);
/* Whether the i-th is as current as it promised.  One that is switched off always is. */
bool health_is_good(const struct health *h, size_t i, int64_t now);
/* Whether there are sources and each one is. */
bool health_all_good(const struct health *h, int64_t now);
const char *health_state_label(enum source_state s);

#endif

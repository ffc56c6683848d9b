/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cameras report. */
#ifndef IOC_DEMO_ALERT_H
#define IOC_DEMO_ALERT_H

#include "demo/city.h"
#include "demo/sketch.h"
#include "demo/workflow.h"

struct alerts;

struct alert_plan {
	uint64_t stream, number;
	int64_t serial;    /* ends the id */
	const char *state; /* NULL: drawn, one of those that are done with */
	int64_t created;
	int64_t until;
	const struct camera *camera; /* NULL: drawn */
	const char *type;            /* NULL: drawn */
	const char *complaint;       /* id of the complaint that it belongs to, or NULL */
};

struct alerts *alerts_load(const char *data_dir, const struct city *c, struct err *e);
void alerts_free(struct alerts *x);
/* How many of a hundred alerts come at this hour, for the planner. */
unsigned alerts_at_hour(const struct alerts *x, int hour);
void alert_make(const struct alerts *x, const struct alert_plan *p, struct sketch *d);
/* NULL where nothing is said. */
const struct phrase *alert_says(const struct alerts *x, enum alert_move move);
/* Whom an alert of this type at a camera in this area is handed to. */
const struct unit *alert_receiver(const struct alerts *x, const char *type, const char *area,
				  int64_t at);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls to the bot and the hotline. */
#ifndef IOC_DEMO_CALL_H
#define IOC_DEMO_CALL_H

#include "demo/city.h"
#include "demo/sketch.h"
#include "demo/workflow.h"

struct calls;

struct call_plan {
	uint64_t stream, number;
	char id[48];
	const char *state; /* the outcome */
	int64_t created;
	int64_t until;
	const char *dossier;               /* code that is looked up, or NULL */
	const struct procedure *procedure; /* what it is about; NULL: drawn */
	const char *complaint;             /* id that it is about, or NULL */
	const char *problem;               /* what is complained of; NULL: drawn */
	const char *phone;                 /* the caller's; NULL: drawn */
};

struct calls *calls_load(const char *data_dir, const struct city *c, struct err *e);
void calls_free(struct calls *x);
void call_make(const struct calls *x, const struct call_plan *p, struct sketch *d);
const struct phrase *call_says(const struct calls *x, enum call_move move);

#endif

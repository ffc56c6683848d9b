/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hands the steps of a plan to the writer and follows them to their end, over a new connection
 * where the old one breaks: each has its uuid, so that it may be handed over again. */
#ifndef IOC_APP_DO_SEND_H
#define IOC_APP_DO_SEND_H

#include "app/do_plan.h"

struct do_send {
	const struct program *program;
	struct do_plan *plan;
	bool wait;        /* for the province's word; otherwise until all are in the outbox */
	int64_t patience; /* ms for all of it */
	/* Called for each step when nothing more is awaited of it, in their order. */
	void (*settled)(void *context, const struct do_step *s);
	void *context;
};

/* -1 with *e (ERR_NET) where the writer could not be reached and some step is not in the
 * outbox; the steps say which.  Steps that only wait are no error. */
int do_send(const struct do_send *s, struct err *e);
/* Whether the step was taken and nothing more will come of it without a person. */
bool do_step_is_over(const struct do_step *s);
/* Whether the province, or the writer, refused it. */
bool do_step_is_refused(const struct do_step *s);

#endif

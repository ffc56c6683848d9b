/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delivers the outbox: takes out what is due, sends it, and writes down what came of it.  Each
 * source has its own few lines, so that a slow one holds up none but itself. */
#ifndef IOC_SYNC_DELIVERY_H
#define IOC_SYNC_DELIVERY_H

#include "sync/job.h"
#include "sync/runner.h"

struct delivery;

struct delivery *delivery_new(const struct runner_env *env);
void delivery_free(struct delivery *d);
/* Something was added, or a source came back: look again. */
void delivery_wake(struct delivery *d);
/* Takes the answer to a job about the outbox: when something is due, and what to send. */
void delivery_result(struct delivery *d, struct runner *const *runners, size_t count,
		     const struct job *j);
/* Writes down what ended, and asks for what is due. */
void delivery_turn(struct delivery *d, struct runner *const *runners, size_t count);
/* By the monotonic clock; INT64_MAX: never by itself. */
int64_t delivery_due(const struct delivery *d);
/* Whether something is on the line, or about to be. */
bool delivery_is_busy(const struct delivery *d);
/* The sources are about to go: what is on the line is sent again later. */
void delivery_stop(struct delivery *d);

#endif

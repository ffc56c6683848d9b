/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sources take nothing for now: one that can't be reached, or asks to come more slowly,
 * is not asked by each action that waits for it.  When its pause is over one action tries, and
 * only after an answer the others follow. */
#ifndef IOC_SYNC_HOLD_H
#define IOC_SYNC_HOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/failure.h"
#include "sync/backoff.h"

struct hold;

struct holds {
	struct hold *list;
	size_t count;
};

void holds_free(struct holds *h);
/* Whether a failure is the source's, and not of the action alone. */
bool hold_is_meant(const struct failure *f);
/* The source failed so; nothing is sent to it for a while.  Times are monotonic ms. */
void hold_failed(struct holds *h, const char *source, const struct retry_spec *r,
		 int64_t retry_after, int64_t now);
/* It answered. */
void hold_answered(struct holds *h, const char *source);
/* There is news of the sources: those that named no time themselves may be tried now. */
void hold_look_again(struct holds *h);
/* How many actions may be on the line to it at a time, of `lines`. */
size_t hold_room(const struct holds *h, const char *source, size_t lines, int64_t now);

#endif

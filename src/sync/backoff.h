/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to try again: pauses that double, with chance in them so that many clients do not come
 * at once, and a breaker that leaves a server alone after many failures. */
#ifndef IOC_SYNC_BACKOFF_H
#define IOC_SYNC_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

#include "api/connector.h"

struct backoff {
	int64_t failures; /* in a row */
	uint64_t seed;
};

void backoff_init(struct backoff *b, uint64_t seed);
/* One more failure: the milliseconds to wait.  What the server asked for (retry_after; -1:
 * nothing) is never undercut. */
int64_t backoff_failed(struct backoff *b, const struct retry_spec *r, int64_t retry_after);
/* Whether the breaker is open: so many failures that only a probe is sent now and then. */
bool backoff_is_open(const struct backoff *b, const struct retry_spec *r);
void backoff_succeeded(struct backoff *b);
/* Between half of ms and ms. */
int64_t backoff_jitter(struct backoff *b, int64_t ms);

#endif

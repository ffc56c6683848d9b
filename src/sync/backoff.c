/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/backoff.h"

#include "base/clock.h"

void backoff_init(struct backoff *b, uint64_t seed)
{
	*b = (struct backoff){0, seed};
}

/* splitmix64 */
static uint64_t draw(struct backoff *b)
{
	uint64_t z = b->seed += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

int64_t backoff_jitter(struct backoff *b, int64_t ms)
{
	if (ms < 2)
		return ms;
	return ms - (int64_t)(draw(b) % ((uint64_t)ms / 2 + 1));
}

bool backoff_is_open(const struct backoff *b, const struct retry_spec *r)
{
	return b->failures >= r->tries;
}

int64_t backoff_failed(struct backoff *b, const struct retry_spec *r, int64_t retry_after)
{
	int64_t wait = r->base;
	for (int64_t i = 0; i < b->failures && wait < r->most; i++)
		wait *= 2;
	if (wait > r->most)
		wait = r->most;
	b->failures++;
	if (backoff_is_open(b, r))
		wait = r->pause;
	wait = backoff_jitter(b, wait);
	return wait < retry_after ? retry_after + backoff_jitter(b, SECOND) : wait;
}

void backoff_succeeded(struct backoff *b)
{
	b->failures = 0;
}

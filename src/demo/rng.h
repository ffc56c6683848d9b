/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reproducible randomness: xoshiro256** (Blackman and Vigna, 2018), its state filled by
 * splitmix64 as its authors advise.  Each record has a generator of its own, made from seed,
 * stream and number, so that one record's text does not depend on another's. */
#ifndef IOC_DEMO_RNG_H
#define IOC_DEMO_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
	uint64_t s[4];
};

void rng_start(struct rng *r, uint64_t seed, uint64_t stream, uint64_t number);
uint64_t rng_next(struct rng *r);
/* 0 … n-1; n > 0. */
size_t rng_below(struct rng *r, size_t n);
/* low … high, both possible. */
int64_t rng_between(struct rng *r, int64_t low, int64_t high);
bool rng_percent(struct rng *r, unsigned percent);
/* At least 0, below 1. */
double rng_unit(struct rng *r);
/* The index that a draw of 0 … sum-1 hits in running sums (sums[count - 1] = sum > 0). */
size_t rng_pick(struct rng *r, const unsigned *sums, size_t count);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo/rng.h"

static uint64_t splitmix(uint64_t *x)
{
	uint64_t z = *x += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

void rng_start(struct rng *r, uint64_t seed, uint64_t stream, uint64_t number)
{
	uint64_t x = seed;
	uint64_t y = splitmix(&x) ^ stream;
	uint64_t z = splitmix(&y) ^ number;
	for (int i = 0; i < 4; i++)
		r->s[i] = splitmix(&z);
}

static uint64_t rotate(uint64_t x, int by)
{
	return (x << by) | (x >> (64 - by));
}

uint64_t rng_next(struct rng *r)
{
	uint64_t *s = r->s;
	uint64_t result = rotate(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return result;
}

/* The upper half of a product: the bias is below n / 2^32, which nobody will see here. */
size_t rng_below(struct rng *r, size_t n)
{
	return (size_t)(((rng_next(r) >> 32) * (uint64_t)n) >> 32);
}

int64_t rng_between(struct rng *r, int64_t low, int64_t high)
{
	if (high <= low)
		return low;
	return low + (int64_t)(rng_next(r) % (uint64_t)(high - low + 1));
}

bool rng_percent(struct rng *r, unsigned percent)
{
	return rng_below(r, 100) < percent;
}

double rng_unit(struct rng *r)
{
	return (double)(rng_next(r) >> 11) * 0x1p-53;
}

size_t rng_pick(struct rng *r, const unsigned *sums, size_t count)
{
	unsigned draw = (unsigned)rng_below(r, sums[count - 1]);
	size_t low = 0, high = count - 1;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (sums[middle] > draw)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

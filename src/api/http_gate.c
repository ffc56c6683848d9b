/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/http_gate.h"

#include <stdlib.h>

#include "base/alloc.h"

struct http_gate {
	struct http_gate_limits limits;
	double due; /* when the next would pass if they came evenly, monotonic */
	int64_t closed_until;
	int64_t under_way;
};

struct http_gate *http_gate_new(const struct http_gate_limits *l)
{
	struct http_gate *g = xcalloc(1, sizeof *g);
	g->limits = *l;
	if (!g->limits.burst)
		g->limits.burst = 1;
	return g;
}

void http_gate_free(struct http_gate *g)
{
	free(g);
}

static double step(const struct http_gate *g)
{
	return (double)g->limits.every / (double)g->limits.requests;
}

/* An even flow, of which a burst may be ahead. */
int64_t http_gate_wait(const struct http_gate *g, int64_t now)
{
	int64_t wait = g->closed_until > now ? g->closed_until - now : 0;
	if (g->limits.parallel && g->under_way >= g->limits.parallel)
		return INT64_MAX;
	if (g->limits.requests) {
		double ahead = step(g) * (double)(g->limits.burst - 1);
		double early = g->due - ahead - (double)now;
		if (early > (double)wait)
			wait = (int64_t)early + 1;
	}
	return wait;
}

void http_gate_enter(struct http_gate *g, int64_t now, bool stays)
{
	g->under_way += stays;
	if (g->limits.requests)
		g->due = (g->due > (double)now ? g->due : (double)now) + step(g);
}

void http_gate_leave(struct http_gate *g)
{
	g->under_way--;
}

void http_gate_close(struct http_gate *g, int64_t until)
{
	if (until > g->closed_until)
		g->closed_until = until;
}

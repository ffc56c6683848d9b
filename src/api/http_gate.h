/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast and how many at a time a server may be asked; calls that name a gate wait at it. */
#ifndef IOC_API_HTTP_GATE_H
#define IOC_API_HTTP_GATE_H

#include <stdbool.h>
#include <stdint.h>

struct http_gate;

struct http_gate_limits {
	int64_t requests, every; /* so many in so many ms; 0: as many as there are */
	int64_t burst;           /* at once after a rest; 0 is 1 */
	int64_t parallel;        /* under way at a time; 0: any number */
};

struct http_gate *http_gate_new(const struct http_gate_limits *l);
/* After the last call that names it; NULL is fine. */
void http_gate_free(struct http_gate *g);

/* How many ms from `now` (monotonic) until one more may pass; 0: at once; INT64_MAX: not before
 * another has left. */
int64_t http_gate_wait(const struct http_gate *g, int64_t now);
/* One passes; `stays`: it is under way until it leaves. */
void http_gate_enter(struct http_gate *g, int64_t now, bool stays);
void http_gate_leave(struct http_gate *g);
/* The server said that nothing is left until then (monotonic). */
void http_gate_close(struct http_gate *g, int64_t until);

#endif

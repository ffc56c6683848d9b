/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a connector says about how hard its server may be asked, and how often again. */
#ifndef IOC_API_LIMIT_SPEC_H
#define IOC_API_LIMIT_SPEC_H

#include "api/http_gate.h"
#include "api/schema.h"

struct limit_spec {
	int64_t connect, answer, silence; /* ms */
	int64_t body;                     /* bytes, unpacked */
	int64_t pages;                    /* of one pass; cursors may go on */
	int64_t depth;                    /* of arrays and objects in each other */
	struct http_gate_limits rate;
	const char *hours; /* see hours_of; NULL: always */
};

struct retry_spec {
	int64_t base, most; /* ms: first and longest pause */
	int64_t tries;      /* failures in a row that open the breaker */
	int64_t pause;      /* ms that it stays open */
	struct words on;    /* statuses after which it is tried again; none: the usual ones */
};

extern const struct field limit_fields[], retry_fields[];

/* What no single key can tell. */
void limit_check(struct reading *rd, const struct limit_spec *l, const struct yaml_node *n);
/* Whether this status passes by itself: the connector's list, else 408, 425, 429 and 5xx. */
bool retry_may_pass(const struct retry_spec *r, long status);

#endif

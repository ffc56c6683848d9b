/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the files of ioc route. */
#ifndef IOC_APP_ROUTE_H
#define IOC_APP_ROUTE_H

#include "app/program.h"
#include "store/db.h"
#include "store/router.h"

struct route {
	const struct program *program;
	struct db *db;
	struct name_table *names;
	struct rulebook *book; /* NULL: it could not be read */
	struct router *router;
	const struct routing *rules;
	bool json;
};

/* Opens the cache, and the rules (file NULL: the profile's).  -1 with *e; where the rules are
 * wrong, all that is wrong with them has been printed on standard error.  Close it in any
 * case. */
int route_open(struct route *x, const struct program *p, const char *file, struct err *e);
void route_close(struct route *x);
/* The short name of a unit, or its code. */
const char *route_unit(const struct route *x, const char *code);
/* "suggest" in the chosen language. */
const char *route_mode_label(enum routing_mode mode);

/* What the rules would have done to history, beside what people did. */
int route_test(struct route *x, const struct router_query *q, struct err *e);

#endif

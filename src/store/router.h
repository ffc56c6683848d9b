/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of distribution against the cache: the file is read and checked against today's
 * catalogues, its filters become one statement a kind, and a record is asked about by one step
 * of it, by the same words as lists are filtered. */
#ifndef IOC_STORE_ROUTER_H
#define IOC_STORE_ROUTER_H

#include "base/paths.h"
#include "routing/routing.h"
#include "store/db.h"
#include "store/names.h"

struct router;

/* By the file (NULL: routing.yaml of the configuration folder, or else the shipped one).
 * Borrows both; the calendar may be NULL and is only needed for its names. */
struct router *router_new(struct db *db, const struct paths *p, const char *file);
void router_free(struct router *t);
/* Brings the rules up to what the file, the catalogues and the time say; cheap where nothing
 * changed.  A file that is wrong leaves the rules as they were.  NULL: there never were good
 * ones.  Valid until the next call.  Not while a statement runs. */
const struct routing *router_rules(struct router *t, const struct calendar *c, int64_t now);
/* What is wrong with the file as it is now; none: nothing. */
/* Another number for other rules, or other catalogues to read them by. */
unsigned router_generation(const struct router *t);
const struct faults *router_faults(const struct router *t);
const char *router_file(const struct router *t);
/* Whether there was no catalogue of units to check codes against. */
bool router_is_unchecked(const struct router *t);

struct router_answer {
	const struct routing_rule *rule; /* that decides; NULL: none */
	int64_t points;                  /* of its unit */
	bool hits[ROUTING_RULES_MOST];   /* rules whose filters match, by place in the file */
};
/* What the rules of the last router_rules say about a record of the cache.  -1 with *e. */
int router_ask(struct router *t, const struct kind *k, int64_t rowid, struct router_answer *out,
	       struct err *e);

struct router_query {
	const struct kind *kind;
	const char *filter; /* NULL: all */
	int64_t since;      /* created then or later; CLOCK_NONE: ever */
	int64_t now;
};
/* Asks about every record of a kind that matches.  The record has its code, state, unit and
 * time of creation, and is valid during the call. */
int router_walk(struct router *t, const struct router_query *q,
		void (*each)(void *context, const struct record *r,
			     const struct router_answer *a),
		void *context, struct err *e);

/* The unit of the record as it is called today, by its lineage (store/lineage.h); "" where it
 * has none.  The code as it came where nobody knows. */
const char *router_unit_today(struct db *db, const struct record *r, int64_t now);

#endif

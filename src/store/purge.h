/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stay in the cache: records of the sources that are configured, and closed records
 * for as long as the centre wants to keep them.  The writer removes the others little by
 * little while it has nothing else to do.  Open records never go by age. */
#ifndef IOC_STORE_PURGE_H
#define IOC_STORE_PURGE_H

#include <stdint.h>

#include "store/ingest.h"

struct purge_policy {
	int64_t keep[KIND_MOST]; /* ms after their last change, by kind_index; 0: for ever */
	char **sources;          /* owned names; records of others go */
	size_t source_count;
	bool any_source; /* nothing is known about sources: none goes */
};
void purge_policy_free(struct purge_policy *p);

/* Whether a closed record has been kept as long as it should be.  Counts from its last change,
 * else from its beginning; one that says neither stays.  An alert that belongs to a complaint
 * is kept as long as complaints are. */
bool purge_is_over(const struct record *r, const int64_t keep[KIND_MOST], int64_t now);

struct purge;

/* Borrows all three; begins looking through everything. */
struct purge *purge_new(struct db *db, struct ingest *in, const struct purge_policy *policy);
void purge_free(struct purge *p);
/* Removes a few hundred records in a transaction of its own, and adds what it did to *result.
 * Returns whether more waits: false is the end of this round; the next begins an hour later.
 * Nothing is done while the source fills. */
bool purge_step(struct purge *p, int64_t now, struct ingest_result *result);

/* What went by age since the cache was made. */
struct purge_totals {
	int64_t rows[KIND_MOST];
	int64_t at; /* the last time that anything did; CLOCK_NONE */
};
int purge_load(struct db *db, struct purge_totals *t, struct err *e);

#endif

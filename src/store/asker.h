/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What filters may ask of a connection beside the rows: who asks, what stands below a unit,
 * where a record is, what a working day is. */
#ifndef IOC_STORE_ASKER_H
#define IOC_STORE_ASKER_H

#include "deadline/calendar.h"
#include "model/filter.h"
#include "store/db.h"

struct asker;

/* Who asks.  Anything may be NULL: filters that need it say so. */
struct store_asker {
	const char *name;                /* in records */
	const char *user;                /* login */
	const char *unit;                /* code of their unit */
	const struct calendar *calendar; /* borrowed, until the next call or the end … */
	const struct paths *paths;       /* … or where to read one when it is needed */
};

/* From now on; the texts are copied. */
void store_set_asker(struct db *db, const struct store_asker *a);

/* What a filter of this kind is read with; valid as long as the connection. */
struct filter_context store_filter_context(struct db *db, const struct kind *k, int64_t now);

/* Reads a filter and forgets it: -1 with *e and, in *at, the byte where it is wrong. */
int store_check_filter(struct db *db, const struct kind *k, const char *filter, int64_t now,
		       size_t *at, struct err *e);

/* One apart from the connection's own: rules that hold for everybody know nobody who asks. */
struct asker *asker_new(struct db *db);
void asker_set(struct asker *a, const struct store_asker *from);
struct filter_context asker_context(struct asker *a, const struct kind *k, int64_t now);
void asker_free(struct asker *a); /* NULL is fine */

#endif

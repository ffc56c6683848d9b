/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vendors' own texts, kept beside the records, and those that became none. */
#ifndef IOC_STORE_RAW_H
#define IOC_STORE_RAW_H

#include <stdint.h>

#include "model/record.h"
#include "store/db.h"

/* A record's item; texts are valid during the call. */
struct raw_row {
	int64_t rowid, hash; /* hash: of the record as it is */
	const char *id;
	const char *raw;
	size_t raw_n;
};
/* Calls each(row) for at most `most` records of the source behind this rowid, in their order;
 * stops where it returns other than 0, and returns that. -1 with *e. */
int raw_walk(struct db *db, const struct kind *k, const char *source, int64_t behind, int most,
	     int (*each)(void *, const struct raw_row *), void *context, struct err *e);
/* The record of a row with its detail as its source gave it; NULL: it is gone. */
struct record *raw_record(struct db *db, struct arena *a, const struct kind *k, int64_t rowid);
/* How many there are. */
int64_t raw_count(struct db *db, const struct kind *k, const char *source);

/* What was set aside; texts are valid during the call, and hostile. */
struct quarantine_row {
	const char *source, *kind, *id, *reason; /* kind "": unknown */
	const char *raw;
	size_t raw_n;
	int64_t at;
};
/* The same over what was set aside of a source (NULL: of all), by source, kind, id, behind this
 * kind and id (NULL: from the first on). */
int quarantine_walk(struct db *db, const char *source, const char *kind, const char *id,
		    int most, int (*each)(void *, const struct quarantine_row *), void *context,
		    struct err *e);
int quarantine_drop(struct db *db, const char *source, const char *kind, const char *id,
		    struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between which times the rows of a zone were created: rows with neighbouring rowids.  As rows
 * mostly come in the order of their times, the newest matches of a search are found in a few
 * zones, and none but those are asked about. */
#ifndef IOC_STORE_ZONES_H
#define IOC_STORE_ZONES_H

#include "model/record.h"
#include "store/db.h"

#define ZONE_ROWS 2048

struct zone {
	int64_t least, most; /* least > most: no row of it has a time */
	bool changed;        /* since the last zones_save */
};

struct zones {
	struct zone *list; /* by rowid / ZONE_ROWS */
	size_t count, cap;
	int64_t next_id; /* they know about all rows before this one; 0: about none */
};

/* Makes the table where it is not there. */
int zones_prepare(struct db *db, struct err *e);
/* What is known of a kind; nothing where some writer did not keep it.  Free in any case. */
int zones_load(struct db *db, const struct kind *k, struct zones *z, struct err *e);
/* For the writer: the same, made from the rows where nothing is known. */
int zones_open(struct db *db, const struct kind *k, struct zones *z, struct err *e);
/* Whether there is something new to save. */
bool zones_note(struct zones *z, int64_t id, const struct value *created_at);
/* Call before each commit.  What was noted and not saved does no harm. */
int zones_save(struct db *db, const struct kind *k, struct zones *z, int64_t next_id,
	       struct err *e);
void zones_free(struct zones *z);

#endif

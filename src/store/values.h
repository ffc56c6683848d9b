/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that records have: codes, officers and the like, for completion. */
#ifndef IOC_STORE_VALUES_H
#define IOC_STORE_VALUES_H

#include "model/kind.h"
#include "store/db.h"

#define STORE_VALUES_MOST 200

/* Calls each() with values of a text column that begin with `prefix` (in any case, without
 * marks), each once and at most `most` of them, the newest records' first; `about` says more of
 * the record (its title; "" for values that many records share).  By an index, or by looking at
 * a bounded number of the newest records: not every value need be found.  Personal columns
 * answer nothing.  How many there were, -1 with *e. */
int store_values(struct db *db, const struct kind *k, int column, const char *prefix, int most,
		 void (*each)(void *context, const char *value, const char *about),
		 void *context, struct err *e);

#endif

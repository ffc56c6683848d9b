/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of which items the cache has what a second request said of them (`detail` of a connector), so
 * that it is asked only of what is new or changed, also by the next program. */
#ifndef IOC_STORE_KNOWN_H
#define IOC_STORE_KNOWN_H

#include "store/db.h"

/* Makes its table where a cache has none yet. */
int known_prepare(struct db *db, struct err *e);
/* Inside the batch of these records ("KIND ID\n" of each): they came of the item of this hash.
 */
int known_save(struct db *db, const char *source, const char *feed, const char *hash,
	       const char *records, struct err *e);
typedef void known_visitor(void *context, const char *feed, const char *hash,
			   const char *records);
int known_walk(struct db *db, const char *source, known_visitor *each, void *context,
	       struct err *e);
/* The source is gone. */
int known_forget(struct db *db, const char *source, struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done here to records whose source does not take it: an acknowledgement of a warning
 * that comes from a feed.  Kept in the journal, and laid over the record whenever it goes into
 * the cache, which may be a new one.  It holds for the record as it was: once its source says
 * another state, or a higher severity, that counts. */
#ifndef IOC_STORE_HERE_H
#define IOC_STORE_HERE_H

#include "model/record.h"
#include "store/journal.h"
#include "store/outbox.h"

struct here;

/* All of it, in memory.  NULL with *e. */
struct here *here_load(struct journal *j, struct err *e);
void here_free(struct here *h);

/* Writes down that the item's action was done at `now` to a record of this severity, within an
 * open transaction. */
int here_add_within(struct journal *j, const struct outbox_item *i, int64_t severity,
		    int64_t now, struct err *e);
/* Lays what was done over the record; texts go to the arena.  Whether there was anything. */
bool here_apply(const struct here *h, struct arena *a, struct record *r);

#endif

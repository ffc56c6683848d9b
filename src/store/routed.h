/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules of distribution did by themselves, so that none does it twice, over restarts and
 * new caches; and since when each of them may. */
#ifndef IOC_STORE_ROUTED_H
#define IOC_STORE_ROUTED_H

#include "routing/routing.h"
#include "store/outbox.h"

/* The uuid of an automatic action: the same for the same record, version, rule and action
 * so that it takes effect once however often it is proposed. */
void routed_uuid(char uuid[OUTBOX_UUID], const struct outbox_item *i);

/* 1 where this automatic action may be taken: the rules have not distributed the record yet
 * (or only in vain, because it was changed meanwhile, and not too often), no person took such
 * an action back, and none of a person's waits for it.  0 where not, -1 with *e. */
int routed_may(struct journal *j, const struct outbox_item *i, struct err *e);
/* Remembers it, within the transaction that adds it to the outbox, where it is the one that
 * distributes. */
int routed_add_within(struct journal *j, const struct outbox_item *i, struct err *e);

/* Since when each rule may act by itself, by its place in the file: from `now` on where it
 * could not before; CLOCK_NONE for those that may not.  Rules that are gone are forgotten. */
int routed_since(struct journal *j, const struct routing *r, int64_t now, int64_t *since,
		 struct err *e);

/* Takes back what rules did in vain, because the record was changed meanwhile; calls
 * each(context, kind, source, record) for those that may be looked at again. */
int routed_drop_conflicts(struct journal *j, int64_t now,
			  void (*each)(void *context, const char *kind, const char *source,
				       const char *record),
			  void *context, struct err *e);

/* How many records the rules distributed since then; -1 with *e. */
int64_t routed_count(struct journal *j, int64_t since, struct err *e);
/* How many of their actions the province refused and nobody decided about yet; -1 with *e. */
int64_t routed_refused(struct journal *j, struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Automatic distribution, the writer's side: which records the rules would distribute by
 * themselves.  It looks at those that come, and at all that wait when it starts or the rules
 * change; what it finds is proposed, checked and added to the outbox like what people do. */
#ifndef IOC_STORE_DISPATCH_H
#define IOC_STORE_DISPATCH_H

#include <jansson.h>

#include "base/paths.h"
#include "store/ingest.h"
#include "store/journal.h"
#include "store/router.h"

struct dispatch;

/* Borrows both. */
struct dispatch *dispatch_new(struct db *db, const struct paths *p);
void dispatch_free(struct dispatch *d);
/* A record is being taken in: whether it concerns the rules costs next to nothing to say. */
void dispatch_note(struct dispatch *d, const struct record *r);
/* Look at all that waits again: in so many ms. */
void dispatch_again(struct dispatch *d, int64_t delay);
/* Whether a look is due. */
bool dispatch_is_due(const struct dispatch *d);
/* What rules distribute by themselves now, as an array of actions
 * {"source","kind","record","code","version","action","fields","rule","uuid","staff",
 * "seen"}, in
 * order; at most as many as the rules allow in a minute.  NULL: nothing.  Outside of a
 * transaction.  *e says what is wrong: with the file too, whose last good rules go on. */
json_t *dispatch_look(struct dispatch *d, struct journal *j, const struct rulebook *b,
		      struct err *e);

#endif

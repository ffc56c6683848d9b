/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rules of distribution suggest for records of the cache. */
#ifndef IOC_STORE_SUGGEST_H
#define IOC_STORE_SUGGEST_H

#include "model/suggestion.h"
#include "store/router.h"

/* Never NULL (errors are in ->error).  A record for which no rule decides, or that has that
 * unit already, has none.  `b` may be NULL: then nothing is said of deadlines. */
struct suggestions *store_suggest(struct db *db, struct router *t, const struct rulebook *b,
				  const struct suggest_query *q, int64_t now);

#endif

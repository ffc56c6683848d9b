/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers what completion asks, in the worker's thread. */
#ifndef IOC_APP_COMPLETE_ASK_H
#define IOC_APP_COMPLETE_ASK_H

#include "base/paths.h"
#include "model/complete.h"
#include "store/db.h"

/* `db` is needed for COMPLETE_VALUES only, and may be NULL: then there are none.  Never NULL;
 * *e is set where the cache failed. */
struct complete_answer *complete_ask(const struct paths *p, struct db *db,
				     const struct complete_query *q, struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One move of one record, as the systems behind it would make it. */
#ifndef IOC_DEMO_CHANGE_H
#define IOC_DEMO_CHANGE_H

#include <jansson.h>

#include "demo/world.h"

/* Makes the move at that time: state, times, actors and history of the record change, its
 * version does not. */
void change_record(const struct world *w, const struct kind *k, const struct move *move,
		   int64_t at, struct rng *r, json_t *record);

#endif

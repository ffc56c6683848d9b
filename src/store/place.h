/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Near a point: the index of places knows the cell of some 280 m that a record lies in, a
 * function the distance. */
#ifndef IOC_STORE_PLACE_H
#define IOC_STORE_PLACE_H

#include "base/strbuf.h"
#include "store/builder.h"

/* Whether records of this kind are indexed by place. */
bool place_is_indexed(const struct kind *k);
/* Appends the cell as SQL over the columns of a table ("t." or ""). */
void place_add_cell(struct strbuf *b, const char *table);
/* Whether a FILTER_NEAR covers few enough cells to be looked up by them. */
bool place_is_small(const struct filter *near);
/* Adds that a row of table t lies in one of the cells, which takes in some that are farther. */
void place_add_cells(struct builder *b, const struct filter *near);
/* Adds FILTER_NEAR as a condition on table t; `cells`: in words that the index answers. */
void place_add_near(struct builder *b, const struct filter *near, bool cells);
/* Registers ioc_metres(lat, lon, lat, lon). */
int place_register(struct db *db, struct err *e);

#endif

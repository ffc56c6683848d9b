/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of these rows a filter lets through: pages of page_query.among. */
#ifndef IOC_STORE_AMONG_H
#define IOC_STORE_AMONG_H

#include "model/query.h"
#include "store/db.h"
#include "store/listing.h"

/* Fills the page with the rows of `among` that the cache has, those that pass first; its total
 * is the number of the latter. */
void among_read(struct db *db, const struct page_query *q, const struct listing *list,
		struct page *page);

#endif

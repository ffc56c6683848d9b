/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One list of several kinds. */
#ifndef IOC_STORE_ACROSS_H
#define IOC_STORE_ACROSS_H

#include "model/query.h"
#include "store/sql.h"

/* Fills the page of a query that has `across`. */
void across_read(struct db *db, const struct page_query *q, struct page *page);

#endif

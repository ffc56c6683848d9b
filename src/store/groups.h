/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IOC_STORE_GROUPS_H
#define IOC_STORE_GROUPS_H

#include "model/groups.h"
#include "store/db.h"

/* Answers the query; never NULL (errors are in page->error).  Open records by whatever index
 * fits, all records by reading the table: where that would take more than a second or so, the
 * newest ones alone, and the page says so.  db_interrupt ends it with ERR_CANCELLED. */
struct group_page *store_groups(struct db *db, const struct group_query *q);

#endif

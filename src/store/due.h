/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef IOC_STORE_DUE_H
#define IOC_STORE_DUE_H

#include "model/due.h"
#include "store/db.h"

/* Answers the query; never NULL (errors are in board->error).  Open records are read from one
 * index that holds all that is needed, ended ones by the time of their last change and at most
 * DUE_ENDED_MOST of a kind.  db_interrupt ends it with ERR_CANCELLED. */
struct due_board *store_due(struct db *db, const struct due_query *q);

#define DUE_ENDED_MOST 20000

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cache as headless verbs want it: one connection, and the names behind codes. */
#ifndef IOC_APP_CACHE_H
#define IOC_APP_CACHE_H

#include "app/program.h"
#include "store/asker.h"
#include "store/db.h"
#include "store/names.h"

/* Who asks here, and by which calendars; borrowed from the program. */
struct store_asker cache_asker(const struct program *p);
/* NULL with *e, which says how to get a cache where there is none. */
struct db *cache_open(const struct program *p, struct err *e);

/* Reads a filter (NULL: none) before anything is done by it: 0, or -1 with *e, which shows the
 * place in the text where it is wrong. */
int cache_check_filter(struct db *db, const struct program *p, const struct kind *k,
		       const char *filter, struct err *e);

/* For rows_options: context is a struct name_table. */
const char *cache_name(void *names, const struct kind *catalogue, const char *code, int64_t at);

#endif

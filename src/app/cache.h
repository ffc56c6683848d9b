/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cache as headless verbs want it: one connection, and the names behind codes. */
#ifndef IOC_APP_CACHE_H
#define IOC_APP_CACHE_H

#include "app/program.h"
#include "store/db.h"
#include "store/names.h"

/* NULL with *e, which says how to get a cache where there is none. */
struct db *cache_open(const struct program *p, struct err *e);

/* For rows_options: context is a struct name_table. */
const char *cache_name(void *names, const struct kind *catalogue, const char *code, int64_t at);

#endif

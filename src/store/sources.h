/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sources' health as last written, so that it can be told while no writer runs. */
#ifndef IOC_STORE_SOURCES_H
#define IOC_STORE_SOURCES_H

#include "model/source.h"
#include "store/db.h"

int sources_save(struct db *db, const struct source_status *s, struct err *e);
/* Up to `most` into out; the number there are, or -1. */
int sources_load(struct db *db, struct source_status *out, size_t most, struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that no value map of their connector knows, by source, kind and column. */
#ifndef IOC_STORE_UNKNOWN_H
#define IOC_STORE_UNKNOWN_H

#include <stddef.h>
#include <stdint.h>

#include "store/db.h"

/* Keeps a value that was seen; beyond 200 of a source no more are kept. */
int unknown_put(struct db *db, const char *source, const char *kind, const char *column,
		const char *value, int64_t now, struct err *e);
/* Forgets those of a source: all its records are being mapped anew. */
int unknown_clear(struct db *db, const char *source, struct err *e);
/* How many there are, and the newest in words, "complaint.state: CHO_DUYET, …", into buf. */
int64_t unknown_words(struct db *db, const char *source, char *buf, size_t size);

#endif

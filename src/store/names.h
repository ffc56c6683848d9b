/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogues in memory: names behind codes, by the day on which the code is meant. */
#ifndef IOC_STORE_NAMES_H
#define IOC_STORE_NAMES_H

#include <stdint.h>

#include "model/kind.h"
#include "store/db.h"

struct name_table;

/* A row of a catalogue: what a code meant from a day on. */
struct name_row {
	const char *code, *title, *brief; /* brief: its short name, or the title */
	int64_t from, to;                 /* INT64_MIN, INT64_MAX: open */
	const char *successors; /* as the source wrote them; NULL: none (store/lineage.h) */
	const char *parent;     /* code of what it belongs to; NULL: nothing */
};

/* All catalogues of the cache.  Immutable afterwards: may be read by any thread. */
struct name_table *names_load(struct db *db);
void names_free(struct name_table *t);
/* The name that the code had at that time (CLOCK_NONE: has now); where none was valid then,
 * the nearest; NULL for an unknown code.  Units answer with their short name where they have
 * one and `brief` is set. */
const char *names_get(const struct name_table *t, const struct kind *catalogue,
		      const char *code, int64_t at, bool brief);
/* The same row itself; valid as long as the table.  NULL for an unknown code. */
const struct name_row *names_row(const struct name_table *t, const struct kind *catalogue,
				 const char *code, int64_t at);
/* The n-th of the codes whose name or unaccented name this is: places and offices that were
 * merged keep theirs.  NULL where there are no more. */
const char *names_code(const struct name_table *t, const struct kind *catalogue,
		       const char *name, size_t n);

/* The n-th row of a catalogue, by code; NULL where there are no more. */
const struct name_row *names_nth(const struct name_table *t, const struct kind *catalogue,
				 size_t n);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cache's tables, written from the descriptors of the kinds. */
#ifndef IOC_STORE_SCHEMA_H
#define IOC_STORE_SCHEMA_H

#include <stdint.h>

#include "base/strbuf.h"
#include "model/kind.h"
#include "store/db.h"

/* Of the file as a whole; a cache with a larger one belongs to a newer program. */
#define SCHEMA_FORMAT 1

enum schema_match {
	SCHEMA_SAME,
	SCHEMA_EMPTY,
	SCHEMA_OLDER,
	SCHEMA_OTHER, /* of this version, and yet others: of a program under development */
	SCHEMA_NEWER,
};

/* One number for all tables that this program wants. */
int64_t schema_hash(void);
/* How what another program wants stands to that; the version NULL or "": of a very old one. */
enum schema_match schema_judge(int64_t format, int64_t hash, const char *version);
/* The same of the tables in the file; -1 with *e. */
int schema_compare(struct db *db, struct err *e);
/* Drops every table and makes ours: what a cache held can be filled again. */
int schema_rebuild(struct db *db, struct err *e);
/* Whether the kind's index for sorting by this column covers all rows. */
bool schema_sorts_all(const struct kind *k, int column);
/* Whether it has one over open rows. */
bool schema_sorts_open(const struct kind *k, int column);
/* Whether open rows have an index by its codes or names as they are, "<kind>_<id>_code". */
bool schema_has_code_index(const struct kind *k, int column);
/* Whether a column sorts by the order in which its codes are listed: the key is a number. */
bool schema_sorts_by_order(const struct kind *k, int column);
/* Appends what to sort a column by: "due_at", "title COLLATE vietnamese", "unit_name …". */
void schema_sort_key(struct strbuf *b, const struct kind *k, int column);
/* Whether the column has its resolved name beside it, as "<id>_name", while the record is open.
 */
bool schema_has_name(const struct kind *k, int column);

#endif

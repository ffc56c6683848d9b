/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that the search index names, as a set in memory.  To ask it about a row costs far
 * less than to look at the row, so that an index of the sort order can be walked through many
 * rows that do not match. */
#ifndef IOC_STORE_MATCH_SET_H
#define IOC_STORE_MATCH_SET_H

#include <stdint.h>

#include "base/strbuf.h"
#include "store/db.h"

struct match_set {
	int64_t least, most; /* rowids about which it knows; others must not be asked for */
	int64_t asked;       /* the one that was all the same; 0: none was */
	int64_t count;
	uint64_t *bits;
	size_t words; /* of bits */
};

/* Takes in the rowids that the statement answers, all from least to most, and resets it.  What
 * it knew before is forgotten.  0, or -1 with *e. */
int match_set_read(struct match_set *m, struct db *db, sqlite3_stmt *s, struct err *e);
void match_set_free(struct match_set *m);
/* Appends the rowids as a JSON array. */
void match_set_add_list(struct strbuf *b, const struct match_set *m);
/* Registers ioc_in(SET, rowid), which fails for a rowid that the set knows nothing about; SET
 * is bound as a pointer of the type MATCH_SET. */
int match_set_register(struct db *db, struct err *e);
#define MATCH_SET "match_set"

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows that the search index names, as a set in memory.  To ask it about a row costs far
 * less than to look at the row, so that an index of the sort order can be walked through many
 * rows that do not match.  It is read block of rowids by block, as far as it is asked; rows
 * that were looked at and do not match after all are taken out. */
#ifndef IOC_STORE_MATCH_SET_H
#define IOC_STORE_MATCH_SET_H

#include <stdint.h>

#include "base/strbuf.h"
#include "store/db.h"
#include "store/zones.h"

#define MATCH_SET_BLOCK ZONE_ROWS

struct match_set {
	bool all;      /* it knows about every rowid */
	int64_t asked; /* the first one that it did not know about; 0: there was none */
	int64_t count; /* in it */
	int reads;     /* blocks or rows of them that were read, one after the other */
	int grown;     /* of these beside known ones */
	int64_t refused,
		patience; /* rows taken out; after how many (0: never) ioc_keep fails */
	bool tired;       /* … which it did */
	uint64_t *bits, *known;
	size_t words, known_words; /* of both */
	int64_t blocks;            /* that are known */
};

/* The rowids to be read next, for `asked`: its block; more where its neighbours are known; all
 * where of `rows` rows no more than `few` can be expected to be in the set. */
struct match_range {
	int64_t least, most;
	bool down; /* its last rowids are wanted first */
};
#define MATCH_SET_MOST (2 * MATCH_SET_BLOCK) /* rowids of a range that are read at once */
struct match_range match_set_wants(const struct match_set *m, int64_t rows, int64_t few);
/* Takes in the rowids that the statement answers, all of this range or, but where it has no
 * end, the MATCH_SET_MOST first, and resets it.  0, or -1 with *e. */
int match_set_read(struct match_set *m, struct db *db, struct match_range r, sqlite3_stmt *s,
		   struct err *e);
void match_set_free(struct match_set *m);
/* How many of a block's rowids are in it; `first` is the first of them. */
int64_t match_set_count(const struct match_set *m, int64_t first);
/* Appends them to a JSON array whose bracket is still open. */
void match_set_add_block(struct strbuf *b, const struct match_set *m, int64_t first);
bool match_set_knows(const struct match_set *m, int64_t id);
/* Appends the rowids as a JSON array. */
void match_set_add_list(struct strbuf *b, const struct match_set *m);
/* Registers ioc_in(SET, rowid), which fails for a rowid that the set knows nothing about, and
 * ioc_keep(SET, rowid, yes), which answers `yes` and takes the row out where that is 0.  SET is
 * bound as a pointer of the type MATCH_SET. */
int match_set_register(struct db *db, struct err *e);
#define MATCH_SET "match_set"

#endif

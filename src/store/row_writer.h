/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of one kind, as the writer changes them: the row itself, what is stored beside it, its
 * words in the search index, and how many there are of each state. */
#ifndef IOC_STORE_ROW_WRITER_H
#define IOC_STORE_ROW_WRITER_H

#include "base/arena.h"
#include "base/strbuf.h"
#include "store/sql.h"
#include "store/zones.h"

struct row_writer {
	struct db *db;
	const struct kind *kind;
	sqlite3_stmt *find, *insert, *update, *touch, *remove, *old_words;
	sqlite3_stmt *put_more, *remove_more, *add_words, *remove_words, *unindexed;
	int64_t next_id, indexed; /* as in table progress */
	struct strmap counts;     /* state → change since the last commit, as intptr_t */
	struct zones zones;
	struct strbuf words;     /* scratch */
	struct strbuf state;     /* of the row found last */
	struct arena old_texts;  /* of the changes below */
	struct reindex *changes; /* of indexed rows, since the last flush */
	size_t change_count, change_cap;
	bool changed; /* anything at all since the last commit */
};

/* An indexed row whose words changed, or that is gone. */
struct reindex {
	int64_t id;
	const char *old; /* what the index has */
	size_t old_n;
	size_t order; /* of coming */
	bool removed;
};

/* A row as it is in the table. */
struct row_found {
	int64_t id, version, hash, words;
};

/* Prepares; -1 with *e.  Free in any case. */
int row_writer_init(struct row_writer *w, struct db *db, const struct kind *k, struct err *e);
void row_writer_free(struct row_writer *w);

/* 1 and *found, 0 where there is none, -1 with *e.  row_update and row_remove take only the row
 * that was found last. */
int row_find(struct row_writer *w, int64_t source, const char *ext_id, struct row_found *found,
	     struct err *e);
int row_insert(struct row_writer *w, int64_t source, const struct record *r, int64_t hash,
	       int64_t *id, struct err *e);
int row_update(struct row_writer *w, const struct row_found *found, const struct record *r,
	       int64_t hash, struct err *e);
/* Only the version is new. */
int row_touch(struct row_writer *w, int64_t id, int64_t version, struct err *e);
int row_remove(struct row_writer *w, const struct row_found *found, struct err *e);

/* Over all that the source says about the record but its version. */
int64_t row_hash(const struct record *r);
/* Over what is searched; of catalogues over all that makes a name. */
int64_t row_words_hash(const struct record *r);

/* New rows that the index has not got yet. */
int64_t row_writer_backlog(const struct row_writer *w);
/* Brings the index up to what the rows hold; with `all`, new rows too. */
int row_writer_index(struct row_writer *w, bool all, struct err *e);
/* Writes counters and progress; call before each commit. */
int row_writer_flush(struct row_writer *w, struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking records in: the writer's side of the cache. */
#ifndef IOC_STORE_INGEST_H
#define IOC_STORE_INGEST_H

#include <stdint.h>

#include "model/record.h"
#include "store/db.h"

struct ingest;

/* What a batch did. */
struct ingest_result {
	int32_t changed[KIND_MOST]; /* rows inserted, altered or removed, per kind_index */
	int64_t inserted, updated, unchanged, older, deleted;
	int64_t expired; /* closed for longer than they are kept: not taken in */
};

void ingest_add_result(struct ingest_result *sum, const struct ingest_result *batch);

struct ingest *ingest_new(struct db *db);
void ingest_free(struct ingest *in);
/* A batch is one transaction; keep them near 1,000 records while filling. */
int ingest_begin(struct ingest *in, struct err *e);
/* Upserts by (source, id).  A version that is not newer than the cached one is counted as
 * older and dropped; the same content is counted as unchanged.  Search index and counters
 * follow.  record->deleted removes the row (and keeps its version, so that an older record
 * does not bring it back). */
int ingest_put(struct ingest *in, const struct record *r, struct err *e);
/* Inside a batch: completes a partial record by what the cache has of it; texts go to the
 * arena.  1; 0 where it has none; -1 with *e. */
int ingest_complete(struct ingest *in, struct arena *a, struct record *r, struct err *e);
/* Inside a batch: removes the record, and remembers nothing of it. */
int ingest_drop(struct ingest *in, const struct kind *k, int64_t source, const char *id,
		struct err *e);
/* From now on, new records that are over by purge_is_over are not taken in. */
void ingest_keep(struct ingest *in, const int64_t keep[KIND_MOST]);
/* Sources are looked up again: one has lost its rows. */
void ingest_forget_sources(struct ingest *in);
/* Whether a batch is open or many records are coming. */
bool ingest_is_busy(const struct ingest *in);
/* The record is in the cache; only its computed columns are new.  Whatever its version. */
int ingest_recompute(struct ingest *in, const struct record *r, struct err *e);
/* Commits; *result counts the batch. */
int ingest_commit(struct ingest *in, struct ingest_result *result, struct err *e);
void ingest_rollback(struct ingest *in);
/* Tells the index that many records will come (larger memory, no merging meanwhile), or that
 * they have come. */
void ingest_bulk(struct ingest *in, bool on);
/* Merges a little of the search index; call when idle.  Returns whether more waits. */
bool ingest_idle(struct ingest *in);
/* Snapshot sources: between these two calls, over any number of batches, every ingest_put of
 * the source and kind is remembered; the second removes its records that did not come, and
 * counts them.  Snapshots of different sources and kinds may overlap; beginning one again
 * forgets what it had seen.  A rollback forgets only what its batch had seen. */
int ingest_snapshot_begin(struct ingest *in, const char *source, const struct kind *k,
			  struct err *e);
int ingest_snapshot_end(struct ingest *in, const char *source, const struct kind *k,
			int64_t *removed, struct err *e);
/* The same, but a record is removed only when it did not come in so many lists in a row. */
int ingest_snapshot_end_after(struct ingest *in, const char *source, const struct kind *k,
			      int64_t misses, int64_t *removed, struct err *e);
/* Records of the source and kind in the cache, the open batch included; -1 with *e. */
int64_t ingest_count(struct ingest *in, const char *source, const struct kind *k,
		     struct err *e);

/* The record as another map makes it of the item that the cache has: takes its place whatever
 * its version, unless the cache's is not the one of this hash any more. */
int ingest_replace(struct ingest *in, const struct record *r, int64_t hash, struct err *e);
/* The record is gone by that map; under the same condition. */
int ingest_forget(struct ingest *in, const struct kind *k, const char *source, const char *id,
		  int64_t hash, struct err *e);

/* Sets a record aside that could not be mapped; the same (source, id) again replaces it, and
 * a later good one clears it.  All texts may be hostile. */
int quarantine_put(struct db *db, const char *source, const char *kind, const char *id,
		   const char *reason, const char *raw, size_t raw_n, int64_t now,
		   struct err *e);
int64_t quarantine_count(struct db *db, const char *source);
/* "complaint 12: reason" of the latest, for people; the caller frees; NULL: there is none. */
char *quarantine_latest(struct db *db, const char *source);

/* Where a feed stands: saved inside the open batch, so that records and cursor agree. */
int cursor_save(struct db *db, const char *source, const char *feed, const char *cursor,
		struct err *e);
/* The caller frees; NULL where none was saved. */
char *cursor_load(struct db *db, const char *source, const char *feed);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the writer share; nobody else includes it. */
#ifndef IOC_SYNC_WRITER_PARTS_H
#define IOC_SYNC_WRITER_PARTS_H

#include <pthread.h>

#include "base/msgq.h"
#include "base/paths.h"
#include "store/db.h"
#include "store/dispatch.h"
#include "store/here.h"
#include "store/raw.h"
#include "store/settler.h"
#include "sync/job.h"
#include "sync/watch.h"
#include "sync/writer.h"

#define OWNERS_MOST 256

/* An owner whose batch failed: what it posted before it knew is dropped, lest a cursor gets
 * past records that were lost. */
struct poisoned {
	uint64_t owner;
	uint32_t epoch;
};

struct writer {
	pthread_t thread;
	struct msgq *jobs, *done;
	const struct paths *paths;
	struct db *db; /* NULL: it could not be opened, and why says why */
	struct err why;
	bool lost;               /* told, and not opened again yet */
	bool damaged;            /* the file is not to be used again */
	int64_t looked;          /* monotonic */
	struct journal *journal; /* NULL: it could not be opened, and unwritable says why */
	struct err unwritable;
	struct here *here; /* of the journal; NULL: there is none */
	struct ingest *ingest;
	struct purge_policy *policy;
	struct purge *purge;
	struct ingest_result purged; /* not told yet */
	struct settler *settler;
	struct watch watch;
	struct dispatch *dispatch;
	struct err route_error; /* as last told */
	bool bulk;
	struct ingest_result settled; /* not told yet */
	struct poisoned poisoned[OWNERS_MOST];
	size_t poisoned_count;
};

/* All of these run in the writer's thread; those that take a job do it, with its results and
 * its error in it. */

/* writer_records.c */
void writer_load(struct writer *w, struct job *j);
void writer_take_batch(struct writer *w, struct job *j);
void writer_remap(struct writer *w, struct job *j);
/* Adds to a record what its source does not say: what was done here, and what is due. */
void writer_complete(struct writer *w, struct arena *a, struct record *r);

/* writer_journal.c: the journal, which is opened where it could not be before; NULL with *e
 * (may be NULL) where nothing can be written down. */
struct journal *writer_journal(struct writer *w, struct err *e);
void writer_audit(struct writer *w, struct job *j);
void writer_apart(struct writer *w, struct job *j);
void writer_outbox(struct writer *w, struct job *j);

#endif

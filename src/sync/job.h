/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine asks of the writer.  A job moves to the writer's thread and comes back with
 * its results; the engine made it and frees it. */
#ifndef IOC_SYNC_JOB_H
#define IOC_SYNC_JOB_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "api/connector.h"
#include "api/haul.h"
#include "base/err.h"
#include "model/source.h"
#include "store/escalation.h"
#include "store/ingest.h"
#include "store/purge.h"
#include "sync/outbox_job.h"

enum job_type {
	JOB_LOAD,   /* read where the feeds of a source stand */
	JOB_BATCH,  /* take records in */
	JOB_STATUS, /* remember the health of a source */
	JOB_AUDIT,  /* write into the journal */
	JOB_BULK,   /* many records will come, or have come */
	JOB_POLICY, /* what may stay in the cache is new */
	JOB_RULES,  /* rules and calendars may be new; also unasked: deadlines are */
	JOB_PURGE,  /* remove all that may not, now; also unasked, when some was removed */
	JOB_REOPEN, /* open the cache anew, or make a new one; what was posted before is lost */
	JOB_OUTBOX, /* something about the outbox */
	JOB_REMAP,  /* what another map makes of items that the cache has */
	JOB_APART,  /* two records are two matters, or may be one after all */
	JOB_QUIT,
	JOB_LOST,       /* from the writer: the cache was deleted, replaced or damaged; once */
	JOB_ESCALATION, /* from the writer: levels of escalation were reached */
	JOB_ROUTE,      /* from the writer: what rules of distribution do by themselves */
};

/* A snapshot's first batch opens it, its last one closes it and removes what did not come. */
enum job_snapshot { SNAPSHOT_NONE = 0, SNAPSHOT_OPEN = 1, SNAPSHOT_CLOSE = 2 };

/* What becomes of one item. */
struct remap_step {
	enum { STEP_REPLACE, STEP_FORGET, STEP_PUT, STEP_REASON } type;
	struct record *record;   /* REPLACE, PUT */
	const struct kind *kind; /* FORGET */
	const char *id;
	int64_t hash; /* of the record that REPLACE and FORGET mean */
	/* PUT, REASON: what was set aside under this kind and id, or "" and NULL */
	const char *aside_kind, *aside_id, *reason, *raw;
	size_t raw_n;
};

struct job_cursor {
	const char *feed;
	char *cursor; /* owned; NULL: none saved (load), not to be saved (batch) */
};

/* What is known of an item: see store/known.h.  In the haul's arena. */
struct job_known {
	const char *feed, *hash, *records;
};

struct job {
	enum job_type type;
	uint64_t owner; /* whom the answer is for */
	uint32_t epoch; /* after a failed batch, the owner's others of this epoch are dropped */
	struct err err; /* result of every type */
	const char *source; /* its name; in the haul's arena */
	struct haul haul;
	struct job_cursor *cursors; /* in the haul's arena */
	size_t cursor_count;
	struct job_known *known; /* owned list: to save with a batch; result of LOAD */
	size_t known_count, known_cap;
	int64_t quarantined;     /* result of LOAD, BATCH and REMAP: of the whole source */
	int64_t unknown;         /* the same: values that no value map knows; */
	char unknown_words[160]; /* the newest of them */

	/* JOB_BATCH */
	size_t feed;             /* its number in the pass */
	const struct kind *kind; /* of the snapshot */
	unsigned snapshot;       /* enum job_snapshot */
	int64_t seen;            /* records of the whole snapshot, at its end */
	struct guard_spec guard; /* what the snapshot must be like to be believed */
	int64_t misses;          /* snapshots in a row without a record before it is gone */
	int64_t received;        /* records in it, good or not */
	int64_t server_time;     /* of the newest change in it; CLOCK_NONE */
	bool streamed;
	struct ingest_result result;
	int64_t removed;   /* by the end of a snapshot */
	int64_t missed;    /* partial records of which the cache has nothing */
	bool unbelievable; /* the snapshot; nothing of this batch was taken */

	struct source_status status; /* to save; result of LOAD: as last saved */

	/* JOB_AUDIT, JOB_APART: texts in the haul's arena; JOB_APART: more in the question */
	const char *who, *from, *action, *object, *reason;
	int64_t at, version; /* version: of the record; 0: none */
	json_t *question;    /* owned */

	/* JOB_BULK */
	bool on;

	struct remap_step *steps; /* JOB_REMAP; in the haul's arena */
	size_t step_count;
	bool afresh; /* the first of a run: what was unknown may be known now */

	struct purge_policy *policy; /* JOB_POLICY: the writer takes it */

	struct escalation_list escalations; /* JOB_ESCALATION */
	struct outbox_job *outbox;          /* JOB_OUTBOX; owned */
	json_t *proposals; /* JOB_ROUTE; see store/dispatch.h; owned, or NULL */
};

struct job *job_new(enum job_type type, uint64_t owner, const char *source);
void job_free(void *job); /* a struct job * */
/* Adds a feed to load or to save. */
void job_add_cursor(struct job *j, const char *feed, const char *cursor);
/* Adds what is known of an item. */
void job_add_known(struct job *j, const char *feed, const char *hash, const char *records);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine asks of the journal's outbox.  Items travel as JSON, in the form in which
 * consoles are told of them: see base/control.h. */
#ifndef IOC_SYNC_OUTBOX_JOB_H
#define IOC_SYNC_OUTBOX_JOB_H

#include <jansson.h>

#include "store/outbox.h"

enum outbox_task {
	OUTBOX_ADD,    /* `item`, not to be sent before `at` */
	OUTBOX_DUE,    /* take out what may be sent now to these `sources` */
	OUTBOX_SETTLE, /* the sending of `item` ended in `state` */
	OUTBOX_DROP,   /* take `item` back, for `who` */
	OUTBOX_AGAIN,  /* send `item` again, with its fields and version where it has them */
	OUTBOX_LIST,   /* all that are open, and what ended since `at` */
};

struct outbox_job {
	enum outbox_task task;
	json_t *item;    /* owned, as all of these */
	json_t *sources; /* OUTBOX_DUE: name → how many at a time */
	json_t *here;    /* OUTBOX_DUE: names (outbox_job_name) of actions that are done here */
	char *who;
	int64_t at;              /* OUTBOX_ADD, _LIST; OUTBOX_SETTLE: when to try again */
	enum outbox_state state; /* OUTBOX_SETTLE */
	bool unsent;             /* OUTBOX_SETTLE: nothing left this machine */
	bool at_home;            /* OUTBOX_SETTLE: done here, to a record of this severity */
	int64_t severity;        /* … */
	bool made;               /* OUTBOX_SETTLE: a record, told in the item's answer */
	int64_t version;         /* OUTBOX_SETTLE: of the record now; 0: unknown */
	json_t *items;           /* the result: what was changed, or asked for */
	int64_t next;            /* the result: when something may be sent; INT64_MAX: never */
};

struct outbox_job *outbox_job_new(enum outbox_task task, json_t *item);
void outbox_job_free(struct outbox_job *o);
/* "SOURCE/KIND/ACTION"; the caller frees. */
char *outbox_job_name(const char *source, const char *kind, const char *action);
/* The same to be done once more, after it failed. */
struct outbox_job *outbox_job_again(const struct outbox_job *o);
/* Does it; *e says why not. */
void outbox_job_run(struct outbox_job *o, struct journal *j, struct err *e);

#endif

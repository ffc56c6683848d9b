/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox: actions on their way to the province.  An action is on disk before anybody says
 * that it was taken; its uuid is the Idempotency-Key, so that it may be sent until it is
 * answered and takes effect once.  Order is kept per record: nothing overtakes an action that
 * is not ended, and one that was refused holds those behind it until a person decides. */
#ifndef IOC_STORE_OUTBOX_H
#define IOC_STORE_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/journal.h"

#define OUTBOX_UUID 37 /* with its end */

enum outbox_state {
	OUTBOX_QUEUED,  /* not sent yet; not before next_at, and may be taken back until then */
	OUTBOX_SENDING, /* on the line */
	OUTBOX_RETRY,   /* no answer, or one that says later: again at next_at */
	OUTBOX_DONE,    /* the province confirmed it */
	OUTBOX_REJECTED, /* the province said no: `error` says why */
	OUTBOX_CONFLICT, /* the record was changed meanwhile: `answer` holds it as it is */
	OUTBOX_DROPPED,  /* taken back, or given up, by a person */
	OUTBOX_UNCLEAR,  /* sent, nobody knows what came of it, and it must not be sent again
			    unless a person says so */
};

struct outbox_item {
	int64_t id; /* order of coming */
	char uuid[OUTBOX_UUID];
	enum outbox_state state;
	int64_t at; /* when the operator did it */
	const char *who, *place;
	const char *staff, *unit; /* the role in which it was done, and its unit; "" */
	/* The record's own id at its source; of one that is to be made, the action's first
	 * uuid.
	 */
	const char *source, *kind, *record;
	const char *code;            /* for people */
	const char *action, *fields; /* fields: a JSON object */
	const char *rule; /* of distribution, which does it by itself; "": a person does */
	const char *seen; /* columns of the record as it was looked at, JSON; "" */
	int64_t version;  /* of the record when it was looked at; 0: unknown */
	int tries;
	int64_t next_at, changed_at;
	const char *error;  /* the last one, for people; "" */
	const char *answer; /* of a conflict: the record, as JSON; of what made a record: its id
			       and code; "" */
};

/* A new random one: of the console that acts, so that it may hand an action over again where
 * the answer was lost. */
int outbox_make_uuid(char uuid[OUTBOX_UUID], struct err *e);
/* The one of these words: of a draft that may be sent by a console, and by the next one once
 * more, after the first was killed. */
void outbox_uuid_of(const char *const *words, size_t count, char uuid[OUTBOX_UUID]);

/* Adds an action (state, id, uuid where "", tries and times are given here) not to be sent
 * before `not_before`, and its entry of the audit, in one transaction.  On disk when it returns
 * 0; item->uuid and item->id are filled in.  A uuid that is there already with the same words
 * is left as it is, so that who heard no answer may ask again; with others, or where it was
 * taken back: ERR_CONFLICT.  What a rule did before, or a person is about to do, a rule does
 * not: then nothing is added. */
int outbox_add(struct journal *j, struct outbox_item *item, int64_t not_before, struct err *e);

typedef int outbox_visitor(void *context, const struct outbox_item *item);
/* Shows what may be sent now, at most one of each record; first what has waited longest, so
 * that nothing that fails again and again keeps the others back.  The visitor returns 0 to go
 * on; it must not change the outbox.  -1 with *e. */
int outbox_due(struct journal *j, int64_t now, outbox_visitor *each, void *context,
	       struct err *e);
/* When the next one may be sent; INT64_MAX: none waits.  -1 with *e. */
int64_t outbox_next(struct journal *j, struct err *e);
/* Shows all that are not ended, and what ended at `since` or later, oldest first. */
int outbox_walk(struct journal *j, int64_t since, outbox_visitor *each, void *context,
		struct err *e);

/* Call at the start of the program: what was on the line when it ended may have arrived, and is
 * to be sent again under its key. */
int outbox_recover(struct journal *j, int64_t now, struct err *e);

/* What became of a sending.  Entries that end are noted in the audit. */
int outbox_sending(struct journal *j, const char *uuid, int64_t now, struct err *e);
int outbox_retry(struct journal *j, const char *uuid, int64_t next_at, const char *error,
		 int64_t now, struct err *e);
/* It was not sent after all: back to what it was before (`was`), not to be sent before next_at.
 */
int outbox_unsent(struct journal *j, const char *uuid, enum outbox_state was, int64_t next_at,
		  const char *error, int64_t now, struct err *e);
/* `version` is the record's after it, 0: unknown.  What the same console did behind it, on the
 * same version, was meant for what this one would make of it: it goes out for `version`. */
int outbox_done(struct journal *j, const char *uuid, int64_t version, int64_t now,
		struct err *e);
/* The same of an action that made a record: `id` is the record's, "" where it is not told yet;
 * `answer` as above. */
int outbox_made(struct journal *j, const char *uuid, int64_t version, const char *id,
		const char *answer, int64_t now, struct err *e);
/* It was done here, by store/here.h, to a record of this severity. */
int outbox_done_here(struct journal *j, const char *uuid, int64_t severity, int64_t now,
		     struct err *e);
int outbox_rejected(struct journal *j, const char *uuid, const char *error, int64_t now,
		    struct err *e);
int outbox_unclear(struct journal *j, const char *uuid, const char *error, int64_t now,
		   struct err *e);
int outbox_conflict(struct journal *j, const char *uuid, const char *error, const char *answer,
		    int64_t now, struct err *e);

/* What a person decides.  ERR_NOT_FOUND for an unknown uuid, ERR_CONFLICT where it is too late:
 * it is on the line or ended. */

/* Takes back what waits, or gives up what was refused. */
int outbox_drop(struct journal *j, const char *uuid, const char *who, int64_t now,
		struct err *e);
/* Sends a waiting one at once; a refused one again, as a new action with other fields and on
 * another version, in its old place.  `fields` NULL: the same. */
int outbox_again(struct journal *j, const char *uuid, const char *fields, int64_t version,
		 const char *who, int64_t now, struct err *e);
/* Forgets what ended before this instant; the audit keeps it. */
int outbox_purge(struct journal *j, int64_t before, struct err *e);

/* Shows one item; nothing where there is none. */
int outbox_find(struct journal *j, const char *uuid, outbox_visitor *each, void *context,
		struct err *e);
/* What ends an entry's way. */
bool outbox_is_ended(enum outbox_state s);
/* "queued", "conflict" …: in JSON and on the command line. */
const char *outbox_state_name(enum outbox_state s);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One action on the line: sent as the connector's `actions` says, and what came of it.  It may
 * take several requests: the record is read first where that is needed, then come those that
 * make the action, then the record is read again. */
#ifndef IOC_API_ACT_H
#define IOC_API_ACT_H

#include "api/haul.h"
#include "api/jqmap.h"
#include "api/request.h"

/* What is sent. */
struct act_order {
	const char *uuid; /* the same each time that it is sent */
	const struct kind *kind;
	const char *record, *code;     /* the record's id at the source, "": it is to be made;
					  for people */
	const char *action, *fields;   /* fields: a JSON object */
	const char *by, *staff, *unit; /* who, in which role, for which unit; "" */
	const char *seen; /* columns of the record as the operator saw it: a JSON object */
	int64_t version;  /* of that record; 0: unknown */
	int64_t at;
	bool doubtful; /* it was sent before, and nobody knows what came of that */
};

struct act;

enum act_state {
	ACT_WAITING,
	ACT_DONE,     /* it took effect */
	ACT_REJECTED, /* the province refused it, for good */
	ACT_CONFLICT, /* the record is not what it was thought to be */
	ACT_UNSENT,   /* nothing of it reached the province: it may be sent again */
	ACT_UNKNOWN,  /* no answer that says whether it took effect: send it again */
	ACT_STRANGER, /* the credentials were refused: nothing happened */
	ACT_DOUBT,    /* as UNKNOWN, and a person must decide whether to send it again */
};

/* Sends it; *o is copied.  `m` maps records, and outlives it.  NULL with the failure: nothing
 * was sent. */
struct act *act_new(const struct site *s, const struct act_order *o, struct mapper *m,
		    struct failure *f);
void act_free(struct act *a); /* gives up what is under way */
enum act_state act_state(const struct act *a);
/* Why it is none of WAITING and DONE. */
const struct failure *act_failure(const struct act *a);
/* The record as the province has it, as JSON (""), and as records for the cache. */
const char *act_record(const struct act *a);
void act_map(const struct act *a, struct haul *out);
/* The id of the record that was made, as the answer tells it; "": it does not, or nothing was.
 */
const char *act_made(const struct act *a);
/* The record's version after it, where an answer told one; 0. */
int64_t act_version(const struct act *a);

#endif

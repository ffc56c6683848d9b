/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One action on the line: sent as the connector's `actions` says, and what came of it. */
#ifndef IOC_API_ACT_H
#define IOC_API_ACT_H

#include "api/haul.h"
#include "api/jqmap.h"
#include "api/request.h"

/* What is sent; borrowed while it is being sent. */
struct act_order {
	const char *uuid; /* the same each time that it is sent */
	const struct kind *kind;
	const char *record, *code;     /* the record's id at the source; for people */
	const char *action, *fields;   /* fields: a JSON object */
	const char *by, *staff, *unit; /* who, in which role, for which unit; "" */
	int64_t version;               /* of the record as the operator saw it; 0: unknown */
	int64_t at;
};

struct act;

enum act_state {
	ACT_WAITING,
	ACT_DONE,     /* it took effect */
	ACT_REJECTED, /* the province refused it, for good */
	ACT_CONFLICT, /* the record is not what it was thought to be */
	ACT_UNSENT,   /* no byte of it left this machine */
	ACT_UNKNOWN,  /* no answer that says whether it took effect: send it again */
	ACT_STRANGER, /* the credentials were refused: nothing happened */
};

/* Sends it.  NULL with the failure: nothing was sent. */
struct act *act_new(const struct site *s, const struct act_order *o, struct failure *f);
void act_free(struct act *a); /* gives up what is under way */
enum act_state act_state(const struct act *a);
/* Why it is none of WAITING and DONE. */
const struct failure *act_failure(const struct act *a);
/* The record as the answer has it, as JSON (""), and as records for the cache. */
const char *act_record(const struct act *a);
void act_map(const struct act *a, struct mapper *m, struct haul *out);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An action on its way into a record: by the tables of model/action.h, so that console and
 * gateway can't disagree about what is allowed. */
#ifndef IOC_GATEWAY_ACT_H
#define IOC_GATEWAY_ACT_H

#include <jansson.h>

#include "base/strbuf.h"
#include "gateway/backend.h"
#include "gateway/draft.h"
#include "gateway/problem.h"
#include "model/action.h"

/* Other records that an action changed or made. */
#define ACT_OTHERS 2

struct act {
	const struct kind *kind;
	const struct action *action;
	struct actor actor;
	const char *by; /* name for the history */
	int64_t now;
	struct backend *backend;
	struct numbering *numbers;
	json_t *record; /* the current one; changed in place; owned */
	json_t *values; /* fields as they are stored; owned */
	char note[256]; /* what the action itself adds to the history's text */
	struct {
		const struct kind *kind;
		char id[BACKEND_ID_MOST + 1];
	} others[ACT_OTHERS];
	size_t other_count;
	struct refusal no;
	const char *reason; /* its code; NULL: none but the problem's */
	char about[80];     /* what that is about; "" */
};

void act_free(struct act *a);
/* Says why it can't be done; returns -1. */
int act_refuse(struct act *a, enum problem p, const char *field, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* The same with a code, which clients tell their users in words of their own, and what it is
 * about. */
int act_refuse_for(struct act *a, enum problem p, const char *field, const char *reason,
		   const char *about, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));

/* Whether the actor may do it to the record as it is: -1 with problem CONFLICT or FORBIDDEN. */
int act_check(struct act *a);
/* Reads the fields that were sent (NULL: none) into values.  -1 with the field's problem. */
int act_read_fields(struct act *a, const json_t *sent);
/* Changes the record, and others where the action says so, inside the open transaction. */
int act_apply(struct act *a);

/* --- shared by the act_*.c files --- */
void act_set_time(json_t *record, const char *name, int64_t t);
/* Appends to the record's history; `from` and `to` may be NULL. */
void act_history(const struct act *a, json_t *record, const char *what, const char *from,
		 const char *to, const char *text);
/* The history's text: what was said, and each column with its value before and after.  To be
 * asked before the record is changed. */
void act_words(const struct act *a, struct strbuf *out);
/* Adds a link unless it is there. */
void act_link(json_t *record, const struct kind *k, const char *id, const char *relation);
void act_unlink(json_t *record, const char *id, const char *relation);
/* Stores another record that this action changed. */
int act_put_other(struct act *a, const struct kind *k, json_t *record);
/* What some actions do beside their row in the table; NULL: nothing. */
int (*act_special(const struct act *a))(struct act *a);

#endif

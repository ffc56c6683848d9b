/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around the data: whether an answer is a success, and what kind of failure it is
 * where it is none.  Many servers say all of that inside HTTP 200. */
#ifndef IOC_API_ENVELOPE_H
#define IOC_API_ENVELOPE_H

#include "api/failure.h"
#include "api/schema.h"
#include "api/tape.h"

struct jqfilter;

struct envelope_spec {
	struct jqfilter *ok;    /* whether an answer with status 2xx is good */
	struct jqfilter *error; /* what it says, for people */
	struct jqfilter *code;  /* its number or word for that */
	struct jqfilter *class; /* one of envelope_classes, or null */
};

/* auth, permission, … ; ended by NULL. */
extern const char *const envelope_classes[];

/* The rows of a field table for a struct that has a struct envelope_spec as its `member`. */
#define ENVELOPE_FIELDS(type_, member)                                                         \
	{.key = "ok", .type = FIELD_FILTER, .offset = offsetof(struct type_, member.ok)},      \
		{.key = "error",                                                               \
		 .type = FIELD_FILTER,                                                         \
		 .offset = offsetof(struct type_, member.error)},                              \
		{.key = "code",                                                                \
		 .type = FIELD_FILTER,                                                         \
		 .offset = offsetof(struct type_, member.code)},                               \
	{                                                                                      \
		.key = "class", .type = FIELD_FILTER,                                          \
		.offset = offsetof(struct type_, member.class)                                 \
	}

/* Judges an answer with status 2xx.  0 where it is good; -1 with the failure, whose meaning is
 * its class.  The detail may hold secrets of ours. */
int envelope_judge(const struct envelope_spec *s, const struct node *body, struct failure *f);
/* Adds to the failure of a status what the body says of it; `body` NULL: nothing readable.
 * Where a class is told it counts for more than the status. */
void envelope_explain(const struct envelope_spec *s, const struct node *body,
		      struct failure *f);
/* Adds the class of a text that could not be read as what was due, where the connector tells
 * one. */
void envelope_explain_text(const struct envelope_spec *s, const char *text, size_t n,
			   struct failure *f);

#endif

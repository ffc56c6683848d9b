/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of jq in the form of a tape's nodes, made in an arena: what api/jqrun computes with.
 * Each function means what jq means by it, or returns NULL and leaves the question to libjq. */
#ifndef IOC_API_JQVALUE_H
#define IOC_API_JQVALUE_H

#include "api/tape.h"

extern const struct node jqvalue_null, jqvalue_true, jqvalue_false;

static inline const struct node *jqvalue_bool(bool b)
{
	return b ? &jqvalue_true : &jqvalue_false;
}

/* Neither null nor false. */
static inline bool jqvalue_holds(const struct node *n)
{
	return n->type != NODE_NULL && n->type != NODE_FALSE;
}

/* A text that lies somewhere already. */
const struct node *jqvalue_text(struct arena *a, const char *s, size_t n);
/* NULL where it is infinite or no number. */
const struct node *jqvalue_number(struct arena *a, double d);
/* An array or object of nothing. */
const struct node *jqvalue_empty(enum node_type type);
/* An array of values, or an object of names and values in turn, each name once. */
const struct node *jqvalue_group(struct arena *a, enum node_type type,
				 const struct node *const *list, size_t n);
/* A double as jq has it; false where that is not known. */
bool jqvalue_double(const struct node *n, double *d);
/* How many elements or members. */
size_t jqvalue_count(const struct node *group);
/* Whether no name comes twice, and there are few enough to be sure. */
bool jqvalue_is_proper(const struct node *object);
/* Whether somewhere in it is what jq does not get to see. */
bool jqvalue_is_deep(const struct node *n);

#define JQVALUE_DIFFERS 2 /* of objects it is known no closer */
/* jq's order.  false where it is not known. */
bool jqvalue_compare(const struct node *a, const struct node *b, int *order);
/* The value as JSON; a text as it is where `plain`. */
const struct node *jqvalue_written(struct arena *a, const struct node *n, bool plain);
/* How many characters; n.s holds valid UTF-8. */
size_t jqvalue_length(const struct node *text);

#endif

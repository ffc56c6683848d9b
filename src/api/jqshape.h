/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maps taken apart.  Most of a map is an object whose members are mere paths; those are walked
 * here, and only what has to be computed is left to jq, which is the slower by far.
 *
 * Taken apart are objects {name: …, "name": …, name} behind any of: definitions, paths
 * (.record |) and variables (EXPRESSION as $name |).  A member is walked that is a path, a
 * literal, an object of such members, [.path[] | {…}] of such an object, or (…) with several
 * of these between //.  The helpers `list` and `present` are known where they stand in
 * [.path | list | .[] | {…}] and (.path | present). */
#ifndef IOC_API_JQSHAPE_H
#define IOC_API_JQSHAPE_H

#include "api/tape.h"

struct jqshape;

/* For a filter that jq has compiled.  *rest becomes the filter for the members that have to be
 * computed, to be freed; NULL: there are none.  NULL where nothing is gained. */
struct jqshape *jqshape_new(const char *filter, char **rest);
void jqshape_free(struct jqshape *s);

/* Lays out what the filter yields for an input, given what the rest of it yields (NULL: there
 * is none).  -1 with *e in jq's words. */
int jqshape_lay(const struct jqshape *s, const struct node *input, const struct node *rest,
		struct tape *out, struct err *e);

#endif

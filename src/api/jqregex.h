/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test, sub, gsub, capture, scan and split with a pattern that stands in the filter, by the
 * library that jq has its patterns from; jq compiles them anew each time. */
#ifndef IOC_API_JQREGEX_H
#define IOC_API_JQREGEX_H

#include "api/jqvalue.h"

struct jqregex;

/* The function of this name with that many arguments: whether it takes a pattern.  `flags`
 * becomes the number of the argument that holds flags, `text` of the one put in; 0: none. */
bool jqregex_is(const char *name, size_t n, size_t arity, size_t *flags, size_t *text);
/* NULL where the pattern or its flags are left to jq.  `next` is the list it belongs to. */
struct jqregex *jqregex_new(const char *name, size_t n, const struct node *pattern,
			    const struct node *flags, struct jqregex *next);
/* The whole list. */
void jqregex_free(struct jqregex *list);
/* Whether it yields values in a row, as scan does: an array of them is what it yields here. */
bool jqregex_is_many(const struct jqregex *x);

/* What is put in for a match, given what its named groups hold; NULL: failed. */
typedef const struct node *jqregex_replace(void *context, const struct node *groups);
/* NULL where it fails, with *unsure as struct jqcall. */
const struct node *jqregex_run(struct jqregex *x, struct arena *a, const struct node *in,
			       jqregex_replace *replace, void *context, bool *unsure);

#endif

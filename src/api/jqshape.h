/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maps taken apart.  Most maps are an object whose members say where their values come from:
 * one that only libjq can run need not cost the others their speed. */
#ifndef IOC_API_JQSHAPE_H
#define IOC_API_JQSHAPE_H

#include "api/jqtree.h"

/* For a filter that is no tree itself (api/jqtree.h) but ends in an object, behind anything
 * that yields one value: the members that are trees, as one.  *rest becomes the filter that
 * yields the others, to be freed.  NULL where nothing is gained. */
struct jqprogram *jqshape_split(const char *prelude, const char *filter, char **rest);

/* Lays out the members of both objects.  -1 with *e where they are too many. */
int jqshape_join(struct tape *out, const struct node *ours, const struct node *rest,
		 struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a filter's tree on nodes of a tape.  What it yields is what libjq would yield; where it
 * fails, or can't be sure of that, libjq has to be asked, which says why in its own words. */
#ifndef IOC_API_JQRUN_H
#define IOC_API_JQRUN_H

#include "api/jqtree.h"

struct jqrun;

struct jqrun *jqrun_new(const struct jqprogram *p);
void jqrun_free(struct jqrun *r);

/* What $page and $lookup are from now on; borrowed. */
void jqrun_bind(struct jqrun *r, const struct node *page, const struct node *lookup);
/* All that it yields; valid until the next call.  -1 where libjq has to be asked. */
int jqrun_all(struct jqrun *r, const struct node *input, const struct node *const **out,
	      size_t *count);
/* Hands over what jqrun_all has made, so that it outlives the next call. */
void jqrun_hand_over(struct jqrun *r, struct arena *to);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions that a connector's filters answer about an answer. */
#ifndef IOC_API_ASK_H
#define IOC_API_ASK_H

#include <stdbool.h>
#include <stdint.h>

#include "api/failure.h"
#include "api/jqfilter.h"

/* All of these: 0; or -1 with the failure, in the filter's own words.  `filter` may be NULL,
 * which yields null. */

/* The first output.  Free in any case. */
int ask_node(struct jqfilter *filter, const struct node *body, struct jqfilter_out *out,
	     struct failure *f);
/* Whether it is neither null nor false. */
int ask_truth(struct jqfilter *filter, const struct node *body, bool *is, struct failure *f);
/* A text or number as text, NULL for others and for the empty text.  The caller frees. */
int ask_text(struct jqfilter *filter, const struct node *body, char **text, struct failure *f);
/* A count: a number, or a text of digits; -1 for others. */
int ask_count(struct jqfilter *filter, const struct node *body, int64_t *count,
	      struct failure *f);

#endif

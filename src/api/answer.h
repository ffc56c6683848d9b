/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What servers say in words when they refuse. */
#ifndef IOC_API_ANSWER_H
#define IOC_API_ANSWER_H

#include "api/jqfilter.h"

/* The words of a refusal: what the connector's filter finds (NULL: none), else those of a
 * problem document (RFC 9457) or a usual error body, or the body that is a text.  NULL where
 * there are none; the caller frees. */
char *answer_words(const struct node *body, struct jqfilter *error);

#endif

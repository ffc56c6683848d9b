/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between tapes and jq's own values: what goes into a real filter, and what comes out of it. */
#ifndef IOC_API_JQTAPE_H
#define IOC_API_JQTAPE_H

#include <jv.h>

#include "api/tape.h"

/* A copy for jq, whose numbers are doubles.  -1 with *e where something is nested too deeply.
 */
int jqtape_value(const struct node *n, jv *out, struct err *e);
/* Lays a value out; texts point into it, so it must stay. */
int jqtape_read(struct tape *t, jv v, struct err *e);
/* Reads the one value of a text with libjq's parser, which takes more than is JSON; the tape
 * holds all of it.  -1 with *e jq's words if that refuses it too. */
int jqtape_parse(struct tape *t, const char *s, size_t n, struct err *e);

#endif

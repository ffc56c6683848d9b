/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jq filters of connectors, compiled once.  One thread at a time.
 *
 * A filter sees its input and nothing else: what reaches outside (input, env, $ENV, debug,
 * import, …) or can stop the program (halt, implode of wild numbers) is refused when it is
 * compiled. */
#ifndef IOC_API_JQFILTER_H
#define IOC_API_JQFILTER_H

#include <jv.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct jqfilter;

/* What is wrong with a filter; lines count from 1. */
typedef void jqfilter_complain(void *context, int line, const char *message);

/* NULL after complaining at least once. */
struct jqfilter *jqfilter_new(const char *text, jqfilter_complain *complain, void *context);
void jqfilter_free(struct jqfilter *f);

/* The first output; null where there is none.  Takes over `input`.  -1 with *e the filter's
 * own words where it fails. */
int jqfilter_first(struct jqfilter *f, jv input, jv *out, struct err *e);
/* Calls each(output), which takes the output over and returns 0 to go on.  -1 with *e where
 * the filter or each fails, or where it yields more than a million outputs. */
int jqfilter_each(struct jqfilter *f, jv input, int (*each)(void *, jv, struct err *),
		  void *context, struct err *e);

/* The member names of a filter that is a mere path (".", ".a.b"), at most 8; their number, or
 * -1 for other filters.  Borrowed. */
int jqfilter_path(const struct jqfilter *f, const char **names);

/* The text of an error value of jq, into buf. */
void jqfilter_error_text(jv error, char *buf, size_t size);
/* s stands behind "\(" in a jq string: the place of the parenthesis that closes it, or NULL. */
const char *jqfilter_close(const char *s);

#endif

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

#include "api/tape.h"
#include "base/err.h"

struct jqfilter;

/* Definitions in front of every filter, in one line; a filter may have its own of the same
 * names. */
extern const char jqfilter_helpers[];

/* What is wrong with a filter; lines and columns count from 1, column 0: not known. */
typedef void jqfilter_complain(void *context, int line, int column, const char *message);

/* NULL after complaining at least once. */
struct jqfilter *jqfilter_new(const char *text, jqfilter_complain *complain, void *context);
void jqfilter_free(struct jqfilter *f);

/* What a filter yields.  The node stands in the input's tape, or in one of its own. */
struct jqfilter_out {
	const struct node *node;
	struct tape tape;
	jv value;
};

/* The first output; a null where there is none.  -1 with *e the filter's own words where it
 * fails.  Free in any case. */
int jqfilter_ask(struct jqfilter *f, const struct node *input, struct jqfilter_out *out,
		 struct err *e);
void jqfilter_out_free(struct jqfilter_out *out);
/* Calls each(output), which borrows it and returns 0 to go on.  -1 with *e where the filter or
 * each fails, or where it yields more than a million outputs. */
int jqfilter_each(struct jqfilter *f, const struct node *input,
		  int (*each)(void *, const struct node *, struct err *), void *context,
		  struct err *e);
/* As jqfilter_ask, of jq's own values.  Takes over `input`. */
int jqfilter_first(struct jqfilter *f, jv input, jv *out, struct err *e);

/* Whether it speaks of $page or $lookup. */
bool jqfilter_is_bound(const struct jqfilter *f);
/* Whether it speaks of $page: of any other filter that may be a null. */
bool jqfilter_wants_page(const struct jqfilter *f);
/* Says what they are from now on; both are taken over. */
void jqfilter_bind(struct jqfilter *f, jv page, jv lookup);
/* Whether it is ".", which yields its input. */
bool jqfilter_is_identity(const struct jqfilter *f);

/* The text of an error value of jq, into buf. */
void jqfilter_error_text(jv error, char *buf, size_t size);
/* s stands behind "\(" in a jq string: the place of the parenthesis that closes it, or NULL. */
const char *jqfilter_close(const char *s);

#endif

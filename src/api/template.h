/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of requests: texts in which \(FILTER) stands for what a filter makes of the request's
 * circumstances, as in jq's own strings: "after: \(.cursor)". */
#ifndef IOC_API_TEMPLATE_H
#define IOC_API_TEMPLATE_H

#include <jv.h>

#include "api/jqfilter.h"
#include "base/strbuf.h"

struct template;

/* What the text is, and so how the values put into it are escaped.  In a URI none of them may
 * be a null; a VALUE that stands by its own name (a parameter, a header) is none where one of
 * them is. */
enum template_place { TEMPLATE_TEXT, TEMPLATE_URI, TEMPLATE_XML, TEMPLATE_VALUE };

/* NULL after complaining. */
struct template *template_new(const char *text, enum template_place place,
			      jqfilter_complain *complain, void *context);
/* Appends the jq expression that yields the text, or the value of one that is nothing but one
 * \(…). */
void template_expression(const char *text, enum template_place place, struct strbuf *out);
void template_free(struct template *t);
/* Appends the text for these circumstances (borrowed).  1 with text; 0 where it is none and to
 * be left out, as that of a template that is nothing but one \(…) is where that is null; -1
 * with *e. */
int template_expand(const struct template *t, jv circumstances, struct strbuf *out,
		    struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/ask.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "model/kind.h"

static const struct node nothing = {"null", 4, 1, NODE_NULL, false};

int ask_node(struct jqfilter *filter, const struct node *body, struct jqfilter_out *out,
	     struct failure *f)
{
	struct err e = ERR_INIT;
	*out = (struct jqfilter_out){&nothing, TAPE_INIT, jv_null()};
	if (!filter || jqfilter_ask(filter, body, out, &e) == 0)
		return 0;
	return failure_set(f, ERR_PARSE,
			   N_("the answer does not have the form that the connector expects"),
			   e.text);
}

int ask_truth(struct jqfilter *filter, const struct node *body, bool *is, struct failure *f)
{
	struct jqfilter_out out;
	int rc = ask_node(filter, body, &out, f);
	*is = out.node->type != NODE_NULL && out.node->type != NODE_FALSE;
	jqfilter_out_free(&out);
	return rc;
}

int ask_text(struct jqfilter *filter, const struct node *body, char **text, struct failure *f)
{
	struct jqfilter_out out;
	int rc = ask_node(filter, body, &out, f);
	bool good = out.node->type == NODE_STRING || out.node->type == NODE_NUMBER;
	*text = good && out.node->n ? xstrndup(out.node->s, out.node->n) : NULL;
	jqfilter_out_free(&out);
	return rc;
}

int ask_count(struct jqfilter *filter, const struct node *body, int64_t *count,
	      struct failure *f)
{
	char *text, *end;
	*count = -1;
	if (ask_text(filter, body, &text, f) < 0)
		return -1;
	double v = text ? strtod(text, &end) : -1;
	if (text && !*end && v >= 0 && v < 1e15)
		*count = (int64_t)v;
	free(text);
	return 0;
}

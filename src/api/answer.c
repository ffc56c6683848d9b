/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/answer.h"

#include <string.h>

#include "base/alloc.h"

static char *text_of(const struct node *v)
{
	return v && v->type == NODE_STRING && v->n ? xstrndup(v->s, v->n) : NULL;
}

char *answer_words(const struct node *body, struct jqfilter *error)
{
	static const char *const names[] = {"detail", "title", "error_description", "message",
					    "error"};
	char *words = NULL;
	struct jqfilter_out out;
	if (error) {
		if (jqfilter_ask(error, body, &out, NULL) == 0)
			words = text_of(out.node);
		jqfilter_out_free(&out);
	}
	for (size_t i = 0; i < ARRAY_LEN(names) && !words; i++)
		words = text_of(node_get(body, names[i], strlen(names[i])));
	return words ? words : text_of(body);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/effect.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct effect *effects_add(struct effects *fx, enum effect_type type, const char *text)
{
	struct effect *e = &ARRAY_PUSH(fx->list, fx->count, fx->cap);
	*e = (struct effect){.type = type, .text = text ? xstrdup(text) : NULL};
	return e;
}

void effects_clear(struct effects *fx)
{
	for (size_t i = 0; i < fx->count; i++) {
		page_query_free(fx->list[i].query);
		forecast_query_free(fx->list[i].forecast);
		group_query_free(fx->list[i].groups);
		duplicates_query_free(fx->list[i].duplicates);
		suggest_query_free(fx->list[i].suggest);
		complete_query_free(fx->list[i].complete);
		free(fx->list[i].text);
		json_decref(fx->list[i].command);
	}
	fx->count = 0;
}

void effects_free(struct effects *fx)
{
	effects_clear(fx);
	free(fx->list);
	*fx = (struct effects){NULL, 0, 0};
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/memory.h"

#include <stdio.h>

#include "ui/state.h"

const json_t *memory_get(const struct app *a, const char *name)
{
	return kept_get(&a->memory, name);
}

void memory_set(struct app *a, const char *name, json_t *value)
{
	kept_set(&a->memory, name, value, a->look.now);
}

void memory_settle(struct app *a, struct effects *fx)
{
	if (kept_changes(&a->memory) && a->memory.due <= a->look.now)
		effects_add(fx, EFFECT_REMEMBER, NULL)->command = kept_take(&a->memory);
}

const json_t *app_unkept_memory(const struct app *a)
{
	return kept_changes(&a->memory);
}

void app_set_memory(struct app *a, json_t *all)
{
	char name[64];
	kept_replace(&a->memory, all);
	for (struct list *l = NULL; (l = app_next_list(a, l));) {
		snprintf(name, sizeof name, "columns/%s", l->kind->id);
		const char *text = json_string_value(memory_get(a, name));
		if (text)
			list_set_own_columns(l, text);
	}
	a->dirty = true;
}

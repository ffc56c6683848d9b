/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/memory.h"

#include <stdio.h>

#include "base/clock.h"
#include "ui/places.h"
#include "ui/state.h"

#define PAUSE (2 * SECOND)

void memory_init(struct memory *m)
{
	*m = (struct memory){.all = json_object(), .unkept = json_object()};
}

void memory_free(struct memory *m)
{
	json_decref(m->all);
	json_decref(m->unkept);
}

void memory_set(struct app *a, const char *name, json_t *value)
{
	struct memory *m = &a->memory;
	if (!json_object_size(m->unkept))
		m->due = a->look.now + PAUSE;
	json_object_set_new(m->unkept, name, value ? json_incref(value) : json_null());
	if (value)
		json_object_set_new(m->all, name, value);
	else
		json_object_del(m->all, name);
}

void memory_settle(struct app *a, struct effects *fx)
{
	struct memory *m = &a->memory;
	if (!json_object_size(m->unkept) || m->due > a->look.now)
		return;
	effects_add(fx, EFFECT_REMEMBER, NULL)->command = m->unkept;
	m->unkept = json_object();
}

const json_t *app_unkept_memory(const struct app *a)
{
	return json_object_size(a->memory.unkept) ? a->memory.unkept : NULL;
}

void app_set_memory(struct app *a, json_t *all)
{
	char name[64];
	json_decref(a->memory.all);
	a->memory.all = all;
	for (struct list *l = NULL; (l = app_next_list(a, l));) {
		snprintf(name, sizeof name, "columns/%s", l->kind->id);
		const char *text = json_string_value(json_object_get(all, name));
		if (text)
			list_set_own_columns(l, text);
	}
	places_recall(a);
	a->dirty = true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/kept.h"

#include "base/clock.h"

#define PAUSE (2 * SECOND)

void kept_init(struct kept *k)
{
	*k = (struct kept){.all = json_object(), .unkept = json_object()};
}

void kept_free(struct kept *k)
{
	json_decref(k->all);
	json_decref(k->unkept);
}

void kept_replace(struct kept *k, json_t *all)
{
	json_decref(k->all);
	k->all = all;
}

json_t *kept_get(const struct kept *k, const char *name)
{
	return json_object_get(k->all, name);
}

void kept_set(struct kept *k, const char *name, json_t *value, int64_t now)
{
	if (value)
		json_object_set_new(k->all, name, value);
	else if (json_object_del(k->all, name) < 0)
		return;
	if (!json_object_size(k->unkept))
		k->due = now + PAUSE;
	json_object_set_new(k->unkept, name, value ? json_incref(value) : json_null());
}

const json_t *kept_changes(const struct kept *k)
{
	return json_object_size(k->unkept) ? k->unkept : NULL;
}

json_t *kept_take(struct kept *k)
{
	json_t *changes = k->unkept;
	k->unkept = json_object();
	return changes;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/member.h"

#include <stdint.h>

const char *member_text(const json_t *object, const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));
	return s ? s : "";
}

void member_change(json_t *object, const json_t *changes)
{
	const char *name;
	json_t *value;
	json_object_foreach ((json_t *)(uintptr_t)changes, name, value)
		if (json_is_null(value))
			json_object_del(object, name);
		else
			json_object_set(object, name, value);
}

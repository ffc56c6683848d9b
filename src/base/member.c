/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/member.h"

const char *member_text(const json_t *object, const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));
	return s ? s : "";
}

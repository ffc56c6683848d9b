/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/act_record.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "model/action.h"

/* Whether the column holds this value, as it stands in JSON. */
static bool holds(const struct record *r, size_t column, const json_t *v)
{
	const struct value *have = &r->values[column];
	const char *s = json_string_value(v);
	int64_t t;
	bool none = !v || json_is_null(v) || (s && !*s);
	if (none || !have->set)
		return none && !have->set;
	switch (r->kind->columns[column].type) {
	case COLUMN_TEXT:
	case COLUMN_STATE:
	case COLUMN_CHOICE:
	case COLUMN_REF:
		return s && strcmp(have->s, s) == 0;
	case COLUMN_REAL:
		return json_is_number(v) && json_number_value(v) == have->r;
	case COLUMN_TIME:
		return s && clock_parse(s, strlen(s), &t) == 0 && t == have->i;
	default:
		return (json_is_integer(v) && json_integer_value(v) == have->i) ||
		       (json_is_boolean(v) && json_is_true(v) == (have->i != 0));
	}
}

enum act_effect act_effect_of(const struct act_order *o, const struct record *r)
{
	const struct action *a = action_find(r->kind, o->action);
	json_t *fields = json_loads(o->fields, 0, NULL);
	enum act_effect effect = EFFECT_UNTOLD;
	int state = kind_column(r->kind, "state");
	if (a && a->to && state >= 0)
		effect = strcmp(record_text(r, (size_t)state), a->to) == 0 ? EFFECT_THERE
									   : EFFECT_ABSENT;
	for (size_t i = 0; a && i < action_field_count(a); i++) {
		const char *name = a->fields[i].column;
		const json_t *v = json_object_get(fields, a->fields[i].id);
		int column = name ? kind_column(r->kind, name) : -1;
		if (column < 0 || !v)
			continue;
		if (!holds(r, (size_t)column, v))
			effect = EFFECT_ABSENT;
		else if (effect == EFFECT_UNTOLD)
			effect = EFFECT_THERE;
	}
	json_decref(fields);
	return effect;
}

bool act_is_as_seen(const struct act_order *o, const struct record *r)
{
	if (o->version && r->version)
		return o->version == r->version;
	json_t *seen = json_loads(o->seen, 0, NULL), *v;
	const char *name;
	bool same = true;
	json_object_foreach (seen, name, v) {
		int column = kind_column(r->kind, name);
		if (column >= 0 && !holds(r, (size_t)column, v))
			same = false;
	}
	json_decref(seen);
	return same;
}

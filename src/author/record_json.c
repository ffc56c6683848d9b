/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "author/record_json.h"

#include "base/clock.h"

json_t *record_json_column(const struct record *r, size_t column)
{
	const struct value *v = &r->values[column];
	enum column_type type = r->kind->columns[column].type;
	char at[CLOCK_TEXT];
	if (!v->set)
		return NULL;
	if (column_is_textual(type))
		return json_stringn(v->s, v->n);
	switch (type) {
	case COLUMN_REAL:
		return json_real(v->r);
	case COLUMN_TIME:
	case COLUMN_DEADLINE:
		clock_format_utc(v->i, at);
		return json_string(at);
	case COLUMN_FLAG:
		return json_boolean(v->i != 0);
	default:
		return json_integer(v->i);
	}
}

json_t *record_json(const struct record *r)
{
	json_t *o = json_pack("{s:s, s:s}", "kind", r->kind->id, "id", r->id ? r->id : "");
	if (r->version)
		json_object_set_new(o, "version", json_integer(r->version));
	if (r->deleted)
		json_object_set_new(o, "deleted", json_true());
	for (size_t i = 0; i < r->kind->column_count; i++) {
		json_t *v = record_json_column(r, i);
		if (v)
			json_object_set_new(o, r->kind->columns[i].id, v);
	}
	json_t *detail = r->detail ? json_loadb(r->detail, r->detail_n, 0, NULL) : NULL;
	if (json_is_object(detail))
		json_object_update(o, detail);
	json_decref(detail);
	return o;
}

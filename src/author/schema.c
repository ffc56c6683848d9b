/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc connector schema: the language as a JSON Schema (2020-12), made of the tables that the
 * reader goes by, so that editors know what ioc connector check knows. */
#include <stdio.h>
#include <string.h>

#include "api/connector.h"
#include "author/parts.h"
#include "author/schema_words.h"
#include "base/alloc.h"
#include "model/kind.h"

#define TABLES_MOST 64

/* Tables are described once, under $defs. */
struct tables {
	const struct field *list[TABLES_MOST];
	char names[TABLES_MOST][40];
	size_t count;
	json_t *defs;
};

static json_t *object_of(struct tables *t, const struct field *fields, const char *name);

static json_t *enum_of(const char *const *words)
{
	json_t *list = json_array();
	for (size_t i = 0; words[i]; i++)
		json_array_append_new(list, json_string(words[i]));
	return json_pack("{s:o}", "enum", list);
}

static json_t *kind_schema(void)
{
	json_t *list = json_array();
	for (size_t i = 0; kinds[i]; i++)
		json_array_append_new(list, json_string(kinds[i]->id));
	return json_pack("{s:o}", "enum", list);
}

static json_t *scalar(void)
{
	return json_pack("{s:[s,s,s]}", "type", "string", "number", "boolean");
}

static json_t *pattern(const char *regex)
{
	return json_pack("{s:s, s:s}", "type", "string", "pattern", regex);
}

/* The place of a table in $defs. */
static json_t *reference(struct tables *t, const struct field *fields, const char *name)
{
	size_t i = 0;
	while (i < t->count && t->list[i] != fields)
		i++;
	if (i == t->count && i < TABLES_MOST) {
		snprintf(t->names[i], sizeof t->names[i], "%s", name);
		for (size_t k = 0; k < i; k++)
			if (strcmp(t->names[k], t->names[i]) == 0)
				snprintf(t->names[i], sizeof t->names[i], "%.30s_%zu", name, i);
		t->list[t->count++] = fields;
		json_t *object = object_of(t, fields, name);
		json_object_set_new(t->defs, t->names[i], object);
	}
	char path[60];
	snprintf(path, sizeof path, "#/$defs/%s", t->names[i]);
	return json_pack("{s:s}", "$ref", path);
}

static json_t *integer(const struct field *f)
{
	json_t *o = json_pack("{s:s, s:I}", "type", "integer", "minimum", (json_int_t)f->least);
	if (f->most)
		json_object_set_new(o, "maximum", json_integer(f->most));
	return o;
}

static json_t *type_of(struct tables *t, const struct field *f)
{
	switch (f->type) {
	case FIELD_WORD:
	case FIELD_CHOICE:
		return enum_of(f->words);
	case FIELD_WORDS:
		return json_pack("{s:s, s:o}", "type", "array", "items", scalar());
	case FIELD_STATUSES:
		return json_pack("{s:s, s:{s:[s,s], s:s}}", "type", "array", "items", "type",
				 "integer", "string", "pattern", "^[1-5]([0-9][0-9]|xx)$");
	case FIELD_INTEGER:
		return integer(f);
	case FIELD_BOOL:
		return json_pack("{s:s}", "type", "boolean");
	case FIELD_DURATION:
		return pattern("^[0-9]+(ms|s|m|h|d|w)$");
	case FIELD_SIZE:
		return json_pack("{s:[s,s], s:s}", "type", "integer", "string", "pattern",
				 "^[0-9]+([KMG]iB)?$");
	case FIELD_KIND:
		return kind_schema();
	case FIELD_FILTER:
		return json_pack("{s:s, s:i}", "type", "string", "minLength", 1);
	case FIELD_TREE:
		return json_object();
	case FIELD_PAIRS:
	case FIELD_TEXTS:
		return json_pack("{s:s, s:o}", "type", "object", "additionalProperties",
				 scalar());
	case FIELD_MAP:
		return reference(t, f->fields, f->key);
	case FIELD_MAPS:
		return json_pack("{s:s, s:o}", "type", "array", "items",
				 reference(t, f->fields, f->key));
	case FIELD_NAMED:
		return json_pack("{s:s, s:o}", "type", "object", "additionalProperties",
				 reference(t, f->fields, f->key));
	default:
		return scalar();
	}
}

static json_t *object_of(struct tables *t, const struct field *fields, const char *name)
{
	json_t *properties = json_object(), *required = json_array();
	for (const struct field *f = fields; f->key; f++) {
		json_t *o = type_of(t, f);
		const char *words = schema_words(name, f->key);
		if (words)
			json_object_set_new(o, "description", json_string(words));
		json_object_set_new(properties, f->key, o);
		if (f->required)
			json_array_append_new(required, json_string(f->key));
	}
	json_t *o = json_pack("{s:s, s:o, s:b}", "type", "object", "properties", properties,
			      "additionalProperties", 0);
	if (json_array_size(required))
		json_object_set(o, "required", required);
	json_decref(required);
	return o;
}

json_t *author_make_schema(void)
{
	struct tables t = {.defs = json_object()};
	json_t *root = json_pack(
		"{s:s, s:s, s:s, s:s}", "$schema",
		"https://json-schema.org/draft/2020-12/schema", "title",
		"ioc-console connector", "description",
		"How one vendor's API is asked and how its answers become records: "
		"ioc-connector(5)",
		"$comment", "Made by ioc connector schema; a test holds it to the program.");
	json_t *body = object_of(&t, connector_fields, "");
	json_object_update(root, body);
	json_object_set_new(root, "$defs", t.defs);
	json_decref(body);
	return root;
}

int author_schema(const struct author *a)
{
	json_t *schema = author_make_schema();
	(void)a;
	json_dumpf(schema, stdout, JSON_INDENT(2));
	printf("\n");
	json_decref(schema);
	return AUTHOR_GOOD;
}

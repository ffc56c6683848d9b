/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The description of the API says what the tables say. */
#include "unit.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/yaml.h"
#include "gateway/routes.h"

static struct yaml *file;

static int load(void **state)
{
	(void)state;
	char path[512];
	struct err e = ERR_INIT;
	snprintf(path, sizeof path, "%s/openapi.yaml", getenv("IOC_DATA_DIR"));
	file = yaml_load(path, &e);
	if (!file)
		fprintf(stderr, "%s\n", e.text);
	return file ? 0 : -1;
}

static int unload(void **state)
{
	(void)state;
	yaml_free(file);
	return 0;
}

static const char *method_key(enum method m)
{
	return m == METHOD_GET ? "get" : m == METHOD_POST ? "post" : "delete";
}

static const struct yaml_node *operation(const char *pattern, enum method m)
{
	return yaml_get(yaml_get(yaml_get(yaml_root(file), "paths"), pattern), method_key(m));
}

static void every_route_is_described(void **state)
{
	(void)state;
	for (const struct route *r = routes; r->pattern; r++) {
		const struct yaml_node *op = operation(r->pattern, r->method);
		if (!op)
			print_error("%s %s is missing\n", method_name(r->method), r->pattern);
		assert_non_null(op);
		bool open = r->right == RIGHT_NONE;
		assert_int_equal(yaml_get(op, "security") != NULL, open);
		const struct yaml_node *answers = yaml_get(op, "responses");
		assert_int_equal(yaml_get(answers, "401") != NULL,
				 !open || strcmp(r->pattern, "/oauth/token") == 0);
		assert_int_equal(yaml_get(answers, "413") != NULL, r->body_most > 0);
	}
}

static void every_described_operation_has_a_route(void **state)
{
	(void)state;
	const struct yaml_node *paths = yaml_get(yaml_root(file), "paths");
	size_t described = 0, count = 0;
	for (size_t i = 0; i < yaml_count(paths); i++)
		described += yaml_count(yaml_at(paths, i));
	while (routes[count].pattern)
		count++;
	assert_int_equal(described, count);
}

static void media_types_of_bodies_are_the_routes(void **state)
{
	(void)state;
	for (const struct route *r = routes; r->pattern; r++) {
		const struct yaml_node *content = yaml_get(
			yaml_get(operation(r->pattern, r->method), "requestBody"), "content");
		assert_int_equal(content != NULL, r->method == METHOD_POST);
		for (size_t i = 0; r->types && i < yaml_count(content); i++)
			assert_non_null(strstr(r->types, yaml_key(content, i)));
	}
}

static const char *schema_of(enum column_type t)
{
	switch (t) {
	case COLUMN_INTEGER:
	case COLUMN_DURATION:
		return "integer";
	case COLUMN_REAL:
		return "number";
	case COLUMN_FLAG:
		return "flag";
	case COLUMN_TIME:
	case COLUMN_DEADLINE:
		return "time";
	default:
		return "text";
	}
}

static void schemas_follow_the_descriptors(void **state)
{
	(void)state;
	const struct yaml_node *schemas = yaml_get(yaml_get(yaml_root(file), "components"),
						   "schemas");
	for (size_t i = 0; kinds[i]; i++) {
		char name[64];
		snprintf(name, sizeof name, "%c%s", toupper((unsigned char)kinds[i]->id[0]),
			 kinds[i]->id + 1);
		const struct yaml_node *members = yaml_get(yaml_get(schemas, name),
							   "properties");
		size_t served = 0;
		for (size_t c = 0; c < kinds[i]->column_count; c++) {
			const struct column *column = &kinds[i]->columns[c];
			if (column->flags & COLUMN_COMPUTED)
				continue;
			served++;
			const char *ref = yaml_text(
				yaml_get(yaml_get(members, column->id), "$ref"));
			if (!ref)
				print_error("%s.%s is missing\n", name, column->id);
			assert_non_null(ref);
			assert_string_equal(strrchr(ref, '/') + 1, schema_of(column->type));
		}
		assert_int_equal(yaml_count(members), served);
	}
}

static void paths_name_all_kinds(void **state)
{
	(void)state;
	const struct yaml_node *list = yaml_get(
		yaml_get(yaml_get(yaml_get(yaml_get(yaml_root(file), "components"),
					   "parameters"),
				  "plural"),
			 "schema"),
		"enum");
	for (size_t i = 0; kinds[i]; i++)
		assert_string_equal(yaml_text(yaml_at(list, i)), kinds[i]->plural);
	assert_null(yaml_at(list, yaml_count(list)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route_is_described),
		cmocka_unit_test(every_described_operation_has_a_route),
		cmocka_unit_test(media_types_of_bodies_are_the_routes),
		cmocka_unit_test(schemas_follow_the_descriptors),
		cmocka_unit_test(paths_name_all_kinds),
	};
	return cmocka_run_group_tests_name("gateway openapi", tests, load, unload);
}

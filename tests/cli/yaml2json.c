/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints a YAML file as JSON, every scalar as text, for tests that ask it questions by jq. */
#include <jansson.h>
#include <stdio.h>

#include "base/yaml.h"

static json_t *convert(const struct yaml_node *n)
{
	if (!yaml_is_map(n) && !yaml_is_list(n))
		return json_string(yaml_text(n) ? yaml_text(n) : "");
	json_t *j = yaml_is_map(n) ? json_object() : json_array();
	for (size_t i = 0; i < yaml_count(n); i++)
		if (yaml_is_map(n))
			json_object_set_new(j, yaml_key(n, i), convert(yaml_at(n, i)));
		else
			json_array_append_new(j, convert(yaml_at(n, i)));
	return j;
}

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	struct yaml *y = argc == 2 ? yaml_load(argv[1], &e) : NULL;
	if (!y) {
		fprintf(stderr, "yaml2json: %s\n", argc == 2 ? e.text : "one file is due");
		return 1;
	}
	json_t *j = convert(yaml_root(y));
	json_dumpf(j, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(j);
	yaml_free(y);
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "author/connectors.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/connector.h"
#include "author/parts.h"
#include "base/alloc.h"
#include "base/i18n.h"

static void add_folder(struct connector_list *l, const char *folder, const char *part, bool own)
{
	char *path = xasprintf("%s/%s", folder, part);
	DIR *d = opendir(path);
	for (struct dirent *x; d && (x = readdir(d));) {
		const char *end = strrchr(x->d_name, '.');
		if (*x->d_name == '.' || !end || strcmp(end, ".yaml") != 0)
			continue;
		struct connector_place one = {xstrndup(x->d_name, (size_t)(end - x->d_name)),
					      xasprintf("%s/%s", path, x->d_name), own};
		ARRAY_PUSH(l->items, l->count, l->cap) = one;
	}
	if (d)
		closedir(d);
	free(path);
}

static int by_name(const void *a, const void *b)
{
	const struct connector_place *x = a, *y = b;
	int order = strcmp(x->name, y->name);
	return order ? order : y->own - x->own;
}

struct connector_list connectors_find(const struct paths *p)
{
	struct connector_list l = {NULL, 0, 0};
	add_folder(&l, p->config_dir, "sources", true);
	add_folder(&l, p->data_dir, "connectors", false);
	if (l.count)
		qsort(l.items, l.count, sizeof *l.items, by_name);
	return l;
}

void connectors_free(struct connector_list *l)
{
	for (size_t i = 0; i < l->count; i++) {
		free(l->items[i].name);
		free(l->items[i].file);
	}
	free(l->items);
	*l = (struct connector_list){NULL, 0, 0};
}

/* --- ioc connector list --- */

static json_t *describe(const struct connector_place *p, const char *origin)
{
	struct findings f = FINDINGS_INIT;
	struct connector *c = connector_load(p->name, p->file, &f);
	json_t *kinds_of = json_array();
	for (size_t i = 0; c && kinds[i]; i++)
		if (connector_kinds(c) & UINT32_C(1) << i)
			json_array_append_new(kinds_of, json_string(kinds[i]->id));
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:o, s:b, s:b, s:i}", "name", p->name,
			      "title", c ? c->title : "", "origin", origin, "file", p->file,
			      "kinds", kinds_of, "stream", c && c->has_stream, "actions",
			      c && c->has_actions, "mistakes", (int)f.count);
	connector_free(c);
	findings_free(&f);
	return o;
}

static void print_line(const json_t *o)
{
	const char *name = json_string_value(json_object_get(o, "name"));
	const char *title = json_string_value(json_object_get(o, "title"));
	int wrong = (int)json_integer_value(json_object_get(o, "mistakes"));
	bool own = strcmp(json_string_value(json_object_get(o, "origin")), "own") == 0;
	printf("%-16s %-8s ", name, own ? _("yours") : _("shipped"));
	if (wrong)
		printf(_("mistakes: %d; see ioc connector check %s"), wrong, name);
	else if (title)
		author_put(title, strlen(title), 40);
	json_t *kind;
	size_t i;
	json_array_foreach (json_object_get(o, "kinds"), i, kind)
		printf("%s%s", i ? ", " : "  ", json_string_value(kind));
	if (json_is_true(json_object_get(o, "stream")))
		printf(" · %s", _("live"));
	if (json_is_true(json_object_get(o, "actions")))
		printf(" · %s", _("actions"));
	printf("\n");
}

int author_list(const struct author *a)
{
	struct connector_list l = connectors_find(a->paths);
	json_t *all = json_array();
	for (size_t i = 0; i < l.count; i++)
		json_array_append_new(
			all, describe(&l.items[i], l.items[i].own ? "own" : "shipped"));
	if (a->json)
		author_print_json(all);
	for (size_t i = 0; !a->json && i < json_array_size(all); i++)
		print_line(json_array_get(all, i));
	json_decref(all);
	connectors_free(&l);
	return AUTHOR_GOOD;
}

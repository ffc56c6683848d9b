/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc connector check: everything that is wrong with a file, and what is likely not meant. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/connector.h"
#include "author/connectors.h"
#include "author/parts.h"
#include "author/remarks.h"
#include "base/alloc.h"
#include "base/i18n.h"

/* "in order: 2 feeds (complaints, units), live, actions" */
static void praise(const struct connector *c, const char *file)
{
	printf(_("%s: in order, %zu feeds:"), file, c->resources.count);
	for (size_t i = 0; i < c->resources.count; i++) {
		const struct resource *r = connector_resource(c, i);
		printf("%s %s", i ? "," : "", r->name);
	}
	if (c->has_stream)
		printf(" · %s", _("live"));
	if (c->has_actions)
		printf(" · %s", _("actions"));
	printf("\n");
}

static void look(const char *file, const char *text, size_t n, struct remarks *r,
		 struct connector **c)
{
	struct findings f = FINDINGS_INIT;
	*c = connector_parse("check", file, text, n, &f);
	for (size_t i = 0; i < f.count; i++)
		remarks_add(r, file, f.list[i]);
	findings_free(&f);
	struct yaml *y = yaml_parse(file, text, n, NULL);
	if (y)
		lint_connector(r, y);
	yaml_free(y);
	remarks_sort(r);
}

static void tell(const struct author *a, const char *file, const char *text,
		 const struct remarks *r, const struct connector *c)
{
	size_t wrong = remarks_mistakes(r), warnings = r->count - wrong;
	remarks_print(a, r, file, text);
	if (r->count)
		printf(_("%s: mistakes: %zu, warnings: %zu\n"), file, wrong, warnings);
	else if (c)
		praise(c, file);
}

static int check_file(const struct author *a, const char *file, json_t *all)
{
	struct remarks r = REMARKS_INIT;
	struct connector *c = NULL;
	struct err e = ERR_INIT;
	size_t n = 0;
	char *text = yaml_read(file, &n, &e);
	if (!text)
		return author_fail(&e);
	look(file, text, n, &r, &c);
	int code = c ? AUTHOR_GOOD : AUTHOR_BAD;
	if (a->json) {
		json_t *part = remarks_json(&r, file);
		json_array_extend(all, part);
		json_decref(part);
	} else {
		tell(a, file, text, &r, c);
	}
	connector_free(c);
	remarks_free(&r);
	free(text);
	return code;
}

static int check_word(const struct author *a, const char *word, json_t *all)
{
	struct err e = ERR_INIT;
	char *file = author_file(a, word, &e);
	int code = file ? check_file(a, file, all) : author_fail(&e);
	free(file);
	return code;
}

/* Those of the user. */
static int check_own(const struct author *a, json_t *all)
{
	struct connector_list l = connectors_find(a->paths);
	int worst = AUTHOR_GOOD;
	size_t count = 0;
	for (size_t i = 0; i < l.count; i++) {
		if (!l.items[i].own)
			continue;
		int code = check_file(a, l.items[i].file, all);
		worst = code > worst ? code : worst;
		count++;
	}
	if (!count && !a->json)
		printf(_("there is no connector in %s/sources\n"), a->paths->config_dir);
	connectors_free(&l);
	return worst;
}

int author_check(const struct author *a)
{
	int worst = AUTHOR_GOOD;
	json_t *all = json_array();
	for (size_t i = 0; author_word(a, i); i++) {
		int code = check_word(a, author_word(a, i), all);
		worst = code > worst ? code : worst;
	}
	if (!author_word(a, 0))
		worst = check_own(a, all);
	if (a->json)
		author_print_json(all);
	json_decref(all);
	return worst;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc views: the saved views that there are, and where they come from. */
#include <jansson.h>
#include <stdio.h>

#include "app/exit_code.h"
#include "app/program.h"
#include "app/table.h"
#include "app/view_files.h"
#include "base/i18n.h"

struct request {
	bool json;
};

/* clang-format off */
static const struct cli_option options[] = {
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, offsetof(struct request, json)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli views_cli = {
	.verb = "views",
	.operands = N_("[KIND]"),
	.summary = N_(
		"Lists saved views, of a kind or all; export and count take their names."),
	.options = options,
	.example = "ioc views complaints",
};

static const struct saved_view *nth(const struct views *v, const struct kind *k, size_t n)
{
	if (k)
		return views_nth(v, k, n);
	return n < v->count ? &v->list[n] : NULL;
}

static void print_json(const struct views *v, const struct kind *k)
{
	json_t *list = json_array();
	const struct saved_view *one;
	for (size_t i = 0; (one = nth(v, k, i)); i++)
		json_array_append_new(
			list,
			json_pack("{s:s, s:s, s:s*, s:s, s:s*, s:s*, s:s*, s:s*, s:b, s:s}",
				  "name", one->name, "title", one->title, "kind",
				  one->kind ? one->kind->id : NULL, "filter", one->filter,
				  "sort", one->sort, "columns", one->columns, "group",
				  one->group, "key", one->key, "tab", one->tab, "file",
				  one->file));
	program_print_json(list, 0);
}

static void print_table(const struct views *v, const struct kind *k)
{
	struct table t = {.columns = 5};
	const struct saved_view *one;
	const char *const heads[] = {_("Name"), _("Title"), _("Queue"), _("Filter"), _("File")};
	table_row(&t);
	for (size_t i = 0; i < 5; i++)
		table_put(&t, heads[i]);
	for (size_t i = 0; (one = nth(v, k, i)); i++) {
		table_row(&t);
		table_put(&t, one->name);
		table_put(&t, one->title);
		table_put(&t, one->kind ? _(one->kind->title) : "");
		table_put(&t, one->filter);
		table_put(&t, one->file);
	}
	table_print(&t, stdout);
	table_free(&t);
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	const struct request *q = request;
	const struct kind *k = count ? program_only_kind(words, count, e) : NULL;
	struct strbuf problems = STRBUF_INIT;
	if (count && !k)
		return -1;
	struct views *v = view_files_read(&p->paths, &p->config, NULL, &problems);
	fputs(problems.s, stderr);
	(q->json ? print_json : print_table)(v, k);
	strbuf_free(&problems);
	views_free(v);
	return 0;
}

int verb_views(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &views_cli, run, &q, argc, argv);
}

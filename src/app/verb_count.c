/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc count: how many records match, in all or by the values of a column. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/cache.h"
#include "app/exit_code.h"
#include "app/view_files.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "export/rows.h"
#include "model/filter_narrow.h"
#include "store/query.h"
#include "text/fmt.h"

struct request {
	const char *filter, *by, *share, *view;
	bool json;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"filter", 'F', N_("FILTER"), N_("only records that match, as in the console"), CLI_TEXT, AT(filter)},
	{"view", 'V', N_("VIEW"), N_("what a saved view shows; --filter narrows it"), CLI_TEXT, AT(view)},
	{"by", 'b', N_("COLUMN"), N_("count each value of a column, most first, as VALUE tab NUMBER"), CLI_TEXT, AT(by)},
	{"share", 's', N_("FILTER"), N_("which part of them matches this too, as PART tab ALL tab PERCENT"), CLI_TEXT, AT(share)},
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, AT(json)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli count_cli = {
	.verb = "count",
	.operands = N_("KIND"),
	.summary = N_("Counts records of a kind, exactly."),
	.options = options,
	.example = "ioc count complaints --filter is:open --by unit",
};

static int count_all(struct db *db, const struct program *p, const struct kind *k,
		     const struct request *q, struct err *e)
{
	int64_t n;
	if (store_count(db, k, q->filter, p->now, &n, e) < 0)
		return -1;
	printf(q->json ? "{\"count\":%" PRId64 "}\n" : "%" PRId64 "\n", n);
	return 0;
}

static void print_share(int64_t part, int64_t whole, bool json)
{
	char percent[FMT_TEXT];
	if (json)
		printf("{\"part\":%" PRId64 ",\"count\":%" PRId64 "}\n", part, whole);
	else
		printf("%" PRId64 "\t%" PRId64 "\t%s\n", part, whole,
		       fmt_percent(part, whole, percent));
}

static int count_share(struct db *db, const struct program *p, const struct kind *k,
		       const struct request *q, struct err *e)
{
	const char *all = q->filter ? q->filter : "";
	int64_t whole, part;
	if (store_count(db, k, all, p->now, &whole, e) < 0 ||
	    store_count(db, k, q->share, p->now, &part, e) < 0)
		return -1;
	/* Both are known to be right by themselves. */
	char *both = filter_narrow(all, q->share, NULL);
	int rc = store_count(db, k, both, p->now, &part, e);
	free(both);
	if (rc == 0)
		print_share(part, whole, q->json);
	return rc;
}

static void print_value(void *context, const char *value, int64_t n)
{
	(void)context;
	printf("%s\t%" PRId64 "\n", value ? value : "", n);
}

static void add_value(void *context, const char *value, int64_t n)
{
	json_array_append_new(context,
			      json_pack("{s:s*, s:I}", "value", value, "count", (json_int_t)n));
}

static int count_by(struct db *db, const struct program *p, const struct kind *k,
		    const struct request *q, struct err *e)
{
	struct rows_columns one;
	if (rows_columns_parse(&one, k, ROWS_CSV, q->by, e) < 0)
		return -1;
	if (one.count != 1 || one.list[0] < 0)
		return err_set(e, ERR_USAGE, _("can't count by \"%.40s\""), q->by);
	if (k->columns[one.list[0]].personal != PERSONAL_NONE)
		return err_set(e, ERR_USAGE, _("can't count by \"%.40s\": it is personal data"),
			       q->by);
	json_t *list = q->json ? json_array() : NULL;
	int result = store_count_by(db, k, q->filter, one.list[0], p->now,
				    list ? add_value : print_value, list, e);
	if (list && result == 0)
		program_print_json(json_incref(list), 0);
	json_decref(list);
	return result;
}

static int count_in(struct db *db, const struct program *p, const struct kind *k,
		    const struct request *q, struct err *e)
{
	int result = -1;
	if (cache_check_filter(db, p, k, q->filter, e) == 0 &&
	    cache_check_filter(db, p, k, q->share, e) == 0)
		result = (q->by      ? count_by
			  : q->share ? count_share
				     : count_all)(db, p, k, q, e);
	return result;
}

static int count(struct program *p, struct request *q, const struct kind *k, struct err *e)
{
	struct view_question v = {NULL, NULL};
	if (q->view &&
	    view_files_question(&p->paths, &p->config, k, q->view, q->filter, &v, e) < 0)
		return -1;
	if (q->view)
		q->filter = v.filter;
	struct db *db = cache_open(p, e);
	int result = db ? count_in(db, p, k, q, e) : -1;
	db_close(db);
	free(v.filter);
	free(v.sort);
	return result;
}

static int run(struct program *p, void *request, char **words, int n, struct err *e)
{
	struct request *q = request;
	if (q->by && q->share)
		return err_set(e, ERR_USAGE, _("--by and --share don't go together"));
	const struct kind *k = program_only_kind(words, n, e);
	return k ? count(p, q, k, e) : -1;
}

int verb_count(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &count_cli, run, &q, argc, argv);
}

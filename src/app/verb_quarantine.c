/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc quarantine: items that could not be mapped, by their reasons. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cache.h"
#include "app/exit_code.h"
#include "app/program.h"
#include "app/remap_wait.h"
#include "app/writer.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/member.h"
#include "store/raw.h"
#include "text/clean.h"
#include "text/fmt.h"

#define ROWS_MOST 1000000
#define EXAMPLES 3

struct request {
	const char *source, *reason;
	bool personal, json;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"source", 's', N_("NAME"), N_("only of this source"), CLI_TEXT, AT(source)},
	{"personal", 'p', NULL, N_("show the item itself; this is recorded in the audit"), CLI_FLAG, AT(personal)},
	{"reason", 'r', N_("TEXT"), N_("why personal data is needed, for the audit"), CLI_TEXT, AT(reason)},
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, AT(json)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli quarantine_cli = {
	.verb = "quarantine",
	.operands = N_("[list | show ID | retry]"),
	.summary = N_("Lists items that could not be mapped, with the reasons, or tries them "
		      "again."),
	.options = options,
	.example = "ioc quarantine show PA-00423 --personal --reason 'mapping'",
};

static void put(const char *s)
{
	struct strbuf b = STRBUF_INIT;
	clean_append(&b, s, strlen(s), 0);
	fputs(b.s, stdout);
	strbuf_free(&b);
}

/* --- list --- */

/* "created_at: not a time: 31/2": what is behind the second colon differs from item to item. */
static int common_length(const char *reason)
{
	const char *first = strstr(reason, ": ");
	const char *second = first ? strstr(first + 2, ": ") : NULL;
	return (int)(second ? (size_t)(second - reason) : strlen(reason));
}

/* Groups by source, kind and reason. */
static int gather(void *context, const struct quarantine_row *row)
{
	json_t *groups = context;
	char *key = xasprintf("%s\n%s\n%.*s", row->source, row->kind,
			      common_length(row->reason), row->reason);
	json_t *g = json_object_get(groups, key);
	if (!g) {
		g = json_pack("{s:s, s:s, s:s, s:i, s:I, s:[]}", "source", row->source, "kind",
			      row->kind, "reason", row->reason, "count", 0, "latest",
			      (json_int_t)0, "ids");
		json_object_set_new(groups, key, g);
	}
	free(key);
	json_object_set_new(g, "count",
			    json_integer(json_integer_value(json_object_get(g, "count")) + 1));
	if (row->at > json_integer_value(json_object_get(g, "latest")))
		json_object_set_new(g, "latest", json_integer(row->at));
	json_t *ids = json_object_get(g, "ids");
	if (json_array_size(ids) < EXAMPLES)
		json_array_append_new(ids, json_string(row->id));
	return 0;
}

static void print_group(const json_t *g)
{
	char at[FMT_TEXT];
	const json_t *ids = json_object_get(g, "ids");
	int64_t latest = json_integer_value(json_object_get(g, "latest"));
	long long count = json_integer_value(json_object_get(g, "count"));
	put(member_text(g, "source"));
	printf("  ");
	put(*member_text(g, "kind") ? member_text(g, "kind") : "—");
	printf(_("  %lld ×, latest %s: "), count, fmt_date_time(latest, at));
	put(member_text(g, "reason"));
	printf("\n   ");
	for (size_t i = 0; i < json_array_size(ids); i++) {
		printf(" ");
		put(json_string_value(json_array_get(ids, i)));
	}
	printf("%s\n", count > EXAMPLES ? " …" : "");
}

static void print_groups(json_t *groups, bool json)
{
	const char *key;
	json_t *g, *list = json_array();
	char at[CLOCK_TEXT];
	json_object_foreach (groups, key, g) {
		if (!json)
			print_group(g);
		clock_format_utc(json_integer_value(json_object_get(g, "latest")), at);
		json_object_set_new(g, "latest", json_string(at));
		json_array_append(list, g);
	}
	if (json)
		program_print_json(json_incref(list), 0);
	json_decref(list);
}

static int list(const struct program *p, const struct request *q, struct err *e)
{
	json_t *groups = json_object();
	struct db *db = cache_open(p, e);
	int rc = db ? quarantine_walk(db, q->source, NULL, NULL, ROWS_MOST, gather, groups, e)
		    : -1;
	db_close(db);
	if (rc == 0)
		print_groups(groups, q->json);
	json_decref(groups);
	return rc;
}

/* --- show --- */

struct wanted {
	const char *id;
	json_t *found;
};

static int pick(void *context, const struct quarantine_row *row)
{
	struct wanted *w = context;
	char at[CLOCK_TEXT];
	if (strcmp(row->id, w->id) != 0)
		return 0;
	clock_format_utc(row->at, at);
	json_array_append_new(w->found,
			      json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "source", row->source,
					"kind", row->kind, "id", row->id, "reason", row->reason,
					"at", at, "raw", row->raw));
	return 0;
}

static void print_item(const json_t *x, bool personal)
{
	printf("%s %s ", member_text(x, "source"), member_text(x, "kind"));
	put(member_text(x, "id"));
	printf("\n  ");
	put(member_text(x, "reason"));
	printf("\n");
	json_t *item = personal ? json_loads(member_text(x, "raw"), JSON_DECODE_ANY, NULL)
				: NULL;
	char *pretty = item ? json_dumps(item, JSON_INDENT(2) | JSON_ENCODE_ANY) : NULL;
	struct strbuf b = STRBUF_INIT;
	const char *s = pretty ? pretty : member_text(x, "raw");
	clean_append(&b, s, strlen(s), CLEAN_LINES);
	if (personal)
		printf("%s\n", b.s);
	else
		printf(_("  the item itself is shown by --personal\n"));
	strbuf_free(&b);
	free(pretty);
	json_decref(item);
}

static int print_items(const struct request *q, json_t *found)
{
	json_t *x;
	size_t i;
	json_array_foreach (found, i, x) {
		if (!q->personal)
			json_object_del(x, "raw");
		if (!q->json)
			print_item(x, q->personal);
	}
	if (q->json)
		program_print_json(json_incref(found), 0);
	return 0;
}

static int show(const struct program *p, const struct request *q, const char *id, struct err *e)
{
	struct wanted w = {id, json_array()};
	struct db *db = cache_open(p, e);
	int rc = db ? quarantine_walk(db, q->source, NULL, NULL, ROWS_MOST, pick, &w, e) : -1;
	db_close(db);
	if (rc == 0 && !json_array_size(w.found))
		rc = err_set(e, ERR_NOT_FOUND, _("nothing is set aside under the id %.100s"),
			     id);
	if (rc == 0 && q->personal) {
		const char *source = member_text(json_array_get(w.found, 0), "source");
		char *object = xasprintf("%s/%s/%s", source,
					 member_text(json_array_get(w.found, 0), "kind"), id);
		rc = writer_audit(p, "quarantine", object, 0, q->reason ? q->reason : "", e);
		free(object);
	}
	if (rc == 0)
		print_items(q, w.found);
	json_decref(w.found);
	return rc;
}

/* --- retry --- */

static int retry_source(const struct program *p, const char *source, json_t *all, struct err *e)
{
	json_t *end = remap_wait(p, source, true, e);
	if (!end)
		return -1;
	if (all)
		json_array_append(all, end);
	else
		printf(_("%s: %lld tried again, %lld are records now\n"), source,
		       (long long)json_integer_value(json_object_get(end, "seen")),
		       (long long)json_integer_value(json_object_get(end, "cleared")));
	json_decref(end);
	return 0;
}

static int retry(const struct program *p, const struct request *q, struct err *e)
{
	json_t *all = q->json ? json_array() : NULL;
	int rc = 0;
	if (q->source && !config_source(&p->config, q->source))
		rc = err_set(e, ERR_USAGE, _("there is no source \"%.60s\""), q->source);
	for (size_t i = 0; rc == 0 && i < p->config.source_count; i++) {
		const struct config_source *s = &p->config.sources[i];
		if (s->enabled && (!q->source || strcmp(q->source, s->name) == 0))
			rc = retry_source(p, s->name, all, e);
	}
	if (all)
		program_print_json(all, 0);
	return rc;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	const struct request *q = request;
	const char *what = count ? words[0] : "list";
	if (strcmp(what, "list") == 0 && count < 2)
		return list(p, q, e);
	if (strcmp(what, "show") == 0 && count == 2)
		return show(p, q, words[1], e);
	if (strcmp(what, "show") == 0)
		return err_set(e, ERR_USAGE, _("which one? Give its id: see ioc quarantine"));
	if (strcmp(what, "retry") == 0 && count == 1)
		return retry(p, q, e);
	return err_set(e, ERR_USAGE, _("quarantine can't \"%.40s\": list, show or retry"),
		       words[count - 1]);
}

int verb_quarantine(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &quarantine_cli, run, &q, argc, argv);
}

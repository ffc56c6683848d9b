/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc show: one record with all there is.  Values pass through the same rows as exports. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/cache.h"
#include "app/exit_code.h"
#include "app/writer.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/member.h"
#include "deadline/escalation.h"
#include "export/rows.h"
#include "store/query.h"
#include "store/settler.h"
#include "text/clean.h"
#include "text/fit.h"
#include "text/fmt.h"
#include "text/mask.h"
#include "text/utf8.h"

struct request {
	const char *kind, *reason;
	bool json, raw, personal, explain;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"kind", 'k', N_("KIND"), N_("look among records of this kind only"), CLI_TEXT, AT(kind)},
	{"json", 'j', NULL, N_("as JSON, with history, attachments and links"), CLI_FLAG, AT(json)},
	{"explain", 'x', NULL, N_("its deadline step by step: by which rule, what does not count, what is left"), CLI_FLAG, AT(explain)},
	{"raw", 'R', NULL, N_("the item as the source sent it (needs --personal)"), CLI_FLAG, AT(raw)},
	{"personal", 'p', NULL, N_("do not mask personal data; this is recorded in the audit"), CLI_FLAG, AT(personal)},
	{"reason", 'r', N_("TEXT"), N_("why personal data is needed, for the audit"), CLI_TEXT, AT(reason)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli show_cli = {
	.verb = "show",
	.operands = N_("CODE"),
	.summary = N_("Shows one record, by its code or its id at the source."),
	.options = options,
	.example = "ioc show PA-00423",
};

/* The record's columns as a JSON object, as an export of it would say. */
static json_t *columns_of(const struct record *r, const struct request *q, bool for_people,
			  struct name_table *names)
{
	struct strbuf text = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct out out;
	struct rows_options o = {
		.kind = r->kind,
		.format = ROWS_NDJSON,
		.personal = q->personal,
		.locale = for_people,
		.names = for_people,
		.name = cache_name,
		.context = names,
	};
	rows_columns_parse(&o.columns, r->kind, ROWS_NDJSON, NULL, &e);
	out_open_memory(&out, &text);
	struct rows *rows = rows_new(&o, &out);
	rows_add(rows, r);
	rows_free(rows);
	out_finish(&out, &e);
	json_t *columns = json_loadb(text.s, text.len, JSON_ALLOW_NUL, NULL);
	strbuf_free(&text);
	return columns;
}

/* What is done with the texts of history, attachments and further fields, which people and
 * vendors wrote: made harmless for a terminal, and masked. */
enum wash { WASH_CLEAN = 1, WASH_MASK = 2 };

static json_t *washed_text(const json_t *text, unsigned how)
{
	struct strbuf clean = STRBUF_INIT, b = STRBUF_INIT;
	const char *s = json_string_value(text);
	size_t n = json_string_length(text);
	if (how & WASH_CLEAN) {
		clean_append(&clean, s, n, CLEAN_LINES);
		s = clean.s;
		n = clean.len;
	}
	if (how & WASH_MASK)
		mask_text(&b, s, n);
	else
		strbuf_add(&b, s, n);
	json_t *result = json_stringn(b.s, b.len);
	strbuf_free(&clean);
	strbuf_free(&b);
	return result;
}

static json_t *washed(const json_t *value, unsigned how)
{
	const char *key;
	json_t *member, *copy;
	size_t i;
	if (json_is_string(value))
		return washed_text(value, how);
	if (json_is_array(value)) {
		copy = json_array();
		json_array_foreach (value, i, member)
			json_array_append_new(copy, washed(member, how));
		return copy;
	}
	if (!json_is_object(value))
		return json_deep_copy(value);
	copy = json_object();
	json_object_foreach ((json_t *)value, key, member)
		json_object_set_new(copy, key, washed(member, how));
	return copy;
}

static json_t *detail_of(const struct record *r, const struct request *q, bool for_people)
{
	unsigned how = (q->personal ? 0 : WASH_MASK) |
		       (for_people || isatty(STDOUT_FILENO) ? WASH_CLEAN : 0);
	json_t *detail = r->detail ? json_loadb(r->detail, r->detail_n, 0, NULL) : NULL;
	json_t *copy = json_is_object(detail) ? washed(detail, how) : json_object();
	json_decref(detail);
	return copy;
}

static void print_json(const struct record *r, const struct request *q)
{
	json_t *all = json_pack("{s:s, s:s, s:I}", "kind", r->kind->id, "source", r->source,
				"version", (json_int_t)r->version);
	json_t *columns = columns_of(r, q, false, NULL), *detail = detail_of(r, q, false);
	json_object_update_new(all, columns);
	json_object_update_new(all, detail);
	program_print_json(all, JSON_REAL_PRECISION(15));
}

/* --- for people ------------------------------------------------------------- */

static void print_field(const char *title, const char *text, int width)
{
	struct strbuf b = STRBUF_INIT;
	fit_pad(&b, title, strlen(title), width, FIT_LEFT);
	printf("%s  ", b.s);
	for (const char *s = text; *s;) {
		size_t n = strcspn(s, "\n");
		printf("%.*s\n", (int)n, s);
		s += n + (s[n] == '\n');
		if (*s)
			printf("%*s", width + 2, "");
	}
	if (!*text)
		printf("\n");
	strbuf_free(&b);
}

static void print_value(const char *title, const json_t *value, int width)
{
	char text[FMT_TEXT];
	if (json_is_string(value)) {
		print_field(title, json_string_value(value), width);
	} else if (json_is_number(value)) {
		fmt_number(json_number_value(value), text);
		print_field(title, text, width);
	}
}

static int title_width(const struct kind *k)
{
	int most = utf8_swidth(_("Id at the source"));
	for (size_t i = 0; i < k->column_count; i++) {
		int w = utf8_swidth(_(k->columns[i].title));
		most = w > most ? w : most;
	}
	return most;
}

static void when_text(const json_t *at, char *text)
{
	int64_t t;
	const char *s = json_string_value(at);
	if (json_is_integer(at))
		fmt_date_time(json_integer_value(at) * SECOND, text);
	else if (s && clock_parse(s, strlen(s), &t) == 0)
		fmt_date_time(t, text);
	else
		text[0] = '\0';
}

/* What the writer noted about a deadline has its own words. */
static void print_escalation(const json_t *h)
{
	struct strbuf b = STRBUF_INIT;
	escalation_words(&b, (int)json_integer_value(json_object_get(h, "level")),
			 member_text(h, "whom"));
	printf("  %s\n", b.s);
	strbuf_free(&b);
}

static void print_history(const struct record *r, const json_t *detail)
{
	const json_t *list = json_object_get(detail, "history");
	json_t *h;
	size_t i;
	char when[FMT_TEXT];
	if (json_array_size(list))
		printf("\n%s\n", _("History"));
	json_array_foreach (list, i, h) {
		const struct state *from = kind_state(r->kind, member_text(h, "from"));
		const struct state *to = kind_state(r->kind, member_text(h, "to"));
		when_text(json_object_get(h, "at"), when);
		printf("  %s  %s", when, member_text(h, "by"));
		if (strcmp(member_text(h, "action"), "escalation") == 0) {
			print_escalation(h);
			continue;
		}
		if (*member_text(h, "to"))
			printf("  %s → %s", from ? _(from->label) : member_text(h, "from"),
			       to ? _(to->label) : member_text(h, "to"));
		else
			printf("  %s", member_text(h, "action"));
		printf("%s%s\n", *member_text(h, "text") ? "  " : "", member_text(h, "text"));
	}
}

static void print_list(const json_t *detail, const char *key, const char *title,
		       const char *first, const char *second)
{
	const json_t *list = json_object_get(detail, key);
	json_t *one;
	size_t i;
	if (json_array_size(list))
		printf("\n%s\n", title);
	json_array_foreach (list, i, one)
		printf("  %s  %s\n", member_text(one, first), member_text(one, second));
}

static void print_text(const struct record *r, const struct request *q,
		       struct name_table *names)
{
	int width = title_width(r->kind);
	json_t *columns = columns_of(r, q, true, names), *detail = detail_of(r, q, true);
	print_field(_("Kind"), _(r->kind->title), width);
	for (size_t i = 0; i < r->kind->column_count; i++) {
		const struct column *c = &r->kind->columns[i];
		print_value(_(c->title), json_object_get(columns, c->id), width);
	}
	print_field(_("Source"), r->source, width);
	print_field(_("Id at the source"), r->id, width);
	print_history(r, detail);
	print_list(detail, "attachments", _("Attachments"), "name", "url");
	print_list(detail, "links", _("Links"), "kind", "id");
	json_decref(columns);
	json_decref(detail);
}

/* --- its deadline ----------------------------------------------------------- */

#define STEP_WIDTH 26

static void print_step(void *context, const char *label, const char *text)
{
	(void)context;
	print_field(label, text, STEP_WIDTH);
}

static void add_step(void *context, const char *label, const char *text)
{
	json_array_append_new(context, json_pack("{s:s, s:s}", "step", label, "text", text));
}

static int explain(const struct program *p, struct db *db, const struct record *r,
		   const struct request *q, struct err *e)
{
	struct rulebook *b = rules_load(db, &p->paths, e);
	if (!b)
		return -1;
	json_t *steps = q->json ? json_array() : NULL;
	deadline_explain(b, r, p->now, steps ? add_step : print_step, steps);
	if (steps)
		program_print_json(steps, 0);
	rulebook_free(b);
	return 0;
}

/* --- the verb --------------------------------------------------------------- */

static int record_in_audit(const struct program *p, const struct request *q,
			   const struct record *r, struct err *e)
{
	if (!q->personal)
		return 0;
	char *object = xasprintf("%s/%s/%s", r->source, r->kind->id, r->id);
	int rc = writer_audit(p, q->raw ? "show-raw" : "show", object, r->version,
			      q->reason ? q->reason : "", e);
	free(object);
	return rc;
}

static void print_raw(const struct record *r)
{
	struct strbuf b = STRBUF_INIT;
	if (isatty(STDOUT_FILENO))
		clean_append(&b, r->raw, r->raw_n, CLEAN_LINES);
	else
		strbuf_add(&b, r->raw, r->raw_n);
	fwrite(b.s, 1, b.len, stdout);
	printf("\n");
	strbuf_free(&b);
}

static int show_found(const struct program *p, struct db *db, const struct record *r,
		      const struct request *q, struct err *e)
{
	if (q->explain)
		return explain(p, db, r, q, e);
	if (record_in_audit(p, q, r, e) < 0)
		return -1;
	if (q->raw && r->raw) {
		print_raw(r);
	} else if (q->json || q->raw) { /* not kept: the source's item is the record */
		print_json(r, q);
	} else {
		struct name_table *names = names_load(db);
		print_text(r, q, names);
		names_free(names);
	}
	return 0;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	const struct request *q = request;
	if (count != 1)
		return err_set(e, ERR_USAGE, "%s", _("which record? Give one code or id"));
	const struct kind *k = q->kind ? program_kind(q->kind, e) : NULL;
	if (q->kind && !k)
		return -1;
	if (q->raw && !q->personal)
		return err_set(
			e, ERR_USAGE,
			_("--raw shows personal data: add --personal, which is recorded"));
	struct db *db = cache_open(p, e);
	if (!db)
		return -1;
	struct arena a = ARENA_INIT;
	struct record *r = store_record(db, &a, k, words[0], q->raw, e);
	int result = r ? show_found(p, db, r, q, e) : -1;
	arena_free(&a);
	db_close(db);
	return result;
}

int verb_show(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &show_cli, run, &q, argc, argv);
}

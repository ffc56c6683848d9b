/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc duplicates: which records probably tell of the same matter as one, why, and which are
 * merged with it.  What is said not to be a duplicate goes to the writer. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cache.h"
#include "app/exit_code.h"
#include "app/writer.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/query.h"
#include "text/clean.h"
#include "text/fit.h"
#include "text/fmt.h"
#include "text/mask.h"

#define ASK_PATIENCE 30000
#define CODE_WIDTH 14

struct request {
	const char *apart, *together, *reason;
	bool json;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, AT(json)},
	{"not", 'n', N_("CODE"), N_("say that this one is no duplicate of it: it is not suggested again"), CLI_TEXT, AT(apart)},
	{"maybe", 'm', N_("CODE"), N_("take that back"), CLI_TEXT, AT(together)},
	{"reason", 'r', N_("TEXT"), N_("why, for the audit"), CLI_TEXT, AT(reason)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli duplicates_cli = {
	.verb = "duplicates",
	.operands = N_("CODE"),
	.summary = N_("Lists the complaints that probably tell of the same matter as this one, "
		      "and why, and those merged with it."),
	.options = options,
	.example = "ioc duplicates PA-00423",
};

/* --- for programs ----------------------------------------------------------- */

static json_t *name_json(const struct record *r)
{
	return json_pack("{s:s, s:s, s:s}", "source", r->source, "id", r->id, "code",
			 record_text(r, COL_CODE));
}

static const char *refusal_code(enum duplicates_refusal why)
{
	static const char *const codes[] = {
		[DUPLICATES_MERGE] = "",
		[DUPLICATES_OTHER_SOURCE] = "other-source",
		[DUPLICATES_OTHER_AREA] = "other-area",
		[DUPLICATES_BOTH_MAIN] = "both-main",
		[DUPLICATES_CLOSED] = "closed",
	};
	return codes[why];
}

static json_t *duplicate_json(const struct duplicate *d)
{
	const struct likeness *l = &d->likeness;
	char at[CLOCK_TEXT];
	json_t *j = name_json(d->record);
	clock_format_local(record_int(d->record, COL_CREATED_AT, 0), at);
	json_object_update_new(
		j, json_pack("{s:s, s:s, s:i, s:b, s:b, s:b, s:i, s:I, s:I, s:b}", "state",
			     record_text(d->record, COL_STATE), "created_at", at, "likeness",
			     l->percent, "same_category", l->same_category, "same_sender",
			     l->same_sender, "same_address", l->same_address, "phrases",
			     l->phrases, "apart_s", (json_int_t)(l->apart / SECOND), "members",
			     (json_int_t)d->members, "not_duplicate", d->apart));
	if (l->metres >= 0)
		json_object_set_new(j, "metres", json_integer((json_int_t)(l->metres + 0.5)));
	json_object_set_new(j, "merge", json_string(d->into_self ? "into-this" : "this-into"));
	if (d->refusal != DUPLICATES_MERGE)
		json_object_set_new(j, "no_merge", json_string(refusal_code(d->refusal)));
	return j;
}

static void print_json(const struct duplicates *d)
{
	json_t *members = json_array(), *list = json_array();
	for (size_t i = 0; i < d->member_count; i++)
		json_array_append_new(members, name_json(d->members[i]));
	for (size_t i = 0; i < d->count; i++)
		json_array_append_new(list, duplicate_json(&d->list[i]));
	json_t *all = name_json(d->self);
	json_object_update_new(all, json_pack("{s:s, s:s*, s:o*, s:o, s:I, s:b, s:o}", "kind",
					      d->kind->id, "merged_into",
					      *d->main_code ? d->main_code : NULL, "main",
					      d->main ? name_json(d->main) : NULL, "members",
					      members, "looked_at", (json_int_t)d->looked,
					      "capped", d->capped, "duplicates", list));
	program_print_json(all, 0);
}

/* --- for people ------------------------------------------------------------- */

static void add_title(struct strbuf *out, const struct record *r)
{
	struct strbuf clean = STRBUF_INIT;
	const char *title = record_text(r, COL_TITLE);
	clean_append(&clean, title, strlen(title), 0);
	mask_text(out, clean.s, clean.len);
	strbuf_free(&clean);
}

/* "  PA-00412        15/11/2026 10:20  Ngõ 308 …" */
static void print_record(const char *front, const struct record *r)
{
	struct strbuf line = STRBUF_INIT;
	char when[FMT_TEXT];
	const char *code = record_text(r, COL_CODE);
	strbuf_adds(&line, front);
	fit_pad(&line, code, strlen(code), CODE_WIDTH, FIT_LEFT);
	strbuf_addf(&line, "  %s  ",
		    fmt_date_time(record_int(r, COL_CREATED_AT, CLOCK_NONE), when));
	add_title(&line, r);
	printf("%s\n", line.s);
	strbuf_free(&line);
}

static void print_duplicate(const struct duplicate *d)
{
	struct strbuf why = STRBUF_INIT;
	char front[16], number[FMT_TEXT];
	snprintf(front, sizeof front, "%4d%%  ", d->likeness.percent);
	print_record(front, d->record);
	duplicates_reasons(&why, &d->likeness);
	if (d->members)
		strbuf_addf(&why, _("; merged into it: %s"), fmt_integer(d->members, number));
	if (d->refusal != DUPLICATES_MERGE)
		strbuf_addf(&why, "; %s", duplicates_refusal_text(d->refusal));
	if (d->apart)
		strbuf_addf(&why, "; %s", _("said not to be a duplicate"));
	printf("       %s\n", why.s);
	strbuf_free(&why);
}

static void print_group(const struct duplicates *d)
{
	if (*d->main_code)
		printf("\n%s\n", _("Merged into"));
	if (d->main)
		print_record("  ", d->main);
	else if (*d->main_code)
		printf("  %s  %s\n", d->main_code, _("(not in the cache)"));
	if (d->member_count)
		printf("\n%s\n",
		       d->main ? _("Merged into the same one") : _("Merged into this one"));
	for (size_t i = 0; i < d->member_count; i++)
		print_record(d->members[i]->rowid == d->rowid ? "* " : "  ", d->members[i]);
}

static void print_text(const struct duplicates *d, const struct likeness_rules *rules)
{
	print_record("", d->self);
	print_group(d);
	if (*d->main_code)
		return;
	printf("\n%s\n", d->count          ? _("Probably the same matter")
			 : !rules->enabled ? _("Suggestions are switched off")
					   : _("Nothing like it"));
	for (size_t i = 0; i < d->count; i++)
		print_duplicate(&d->list[i]);
	if (d->capped)
		printf("%s\n", _("There was more than could be looked at."));
}

/* --- the verb --------------------------------------------------------------- */

static int say(const struct program *p, const struct record *a, const struct record *b,
	       const struct request *q, struct err *e)
{
	struct control c;
	if (writer_connect(p, true, &c, e) < 0) {
		e->code = ERR_NET;
		return -1;
	}
	json_t *m = json_pack("{s:s, s:i, s:s, s:o, s:o, s:b, s:s}", "command", "apart", "id",
			      1, "kind", a->kind->id, "a", name_json(a), "b", name_json(b),
			      "apart", q->apart != NULL, "reason", q->reason ? q->reason : "");
	json_t *answer = control_ask(&c, m, ASK_PATIENCE, e);
	control_close(&c);
	json_decref(m);
	json_decref(answer);
	return answer ? 0 : -1;
}

static int list(const struct program *p, struct db *db, const struct record *r, bool json,
		struct err *e)
{
	struct journal *j = journal_open_reader(p->paths.journal_db, NULL);
	struct duplicates_query *q = duplicates_query_new(r->kind, &p->config.duplicates);
	q->rowid = r->rowid;
	struct duplicates *d = store_duplicates(db, j, q);
	journal_close(j);
	int rc = d->error.code ? -1 : 0;
	if (rc < 0)
		*e = d->error;
	else if (json)
		print_json(d);
	else
		print_text(d, &q->rules);
	duplicates_query_free(q);
	duplicates_free(d);
	return rc;
}

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	const struct request *q = request;
	if (count != 1)
		return err_set(e, ERR_USAGE, "%s", _("which record? Give one code or id"));
	if (q->apart && q->together)
		return err_set(e, ERR_USAGE, "%s", _("--not or --maybe, not both"));
	const char *other = q->apart ? q->apart : q->together;
	struct arena a = ARENA_INIT;
	struct db *db = cache_open(p, e);
	struct record *r = db ? store_record(db, &a, NULL, words[0], false, e) : NULL;
	struct record *s = r && other ? store_record(db, &a, r->kind, other, false, e) : NULL;
	int rc = -1;
	if (r && !other)
		rc = list(p, db, r, q->json, e);
	else if (r && s)
		rc = say(p, r, s, q, e);
	arena_free(&a);
	db_close(db);
	return rc;
}

int verb_duplicates(struct program *p, int argc, char **argv)
{
	struct request q = {0};
	return program_run(p, &duplicates_cli, run, &q, argc, argv);
}

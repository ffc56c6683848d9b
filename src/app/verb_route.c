/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc route: the rules of distribution; what they are, what they say about one record, and
 * what they would have done to all that came. */
#include <stdio.h>
#include <string.h>

#include "app/cache.h"
#include "app/exit_code.h"
#include "app/route.h"
#include "app/table.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "model/kinds.h"
#include "store/query.h"
#include "text/fmt.h"

struct request {
	const char *filter, *rules;
	int64_t since;
	bool json;
};

#define AT(field) offsetof(struct request, field)
/* clang-format off */
static const struct cli_option options[] = {
	{"since", 'S', N_("TIME"), N_("test: only records created since a time, or within a span such as 7d"), CLI_TIME, AT(since)},
	{"filter", 'F', N_("FILTER"), N_("test: only records that match, as in the console"), CLI_TEXT, AT(filter)},
	{"rules", 'r', N_("FILE"), N_("by the rules of this file"), CLI_TEXT, AT(rules)},
	{"json", 'j', NULL, N_("as JSON"), CLI_FLAG, AT(json)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
/* clang-format on */

const struct cli route_cli = {
	.verb = "route",
	.operands = N_("[check | test [KIND] | show CODE]"),
	.summary = N_("Checks the rules of distribution, tests them against what people did, "
		      "or says what they say about a record."),
	.options = options,
	.example = "ioc route test complaints --since 30d",
};

/* --- what all parts need --------------------------------------------------------------------
 */

static int tell_faults(const struct router *t, struct err *e)
{
	const struct faults *f = router_faults(t);
	for (size_t i = 0; i + 1 < f->count; i++)
		fprintf(stderr, "%s\n", f->list[i].text);
	if (f->count)
		return err_set(e, ERR_PARSE, "%s", f->list[f->count - 1].text);
	return err_set(e, ERR_NOT_FOUND, _("there is no routing.yaml"));
}

int route_open(struct route *x, const struct program *p, const char *file, struct err *e)
{
	x->program = p;
	if (!(x->db = cache_open(p, e)))
		return -1;
	x->names = names_load(x->db);
	x->book = rulebook_open(&p->paths, NULL);
	x->router = router_new(x->db, &p->paths, file);
	x->rules = router_rules(x->router, x->book ? rulebook_calendar(x->book) : NULL, p->now);
	return x->rules ? 0 : tell_faults(x->router, e);
}

void route_close(struct route *x)
{
	router_free(x->router);
	rulebook_free(x->book);
	names_free(x->names);
	db_close(x->db);
}

const char *route_unit(const struct route *x, const char *code)
{
	const char *name = names_get(x->names, &kind_unit, code, x->program->now, true);
	return name ? name : code;
}

const char *route_mode_label(enum routing_mode mode)
{
	static const char *const labels[] = {
		[ROUTING_OFF] = N_("off"),
		[ROUTING_SUGGEST] = N_("suggests"),
		[ROUTING_AUTOMATIC] = N_("automatic"),
	};
	return _(labels[mode]);
}

/* --- check ----------------------------------------------------------------------------------
 */

static void print_rules(const struct route *x)
{
	static const char *const headings[] = {N_("Rule"), N_("Mode"), N_("Queue"),
					       N_("Lead unit"), N_("Filter")};
	struct table t = {.columns = 5, .most = 44};
	table_row(&t);
	for (size_t i = 0; i < t.columns; i++)
		table_put(&t, _(headings[i]));
	for (size_t i = 0; i < x->rules->count; i++) {
		const struct routing_rule *r = &x->rules->rules[i];
		table_row(&t);
		table_put(&t, r->name);
		table_put(&t, route_mode_label(routing_mode_of(x->rules, r)));
		table_put(&t, _(r->kind->title));
		table_put(&t, route_unit(x, r->unit));
		table_put(&t, *r->filter ? r->filter : _("every record"));
	}
	if (x->rules->count)
		table_print(&t, stdout);
	table_free(&t);
}

static void print_rules_json(const struct route *x)
{
	json_t *list = json_array();
	for (size_t i = 0; i < x->rules->count; i++) {
		const struct routing_rule *r = &x->rules->rules[i];
		json_array_append_new(
			list, json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:I}", "name", r->name,
					"line", r->line, "mode",
					routing_mode_name(routing_mode_of(x->rules, r)), "kind",
					r->kind->id, "filter", r->filter, "unit", r->unit,
					"score", (json_int_t)r->score));
	}
	json_t *all = json_pack("{s:s, s:s, s:s, s:o}", "file", x->rules->path, "mode",
				routing_mode_name(x->rules->mode), "match",
				x->rules->match == ROUTING_FIRST ? "first" : "scored", "rules",
				list);
	program_print_json(all, 0);
}

static int check(struct route *x, const struct request *q, char **operands, struct err *e)
{
	(void)q;
	if (operands[0])
		return err_set(e, ERR_USAGE, _("what is \"%.40s\"? See ioc route --help"),
			       operands[0]);
	if (x->json) {
		print_rules_json(x);
		return 0;
	}
	printf(_("%s: %zu rules, each read\n"), x->rules->path, x->rules->count);
	if (router_is_unchecked(x->router))
		printf("%s\n", _("The cache has no catalogue of units: codes were not "
				 "checked."));
	print_rules(x);
	return 0;
}

/* --- test -----------------------------------------------------------------------------------
 */

static int test(struct route *x, const struct request *q, char **operands, struct err *e)
{
	const struct kind *k = &kind_complaint;
	if (operands[0] && !(k = program_kind(operands[0], e)))
		return -1;
	if (operands[0] && operands[1])
		return err_set(e, ERR_USAGE, _("one kind at a time, not also \"%.40s\""),
			       operands[1]);
	if (!routing_action(k))
		return err_set(e, ERR_USAGE, _("%s are not given to units: no rule can do it"),
			       k->plural);
	if (cache_check_filter(x->db, x->program, k, q->filter, e) < 0)
		return -1;
	struct router_query query = {k, q->filter, q->since, x->program->now};
	return route_test(x, &query, e);
}

/* --- show -----------------------------------------------------------------------------------
 */

static const char *verdict_of(const struct router_answer *a, size_t i,
			      const struct routing_rule *rule)
{
	if (a->rule == rule)
		return _("decides");
	if (rule->mode == ROUTING_OFF)
		return _("is off");
	return a->hits[i] ? _("matches too") : _("does not match");
}

static void print_tried(const struct route *x, const struct record *r,
			const struct router_answer *a)
{
	struct table t = {.columns = 5, .most = 44};
	for (size_t i = 0; i < x->rules->count; i++) {
		const struct routing_rule *rule = &x->rules->rules[i];
		char points[FMT_TEXT];
		if (rule->kind != r->kind)
			continue;
		table_row(&t);
		table_put(&t, a->rule == rule ? "→" : a->hits[i] ? "·" : "");
		table_put(&t, rule->name);
		table_put(&t, verdict_of(a, i, rule));
		table_put(&t, x->rules->match == ROUTING_SCORED && a->hits[i]
				      ? fmt_integer(rule->score, points)
				      : route_unit(x, rule->unit));
		table_put(&t, rule->filter);
	}
	if (t.rows)
		table_print(&t, stdout);
	table_free(&t);
}

static void print_answer(const struct route *x, const struct record *r,
			 const struct router_answer *a)
{
	char text[FMT_TEXT];
	const char *unit = record_text(r, COL_UNIT);
	if (!a->rule)
		printf(_("%s: no rule decides\n"), record_text(r, COL_CODE));
	else
		printf(_("%s: %s, by the rule \"%s\" (line %d, %s)\n"),
		       record_text(r, COL_CODE), route_unit(x, a->rule->unit), a->rule->name,
		       a->rule->line, route_mode_label(routing_mode_of(x->rules, a->rule)));
	if (a->rule && *a->rule->co_units)
		printf(_("  with: %s\n"), a->rule->co_units);
	int64_t due = a->rule ? routing_due(a->rule, x->book, r, x->program->now) : CLOCK_NONE;
	if (due != CLOCK_NONE)
		printf(_("  until: %s\n"), fmt_date_time(due, text));
	if (a->rule && a->rule->note)
		printf(_("  note: %s\n"), a->rule->note);
	if (*unit)
		printf(_("  people gave it to: %s\n"), route_unit(x, unit));
	print_tried(x, r, a);
}

static void print_answer_json(const struct route *x, const struct record *r,
			      const struct router_answer *a)
{
	json_t *tried = json_array();
	for (size_t i = 0; i < x->rules->count; i++) {
		const struct routing_rule *rule = &x->rules->rules[i];
		if (rule->kind == r->kind)
			json_array_append_new(
				tried,
				json_pack("{s:s, s:i, s:b, s:s, s:I}", "name", rule->name,
					  "line", rule->line, "matches", a->hits[i], "unit",
					  rule->unit, "score", (json_int_t)rule->score));
	}
	json_t *all = json_pack(
		"{s:s, s:s, s:s?, s:s?, s:o}", "kind", r->kind->id, "code",
		record_text(r, COL_CODE), "rule", a->rule ? a->rule->name : NULL, "unit_given",
		*record_text(r, COL_UNIT) ? record_text(r, COL_UNIT) : NULL, "tried", tried);
	if (a->rule) {
		json_object_set_new(
			all, "mode",
			json_string(routing_mode_name(routing_mode_of(x->rules, a->rule))));
		json_object_set_new(all, "points", json_integer(a->points));
		json_object_set_new(
			all, "fields",
			routing_fields(a->rule, x->book, r, false, x->program->now));
	}
	program_print_json(all, 0);
}

static int show(struct route *x, const struct request *q, char **operands, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct router_answer answer;
	(void)q;
	if (!operands[0] || operands[1])
		return err_set(e, ERR_USAGE, _("one record at a time: ioc route show CODE"));
	struct record *r = store_record(x->db, &a, NULL, operands[0], false, e);
	int rc = r ? 0 : -1;
	if (r && !routing_action(r->kind))
		rc = err_set(e, ERR_USAGE, _("%s are not given to units: no rule can do it"),
			     r->kind->plural);
	if (rc == 0)
		rc = router_ask(x->router, r->kind, r->rowid, &answer, e);
	if (rc == 0)
		(x->json ? print_answer_json : print_answer)(x, r, &answer);
	arena_free(&a);
	return rc;
}

/* --- the verb -------------------------------------------------------------------------------
 */

static int run(struct program *p, void *request, char **words, int count, struct err *e)
{
	const struct request *q = request;
	static const struct {
		const char *name;
		int (*run)(struct route *x, const struct request *q, char **operands,
			   struct err *e);
	} parts[] = {{"check", check}, {"test", test}, {"show", show}};
	const char *name = count ? words[0] : "check";
	struct route x = {.json = q->json};
	size_t i = 0;
	while (i < ARRAY_LEN(parts) && strcmp(parts[i].name, name) != 0)
		i++;
	if (i == ARRAY_LEN(parts))
		return err_set(e, ERR_USAGE, _("route can't \"%.40s\": check, test or show"),
			       name);
	int rc = route_open(&x, p, q->rules, e);
	if (rc == 0)
		rc = parts[i].run(&x, q, words + (count > 0), e);
	route_close(&x);
	return rc;
}

int verb_route(struct program *p, int argc, char **argv)
{
	struct request q = {.since = CLOCK_NONE};
	return program_run(p, &route_cli, run, &q, argc, argv);
}

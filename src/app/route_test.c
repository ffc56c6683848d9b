/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc route test: what the rules would have done, beside what people did.  Units are compared
 * as they are called today, so that a ward that was merged since is no disagreement. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/route.h"
#include "app/table.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "text/fmt.h"

#define CODES_SHOWN 3
#define PAIRS_SHOWN 20
#define PAIRS_MOST 20000

/* What one rule did; the last of the list stands for records that no rule decides. */
struct tally {
	int64_t matched; /* its filter matches */
	int64_t caught;  /* and it decides */
	int64_t given;   /* of these, people gave to a unit */
	int64_t agree;   /* and to the same one */
};

/* A unit that people gave records to which the rule would have given to another. */
struct pair {
	size_t rule; /* index; of the last tally: none decides */
	char *unit;
	int64_t count;
	char *codes[CODES_SHOWN];
};

struct test {
	const struct route *x;
	int64_t now, records, given;
	struct tally *tallies;
	struct pair *pairs;
	size_t pair_count, pair_cap;
	struct strmap by_key; /* index in pairs + 1 */
};

/* --- counting --- */

static struct pair *pair_of(struct test *t, size_t rule, const char *unit)
{
	char *key = xasprintf("%zu %s", rule, unit);
	size_t at = (size_t)(uintptr_t)strmap_get(&t->by_key, key);
	if (!at && t->pair_count < PAIRS_MOST) {
		ARRAY_PUSH(t->pairs, t->pair_count,
			   t->pair_cap) = (struct pair){.rule = rule, .unit = xstrdup(unit)};
		at = t->pair_count;
		strmap_put(&t->by_key, key, (void *)(uintptr_t)at);
	}
	free(key);
	return at ? &t->pairs[at - 1] : NULL;
}

static void note_pair(struct test *t, size_t rule, const char *unit, const char *code)
{
	struct pair *p = pair_of(t, rule, unit);
	if (p && p->count++ < CODES_SHOWN)
		p->codes[p->count - 1] = xstrdup(code);
}

static void count(void *context, const struct record *r, const struct router_answer *a)
{
	struct test *t = context;
	const struct routing *rules = t->x->rules;
	size_t rule = a->rule ? (size_t)(a->rule - rules->rules) : rules->count;
	const char *unit = router_unit_today(t->x->db, r, t->now);
	struct tally *all = &t->tallies[rule];
	t->records++;
	for (size_t i = 0; i < rules->count; i++)
		t->tallies[i].matched += a->hits[i];
	all->caught++;
	if (!*unit)
		return;
	t->given++;
	all->given++;
	if (a->rule && strcmp(a->rule->unit, unit) == 0)
		all->agree++;
	else
		note_pair(t, rule, unit, record_text(r, COL_CODE));
}

static int most_first(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return x->rule != y->rule ? (x->rule < y->rule ? -1 : 1) : strcmp(x->unit, y->unit);
}

static void end(struct test *t)
{
	for (size_t i = 0; i < t->pair_count; i++) {
		free(t->pairs[i].unit);
		for (size_t c = 0; c < CODES_SHOWN; c++)
			free(t->pairs[i].codes[c]);
	}
	free(t->pairs);
	free(t->tallies);
	strmap_free(&t->by_key, NULL);
}

/* --- for programs --- */

static json_t *tally_json(const struct tally *c)
{
	return json_pack("{s:I, s:I, s:I, s:I}", "caught", (json_int_t)c->caught, "given",
			 (json_int_t)c->given, "agree", (json_int_t)c->agree, "differ",
			 (json_int_t)(c->given - c->agree));
}

static json_t *rules_json(const struct test *t, const struct kind *k)
{
	const struct routing *rules = t->x->rules;
	json_t *list = json_array();
	for (size_t i = 0; i < rules->count; i++) {
		const struct routing_rule *rule = &rules->rules[i];
		if (rule->kind != k)
			continue;
		json_t *one = tally_json(&t->tallies[i]);
		json_object_set_new(one, "name", json_string(rule->name));
		json_object_set_new(one, "line", json_integer(rule->line));
		json_object_set_new(one, "unit", json_string(rule->unit));
		json_object_set_new(
			one, "mode",
			json_string(routing_mode_name(routing_mode_of(rules, rule))));
		json_object_set_new(one, "matched", json_integer(t->tallies[i].matched));
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *pairs_json(const struct test *t)
{
	const struct routing *rules = t->x->rules;
	json_t *list = json_array();
	for (size_t i = 0; i < t->pair_count; i++) {
		const struct pair *p = &t->pairs[i];
		json_t *codes = json_array();
		for (size_t c = 0; c < CODES_SHOWN && p->codes[c]; c++)
			json_array_append_new(codes, json_string(p->codes[c]));
		const struct routing_rule *rule = p->rule < rules->count
							  ? &rules->rules[p->rule]
							  : NULL;
		json_array_append_new(list,
				      json_pack("{s:s?, s:s?, s:s, s:I, s:o}", "rule",
						rule ? rule->name : NULL, "unit",
						rule ? rule->unit : NULL, "given", p->unit,
						"count", (json_int_t)p->count, "codes", codes));
	}
	return list;
}

static void print_json(const struct test *t, const struct kind *k)
{
	const struct routing *rules = t->x->rules;
	const struct tally *none = &t->tallies[rules->count];
	json_t *all = json_pack(
		"{s:s, s:s, s:s, s:I, s:I, s:o, s:{s:I, s:I}, s:o}", "file", rules->path,
		"kind", k->id, "match", rules->match == ROUTING_FIRST ? "first" : "scored",
		"records", (json_int_t)t->records, "given", (json_int_t)t->given, "rules",
		rules_json(t, k), "uncaught", "records", (json_int_t)none->caught, "given",
		(json_int_t)none->given, "differences", pairs_json(t));
	program_print_json(all, 0);
}

/* --- for people --- */

static void add_row(struct table *t, const char *name, const char *unit, const char *matched,
		    const struct tally *c, bool decides)
{
	char share[FMT_TEXT];
	table_row(t);
	table_put(t, name);
	table_put(t, unit);
	table_put(t, matched);
	table_put_number(t, c->caught);
	table_put_number(t, c->caught - c->given);
	if (!decides) {
		table_put(t, "");
		table_put_number(t, c->given);
		return;
	}
	table_put_number(t, c->agree);
	table_put_number(t, c->given - c->agree);
	table_put(t, fmt_percent(c->agree, c->given, share));
}

static void print_rules(const struct test *t, const struct kind *k)
{
	static const char *const headings[] = {
		N_("Rule"),       N_("Lead unit"),       N_("Matches"),
		N_("Decides"),    N_("Not distributed"), N_("Same unit"),
		N_("Other unit"), N_("Same, %")};
	const struct routing *rules = t->x->rules;
	struct table table = {.columns = ARRAY_LEN(headings), .right = 0xfc, .most = 40};
	struct tally all = {0};
	char matched[FMT_TEXT];
	table_row(&table);
	for (size_t i = 0; i < ARRAY_LEN(headings); i++)
		table_put(&table, _(headings[i]));
	for (size_t i = 0; i < rules->count; i++) {
		const struct tally *c = &t->tallies[i];
		if (rules->rules[i].kind != k)
			continue;
		add_row(&table, rules->rules[i].name, route_unit(t->x, rules->rules[i].unit),
			fmt_integer(c->matched, matched), c, true);
		all.caught += c->caught;
		all.given += c->given;
		all.agree += c->agree;
	}
	add_row(&table, _("All rules"), "", "", &all, true);
	add_row(&table, _("(no rule)"), "", "", &t->tallies[rules->count], false);
	table_print(&table, stdout);
	table_free(&table);
}

static void print_pairs(const struct test *t)
{
	const struct routing *rules = t->x->rules;
	struct table table = {.columns = 5, .right = 1U << 3, .most = 40};
	size_t shown = t->pair_count < PAIRS_SHOWN ? t->pair_count : PAIRS_SHOWN;
	if (!shown)
		return;
	static const char *const headings[] = {N_("Rule"), N_("Unit by the rule"),
					       N_("Unit by people"), N_("Records"),
					       N_("For example")};
	table_row(&table);
	for (size_t i = 0; i < ARRAY_LEN(headings); i++)
		table_put(&table, _(headings[i]));
	for (size_t i = 0; i < shown; i++) {
		const struct pair *p = &t->pairs[i];
		bool none = p->rule == rules->count;
		struct strbuf codes = STRBUF_INIT;
		for (size_t c = 0; c < CODES_SHOWN && p->codes[c]; c++)
			strbuf_addf(&codes, "%s%s", c ? ", " : "", p->codes[c]);
		table_row(&table);
		table_put(&table, none ? _("(no rule)") : rules->rules[p->rule].name);
		table_put(&table, none ? "—" : route_unit(t->x, rules->rules[p->rule].unit));
		table_put(&table, route_unit(t->x, p->unit));
		table_put_number(&table, p->count);
		table_put(&table, codes.s);
		strbuf_free(&codes);
	}
	printf("\n%s\n", _("Where people decided otherwise:"));
	table_print(&table, stdout);
	if (t->pair_count > shown)
		printf(_("… and %zu more; --json has all\n"), t->pair_count - shown);
	table_free(&table);
}

static void print_text(const struct test *t, const struct kind *k)
{
	const struct routing *rules = t->x->rules;
	char records[FMT_TEXT], given[FMT_TEXT];
	printf(_("%s: %s records, %s of them given to a unit\n"), _(k->title),
	       fmt_integer(t->records, records), fmt_integer(t->given, given));
	printf(rules->match == ROUTING_FIRST ? _("%s; the first rule that matches decides\n\n")
					     : _("%s; the most points decide\n\n"),
	       rules->path);
	print_rules(t, k);
	print_pairs(t);
}

int route_test(struct route *x, const struct router_query *q, struct err *e)
{
	struct test t = {.x = x, .now = q->now};
	t.tallies = xcalloc(x->rules->count + 1, sizeof *t.tallies);
	int rc = router_walk(x->router, q, count, &t, e);
	if (rc == 0) {
		if (t.pair_count)
			qsort(t.pairs, t.pair_count, sizeof *t.pairs, most_first);
		(x->json ? print_json : print_text)(&t, q->kind);
	}
	end(&t);
	return rc;
}

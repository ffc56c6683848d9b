/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules of distribution: the file, which rule decides, what it asks for, and what the cache
 * says to its filters. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/strbuf.h"
#include "cache_fixture.h"
#include "model/kinds.h"
#include "store/routed.h"
#include "store/router.h"

#define TODAY INT64_C(1795300000000) /* 22/11/2026 */

static const struct routing_world anything = {.now = TODAY};

static struct routing *read_text(const char *text, struct faults *f)
{
	return routing_parse("r.yaml", text, strlen(text), &anything, f);
}

static struct routing *good(const char *text)
{
	struct faults f = FAULTS_INIT;
	struct routing *r = read_text(text, &f);
	if (!r)
		fail_msg("%s", f.list[0].text);
	return r;
}

/* --- the file --- */

static void test_reads_all_that_a_rule_can_say(void **state)
{
	(void)state;
	struct routing *r = good(
		"mode: automatic\nmatch: scored\nleast: 5\nrole: shift-leader\n"
		"per_minute: 7\nbacklog: true\nrules:\n"
		"  - {name: a, filter: 'category:dien', unit: U, co_units: [V, W],\n"
		"     category: dien, deadline: {within: 2 h, calendar: always},\n"
		"     note: gấp, score: 9, mode: suggest, backlog: false}\n"
		"  - {name: b, kind: alert, unit: U}\n");
	assert_int_equal(r->count, 2);
	assert_int_equal(r->match, ROUTING_SCORED);
	assert_int_equal(r->least, 5);
	assert_int_equal(r->per_minute, 7);
	assert_string_equal(r->role, "shift-leader");
	const struct routing_rule *a = &r->rules[0], *b = &r->rules[1];
	assert_string_equal(a->co_units, "V, W");
	assert_string_equal(a->category, "dien");
	assert_string_equal(a->note, "gấp");
	assert_string_equal(a->calendar, "always");
	assert_true(a->deadline.set);
	assert_int_equal(a->score, 9);
	assert_int_equal(a->line, 8);
	assert_int_equal(a->mode, ROUTING_SUGGEST);
	assert_false(a->backlog);
	assert_int_equal(b->mode, ROUTING_AUTOMATIC);
	assert_true(b->backlog);
	assert_string_equal(a->action->id, "assign");
	assert_string_equal(b->action->id, "forward");
	routing_free(r);
}

static void test_an_empty_file_has_no_rules_and_suggests(void **state)
{
	(void)state;
	struct routing *r = good("# nothing\n");
	assert_int_equal(r->count, 0);
	assert_int_equal(r->mode, ROUTING_SUGGEST);
	assert_false(routing_has(r, NULL, ROUTING_SUGGEST));
	routing_free(r);
}

/* By line and column, and what the sentence must hold. */
static void test_tells_all_mistakes_at_once_in_order(void **state)
{
	(void)state;
	static const struct {
		int line, column;
		const char *says;
	} due[] = {
		{1, 7, "off, suggest or automatic"},
		{2, 1, "per_minute"},
		{3, 7, "roles are"},
		{5, 5, "needs a unit"},
		{6, 13, "categori"},
		{7, 15, "deadline"},
		{8, 11, "already, at line 5"},
		{9, 11, "not given to units"},
		{11, 11, "complaint"},
		{13, 16, "co_units"},
		{14, 16, "1 to"},
		{16, 5, "needs a name"},
	};
	static const char text[] = "mode: maybe\n"
				   "perminute: 5\n"
				   "role: boss\n"
				   "rules:\n"
				   "  - name: a\n"
				   "    filter: categori:dien\n"
				   "    deadline: soon\n"
				   "  - name: a\n"
				   "    kind: dossiers\n"
				   "    unit: U\n"
				   "  - kind: complain\n"
				   "    name: c\n"
				   "  - {co_units: [V], name: d, kind: alert, unit: U,\n"
				   "     score:    0}\n"
				   "\n"
				   "  - unit: U\n";
	struct faults f = FAULTS_INIT;
	assert_null(read_text(text, &f));
	size_t at = 0;
	for (size_t i = 0; i < sizeof due / sizeof *due; i++) {
		while (at < f.count && (f.list[at].line != due[i].line ||
					!strstr(f.list[at].text, due[i].says)))
			at++;
		if (at == f.count)
			fail_msg("line %d: %s", due[i].line, due[i].says);
	}
	assert_non_null(strstr(f.list[0].text, "r.yaml:1:7: "));
	for (size_t i = 1; i < f.count; i++)
		assert_true(f.list[i - 1].line <= f.list[i].line);
	faults_free(&f);
}

static void test_what_is_no_file_of_rules_is_said_so(void **state)
{
	(void)state;
	static const char *const wrong[] = {"- a\n",           "rules: 5\n", "rules: [5, {}]\n",
					    "rules: {a: b}\n", "mode: [\n",  "mode: \"off"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct faults f = FAULTS_INIT;
		assert_null(read_text(wrong[i], &f));
		assert_true(f.count > 0);
		faults_free(&f);
	}
}

static void test_off_switches_all_rules_off_whatever_they_say(void **state)
{
	(void)state;
	struct routing *r = good("mode: \"off\"\nrules:\n"
				 "  - {name: a, unit: U, mode: automatic}\n");
	assert_int_equal(routing_mode_of(r, &r->rules[0]), ROUTING_OFF);
	assert_false(routing_has(r, NULL, ROUTING_AUTOMATIC));
	routing_free(r);
}

/* --- which rule --- */

static const struct routing_rule *choose(const struct routing *r, const bool *hits)
{
	return routing_choose(r, &kind_complaint, hits, NULL);
}

static void test_the_first_that_matches_decides(void **state)
{
	(void)state;
	struct routing *r = good("rules:\n  - {name: a, unit: U, score: 1}\n"
				 "  - {name: b, unit: V, mode: 'off'}\n"
				 "  - {name: c, kind: alert, unit: V}\n"
				 "  - {name: d, unit: W, score: 9}\n");
	assert_ptr_equal(choose(r, (bool[]){1, 1, 1, 1}), &r->rules[0]);
	assert_ptr_equal(choose(r, (bool[]){0, 1, 1, 1}), &r->rules[3]);
	assert_null(choose(r, (bool[]){0, 1, 1, 0}));
	routing_free(r);
}

static void test_points_are_added_up_for_each_unit(void **state)
{
	(void)state;
	struct routing *r = good("match: scored\nleast: 4\nrules:\n"
				 "  - {name: a, unit: U, score: 5}\n"
				 "  - {name: b, unit: V, score: 3}\n"
				 "  - {name: c, unit: V, score: 4}\n"
				 "  - {name: d, unit: W, score: 7}\n");
	int64_t points = 0;
	assert_ptr_equal(choose(r, (bool[]){1, 1, 0, 0}), &r->rules[0]);
	/* V has 7: its stronger rule speaks; W has as many, but stands behind it. */
	assert_ptr_equal(routing_choose(r, &kind_complaint, (bool[]){1, 1, 1, 1}, &points),
			 &r->rules[2]);
	assert_int_equal(points, 7);
	assert_null(choose(r, (bool[]){0, 1, 0, 0}));
	routing_free(r);
}

/* --- what may be done --- */

static void test_only_undistributed_records_wait(void **state)
{
	(void)state;
	const struct action *before;
	assert_true(routing_steps(&kind_complaint, "MOI", &before));
	assert_string_equal(before->id, "receive");
	assert_true(routing_steps(&kind_complaint, "XAC_MINH", &before));
	assert_null(before);
	assert_false(routing_steps(&kind_complaint, "DA_CHUYEN", &before));
	assert_false(routing_steps(&kind_complaint, "CHO_BS", &before));
	assert_false(routing_steps(&kind_complaint, "DONG", &before));
	assert_false(routing_steps(&kind_complaint, "???", &before));
	assert_true(routing_steps(&kind_alert, "MOI", &before));
	assert_null(before);
	assert_false(routing_steps(&kind_dossier, "1", &before));
}

/* --- against the cache --- */

struct world {
	struct cache *cache;
	struct paths paths;
	char file[160], journal_file[160];
	struct router *router;
	struct journal *journal;
};

static void write_rules(struct world *w, const char *text)
{
	FILE *f = fopen(w->file, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void put_unit(struct cache *c, const char *code, const char *name, int64_t from,
		     int64_t to, const char *successor)
{
	char id[64];
	snprintf(id, sizeof id, "%s@%lld", code, (long long)from);
	struct record *r = cache_record(c, "unit", id, 1, NULL, name);
	cache_set(c, r, "code", code);
	if (from)
		cache_set_time(c, r, "valid_from", from);
	if (to)
		cache_set_time(c, r, "valid_to", to);
	if (successor)
		cache_set(c, r, "successor", successor);
	cache_put(c, r);
}

static void put_complaint(struct cache *c, const char *id, const char *title,
			  const char *category, const char *unit)
{
	struct record *r = cache_record(c, "complaint", id, 1, unit ? "DONG" : "MOI", title);
	cache_set(c, r, "code", id);
	cache_set(c, r, "category", category);
	cache_set_time(c, r, "created_at", TODAY - 400 * DAY);
	if (unit)
		cache_set(c, r, "unit", unit);
	cache_put(c, r);
}

static int setup(void **state)
{
	static struct world w;
	w = (struct world){0};
	cache_setup(state);
	w.cache = *state;
	snprintf(w.file, sizeof w.file, "%s/routing.yaml", w.cache->dir);
	cache_begin(w.cache);
	put_unit(w.cache, "MOI", "Phòng mới", TODAY - 300 * DAY, 0, NULL);
	put_unit(w.cache, "CU", "Phòng cũ", 0, TODAY - 300 * DAY, "MOI");
	put_unit(w.cache, "DIEN", "Điện lực", 0, 0, NULL);
	put_complaint(w.cache, "PA-1", "Đèn đường hỏng", "dien", "CU");
	put_complaint(w.cache, "PA-2", "Mất điện cả tổ", "dien", "DIEN");
	put_complaint(w.cache, "PA-3", "Mất điện", "dien", NULL);
	put_complaint(w.cache, "PA-4", "Khen công an", "khac", "MOI");
	cache_commit(w.cache);
	w.router = router_new(w.cache->writer, &w.paths, w.file);
	snprintf(w.journal_file, sizeof w.journal_file, "%s/journal.db", w.cache->dir);
	w.journal = journal_open(w.journal_file, NULL);
	assert_non_null(w.journal);
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	router_free(w->router);
	journal_close(w->journal);
	remove(w->file);
	remove(w->journal_file);
	*state = w->cache;
	return cache_teardown(state);
}

static const char lights[] = "rules:\n"
			     "  - {name: đèn, filter: 'category:dien den', unit: MOI}\n"
			     "  - {name: điện, filter: 'category:dien', unit: DIEN}\n";

struct sum {
	int64_t records, none, agree;
	struct db *db;
};

static void add(void *context, const struct record *r, const struct router_answer *a)
{
	struct sum *s = context;
	s->records++;
	s->none += !a->rule;
	s->agree += a->rule && strcmp(a->rule->unit, router_unit_today(s->db, r, TODAY)) == 0;
}

static void test_history_is_asked_by_the_words_of_lists(void **state)
{
	struct world *w = *state;
	struct sum s = {.db = w->cache->writer};
	struct err e = ERR_INIT;
	write_rules(w, lights);
	assert_non_null(router_rules(w->router, NULL, TODAY));
	struct router_query q = {&kind_complaint, NULL, CLOCK_NONE, TODAY};
	assert_int_equal(router_walk(w->router, &q, add, &s, &e), 0);
	assert_int_equal(s.records, 4);
	assert_int_equal(s.none, 1);
	/* PA-1 went to a unit that is today the one that the rule names. */
	assert_int_equal(s.agree, 2);
	q.since = TODAY - DAY;
	s.records = 0;
	assert_int_equal(router_walk(w->router, &q, add, &s, &e), 0);
	assert_int_equal(s.records, 0);
	q.filter = "unit:";
	assert_int_equal(router_walk(w->router, &q, add, &s, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
}

static void test_one_record_is_asked_by_its_row(void **state)
{
	struct world *w = *state;
	struct router_answer a;
	struct err e = ERR_INIT;
	write_rules(w, lights);
	const struct routing *r = router_rules(w->router, NULL, TODAY);
	for (int64_t row = 1; row <= 4; row++) {
		assert_int_equal(router_ask(w->router, &kind_complaint, row, &a, &e), 0);
		assert_ptr_equal(a.rule, row == 4   ? NULL
					 : row == 1 ? &r->rules[0]
						    : &r->rules[1]);
		assert_int_equal(a.hits[1], row < 4);
	}
	assert_int_equal(router_ask(w->router, &kind_complaint, 99, &a, &e), 0);
	assert_null(a.rule);
}

static void test_codes_are_those_of_the_catalogue_today(void **state)
{
	struct world *w = *state;
	write_rules(w, "rules:\n  - {name: a, unit: CU}\n  - {name: b, unit: DIE}\n"
		       "  - {name: c, unit: Phòng mới}\n  - {name: d, unit: MOI, "
		       "co_units: [NICHTS], category: x}\n");
	assert_null(router_rules(w->router, NULL, TODAY));
	const struct faults *f = router_faults(w->router);
	assert_int_equal(f->count, 4); /* there is no catalogue of categories */
	assert_non_null(strstr(f->list[0].text, "MOI (Phòng mới)"));
	assert_non_null(strstr(f->list[1].text, "\"DIEN\""));
	assert_non_null(strstr(f->list[2].text, "\"MOI\""));
	assert_non_null(strstr(f->list[3].text, "NICHTS"));
}

static void test_a_wrong_file_leaves_the_rules_as_they_were(void **state)
{
	struct world *w = *state;
	write_rules(w, lights);
	assert_int_equal(router_rules(w->router, NULL, TODAY)->count, 2);
	write_rules(w, "rules: no, none\n");
	assert_int_equal(router_rules(w->router, NULL, TODAY)->count, 2);
	assert_int_equal(router_faults(w->router)->count, 1);
	write_rules(w, "rules: []\n");
	assert_int_equal(router_rules(w->router, NULL, TODAY)->count, 0);
	assert_int_equal(router_faults(w->router)->count, 0);
}

/* --- what was done --- */

static struct outbox_item automatic(const char *record, int64_t version)
{
	return (struct outbox_item){.at = TODAY,
				    .source = "a",
				    .kind = "complaint",
				    .record = record,
				    .action = "assign",
				    .fields = "{}",
				    .who = "máy",
				    .rule = "rác",
				    .version = version};
}

static int64_t added(struct journal *j, struct outbox_item i)
{
	struct err e = ERR_INIT;
	routed_uuid(i.uuid, &i);
	i.id = 0;
	assert_int_equal(outbox_add(j, &i, TODAY, &e), 0);
	return i.id;
}

static void note_record(void *context, const char *kind, const char *source, const char *record)
{
	assert_string_equal(kind, "complaint");
	assert_string_equal(source, "a");
	snprintf(context, 16, "%s", record);
}

static void test_the_same_act_has_the_same_uuid(void **state)
{
	(void)state;
	struct outbox_item a = automatic("A", 1), b = a;
	routed_uuid(a.uuid, &a);
	routed_uuid(b.uuid, &b);
	assert_string_equal(a.uuid, b.uuid);
	assert_int_equal(strlen(a.uuid), 36);
	const struct outbox_item others[] = {automatic("A", 2), automatic("B", 1),
					     automatic("", 1)};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		routed_uuid(b.uuid, &others[i]);
		assert_string_not_equal(a.uuid, b.uuid);
	}
	b.rule = "rá";
	b.action = "cassign";
	routed_uuid(b.uuid, &b);
	assert_string_not_equal(a.uuid, b.uuid);
}

static void test_rules_distribute_a_record_once(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	struct outbox_item first = automatic("A", 1);
	assert_true(added(w->journal, first) > 0);
	routed_uuid(first.uuid, &first);
	added(w->journal, first);
	assert_int_equal(added(w->journal, automatic("A", 2)), 0);
	assert_true(added(w->journal, automatic("B", 1)) > 0);
	assert_int_equal(routed_count(w->journal, TODAY, &e), 2);
	/* What a person is about to do stands in the way. */
	struct outbox_item person = automatic("C", 1);
	person.rule = "";
	person.action = "comment";
	assert_int_equal(outbox_add(w->journal, &person, TODAY, &e), 0);
	assert_int_equal(added(w->journal, automatic("C", 1)), 0);
	assert_int_equal(outbox_drop(w->journal, person.uuid, "x", TODAY, &e), 0);
	assert_true(added(w->journal, automatic("C", 1)) > 0);
}

static void test_what_came_too_late_may_be_tried_on_newer_versions(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	for (int64_t version = 1; version <= 3; version++) {
		char record[16] = "";
		struct outbox_item i = automatic("A", version);
		routed_uuid(i.uuid, &i);
		assert_true(added(w->journal, i) > 0);
		assert_int_equal(outbox_sending(w->journal, i.uuid, TODAY, &e), 0);
		assert_int_equal(
			outbox_conflict(w->journal, i.uuid, "changed", "{}", TODAY, &e), 0);
		assert_int_equal(routed_refused(w->journal, &e), 1);
		assert_int_equal(
			routed_drop_conflicts(w->journal, TODAY, note_record, record, &e), 0);
		assert_string_equal(record, "A");
		assert_int_equal(routed_refused(w->journal, &e), 0);
		assert_int_equal(routed_may(w->journal, &i, &e), 0); /* the same version */
	}
	assert_int_equal(added(w->journal, automatic("A", 4)), 0);
	assert_int_equal(routed_count(w->journal, TODAY, &e), 0);
}

static void test_a_rule_acts_from_when_it_was_switched_on(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	int64_t since[2];
	struct routing *r = good("rules:\n  - {name: a, unit: U, mode: automatic}\n"
				 "  - {name: b, unit: U}\n");
	assert_int_equal(routed_since(w->journal, r, TODAY, since, &e), 0);
	assert_int_equal(since[0], TODAY);
	assert_int_equal(since[1], CLOCK_NONE);
	assert_int_equal(routed_since(w->journal, r, TODAY + HOUR, since, &e), 0);
	assert_int_equal(since[0], TODAY);
	/* Off and on again: anew. */
	r->rules[0].mode = ROUTING_SUGGEST;
	assert_int_equal(routed_since(w->journal, r, TODAY + HOUR, since, &e), 0);
	assert_int_equal(since[0], CLOCK_NONE);
	r->rules[0].mode = ROUTING_AUTOMATIC;
	assert_int_equal(routed_since(w->journal, r, TODAY + DAY, since, &e), 0);
	assert_int_equal(since[0], TODAY + DAY);
	routing_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reads_all_that_a_rule_can_say),
		cmocka_unit_test(test_an_empty_file_has_no_rules_and_suggests),
		cmocka_unit_test(test_tells_all_mistakes_at_once_in_order),
		cmocka_unit_test(test_what_is_no_file_of_rules_is_said_so),
		cmocka_unit_test(test_off_switches_all_rules_off_whatever_they_say),
		cmocka_unit_test(test_the_first_that_matches_decides),
		cmocka_unit_test(test_points_are_added_up_for_each_unit),
		cmocka_unit_test(test_only_undistributed_records_wait),
		cmocka_unit_test_setup_teardown(test_history_is_asked_by_the_words_of_lists,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_one_record_is_asked_by_its_row, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_codes_are_those_of_the_catalogue_today,
						setup, teardown),
		cmocka_unit_test(test_the_same_act_has_the_same_uuid),
		cmocka_unit_test_setup_teardown(test_rules_distribute_a_record_once, setup,
						teardown),
		cmocka_unit_test_setup_teardown(
			test_what_came_too_late_may_be_tried_on_newer_versions, setup,
			teardown),
		cmocka_unit_test_setup_teardown(test_a_rule_acts_from_when_it_was_switched_on,
						setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_wrong_file_leaves_the_rules_as_they_were,
						setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

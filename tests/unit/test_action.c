/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of actions keep their promises. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "model/action.h"

static void states_and_columns_exist(void **state)
{
	(void)state;
	for (size_t i = 0; kinds[i]; i++)
		for (const struct action *a = actions_of(kinds[i]); a && a->id; a++) {
			size_t fits = 0;
			for (const struct state *s = kinds[i]->states; s->code; s++)
				fits += action_fits_state(kinds[i], a, s->code);
			bool makes = (a->flags & ACTION_NEW) != 0;
			assert_true(makes ? fits == 0 && !*a->from : fits > 0);
			assert_int_equal(action_fits_state(kinds[i], a, ""), makes);
			size_t named = 1;
			for (const char *p = a->from; *p; p++)
				named += *p == ',';
			assert_true(makes || strcmp(a->from, "*") == 0 || fits == named);
			assert_true(!a->to || kind_state(kinds[i], a->to));
			const char *columns[] = {a->counter, a->stamp, a->actor, a->needs,
						 a->bars};
			for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
				assert_true(!columns[c] ||
					    kind_column(kinds[i], columns[c]) >= 0);
			assert_int_equal(!!a->counter, !!(a->flags & ACTION_COUNTS));
			assert_true(a->staff && a->title && a->history);
		}
}

static void fields_fit_their_columns(void **state)
{
	(void)state;
	for (size_t i = 0; kinds[i]; i++)
		for (const struct action *a = actions_of(kinds[i]); a && a->id; a++)
			for (size_t n = 0; n < action_field_count(a); n++) {
				const struct action_field *f = &a->fields[n];
				assert_ptr_equal(action_field(a, f->id), f);
				assert_true((f->type == COLUMN_REF) == (f->ref != NULL));
				assert_true((f->type == COLUMN_CHOICE) == (f->choices != NULL));
				assert_true(!f->ref || kind_find(f->ref)->catalogue);
				assert_true(!f->column ||
					    kind_column(kinds[i], f->column) >= 0);
			}
}

static void ids_are_unique(void **state)
{
	(void)state;
	for (size_t i = 0; kinds[i]; i++)
		for (const struct action *a = actions_of(kinds[i]); a && a->id; a++)
			assert_ptr_equal(action_find(kinds[i], a->id), a);
	assert_null(action_find(kind_find("complaint"), "fly"));
	assert_null(actions_of(kind_find("area")));
}

static struct record *complaint(struct arena *arena, const char *in_state, const char *unit)
{
	struct record *r = record_new(arena, kind_find("complaint"));
	record_put_text(arena, r, COL_STATE, in_state, strlen(in_state), NULL);
	record_put_text(arena, r, COL_UNIT, unit, strlen(unit), NULL);
	return r;
}

static void merging_and_splitting_bar_each_other(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	const struct kind *k = kind_find("complaint");
	const struct action *merge = action_find(k, "merge"), *split = action_find(k, "split");
	struct actor desk = {STAFF_OPERATOR, NULL};
	struct record *r = complaint(&arena, "DANG_XL", "CATP");
	assert_int_equal(action_allowed(merge, r, &desk), ACTION_ALLOWED);
	assert_int_equal(action_allowed(split, r, &desk), ACTION_NEEDS);
	int merged = kind_column(k, "merged_into");
	record_put_text(&arena, r, (size_t)merged, "PA-1", 4, NULL);
	assert_int_equal(action_allowed(merge, r, &desk), ACTION_BARRED);
	assert_int_equal(action_allowed(split, r, &desk), ACTION_ALLOWED);
	arena_free(&arena);
}

static void rights_and_states_decide(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	const struct kind *k = kind_find("complaint");
	const struct action *take = action_find(k, "take"), *assign = action_find(k, "assign");
	struct record *r = complaint(&arena, "DA_CHUYEN", "CATP");
	struct actor desk = {STAFF_OPERATOR, NULL}, ours = {STAFF_UNIT, "CATP"};
	struct actor others = {STAFF_UNIT, "QLDT"}, reader = {STAFF_AUDITOR, NULL};
	assert_int_equal(action_allowed(take, r, &ours), ACTION_ALLOWED);
	assert_int_equal(action_allowed(take, r, &others), ACTION_OTHER_UNIT);
	assert_int_equal(action_allowed(take, r, &desk), ACTION_WRONG_STAFF);
	assert_int_equal(action_allowed(assign, r, &desk), ACTION_ALLOWED);
	assert_int_equal(action_allowed(assign, r, &reader), ACTION_WRONG_STAFF);
	r = complaint(&arena, "DONG", "CATP");
	assert_int_equal(action_allowed(take, r, &ours), ACTION_WRONG_STATE);
	arena_free(&arena);
}

static void every_open_state_means_what_is_open(void **state)
{
	(void)state;
	const struct kind *k = kind_find("complaint");
	const struct action *merge = action_find(k, "merge");
	for (const struct state *s = k->states; s->code; s++)
		assert_int_equal(action_fits_state(k, merge, s->code),
				 kind_state_is_open(k, s->code));
}

/* --- the tables against what was agreed, which is written down once more beside the tests ---
 */

static const char *const staff_names[] = {"operator", "shift-leader", "unit",
					  "manager",  "admin",        "auditor"};

/* A record in this state, of the unit CATP, to which nothing else bars the action. */
static struct record *ready_for(struct arena *arena, const struct kind *k,
				const struct action *a, const char *in_state)
{
	struct record *r = record_new(arena, k);
	record_put_text(arena, r, COL_STATE, in_state, strlen(in_state), NULL);
	record_put_text(arena, r, COL_UNIT, "CATP", 4, NULL);
	if (a->needs)
		record_put_text(arena, r, (size_t)kind_column(k, a->needs), "PA-1", 4, NULL);
	return r;
}

/* " CODE CODE": the states in which who is this may do it. */
static void states_for(const struct kind *k, const struct action *a, const struct actor *who,
		       struct strbuf *out)
{
	struct arena arena = ARENA_INIT;
	for (const struct state *s = k->states; s->code; s++)
		if (action_allowed(a, ready_for(&arena, k, a, s->code), who) == ACTION_ALLOWED)
			strbuf_addf(out, " %s", s->code);
	if (action_allowed(a, ready_for(&arena, k, a, ""), who) == ACTION_ALLOWED)
		strbuf_adds(out, " none");
	arena_free(&arena);
}

/* A line for each role that may do anything: "complaint receive operator: MOI > XAC_MINH". */
static void tell_roles(const struct kind *k, const struct action *a, struct strbuf *out)
{
	for (unsigned i = 0; i < sizeof staff_names / sizeof *staff_names; i++) {
		struct strbuf own = STRBUF_INIT, other = STRBUF_INIT;
		states_for(k, a, &(struct actor){1U << i, "CATP"}, &own);
		states_for(k, a, &(struct actor){1U << i, "QLDT"}, &other);
		if (own.len)
			strbuf_addf(out, "%s %s %s%s:%s%s%s\n", k->id, a->id, staff_names[i],
				    strcmp(own.s, other.s) ? " of the unit" : "", own.s,
				    a->to ? " > " : "", a->to ? a->to : "");
		strbuf_free(&own);
		strbuf_free(&other);
	}
}

/* "complaint reject asks for: why* reason*": what must be said has a star. */
static void tell_fields(const struct kind *k, const struct action *a, struct strbuf *out)
{
	strbuf_addf(out, "%s %s asks for:", k->id, a->id);
	for (size_t i = 0; i < action_field_count(a); i++)
		strbuf_addf(out, " %s%s", a->fields[i].id,
			    a->fields[i].flags & FIELD_REQUIRED ? "*" : "");
	strbuf_adds(out, "\n");
}

static char *agreed(void)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/tests/fixtures/actions.txt", getenv("srcdir"));
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	struct strbuf text = STRBUF_INIT;
	char line[1024];
	while (fgets(line, sizeof line, f))
		if (*line != '#')
			strbuf_adds(&text, line);
	fclose(f);
	return strbuf_detach(&text);
}

static void who_may_do_what_and_when_is_as_agreed(void **state)
{
	(void)state;
	struct strbuf told = STRBUF_INIT;
	for (size_t i = 0; kinds[i]; i++)
		for (const struct action *a = actions_of(kinds[i]); a && a->id; a++) {
			tell_roles(kinds[i], a, &told);
			tell_fields(kinds[i], a, &told);
		}
	char *want = agreed(), *w = want, *g = told.s;
	while (*w && *g) {
		char *w_line = strsep(&w, "\n"), *g_line = strsep(&g, "\n");
		assert_string_equal(g_line, w_line);
	}
	assert_string_equal(g, w);
	free(want);
	strbuf_free(&told);
}

static void staff_has_names(void **state)
{
	(void)state;
	assert_int_equal(staff_find("operator"), STAFF_OPERATOR);
	assert_int_equal(staff_find("auditor"), STAFF_AUDITOR);
	assert_int_equal(staff_find("king"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_and_columns_exist),
		cmocka_unit_test(fields_fit_their_columns),
		cmocka_unit_test(ids_are_unique),
		cmocka_unit_test(rights_and_states_decide),
		cmocka_unit_test(merging_and_splitting_bar_each_other),
		cmocka_unit_test(every_open_state_means_what_is_open),
		cmocka_unit_test(who_may_do_what_and_when_is_as_agreed),
		cmocka_unit_test(staff_has_names),
	};
	return cmocka_run_group_tests_name("actions", tests, NULL, NULL);
}

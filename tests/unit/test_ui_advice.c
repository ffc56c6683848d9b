/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules suggest is shown, and accepted for the records that were in hand and no others. */
#include "console.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "ui/state.h"

static int setup(void **state)
{
	open_checked_complaints(state);
	w.deaf = true;
	return 0;
}

static void suggest(struct suggestions *s, int64_t rowid, const char *unit)
{
	struct suggestion *one = &ARRAY_PUSH(s->list, s->count, s->cap);
	*one = (struct suggestion){.rowid = rowid, .fields = json_pack("{s:s}", "unit", unit)};
	snprintf(one->rule, sizeof one->rule, "rule of %s", unit);
	snprintf(one->unit, sizeof one->unit, "%s", unit);
}

/* Answers what was asked last: these units for the records in hand, in turn; NULL: none. */
static void answer(const char *const *units, size_t count)
{
	const struct acting *x = &w.app->acting;
	struct event e = {.type = EVENT_SUGGESTIONS, .now = w.now};
	e.suggestions = suggestions_new();
	e.suggestions->generation = w.app->advice.generation;
	e.suggestions->kind = x->targets[0].kind;
	for (size_t i = 0; i < count && i < x->target_count; i++)
		if (units[i])
			suggest(e.suggestions, x->targets[i].rowid, units[i]);
	world_send(&w, &e);
}

static const char *unit_of(size_t n)
{
	return member(json_object_get(asked(n), "fields"), "unit");
}

static void one_key_accepts_for_the_record_in_hand(void **state)
{
	(void)state;
	world_keys(&w, "Y");
	assert_int_equal(json_array_size(w.asked), 0);
	answer((const char *const[]){"qldt"}, 1);
	assert_int_equal(json_array_size(w.asked), 1);
	assert_string_equal(member(asked(0), "action"), "assign");
	assert_string_equal(unit_of(0), "qldt");
	assert_true(json_integer_value(json_object_get(asked(0), "version")) > 0);
}

static void what_is_new_is_received_first(void **state)
{
	(void)state;
	world_command(&w, "filter state:\"MOI\"");
	world_keys(&w, "Y");
	answer((const char *const[]){"qldt"}, 1);
	assert_int_equal(json_array_size(w.asked), 2);
	assert_string_equal(member(asked(0), "action"), "receive");
	assert_string_equal(member(asked(1), "action"), "assign");
	assert_string_equal(member(asked(0), "record"), member(asked(1), "record"));
	assert_int_equal(json_integer_value(json_object_get(asked(1), "version")), 0);
}

static void many_are_accepted_after_one_question_each_its_own(void **state)
{
	(void)state;
	static const char *const units[] = {"qldt", NULL, "ca-phuong"};
	world_keys(&w, "<Space><Space><Space>Y");
	answer(units, 3);
	must_show(&w, "Give 2 of 3 records");
	must_show(&w, "For 1 no rule suggests anything");
	assert_int_equal(json_array_size(w.asked), 0);
	world_keys(&w, "<Enter>");
	assert_int_equal(json_array_size(w.asked), 2);
	assert_string_equal(unit_of(0), "qldt");
	assert_string_equal(unit_of(1), "ca-phuong");
	assert_false(world_shows(&w, "Give 2 of 3"));
}

static void a_question_may_be_left(void **state)
{
	(void)state;
	world_keys(&w, "<Space><Space>Y");
	answer((const char *const[]){"qldt", "qldt"}, 2);
	must_show(&w, "Give 2 of 2");
	world_keys(&w, "q");
	assert_false(world_shows(&w, "Give 2 of 2"));
	assert_int_equal(json_array_size(w.asked), 0);
	world_command(&w, "accept-confirm");
	assert_int_equal(json_array_size(w.asked), 0);
}

static void where_nothing_is_suggested_nothing_is_done(void **state)
{
	(void)state;
	world_keys(&w, "Y");
	answer(NULL, 0);
	must_show(&w, "no rule suggests a unit here");
	world_command(&w, "filter state:\"DANG_XL\"");
	world_keys(&w, "Y");
	answer((const char *const[]){"qldt"}, 1);
	must_show(&w, "may not be done in this state");
	assert_int_equal(json_array_size(w.asked), 0);
}

static void an_answer_that_is_overtaken_does_nothing(void **state)
{
	(void)state;
	world_keys(&w, "YjD");
	answer((const char *const[]){"qldt"}, 1);
	assert_int_equal(json_array_size(w.asked), 0);
	world_keys(&w, "<Esc>");
	struct event e = {.type = EVENT_SUGGESTIONS, .now = w.now};
	e.suggestions = suggestions_new();
	e.suggestions->generation = 999;
	world_send(&w, &e);
	assert_int_equal(json_array_size(w.asked), 0);
}

static void what_is_suggested_stands_in_the_record_and_in_its_form(void **state)
{
	(void)state;
	world_keys(&w, "<Enter>");
	struct event e = {.type = EVENT_SUGGESTIONS, .now = w.now};
	e.suggestions = suggestions_new();
	e.suggestions->generation = w.app->advice.generation;
	e.suggestions->kind = w.app->advice.kind;
	suggest(e.suggestions, w.app->advice.rowid, "qldt");
	world_send(&w, &e);
	must_show(&w, "(rule rule of qldt)   Y accepts it");
	world_keys(&w, "D");
	must_show(&w, "Lead unit");
	must_show(&w, "(rule rule of qldt)");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, close_console)

int main(void)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		TEST(one_key_accepts_for_the_record_in_hand),
		TEST(what_is_new_is_received_first),
		TEST(many_are_accepted_after_one_question_each_its_own),
		TEST(a_question_may_be_left),
		TEST(where_nothing_is_suggested_nothing_is_done),
		TEST(an_answer_that_is_overtaken_does_nothing),
		TEST(what_is_suggested_stands_in_the_record_and_in_its_form),
	};
	return cmocka_run_group_tests_name("advice", tests, NULL, NULL);
}

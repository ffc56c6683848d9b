/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an operator does reaches the writer as it was meant. */
#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/action.h"
#include "ui/acting.h"

static void a_form_says_which_record_which_version_and_what(void **state)
{
	(void)state;
	w.deaf = true;
	world_keys(&w,
		   "Dqldt<Enter>ca<Space>ph<Enter><Enter>mai<Space>9:00<Tab>gap<Enter>lam<F2>");
	const json_t *c = asked(0), *f = json_object_get(c, "fields");
	assert_string_equal(member(c, "command"), "act");
	assert_string_equal(member(c, "kind"), "complaint");
	assert_string_equal(member(c, "action"), "assign");
	assert_string_not_equal(member(c, "record"), "");
	assert_true(json_integer_value(json_object_get(c, "version")) > 0);
	assert_string_equal(member(f, "unit"), "qldt");
	assert_string_equal(member(f, "co_units"), "ca-phuong");
	assert_string_equal(member(f, "due_at"), "2026-11-21T02:00:00.000Z");
	assert_string_equal(member(f, "note"), "gap\nlam");
	assert_null(json_object_get(f, "category"));
	must_show(&w, "handed over");
}

static void what_was_done_shows_at_once_as_it_will_be(void **state)
{
	(void)state;
	world_keys(&w, "Dqldt<F2>");
	must_show(&w, "queued: Distribute");
	must_show(&w, "⇡ Distributed");
	must_show(&w, "P. Qu");
	must_show(&w, "Outbox 1 waiting");
	world_outbox(&w, "u1", "dropped", json_object());
	assert_false(world_shows(&w, "⇡"));
	assert_false(world_shows(&w, "Outbox"));
}

static void what_is_missing_is_said_and_nothing_is_sent(void **state)
{
	(void)state;
	w.deaf = true;
	world_keys(&w, "D<F2>");
	must_show(&w, "this must be filled in");
	world_keys(&w, "khong<Space>co<F2>");
	must_show(&w, "nothing of this name");
	assert_int_equal(json_array_size(w.asked), 0);
	world_keys(&w, "<C-u>qldt<Tab><Tab><Tab>19/11/2026<F2>");
	must_show(&w, "passed already");
	assert_int_equal(json_array_size(w.asked), 0);
}

static void many_are_done_after_one_question_and_each_is_answered_for(void **state)
{
	(void)state;
	world_command(&w, "clear");
	world_keys(&w, "g"
		       "g");
	world_keys(&w, "<Space><Space><Space><Space><Space><Space><Space><Space>");
	world_keys(&w, "D");
	world_keys(&w, "qldt<F2>");
	must_show(&w, "records. Really?");
	must_show(&w, "are left out");
	assert_int_equal(w.acted, 0);
	world_keys(&w, "<Enter>");
	assert_true(w.acted > 0 && w.acted < 8);
	must_show(&w, "of 8 records queued");
	must_show(&w, "not possible in this state");
	world_keys(&w, "q");
	must_show(&w, "marked"); /* those that were left out still are */
}

static void one_of_many_that_fails_is_named(void **state)
{
	(void)state;
	world_keys(&w, "<Space><Space>");
	w.deaf = true;
	world_keys(&w, "chai<F2><Enter>");
	assert_int_equal(json_array_size(w.asked), 2);
	snprintf(w.refusal, sizeof w.refusal, "disk full");
	snprintf(w.refused_record, sizeof w.refused_record, "%s", member(asked(1), "record"));
	w.deaf = false;
	world_tick(&w, 10);
	must_show(&w, "1 of 2 records queued");
	must_show(&w, "disk full");
}

static void what_follows_on_what_waits_is_judged_as_it_will_be(void **state)
{
	(void)state;
	world_command(&w, "filter state:\"MOI\"");
	world_keys(&w, "D");
	must_show(&w, "not possible in this state");
	world_keys(&w, "R");
	must_show(&w, "queued: Receive");
	w.deaf = true;
	world_keys(&w, "Dqldt<F2>");
	assert_string_equal(member(asked(0), "action"), "assign");
	assert_int_equal(json_integer_value(json_object_get(asked(0), "version")), 0);
}

static void rights_decide_what_the_menu_offers(void **state)
{
	(void)state;
	world_operator(&w, "auditor", NULL);
	world_keys(&w, "c");
	must_show(&w, "not among your rights");
	world_keys(&w, "a");
	must_show(&w, "not among your rights");
	world_keys(&w, "<Esc>");
	world_operator(&w, "unit", "khac");
	world_command(&w, "filter state:\"DA_CHUYEN\"");
	world_keys(&w, "a");
	must_show(&w, "belongs to another unit");
}

/* It may say so of each action while the menu is open. */
static void a_source_that_takes_nothing_any_more_leaves_the_menu_empty(void **state)
{
	(void)state;
	world_keys(&w, "a");
	for (size_t i = 0; i < w.source_count; i++)
		memset(w.sources[i].withheld, 0xff, sizeof w.sources[i].withheld);
	world_send_sources(&w);
	world_keys(&w, "<Down><Up><Enter>");
	assert_int_equal(w.acted, 0);
	must_show(&w, "What is to be done?");
}

static void menu_letters_are_there_for_all_and_never_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; kinds[i]; i++) {
		char letters[40];
		size_t n = 0;
		for (const struct action *x = actions_of(kinds[i]); x && x->id; x++)
			n++;
		if (!n)
			continue;
		acting_letters(kinds[i], letters);
		assert_int_equal(strlen(letters), n);
		for (size_t k = 0; k < n; k++)
			assert_ptr_equal(strchr(letters, letters[k]), letters + k);
	}
}

static void a_line_of_text_does_the_same(void **state)
{
	(void)state;
	w.deaf = true;
	world_command(&w, "do assign --unit 'P. Quản lý đô thị' --note 'một hai'");
	const json_t *f = json_object_get(asked(0), "fields");
	assert_string_equal(member(f, "unit"), "qldt");
	assert_string_equal(member(f, "note"), "một hai");
	world_obey(&w);
	world_command(&w, "do assign --unit khong-co");
	must_show(&w, "nothing of this name");
	world_command(&w, "do assign PA-99999 --unit qldt");
	must_show(&w, "PA-99999");
	world_command(&w, "do fly");
	must_show(&w, "no action fly");
}

static void what_a_source_does_not_take_is_done_here_where_that_makes_sense(void **state)
{
	(void)state;
	const struct kind *k = kind_find("hazard");
	for (size_t i = 0; i < w.source_count; i++)
		for (const struct action *x = actions_of(k); x->id; x++)
			source_withhold(&w.sources[i], k, x);
	world_operator(&w, "shift-leader", NULL);
	world_hazard(&w, 3, "Lũ quét", "HIEU_LUC");
	world_send_sources(&w);
	world_changed(&w, "hazard");
	world_command(&w, "queue hazard");
	must_show(&w, "not acknowledged");
	world_keys(&w, "a");
	must_show(&w, "noted here only");
	assert_false(world_shows(&w, "Say that it is over"));
	w.deaf = true;
	world_keys(&w, "r");
	assert_string_equal(member(asked(0), "action"), "acknowledge");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_checked_complaints, close_console)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_form_says_which_record_which_version_and_what),
		TEST(what_was_done_shows_at_once_as_it_will_be),
		TEST(what_is_missing_is_said_and_nothing_is_sent),
		TEST(many_are_done_after_one_question_and_each_is_answered_for),
		TEST(one_of_many_that_fails_is_named),
		TEST(what_follows_on_what_waits_is_judged_as_it_will_be),
		TEST(rights_decide_what_the_menu_offers),
		TEST(a_source_that_takes_nothing_any_more_leaves_the_menu_empty),
		TEST(menu_letters_are_there_for_all_and_never_the_same),
		TEST(a_line_of_text_does_the_same),
		TEST(what_a_source_does_not_take_is_done_here_where_that_makes_sense),
	};
	return cmocka_run_group_tests_name("acting", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same once more to the next record; what was named last is offered first. */
#include "console.h"

#include <stdio.h>
#include <string.h>

static void a_key_does_the_same_to_one_record_after_the_other(void **state)
{
	(void)state;
	world_keys(&w, ".");
	must_show(&w, "nothing was done yet");
	world_keys(&w, "Dqldt<F2>");
	world_keys(&w, "..");
	assert_int_equal(w.acted, 3);
	w.deaf = true;
	world_keys(&w, ".");
	assert_string_equal(member(asked(0), "action"), "assign");
	assert_string_equal(
		json_string_value(json_object_get(
			json_object_get(json_array_get(w.asked, 0), "fields"), "unit")),
		"qldt");
}

static void what_is_asked_for_meanwhile_is_done_afterwards(void **state)
{
	(void)state;
	world_keys(&w, "chai<F2>");
	w.deaf = true;
	world_keys(&w, "...");
	assert_int_equal(json_array_size(w.asked), 1);
	char first[64];
	snprintf(first, sizeof first, "%s", member(asked(0), "record"));
	world_obey(&w);
	world_tick(&w, 10);
	assert_int_equal(json_array_size(w.asked), 1);
	assert_string_not_equal(member(asked(0), "record"), first);
	w.deaf = false;
	world_tick(&w, 10);
	assert_int_equal(w.acted, 4);
}

static void what_is_typed_ahead_is_for_what_comes(void **state)
{
	(void)state;
	w.deaf = true;
	world_keys(&w, "Dqldt<F2>jcxong<F2>");
	assert_int_equal(json_array_size(w.asked), 1);
	w.deaf = false;
	world_tick(&w, 10);
	assert_int_equal(w.acted, 2);
	must_show(&w, "queued: Comment");
}

static void keys_never_wait_for_long(void **state)
{
	(void)state;
	w.deaf = true;
	world_keys(&w, "Rchai<F2>");
	world_command(&w, "filter");
	world_keys(&w, "chai<F2>3");
	assert_false(world_shows(&w, "Dossiers ›"));
	world_tick(&w, 1100);
	world_keys(&w, "<Esc>3");
	must_show(&w, "Dossiers ›");
}

static void a_refusal_ends_it(void **state)
{
	(void)state;
	world_keys(&w, "chai<F2>");
	w.deaf = true;
	world_keys(&w, "...");
	snprintf(w.refusal, sizeof w.refusal, "disk full");
	w.deaf = false;
	world_tick(&w, 10);
	must_show(&w, "disk full");
	assert_int_equal(w.acted, 1);
	assert_int_equal(json_array_size(w.asked), 0);
}

static void where_it_can_not_be_done_nothing_is_and_the_record_is_named(void **state)
{
	(void)state;
	world_keys(&w, "Dqldt<F2>");
	world_command(&w, "filter state:\"MOI\"");
	world_keys(&w, ".");
	must_show(&w, "Distribute, PA-");
	must_show(&w, "not possible in this state");
	world_keys(&w, "5.");
	must_show(&w, "this queue has no action assign");
	assert_int_equal(w.acted, 1);
}

static void at_the_end_of_the_list_it_stops(void **state)
{
	(void)state;
	world_keys(&w, "Gchai<F2>");
	world_keys(&w, ".");
	must_show(&w, "there is no next record here");
	assert_int_equal(w.acted, 1);
}

static void many_are_asked_about_first(void **state)
{
	(void)state;
	world_keys(&w, "Dqldt<F2>j<Space><Space>.");
	must_show(&w, "2 records. Really?");
	must_show(&w, "P. Quản lý đô thị");
	assert_int_equal(w.acted, 1);
	world_keys(&w, "<Enter>");
	assert_int_equal(w.acted, 3);
}

static void units_said_last_are_offered_first_also_after_a_restart(void **state)
{
	(void)state;
	world_keys(&w, "Dubnd<F2>jDqldt<F2>j");
	assert_int_equal(w.acted, 2);
	json_t *kept = json_incref(w.drafts);
	close_console(NULL);
	open_checked_complaints(NULL);
	app_set_drafts(w.app, kept);
	w.deaf = true;
	world_keys(&w, "D<Down><Down><F2>");
	assert_string_equal(
		json_string_value(json_object_get(
			json_object_get(json_array_get(w.asked, 0), "fields"), "unit")),
		"ubnd-to-hieu");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_checked_complaints, close_console)
	const struct CMUnitTest tests[] = {
		T(a_key_does_the_same_to_one_record_after_the_other),
		T(what_is_asked_for_meanwhile_is_done_afterwards),
		T(what_is_typed_ahead_is_for_what_comes),
		T(keys_never_wait_for_long),
		T(a_refusal_ends_it),
		T(where_it_can_not_be_done_nothing_is_and_the_record_is_named),
		T(at_the_end_of_the_list_it_stops),
		T(many_are_asked_about_first),
		T(units_said_last_are_offered_first_also_after_a_restart),
	};
#undef T
	return cmocka_run_group_tests_name("repeat", tests, NULL, NULL);
}

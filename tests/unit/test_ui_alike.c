/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Duplicates on screen: what is asked, what keys do with them, and what the form of merging
 * offers. */
#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int setup(void **state)
{
	(void)state;
	world_init(&w, getenv("IOC_DATA_DIR"));
	world_alike(&w);
	world_start(&w, 32, 120, false);
	connect_console();
	world_command(&w, "goto PA-00001");
	world_keys(&w, "<Enter>");
	world_tick(&w, 200);
	w.deaf = true;
	return 0;
}

static void the_record_tells_its_group_and_what_is_like_it(void **state)
{
	(void)state;
	must_show(&w, "Merged into this one");
	must_show(&w, "PA-00017");
	must_show(&w, "Probably the same matter");
	must_show(&w, "22 m apart");
	must_show(&w, "same sender");
}

static void merging_goes_through_the_form_and_puts_the_later_into_the_earlier(void **state)
{
	(void)state;
	world_keys(&w, "dj");
	must_show(&w, "merging puts PA-00009 into PA-00001");
	world_keys(&w, "m");
	assert_int_equal(json_array_size(w.asked), 0);
	world_keys(&w, "<F2>");
	const json_t *c = json_array_get(w.asked, 0);
	assert_string_equal(member(c, "action"), "merge");
	assert_string_equal(member(c, "record"), "PA-00009");
	assert_string_equal(member(json_object_get(c, "fields"), "into"), "PA-00001");
}

static void what_is_merged_is_split_with_a_reason(void **state)
{
	(void)state;
	world_keys(&w, "ds");
	must_show(&w, "PA-00017");
	world_keys(&w, "<F2>");
	assert_int_equal(json_array_size(w.asked), 0); /* it must be said why */
	world_keys(&w, "hai<Space>viec<F2>");
	const json_t *c = json_array_get(w.asked, 0);
	assert_string_equal(member(c, "action"), "split");
	assert_string_equal(member(c, "record"), "PA-00017");
}

static void what_is_only_like_it_can_not_be_split_off(void **state)
{
	(void)state;
	world_keys(&w, "djs");
	must_show(&w, "not merged");
	assert_int_equal(json_array_size(w.asked), 0);
}

static void another_matter_is_told_to_the_writer_and_listed_last(void **state)
{
	(void)state;
	world_keys(&w, "djx");
	const json_t *c = json_array_get(w.asked, 0);
	assert_string_equal(member(c, "command"), "apart");
	assert_string_equal(member(json_object_get(c, "a"), "id"), "PA-00001");
	assert_string_equal(member(json_object_get(c, "b"), "id"), "PA-00009");
	assert_true(json_is_true(json_object_get(c, "apart")));
	snprintf(w.apart, sizeof w.apart, "PA-00009");
	world_changed(&w, "complaint");
	world_keys(&w, "G");
	must_show(&w, "Said to be another matter");
	world_keys(&w, "x");
	assert_false(json_is_true(json_object_get(json_array_get(w.asked, 1), "apart")));
}

static void the_form_of_merging_offers_earlier_ones(void **state)
{
	(void)state;
	world_command(&w, "goto PA-00009");
	world_keys(&w, "<Esc>");
	world_command(&w, "act merge");
	must_show(&w, "PA-00001  100%");
	world_keys(&w, "<Down><F2>");
	const json_t *c = json_array_get(w.asked, 0);
	assert_string_equal(member(c, "record"), "PA-00009");
	assert_string_equal(member(json_object_get(c, "fields"), "into"), "PA-00001");
}

static void a_code_may_still_be_typed(void **state)
{
	(void)state;
	world_command(&w, "goto PA-00009");
	world_keys(&w, "<Esc>");
	world_command(&w, "act merge");
	world_keys(&w, "PA-00002<F2>");
	const json_t *f = json_object_get(json_array_get(w.asked, 0), "fields");
	assert_string_equal(member(f, "into"), "PA-00002");
}

static void enter_shows_the_other_one_and_back_returns(void **state)
{
	(void)state;
	world_keys(&w, "dj<Enter>");
	world_tick(&w, 200);
	must_show(&w, "PA-00009 · In progress");
	world_keys(&w, "<Esc>");
	world_tick(&w, 200);
	must_show(&w, "PA-00001 · New");
}

static void other_queues_have_none(void **state)
{
	(void)state;
	world_keys(&w, "3d");
	must_show(&w, "never merged");
	world_command(&w, "duplicates-merge");
	must_show(&w, "screen of duplicates only");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, close_console)
	const struct CMUnitTest tests[] = {
		TEST(the_record_tells_its_group_and_what_is_like_it),
		TEST(merging_goes_through_the_form_and_puts_the_later_into_the_earlier),
		TEST(what_is_merged_is_split_with_a_reason),
		TEST(what_is_only_like_it_can_not_be_split_off),
		TEST(another_matter_is_told_to_the_writer_and_listed_last),
		TEST(the_form_of_merging_offers_earlier_ones),
		TEST(a_code_may_still_be_typed),
		TEST(enter_shows_the_other_one_and_back_returns),
		TEST(other_queues_have_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

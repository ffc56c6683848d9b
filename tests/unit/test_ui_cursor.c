/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cursor of a list: what stays still as rows come and go, and what moving asks. */
#include "console.h"

#include <string.h>

#include "base/clock.h"
#include "text/utf8.h"
#include "ui/state.h"

static struct record *add_first(const char *title)
{
	struct record *r = world_add(&w, "complaint", title, "MOI");
	r->values[COL_DUE_AT].set = true;
	r->values[COL_DUE_AT].i = w.now - 40 * HOUR; /* sorts before all others */
	return r;
}

static void cursor_stays_on_its_record_and_line_when_rows_come_above(void **state)
{
	(void)state;
	char before[32], after[32];
	int line, then;
	world_keys(&w, "2jjjjj");
	cursor_code(before, &line);
	add_first("một");
	add_first("hai");
	world_changed(&w, "complaint");
	cursor_code(after, &then);
	assert_string_equal(after, before);
	assert_int_equal(then, line);
	world_keys(&w, "n");
	cursor_code(after, &then);
	assert_string_equal(after, before);
}

static void cursor_stays_when_its_own_record_moves_in_the_order(void **state)
{
	(void)state;
	char before[32], after[32];
	int line, then;
	world_keys(&w, "2jjj");
	cursor_code(before, &line);
	for (size_t i = 0; i < w.record_count; i++)
		if (strcmp(record_text(w.records[i], COL_CODE), before) == 0)
			w.records[i]->values[COL_DUE_AT].i = w.now + 20 * HOUR;
	world_changed(&w, "complaint");
	cursor_code(after, &then);
	assert_string_equal(after, before);
	assert_int_equal(then, line);
}

static void new_rows_are_held_and_counted_while_the_operator_moves(void **state)
{
	(void)state;
	world_keys(&w, "2j");
	add_first("Một việc rất gấp");
	world_changed(&w, "complaint");
	assert_true(world_shows(&w, "1 new (n)"));
	assert_false(world_shows(&w, "Một việc rất gấp"));
	add_first("Hai");
	world_changed(&w, "complaint");
	assert_true(world_shows(&w, "2 new (n)"));
	world_keys(&w, "ngg");
	assert_true(world_shows(&w, "Một việc rất gấp"));
	assert_false(world_shows(&w, "new (.)"));
}

static void what_is_found_soon_is_shown_while_the_rest_is_looked_for(void **state)
{
	(void)state;
	char before[32], after[32];
	int line, then;
	w.slow = true;
	w.found_soon = 3;
	world_keys(&w, "2");
	w.silent = true;
	world_command(&w, "view all");
	while (!w.app->lists[0].looking_on)
		assert_true(world_answer_one(&w));
	assert_int_equal(w.app->lists[0].page->count, 3);
	must_show(&w, "looking further");
	world_keys(&w, "jj");
	cursor_code(before, &line);
	while (w.app->lists[0].looking_on)
		assert_true(world_answer_one(&w));
	assert_true(w.app->lists[0].page->count > 3);
	must_not_show("looking further");
	must_not_show("partial");
	cursor_code(after, &then);
	assert_string_equal(after, before);
	assert_int_equal(then, line);
}

static void rows_stay_where_nothing_is_found_soon(void **state)
{
	(void)state;
	char before[32], after[32];
	int line;
	world_keys(&w, "2");
	cursor_code(before, &line);
	w.slow = true;
	w.found_soon = 0;
	w.silent = true;
	world_command(&w, "filter severity>=9");
	while (!w.app->lists[0].looking_on)
		assert_true(world_answer_one(&w));
	cursor_code(after, &line);
	assert_string_equal(after, before);
	must_not_show("looking…");
	world_tick(&w, 1000);
	must_show(&w, "looking…");
	while (world_answer_one(&w))
		;
	must_not_show("looking…");
	must_show(&w, "No record passes the filter.");
}

static void new_rows_come_in_when_no_other_is_left(void **state)
{
	(void)state;
	world_keys(&w, "2j");
	for (size_t i = 0; i < w.record_count; i++) {
		w.records[i]->values[COL_STATE].s = "DONG";
		w.records[i]->values[COL_STATE].n = 4;
	}
	add_first("Một việc rất gấp");
	world_changed(&w, "complaint");
	assert_true(world_shows(&w, "Một việc rất gấp"));
	assert_true(world_shows(&w, "following"));
}

static void new_rows_flow_in_while_nobody_moves(void **state)
{
	(void)state;
	world_keys(&w, "2");
	assert_true(world_shows(&w, "following"));
	add_first("Một việc rất gấp");
	world_changed(&w, "complaint");
	assert_true(world_shows(&w, "Một việc rất gấp"));
	world_keys(&w, "jj");
	assert_true(world_shows(&w, "held"));
	world_keys(&w, "gg");
	assert_true(world_shows(&w, "following"));
}

static void following_cursor_goes_with_its_record(void **state)
{
	(void)state;
	char before[32], after[32];
	int line, then;
	world_keys(&w, "2");
	cursor_code(before, &line);
	add_first("một");
	world_changed(&w, "complaint");
	cursor_code(after, &then);
	assert_string_equal(after, before);
	assert_int_equal(then, line + 1);
}

static void closed_record_leaves_and_the_cursor_takes_the_next(void **state)
{
	(void)state;
	char before[32], next[32], after[32];
	int line, then;
	world_keys(&w, "2jjjj");
	cursor_code(next, &line);
	world_keys(&w, "k");
	cursor_code(before, &line);
	for (size_t i = 0; i < w.record_count; i++)
		if (strcmp(record_text(w.records[i], COL_CODE), before) == 0) {
			w.records[i]->values[COL_STATE].s = "DONG";
			w.records[i]->values[COL_STATE].n = 4;
		}
	world_changed(&w, "complaint");
	cursor_code(after, &then);
	assert_string_not_equal(after, before);
	(void)next;
}

static void moves_ask_nothing_until_an_edge_comes_near(void **state)
{
	(void)state;
	world_keys(&w, "2");
	size_t asked = w.queries;
	world_keys(&w, "jjjjjjjjjj");
	assert_int_equal(w.queries, asked);
	world_keys(&w, "<PageDown><PageDown><PageDown>");
	assert_true(w.queries > asked && w.queries <= asked + 3);
}

static void moves_beyond_the_window_are_kept_until_it_comes(void **state)
{
	(void)state;
	char code[32], wanted[32];
	int row;
	world_keys(&w, "2F");
	w.silent = true;
	for (int i = 0; i < 90; i++)
		world_keys(&w, "j");
	w.silent = false;
	world_tick(&w, 10);
	cursor_code(code, &row);
	world_keys(&w, "gg");
	world_command(&w, "goto 91");
	cursor_code(wanted, &row);
	assert_string_equal(code, wanted);
}

static void moves_typed_before_the_first_rows_came_count(void **state)
{
	(void)state;
	char code[32], wanted[32];
	int row;
	w.silent = true;
	world_keys(&w, "2jjj");
	w.silent = false;
	world_tick(&w, 10);
	cursor_code(code, &row);
	world_keys(&w, "ggjjj");
	cursor_code(wanted, &row);
	assert_string_equal(code, wanted);
	assert_true(world_shows(&w, "row 4"));
}

static void end_home_and_jumps_land_where_they_say(void **state)
{
	(void)state;
	char first[32], last[32], code[32];
	int row;
	world_keys(&w, "2F");
	cursor_code(first, &row);
	world_keys(&w, "G");
	cursor_code(last, &row);
	assert_string_not_equal(first, last);
	world_command(&w, "goto 1");
	cursor_code(code, &row);
	assert_string_equal(code, first);
	world_command(&w, "goto 100%");
	cursor_code(code, &row);
	assert_string_equal(code, last);
	world_command(&w, "goto PA-00077");
	cursor_code(code, &row);
	assert_string_equal(code, "PA-00077");
}

static void jump_to_a_code_finds_other_queues_and_hidden_records(void **state)
{
	(void)state;
	world_command(&w, "goto CG-00007");
	assert_true(world_shows(&w, "CG-00007"));
	char code[32];
	int row;
	world_keys(&w, "2");
	world_command(&w, "view late");
	world_command(&w, "goto PA-00008"); /* closed: not among the late ones */
	cursor_code(code, &row);
	assert_string_equal(code, "PA-00008");
	world_command(&w, "goto XX-1");
	assert_true(world_shows(&w, "no record with the code XX-1"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_small_connected, close_console)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(cursor_stays_on_its_record_and_line_when_rows_come_above),
		TEST(cursor_stays_when_its_own_record_moves_in_the_order),
		TEST(new_rows_are_held_and_counted_while_the_operator_moves),
		TEST(what_is_found_soon_is_shown_while_the_rest_is_looked_for),
		TEST(rows_stay_where_nothing_is_found_soon),
		TEST(new_rows_come_in_when_no_other_is_left),
		TEST(new_rows_flow_in_while_nobody_moves),
		TEST(following_cursor_goes_with_its_record),
		TEST(closed_record_leaves_and_the_cursor_takes_the_next),
		TEST(moves_ask_nothing_until_an_edge_comes_near),
		TEST(moves_beyond_the_window_are_kept_until_it_comes),
		TEST(moves_typed_before_the_first_rows_came_count),
		TEST(end_home_and_jumps_land_where_they_say),
		TEST(jump_to_a_code_finds_other_queues_and_hidden_records),
	};
	return cmocka_run_group_tests_name("cursor", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "//": all queues at once. */
#include "console.h"

#include <stdlib.h>
#include <string.h>

static int setup(void **state)
{
	(void)state;
	open_console(40, 120);
	connect_console();
	return 0;
}

/* The screen's row that shows this; fails where none does. */
static int result_row(const char *words)
{
	for (int row = 5; row < 39; row++) {
		char *text = world_row(&w, row);
		bool here = strstr(text, words) != NULL;
		free(text);
		if (here)
			return row;
	}
	fail_msg("%s is not on screen", words);
	return 0;
}

static void queues_answer_as_it_is_typed(void **state)
{
	(void)state;
	world_add(&w, "complaint", "Ngập úng đường Trần Phú", "MOI");
	world_add(&w, "alert", "Ngập úng dưới cầu", "MOI");
	world_changed(&w, "complaint");
	world_keys(&w, "/");
	must_show(&w, "all queues are searched");
	type("ngập ún");
	must_show(&w, "Complaints   1");
	must_show(&w, "Cameras   1");
	assert_false(world_shows(&w, "Calls  "));
	type("ngập ún không có");
	must_show(&w, "Nothing is found");
	world_command(&w, NULL);
	must_show(&w, "To be handled first");
}

static void two_strokes_search_from_a_list(void **state)
{
	(void)state;
	world_keys(&w, "2jjj/");
	type("/");
	must_show(&w, "all queues are searched");
	assert_string_equal(w.prompt, "");
	world_command(&w, NULL);
	must_show(&w, "Complaints › Open");
}

static void accents_that_were_typed_come_first(void **state)
{
	(void)state;
	world_add(&w, "complaint", "Mùi hoá chất", "MOI");
	world_add(&w, "complaint", "Hòa bình", "MOI");
	world_add(&w, "complaint", "Binh hoa", "MOI");
	world_changed(&w, "complaint");
	world_command(&w, "find hoà");
	int exact = result_row("Hòa bình"), divider = result_row("with other accents, or none");
	assert_true(exact < divider);
	assert_true(divider < result_row("Binh hoa"));
	assert_true(divider < result_row("Mùi hoá chất"));
	world_command(&w, "find hoa");
	assert_false(world_shows(&w, "with other accents"));
	result_row("Hòa bình");
	result_row("Binh hoa");
}

static void a_code_finds_its_record_at_once(void **state)
{
	(void)state;
	static const char *const spellings[] = {"PA-00077", "pa-00077", "pa00077", "PA 00077"};
	for (size_t i = 0; i < 3; i++) {
		world_keys(&w, "1/");
		type(spellings[i]);
		int heading = result_row("Called so");
		assert_true(result_row("PA-00077") == heading + 1);
		world_command(&w, spellings[i]);
		must_show(&w, "PA-00077 ·"); /* the record itself */
		world_keys(&w, "qq");
	}
}

static void what_was_found_opens_in_its_queue(void **state)
{
	(void)state;
	world_add(&w, "alert", "Ngập úng dưới cầu", "MOI");
	world_changed(&w, "alert");
	world_command(&w, "find ngap ung duoi");
	world_keys(&w, "<Enter>");
	must_show(&w, "Ngập úng dưới cầu");
	must_show(&w, "Cameras ›");
}

static void a_queue_opens_with_what_was_looked_for(void **state)
{
	(void)state;
	world_command(&w, "find ngo 308");
	world_keys(&w, "G");
	int more = result_row("all of them, in the queue");
	char *text = world_row(&w, more);
	free(text);
	for (int i = 0; i < 40; i++) {
		text = world_row(&w, more);
		bool here = strncmp(text, "▌", strlen("▌")) == 0;
		free(text);
		if (here)
			break;
		world_keys(&w, "k");
	}
	world_keys(&w, "<Enter>");
	must_show(&w, "filter: ngo 308*");
}

static void hostile_words_break_nothing(void **state)
{
	(void)state;
	static const char *const words[] = {
		"((", "\"",       "code:", "-",   "..", "a..b", "1..2",
		"*",  "\xff\xfe", "or",    "x:y", "))", "-(",   "12345678901234567890"};
	world_keys(&w, "/");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		type(words[i]);
		world_keys(&w, "");
	}
	world_command(&w, "((");
	world_keys(&w, "jkG<Enter>q");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, close_console)
	const struct CMUnitTest tests[] = {
		TEST(queues_answer_as_it_is_typed),
		TEST(two_strokes_search_from_a_list),
		TEST(accents_that_were_typed_come_first),
		TEST(a_code_finds_its_record_at_once),
		TEST(what_was_found_opens_in_its_queue),
		TEST(a_queue_opens_with_what_was_looked_for),
		TEST(hostile_words_break_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

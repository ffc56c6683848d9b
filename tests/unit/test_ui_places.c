/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Back and forward, bookmarks, records seen lately; what of it is there at the next start. */

#include "console.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* Another console of the same operator. */
static void start_again(void)
{
	world_tick(&w, 3 * SECOND);
	json_t *memory = json_deep_copy(w.memory);
	world_free(&w);
	world_init(&w, getenv("IOC_DATA_DIR"));
	world_start(&w, 24, 100, false);
	if (memory)
		app_set_memory(w.app, memory);
	world_tick(&w, SECOND);
}

static void back_leads_through_the_questions_that_were_asked(void **state)
{
	(void)state;
	world_keys(&w, "2");
	world_command(&w, "view late");
	world_command(&w, "filter Hố");
	world_keys(&w, "3");
	must_show(&w, "Dossiers › Open");
	world_keys(&w, "<A-Left>");
	must_show(&w, "Complaints › Late");
	must_show(&w, "filter: Hố");
	world_keys(&w, "<C-o>");
	must_show(&w, "Complaints › Late   8");
	must_not_show("filter:");
	world_keys(&w, "<A-Left>");
	must_show(&w, "Complaints › Open");
	world_keys(&w, "<A-Left>");
	must_show(&w, "To be handled first");
	world_keys(&w, "<A-Left>");
	must_show(&w, "this is where it began");
	world_keys(&w, "<A-Right><A-Right><A-Right>");
	must_show(&w, "filter: Hố");
	world_keys(&w, "<C-n><C-n>");
	must_show(&w, "there is no later place");
	must_show(&w, "Dossiers › Open");
}

static void a_place_keeps_its_record_and_what_was_open(void **state)
{
	(void)state;
	world_keys(&w, "2jjj");
	must_show(&w, "▌ ! 1h12m wt late   PA-00094");
	world_keys(&w, "<Enter>");
	world_command(&w, "view all");
	world_keys(&w, "q");
	world_keys(&w, "<C-o>q");
	must_show(&w, "▌ ! 1h12m wt late   PA-00094");
}

static void another_question_ends_the_way_forward(void **state)
{
	(void)state;
	world_keys(&w, "234<C-o><C-o>");
	must_show(&w, "Complaints › Open");
	world_keys(&w, "5<C-n>");
	must_show(&w, "there is no later place");
	world_keys(&w, "<C-o>");
	must_show(&w, "Complaints › Open");
}

static void a_jump_to_a_record_can_be_taken_back(void **state)
{
	(void)state;
	world_keys(&w, "2j");
	must_show(&w, "▌ ! 1h12m wt late   PA-00120");
	world_command(&w, "goto PA-00005");
	must_show(&w, "PA-00005  Trật tự");
	world_keys(&w, "<C-o>");
	must_show(&w, "▌ ! 1h12m wt late   PA-00120");
}

static void the_places_can_be_picked(void **state)
{
	(void)state;
	world_keys(&w, "2");
	world_command(&w, "view late");
	world_keys(&w, "34gp");
	must_show(&w, "Places");
	must_show(&w, "Complaints › Late");
	world_keys(&w, "late<Enter>");
	must_show(&w, "Complaints › Late   8");
	world_keys(&w, "<C-n><C-n>");
	must_show(&w, "Calls ›");
}

static void many_places_forget_the_first_ones(void **state)
{
	(void)state;
	for (int i = 0; i < 150; i++)
		world_keys(&w, i % 2 ? "2" : "3");
	for (int i = 0; i < 98; i++)
		world_keys(&w, "<C-o>");
	must_not_show("this is where it began");
	world_keys(&w, "<C-o><C-o>");
	must_show(&w, "this is where it began");
}

static void a_bookmark_leads_back_also_after_a_start(void **state)
{
	(void)state;
	world_keys(&w, "2");
	world_command(&w, "view late");
	world_command(&w, "sort -created_at");
	world_keys(&w, "jjma");
	must_show(&w, "bookmark a is here");
	char *row = world_row(&w, 7);
	world_keys(&w, "1");
	world_keys(&w, "'a");
	must_show(&w, "Complaints › Late   8");
	start_again();
	world_keys(&w, "'a");
	must_show(&w, "Complaints › Late   8");
	char *again = world_row(&w, 7);
	if (strncmp(row, again, 40) != 0)
		fail_msg("%s is not %s", again, row);
	free(row);
	free(again);
}

static void a_bookmark_brings_the_groups_back(void **state)
{
	(void)state;
	world_keys(&w, "2bjzjma");
	start_again();
	world_keys(&w, "2");
	must_show(&w, "row 1");
	world_keys(&w, "'a");
	must_show(&w, "Complaints › Open › Unit");
	world_keys(&w, "qmb'a'b");
	must_show(&w, "row 1");
}

static void bookmarks_are_shown_and_missing_ones_told(void **state)
{
	(void)state;
	world_keys(&w, "'x");
	must_show(&w, "there is no bookmark x");
	world_keys(&w, "m<Esc>m%");
	must_show(&w, "a bookmark is a letter or a digit");
	world_keys(&w, "6mđ3mB''");
	must_show(&w, "Bookmarks");
	must_show(&w, "Dossiers › Open");
	must_show(&w, "Due");
	world_keys(&w, "<Esc>1'd");
	must_show(&w, "Due › All queues");
}

static void a_record_counts_as_seen_after_a_while(void **state)
{
	(void)state;
	world_keys(&w, "2<Enter>");
	world_tick(&w, 3 * SECOND);
	world_keys(&w, "]]");
	world_tick(&w, 3 * SECOND);
	world_keys(&w, "qgr");
	must_show(&w, "Seen lately");
	must_show(&w, "PA-00001");
	must_show(&w, "PA-00107");
	start_again();
	world_keys(&w, "gr<Down><Down><Enter>");
	must_show(&w, "PA-00001");
	must_show(&w, "History");
}

static void what_is_seen_is_kept_without_words(void **state)
{
	(void)state;
	world_keys(&w, "2<Enter>");
	world_tick(&w, 3 * SECOND);
	world_tick(&w, 3 * SECOND);
	const json_t *one = json_array_get(json_object_get(w.memory, "recent"), 0);
	assert_non_null(one);
	assert_int_equal(json_object_size(one), 3);
	assert_string_equal(json_string_value(json_object_get(one, "code")), "PA-00001");
	assert_string_equal(json_string_value(json_object_get(one, "kind")), "complaint");
}

static void a_memory_of_nonsense_is_borne(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"{\"recent\": 3, \"bookmark/a\": 4, \"columns/complaint\": 7}",
		"{\"recent\": [1, {}, {\"kind\":\"area\",\"code\":\"x\"}, {\"kind\":5}]}",
		("{\"bookmark/a\": "
		 "{\"kind\":\"complaint\",\"filter\":\"((\",\"sort\":\"nosuch\"}}"),
		"{\"bookmark/a\": {\"tab\": 99999999999}}",
		"{\"bookmark/a\": {\"tab\": -1}}",
		"{\"columns/complaint\": \"nosuch x=y !\"}"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		app_set_memory(w.app, json_loads(texts[i], 0, NULL));
		world_keys(&w, "2gr<Down><Enter><Esc>''<Enter><Esc>'a<Esc>1");
	}
	must_show(&w, "To be handled first");
}

static void columns_are_kept_from_start_to_start(void **state)
{
	(void)state;
	world_keys(&w, "2");
	must_show(&w, "   Due ▲           Code");
	world_keys(&w, "}");
	must_show(&w, "  Code        Due ▲");
	world_command(&w, "toggle-column unit");
	must_not_show("Unit");
	start_again();
	world_keys(&w, "2");
	must_show(&w, "  Code        Due ▲");
	must_not_show("Unit");
	world_command(&w, "columns-reset");
	must_show(&w, "   Due ▲           Code");
	start_again();
	world_keys(&w, "2");
	must_show(&w, "   Due ▲           Code");
}

static void a_column_is_widened_and_moved_where_columns_are_chosen(void **state)
{
	(void)state;
	world_keys(&w, "2o");
	must_show(&w, "▌ ■ Due");
	world_keys(&w, "++");
	must_show(&w, "▲  20│");
	world_keys(&w, "J");
	world_keys(&w, "q");
	must_show(&w, "  Code        Due ▲");
	world_keys(&w, "o<Down>=q");
	must_show(&w, "   Due ▲           Code");
}

static void columns_of_a_view_are_the_views_own(void **state)
{
	(void)state;
	world_keys(&w, "2");
	world_command(&w, "toggle-column unit");
	world_command(&w, "column-wider code");
	world_command(&w, "view-save mine");
	assert_non_null(strstr(w.own_views.s, "columns: \"due_at code="));
	world_command(&w, "view open");
	world_command(&w, "columns-reset");
	must_show(&w, "Unit");
	world_command(&w, "view mine");
	must_not_show("Unit  ");
	world_command(&w, "toggle-column unit");
	must_show(&w, ":view-save keeps them");
	world_command(&w, "view open");
	world_command(&w, "view mine");
	must_not_show("Unit  ");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_alone, close_console)
	const struct CMUnitTest tests[] = {
		T(back_leads_through_the_questions_that_were_asked),
		T(a_place_keeps_its_record_and_what_was_open),
		T(another_question_ends_the_way_forward),
		T(a_jump_to_a_record_can_be_taken_back),
		T(the_places_can_be_picked),
		T(many_places_forget_the_first_ones),
		T(a_bookmark_leads_back_also_after_a_start),
		T(a_bookmark_brings_the_groups_back),
		T(bookmarks_are_shown_and_missing_ones_told),
		T(a_record_counts_as_seen_after_a_while),
		T(what_is_seen_is_kept_without_words),
		T(a_memory_of_nonsense_is_borne),
		T(columns_are_kept_from_start_to_start),
		T(a_column_is_widened_and_moved_where_columns_are_chosen),
		T(columns_of_a_view_are_the_views_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

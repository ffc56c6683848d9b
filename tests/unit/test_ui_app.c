/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the console behaves as a whole: what changes, what is said, and that nothing breaks it.
 */
#include "console.h"

#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"

static void wrong_filter_changes_nothing(void **state)
{
	(void)state;
	char before[32], after[32];
	int line, then;
	world_keys(&w, "2jj");
	cursor_code(before, &line);
	world_command(&w, "filter ((");
	assert_true(world_shows(&w, "something is missing here"));
	cursor_code(after, &then);
	world_changed(&w, "complaint");
	assert_true(world_shows(&w, "PA-"));
}

static void marks_belong_to_records(void **state)
{
	(void)state;
	world_keys(&w, "2<Space><Space>");
	assert_true(world_shows(&w, "2 marked"));
	world_command(&w, "sort -created_at");
	world_command(&w, "view all");
	assert_true(world_shows(&w, "2 marked"));
	world_keys(&w, "U");
	assert_false(world_shows(&w, "marked"));
}

static void record_beside_the_list_is_read_once_the_cursor_rests(void **state)
{
	(void)state;
	world_resize(&w, 40, 200);
	world_keys(&w, "2<Enter>");
	world_tick(&w, 200);
	size_t asked = w.queries;
	world_keys(&w, "jjjj");
	assert_int_equal(w.queries, asked);
	assert_true(app_next_tick(w.app, w.now) <= w.now + 200);
	world_tick(&w, 200);
	assert_int_equal(w.queries, asked + 1);
}

static void related_record_is_shown_and_left_again(void **state)
{
	(void)state;
	world_command(&w, "goto PA-00001");
	world_keys(&w, "<Enter>");
	assert_true(world_shows(&w, "PA-00001 ·"));
	world_keys(&w, "l");
	assert_true(world_shows(&w, "CG-00003 ·"));
	world_keys(&w, "q");
	assert_true(world_shows(&w, "PA-00001 ·"));
	world_keys(&w, "qqq");
	assert_true(world_shows(&w, "To be handled first"));
}

static void personal_data_is_masked(void **state)
{
	(void)state;
	world_command(&w, "goto PA-00001");
	world_keys(&w, "<Enter>");
	assert_true(world_shows(&w, "Nguyễn V. A."));
	assert_false(world_shows(&w, "Nguyễn Văn An"));
	assert_false(world_shows(&w, "0912"));
	world_keys(&w, "G");
	assert_false(world_shows(&w, "0912"));
}

static void cancelled_query_is_asked_again(void **state)
{
	(void)state;
	world_keys(&w, "2");
	w.silent = true;
	world_changed(&w, "complaint");
	size_t asked = w.queries;
	struct page *p = page_new();
	p->generation = UINT64_MAX; /* not the one waited for: ignored */
	world_send(&w, &(struct event){.type = EVENT_PAGE, .page = p});
	w.silent = false;
	world_tick(&w, 10);
	assert_true(w.queries > asked || world_shows(&w, "PA-00001"));
	assert_true(world_shows(&w, "PA-00001"));
}

static void tick_within_a_second_changes_nothing(void **state)
{
	(void)state;
	app_render(w.app, &w.screen);
	assert_false(app_is_dirty(w.app));
	world_tick(&w, 100);
	assert_false(app_is_dirty(w.app));
	world_tick(&w, 1000);
	assert_true(app_is_dirty(w.app));
}

static void idle_screen_changes_only_its_clock(void **state)
{
	(void)state;
	world_keys(&w, "2");
	size_t bytes = sizeof(struct cell) * (size_t)w.screen.rows * (size_t)w.screen.columns;
	struct cell *before = malloc(bytes);
	world_tick(&w, 1000);
	app_render(w.app, &w.screen);
	memcpy(before, w.screen.cells, bytes);
	world_tick(&w, 1000);
	app_render(w.app, &w.screen);
	for (int i = 0; i < w.screen.rows * w.screen.columns; i++)
		if (memcmp(&before[i], &w.screen.cells[i], sizeof *before) != 0)
			assert_true(i >= w.screen.columns - 3 && i < w.screen.columns);
	free(before);
}

static void step_of_the_cursor_changes_few_cells(void **state)
{
	(void)state;
	world_resize(&w, 50, 200);
	world_keys(&w, "2j");
	size_t bytes = sizeof(struct cell) * (size_t)w.screen.rows * (size_t)w.screen.columns;
	app_render(w.app, &w.screen);
	bytes = sizeof(struct cell) * (size_t)w.screen.rows * (size_t)w.screen.columns;
	struct cell *before = malloc(bytes);
	memcpy(before, w.screen.cells, bytes);
	world_keys(&w, "j");
	app_render(w.app, &w.screen);
	int changed = 0;
	for (int i = 0; i < w.screen.rows * w.screen.columns; i++)
		changed += memcmp(&before[i], &w.screen.cells[i], sizeof *before) != 0;
	free(before);
	assert_in_range(changed, 1, 40);
}

static void input_method_left_on_does_not_matter(void **state)
{
	(void)state;
	world_keys(&w, "2ô"); /* o with Telex */
	assert_true(world_shows(&w, "Columns and order"));
}

static void a_text_is_never_scrolled_past_its_ends(void **state)
{
	(void)state;
	world_keys(&w, "?");
	char *top = world_row(&w, 4);
	world_command(&w, "page-down 2147483647");
	char *end = world_row(&w, 4);
	assert_string_not_equal(end, top);
	world_command(&w, "page-up 2147483647");
	char *again = world_row(&w, 4);
	assert_string_equal(again, top);
	free(top);
	free(end);
	free(again);
}

static bool rings(struct event *e)
{
	app_update(w.app, e, &w.fx);
	bool rang = false;
	for (size_t i = 0; i < w.fx.count; i++)
		rang |= w.fx.list[i].type == EFFECT_BELL;
	effects_clear(&w.fx);
	return rang;
}

static void escalation_is_said_and_rings_where_it_may(void **state)
{
	struct event e = {.type = EVENT_ESCALATION, .now = w.now};
	(void)state;
	e.escalation.count = 3;
	e.escalation.level = 2;
	e.escalation.code = "PA-00423";
	e.escalation.whom = "direct leader";
	e.escalation.loud = true;
	assert_true(rings(&e));
	assert_true(
		world_shows(&w, "PA-00423: escalation to level 2 (direct leader), and 2 more"));
	e.escalation.loud = false;
	assert_false(rings(&e));
}

static void quitting_takes_its_own_key(void **state)
{
	(void)state;
	world_keys(&w, "2qqq<Esc><BS>");
	assert_false(w.quit);
	world_keys(&w, "Q");
	assert_true(w.quit);
}

static const char *const random_keys[] = {
	"j", "k",     "G",     "gg", "<PageDown>", "<PageUp>", "<C-d>",   "<C-u>", "<Enter>",
	"q", "<Esc>", "<Tab>", "1",  "2",          "3",        "4",       "5",     "6",
	"7", "f",     "/",     "F",  "t",          "o",        "<Space>", "<lt>",  ">",
	"r", ".",     "v",     "]",  "[",          "?",        "T",       "l",     "y",
	"M", "g",     "ư",     "%",  "<Home>",     "<End>",    "S",       ":",
};

static void random_event(void)
{
	static const char *const kind_names[] = {"complaint", "dossier", "call", "alert"};
	static const char *const lines[] = {
		"filter ((",
		"filter a",
		"goto 50%",
		"goto 9999",
		"goto PA-00010",
		"due dossier",
		"forecast",
		"explain",
		"group-by area",
		"units",
		"due-queue",
		"view late",
		"sort -title",
		"clear",
		"toggle-column area",
		"related 2",
		"layout",
		"xyz",
		"",
	};
	int what = rand() % 100;
	const char *kind = kind_names[rand() % 4];
	if (what < 70)
		world_keys(&w, random_keys[(size_t)rand() %
					   (sizeof random_keys / sizeof *random_keys)]);
	else if (what < 75)
		world_resize(&w, rand() % 70 + 1, rand() % 250 + 1);
	else if (what < 82)
		world_command(&w, lines[(size_t)rand() % (sizeof lines / sizeof *lines)]);
	else if (what < 86 && w.record_count < WORLD_RECORDS_MOST - 1)
		world_add(&w, kind, NULL, NULL), world_changed(&w, kind);
	else if (what < 88)
		w.silent = !w.silent;
	else if (what < 89)
		w.failing = rand() % 2 ? ERR_IO : ERR_NONE;
	else if (what < 96)
		world_tick(&w, rand() % 5000);
	else
		world_send_writer(&w, (enum writer_state)(rand() % 4), "no such file");
}

static void random_events_and_sizes_never_break_it(void **state)
{
	(void)state;
	srand(19);
	for (int i = 0; i < 6000; i++) {
		random_event();
		if (app_is_dirty(w.app))
			app_render(w.app, &w.screen);
		assert_int_equal(w.screen.cursor_row < w.screen.rows, 1);
		assert_int_equal(w.screen.cursor_column < w.screen.columns, 1);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_small_connected, close_console)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(wrong_filter_changes_nothing),
		TEST(marks_belong_to_records),
		TEST(record_beside_the_list_is_read_once_the_cursor_rests),
		TEST(related_record_is_shown_and_left_again),
		TEST(personal_data_is_masked),
		TEST(cancelled_query_is_asked_again),
		TEST(tick_within_a_second_changes_nothing),
		TEST(idle_screen_changes_only_its_clock),
		TEST(step_of_the_cursor_changes_few_cells),
		TEST(input_method_left_on_does_not_matter),
		TEST(a_text_is_never_scrolled_past_its_ends),
		TEST(escalation_is_said_and_rings_where_it_may),
		TEST(quitting_takes_its_own_key),
		TEST(random_events_and_sizes_never_break_it),
	};
	return cmocka_run_group_tests_name("app", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the console behaves: what stays still, what is asked, and that nothing breaks it. */
#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "text/utf8.h"

static int setup(void **state)
{
	open_alone(state);
	connect_console();
	return 0;
}

/* The row of the screen with the cursor's mark, and its text; the caller frees. */
static char *cursor_row(int *row)
{
	for (*row = 3; *row < 23; (*row)++) {
		char *text = world_row(&w, *row);
		if (strncmp(text, "▌", strlen("▌")) == 0)
			return text;
		free(text);
	}
	fail_msg("no cursor on screen");
	return NULL;
}

static void code_in(const char *text, char code[32])
{
	const char *s = strstr(text, "PA-");
	assert_non_null(s);
	snprintf(code, 32, "%.8s", s);
}

static void cursor_code(char code[32], int *row)
{
	char *text = cursor_row(row);
	code_in(text, code);
	free(text);
}

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

static void mouse_works_once_it_is_switched_on(void **state)
{
	(void)state;
	int before, after;
	char code[32];
	world_keys(&w, "2");
	struct event e = {.type = EVENT_MOUSE};
	e.mouse.row = 10;
	e.mouse.column = 30;
	e.mouse.button = 1;
	e.mouse.pressed = true;
	cursor_code(code, &before);
	world_send(&w, &e);
	cursor_code(code, &after);
	assert_int_equal(after, before);
	world_keys(&w, "M");
	world_send(&w, &e);
	cursor_code(code, &after);
	assert_int_equal(after, 10);
}

static void click_at(int row, int column)
{
	struct event e = {.type = EVENT_MOUSE};
	e.mouse.row = row;
	e.mouse.column = column;
	e.mouse.button = 1;
	e.mouse.pressed = true;
	world_send(&w, &e);
}

/* Where a word stands in a row. */
static int column_of(int row, const char *word)
{
	char *text = world_row(&w, row), *at = strstr(text, word);
	assert_non_null(at);
	int column = utf8_width(text, (size_t)(at - text));
	free(text);
	return column;
}

static bool row_has(int row, const char *word)
{
	char *text = world_row(&w, row);
	bool has = strstr(text, word);
	free(text);
	return has;
}

static void words_of_the_key_line_can_be_clicked(void **state)
{
	(void)state;
	world_keys(&w, "2M");
	int footer = w.screen.rows - 1;
	world_tick(&w, 10000); /* the message is over */
	click_at(footer, column_of(footer, "why due"));
	assert_false(world_shows(&w, "Complaints ›"));
	world_keys(&w, "q:");
	click_at(footer, 30);
	assert_string_equal(w.prompt, "");
}

static void headings_sort_and_turn_round(void **state)
{
	(void)state;
	world_keys(&w, "2M");
	int heading = 0;
	while (!row_has(heading, "Code "))
		heading++;
	int column = column_of(heading, "Code");
	click_at(heading, column);
	assert_true(world_shows(&w, "by Code ▲"));
	click_at(heading, column);
	assert_true(world_shows(&w, "by Code ▼"));
}

static void borders_do_nothing(void **state)
{
	(void)state;
	struct strbuf before = STRBUF_INIT, after = STRBUF_INIT;
	world_resize(&w, 50, 200);
	world_keys(&w, "2M<Enter>");
	for (int i = 0; i < 4 && !row_has(10, "│"); i++)
		world_keys(&w, "v"); /* until the record stands beside the list */
	int border = column_of(10, "│");
	world_dump(&w, &before);
	click_at(10, border);
	world_dump(&w, &after);
	assert_string_equal(after.s, before.s);
	strbuf_free(&before);
	strbuf_free(&after);
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

/* --- whatever happens ----------------------------------------------------- */

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

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, close_console)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(cursor_stays_on_its_record_and_line_when_rows_come_above),
		TEST(cursor_stays_when_its_own_record_moves_in_the_order),
		TEST(new_rows_are_held_and_counted_while_the_operator_moves),
		TEST(new_rows_come_in_when_no_other_is_left),
		TEST(new_rows_flow_in_while_nobody_moves),
		TEST(following_cursor_goes_with_its_record),
		TEST(closed_record_leaves_and_the_cursor_takes_the_next),
		TEST(moves_ask_nothing_until_an_edge_comes_near),
		TEST(moves_beyond_the_window_are_kept_until_it_comes),
		TEST(moves_typed_before_the_first_rows_came_count),
		TEST(end_home_and_jumps_land_where_they_say),
		TEST(jump_to_a_code_finds_other_queues_and_hidden_records),
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
		TEST(mouse_works_once_it_is_switched_on),
		TEST(words_of_the_key_line_can_be_clicked),
		TEST(headings_sort_and_turn_round),
		TEST(borders_do_nothing),
		TEST(a_text_is_never_scrolled_past_its_ends),
		TEST(escalation_is_said_and_rings_where_it_may),
		TEST(quitting_takes_its_own_key),
		TEST(random_events_and_sizes_never_break_it),
	};
	return cmocka_run_group_tests_name("app", tests, NULL, NULL);
}

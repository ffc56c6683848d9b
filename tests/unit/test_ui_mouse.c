/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the mouse does once it is switched on. */
#include "console.h"

#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"

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

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_small_connected, close_console)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(mouse_works_once_it_is_switched_on),
		TEST(words_of_the_key_line_can_be_clicked),
		TEST(headings_sort_and_turn_round),
		TEST(borders_do_nothing),
	};
	return cmocka_run_group_tests_name("mouse", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "/": the list follows what is typed. */
#include "console.h"

#include <stdlib.h>
#include <string.h>

#include "model/filter_typing.h"

static int setup(void **state)
{
	open_small_connected(state);
	world_keys(&w, "2");
	return 0;
}

static void the_list_follows_each_key(void **state)
{
	(void)state;
	world_keys(&w, "/");
	type("đ");
	must_show(&w, "filter: đ*");
	type("đè");
	must_show(&w, "filter: đè*");
	type("đè ");
	must_show(&w, "filter: đè ");
}

static char *picture(void)
{
	struct strbuf b = STRBUF_INIT;
	for (int row = 3; row < 22; row++) {
		char *text = world_row(&w, row);
		strbuf_addf(&b, "%s\n", text);
		free(text);
	}
	return strbuf_detach(&b);
}

static void escape_gives_the_list_back(void **state)
{
	(void)state;
	world_command(&w, NULL);
	world_keys(&w, "jjjjj");
	char *before = picture();
	world_keys(&w, "/");
	type("đường");
	char *between = picture();
	assert_string_not_equal(before, between);
	world_command(&w, NULL);
	char *after = picture();
	assert_string_equal(before, after);
	free(before);
	free(between);
	free(after);
}

static void enter_keeps_what_was_seen(void **state)
{
	(void)state;
	world_keys(&w, "/");
	type("đườ");
	char *seen = picture();
	world_command(&w, "đườ");
	char *kept = picture();
	assert_string_equal(seen, kept);
	free(seen);
	free(kept);
}

static void an_untouched_prompt_changes_nothing(void **state)
{
	(void)state;
	world_command(&w, "filter đường");
	world_keys(&w, "/");
	world_command(&w, "");
	must_show(&w, "filter: đường");
}

static void what_is_wrong_is_said_beside_it(void **state)
{
	(void)state;
	world_keys(&w, "/");
	type("đèn ((");
	must_show(&w, "a ) is missing");
	type("đèn");
	assert_false(world_shows(&w, "a ) is missing"));
	world_command(&w, NULL);
}

static void an_end_is_added_where_it_is_missing(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *meant;
	} table[] = {
		{"", ""},
		{"rac th", "rac th*"},
		{"rác thả", "rác thả*"},
		{"rac ", "rac "},
		{"\"rac th", "\"rac th\"*"},
		{"\"rac th\"", "\"rac th\""},
		{"(rac", "(rac*)"},
		{"((a b) c", "((a b) c*)"},
		{"unit:H52", "unit:H52"},
		{"unit:H52 rac", "unit:H52 rac*"},
		{"rac*", "rac*"},
		{"created_at>=2026-11-21", "created_at>=2026-11-21"},
		{"unit:\"đội", "unit:\"đội\""},
		{")", ")"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char *meant = filter_while_typed(table[i].typed);
		assert_string_equal(meant, table[i].meant);
		free(meant);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_list_follows_each_key, setup,
						close_console),
		cmocka_unit_test_setup_teardown(escape_gives_the_list_back, setup,
						close_console),
		cmocka_unit_test_setup_teardown(enter_keeps_what_was_seen, setup,
						close_console),
		cmocka_unit_test_setup_teardown(an_untouched_prompt_changes_nothing, setup,
						close_console),
		cmocka_unit_test_setup_teardown(what_is_wrong_is_said_beside_it, setup,
						close_console),
		cmocka_unit_test(an_end_is_added_where_it_is_missing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

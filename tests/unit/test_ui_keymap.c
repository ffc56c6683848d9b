/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/command.h"
#include "ui/event.h"
#include "ui/keymap.h"

static struct keymap *map;
static struct strbuf problems = STRBUF_INIT;

static int setup(void **state)
{
	(void)state;
	map = keymap_new();
	strbuf_clear(&problems);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	keymap_free(map);
	strbuf_free(&problems);
	return 0;
}

static int read_text(const char *name, const char *text)
{
	return keymap_read(map, name, text, strlen(text), &problems);
}

static const char *command_for(enum context c, const char *keys)
{
	uint32_t strokes[KEYS_MOST];
	const char *command = NULL;
	size_t n = keys_parse(keys, strokes);
	keymap_find(map, c, strokes, n, &command);
	return command;
}

static void every_key_name_reads_back_as_itself(void **state)
{
	(void)state;
	static const char *const names[] = {
		"j",    "<Down>",  "<C-l>", "<F1>", "<F12>", "<A-x>",    "<Space>",
		"<lt>", "<S-Tab>", "<Esc>", "?",    "ư",     "<A-Left>",
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		uint32_t key;
		char name[KEY_NAME_SIZE];
		assert_int_equal(key_parse(names[i], &key), strlen(names[i]));
		assert_string_equal(key_name(key, name), names[i]);
	}
}

static void a_key_can_be_named_as_help_shows_it(void **state)
{
	(void)state;
	uint32_t key;
	assert_int_equal(key_parse("<PgDn>", &key), 6);
	assert_int_equal(key, UI_KEY_PAGE_DOWN);
	assert_int_equal(key_parse("<Shift-Tab>", &key), 11);
	assert_int_equal(key, UI_KEY_BACKTAB);
}

static void what_is_no_key_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {"<Dwon>", "<F13>", "<C-1>", "\x1b",
					    "",       "<F0>",  "abcde"};
	uint32_t keys[KEYS_MOST];
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(keys_parse(wrong[i], keys), 0);
}

static void context_is_looked_at_before_common(void **state)
{
	(void)state;
	assert_int_equal(read_text("keys", "bind common h help\nbind list h back\n"), 0);
	assert_string_equal(command_for(CONTEXT_LIST, "h"), "back");
	assert_string_equal(command_for(CONTEXT_OVERVIEW, "h"), "help");
	assert_null(command_for(CONTEXT_LIST, "x"));
}

static void sequences_wait_for_their_last_key(void **state)
{
	(void)state;
	const char *command;
	read_text("keys", "bind common gg home\n");
	assert_int_equal(keymap_find(map, CONTEXT_LIST, (uint32_t[]){'g'}, 1, &command),
			 KEYMAP_PREFIX);
	assert_int_equal(keymap_find(map, CONTEXT_LIST, (uint32_t[]){'g', 'g'}, 2, &command),
			 KEYMAP_FOUND);
	assert_int_equal(keymap_find(map, CONTEXT_LIST, (uint32_t[]){'g', 'x'}, 2, &command),
			 KEYMAP_NONE);
}

static void later_file_changes_the_earlier_one(void **state)
{
	(void)state;
	assert_int_equal(read_text("keys", "bind common g home\nbind common x quit\n"), 0);
	assert_int_equal(read_text("mine", "bind common gg home\nunbind common x\n"), 0);
	assert_string_equal(command_for(CONTEXT_COMMON, "gg"), "home");
	assert_null(command_for(CONTEXT_COMMON, "g"));
	assert_null(command_for(CONTEXT_COMMON, "x"));
}

static void problems_are_told_with_their_line(void **state)
{
	(void)state;
	int n = read_text("mine", "# comment\n"
				  "bind nowhere j down\n"
				  "bind common <Dwon> down\n"
				  "bind common j jump\n"
				  "bind common j quit now\n"
				  "unbind common z\n"
				  "tie common j down\n"
				  "bind common k up\n");
	assert_int_equal(n, 6);
	assert_non_null(strstr(problems.s, "mine:2: no such context: \"nowhere\""));
	assert_non_null(strstr(problems.s, "mine:3: no such key: \"<Dwon>\""));
	assert_non_null(strstr(problems.s, "mine:4: no such command: jump"));
	assert_non_null(strstr(problems.s, "mine:5: "));
	assert_non_null(strstr(problems.s, "mine:6: z is not bound"));
	assert_non_null(strstr(problems.s, "mine:7: "));
	assert_string_equal(command_for(CONTEXT_COMMON, "k"), "up");
}

static void conflicts_in_one_file_are_problems(void **state)
{
	(void)state;
	assert_int_equal(read_text("mine", "bind common j down\nbind common j up\n"), 1);
	assert_non_null(strstr(problems.s, "mine:2: j is bound already in line 1"));
	assert_int_equal(read_text("more", "bind common g home\nbind common gg end\n"), 1);
	assert_non_null(strstr(problems.s, "more:2: "));
}

static char *shipped_keys(size_t *n)
{
	char path[1024];
	snprintf(path, sizeof path, "%s/keys", getenv("IOC_DATA_DIR"));
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	char *text = malloc(1 << 16);
	*n = fread(text, 1, 1 << 16, f);
	fclose(f);
	return text;
}

static void shipped_keys_are_without_problems(void **state)
{
	(void)state;
	size_t n;
	char *text = shipped_keys(&n);
	int rc = keymap_read(map, "keys", text, n, &problems);
	assert_string_equal(problems.s, "");
	assert_int_equal(rc, 0);
	free(text);
}

static void multiplexers_and_terminals_keep_their_keys(void **state)
{
	(void)state;
	size_t n;
	char *text = shipped_keys(&n);
	keymap_read(map, "keys", text, n, &problems);
	free(text);
	for (size_t i = 0; i < map->count; i++)
		for (size_t j = 0; j < map->list[i].key_count; j++) {
			uint32_t key = map->list[i].keys[j];
			assert_true(key != 1 && key != 2 && key != 19 && key != 17);
		}
	assert_string_equal(command_for(CONTEXT_LIST, "<C-z>"), "suspend");
}

static void every_function_key_has_a_letter_beside_it(void **state)
{
	(void)state;
	size_t n;
	char *text = shipped_keys(&n);
	keymap_read(map, "keys", text, n, &problems);
	free(text);
	for (size_t i = 0; i < map->count; i++) {
		const struct binding *b = &map->list[i];
		bool twin = b->keys[0] < UI_KEY_F1 || b->keys[0] >= UI_KEY_LAST;
		for (size_t j = 0; j < map->count; j++)
			twin |= map->list[j].context == b->context &&
				map->list[j].keys[0] < UI_KEY_SPECIAL &&
				strcmp(map->list[j].command, b->command) == 0;
		assert_true(twin);
	}
}

static void labels_are_what_people_read(void **state)
{
	(void)state;
	char label[32];
	read_text("keys", "bind common <C-l> redraw\nbind common gg home\nbind list x mark\n");
	assert_string_equal(keymap_key_for(map, CONTEXT_LIST, "redraw", label, sizeof label),
			    "Ctrl-L");
	assert_string_equal(keymap_key_for(map, CONTEXT_LIST, "home", label, sizeof label),
			    "gg");
	assert_string_equal(keymap_key_for(map, CONTEXT_HELP, "mark", label, sizeof label), "");
}

static void every_command_says_what_it_does(void **state)
{
	(void)state;
	for (size_t i = 0; command_nth(i); i++) {
		const struct command *c = command_nth(i);
		struct err e = ERR_INIT;
		assert_non_null(c->help);
		assert_non_null(c->run);
		assert_true(c->least <= c->most && c->most <= WORDS_MOST);
		assert_ptr_equal(command_find(c->name, &e), c);
	}
}

static void beginnings_of_names_are_enough_where_they_are_clear(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	assert_string_equal(command_find("overv", &e)->name, "overview");
	assert_null(command_find("page", &e));
	assert_int_equal(e.code, ERR_USAGE);
	assert_null(command_find("xyz", &e));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_name_reads_back_as_itself),
		cmocka_unit_test(a_key_can_be_named_as_help_shows_it),
		cmocka_unit_test(what_is_no_key_is_refused),
		TEST(context_is_looked_at_before_common),
		TEST(sequences_wait_for_their_last_key),
		TEST(later_file_changes_the_earlier_one),
		TEST(problems_are_told_with_their_line),
		TEST(conflicts_in_one_file_are_problems),
		TEST(shipped_keys_are_without_problems),
		TEST(multiplexers_and_terminals_keep_their_keys),
		TEST(every_function_key_has_a_letter_beside_it),
		TEST(labels_are_what_people_read),
		cmocka_unit_test(every_command_says_what_it_does),
		cmocka_unit_test(beginnings_of_names_are_enough_where_they_are_clear),
	};
	return cmocka_run_group_tests_name("keymap", tests, NULL, NULL);
}

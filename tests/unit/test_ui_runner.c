/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several commands in a text: typed, bound, named, and from files. */
#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/command.h"

/* --- the grammar ------------------------------------------------------------ */

static void pieces(const char *text, char *out, size_t size)
{
	struct command_piece p;
	size_t at = 0, n = 0;
	out[0] = '\0';
	while (command_next(text, &at, &p))
		n += (size_t)snprintf(out + n, size - n, "[%.*s]", (int)p.n, text + p.start);
}

static void a_semicolon_parts_commands_but_not_in_quotes(void **state)
{
	(void)state;
	static const struct {
		const char *text, *pieces;
	} table[] = {
		{"down", "[down]"},
		{"  down ;; up;", "[down][up]"},
		{"filter \"a; b\"; down", "[filter \"a; b\"][down]"},
		{"filter title:\"a; b\" x; down", "[filter title:\"a; b\" x][down]"},
		{"do comment --text='a; b'; down", "[do comment --text='a; b'][down]"},
		{"search o'brien; down 'x", "[search o'brien][down 'x]"},
		{"search a\\; b; down", "[search a\\; b][down]"},
		{"search \"a\\\"; b\"; down", "[search \"a\\\"; b\"][down]"},
		{"search 5\" đá; down", "[search 5\" đá][down]"},
		{"alias x down; up", "[alias x down; up]"},
		{"down; bind list x down; up", "[down][bind list x down; up]"},
		{"unbind list x; up", "[unbind list x][up]"},
		{" ; ", ""},
		{"", ""},
	};
	char got[256];
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		pieces(table[i].text, got, sizeof got);
		assert_string_equal(got, table[i].pieces);
	}
}

static void each_of_several_is_checked(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	assert_int_equal(command_check("down 3; up", NULL, &e), 0);
	assert_int_equal(command_check("down; fly", NULL, &e), -1);
	assert_string_equal(e.text, "no such command: fly");
	assert_int_equal(command_check(" ; ", NULL, &e), -1);
}

/* --- what is run ------------------------------------------------------------ */

static void commands_run_one_after_the_other(void **state)
{
	(void)state;
	world_command(&w, "queue complaint; filter karaoke; sort -created_at");
	must_show(&w, "karaoke");
	world_command(&w, "tab 1; tab 2 ; filter x\\;y");
	must_show(&w, "x;y");
}

static void what_asks_the_cache_is_answered_before_the_next_one(void **state)
{
	(void)state;
	world_command(&w, "queue complaint; filter karaoke; mark-all; filter");
	must_show(&w, "marked");
	world_command(&w, "unmark-all; goto PA-00004; copy");
	assert_string_equal(w.copied, "PA-00004");
}

static void keys_wait_until_all_of_it_is_done(void **state)
{
	(void)state;
	world_command(&w, "queue complaint");
	w.silent = true;
	world_command(&w, "filter karaoke; mark-all");
	world_keys(&w, "?");
	assert_false(world_shows(&w, "Move down"));
	w.silent = false;
	while (world_answer_one(&w))
		;
	world_tick(&w, 1000);
	must_show(&w, "Move down");
	world_keys(&w, "<Esc>");
	must_show(&w, "marked");
}

static void escape_gives_up_what_is_left(void **state)
{
	(void)state;
	world_command(&w, "queue complaint");
	w.silent = true;
	world_command(&w, "filter karaoke; mark-all");
	world_keys(&w, "<Esc>");
	must_show(&w, "given up");
	w.silent = false;
	world_tick(&w, 1000);
	world_keys(&w, "?");
	must_show(&w, "Move down");
	assert_false(world_shows(&w, "11 marked"));
}

static void what_never_comes_is_not_waited_for_for_ever(void **state)
{
	(void)state;
	world_command(&w, "queue complaint");
	w.silent = true;
	world_command(&w, "filter karaoke; mark-all");
	for (int i = 0; i < 12; i++)
		world_tick(&w, 1000);
	must_show(&w, "no answer for 10 s");
}

static void the_first_error_ends_all_of_it(void **state)
{
	(void)state;
	world_command(&w, "tab 2; fly; tab 3");
	must_show(&w, "no such command: fly");
	must_show(&w, "PA-");
	world_keys(&w, "2");
}

/* --- the fault -------------------------------------------------------------- */

static void must_stand_at(const char *text, int cursor)
{
	struct strbuf screen = STRBUF_INIT;
	assert_string_equal(w.prompt, text);
	world_dump(&w, &screen);
	strbuf_free(&screen);
	assert_int_equal(w.screen.cursor_column, cursor + 1);
}

static void what_is_wrong_comes_back_with_the_cursor_at_the_fault(void **state)
{
	(void)state;
	world_command(&w, "fly away");
	must_stand_at("fly away", 0);
	world_command(&w, "tab 2; fly away");
	must_stand_at("tab 2; fly away", 7);
	world_command(&w, "queue nothing");
	must_stand_at("queue nothing", 6);
	world_command(&w, "tab 2; filter a\\;b x:1 y");
	must_show(&w, "x");
	must_stand_at("tab 2; filter a\\;b x:1 y", 19);
	world_command(&w, "copy that");
	must_stand_at("copy that", 5);
	world_command(&w, "goto");
	must_stand_at("goto", 4);
}

/* --- aliases ---------------------------------------------------------------- */

static void an_alias_stands_for_commands(void **state)
{
	(void)state;
	world_command(&w, "alias sáng queue complaint; filter karaoke");
	world_command(&w, "sáng");
	must_show(&w, "karaoke");
	world_command(&w, "alias sáng");
	must_show(&w, "sáng = queue complaint; filter karaoke");
	world_command(&w, "unalias sáng");
	world_command(&w, "sáng");
	must_show(&w, "no such command: sáng");
}

static void an_alias_takes_words(void **state)
{
	(void)state;
	world_command(&w, "alias lọc queue $1; filter $2 \"$$\" $1");
	world_command(&w, "lọc complaint \"kara oke\"");
	must_show(&w, "\"kara oke\" \"$\" complaint");
	world_command(&w, "alias tất queue complaint; filter $@ x");
	world_command(&w, "tất a b c d e f g h i j k");
	must_show(&w, "a b c d e f g h i j k x");
	world_command(&w, "alias đến goto");
	world_command(&w, "đến PA-00004; copy");
	assert_string_equal(w.copied, "PA-00004");
	world_command(&w, "lọc complaint");
	must_show(&w, "lọc needs more words");
}

static void aliases_end(void **state)
{
	(void)state;
	world_command(&w, "alias x x");
	world_command(&w, "x");
	must_show(&w, "go more than 16 deep");
	world_command(&w, "alias a0 down; down");
	for (int i = 1; i < 15; i++) {
		char text[64];
		snprintf(text, sizeof text, "alias a%d a%d; a%d; a%d", i, i - 1, i - 1, i - 1);
		world_command(&w, text);
	}
	world_command(&w, "a14");
	must_show(&w, "more than 10000 commands");
}

static void names_of_commands_and_odd_ones_are_no_aliases(void **state)
{
	(void)state;
	static const char *const wrong[] = {"quit", "a$b", "\"x\"", "#x"};
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		char *text = xasprintf("alias %s down", wrong[i]);
		world_command(&w, text);
		must_show(&w, "alias");
		assert_string_equal(w.prompt, text);
		free(text);
	}
}

static void aliases_and_sequences_can_be_bound(void **state)
{
	(void)state;
	world_command(&w, "alias sáng queue complaint; filter karaoke");
	world_command(&w, "bind common <A-z> sáng");
	world_keys(&w, "<A-z>");
	must_show(&w, "karaoke");
	world_command(&w, "bind common <A-y>y filter; goto PA-00004; copy");
	world_keys(&w, "<A-y>y");
	assert_string_equal(w.copied, "PA-00004");
	world_command(&w, "unbind common <A-y>y");
	world_command(&w, "unbind common <A-y>y");
	must_show(&w, "<A-y>y is not bound");
	world_command(&w, "bind common <A-z> fly; down");
	must_show(&w, "no such command: fly");
	world_command(&w, "bind nowhere <A-z> down");
	must_show(&w, "no such context");
}

/* --- files ------------------------------------------------------------------ */

static void a_file_is_run_line_by_line(void **state)
{
	(void)state;
	w.file = "# what I look at first\n\nqueue complaint; filter karaoke\r\nmark-all\n"
		 "alias x copy";
	world_command(&w, "source mine; tab 3");
	assert_string_equal(w.file_asked, "mine");
	world_keys(&w, "2");
	must_show(&w, "marked");
	world_command(&w, "x");
	assert_true(strncmp(w.copied, "PA-", 3) == 0);
}

static void an_error_in_a_file_says_where(void **state)
{
	(void)state;
	w.file = "tab 2\n\n  tab 3; fly\ntab 4\n";
	world_command(&w, "source mine");
	must_show(&w, "mine:3: no such command: fly");
	world_command(&w, "alias x nonsense");
	w.file = "x\n";
	world_command(&w, "source mine");
	must_show(&w, "mine:1: x: no such command: nonsense");
}

static void a_file_that_is_not_there_is_told(void **state)
{
	(void)state;
	w.file = NULL;
	world_command(&w, "source mine; tab 2");
	must_show(&w, "can't read mine");
}

static void files_that_read_themselves_end(void **state)
{
	(void)state;
	w.file = "source mine\n";
	world_command(&w, "source mine");
	must_show(&w, "files go more than 8 deep");
}

static void any_text_is_run_or_refused(void **state)
{
	(void)state;
	static const char alphabet[] = "ab;;\\\\\"' $@1\t.down|:";
	unsigned seed = 7;
	for (int i = 0; i < 3000; i++) {
		char text[40];
		size_t n = (size_t)(seed >> 16) % (sizeof text - 1);
		for (size_t k = 0; k < n; k++) {
			seed = seed * 1103515245 + 12345;
			text[k] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
		}
		text[n] = '\0';
		struct command_piece p;
		size_t at = 0, end = 0;
		while (command_next(text, &at, &p)) {
			assert_true(p.n && p.start >= end && p.start + p.n <= n);
			end = p.start + p.n;
		}
		struct err e = ERR_INIT;
		command_check(text, NULL, &e);
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_connected, close_console)
	const struct CMUnitTest tests[] = {
		T(a_semicolon_parts_commands_but_not_in_quotes),
		T(each_of_several_is_checked),
		T(commands_run_one_after_the_other),
		T(what_asks_the_cache_is_answered_before_the_next_one),
		T(keys_wait_until_all_of_it_is_done),
		T(escape_gives_up_what_is_left),
		T(what_never_comes_is_not_waited_for_for_ever),
		T(the_first_error_ends_all_of_it),
		T(what_is_wrong_comes_back_with_the_cursor_at_the_fault),
		T(an_alias_stands_for_commands),
		T(an_alias_takes_words),
		T(aliases_end),
		T(names_of_commands_and_odd_ones_are_no_aliases),
		T(aliases_and_sequences_can_be_bound),
		T(a_file_is_run_line_by_line),
		T(an_error_in_a_file_says_where),
		T(a_file_that_is_not_there_is_told),
		T(files_that_read_themselves_end),
		T(any_text_is_run_or_refused),
	};
#undef T
	return cmocka_run_group_tests_name("runner", tests, NULL, NULL);
}

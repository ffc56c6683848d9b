/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves the console: copies, addresses, the command that prints the same. */

#include "console.h"

#include <string.h>

static void code_row_and_columns_are_copied(void **state)
{
	(void)state;
	world_keys(&w, "2");
	world_keys(&w, "y");
	assert_string_equal(w.copied, "PA-00001");
	must_show(&w, "copied: PA-00001");
	world_keys(&w, "gy");
	assert_non_null(strstr(w.copied, "\tPA-00001\t"));
	assert_null(strchr(w.copied, '\n'));
	world_command(&w, "copy title");
	assert_non_null(strstr(w.copied, "Ngõ 308"));
	world_command(&w, "copy created_at");
	assert_non_null(strstr(w.copied, "/2026 "));
	world_command(&w, "copy nothing");
	must_show(&w, "no such column");
	world_command(&w, "copy merged_into");
	must_show(&w, "has no value");
}

static void top_line_of_a_record_is_copied(void **state)
{
	(void)state;
	world_keys(&w, "2");
	world_keys(&w, "<Enter>gy");
	assert_string_not_equal(w.copied, "");
	char first[sizeof w.copied];
	strcpy(first, w.copied);
	world_keys(&w, "jjgy");
	assert_string_not_equal(w.copied, first);
	world_keys(&w, "q");
	world_command(&w, "copy line");
	must_show(&w, "this works in a record only");
}

static void attachment_is_opened_by_its_number(void **state)
{
	(void)state;
	world_keys(&w, "2");
	world_command(&w, "open-link");
	must_show(&w, "this works in a record only");
	world_keys(&w, "<Enter>");
	world_keys(&w, "gx");
	assert_string_equal(w.opened, "https://ioc.sonla.example/a/423/1");
	w.opened[0] = '\0';
	world_command(&w, "open-link 1");
	assert_string_equal(w.opened, "https://ioc.sonla.example/a/423/1");
	w.opened[0] = '\0';
	world_command(&w, "open-link 99");
	assert_string_equal(w.opened, "");
	must_show(&w, "no address");
}

static void lists_tell_the_command_that_prints_them(void **state)
{
	(void)state;
	world_keys(&w, "2");
	world_command(&w, "filter \"it's\" or rác");
	world_keys(&w, "X");
	must_show(&w, "The same from a shell");
	must_show(&w, "ioc export complaints --filter");
	world_keys(&w, "X");
	assert_non_null(strstr(w.copied, "it'\\''s"));
	assert_non_null(strstr(w.copied, " --sort=due_at --columns "));
	world_keys(&w, "q");
	world_command(&w, "sort -created_at");
	world_keys(&w, "XX");
	assert_non_null(strstr(w.copied, "--sort=-created_at"));
}

static void other_screens_tell_theirs(void **state)
{
	(void)state;
	world_keys(&w, "1X");
	must_show(&w, "no verb prints this screen");
	world_keys(&w, "2");
	world_keys(&w, "<Enter>XX");
	assert_string_equal(w.copied, "ioc show PA-00001");
	world_keys(&w, "qq");
	world_command(&w, "due");
	world_keys(&w, "XX");
	assert_string_equal(w.copied, "ioc due --by unit");
	world_keys(&w, "q");
	world_command(&w, "sources");
	world_keys(&w, "XX");
	assert_string_equal(w.copied, "ioc status");
}

int main(void)
{
#define ON_SCREEN(test) cmocka_unit_test_setup_teardown(test, open_alone, close_console)
	const struct CMUnitTest tests[] = {
		ON_SCREEN(code_row_and_columns_are_copied),
		ON_SCREEN(top_line_of_a_record_is_copied),
		ON_SCREEN(attachment_is_opened_by_its_number),
		ON_SCREEN(lists_tell_the_command_that_prints_them),
		ON_SCREEN(other_screens_tell_theirs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

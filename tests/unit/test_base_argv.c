/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command is parted into words as people write them, and nothing in it is run. */
#include "unit.h"

#include <stdbool.h>
#include <string.h>

#include "base/argv.h"

/* The words joined by |; NULL where the command is refused. */
static const char *split(const char *command)
{
	static char joined[256];
	struct err e = ERR_INIT;
	char **argv = argv_split(command, &e);
	joined[0] = '\0';
	for (size_t i = 0; argv && argv[i]; i++) {
		if (i)
			strcat(joined, "|");
		strcat(joined, argv[i]);
	}
	bool refused = !argv;
	argv_free(argv);
	return refused ? NULL : joined;
}

static void words_are_parted_at_blanks_outside_quotes(void **state)
{
	(void)state;
	assert_string_equal(split("  vi -u  NONE\t"), "vi|-u|NONE");
	assert_string_equal(split("'/opt/my editor/ed' \"a b\"c d\\ e"),
			    "/opt/my editor/ed|a bc|d e");
	assert_string_equal(split("a '' \"\""), "a||");
	assert_string_equal(split("'a\\b' \"\\\"\\\\\\n\""), "a\\b|\"\\\\n");
}

static void nothing_of_a_shell_means_anything(void **state)
{
	(void)state;
	assert_string_equal(split("vi;rm $HOME `x` ~ *"), "vi;rm|$HOME|`x`|~|*");
}

static void what_has_no_word_or_no_end_is_refused(void **state)
{
	(void)state;
	char many[ARGV_MOST * 2 + 8] = "";
	for (int i = 0; i <= ARGV_MOST; i++)
		strcat(many, "a ");
	assert_null(split(""));
	assert_null(split("   "));
	assert_null(split("vi 'x"));
	assert_null(split(many));
	many[ARGV_MOST * 2] = '\0';
	assert_non_null(split(many));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_parted_at_blanks_outside_quotes),
		cmocka_unit_test(nothing_of_a_shell_means_anything),
		cmocka_unit_test(what_has_no_word_or_no_end_is_refused),
	};
	return cmocka_run_group_tests_name("argv", tests, NULL, NULL);
}

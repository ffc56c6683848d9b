/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stddef.h>
#include <string.h>

#include "app/cli.h"
#include "base/clock.h"

struct values {
	bool flag;
	const char *text;
	int64_t number, time;
};

static const struct cli_option options[] = {
	{"flag", 'f', NULL, "a flag", CLI_FLAG, offsetof(struct values, flag)},
	{"text", 't', "TEXT", "a text", CLI_TEXT, offsetof(struct values, text)},
	{"number", 'n', "NUMBER", "a number", CLI_NUMBER, offsetof(struct values, number)},
	{"time", 0, "TIME", "a time", CLI_TIME, offsetof(struct values, time)},
	{NULL, 0, NULL, NULL, CLI_FLAG, 0},
};
static const struct cli cli = {
	.verb = "try", .operands = "", .summary = "", .options = options};

#define NOW INT64_C(1795237200000)

/* Reads words (blanks between them); the operands' number is *count. */
static enum cli_result read_line(const char *line, bool in_order, struct values *v, int *count,
				 struct err *e)
{
	static char copy[256];
	static char verb[] = "try";
	char *argv[16] = {verb}, **operands;
	int argc = 1;
	strncpy(copy, line, sizeof copy - 1);
	for (char *w = strtok(copy, " "); w; w = strtok(NULL, " "))
		argv[argc++] = w;
	*v = (struct values){0};
	*e = (struct err)ERR_INIT;
	struct cli one = cli;
	one.in_order = in_order;
	return cli_read(&one, argc, argv, NOW, v, &operands, count, e);
}

static void options_stand_anywhere_in_every_spelling(void **state)
{
	(void)state;
	struct values v;
	struct err e;
	int count;
	assert_int_equal(read_line("a -f --text=x b -n 5", false, &v, &count, &e), CLI_READ);
	assert_true(v.flag);
	assert_string_equal(v.text, "x");
	assert_int_equal(v.number, 5);
	assert_int_equal(count, 2);
	assert_int_equal(read_line("-ftword -- -n", false, &v, &count, &e), CLI_READ);
	assert_string_equal(v.text, "word");
	assert_int_equal(count, 1);
}

static void a_verb_keeps_its_own_options(void **state)
{
	(void)state;
	struct values v;
	struct err e;
	int count;
	assert_int_equal(read_line("-f verb -n 3", true, &v, &count, &e), CLI_READ);
	assert_true(v.flag);
	assert_int_equal(v.number, 0);
	assert_int_equal(count, 3);
}

static void times_are_instants_dates_or_spans(void **state)
{
	(void)state;
	struct values v;
	struct err e;
	int count;
	clock_set_zone("Asia/Ho_Chi_Minh");
	read_line("--time 2h", false, &v, &count, &e);
	assert_int_equal(v.time, NOW - 2 * HOUR);
	read_line("--time 2026-11-21T12:00:00+07:00", false, &v, &count, &e);
	assert_int_equal(v.time, NOW);
	read_line("--time 2026-11-21", false, &v, &count, &e);
	assert_int_equal(v.time, NOW - 12 * HOUR);
}

static void wrong_words_are_named_and_corrected(void **state)
{
	(void)state;
	static const struct {
		const char *line, *hint;
	} wrong[] = {
		{"--txet x", "--text"},
		{"--nonsense", "--nonsense"},
		{"-z", "-z"},
		{"-n", "-n"},
		{"-n x", "\"x\""},
		{"-n 0", "\"0\""},
		{"-n 1e3", "\"1e3\""},
		{"--flag=1", "--flag"},
		{"--time soon", "\"soon\""},
		{"--time 2", "\"2\""},
		{"-n 99999999999999999999", "9999"},
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct values v;
		struct err e;
		int count;
		assert_int_equal(read_line(wrong[i].line, false, &v, &count, &e), CLI_WRONG);
		assert_int_equal(e.code, ERR_USAGE);
		assert_non_null(strstr(e.text, wrong[i].hint));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_anywhere_in_every_spelling),
		cmocka_unit_test(a_verb_keeps_its_own_options),
		cmocka_unit_test(times_are_instants_dates_or_spans),
		cmocka_unit_test(wrong_words_are_named_and_corrected),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

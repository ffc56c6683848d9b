/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors keep their words, and the log can be read in a terminal whatever it was told. */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "base/utf8.h"

static char path[64];

static int open_log(void **state)
{
	(void)state;
	snprintf(path, sizeof path, "/tmp/ioc-log.XXXXXX");
	int fd = mkstemp(path);
	if (fd < 0)
		return -1;
	close(fd);
	unlink(path);
	clock_fix(0);
	return log_open(path);
}

static int close_log(void **state)
{
	(void)state;
	log_set_level(LOG_INFO);
	log_close();
	clock_fix(CLOCK_NONE);
	return unlink(path);
}

/* The last line of the log behind its time stamp, level and process. */
static const char *last_line(void)
{
	static char text[16384];
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	size_t n = fread(text, 1, sizeof text - 1, f);
	fclose(f);
	assert_true(n > 0 && text[n - 1] == '\n');
	text[n - 1] = '\0';
	char *line = strrchr(text, '\n');
	line = strstr(line ? line : text, "] ");
	assert_non_null(line);
	return line + 2;
}

static void lines_have_time_level_and_process(void **state)
{
	(void)state;
	log_info("%d records", 7);
	char wanted[128], text[256];
	snprintf(wanted, sizeof wanted, "1970-01-01T00:00:00.000Z info  [%d] 7 records\n",
		 (int)getpid());
	FILE *f = fopen(path, "r");
	assert_non_null(fgets(text, sizeof text, f));
	fclose(f);
	assert_string_equal(text, wanted);
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void expect_logged(const char *told, const char *written)
{
	log_error("%s", told);
	assert_string_equal(last_line(), written);
}

static void nothing_that_drives_a_terminal_gets_through(void **state)
{
	(void)state;
	expect_logged("Chiềng Cơi – “7/11” 🚦", "Chiềng Cơi – “7/11” 🚦");
	expect_logged("a\nb\r\tc\x1b[0m\x7f", "a\\x0ab\\x0d\\x09c\\x1b[0m\\x7f");
	expect_logged("\xc2\x9b"
		      "2J",
		      "\\xc2\\x9b2J");
	expect_logged("\u202e\u200b\u2066", "\\xe2\\x80\\xae\\xe2\\x80\\x8b\\xe2\\x81\\xa6");
	expect_logged("\u061c\ufeff\U000e0041",
		      "\\xd8\\x9c\\xef\\xbb\\xbf\\xf3\\xa0\\x81\\x81");
	expect_logged("\xff\xe0\x80\x80", "\\xff\\xe0\\x80\\x80");
	expect_logged("\xf8\x80\x80\x80x", "\\xf8\\x80\\x80\\x80x");
	expect_logged("cut \xe1\xba", "cut \\xe1\\xba");
}

static void endless_lines_are_cut(void **state)
{
	(void)state;
	char text[5000];
	memset(text, '\x1b', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	log_error("%s", text);
	assert_true(strlen(last_line()) < 4096);
	memset(text, 'x', sizeof text - 1);
	log_error("%s", text);
	assert_int_equal(strlen(last_line()), 2047);
}

static void levels_choose_what_is_written(void **state)
{
	(void)state;
	log_info("seen");
	log_debug("unseen");
	assert_string_equal(last_line(), "seen");
	log_set_level(LOG_DEBUG);
	log_debug("now seen");
	assert_string_equal(last_line(), "now seen");
	assert_int_equal(log_level_parse("warn"), LOG_WARN);
	assert_int_equal(log_level_parse("loud"), -1);
}

static void a_log_that_cannot_be_opened_leaves_the_old_one(void **state)
{
	(void)state;
	assert_int_equal(log_open("/nonexistent/log"), -1);
	log_info("still here");
	assert_string_equal(last_line(), "still here");
}

static void logging_keeps_errno(void **state)
{
	(void)state;
	errno = EACCES;
	log_info("x");
	assert_int_equal(errno, EACCES);
}

static void errors_tell_what_where_and_why(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	errno = ENOENT;
	assert_int_equal(err_errno(&e, ERR_IO, "can't read %s", "x"), -1);
	assert_string_equal(e.text, "can't read x: No such file or directory");
	assert_int_equal(err_prefix(&e, "source %s", "son-la"), -1);
	assert_string_equal(e.text, "source son-la: can't read x: No such file or directory");
	assert_int_equal(e.code, ERR_IO);
	assert_int_equal(err_set(NULL, ERR_IO, "x"), -1);
	assert_int_equal(err_errno(NULL, ERR_IO, "x"), -1);
	assert_int_equal(err_prefix(NULL, "x"), -1);
}

static void long_errors_are_cut(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	char text[2000];
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	err_errno(&e, ERR_IO, "%s", text);
	assert_int_equal(strlen(e.text), sizeof e.text - 1);
	err_prefix(&e, "where");
	assert_int_equal(strlen(e.text), sizeof e.text - 1);
	assert_memory_equal(e.text, "where: xxx", 10);
	err_prefix(&e, "%s", text);
	assert_int_equal(strlen(e.text), sizeof e.text - 1);
}

/* "x", then letters of three bytes: the end falls on each of their bytes. */
static void errors_are_cut_between_characters(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct strbuf b = STRBUF_INIT;
	for (size_t before = 0; before < 3; before++) {
		strbuf_clear(&b);
		strbuf_addn(&b, 'x', before);
		for (int i = 0; i < 400; i++)
			strbuf_adds(&b, "ế");
		err_set(&e, ERR_IO, "%s", b.s);
		assert_true(utf8_is_valid(e.text, strlen(e.text)));
		assert_true(strlen(e.text) > sizeof e.text - 4);
		err_prefix(&e, "nơi");
		assert_true(utf8_is_valid(e.text, strlen(e.text)));
	}
	strbuf_free(&b);
}

static void codes_have_names_and_names_have_codes(void **state)
{
	(void)state;
	for (int code = ERR_USAGE; code <= ERR_UNSUPPORTED; code++)
		assert_int_equal(err_code_parse(err_code_name((enum err_code)code)), code);
	assert_int_equal(err_code_parse("whatever"), ERR_IO);
	assert_string_equal(err_code_name((enum err_code)99), "unknown");
}

#define WITH_LOG(test) cmocka_unit_test_setup_teardown(test, open_log, close_log)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_LOG(lines_have_time_level_and_process),
		WITH_LOG(nothing_that_drives_a_terminal_gets_through),
		WITH_LOG(endless_lines_are_cut),
		WITH_LOG(levels_choose_what_is_written),
		WITH_LOG(a_log_that_cannot_be_opened_leaves_the_old_one),
		WITH_LOG(logging_keeps_errno),
		cmocka_unit_test(errors_tell_what_where_and_why),
		cmocka_unit_test(long_errors_are_cut),
		cmocka_unit_test(errors_are_cut_between_characters),
		cmocka_unit_test(codes_have_names_and_names_have_codes),
	};
	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs that get what is copied or opened: real ones. */
#include "unit.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/launch.h"

static char file[64], sh[] = "sh", dash_c[] = "-c", no_op[] = "true", rtsp[] = "rtsp";

static void wait_for(const char *text)
{
	char got[256] = "";
	for (int i = 0; i < 1000; i++) {
		FILE *f = fopen(file, "r");
		size_t n = f ? fread(got, 1, sizeof got - 1, f) : 0;
		if (f)
			fclose(f);
		got[n] = '\0';
		if (strcmp(got, text) == 0)
			return;
		poll(NULL, 0, 5);
	}
	fail_msg("the program wrote \"%s\", not \"%s\"", got, text);
}

static int make_file(void **state)
{
	(void)state;
	snprintf(file, sizeof file, "/tmp/ioc-launch-XXXXXX");
	int fd = mkstemp(file);
	return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(file);
}

static void program_gets_the_text_and_nobody_waits_for_it(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	char script[] = "cat >\"$1\"; exit 3", none[] = "ioc-no-such-program";
	char *argv[] = {sh, dash_c, script, sh, file, NULL};
	assert_int_equal(launch(argv, "PA-00423\tb", &e), 0);
	wait_for("PA-00423\tb");
	char *missing[] = {none, NULL};
	assert_int_equal(launch(missing, "x", &e), -1);
	assert_non_null(strstr(e.text, "ioc-no-such-program"));
	char *much = malloc(LAUNCH_INPUT + 2);
	memset(much, 'x', LAUNCH_INPUT + 1);
	much[LAUNCH_INPUT + 1] = '\0';
	assert_int_equal(launch(argv, much, &e), -1);
	free(much);
}

static void address_is_one_word_whatever_it_holds(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	char script[] = "printf %s \"$#:$2\" >\"$1\"";
	char *opener[] = {sh, dash_c, script, sh, file, NULL};
	struct config c = {.opener = opener};
	char **argv = launch_opener(&c, "https://a.example/x?a=1;touch$(id)&b=`c`", &e);
	assert_non_null(argv);
	assert_int_equal(launch(argv, NULL, &e), 0);
	wait_for("2:https://a.example/x?a=1;touch$(id)&b=`c`");
	launch_free(argv);
}

static void only_addresses_of_allowed_schemes_pass(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"file:///etc/passwd",
		"javascript:alert(1)",
		"/v1/complaints/1",
		"--help",
		"",
		"http:",
		"https://a b",
		"https://a\n-x",
		"https://a\033[31m",
		"https://\u202ea",
		"rtsp://cam",
		"httpx://a",
	};
	char *opener[] = {no_op, NULL}, *schemes[] = {rtsp, NULL};
	struct config c = {.opener = opener};
	struct err e = ERR_INIT;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_null(launch_opener(&c, bad[i], &e));
	c.opener_schemes = schemes;
	char **argv = launch_opener(&c, "rtsp://cam/1", &e);
	assert_non_null(argv);
	launch_free(argv);
	c.opener = NULL;
	assert_null(launch_opener(&c, "https://a", &e));
	assert_non_null(strstr(e.text, "opener"));
}

static void address_without_an_end_is_refused(void **state)
{
	(void)state;
	char *opener[] = {no_op, NULL};
	struct config c = {.opener = opener};
	struct err e = ERR_INIT;
	char *longest = malloc(5000);
	memset(longest, 'a', 4999);
	memcpy(longest, "http://", 7);
	longest[4999] = '\0';
	assert_null(launch_opener(&c, longest, &e));
	free(longest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(program_gets_the_text_and_nobody_waits_for_it,
						make_file, remove_file),
		cmocka_unit_test_setup_teardown(address_is_one_word_whatever_it_holds,
						make_file, remove_file),
		cmocka_unit_test(only_addresses_of_allowed_schemes_pass),
		cmocka_unit_test(address_without_an_end_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

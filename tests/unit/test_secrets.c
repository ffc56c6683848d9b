/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <string.h>

#include "api/http_gate.h"
#include "api/secrets.h"

static void secrets_are_blotted_in_every_spelling(void **state)
{
	(void)state;
	const struct config_source source = {.name = (char *)(uintptr_t) "s"};
	struct secrets *s = secrets_new(&source);
	static const char *const texts[][2] = {
		{"key a/b\"c+d& refused", "key ........ refused"},
		{"?key=a%2Fb%22c%2Bd%26", "?key=................"},
		{"?key=a%2fb%22c%2bd%26", "?key=................"},
		{"{\"k\":\"a/b\\\"c+d&\"}", "{\"k\":\".........\"}"},
		{"{\"k\":\"a\\/b\\\"c+d&\"}", "{\"k\":\"..........\"}"},
		{"<b>a/b&quot;c+d&amp;</b>", "<b>.................</b>"},
		{"Basic YS9iImMrZCY=", "Basic ...........="},
		{"nothing here", "nothing here"},
	};
	secrets_hide(s, "a/b\"c+d&");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char buf[80];
		snprintf(buf, sizeof buf, "%s", texts[i][0]);
		secrets_redact(s, buf, strlen(buf));
		assert_string_equal(buf, texts[i][1]);
	}
	secrets_free(s);
}

static void what_is_cut_or_short_is_told_apart(void **state)
{
	(void)state;
	const struct config_source source = {.name = (char *)(uintptr_t) "s"};
	struct secrets *s = secrets_new(&source);
	char cut[] = "refused: 0123456789abcdef01", word[] = "a demo",
	     data[] = "demo-key demo-key";
	secrets_hide(s, "0123456789abcdef0123456789abcdef");
	secrets_hide(s, "abc");
	secrets_hide(s, "demo-key");
	secrets_redact(s, cut, strlen(cut));
	assert_string_equal(cut, "refused: ..................");
	secrets_redact(s, word, strlen(word));
	assert_string_equal(word, "a demo");
	secrets_redact_data(s, data, strlen(data));
	assert_string_equal(data, "demo-key demo-key");
	secrets_free(s);
}

static void a_gate_lets_a_burst_pass_and_then_an_even_flow(void **state)
{
	(void)state;
	const struct http_gate_limits limits = {.requests = 10, .every = 1000, .burst = 2};
	struct http_gate *g = http_gate_new(&limits);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(http_gate_wait(g, 5000), 0);
		http_gate_enter(g, 5000, false);
	}
	assert_in_range(http_gate_wait(g, 5000), 100, 101);
	assert_int_equal(http_gate_wait(g, 5101), 0);
	http_gate_close(g, 9000);
	assert_int_equal(http_gate_wait(g, 6000), 3000);
	http_gate_close(g, 7000);
	assert_int_equal(http_gate_wait(g, 9000), 0);
	http_gate_free(g);
}

static void a_full_gate_waits_for_one_to_leave(void **state)
{
	(void)state;
	const struct http_gate_limits limits = {.every = 1000, .parallel = 1};
	struct http_gate *g = http_gate_new(&limits);
	http_gate_enter(g, 0, true);
	assert_true(http_gate_wait(g, 0) == INT64_MAX);
	http_gate_leave(g);
	assert_int_equal(http_gate_wait(g, 0), 0);
	http_gate_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(secrets_are_blotted_in_every_spelling),
		cmocka_unit_test(what_is_cut_or_short_is_told_apart),
		cmocka_unit_test(a_gate_lets_a_burst_pass_and_then_an_even_flow),
		cmocka_unit_test(a_full_gate_waits_for_one_to_leave),
	};
	return cmocka_run_group_tests_name("secrets", tests, NULL, NULL);
}

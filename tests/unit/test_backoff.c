/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include "sync/backoff.h"

static const struct retry_spec spec = {.base = 1000, .most = 8000, .tries = 6, .pause = 60000};

static void pauses_double_up_to_the_longest_with_chance_in_them(void **state)
{
	(void)state;
	static const int64_t longest[] = {1000, 2000, 4000, 8000, 8000};
	bool differ = false;
	for (uint64_t seed = 1; seed < 200; seed++) {
		struct backoff b;
		backoff_init(&b, seed);
		for (size_t i = 0; i < sizeof longest / sizeof *longest; i++) {
			int64_t wait = backoff_failed(&b, &spec, -1);
			assert_in_range(wait, longest[i] / 2, longest[i]);
			differ |= wait != longest[i];
			assert_false(backoff_is_open(&b, &spec));
		}
	}
	assert_true(differ);
}

static void breaker_opens_after_the_tries_and_closes_on_success(void **state)
{
	(void)state;
	struct backoff b;
	backoff_init(&b, 1);
	for (int i = 0; i < 5; i++)
		backoff_failed(&b, &spec, -1);
	assert_false(backoff_is_open(&b, &spec));
	assert_in_range(backoff_failed(&b, &spec, -1), 30000, 60000);
	assert_true(backoff_is_open(&b, &spec));
	assert_in_range(backoff_failed(&b, &spec, -1), 30000, 60000);
	backoff_succeeded(&b);
	assert_false(backoff_is_open(&b, &spec));
	assert_in_range(backoff_failed(&b, &spec, -1), 500, 1000);
}

static void what_the_server_asks_for_is_never_undercut(void **state)
{
	(void)state;
	struct backoff b;
	backoff_init(&b, 7);
	for (int i = 0; i < 20; i++)
		assert_in_range(backoff_failed(&b, &spec, 100000), 100000, 101000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pauses_double_up_to_the_longest_with_chance_in_them),
		cmocka_unit_test(breaker_opens_after_the_tries_and_closes_on_success),
		cmocka_unit_test(what_the_server_asks_for_is_never_undercut),
	};
	return cmocka_run_group_tests_name("backoff", tests, NULL, NULL);
}

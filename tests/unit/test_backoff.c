/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include "sync/backoff.h"
#include "sync/hold.h"

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

static void a_source_that_is_away_is_tried_by_one_and_then_by_all(void **state)
{
	(void)state;
	struct holds h = {NULL, 0};
	assert_int_equal(hold_room(&h, "a", 4, 0), 4);
	hold_failed(&h, "a", &spec, -1, 100);
	hold_failed(&h, "a", &spec, -1, 101); /* the other lines, at the same time */
	assert_int_equal(hold_room(&h, "a", 4, 102), 0);
	assert_int_equal(hold_room(&h, "b", 4, 102), 4);
	assert_int_equal(hold_room(&h, "a", 4, 1101), 1);
	hold_answered(&h, "a");
	assert_int_equal(hold_room(&h, "a", 4, 1102), 4);
	holds_free(&h);
}

static void a_time_that_the_source_named_is_not_undercut(void **state)
{
	(void)state;
	struct holds h = {NULL, 0};
	hold_failed(&h, "a", &spec, -1, 0);
	hold_look_again(&h);
	assert_int_equal(hold_room(&h, "a", 4, 1), 1);
	hold_failed(&h, "a", &spec, 5000, 1);
	hold_look_again(&h);
	assert_int_equal(hold_room(&h, "a", 4, 4999), 0);
	holds_free(&h);
}

static void what_one_action_met_holds_up_no_other(void **state)
{
	(void)state;
	static const struct {
		long status;
		bool meant;
	} list[] = {{0, true},    {429, true},  {503, true},  {502, true},
		    {500, false}, {409, false}, {401, false}, {403, false}};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		struct failure f = {
			.code = ERR_NET, .status = list[i].status, .meant = list[i].status};
		assert_int_equal(hold_is_meant(&f), list[i].meant);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pauses_double_up_to_the_longest_with_chance_in_them),
		cmocka_unit_test(breaker_opens_after_the_tries_and_closes_on_success),
		cmocka_unit_test(what_the_server_asks_for_is_never_undercut),
		cmocka_unit_test(a_source_that_is_away_is_tried_by_one_and_then_by_all),
		cmocka_unit_test(a_time_that_the_source_named_is_not_undercut),
		cmocka_unit_test(what_one_action_met_holds_up_no_other),
	};
	return cmocka_run_group_tests_name("backoff", tests, NULL, NULL);
}

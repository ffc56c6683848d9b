/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo as time goes on: the same again from the same seed, alive, over restarts. */
#include "town.h"

#include <string.h>

#include "base/clock.h"

static bool add_digest(void *arg, const struct stored *s)
{
	uint64_t *h = arg;
	for (size_t i = 0; i < s->n; i++)
		*h = (*h ^ (unsigned char)s->json[i]) * UINT64_C(0x100000001b3);
	return true;
}

static uint64_t digest_of(const struct town *t)
{
	struct err e = ERR_INIT;
	uint64_t digest = UINT64_C(0xcbf29ce484222325);
	assert_int_equal(backend_all_changes(t->b, 0, add_digest, &digest, &e), 0);
	return digest;
}

static void step_through(struct town *t, int64_t span, int64_t every)
{
	struct err e = ERR_INIT;
	for (int64_t at = t->now; at <= t->now + span; at += every)
		assert_int_equal(demo_step(t->d, at, &e), 0);
}

static void same_seed_and_clock_give_the_same_bytes(void **state)
{
	(void)state;
	struct town a = open_town(9, CLOCK, 60), b = open_town(9, CLOCK, 60),
		    c = open_town(10, CLOCK, 60);
	assert_true(digest_of(&a) == digest_of(&b));
	assert_true(digest_of(&a) != digest_of(&c));
	step_through(&a, 4 * MINUTE, SECOND);
	step_through(&b, 4 * MINUTE, SECOND);
	assert_true(digest_of(&a) == digest_of(&b));
	close_town(&a);
	close_town(&b);
	close_town(&c);
}

static void it_lives_on_by_legal_moves_at_its_rate(void **state)
{
	(void)state;
	struct town t = open_town(1, "2026-11-20T09:00:00+07:00", 600);
	int64_t before = backend_last(t.b);
	step_through(&t, 4 * MINUTE, 500);
	int64_t changes = backend_last(t.b) - before;
	assert_in_range(changes, 2100, 2700);
	assert_codes(&t);
	assert_legal(&t);
	for (const struct kind *const *k = kinds; *k && !(*k)->catalogue; k++)
		each(&t, *k, fit_columns, (void *)(uintptr_t)*k);
	assert_true(backend_count(t.b, &kind_complaint) > 423);
	assert_true(backend_count(t.b, &kind_dossier) > 4147);
	assert_true(backend_count(t.b, &kind_call) > 268);
	assert_true(backend_count(t.b, &kind_alert) > 640);
	close_town(&t);
}

static void queues_keep_their_length(void **state)
{
	(void)state;
	struct town t = open_town(4, "2026-11-20T08:00:00+07:00", 60);
	struct count c = {0};
	step_through(&t, 2 * HOUR, 4 * SECOND);
	each(&t, &kind_complaint, count_complaint, &c);
	assert_in_range(c.open, 40, 170);
	close_town(&t);
}

static void without_a_rate_nothing_happens(void **state)
{
	(void)state;
	struct town t = open_town(1, CLOCK, 0);
	struct err e = ERR_INIT;
	int64_t before = backend_last(t.b);
	assert_true(demo_next(t.d, t.now) == CLOCK_NONE);
	assert_int_equal(demo_step(t.d, t.now + DAY, &e), 0);
	assert_true(backend_last(t.b) == before);
	close_town(&t);
}

static void a_restart_goes_on_without_loading_again(void **state)
{
	(void)state;
	struct town t = open_town(1, CLOCK, 120);
	struct err e = ERR_INIT;
	step_through(&t, 2 * MINUTE, SECOND);
	int64_t complaints = backend_count(t.b, &kind_complaint), last = backend_last(t.b);
	struct demo_options o = {.seed = 1, .clock = t.now + HOUR, .rate = 120};
	demo_free(t.d);
	t.d = demo_new(t.b, &o, &e);
	assert_non_null(t.d);
	assert_int_equal(demo_load(t.d, &e), 0);
	assert_true(backend_last(t.b) == last);
	assert_true(backend_count(t.b, &kind_complaint) == complaints);
	t.now = o.clock;
	step_through(&t, 4 * MINUTE, SECOND);
	assert_true(backend_last(t.b) > last + 300);
	assert_legal(&t);
	close_town(&t);
}

static void a_longer_history_comes_before_the_city(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct demo_options o = {.seed = 1, .records = 5000};
	assert_int_equal(clock_parse(CLOCK, strlen(CLOCK), &o.clock), 0);
	struct town t = {.now = o.clock, .b = backend_open(NULL, &e)};
	t.d = demo_new(t.b, &o, &e);
	assert_non_null(t.d);
	assert_int_equal(demo_load(t.d, &e), 0);
	assert_true(backend_count(t.b, &kind_complaint) == 5000);
	assert_true(backend_count(t.b, &kind_dossier) == 5000);
	assert_true(backend_count(t.b, &kind_call) == 5000);
	assert_true(backend_count(t.b, &kind_alert) == 5000);
	struct count c = {0};
	each(&t, &kind_complaint, count_complaint, &c);
	assert_int_equal(c.open, 82);
	assert_codes(&t);
	assert_legal(&t);
	close_town(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_seed_and_clock_give_the_same_bytes),
		cmocka_unit_test(it_lives_on_by_legal_moves_at_its_rate),
		cmocka_unit_test(queues_keep_their_length),
		cmocka_unit_test(without_a_rate_nothing_happens),
		cmocka_unit_test(a_restart_goes_on_without_loading_again),
		cmocka_unit_test(a_longer_history_comes_before_the_city),
	};
	return cmocka_run_group_tests(tests, open_first_town, close_first_town);
}

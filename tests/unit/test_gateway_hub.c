/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams: who hears what, coming back, falling behind, heartbeats. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "gateway/cursor.h"
#include "gateway/hub.h"

static struct err e;

struct fixture {
	struct backend *b;
	struct metrics m;
	struct hub *h;
	int woken;
};

static const struct hub_options options = {.listeners_most = 3, .heartbeat = 10 * SECOND};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	f->b = backend_open(NULL, &e);
	f->h = hub_new(f->b, &f->m, &options, &e);
	assert_non_null(f->h);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	hub_free(f->h);
	backend_close(f->b);
	free(f);
	return 0;
}

static void put(struct fixture *f, const char *kind, const char *id, const char *title)
{
	json_t *j = json_pack("{s:s, s:s}", "id", id, "title", title);
	assert_int_equal(backend_begin(f->b, &e), 0);
	assert_int_equal(backend_put(f->b, kind_find(kind), j, &e), 0);
	assert_int_equal(backend_commit(f->b, &e), 0);
	json_decref(j);
}

static void note(void *arg)
{
	((struct fixture *)arg)->woken++;
}

static uint32_t bit(const char *kind)
{
	return UINT32_C(1) << kind_index(kind_find(kind));
}

static struct listener *join(struct fixture *f, const char *kind, int64_t after)
{
	return hub_join(f->h, bit(kind), after, note, f);
}

static bool flush(struct fixture *f)
{
	return hub_flush(f->h, INT64_MAX);
}

/* All that waits, as text. */
static char *hear(struct listener *l, size_t piece)
{
	static char text[100000];
	size_t n = 0;
	ssize_t got;
	while ((got = hub_read(l, text + n, piece)) > 0)
		n += (size_t)got;
	text[n] = '\0';
	return text;
}

static void a_listener_hears_its_kinds_in_order(void **state)
{
	struct fixture *f = *state;
	struct listener *l = join(f, "complaint", 0);
	assert_non_null(strstr(hear(l, 1000), ": connected\n\n"));
	put(f, "complaint", "A", "x");
	put(f, "alert", "B", "x");
	put(f, "complaint", "C", "x");
	assert_true(flush(f));
	assert_int_equal(f->woken, 1);
	char *text = hear(l, 1000), *a = strstr(text, "\"id\":\"A\""),
	     *c = strstr(text, "\"id\":\"C\"");
	assert_true(a && c && a < c);
	assert_null(strstr(text, "\"id\":\"B\""));
	assert_int_equal(f->m.events_sent, 2);
	hub_leave(l);
}

static void events_come_whole_through_small_buffers(void **state)
{
	struct fixture *f = *state;
	struct listener *l = join(f, "complaint", 0);
	hear(l, 1000);
	put(f, "complaint", "A", "Ngõ 308");
	flush(f);
	char cursor[CURSOR_TEXT], wanted[400];
	cursor_format(f->b, 1, cursor);
	snprintf(
		wanted, sizeof wanted,
		"id: %s\nevent: change\ndata: {\"kind\":\"complaint\",\"record\":{\"id\":\"A\","
		"\"title\":\"Ngõ 308\",\"version\":1}}\n\n",
		cursor);
	assert_string_equal(hear(l, 7), wanted);
	hub_leave(l);
}

static void nobody_is_woken_for_other_kinds(void **state)
{
	struct fixture *f = *state;
	struct listener *l = join(f, "complaint", 0);
	hear(l, 1000);
	put(f, "alert", "A", "x");
	assert_false(flush(f));
	assert_int_equal(f->woken, 0);
	hub_leave(l);
}

static void who_returns_in_time_misses_nothing(void **state)
{
	struct fixture *f = *state;
	put(f, "complaint", "A", "x");
	put(f, "complaint", "B", "x");
	struct listener *l = join(f, "complaint", 1);
	char *text = hear(l, 1000);
	assert_null(strstr(text, "\"id\":\"A\""));
	assert_non_null(strstr(text, "\"id\":\"B\""));
	assert_null(strstr(text, "resync"));
	hub_leave(l);
}

static void changes_before_the_start_can_still_be_had(void **state)
{
	struct fixture *f = *state;
	put(f, "complaint", "A", "x");
	put(f, "complaint", "B", "x");
	hub_free(f->h);
	f->h = hub_new(f->b, &f->m, &options, &e);
	struct listener *l = join(f, "complaint", 1);
	assert_non_null(strstr(hear(l, 1000), "\"id\":\"B\""));
	hub_leave(l);
}

static void who_returns_too_late_is_told_to_resync(void **state)
{
	struct fixture *f = *state;
	put(f, "complaint", "A", "x");
	struct listener *l = join(f, "complaint", INT64_MIN);
	char *text = hear(l, 1000);
	assert_non_null(strstr(text, "event: resync\ndata: {\"now\":"));
	assert_null(strstr(text, "\"id\":\"A\""));
	put(f, "complaint", "B", "x");
	assert_non_null(strstr(hear(l, 1000), "\"id\":\"B\""));
	assert_int_equal(f->m.resyncs, 1);
	hub_leave(l);
}

static void who_falls_behind_gets_the_event_it_began_and_a_resync(void **state)
{
	struct fixture *f = *state;
	struct listener *l = join(f, "complaint", 0);
	hear(l, 1000);
	put(f, "complaint", "A", "the one under way");
	flush(f);
	char start[41] = "";
	assert_int_equal(hub_read(l, start, 40), 40);
	for (int i = 0; i < 20000; i++) {
		char id[16];
		snprintf(id, sizeof id, "R%d", i);
		put(f, "complaint", id, "x");
	}
	char *text = hear(l, 5000);
	assert_int_equal(strncmp(start, "id: ", 4), 0);
	assert_non_null(strstr(text, "the one under way"));
	assert_true(strstr(text, "event: resync") > strstr(text, "the one under way"));
	assert_null(strstr(text, "\"id\":\"R1\""));
	hub_leave(l);
}

static void silence_is_broken_by_heartbeats_that_carry_the_newest_id(void **state)
{
	struct fixture *f = *state;
	struct listener *l = join(f, "complaint", 0);
	hear(l, 1000);
	put(f, "alert", "A", "x");
	hub_tick(f->h, clock_monotonic() + 9 * SECOND);
	assert_int_equal(f->woken, 0);
	hub_tick(f->h, clock_monotonic() + 11 * SECOND);
	assert_int_equal(f->woken, 1);
	char cursor[CURSOR_TEXT], wanted[100];
	cursor_format(f->b, 1, cursor);
	snprintf(wanted, sizeof wanted, "id: %s\n: heartbeat\n\n", cursor);
	assert_string_equal(hear(l, 1000), wanted);
	hub_tick(f->h, clock_monotonic() + 11 * SECOND);
	assert_string_equal(hear(l, 1000), ": heartbeat\n\n");
	hub_leave(l);
}

static void streams_are_counted_and_limited(void **state)
{
	struct fixture *f = *state;
	struct listener *l[3];
	for (int i = 0; i < 3; i++)
		l[i] = join(f, "complaint", 0);
	assert_true(hub_full(f->h));
	assert_int_equal(f->m.streams, 3);
	for (int i = 0; i < 3; i++)
		hub_leave(l[i]);
	assert_false(hub_full(f->h));
}

static void the_end_comes_after_what_was_begun(void **state)
{
	struct fixture *f = *state;
	struct listener *l = join(f, "complaint", 0);
	char byte;
	assert_int_equal(hub_read(l, &byte, 1), 1);
	hub_end(f->h);
	assert_non_null(strstr(hear(l, 1000), "connected\n\n"));
	assert_int_equal(hub_read(l, &byte, 1), -1);
	hub_leave(l);
}

static void flushing_rests_as_long_as_it_took(void **state)
{
	struct fixture *f = *state;
	struct listener *l = join(f, "complaint", 0);
	hear(l, 1000);
	put(f, "complaint", "A", "x");
	assert_int_equal(hub_patience(f->h, 1000), 0);
	assert_true(hub_flush(f->h, 1000));
	hub_rest(f->h, 3000, 2000);
	hear(l, 1000);
	put(f, "complaint", "B", "x");
	assert_int_equal(hub_patience(f->h, 4000), 1000);
	assert_false(hub_flush(f->h, 4999));
	assert_true(hub_flush(f->h, 5000));
	assert_int_equal(hub_patience(f->h, 5000), -1);
	hub_leave(l);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_listener_hears_its_kinds_in_order),
		TEST(events_come_whole_through_small_buffers),
		TEST(nobody_is_woken_for_other_kinds),
		TEST(who_returns_in_time_misses_nothing),
		TEST(changes_before_the_start_can_still_be_had),
		TEST(who_returns_too_late_is_told_to_resync),
		TEST(who_falls_behind_gets_the_event_it_began_and_a_resync),
		TEST(silence_is_broken_by_heartbeats_that_carry_the_newest_id),
		TEST(streams_are_counted_and_limited),
		TEST(the_end_comes_after_what_was_begun),
		TEST(flushing_rests_as_long_as_it_took),
	};
	return cmocka_run_group_tests_name("gateway hub", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels are reached once: over looks, restarts, a cache made anew and a kill in between. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "cache_fixture.h"
#include "deadline/deadline.h"
#include "store/escalation.h"
#include "store/query.h"

/* Sunday 2026-11-22 19:00 in Sơn La; the rules below count day and night. */
#define NOW INT64_C(1795348800000)

static const char rules[] = "version: 2026-11-21\n"
			    "rules:\n"
			    "  - {kind: complaint, calendar: always, handle: 10 h, soon: 2 h,"
			    " escalate: {officer: -2 h, direct leader: 8 h, chairman: 16 h}}\n";
static const char calendar[] =
	"version: 2026-11-21\n"
	"calendars:\n"
	"  office: {title: x, day: 8h, hours: [{weekdays: mon-fri, open: [\"08:00-16:00\"]}]}\n"
	"  always: {title: x, day: 24h, holidays: false,"
	" hours: [{weekdays: mon-sun, open: [\"00:00-24:00\"]}]}\n";

struct watch {
	struct cache *cache;
	struct journal *journal;
	char path[128];
	struct rulebook *rules;
};

static int setup(void **state)
{
	struct watch *w = calloc(1, sizeof *w);
	struct err e = ERR_INIT;
	cache_setup(state);
	w->cache = *state;
	snprintf(w->path, sizeof w->path, "%s/journal.db", w->cache->dir);
	w->journal = journal_open(w->path, &e);
	struct calendar *c = calendar_parse("hours", calendar, strlen(calendar), &e);
	w->rules = c ? rulebook_parse(c, "rules", rules, strlen(rules), &e) : NULL;
	if (!w->journal || !w->rules) {
		print_error("%s\n", e.text);
		return -1;
	}
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct watch *w = *state;
	journal_close(w->journal);
	rulebook_free(w->rules);
	*state = w->cache;
	free(w);
	return cache_teardown(state);
}

/* A complaint that is due so many hours from NOW, and was distributed; in a batch. */
static void add(struct watch *w, const char *id, int64_t version, int hours)
{
	struct cache *c = w->cache;
	struct record *r = cache_record(c, "complaint", id, version, "DANG_XL", id);
	cache_set(c, r, "code", id);
	cache_set(c, r, "unit", "UB-03646");
	cache_set_time(c, r, "created_at", NOW + (hours - 10) * HOUR);
	cache_set_time(c, r, "due_at", NOW + hours * HOUR);
	deadline_settle(w->rules, &c->arena, r);
	cache_put(c, r);
}

static void put(struct watch *w, const char *id, int64_t version, int hours)
{
	cache_begin(w->cache);
	add(w, id, version, hours);
	cache_commit(w->cache);
}

static struct escalation_list look(struct watch *w, int64_t now, int64_t *wake)
{
	struct escalation_list l;
	struct err e = ERR_INIT;
	int64_t other;
	if (escalation_scan(w->cache->writer, w->journal, w->rules, now, &l,
			    wake ? wake : &other, &e) < 0)
		fail_msg("%s", e.text);
	return l;
}

/* "PA-1:2 PA-2:1s": code, level, s for silent. */
static void check(struct watch *w, int64_t now, const char *expected)
{
	struct escalation_list l = look(w, now, NULL);
	struct strbuf b = STRBUF_INIT;
	for (size_t i = 0; i < l.count; i++)
		strbuf_addf(&b, "%s%s:%d%s", i ? " " : "", l.events[i].code, l.events[i].level,
			    l.events[i].silent ? "s" : "");
	assert_string_equal(b.s, expected);
	strbuf_free(&b);
	escalation_list_free(&l);
}

static int count(struct journal *j)
{
	sqlite3_stmt *s;
	assert_int_equal(sqlite3_prepare_v2(journal_handle(j),
					    "SELECT count(*) FROM escalation", -1, &s, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	int n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return n;
}

static void each_level_is_reached_once(void **state)
{
	struct watch *w = *state;
	put(w, "PA-1", 1, 4);
	check(w, NOW, "");
	check(w, NOW + 2 * HOUR - 1, "");
	check(w, NOW + 2 * HOUR, "PA-1:1");
	check(w, NOW + 2 * HOUR, "");
	check(w, NOW + 12 * HOUR, "PA-1:2");
	check(w, NOW + 13 * HOUR, "");
	check(w, NOW + 20 * HOUR, "PA-1:3");
	check(w, NOW + 300 * HOUR, "");
	assert_int_equal(count(w->journal), 3);
}

static void the_next_level_is_foretold(void **state)
{
	struct watch *w = *state;
	int64_t wake;
	struct escalation_list l = look(w, NOW, &wake);
	escalation_list_free(&l);
	assert_true(wake == CLOCK_NONE);
	put(w, "PA-1", 1, 4);
	put(w, "PA-2", 1, 5);
	l = look(w, NOW, &wake);
	escalation_list_free(&l);
	assert_true(wake == NOW + 2 * HOUR);
}

static void what_was_late_at_first_sight_is_silent(void **state)
{
	struct watch *w = *state;
	put(w, "PA-1", 1, -20);
	put(w, "PA-2", 1, -9);
	put(w, "PA-3", 1, 1);
	check(w, NOW, "PA-1:1s PA-1:2s PA-1:3s PA-2:1s PA-2:2s PA-3:1s");
	check(w, NOW + 7 * HOUR, "PA-2:3");
}

/* A source that was silent for a night: what came late meanwhile is heard, once a record. */
static void levels_reached_together_ring_once(void **state)
{
	struct watch *w = *state;
	put(w, "PA-1", 1, 3);
	check(w, NOW, "");
	check(w, NOW + 19 * HOUR, "PA-1:1s PA-1:2s PA-1:3");
}

static void a_changed_record_does_not_begin_again(void **state)
{
	struct watch *w = *state;
	put(w, "PA-1", 1, 3);
	check(w, NOW, "");
	check(w, NOW + 2 * HOUR, "PA-1:1");
	put(w, "PA-1", 2, 6);
	check(w, NOW + 2 * HOUR, "");
	check(w, NOW + 5 * HOUR, "");
	check(w, NOW + 14 * HOUR, "PA-1:2");
}

static void closed_records_rest(void **state)
{
	struct watch *w = *state;
	put(w, "PA-1", 1, 3);
	check(w, NOW, "");
	struct record *r = cache_record(w->cache, "complaint", "PA-1", 2, "DONG", "PA-1");
	cache_set_time(w->cache, r, "created_at", NOW);
	cache_set_time(w->cache, r, "due_at", NOW + 3 * HOUR);
	cache_set_time(w->cache, r, "closed_at", NOW + HOUR);
	deadline_settle(w->rules, &w->cache->arena, r);
	cache_put_alone(w->cache, r);
	check(w, NOW + 30 * HOUR, "");
}

static void reopen_journal(struct watch *w)
{
	struct err e = ERR_INIT;
	journal_close(w->journal);
	w->journal = journal_open(w->path, &e);
	assert_non_null(w->journal);
}

static int copies(struct watch *w)
{
	sqlite3_stmt *s;
	assert_int_equal(sqlite3_prepare_v2(db_handle(w->cache->writer),
					    "SELECT count(*) FROM escalation", -1, &s, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	int n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return n;
}

static void forget_copies(struct watch *w)
{
	assert_int_equal(sqlite3_exec(db_handle(w->cache->writer),
				      "DELETE FROM escalation; UPDATE meta SET value = 0"
				      " WHERE key = 'escalation'",
				      NULL, NULL, NULL),
			 SQLITE_OK);
}

static void a_new_cache_is_filled_from_the_journal(void **state)
{
	struct watch *w = *state;
	put(w, "PA-1", 1, 3);
	check(w, NOW, "");
	check(w, NOW + 2 * HOUR, "PA-1:1");
	reopen_journal(w);
	forget_copies(w);
	check(w, NOW + 2 * HOUR, "");
	assert_int_equal(copies(w), 1);
	assert_int_equal(count(w->journal), 1);
}

/* More than one look takes in: the next one is due at once, and nothing is lost. */
static void a_flood_takes_several_looks(void **state)
{
	struct watch *w = *state;
	size_t all = 0, looks = 0, found;
	cache_begin(w->cache);
	for (int i = 0; i < 7000; i++) {
		char id[32];
		snprintf(id, sizeof id, "PA-%d", i);
		add(w, id, 1, -20);
	}
	cache_commit(w->cache);
	do {
		int64_t wake;
		struct escalation_list l = look(w, NOW, &wake);
		found = l.count;
		all += found;
		if (found && all < 21000)
			assert_true(wake == NOW);
		escalation_list_free(&l);
	} while (found && ++looks < 10);
	assert_int_equal(all, 21000);
	assert_int_equal(looks, 2);
	assert_int_equal(count(w->journal), 21000);
	assert_int_equal(copies(w), 21000);
}

/* Killed between journal and cache: the copy is behind and comes after. */
static void a_kill_between_the_files_raises_nothing_twice(void **state)
{
	struct watch *w = *state;
	struct err e = ERR_INIT;
	put(w, "PA-1", 1, 3);
	check(w, NOW, "");
	struct escalation_event x = {.kind = kind_find("complaint"),
				     .source = "a",
				     .id = "PA-1",
				     .clock = "handle",
				     .whom = "officer",
				     .level = 1,
				     .due = NOW,
				     .reached = NOW,
				     .at = NOW};
	assert_int_equal(escalation_remember(w->journal, &x, 1, &e), 0);
	assert_int_equal(x.level, 1);
	assert_int_equal(copies(w), 0);
	check(w, NOW + 2 * HOUR, "");
	assert_int_equal(copies(w), 1);
	assert_int_equal(escalation_remember(w->journal, &x, 1, &e), 0);
	assert_int_equal(x.level, 0);
}

static void the_journal_is_only_appended_to(void **state)
{
	struct watch *w = *state;
	put(w, "PA-1", 1, -3);
	check(w, NOW, "PA-1:1s");
	sqlite3 *j = journal_handle(w->journal);
	assert_int_equal(sqlite3_exec(j, "DELETE FROM escalation", NULL, NULL, NULL),
			 SQLITE_CONSTRAINT);
	assert_int_equal(sqlite3_exec(j, "UPDATE escalation SET level = 3", NULL, NULL, NULL),
			 SQLITE_CONSTRAINT);
}

static void the_history_shows_it(void **state)
{
	struct watch *w = *state;
	struct err e = ERR_INIT;
	struct arena a = ARENA_INIT;
	put(w, "PA-1", 1, 3);
	check(w, NOW, "");
	check(w, NOW + 2 * HOUR, "PA-1:1");
	struct record *r = store_record(w->cache->writer, &a, kind_find("complaint"), "PA-1",
					false, &e);
	assert_non_null(r);
	assert_non_null(r->detail);
	assert_non_null(strstr(r->detail, "\"by\":\"ioc\",\"action\":\"escalation\","
					  "\"level\":1,\"whom\":\"officer\""));
	arena_free(&a);
}

static void entries_stand_in_the_order_of_time(void **state)
{
	struct watch *w = *state;
	struct err e = ERR_INIT;
	struct arena a = ARENA_INIT;
	struct record *r = cache_record(w->cache, "complaint", "PA-1", 1, "DANG_XL", "x");
	cache_set_time(w->cache, r, "created_at", NOW - 7 * HOUR);
	cache_set_time(w->cache, r, "due_at", NOW + 3 * HOUR);
	r->detail = "{\"history\":[{\"at\":\"2026-11-22T01:00:00Z\",\"by\":\"first\"},"
		    "{\"at\":\"2099-01-01T00:00:00Z\",\"by\":\"last\"}]}";
	r->detail_n = strlen(r->detail);
	deadline_settle(w->rules, &w->cache->arena, r);
	cache_put_alone(w->cache, r);
	check(w, NOW, "");
	check(w, NOW + 2 * HOUR, ":1");
	r = store_record(w->cache->writer, &a, kind_find("complaint"), "PA-1", false, &e);
	const char *first = strstr(r->detail, "first"), *ioc = strstr(r->detail, "\"ioc\""),
		   *last = strstr(r->detail, "last");
	assert_true(first && ioc && last && first < ioc && ioc < last);
	arena_free(&a);
}

int main(void)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(each_level_is_reached_once),
		TEST(the_next_level_is_foretold),
		TEST(what_was_late_at_first_sight_is_silent),
		TEST(levels_reached_together_ring_once),
		TEST(a_changed_record_does_not_begin_again),
		TEST(closed_records_rest),
		TEST(a_new_cache_is_filled_from_the_journal),
		TEST(a_flood_takes_several_looks),
		TEST(a_kill_between_the_files_raises_nothing_twice),
		TEST(the_journal_is_only_appended_to),
		TEST(the_history_shows_it),
		TEST(entries_stand_in_the_order_of_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

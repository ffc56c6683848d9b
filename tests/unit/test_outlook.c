/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which open records of a cache will probably be late. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cache_fixture.h"
#include "deadline/forecast.h"
#include "store/query.h"

#define NOW INT64_C(1795348800000)

/* A complaint of ten days that came so many days ago; ended -1: still open. */
static void put(struct cache *c, const char *id, const char *unit, double came, double ended)
{
	bool open = ended < 0;
	struct record *r = cache_record(c, "complaint", id, 1, open ? "DANG_XL" : "DA_XL", id);
	cache_set(c, r, "code", id);
	if (*unit)
		cache_set(c, r, "unit", unit);
	cache_set(c, r, "category", "rac-thai");
	cache_set_time(c, r, "created_at", NOW - (int64_t)(came * DAY));
	cache_set_time(c, r, "due_at", NOW - (int64_t)((came - 10) * DAY));
	if (!open)
		cache_set_time(c, r, "closed_at", NOW - (int64_t)(ended * DAY));
	cache_put(c, r);
}

/* SLOW: nine of ten were two days late.  QUICK: all within four days. */
static void put_history(struct cache *c)
{
	for (int i = 0; i < 10; i++) {
		char id[32];
		snprintf(id, sizeof id, "S-%d", i);
		put(c, id, "SLOW", 12 + i, i ? i : 5.5 + i);
		snprintf(id, sizeof id, "Q-%d", i);
		put(c, id, "QUICK", 12 + i, 8 + i);
	}
}

static struct forecast_page *ask(struct cache *c, const char *kind, const char *filter,
				 size_t limit)
{
	struct forecast_query *q = forecast_query_new();
	q->kind = kind ? kind_find(kind) : NULL;
	q->filter = filter ? strdup(filter) : NULL;
	q->limit = limit;
	q->now = NOW;
	q->generation = 7;
	struct forecast_page *p = store_forecast(c->writer, NULL, q);
	forecast_query_free(q);
	if (p->error.code)
		fail_msg("%s", p->error.text);
	assert_int_equal(p->generation, 7);
	return p;
}

static void slow_units_are_found(void **state)
{
	struct cache *c = *state;
	cache_begin(c);
	put_history(c);
	put(c, "OPEN-1", "SLOW", 6, -1);
	put(c, "OPEN-2", "SLOW", 8, -1);
	put(c, "OPEN-3", "QUICK", 3, -1);
	put(c, "LATE", "SLOW", 11, -1);
	cache_commit(c);
	struct forecast_page *p = ask(c, "complaint", NULL, 10);
	assert_int_equal(p->kind_count, 1);
	assert_int_equal(p->kinds[0].open, 3);
	assert_int_equal(p->kinds[0].cases, 21); /* with the one that is late and open */
	assert_int_equal(p->total, 2);
	assert_int_equal(p->count, 2);
	/* Of SLOW's ten and LATE: ten were late; the eleventh had ended after 6.5 days. */
	assert_string_equal(record_text(p->rows[0].record, COL_CODE), "OPEN-2");
	assert_int_equal(p->rows[0].guess.late, 10);
	assert_int_equal(p->rows[0].guess.alike, 10);
	assert_string_equal(record_text(p->rows[1].record, COL_CODE), "OPEN-1");
	assert_int_equal(p->rows[1].guess.late, 10);
	assert_int_equal(p->rows[1].guess.alike, 11);
	assert_int_equal(p->rows[1].used, 6 * DAY);
	assert_int_equal(p->rows[1].allowed, 10 * DAY);
	forecast_page_free(p);
}

static void no_history_says_nothing(void **state)
{
	struct cache *c = *state;
	cache_begin(c);
	put(c, "OPEN-1", "SLOW", 6, -1);
	cache_commit(c);
	struct forecast_page *p = ask(c, NULL, NULL, 10);
	assert_true(p->kind_count > 1);
	assert_int_equal(p->count, 0);
	assert_int_equal(p->kinds[0].open, 1);
	assert_int_equal(p->kinds[0].unknown, 1);
	assert_int_equal(p->kinds[0].scores[0].cases, 0);
	forecast_page_free(p);
}

static void filters_and_limits_hold(void **state)
{
	struct cache *c = *state;
	cache_begin(c);
	put_history(c);
	put(c, "OPEN-1", "SLOW", 6, -1);
	put(c, "OPEN-2", "SLOW", 8, -1);
	put(c, "OPEN-4", "", 8, -1);
	cache_commit(c);
	struct forecast_page *p = ask(c, "complaint", "code:OPEN-1 or code:OPEN-9", 10);
	assert_int_equal(p->count, 1);
	assert_string_equal(record_text(p->rows[0].record, COL_CODE), "OPEN-1");
	forecast_page_free(p);
	p = ask(c, "complaint", NULL, 1);
	assert_int_equal(p->count, 1);
	assert_true(p->total > 1);
	forecast_page_free(p);
}

static void what_was_dropped_is_no_case(void **state)
{
	struct cache *c = *state;
	cache_begin(c);
	for (int i = 0; i < 20; i++) {
		char id[32];
		snprintf(id, sizeof id, "R-%d", i);
		struct record *r = cache_record(c, "complaint", id, 1, "TU_CHOI", id);
		cache_set_time(c, r, "created_at", NOW - 20 * DAY);
		cache_set_time(c, r, "due_at", NOW - 10 * DAY);
		cache_set_time(c, r, "closed_at", NOW - 1 * DAY);
		cache_put(c, r);
	}
	cache_commit(c);
	struct forecast_page *p = ask(c, "complaint", NULL, 10);
	assert_int_equal(p->kinds[0].cases, 0);
	forecast_page_free(p);
}

static void a_wrong_filter_is_told(void **state)
{
	struct forecast_query *q = forecast_query_new();
	q->filter = strdup("nonsense:1");
	struct forecast_page *p = store_forecast(((struct cache *)*state)->writer, NULL, q);
	forecast_query_free(q);
	assert_true(p->error.code != ERR_NONE);
	forecast_page_free(p);
}

int main(void)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
#define TEST(name) cmocka_unit_test_setup_teardown(name, cache_setup, cache_teardown)
	const struct CMUnitTest tests[] = {
		TEST(slow_units_are_found),    TEST(no_history_says_nothing),
		TEST(filters_and_limits_hold), TEST(what_was_dropped_is_no_case),
		TEST(a_wrong_filter_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

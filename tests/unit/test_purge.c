/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What leaves the cache by age or with its source, what stays, and what does not come back. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cache_fixture.h"
#include "model/kinds.h"
#include "store/purge.h"

#define KEEP (100 * DAY)

static struct record *aged(struct cache *c, const char *kind, const char *id, int64_t version,
			   const char *state, int64_t age)
{
	struct record *r = cache_record(c, kind, id, version, state, id);
	cache_set_time(c, r, "updated_at", clock_now() - age);
	return r;
}

static struct ingest_result run(struct cache *c, const struct purge_policy *policy)
{
	struct ingest_result result = {0};
	struct purge *p = purge_new(c->writer, c->ingest, policy);
	while (purge_step(p, clock_now(), &result))
		continue;
	purge_free(p);
	return result;
}

static struct purge_policy keeping(const struct kind *k)
{
	struct purge_policy p = {.any_source = true};
	p.keep[kind_index(k)] = KEEP;
	return p;
}

static void closed_records_go_when_they_are_old(void **state)
{
	struct cache *c = *state;
	struct purge_policy policy = keeping(&kind_complaint);
	struct record *created = cache_record(c, "complaint", "xưa", 1, "DONG", "xưa");
	cache_set_time(c, created, "created_at", clock_now() - 2 * KEEP);
	cache_begin(c);
	cache_put(c, aged(c, "complaint", "cũ", 1, "DONG", KEEP + DAY));
	cache_put(c, aged(c, "complaint", "trẻ", 1, "DONG", KEEP - DAY));
	cache_put(c, aged(c, "complaint", "mở", 1, "DANG_XL", 9 * KEEP));
	cache_put(c, aged(c, "complaint", "lạ", 1, "NO_SUCH_STATE", 9 * KEEP));
	cache_put(c, created);
	cache_put(c, cache_record(c, "complaint", "không", 1, "DONG", "không có ngày"));
	cache_put(c, aged(c, "call", "gọi", 1, "hoan_thanh", 9 * KEEP));
	cache_commit(c);
	struct ingest_result r = run(c, &policy);
	assert_int_equal(r.deleted, 2);
	assert_int_equal(r.changed[kind_index(&kind_complaint)], 2);
	assert_int_equal(cache_count(c, "complaint", ""), 4);
	assert_int_equal(cache_count(c, "complaint", "cu"), 0);
	assert_int_equal(cache_count(c, "call", ""), 1);
	cache_assert_sound(c->writer);
	assert_int_equal(run(c, &policy).deleted, 0);
}

static void what_is_gone_comes_back_only_when_it_changed(void **state)
{
	struct cache *c = *state;
	struct purge_policy policy = keeping(&kind_complaint);
	cache_put_alone(c, aged(c, "complaint", "1", 5, "DONG", 2 * KEEP));
	assert_int_equal(run(c, &policy).deleted, 1);
	struct ingest_result r = cache_put_alone(
		c, aged(c, "complaint", "1", 5, "DONG", 2 * KEEP));
	assert_int_equal(r.expired, 1);
	r = cache_put_alone(c, aged(c, "complaint", "1", 0, "DONG", 2 * KEEP));
	assert_int_equal(r.expired, 1);
	assert_int_equal(cache_count(c, "complaint", ""), 0);
	r = cache_put_alone(c, aged(c, "complaint", "1", 6, "DONG", DAY));
	assert_int_equal(r.inserted, 1);
	r = cache_put_alone(c, aged(c, "complaint", "2", 1, "MOI", 2 * KEEP));
	assert_int_equal(r.inserted, 1);
	cache_assert_sound(c->writer);
}

static void an_alert_of_a_complaint_is_kept_as_long_as_that(void **state)
{
	struct cache *c = *state;
	struct purge_policy policy = keeping(&kind_alert);
	struct record *of_case = aged(c, "alert", "1", 1, "DONG", 2 * KEEP);
	cache_set(c, of_case, "case_id", "PA-1");
	cache_begin(c);
	cache_put(c, of_case);
	cache_put(c, aged(c, "alert", "2", 1, "BO_QUA", 2 * KEEP));
	cache_commit(c);
	assert_int_equal(run(c, &policy).deleted, 1);
	assert_int_equal(cache_count(c, "alert", ""), 1);
	policy.keep[kind_index(&kind_complaint)] = 3 * KEEP;
	assert_int_equal(run(c, &policy).deleted, 0);
	policy.keep[kind_index(&kind_complaint)] = KEEP;
	assert_int_equal(run(c, &policy).deleted, 1);
	cache_assert_sound(c->writer);
}

/* Several steps, and among what is not indexed yet. */
static void many_go_in_small_steps_and_are_counted(void **state)
{
	struct cache *c = *state;
	struct purge_policy policy = keeping(&kind_complaint);
	struct purge_totals t;
	struct err e = ERR_INIT;
	char id[16];
	cache_begin(c);
	for (int i = 0; i < 1000; i++) {
		snprintf(id, sizeof id, "số%d", i);
		cache_put(c, aged(c, "complaint", id, 1, "DONG", i % 4 ? 2 * KEEP : DAY));
	}
	cache_commit(c);
	assert_int_equal(run(c, &policy).deleted, 750);
	assert_int_equal(cache_count(c, "complaint", ""), 250);
	assert_int_equal(purge_load(c->writer, &t, &e), 0);
	assert_int_equal(t.rows[kind_index(&kind_complaint)], 750);
	assert_int_equal(t.rows[kind_index(&kind_call)], 0);
	assert_true(t.at >= clock_now() - MINUTE);
	cache_assert_sound(c->writer);
}

static void nothing_goes_while_many_come(void **state)
{
	struct cache *c = *state;
	struct purge_policy policy = keeping(&kind_complaint);
	cache_put_alone(c, aged(c, "complaint", "1", 1, "DONG", 2 * KEEP));
	ingest_bulk(c->ingest, true);
	assert_int_equal(run(c, &policy).deleted, 0);
	ingest_bulk(c->ingest, false);
	assert_int_equal(run(c, &policy).deleted, 1);
}

static void put_of(struct cache *c, const char *source, const char *kind, const char *id)
{
	struct record *r = cache_record(c, kind, id, 1, NULL, NULL);
	r->source = source;
	cache_put(c, r);
}

static void records_go_with_their_source(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	char b[] = "b", *names[] = {b};
	struct purge_policy policy = {.sources = names, .source_count = 1};
	char id[16];
	cache_begin(c);
	for (int i = 0; i < 600; i++) {
		snprintf(id, sizeof id, "%d", i);
		put_of(c, i % 2 ? "a" : "b", "complaint", id);
	}
	put_of(c, "a", "unit", "u");
	put_of(c, "b", "unit", "v");
	cursor_save(c->writer, "a", "f", "7", &e);
	cursor_save(c->writer, "b", "f", "8", &e);
	cache_commit(c);
	policy.any_source = true;
	assert_int_equal(run(c, &policy).deleted, 0);
	policy.any_source = false;
	assert_int_equal(run(c, &policy).deleted, 301);
	assert_int_equal(cache_count(c, "complaint", ""), 300);
	assert_int_equal(cache_count(c, "complaint", "source:b"), 300);
	assert_int_equal(cache_count(c, "unit", ""), 1);
	assert_null(cursor_load(c->writer, "a", "f"));
	char *kept = cursor_load(c->writer, "b", "f");
	assert_string_equal(kept, "8");
	free(kept);
	cache_assert_sound(c->writer);
	/* It may come back, and goes again. */
	cache_begin(c);
	put_of(c, "a", "complaint", "1");
	cache_commit(c);
	assert_int_equal(cache_count(c, "complaint", "source:a"), 1);
	assert_int_equal(run(c, &policy).deleted, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cache_setup, cache_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(closed_records_go_when_they_are_old),
		TEST(what_is_gone_comes_back_only_when_it_changed),
		TEST(an_alert_of_a_complaint_is_kept_as_long_as_that),
		TEST(many_go_in_small_steps_and_are_counted),
		TEST(nothing_goes_while_many_come),
		TEST(records_go_with_their_source),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

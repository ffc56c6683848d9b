/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which record wins, and that index and counters follow. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cache_fixture.h"
#include "store/query.h"

static void newer_version_replaces_and_older_is_dropped(void **state)
{
	struct cache *c = *state;
	struct ingest_result r = cache_put_alone(
		c, cache_record(c, "complaint", "1", 5, "MOI", "năm"));
	assert_int_equal(r.inserted, 1);
	assert_int_equal(r.changed[0], 1);
	r = cache_put_alone(c, cache_record(c, "complaint", "1", 4, "DONG", "bốn"));
	assert_int_equal(r.older, 1);
	assert_int_equal(r.changed[0], 0);
	r = cache_put_alone(c, cache_record(c, "complaint", "1", 6, "DANG_XL", "sáu"));
	assert_int_equal(r.updated, 1);
	assert_int_equal(cache_count(c, "complaint", "state:DANG_XL"), 1);
	assert_int_equal(cache_count(c, "complaint", "state:MOI"), 0);
	assert_int_equal(cache_count(c, "complaint", "nam"), 0);
	assert_int_equal(cache_count(c, "complaint", "sau"), 1);
	cache_assert_sound(c->writer);
}

static void same_content_counts_as_unchanged(void **state)
{
	struct cache *c = *state;
	cache_put_alone(c, cache_record(c, "call", "1", 0, "quay_roi", "x"));
	struct ingest_result r = cache_put_alone(
		c, cache_record(c, "call", "1", 0, "quay_roi", "x"));
	assert_int_equal(r.unchanged, 1);
	r = cache_put_alone(c, cache_record(c, "call", "1", 0, "quay_roi", "y"));
	assert_int_equal(r.updated, 1);
}

static void same_id_of_two_sources_is_two_records(void **state)
{
	struct cache *c = *state;
	struct record *b = cache_record(c, "complaint", "1", 1, "MOI", "b");
	b->source = "b";
	cache_begin(c);
	cache_put(c, cache_record(c, "complaint", "1", 1, "MOI", "a"));
	cache_put(c, b);
	cache_commit(c);
	assert_int_equal(cache_count(c, "complaint", ""), 2);
	assert_int_equal(cache_count(c, "complaint", "source:b"), 1);
}

static struct record *tombstone(struct cache *c, const char *id, int64_t version)
{
	struct record *r = cache_record(c, "complaint", id, version, NULL, NULL);
	r->deleted = true;
	return r;
}

static void deleted_record_stays_away_from_older_versions(void **state)
{
	struct cache *c = *state;
	cache_put_alone(c, cache_record(c, "complaint", "1", 1, "MOI", "có"));
	struct ingest_result r = cache_put_alone(c, tombstone(c, "1", 3));
	assert_int_equal(r.deleted, 1);
	r = cache_put_alone(c, cache_record(c, "complaint", "1", 2, "MOI", "muộn"));
	assert_int_equal(r.older, 1);
	assert_int_equal(cache_count(c, "complaint", ""), 0);
	r = cache_put_alone(c, cache_record(c, "complaint", "1", 4, "MOI", "lại"));
	assert_int_equal(r.inserted, 1);
	cache_put_alone(c, tombstone(c, "2", 9));
	r = cache_put_alone(c, cache_record(c, "complaint", "2", 8, "MOI", "chưa từng"));
	assert_int_equal(r.older, 1);
	cache_assert_sound(c->writer);
}

static void late_deletion_of_an_older_version_is_ignored(void **state)
{
	struct cache *c = *state;
	cache_put_alone(c, cache_record(c, "complaint", "1", 5, "MOI", "mới"));
	struct ingest_result r = cache_put_alone(c, tombstone(c, "1", 4));
	assert_int_equal(r.older, 1);
	assert_int_equal(cache_count(c, "complaint", ""), 1);
}

static void rowids_are_never_used_again(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	cache_put_alone(c, cache_record(c, "complaint", "1", 1, "MOI", "một"));
	cache_put_alone(c, tombstone(c, "1", 2));
	cache_put_alone(c, cache_record(c, "complaint", "2", 1, "MOI", "hai"));
	struct record *r = store_record(c->writer, &c->arena, NULL, "2", false, &e);
	assert_non_null(r);
	assert_int_equal(r->rowid, 2);
}

static void rolled_back_batch_leaves_nothing(void **state)
{
	struct cache *c = *state;
	cache_begin(c);
	cache_put(c, cache_record(c, "complaint", "1", 1, "MOI", "một"));
	ingest_rollback(c->ingest);
	cache_put_alone(c, cache_record(c, "complaint", "2", 1, "MOI", "hai"));
	assert_int_equal(cache_count(c, "complaint", ""), 1);
	cache_assert_sound(c->writer);
}

static void unknown_state_is_kept_and_open(void **state)
{
	struct cache *c = *state;
	cache_put_alone(c, cache_record(c, "complaint", "1", 1, "LA_LAM", "lạ"));
	assert_int_equal(cache_count(c, "complaint", "is:open"), 1);
	assert_int_equal(cache_count(c, "complaint", "state:\"LA_LAM\""), 1);
}

static void snapshot_removes_what_did_not_come(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	char id[16];
	cache_begin(c);
	for (int i = 0; i < 20; i++) {
		snprintf(id, sizeof id, "%d", i);
		cache_put(c, cache_record(c, "unit", id, 0, NULL, id));
	}
	cache_commit(c);
	assert_int_equal(ingest_snapshot_begin(c->ingest, "a", kind_find("unit"), &e), 0);
	cache_begin(c);
	for (int i = 0; i < 20; i += 2) {
		snprintf(id, sizeof id, "%d", i);
		cache_put(c, cache_record(c, "unit", id, 0, NULL, id));
	}
	cache_commit(c);
	int64_t removed;
	assert_int_equal(ingest_snapshot_end(c->ingest, "a", kind_find("unit"), &removed, &e),
			 0);
	assert_int_equal(removed, 10);
	assert_int_equal(cache_count(c, "unit", ""), 10);
	cache_assert_sound(c->writer);
}

static void put_unit(struct cache *c, const char *source, const char *id)
{
	struct record *r = cache_record(c, "unit", id, 0, NULL, id);
	r->source = source;
	cache_put(c, r);
}

static void snapshots_of_two_sources_may_overlap(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	const struct kind *k = kind_find("unit");
	int64_t removed;
	cache_begin(c);
	put_unit(c, "a", "1");
	put_unit(c, "a", "2");
	put_unit(c, "b", "1");
	put_unit(c, "b", "2");
	cache_commit(c);
	assert_int_equal(ingest_snapshot_begin(c->ingest, "a", k, &e), 0);
	assert_int_equal(ingest_snapshot_begin(c->ingest, "b", k, &e), 0);
	cache_begin(c);
	put_unit(c, "a", "1");
	put_unit(c, "b", "2");
	cache_commit(c);
	/* A batch that fails takes back only what it saw itself. */
	assert_int_equal(ingest_begin(c->ingest, &e), 0);
	ingest_rollback(c->ingest);
	assert_int_equal(ingest_snapshot_end(c->ingest, "b", k, &removed, &e), 0);
	assert_int_equal(removed, 1);
	assert_int_equal(ingest_count(c->ingest, "a", k, &e), 2);
	assert_int_equal(ingest_snapshot_end(c->ingest, "a", k, &removed, &e), 0);
	assert_int_equal(removed, 1);
	assert_int_equal(ingest_count(c->ingest, "a", k, &e), 1);
	assert_int_equal(ingest_count(c->ingest, "b", k, &e), 1);
	assert_int_equal(ingest_snapshot_end(c->ingest, "a", k, &removed, &e), -1);
}

static void cursor_is_saved_with_its_batch(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	assert_null(cursor_load(c->writer, "a", "complaints"));
	cache_begin(c);
	assert_int_equal(cursor_save(c->writer, "a", "complaints", "17", &e), 0);
	ingest_rollback(c->ingest);
	assert_null(cursor_load(c->writer, "a", "complaints"));
	cache_begin(c);
	assert_int_equal(cursor_save(c->writer, "a", "complaints", "18", &e), 0);
	cache_commit(c);
	char *cursor = cursor_load(c->writer, "a", "complaints");
	assert_string_equal(cursor, "18");
	free(cursor);
}

static void quarantined_record_is_cleared_by_a_good_one(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	const char hostile[] = "\x1b[2J\xff\0{";
	assert_int_equal(quarantine_put(c->writer, "a", "complaint", "1", "\x1b]0;x\a", hostile,
					sizeof hostile, 1, &e),
			 0);
	assert_int_equal(quarantine_put(c->writer, "a", "complaint", "1", "again", hostile,
					sizeof hostile, 2, &e),
			 0);
	assert_int_equal(quarantine_count(c->writer, "a"), 1);
	cache_put_alone(c, cache_record(c, "complaint", "1", 1, "MOI", "tốt"));
	assert_int_equal(quarantine_count(c->writer, "a"), 0);
}

/* Many random changes, in bulk and not, with merging between them. */
static void random_changes_keep_index_and_counters_true(void **state)
{
	static const char *const words[] = {"đường",     "rác thải", "đèn tín hiệu", "ổ gà",
					    "ngập nước", "Tô Hiệu",  "chợ 7/11",     ""};
	static const char *const states[] = {"MOI", "DANG_XL", "DONG", "LA_LAM", NULL};
	struct cache *c = *state;
	srand(7);
	for (int batch = 0; batch < 40; batch++) {
		ingest_bulk(c->ingest, batch % 8 < 4);
		cache_begin(c);
		for (int i = 0; i < 50; i++) {
			char id[16];
			snprintf(id, sizeof id, "%d", rand() % 300);
			struct record *r = cache_record(c, "complaint", id, batch + 1,
							states[rand() % 5], words[rand() % 8]);
			r->deleted = rand() % 6 == 0;
			cache_set(c, r, "body", words[rand() % 8]);
			cache_put(c, r);
		}
		if (batch % 7 == 6)
			ingest_rollback(c->ingest);
		else
			cache_commit(c);
		while (batch % 5 == 4 && ingest_idle(c->ingest))
			;
		arena_reset(&c->arena);
	}
	ingest_bulk(c->ingest, false);
	cache_assert_sound(c->writer);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, cache_setup, cache_teardown)
	const struct CMUnitTest tests[] = {
		TEST(newer_version_replaces_and_older_is_dropped),
		TEST(same_content_counts_as_unchanged),
		TEST(same_id_of_two_sources_is_two_records),
		TEST(deleted_record_stays_away_from_older_versions),
		TEST(late_deletion_of_an_older_version_is_ignored),
		TEST(rowids_are_never_used_again),
		TEST(rolled_back_batch_leaves_nothing),
		TEST(unknown_state_is_kept_and_open),
		TEST(snapshot_removes_what_did_not_come),
		TEST(snapshots_of_two_sources_may_overlap),
		TEST(cursor_is_saved_with_its_batch),
		TEST(quarantined_record_is_cleared_by_a_good_one),
		TEST(random_changes_keep_index_and_counters_true),
	};
	return cmocka_run_group_tests_name("ingest", tests, NULL, NULL);
}

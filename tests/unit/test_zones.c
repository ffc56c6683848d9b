/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones tell between which times rows were created, and only where each writer has kept them.
 */
#include "unit.h"

#include <stdio.h>

#include "cache_fixture.h"
#include "store/query.h"
#include "store/zones.h"

static void put_row(struct cache *c, const char *id, int64_t version, int64_t created)
{
	struct record *r = cache_record(c, "complaint", id, version, "MOI", "đèn");
	if (created)
		cache_set_time(c, r, "created_at", created);
	cache_put_alone(c, r);
}

static void load(struct cache *c, struct zones *z)
{
	struct err e = ERR_INIT;
	struct db *reader = cache_reader(c);
	assert_int_equal(zones_load(reader, kind_find("complaint"), z, &e), 0);
	db_close(reader);
}

static void a_zone_spans_the_times_of_its_rows(void **state)
{
	struct cache *c = *state;
	struct zones z;
	put_row(c, "1", 1, 5000);
	put_row(c, "2", 1, 3000);
	put_row(c, "3", 1, 0);
	load(c, &z);
	assert_int_equal(z.count, 1);
	assert_int_equal(z.list[0].least, 3000);
	assert_int_equal(z.list[0].most, 5000);
	zones_free(&z);
	put_row(c, "3", 2, 9000);
	load(c, &z);
	assert_int_equal(z.list[0].most, 9000);
	zones_free(&z);
}

static void zones_that_a_writer_did_not_keep_are_made_anew(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	struct zones z;
	put_row(c, "1", 1, 5000);
	assert_int_equal(sqlite3_exec(db_handle(c->writer),
				      "UPDATE complaint SET created_at = 7000;"
				      "UPDATE progress SET next_id = next_id + 1",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	load(c, &z);
	assert_int_equal(z.count, 0);
	assert_int_equal(z.next_id, 0);
	zones_free(&z);
	assert_int_equal(zones_open(c->writer, kind_find("complaint"), &z, &e), 0);
	assert_int_equal(z.list[0].most, 7000);
	zones_free(&z);
}

static void a_cache_without_zones_is_searched_all_the_same(void **state)
{
	struct cache *c = *state;
	put_row(c, "1", 1, 5000);
	put_row(c, "2", 1, 6000);
	assert_int_equal(
		sqlite3_exec(db_handle(c->writer), "DROP TABLE zone", NULL, NULL, NULL),
		SQLITE_OK);
	struct page_query q = {.kind = kind_find("complaint"),
			       .filter = (char *)"đèn",
			       .sort = COL_CREATED_AT,
			       .descending = true,
			       .limit = 1,
			       .now = 10000};
	struct db *reader = cache_reader(c);
	struct page *p = store_page(reader, &q);
	assert_int_equal(p->error.code, ERR_NONE);
	assert_int_equal(p->count, 1);
	assert_string_equal(p->rows[0]->id, "2");
	page_free(p);
	db_close(reader);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cache_setup, cache_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_zone_spans_the_times_of_its_rows),
		TEST(zones_that_a_writer_did_not_keep_are_made_anew),
		TEST(a_cache_without_zones_is_searched_all_the_same),
	};
	return cmocka_run_group_tests_name("zones", tests, NULL, NULL);
}

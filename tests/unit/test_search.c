/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words are found as Vietnamese is typed, in every way that a list may be walked. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cache_fixture.h"
#include "store/query.h"

static void put(struct cache *c, const char *id, const char *title, const char *body)
{
	struct record *r = cache_record(c, "complaint", id, 1, "MOI", title);
	cache_set(c, r, "body", body);
	cache_set(c, r, "code", id);
	cache_put_alone(c, r);
}

static void marks_and_normal_forms_do_not_matter(void **state)
{
	struct cache *c = *state;
	put(c, "PA-1", "Đường Hoà Bình", "");
	put(c, "PA-2", "D\xcc\xb6uong", "");                             /* a mark over the D */
	put(c, "PA-3", "\xc4\x91\xc6\xb0\xc6\xa1\xcc\x80ng bị sụt", ""); /* đường, NFD tone */
	assert_int_equal(cache_count(c, "complaint", "duong -PA-2"), 2);
	assert_int_equal(cache_count(c, "complaint", "đường hoà"), 1);
	assert_int_equal(cache_count(c, "complaint", "DUONG hoa bin*"), 1);
	assert_int_equal(cache_count(c, "complaint", "sut"), 1);
}

static void phrases_need_their_words_side_by_side(void **state)
{
	struct cache *c = *state;
	put(c, "PA-1", "ổ gà trên đường", "");
	put(c, "PA-2", "gà ở trong ổ", "");
	put(c, "PA-3", "có ổ", "gà"); /* over the border of two texts */
	assert_int_equal(cache_count(c, "complaint", "\"ổ gà\""), 1);
	assert_int_equal(cache_count(c, "complaint", "o ga"), 3);
	assert_int_equal(cache_count(c, "complaint", "\"ga tre\"*"), 1);
	assert_int_equal(cache_count(c, "complaint", "\"o ga\" or \"ga o\""), 2);
	assert_int_equal(cache_count(c, "complaint", "-\"o ga\""), 2);
	assert_int_equal(cache_count(c, "complaint", "PA-2"), 1);
	assert_int_equal(cache_count(c, "complaint", "PA-*"), 3);
}

static void accents_count_where_they_are_typed(void **state)
{
	struct cache *c = *state;
	put(c, "PA-1", "đường hòa bình", "");
	put(c, "PA-2", "dưỡng", "");
	put(c, "PA-3", "duong hoa", "");
	put(c, "PA-4", "đương", "");
	assert_int_equal(cache_count(c, "complaint", "duong"), 4);
	assert_int_equal(cache_count(c, "complaint", "đường"), 1);
	assert_int_equal(cache_count(c, "complaint", "đuong"), 2);
	assert_int_equal(cache_count(c, "complaint", "đ*"), 2);
	assert_int_equal(cache_count(c, "complaint", "hoà"), 1);
	assert_int_equal(cache_count(c, "complaint", "\"duong hoà\""), 1);
	assert_int_equal(cache_count(c, "complaint", "-đường"), 3);
}

static void spellings_and_numbers_are_found_however_written(void **state)
{
	struct cache *c = *state;
	put(c, "PA-1", "Lý do: Mỹ Đình, quí 3", "xe 26A-123.45, gọi 0912 345 678");
	put(c, "PA-2", "lí do mĩ quý", "26a12345 +84912345678");
	put(c, "PA-3", "thuỳ lai", "26A-123.46, 0912.345.679");
	static const char *const both[] = {
		"lý",         "lí",           "ly*",          "qui",          "quy*",
		"mỹ",         "26A12345",     "26A-123.45",   "26a 123 45",   "26A-123.45*",
		"0912345678", "0912 345 678", "+84912345678", "0912.345.678", "\"26a 12345\""};
	for (size_t i = 0; i < ARRAY_LEN(both); i++)
		assert_int_equal(cache_count(c, "complaint", both[i]), 2);
	assert_int_equal(cache_count(c, "complaint", "0912 345*"), 3);
	assert_int_equal(cache_count(c, "complaint", "26a123*"), 3);
	assert_int_equal(cache_count(c, "complaint", "thui"), 0);
	assert_int_equal(cache_count(c, "complaint", "lay"), 0);
	cache_assert_sound(c->writer);
}

static void query_syntax_of_the_index_has_no_power(void **state)
{
	struct cache *c = *state;
	static const char *const texts[] = {
		"NEAR", "AND",        "t : x",    "a^b", "{x}",
		"x'y",  "\"x\"\"y\"", "col\\umn", "*",   "'; DROP TABLE complaint; --"};
	put(c, "PA-1", "x y", "");
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct err e = ERR_INIT;
		int64_t n;
		struct db *db = cache_reader(c);
		if (store_count(db, kind_find("complaint"), texts[i], 0, &n, &e) < 0)
			assert_int_equal(e.code, ERR_USAGE);
		db_close(db);
	}
	assert_int_equal(cache_count(c, "complaint", "x"), 1);
}

static void hostile_texts_are_stored_and_found(void **state)
{
	struct cache *c = *state;
	put(c, "PA-1", "\x1b[2J\xff\xfe rác \xe2\x80\xae thải", "");
	char *long_word = xmalloc(70001);
	memset(long_word, 'a', 70000);
	long_word[70000] = '\0';
	put(c, "PA-2", "dài", long_word);
	free(long_word);
	assert_int_equal(cache_count(c, "complaint", "rac"), 1);
	assert_int_equal(cache_count(c, "complaint", "aaaaaaaaaaaaaaaaaaaa*"), 1);
	cache_assert_sound(c->writer);
}

/* A row of many and a few rare ones, so that both ways of looking come into play. */
static int setup_many(void **state)
{
	cache_setup(state);
	struct cache *c = *state;
	char id[16];
	ingest_bulk(c->ingest, true);
	for (int i = 0; i < 6000; i++) {
		if (i % 1000 == 0)
			cache_begin(c);
		snprintf(id, sizeof id, "%d", i);
		struct record *r = cache_record(c, "complaint", id, 1, i % 10 ? "DONG" : "MOI",
						i % 1500 == 7 ? "hiếm đường" : "đường thường");
		cache_set_time(c, r, "created_at", i * 1000 + INT64_C(1700000000000));
		cache_put(c, r);
		if (i % 1000 == 999)
			cache_commit(c);
		arena_reset(&c->arena);
	}
	ingest_bulk(c->ingest, false);
	return 0;
}

static size_t rows(struct db *db, const char *filter, bool descending, int64_t *first)
{
	struct page_query q = {.kind = kind_find("complaint"),
			       .filter = (char *)filter,
			       .sort = COL_CREATED_AT,
			       .descending = descending,
			       .limit = 50,
			       .now = 1};
	struct page *p = store_page(db, &q);
	assert_int_equal(p->error.code, ERR_NONE);
	size_t n = p->count;
	*first = n ? record_int(p->rows[0], COL_CREATED_AT, 0) : 0;
	page_free(p);
	return n;
}

static void rare_and_frequent_words_give_sorted_pages(void **state)
{
	struct db *db = cache_reader(*state);
	int64_t first;
	assert_int_equal(rows(db, "duong", true, &first), 50);
	assert_int_equal(first, INT64_C(1700005999000));
	assert_int_equal(rows(db, "d*", false, &first), 50);
	assert_int_equal(first, INT64_C(1700000000000));
	assert_int_equal(rows(db, "hiem", true, &first), 4);
	assert_int_equal(first, INT64_C(1700004507000));
	assert_int_equal(rows(db, "hie* duong", false, &first), 4);
	assert_int_equal(first, INT64_C(1700000007000));
	assert_int_equal(rows(db, "hiem is:open", true, &first), 0);
	assert_int_equal(rows(db, "khongco", true, &first), 0);
	db_close(db);
}

static void totals_of_frequent_words_are_capped(void **state)
{
	struct db *db = cache_reader(*state);
	struct page_query q = {.kind = kind_find("complaint"),
			       .filter = (char *)"duong",
			       .sort = COL_CREATED_AT,
			       .limit = 10,
			       .now = 1};
	struct page *p = store_page(db, &q);
	assert_true(p->total_capped);
	assert_true(p->total >= 10 && p->total <= 1000);
	page_free(p);
	q.filter = (char *)"hiem";
	p = store_page(db, &q);
	assert_false(p->total_capped);
	assert_int_equal(p->total, 4);
	page_free(p);
	db_close(db);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, cache_setup, cache_teardown)
#define TEST_MANY(f) cmocka_unit_test_setup_teardown(f, setup_many, cache_teardown)
	const struct CMUnitTest tests[] = {
		TEST(marks_and_normal_forms_do_not_matter),
		TEST(phrases_need_their_words_side_by_side),
		TEST(accents_count_where_they_are_typed),
		TEST(spellings_and_numbers_are_found_however_written),
		TEST(query_syntax_of_the_index_has_no_power),
		TEST(hostile_texts_are_stored_and_found),
		TEST_MANY(rare_and_frequent_words_give_sorted_pages),
		TEST_MANY(totals_of_frequent_words_are_capped),
	};
	return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}

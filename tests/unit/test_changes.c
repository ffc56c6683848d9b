/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sequence of changes: each is told once, with the record as it was then. */
#include "unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/strbuf.h"
#include "cache_fixture.h"
#include "store/changes.h"

struct told {
	char text[4096]; /* "new 1 MOI; …" */
	size_t count;
	struct change_cursor last;
};

static int tell(void *told, const struct change *c)
{
	static const char *const words[] = {"?",       "new",     "changed",
					    "removed", "entered", "left"};
	struct told *t = told;
	size_t n = strlen(t->text);
	snprintf(t->text + n, sizeof t->text - n, "%s %s %s; ", words[c->type], c->record->id,
		 record_text(c->record, COL_STATE));
	t->count++;
	t->last = c->cursor;
	return 0;
}

static struct told follow(struct cache *c, struct change_cursor *cursor, const char *filter,
			  size_t most)
{
	struct told t = {.count = 0};
	struct err e = ERR_INIT;
	struct db *db = cache_reader(c);
	struct changes_query q = {kind_find("complaint"), filter, clock_now(), most};
	int rc = store_changes(db, &q, cursor, tell, &t, &e);
	db_close(db);
	assert_true(rc >= 0);
	return t;
}

static struct change_cursor now(struct cache *c)
{
	struct change_cursor cursor;
	struct err e = ERR_INIT;
	struct db *db = cache_reader(c);
	assert_int_equal(change_cursor_now(db, &cursor, &e), 0);
	db_close(db);
	return cursor;
}

static void put(struct cache *c, const char *id, int64_t version, const char *state)
{
	cache_put_alone(c, cache_record(c, "complaint", id, version, state, "rác"));
}

static void drop(struct cache *c, const char *id, int64_t version)
{
	struct record *r = cache_record(c, "complaint", id, version, NULL, NULL);
	r->deleted = true;
	cache_put_alone(c, r);
}

static void each_change_has_the_state_of_then(void **state)
{
	struct cache *c = *state;
	struct change_cursor cursor = now(c);
	put(c, "1", 1, "MOI");
	put(c, "1", 2, "DANG_XL");
	put(c, "1", 3, "DA_XL");
	drop(c, "1", 4);
	struct told t = follow(c, &cursor, NULL, 100);
	assert_string_equal(t.text, "new 1 MOI; changed 1 DANG_XL; changed 1 DA_XL;"
				    " removed 1 DA_XL; ");
	assert_int_equal(follow(c, &cursor, NULL, 100).count, 0);
}

static void filter_is_asked_before_and_after(void **state)
{
	struct cache *c = *state;
	put(c, "1", 1, "MOI");
	struct change_cursor cursor = now(c);
	put(c, "1", 2, "DANG_XL");
	put(c, "2", 1, "MOI");
	put(c, "1", 3, "DA_XL");
	drop(c, "2", 2);
	put(c, "3", 1, "DANG_XL");
	drop(c, "3", 2);
	assert_string_equal(follow(c, &cursor, "state:DANG_XL", 100).text,
			    "entered 1 DANG_XL; left 1 DA_XL; new 3 DANG_XL;"
			    " removed 3 DANG_XL; ");
}

/* Texts are not kept: what may have been in is told to be out. */
static void unkept_texts_count_as_matching_before(void **state)
{
	struct cache *c = *state;
	cache_put_alone(c, cache_record(c, "complaint", "1", 1, "MOI", "rác thải"));
	cache_put_alone(c, cache_record(c, "complaint", "2", 1, "MOI", "nước"));
	struct change_cursor cursor = now(c);
	cache_put_alone(c, cache_record(c, "complaint", "1", 2, "MOI", "đèn"));
	cache_put_alone(c, cache_record(c, "complaint", "2", 2, "DANG_XL", "nước"));
	assert_string_equal(follow(c, &cursor, "rác", 100).text, "left 1 MOI; ");
}

static void text_of(struct cache *c, struct strbuf *b)
{
	sqlite3_stmt *s;
	assert_int_equal(sqlite3_prepare_v2(db_handle(c->writer), "SELECT before FROM change",
					    -1, &s, NULL),
			 SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *text = (const char *)sqlite3_column_text(s, 0);
		strbuf_adds(b, text ? text : "");
	}
	sqlite3_finalize(s);
}

static void nothing_personal_outlives_its_record(void **state)
{
	struct cache *c = *state;
	struct record *r = cache_record(c, "complaint", "1", 1, "MOI", "Ông An kêu");
	cache_set(c, r, "reporter_name", "Nguyễn Văn An");
	cache_set(c, r, "reporter_phone", "0912340000");
	cache_put_alone(c, r);
	put(c, "1", 2, "MOI");
	drop(c, "1", 3);
	struct strbuf b = STRBUF_INIT;
	text_of(c, &b);
	assert_non_null(strstr(b.s, "MOI"));
	assert_null(strstr(b.s, "An"));
	assert_null(strstr(b.s, "0912"));
	strbuf_free(&b);
}

static int64_t rows(struct cache *c)
{
	sqlite3_stmt *s;
	sqlite3_prepare_v2(db_handle(c->writer), "SELECT count(*) FROM change", -1, &s, NULL);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	int64_t n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

static void many_that_come_are_one_row_and_can_be_gone_on_with(void **state)
{
	struct cache *c = *state;
	struct change_cursor cursor = now(c);
	char id[16];
	cache_begin(c);
	for (int i = 1; i <= 500; i++) {
		snprintf(id, sizeof id, "%d", i);
		cache_put(c, cache_record(c, "complaint", id, 1, "MOI", "x"));
	}
	cache_commit(c);
	assert_int_equal(rows(c), 1);
	drop(c, "7", 2);
	size_t count = 0;
	for (struct told t = {.count = 1}; t.count;) {
		t = follow(c, &cursor, NULL, 99);
		char text[CHANGE_CURSOR_TEXT];
		change_cursor_format(&cursor, text);
		assert_int_equal(change_cursor_parse(text, &cursor), 0);
		count += t.count;
	}
	assert_int_equal(count, 501);
}

static int try(struct cache *c, struct change_cursor cursor)
{
	struct told t = {.count = 0};
	struct err e = ERR_INIT;
	struct db *db = cache_reader(c);
	struct changes_query q = {kind_find("complaint"), NULL, clock_now(), 9};
	int rc = store_changes(db, &q, &cursor, tell, &t, &e);
	db_close(db);
	return rc < 0 && e.code == ERR_NOT_FOUND ? -1 : 0;
}

static void cursor_of_another_cache_or_of_lost_moments_is_refused(void **state)
{
	struct cache *c = *state;
	put(c, "1", 1, "MOI");
	struct change_cursor cursor = now(c), other = cursor;
	assert_int_equal(try(c, cursor), 0);
	other.epoch++;
	assert_int_equal(try(c, other), -1);
	other = cursor;
	other.at--; /* the row was lost in a power cut and another one took its place */
	assert_int_equal(try(c, other), -1);
	other = cursor;
	other.seq++;
	assert_int_equal(try(c, other), -1);
}

static void what_is_oldest_goes_and_cursors_to_it_are_refused(void **state)
{
	struct cache *c = *state;
	put(c, "1", 1, "MOI");
	struct change_cursor cursor = now(c);
	sqlite3_exec(
		db_handle(c->writer),
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
		" WHERE i < 101000) INSERT INTO change SELECT NULL, 1, 31, 2, 1, 1, 0, NULL"
		" FROM n",
		NULL, NULL, NULL);
	assert_int_equal(try(c, cursor), 0);
	cache_begin(c);
	for (int i = 2; i < 1010; i++) /* the log is trimmed now and then */
		cache_put(c,
			  cache_record(c, "complaint", "1", i, i % 2 ? "MOI" : "DA_XL", "x"));
	cache_commit(c);
	assert_int_equal(rows(c), CHANGES_KEPT);
	assert_int_equal(try(c, cursor), -1);
	struct err e = ERR_INIT;
	struct db *db = cache_reader(c);
	assert_int_equal(change_cursor_since(db, 1, &cursor, &e), -1);
	assert_int_equal(e.code, ERR_NOT_FOUND);
	db_close(db);
}

static void rolled_back_changes_are_not_told(void **state)
{
	struct cache *c = *state;
	struct change_cursor cursor = now(c);
	cache_begin(c);
	cache_put(c, cache_record(c, "complaint", "1", 1, "MOI", "x"));
	ingest_rollback(c->ingest);
	put(c, "2", 1, "MOI");
	assert_string_equal(follow(c, &cursor, NULL, 9).text, "new 2 MOI; ");
}

static void words_that_are_no_cursor_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"1",
		"1-2-3",
		"1-2-3-4-5",
		"x-1-1-1",
		"1-2-3-4 ",
		"1-2-3-4-5-6 ",
		"1-2-3-4-5-6-7",
		"-1-1-1-1-1-1",
		"1-2-3-4-5-ffffffffffffffff",
		"--1-1-1-1-1",
		("11111111111111111111111111111111111111111111111111111111111111111111111111111"
		 "111111111111111111111111111111-1-1-1-1-1")};
	struct change_cursor c;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(change_cursor_parse(bad[i], &c), -1);
}

/* --- what time alone does --------------------------------------------------- */

#define NOON INT64_C(1795323600000) /* 2026-11-22 12:00 in Vietnam */
#define MINUTES(n) ((n)*INT64_C(60000))

static void put_due(struct cache *c, const char *id, int64_t soon, int64_t due)
{
	struct record *r = cache_record(c, "complaint", id, 1, "DANG_XL", "rác");
	cache_set_time(c, r, "soon_at", NOON + soon);
	cache_set_time(c, r, "due_at", NOON + due);
	cache_put_alone(c, r);
}

static int tell_passed(void *told, const struct change *c)
{
	static const char *const reasons[] = {"?", "soon", "late"};
	struct told *t = told;
	size_t n = strlen(t->text);
	snprintf(t->text + n, sizeof t->text - n, "%s at %" PRId64 " ", reasons[c->reason],
		 (c->at - NOON) / MINUTES(1));
	return tell(told, c);
}

/* As far as `now`, `most` at once. */
static struct told pass(struct cache *c, struct change_cursor *cursor, const char *filter,
			int64_t now, size_t most)
{
	struct told t = {.count = 0};
	struct err e = ERR_INIT;
	struct db *db = cache_reader(c);
	struct changes_query q = {kind_find("complaint"), filter, NOON + now, most};
	while (store_changes_by_time(db, &q, cursor, tell_passed, &t, &e) > 0) {
		char text[CHANGE_CURSOR_TEXT]; /* whoever stops here goes on here */
		change_cursor_format(cursor, text);
		assert_int_equal(change_cursor_parse(text, cursor), 0);
	}
	db_close(db);
	assert_int_equal(e.code, 0);
	return t;
}

static void records_become_due_soon_and_late_once_each(void **state)
{
	struct cache *c = *state;
	put_due(c, "1", MINUTES(10), MINUTES(30));
	put_due(c, "2", MINUTES(10), MINUTES(30));
	put_due(c, "3", -MINUTES(30), MINUTES(10));
	put_due(c, "4", -MINUTES(60), -MINUTES(30)); /* was late before */
	struct change_cursor cursor = now(c);
	assert_string_equal(pass(c, &cursor, NULL, 0, 9).text, ""); /* begins now */
	assert_string_equal(pass(c, &cursor, NULL, MINUTES(9), 9).text, "");
	assert_string_equal(pass(c, &cursor, NULL, MINUTES(11), 1).text,
			    "soon at 10 changed 1 DANG_XL; soon at 10 changed 2 DANG_XL; "
			    "late at 10 changed 3 DANG_XL; ");
	assert_string_equal(pass(c, &cursor, NULL, MINUTES(11), 9).text, "");
	assert_string_equal(pass(c, &cursor, NULL, MINUTES(60), 1).text,
			    "late at 30 changed 1 DANG_XL; late at 30 changed 2 DANG_XL; ");
	assert_string_equal(pass(c, &cursor, NULL, MINUTES(50), 9).text,
			    ""); /* a clock put back */
}

static void the_very_instant_belongs_to_one_look_only(void **state)
{
	struct cache *c = *state;
	put_due(c, "1", MINUTES(10), MINUTES(30));
	struct change_cursor cursor = now(c);
	change_cursor_at_time(&cursor, NOON);
	assert_string_equal(pass(c, &cursor, NULL, MINUTES(10) - 1, 9).text, "");
	assert_int_equal(pass(c, &cursor, NULL, MINUTES(10), 9).count, 1);
	assert_int_equal(pass(c, &cursor, NULL, MINUTES(30), 9).count, 0);
	assert_int_equal(pass(c, &cursor, NULL, MINUTES(30) + 1, 9).count, 1);
	assert_int_equal(pass(c, &cursor, NULL, MINUTES(30) + 2, 9).count, 0);
}

static void a_filter_is_entered_and_left_as_time_goes_by(void **state)
{
	struct cache *c = *state;
	put_due(c, "1", MINUTES(10), MINUTES(30));
	put(c, "2", 1, "DANG_XL");
	struct change_cursor begin = now(c), cursor = begin;
	change_cursor_at_time(&begin, NOON);
	cursor = begin;
	assert_string_equal(pass(c, &cursor, "is:late", MINUTES(60), 9).text,
			    "late at 30 entered 1 DANG_XL; ");
	cursor = begin;
	assert_string_equal(pass(c, &cursor, "is:soon", MINUTES(60), 9).text,
			    "soon at 10 entered 1 DANG_XL; late at 30 left 1 DANG_XL; ");
	cursor = begin;
	assert_string_equal(pass(c, &cursor, "state:MOI", MINUTES(60), 9).text, "");
}

static void what_is_closed_becomes_late_no_more(void **state)
{
	struct cache *c = *state;
	put_due(c, "1", MINUTES(10), MINUTES(30));
	struct change_cursor cursor = now(c);
	change_cursor_at_time(&cursor, NOON);
	put(c, "1", 2, "DONG");
	assert_string_equal(pass(c, &cursor, NULL, MINUTES(60), 9).text, "");
}

int main(void)
{
#define IN_CACHE(test) cmocka_unit_test_setup_teardown(test, cache_setup, cache_teardown)
	const struct CMUnitTest tests[] = {
		IN_CACHE(each_change_has_the_state_of_then),
		IN_CACHE(filter_is_asked_before_and_after),
		IN_CACHE(unkept_texts_count_as_matching_before),
		IN_CACHE(nothing_personal_outlives_its_record),
		IN_CACHE(many_that_come_are_one_row_and_can_be_gone_on_with),
		IN_CACHE(cursor_of_another_cache_or_of_lost_moments_is_refused),
		IN_CACHE(what_is_oldest_goes_and_cursors_to_it_are_refused),
		IN_CACHE(rolled_back_changes_are_not_told),
		IN_CACHE(records_become_due_soon_and_late_once_each),
		IN_CACHE(the_very_instant_belongs_to_one_look_only),
		IN_CACHE(a_filter_is_entered_and_left_as_time_goes_by),
		IN_CACHE(what_is_closed_becomes_late_no_more),
		cmocka_unit_test(words_that_are_no_cursor_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

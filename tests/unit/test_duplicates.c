/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding duplicates in a cache, the groups of merged ones, and pairs said to be apart. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "cache_fixture.h"
#include "model/kinds.h"
#include "store/apart.h"
#include "store/audit.h"
#include "store/query.h"

#define NOW INT64_C(1795264927000)

/* A complaint of ward 03646, so many hours ago and metres to the north. */
static struct record *complaint(struct cache *c, const char *id, double hours, double metres,
				const char *title)
{
	struct record *r = cache_record(c, "complaint", id, 1, "DANG_XL", title);
	char number[32];
	cache_set(c, r, "code", id);
	cache_set_time(c, r, "created_at", NOW - (int64_t)(hours * (double)HOUR));
	cache_set(c, r, "area", "03646");
	cache_set(c, r, "category", "rac-thai");
	snprintf(number, sizeof number, "%.7f", 21.3270 + metres / 111195);
	cache_set(c, r, "lat", number);
	cache_set(c, r, "lon", "103.9141");
	return r;
}

static struct duplicates *ask(struct cache *c, struct journal *j, const char *id)
{
	struct likeness_rules rules = likeness_usual();
	struct duplicates_query *q = duplicates_query_new(&kind_complaint, &rules);
	q->source = xstrdup("a");
	q->id = xstrdup(id);
	q->generation = 7;
	struct db *db = cache_reader(c);
	struct duplicates *d = store_duplicates(db, j, q);
	assert_int_equal(d->generation, 7);
	/* What was read outlives the connection. */
	db_close(db);
	duplicates_query_free(q);
	return d;
}

static const char *code(const struct duplicates *d, size_t i)
{
	assert_true(i < d->count);
	return record_text(d->list[i].record, COL_CODE);
}

static void the_likeliest_comes_first(void **state)
{
	struct cache *c = *state;
	cache_begin(c);
	cache_put(c, complaint(c, "PA-1", 5, 0, "Rác chất đống ở ngõ 308"));
	cache_put(c, complaint(c, "PA-2", 3, 30, "Ngõ 308 rác chất đống mấy hôm"));
	cache_put(c, complaint(c, "PA-3", 1, 10, "rac chat dong o ngo 308"));
	cache_put(c, complaint(c, "PA-4", 1, 300, "Rác chất đống ở ngõ 308"));
	cache_put(c, complaint(c, "PA-5", 200, 0, "Rác chất đống ở ngõ 308"));
	struct record *r = complaint(c, "PA-6", 2, 0, "Rác chất đống ở ngõ 308");
	cache_set(c, r, "area", "03650");
	cache_put(c, r);
	cache_commit(c);
	struct duplicates *d = ask(c, NULL, "PA-1");
	assert_int_equal(d->error.code, ERR_NONE);
	assert_int_equal(d->count, 2);
	assert_string_equal(code(d, 0), "PA-3");
	assert_string_equal(code(d, 1), "PA-2");
	assert_true(d->list[0].into_self);
	assert_int_equal(d->list[0].refusal, DUPLICATES_MERGE);
	assert_string_equal(d->list[0].record->source, "a");
	assert_false(d->capped);
	duplicates_free(d);
}

static void without_a_ward_the_nearest_in_time_are_looked_at(void **state)
{
	struct cache *c = *state;
	cache_begin(c);
	struct record *r = complaint(c, "PA-1", 5, 0, "Rác chất đống ở ngõ 308");
	r->values[COL_AREA].set = false;
	cache_put(c, r);
	cache_put(c, complaint(c, "PA-2", 3, 20, "Rác chất đống ở ngõ 308"));
	cache_commit(c);
	struct duplicates *d = ask(c, NULL, "PA-1");
	assert_int_equal(d->count, 1);
	assert_int_equal(d->list[0].refusal, DUPLICATES_OTHER_AREA);
	duplicates_free(d);
}

static void a_group_is_seen_from_both_sides(void **state)
{
	struct cache *c = *state;
	cache_begin(c);
	cache_put(c, complaint(c, "PA-1", 5, 0, "Rác chất đống ở ngõ 308"));
	struct record *r = complaint(c, "PA-2", 3, 20, "Rác chất đống ở ngõ 308");
	cache_set(c, r, "merged_into", "PA-1");
	cache_put(c, r);
	r = complaint(c, "PA-3", 2, 20, "Rác chất đống ở ngõ 308");
	cache_set(c, r, "merged_into", "PA-1");
	cache_put(c, r);
	cache_put(c, complaint(c, "PA-4", 1, 5, "Rác chất đống ở ngõ 308"));
	r = complaint(c, "PA-5", 1, 5, "Rác chất đống ở ngõ 308");
	cache_set(c, r, "merged_into", "PA-99");
	cache_put(c, r);
	cache_commit(c);
	struct duplicates *d = ask(c, NULL, "PA-1");
	assert_string_equal(d->main_code, "");
	assert_int_equal(d->member_count, 2);
	assert_string_equal(record_text(d->members[0], COL_CODE), "PA-2");
	assert_int_equal(d->count, 1); /* merged ones are not suggested */
	assert_string_equal(code(d, 0), "PA-4");
	duplicates_free(d);
	d = ask(c, NULL, "PA-3");
	assert_string_equal(d->main_code, "PA-1");
	assert_string_equal(record_text(d->main, COL_CODE), "PA-1");
	assert_int_equal(d->member_count, 2);
	assert_int_equal(d->count, 0);
	duplicates_free(d);
	d = ask(c, NULL, "PA-4");
	assert_int_equal(d->count, 1);
	assert_int_equal(d->list[0].members, 2);
	assert_false(d->list[0].into_self);
	duplicates_free(d);
	d = ask(c, NULL, "PA-5");
	assert_string_equal(d->main_code, "PA-99");
	assert_null(d->main);
	duplicates_free(d);
}

static int add_entry(void *context, const struct audit_entry *a)
{
	struct strbuf *b = context;
	strbuf_addf(b, "%s %s %s %s\n", a->action, a->object, a->after, a->who);
	return 0;
}

static void say(struct journal *j, const char *a, const char *b, bool apart)
{
	const struct apart_word w = {.kind = &kind_complaint,
				     .a = {"a", a},
				     .b = {"a", b},
				     .apart = apart,
				     .at = NOW,
				     .who = "Hà",
				     .place = "local",
				     .reason = "hai ngõ khác nhau"};
	assert_int_equal(apart_say(j, &w, NULL), 0);
}

static void what_was_said_to_be_apart_is_kept_and_audited(void **state)
{
	struct cache *c = *state;
	struct strbuf log = STRBUF_INIT;
	struct err e = ERR_INIT;
	char *path = xasprintf("%s/journal.db", c->dir);
	struct journal *j = journal_open(path, &e);
	assert_non_null(j);
	cache_begin(c);
	cache_put(c, complaint(c, "PA-1", 5, 0, "Rác chất đống ở ngõ 308"));
	cache_put(c, complaint(c, "PA-2", 3, 20, "Rác chất đống ở ngõ 308"));
	cache_commit(c);
	say(j, "PA-2", "PA-1", true);
	say(j, "PA-1", "PA-2", true); /* the same once more */
	struct journal *reader = journal_open_reader(path, &e);
	struct duplicates *d = ask(c, reader, "PA-1");
	assert_int_equal(d->count, 1);
	assert_true(d->list[0].apart);
	duplicates_free(d);
	say(j, "PA-1", "PA-2", false);
	d = ask(c, reader, "PA-1");
	assert_false(d->list[0].apart);
	duplicates_free(d);
	assert_int_equal(audit_walk(j, 1, add_entry, &log, &e), 0);
	assert_string_equal(
		log.s,
		"not-duplicate a/complaint/PA-2 {\"pair\":[\"a/PA-1\",\"a/PA-2\"]} Hà\n"
		"maybe-duplicate a/complaint/PA-1 {\"pair\":[\"a/PA-1\",\"a/PA-2\"]} Hà\n");
	const struct apart_word self = {
		&kind_complaint, {"a", "1"}, {"a", "1"}, true, NOW, "Hà", "", ""};
	assert_int_equal(apart_say(j, &self, &e), -1);
	strbuf_free(&log);
	journal_close(reader);
	journal_close(j);
	unlink(path);
	free(path);
}

static void nothing_is_asked_of_what_can_not_be_merged(void **state)
{
	struct cache *c = *state;
	struct likeness_rules rules = likeness_usual();
	struct duplicates_query *q = duplicates_query_new(&kind_dossier, &rules);
	struct db *db = cache_reader(c);
	struct duplicates *d = store_duplicates(db, NULL, q);
	assert_int_equal(d->error.code, ERR_UNSUPPORTED);
	duplicates_free(d);
	q->kind = &kind_complaint;
	q->rowid = 99;
	d = store_duplicates(db, NULL, q);
	assert_int_equal(d->error.code, ERR_NONE);
	assert_null(d->self);
	duplicates_free(d);
	duplicates_query_free(q);
	db_close(db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, cache_setup, cache_teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_likeliest_comes_first),
		TEST(without_a_ward_the_nearest_in_time_are_looked_at),
		TEST(a_group_is_seen_from_both_sides),
		TEST(what_was_said_to_be_apart_is_kept_and_audited),
		TEST(nothing_is_asked_of_what_can_not_be_merged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

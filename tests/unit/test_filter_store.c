/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters as questions to the cache: by which indexes, how long, and with whom in mind. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "cache_fixture.h"
#include "store/asker.h"
#include "store/listing.h"
#include "store/query.h"
#include "store/values.h"

#define NOW INT64_C(1795264927000)
#define MANY 9000 /* more than are looked up at once */

/* Complaints round a point, of which one in nine is open. */
static int setup(void **state)
{
	cache_setup(state);
	struct cache *c = *state;
	char text[40];
	ingest_bulk(c->ingest, true);
	for (int i = 0; i < MANY; i++) {
		if (i % 1000 == 0)
			cache_begin(c);
		snprintf(text, sizeof text, "%d", i);
		struct record *r = cache_record(c, "complaint", text, 1, i % 9 ? "DONG" : "MOI",
						i % 3 ? "rác thải" : "đèn đường");
		snprintf(text, sizeof text, "PA-%05d", i);
		cache_set(c, r, "code", text);
		snprintf(text, sizeof text, "09%08d", i * 37);
		cache_set(c, r, "reporter_phone", text);
		cache_set(c, r, "unit", i % 50 ? "U1" : "U2");
		cache_set(c, r, "officer", i % 500 ? "Lò Thị Mai" : "Quàng Văn Bình");
		cache_set_time(c, r, "created_at", NOW - i * INT64_C(60000));
		cache_set_time(c, r, "due_at", NOW + i * INT64_C(60000));
		r->values[COL_LAT] = (struct value){.set = true, .r = 21.3 + i % 97 * 0.0004};
		r->values[COL_LON] = (struct value){.set = true, .r = 103.9 + i % 89 * 0.0004};
		r->values[COL_SEVERITY] = (struct value){.set = true, .i = i % 5};
		cache_put(c, r);
		if (i % 1000 == 999)
			cache_commit(c);
	}
	ingest_bulk(c->ingest, false);
	return 0;
}

/* --- plans --- */

static void add_plan(struct db *db, const char *sql, struct strbuf *out)
{
	struct strbuf b = STRBUF_INIT;
	sqlite3_stmt *s;
	strbuf_addf(&b, "EXPLAIN QUERY PLAN %s", sql);
	assert_int_equal(sqlite3_prepare_v2(db_handle(db), b.s, -1, &s, NULL), SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW)
		strbuf_addf(out, "%s; ", sqlite3_column_text(s, 3));
	sqlite3_finalize(s);
	strbuf_free(&b);
}

/* How the first page of a filter is found. */
static char *plan_of(struct db *db, const char *filter, int sort, bool descending)
{
	struct arena a = ARENA_INIT;
	struct err e = ERR_INIT;
	struct listing l;
	struct strbuf plan = STRBUF_INIT;
	if (listing_init(&l, db, &a, kind_find("complaint"), filter, NOW, sort, descending,
			 &e) < 0)
		fail_msg("%s: %s", filter, e.text);
	if (listing_choose(&l))
		listing_look_up_all(&l);
	const struct listing_stretch s = {
		.part = LISTING_REST, .forward = true, .from_end = true, .limit = 50};
	sqlite3_stmt *statement = listing_select(&l, "t.id", &s, &e);
	assert_non_null(statement);
	add_plan(db, sqlite3_sql(statement), &plan);
	arena_free(&a);
	return strbuf_detach(&plan);
}

static const struct {
	const char *filter;
	bool by_due; /* else by arrival, the newest first */
	const char *index;
} plans[] = {
	{"is:open", true, "complaint_due_at_open"},
	{"is:late", true, "complaint_due_at_open"},
	{"is:open due_at<4h", true, "complaint_due_at_open (due_at>? AND due_at<?)"},
	{"", false, "complaint_created_at"},
	{"created_at:today", false, "complaint_created_at (created_at>? AND created_at<?)"},
	{"created_at>=yesterday", false, "complaint_created_at (created_at>?)"},
	{"created_at<1h", true, "complaint_created_at (created_at>?)"},
	{"is:open unit:U2", true, "complaint_unit_code (unit=?)"},
	{"is:open officer=\"Quàng Văn Bình\"", true, "complaint_officer_code (officer=?)"},
	{"code=PA-00017", false, "complaint_code (code=?)"},
	{"id:17", false, "sqlite_autoindex_complaint_1 (ext_id=?)"},
	{"rác", false, "VIRTUAL TABLE INDEX"},
	{"rác hoặc đèn", false, "VIRTUAL TABLE INDEX"},
	{"title:rác", false, "VIRTUAL TABLE INDEX"},
	{"code:*0017", false, "VIRTUAL TABLE INDEX"},
	{"code:00017", false, "VIRTUAL TABLE INDEX"},
	{"phone:0900000037", false, "VIRTUAL TABLE INDEX"},
	{"phone:*037", false, "VIRTUAL TABLE INDEX"},
	{"near:21.31,103.91,50m", false, "complaint_place (<expr>=?)"},
	{"near:21.31,103.91,1km", false, "complaint_place (<expr>=?)"},
	{"near:21.31,103.91,100m rác", true, "complaint_place (<expr>=?)"},
};

static void each_common_form_is_answered_by_an_index(void **state)
{
	struct db *db = cache_reader(*state);
	for (size_t i = 0; i < ARRAY_LEN(plans); i++) {
		int sort = plans[i].by_due ? COL_DUE_AT : COL_CREATED_AT;
		char *plan = plan_of(db, plans[i].filter, sort, !plans[i].by_due);
		if (!strstr(plan, plans[i].index))
			fail_msg("%s: %s", plans[i].filter, plan);
		free(plan);
	}
	db_close(db);
}

/* --- pages --- */

static struct page *first_page(struct db *db, const char *filter, int64_t steps)
{
	struct page_query q = {.kind = kind_find("complaint"),
			       .filter = (char *)filter,
			       .sort = COL_CREATED_AT,
			       .descending = true,
			       .limit = 100,
			       .steps = steps,
			       .now = NOW};
	struct page *p = store_page(db, &q);
	if (p->error.code)
		fail_msg("%s: %s", filter, p->error.text);
	return p;
}

static void a_page_that_no_index_answers_says_when_it_is_partial(void **state)
{
	struct db *db = cache_reader(*state);
	struct page *p = first_page(db, "severity:7", 0);
	assert_false(p->partial);
	assert_true(p->at_end);
	page_free(p);
	p = first_page(db, "severity:7", 20000);
	assert_true(p->partial);
	assert_false(p->at_end);
	assert_int_equal(p->count, 0);
	assert_true(p->total_capped);
	page_free(p);
	p = first_page(db, "severity:4 lat>21.335", 30000);
	assert_true(p->partial);
	assert_true(p->count > 0 && p->count < 100);
	page_free(p);
	db_close(db);
}

static double metres(double lat, double lon, double lat0, double lon0)
{
	double up = (lat - lat0) * 111195,
	       side = (lon - lon0) * 111195 * cos(lat0 * M_PI / 180);
	return sqrt(up * up + side * side);
}

/* In a city the earth is flat enough. */
static int count_near(double lat, double lon, double most)
{
	int n = 0;
	for (int i = 0; i < MANY; i++)
		n += metres(21.3 + i % 97 * 0.0004, 103.9 + i % 89 * 0.0004, lat, lon) <= most;
	return n;
}

static void what_is_near_is_what_is_not_far(void **state)
{
	static const int radii[] = {30, 100, 300, 1000, 3000, 20000};
	struct cache *c = *state;
	char filter[80];
	for (size_t i = 0; i < ARRAY_LEN(radii); i++) {
		snprintf(filter, sizeof filter, "near:21.3171,103.9133,%dm", radii[i]);
		assert_int_equal(cache_count(c, "complaint", filter),
				 count_near(21.3171, 103.9133, radii[i]));
	}
	assert_int_equal(cache_count(c, "complaint", "near:0.0,0.0,50km"), 0);
	assert_int_equal(cache_count(c, "complaint", "near:89.999,0.0,1km"), 0);
	struct db *db = cache_reader(c);
	struct page *p = first_page(db, "near:21.3171,103.9133,1km", 0);
	assert_int_equal(p->count, 100);
	for (size_t i = 0; i < p->count; i++)
		assert_true(metres(p->rows[i]->values[COL_LAT].r, p->rows[i]->values[COL_LON].r,
				   21.3171, 103.9133) <= 1001);
	page_free(p);
	db_close(db);
}

/* --- whoever asks --- */

static void me_and_my_unit_are_those_of_whoever_asks(void **state)
{
	struct db *db = cache_reader(*state);
	int64_t n;
	struct err e = ERR_INIT;
	const struct kind *k = kind_find("complaint");
	assert_int_equal(store_count(db, k, "officer:me", NOW, &n, &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
	store_set_asker(db, &(struct store_asker){.name = "Quàng Văn Bình", .unit = "U2"});
	assert_int_equal(store_count(db, k, "officer:me", NOW, &n, &e), 0);
	assert_int_equal(n, MANY / 500);
	assert_int_equal(store_count(db, k, "unit:mine", NOW, &n, &e), 0);
	assert_int_equal(n, MANY / 50);
	assert_int_equal(store_count(db, k, "due_at<4wh", NOW, &n, &e), -1);
	assert_non_null(strstr(e.text, "calendar"));
	db_close(db);
}

/* --- values --- */

static void gather(void *context, const char *value, const char *about)
{
	(void)about;
	strbuf_addf(context, "%s ", value);
}

static void values_are_those_that_records_have(void **state)
{
	struct db *db = cache_reader(*state);
	const struct kind *k = kind_find("complaint");
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	assert_int_equal(store_values(db, k, COL_CODE, "pa-0012", 3, gather, &b, &e), 3);
	assert_string_equal(b.s, "PA-00129 PA-00128 PA-00127 ");
	strbuf_clear(&b);
	assert_int_equal(
		store_values(db, k, kind_column(k, "officer"), "quang", 9, gather, &b, &e), 1);
	assert_string_equal(b.s, "Quàng Văn Bình ");
	assert_int_equal(
		store_values(db, k, kind_column(k, "reporter_phone"), "09", 9, gather, &b, &e),
		0);
	strbuf_free(&b);
	db_close(db);
}

#define TEST(name) cmocka_unit_test(name)

int main(void)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		TEST(each_common_form_is_answered_by_an_index),
		TEST(a_page_that_no_index_answers_says_when_it_is_partial),
		TEST(what_is_near_is_what_is_not_far),
		TEST(me_and_my_unit_are_those_of_whoever_asks),
		TEST(values_are_those_that_records_have),
	};
	return cmocka_run_group_tests_name("filter_store", tests, setup, cache_teardown);
}

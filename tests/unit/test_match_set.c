/* SPDX-License-Identifier: GPL-3.0-or-later */
/* However pages of a search are found - by walking, through windows of rowids, by a set of all
 * matches, by gathering - they are those of a list made by hand. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cache_fixture.h"
#include "store/match_set.h"
#include "store/query.h"

#define ROWS 24000
#define LIMIT 20

/* How the times of the records go with the order of their coming. */
enum order { GROWING, SHUFFLED, PARTLY_EMPTY };

static bool is_alpha(int i)
{
	return i % 2 == 0;
}

static bool is_beta(int i)
{
	return i % 7 == 0;
}

static bool is_gamma(int i)
{
	return i % 11 == 0;
}

static bool is_old(int i)
{
	return i < ROWS / 3;
}

static int64_t time_of(enum order o, int i)
{
	if (o == PARTLY_EMPTY && i % 5 == 0)
		return 0;
	return 1000000 + (o == SHUFFLED ? (int64_t)i * 7919 % ROWS : i / 3);
}

static void fill(struct cache *c, enum order o)
{
	char id[16], title[100];
	ingest_bulk(c->ingest, true);
	cache_begin(c);
	for (int i = 0; i < ROWS; i++) {
		snprintf(id, sizeof id, "%d", i);
		snprintf(title, sizeof title, "%s%s%s%s so%d", is_alpha(i) ? "alpha " : "",
			 is_beta(i) ? "beta " : "", is_gamma(i) ? "gamma " : "",
			 is_old(i) ? "old" : "new", i);
		struct record *r = cache_record(c, "complaint", id, 1, "DONG", title);
		if (time_of(o, i))
			cache_set_time(c, r, "created_at", time_of(o, i));
		cache_put(c, r);
	}
	cache_commit(c);
	ingest_bulk(c->ingest, false);
}

/* --- what must be found --- */

static bool so1(int i)
{
	while (i >= 10)
		i /= 10;
	return i == 1;
}

static bool abc(int i)
{
	return is_alpha(i) && is_beta(i) && is_gamma(i);
}

static bool old_beta(int i)
{
	return is_old(i) && is_beta(i);
}

static bool beta_so1(int i)
{
	return is_beta(i) && so1(i);
}

static bool none(int i)
{
	return is_old(i) && !is_old(i);
}

static bool beta_gamma(int i)
{
	return is_beta(i) && is_gamma(i);
}

static bool so1234(int i)
{
	return i == 1234 || (i >= 12340 && i < 12350);
}

static const struct question {
	const char *filter;
	bool (*matches)(int);
} questions[] = {
	{"alpha beta gamma", abc},
	{"gamma alpha bet*", abc},
	{"beta old", old_beta},
	{"ol* beta", old_beta},
	{"old", is_old},
	{"old new", none},
	{"so1*", so1},
	{"beta so1*", beta_so1},
	{"\"beta gamma\"", beta_gamma},
	{"so1234*", so1234},
	{"alpha so1234* -beta -nothing", NULL},
};

static bool is_match(const struct question *q, int i)
{
	return q->matches ? q->matches(i) : so1234(i) && is_alpha(i) && !is_beta(i);
}

static enum order order_now;

/* Newest first, later rows first among equals, those without a time last. */
static int before(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;
	int64_t tx = time_of(order_now, x), ty = time_of(order_now, y);
	return tx != ty ? (tx < ty ? 1 : -1) : y - x;
}

static size_t expected(const struct question *q, int *list)
{
	size_t n = 0;
	for (int i = 0; i < ROWS; i++)
		if (is_match(q, i))
			list[n++] = i;
	qsort(list, n, sizeof *list, before);
	return n;
}

static void assert_page(struct db *db, const struct question *question, enum page_place place,
			int64_t rowid, const int *want, size_t n)
{
	struct page_query q = {.kind = kind_find("complaint"),
			       .filter = (char *)question->filter,
			       .sort = COL_CREATED_AT,
			       .descending = true,
			       .place = place,
			       .rowid = rowid,
			       .limit = LIMIT,
			       .now = 1};
	struct page *p = store_page(db, &q);
	if (p->error.code)
		fail_msg("%s: %s", question->filter, p->error.text);
	if (p->count != n)
		fail_msg("%s: %zu rows, not %zu", question->filter, p->count, n);
	for (size_t i = 0; i < n; i++)
		if (atoi(p->rows[i]->id) != want[i])
			fail_msg("%s: row %zu is %s, not %d", question->filter, i,
				 p->rows[i]->id, want[i]);
	page_free(p);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static void assert_pages(struct db *db, const struct question *q)
{
	int *list = xcalloc(ROWS, sizeof *list);
	size_t n = expected(q, list), middle = n / 2;
	assert_page(db, q, PAGE_HOME, 0, list, least(n, LIMIT));
	assert_page(db, q, PAGE_END, 0, list + (n - least(n, LIMIT)), least(n, LIMIT));
	for (size_t i = 0; i < n; i += n / 4 + 1)
		assert_page(db, q, PAGE_AFTER, list[i] + 1, list + i + 1,
			    least(n - i - 1, LIMIT));
	if (middle >= LIMIT)
		assert_page(db, q, PAGE_BEFORE, list[middle] + 1, list + middle - LIMIT, LIMIT);
	free(list);
}

static void pages_are_right(struct cache *c, enum order o)
{
	order_now = o;
	fill(c, o);
	for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
		struct db *db = cache_reader(c);
		assert_pages(db, &questions[i]);
		db_close(db);
	}
}

static void pages_are_right_where_times_grow(void **state)
{
	pages_are_right(*state, GROWING);
}

static void pages_are_right_where_times_are_shuffled(void **state)
{
	pages_are_right(*state, SHUFFLED);
}

static void pages_are_right_where_some_have_no_time(void **state)
{
	pages_are_right(*state, PARTLY_EMPTY);
}

/* The memory of a list must not outlive a change of the cache. */
static void changes_are_seen_by_the_next_page(void **state)
{
	struct cache *c = *state;
	const struct question *q = &questions[0];
	fill(c, order_now = GROWING);
	struct db *db = cache_reader(c);
	int list[LIMIT + 1] = {ROWS};
	int *all = xcalloc(ROWS, sizeof *all);
	size_t n = expected(q, all);
	assert_page(db, q, PAGE_HOME, 0, all, least(n, LIMIT));
	struct record *r = cache_record(c, "complaint", "24000", 1, "DONG", "alpha beta gamma");
	cache_set_time(c, r, "created_at", 9000000);
	cache_put_alone(c, r);
	memcpy(list + 1, all, LIMIT * sizeof *list);
	assert_page(db, q, PAGE_HOME, 0, list, LIMIT);
	free(all);
	db_close(db);
}

static void a_set_lists_what_it_was_given(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	struct match_set m = {0};
	struct strbuf b = STRBUF_INIT;
	sqlite3_stmt *s;
	sqlite3_prepare_v2(db_handle(c->writer), "VALUES(0), (63), (64), (1000), (-5)", -1, &s,
			   NULL);
	const struct match_range first = {0, MATCH_SET_BLOCK - 1, false},
				 all = {0, INT64_MAX, false};
	assert_int_equal(match_set_read(&m, c->writer, first, s, &e), 0);
	match_set_add_list(&b, &m);
	assert_string_equal(b.s, "[0,63,64,1000]");
	assert_int_equal(m.count, 4);
	assert_int_equal(match_set_read(&m, c->writer, all, s, &e), 0);
	assert_int_equal(m.count, 4);
	assert_true(m.all);
	sqlite3_finalize(s);
	strbuf_free(&b);
	match_set_free(&m);
}

static size_t ask(struct db *db, const char *filter, int64_t ids[LIMIT])
{
	struct page_query q = {.kind = kind_find("complaint"),
			       .filter = (char *)filter,
			       .sort = COL_CREATED_AT,
			       .descending = true,
			       .limit = LIMIT,
			       .now = 1};
	struct page *p = store_page(db, &q);
	assert_int_equal(p->error.code, ERR_NONE);
	size_t n = p->count;
	for (size_t i = 0; i < n; i++)
		ids[i] = p->rows[i]->rowid;
	page_free(p);
	return n;
}

/* What one key left in memory for the next changes nothing. */
static void typing_on_gives_what_asking_anew_gives(void **state)
{
	static const char *const lines[] = {
		"alpha beta gamma",  "gamma old so1234",     "beta new",
		"old alpha so77",    "so1 so12 alpha gamma", "gamma beta ne",
		"alpha gamm old so5"};
	int64_t typed[LIMIT], anew[LIMIT];
	char filter[80];
	struct cache *c = *state;
	fill(c, SHUFFLED);
	struct db *typing = cache_reader(c);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		for (size_t n = 1; n <= strlen(lines[i]); n++) {
			bool word = lines[i][n - 1] != ' ';
			snprintf(filter, sizeof filter, "%.*s%s", (int)n, lines[i],
				 word ? "*" : "");
			struct db *fresh = cache_reader(c);
			size_t count = ask(typing, filter, typed);
			assert_int_equal(count, ask(fresh, filter, anew));
			assert_memory_equal(typed, anew, count * sizeof *typed);
			db_close(fresh);
		}
	db_close(typing);
}

static struct match_range wants(struct match_set *m, int64_t asked)
{
	m->asked = asked;
	return match_set_wants(m, 1000 * MATCH_SET_BLOCK, 10);
}

static void read_numbers(struct cache *c, struct match_set *m, struct match_range r)
{
	struct err e = ERR_INIT;
	sqlite3_stmt *s;
	sqlite3_prepare_v2(db_handle(c->writer),
			   "WITH RECURSIVE n(i) AS (VALUES(?) UNION ALL SELECT i + 64 FROM n"
			   " WHERE i + 64 <= ?) SELECT i FROM n",
			   -1, &s, NULL);
	sqlite3_bind_int64(s, 1, r.least);
	sqlite3_bind_int64(s, 2, r.most);
	assert_int_equal(match_set_read(m, c->writer, r, s, &e), 0);
	sqlite3_finalize(s);
}

/* A row out of the order costs one block; neighbours are read in growing steps; and where few
 * are to be had, all at once. */
static void a_set_is_read_as_far_as_it_is_asked(void **state)
{
	struct cache *c = *state;
	struct match_set m = {0};
	const int64_t b = MATCH_SET_BLOCK;
	struct match_range r = wants(&m, 500 * b + 7);
	assert_true(r.least == 500 * b && r.most == 501 * b - 1);
	read_numbers(c, &m, r);
	r = wants(&m, 3);
	assert_true(r.least == 0 && r.most == b - 1);
	read_numbers(c, &m, r);
	r = wants(&m, 500 * b - 1);
	assert_true(r.most == 500 * b - 1 && r.least < 499 * b);
	read_numbers(c, &m, r);
	r = wants(&m, 501 * b);
	assert_true(r.least == 501 * b && r.most > 502 * b);
	match_set_free(&m);
	assert_int_equal(m.count, 0);
	read_numbers(c, &m, (struct match_range){0, 0, false});
	r = wants(&m, 5 * b);
	assert_true(r.least == 5 * b && r.most == 6 * b - 1);
	m.count = 0;
	assert_true(wants(&m, 5 * b).most == 6 * b - 1); /* one block tells little */
	read_numbers(c, &m, (struct match_range){0, 40 * b - 1, false});
	m.count = 0;
	assert_true(wants(&m, 50 * b).most == INT64_MAX);
	match_set_free(&m);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, cache_setup, cache_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_set_is_read_as_far_as_it_is_asked),
		TEST(typing_on_gives_what_asking_anew_gives),
		TEST(pages_are_right_where_times_grow),
		TEST(pages_are_right_where_times_are_shuffled),
		TEST(pages_are_right_where_some_have_no_time),
		TEST(changes_are_seen_by_the_next_page),
		TEST(a_set_lists_what_it_was_given),
	};
	return cmocka_run_group_tests_name("match_set", tests, NULL, NULL);
}

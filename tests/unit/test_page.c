/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages: walking by key gives what sorting everything gives, for every order and filter. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cache_fixture.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "store/query.h"

#define NOW INT64_C(1795000000000)
#define ROWS 230

static const char *const filters[] = {
	"",
	"is:open",
	"is:late",
	"-is:open",
	"unit:none",
	"duong",
	"duon*",
	"\"ổ gà\" is:open",
	"severity>=2 is:open",
	"code:PA-7",
	"rac or nuoc",
	"-rac",
	"created_at<3d",
	"due_at:any",
	"\"khong co\"",
};

static void put_catalogue(struct cache *c)
{
	static const char *const names[] = {"Phòng Y tế", "Công an phường", "Đội Trật tự",
					    "ủy ban", "Ban quản lý chợ"};
	for (int i = 0; i < 5; i++) {
		char code[16];
		snprintf(code, sizeof code, "U%d", i);
		struct record *r = cache_record(c, "unit", code, 0, NULL, names[i]);
		cache_set(c, r, "code", code);
		cache_put(c, r);
	}
}

static void put_complaint(struct cache *c, int i)
{
	static const char *const words[] = {"Đường ngập", "rác thải", "ổ gà đường Tô Hiệu",
					    "Ánh sáng",   "ăn uống",  "nước bẩn"};
	static const char *const states[] = {"MOI", "DANG_XL", "DONG", "CHO_BS", "LA"};
	char text[40];
	snprintf(text, sizeof text, "%d", i);
	struct record *r = cache_record(c, "complaint", text, 1, states[rand() % 5],
					words[rand() % 6]);
	snprintf(text, sizeof text, "PA-%d", rand() % 60);
	cache_set(c, r, "code", text);
	snprintf(text, sizeof text, "U%d", rand() % 7);
	if (rand() % 3)
		cache_set(c, r, "unit", text);
	snprintf(text, sizeof text, "%d", rand() % 4);
	if (rand() % 4)
		cache_set(c, r, "severity", text);
	cache_set(c, r, "channel", rand() % 2 ? "web" : "app");
	cache_set_time(c, r, "created_at", NOW - rand() % 20 * (DAY / 2));
	if (rand() % 3)
		cache_set_time(c, r, "due_at", NOW + (rand() % 20 - 10) * HOUR);
	cache_put(c, r);
}

static int setup(void **state)
{
	cache_setup(state);
	struct cache *c = *state;
	srand(11);
	cache_begin(c);
	for (int i = 0; i < ROWS; i++)
		put_complaint(c, i);
	put_catalogue(c); /* afterwards, so that names beside rows must follow */
	cache_commit(c);
	return 0;
}

static struct page *ask(struct db *db, const struct page_query *q)
{
	struct page *p = store_page(db, q);
	if (p->error.code)
		fail_msg("“%s” by %s: %s", q->filter, q->kind->columns[q->sort].id,
			 p->error.text);
	return p;
}

/* The list as one page. */
static size_t whole(struct db *db, struct page_query q, int64_t *ids)
{
	q.place = PAGE_HOME;
	q.limit = ROWS + 10;
	struct page *p = ask(db, &q);
	assert_true(p->at_start && p->at_end);
	for (size_t i = 0; i < p->count; i++)
		ids[i] = p->rows[i]->rowid;
	size_t n = p->count;
	if (!p->total_capped)
		assert_int_equal(p->total, n);
	page_free(p);
	return n;
}

static void walk_forward(struct db *db, struct page_query q, const int64_t *ids, size_t n)
{
	size_t at = 0;
	q.place = PAGE_HOME;
	for (;;) {
		struct page *p = ask(db, &q);
		for (size_t i = 0; i < p->count; i++)
			assert_int_equal(p->rows[i]->rowid, ids[at++]);
		bool done = p->at_end;
		q.rowid = p->count ? p->rows[p->count - 1]->rowid : 0;
		q.place = PAGE_AFTER;
		page_free(p);
		if (done)
			break;
	}
	assert_int_equal(at, n);
}

static void walk_backward(struct db *db, struct page_query q, const int64_t *ids, size_t n)
{
	size_t at = n;
	q.place = PAGE_END;
	for (;;) {
		struct page *p = ask(db, &q);
		for (size_t i = p->count; i-- > 0;)
			assert_int_equal(p->rows[i]->rowid, ids[--at]);
		bool done = p->at_start;
		q.rowid = p->count ? p->rows[0]->rowid : 0;
		q.place = PAGE_BEFORE;
		page_free(p);
		if (done)
			break;
	}
	assert_int_equal(at, 0);
}

static void look_around(struct db *db, struct page_query q, const int64_t *ids, size_t n)
{
	size_t at = (size_t)rand() % n;
	q.place = PAGE_AROUND;
	q.rowid = ids[at];
	q.before = (uint32_t)rand() % q.limit;
	struct page *p = ask(db, &q);
	assert_true(p->anchor_found);
	assert_int_equal(p->count, n < q.limit ? n : q.limit);
	for (size_t i = 0; i < p->count; i++)
		assert_int_equal(p->rows[i]->rowid, ids[at - p->anchor + i]);
	assert_int_equal(p->at_start, at == p->anchor);
	assert_int_equal(p->at_end, at - p->anchor + p->count == n);
	page_free(p);
	q.place = PAGE_AT;
	q.offset = (int64_t)at;
	p = ask(db, &q);
	assert_int_equal(p->rows[0]->rowid, ids[at]);
	assert_int_equal(p->first_offset, at);
	page_free(p);
}

static void paging_by_key_equals_sorting_everything(void **state)
{
	struct cache *c = *state;
	struct db *db = cache_reader(c);
	const struct kind *k = kind_find("complaint");
	int64_t ids[ROWS + 10];
	for (int sort = 0; sort < (int)k->column_count; sort++)
		for (size_t f = 0; f < ARRAY_LEN(filters); f++)
			for (int descending = 0; descending < 2; descending++) {
				struct page_query q = {.kind = k,
						       .filter = (char *)filters[f],
						       .sort = sort,
						       .descending = descending,
						       .limit = 40,
						       .now = NOW};
				size_t n = whole(db, q, ids);
				walk_forward(db, q, ids, n);
				walk_backward(db, q, ids, n);
				if (n)
					look_around(db, q, ids, n);
			}
	db_close(db);
}

static struct page *by(struct db *db, const char *column, bool descending, const char *filter)
{
	const struct kind *k = kind_find("complaint");
	struct page_query q = {.kind = k,
			       .filter = (char *)filter,
			       .sort = kind_column(k, column),
			       .descending = descending,
			       .limit = ROWS + 10,
			       .now = NOW};
	return ask(db, &q);
}

static void rows_without_a_value_come_last_either_way(void **state)
{
	struct db *db = cache_reader(*state);
	for (int descending = 0; descending < 2; descending++) {
		struct page *p = by(db, "due_at", descending, "is:open");
		bool empty = false;
		for (size_t i = 0; i < p->count; i++) {
			bool set = p->rows[i]->values[COL_DUE_AT].set;
			assert_false(empty && set);
			empty = !set;
			if (i && set)
				assert_true(descending
						    ? p->rows[i - 1]->values[COL_DUE_AT].i >=
							      p->rows[i]->values[COL_DUE_AT].i
						    : p->rows[i - 1]->values[COL_DUE_AT].i <=
							      p->rows[i]->values[COL_DUE_AT].i);
		}
		assert_true(empty);
		page_free(p);
	}
	db_close(db);
}

/* U4 "Ban …", U1 "Công …", U2 "Đội …", U0 "Phòng …", U5 and U6 without a name, U3 "ủy …". */
static void units_sort_by_name_in_vietnamese_order(void **state)
{
	static const char *const order[] = {"U4", "U1", "U2", "U0", "U5", "U6", "U3"};
	struct db *db = cache_reader(*state);
	const char *const views[] = {"is:open unit:any", "unit:any"};
	for (size_t v = 0; v < 2; v++) {
		struct page *p = by(db, "unit", false, views[v]);
		size_t at = 0;
		for (size_t i = 0; i < p->count; i++) {
			while (strcmp(record_text(p->rows[i], COL_UNIT), order[at]) != 0)
				assert_true(++at < 7);
		}
		assert_int_equal(at, 6);
		page_free(p);
	}
	db_close(db);
}

static void states_sort_in_the_order_of_work(void **state)
{
	struct db *db = cache_reader(*state);
	struct page *p = by(db, "state", false, "is:open");
	assert_string_equal(record_text(p->rows[0], COL_STATE), "MOI");
	assert_string_equal(record_text(p->rows[p->count - 1], COL_STATE), "LA");
	page_free(p);
	db_close(db);
}

static void later_arrivals_are_held_back_and_counted(void **state)
{
	struct cache *c = *state;
	struct db *db = cache_reader(c);
	struct page *p = by(db, "due_at", false, "is:open");
	int64_t newest = p->newest, total = p->total;
	page_free(p);
	cache_begin(c);
	for (int i = 0; i < 3; i++) {
		char id[8];
		snprintf(id, sizeof id, "n%d", i);
		cache_put(c, cache_record(c, "complaint", id, 1, i ? "MOI" : "DONG", "mới"));
	}
	cache_commit(c);
	const struct kind *k = kind_find("complaint");
	struct page_query q = {.kind = k,
			       .filter = (char *)"is:open",
			       .sort = COL_DUE_AT,
			       .limit = ROWS + 10,
			       .newest = newest,
			       .now = NOW};
	p = ask(db, &q);
	assert_int_equal(p->held, 2);
	assert_int_equal(p->total, total);
	assert_int_equal(p->count, total);
	assert_int_equal(p->newest, newest + 3);
	page_free(p);
	db_close(db);
}

static void page_around_a_lost_record_starts_at_home(void **state)
{
	struct db *db = cache_reader(*state);
	const struct kind *k = kind_find("complaint");
	struct page_query q = {.kind = k,
			       .filter = (char *)"is:open",
			       .sort = COL_DUE_AT,
			       .limit = 10,
			       .place = PAGE_AROUND,
			       .rowid = 99999,
			       .now = NOW};
	struct page *p = ask(db, &q);
	assert_true(p->at_start);
	assert_false(p->anchor_found);
	assert_int_equal(p->count, 10);
	page_free(p);
	db_close(db);
}

static void wrong_filter_is_an_error_in_the_page(void **state)
{
	struct db *db = cache_reader(*state);
	const struct kind *k = kind_find("complaint");
	struct page_query q = {
		.kind = k, .filter = (char *)"donvj:x", .sort = 0, .limit = 10, .now = NOW};
	struct page *p = store_page(db, &q);
	assert_int_equal(p->error.code, ERR_USAGE);
	assert_non_null(strstr(p->error.text, "unit"));
	assert_int_equal(p->count, 0);
	page_free(p);
	db_close(db);
}

static void of_these_rows_those_that_pass_come_first(void **state)
{
	struct db *db = cache_reader(*state);
	struct page_query *q = page_query_new();
	q->kind = kind_find("complaint");
	q->filter = xstrdup("is:open");
	q->sort = COL_CODE;
	q->now = NOW;
	q->among_count = ROWS + 1;
	q->among = xcalloc(ROWS + 1, sizeof *q->among);
	for (int i = 0; i <= ROWS; i++)
		q->among[i] = i ? i : 999999; /* one that is not there */
	struct page *p = store_page(db, q);
	assert_int_equal(p->error.code, ERR_NONE);
	assert_int_equal(p->count, ROWS);
	assert_true(p->total > 0 && p->total < ROWS);
	for (size_t i = 0; i < p->count; i++)
		assert_int_equal(record_is_open(p->rows[i]), (int64_t)i < p->total);
	page_free(p);
	free(q->filter);
	q->filter = xstrdup("duong is:open");
	p = store_page(db, q);
	assert_int_equal(p->error.code, ERR_NONE);
	assert_true(p->total > 0 && p->total < ROWS / 2);
	page_free(p);
	q->among_count = PAGE_AMONG_MOST + 1;
	p = store_page(db, q);
	assert_int_equal(p->error.code, ERR_LIMIT);
	page_free(p);
	page_query_free(q);
	db_close(db);
}

/* --- several kinds --- */

static void put_of_kind(struct cache *c, const char *kind, const char *state, int i)
{
	char id[24];
	snprintf(id, sizeof id, "%s%d", kind, i);
	struct record *r = cache_record(c, kind, id, 1, state, kind);
	cache_set_time(c, r, "created_at", NOW - rand() % 20 * (DAY / 2));
	if (rand() % 3)
		cache_set_time(c, r, "due_at", NOW + (rand() % 20 - 10) * HOUR);
	cache_put(c, r);
}

static void put_other_kinds(struct cache *c)
{
	cache_begin(c);
	for (int i = 0; i < 60; i++) {
		put_of_kind(c, "dossier", i % 2 ? "2" : "1", i);
		put_of_kind(c, "call", "CAN_GOI_LAI", i);
	}
	cache_commit(c);
}

static bool comes_first(const struct record *a, const struct record *b,
			const struct page_query *q)
{
	int64_t x = record_int(a, (size_t)q->sort, CLOCK_NONE);
	int64_t y = record_int(b, (size_t)q->sort, CLOCK_NONE);
	if (x == CLOCK_NONE || y == CLOCK_NONE)
		return y == CLOCK_NONE && x != CLOCK_NONE;
	return q->descending ? x > y : x < y;
}

/* The heads of each kind's own list, the smallest first; of equal ones the earlier kind's. */
static void assert_merged(struct db *db, const struct page_query *q, const struct page *p)
{
	struct page *own[KIND_MOST] = {NULL};
	size_t at[KIND_MOST] = {0};
	for (size_t k = 0; k < q->across_count; k++) {
		struct page_query one = {.kind = q->across[k],
					 .filter = q->filter,
					 .sort = q->sort,
					 .descending = q->descending,
					 .limit = q->limit,
					 .now = q->now};
		own[k] = ask(db, &one);
	}
	for (size_t i = 0; i < p->count; i++) {
		size_t best = KIND_MOST;
		for (size_t k = 0; k < q->across_count; k++)
			if (at[k] < own[k]->count &&
			    (best == KIND_MOST ||
			     comes_first(own[k]->rows[at[k]], own[best]->rows[at[best]], q)))
				best = k;
		assert_true(best < KIND_MOST);
		const struct record *wanted = own[best]->rows[at[best]++];
		assert_ptr_equal(p->rows[i]->kind, wanted->kind);
		assert_int_equal(p->rows[i]->rowid, wanted->rowid);
		assert_string_equal(record_text(p->rows[i], COL_TITLE),
				    record_text(wanted, COL_TITLE));
	}
	for (size_t k = 0; k < q->across_count; k++)
		page_free(own[k]);
}

static struct page_query across(const char *filter, int sort, bool descending, uint32_t limit)
{
	return (struct page_query){
		.filter = (char *)filter,
		.sort = sort,
		.descending = descending,
		.limit = limit,
		.across = {kind_find("complaint"), kind_find("dossier"), kind_find("call")},
		.across_count = 3,
		.now = NOW};
}

static void first_rows_of_several_kinds_are_those_of_each_merged(void **state)
{
	put_other_kinds(*state);
	struct db *db = cache_reader(*state);
	for (uint32_t limit = 1; limit <= 400; limit *= 7) {
		struct page_query urgent = across("is:open", COL_DUE_AT, false, limit);
		struct page_query newest = across("", COL_CREATED_AT, true, limit);
		struct page *p = ask(db, &urgent);
		assert_true(p->count == limit || (p->at_end && p->count > 60));
		assert_merged(db, &urgent, p);
		page_free(p);
		p = ask(db, &newest);
		assert_int_equal(p->count, limit < ROWS + 120 ? limit : ROWS + 120);
		assert_merged(db, &newest, p);
		page_free(p);
	}
	struct page_query none = across("severity>=9", COL_DUE_AT, false, 10);
	struct page *p = store_page(db, &none);
	assert_int_equal(p->count, 0);
	page_free(p);
	none = across("", COL_STANDARD_COUNT, false, 10);
	p = store_page(db, &none);
	assert_int_equal(p->error.code, ERR_USAGE);
	page_free(p);
	db_close(db);
}

/* --- an interrupt in the middle --- */

struct interrupter {
	struct db *db;
	int at, statements; /* the at-th statement to come is interrupted as it starts */
};

static int interrupt_one(unsigned what, void *context, void *statement, void *text)
{
	struct interrupter *i = context;
	(void)what, (void)statement, (void)text;
	if (++i->statements == i->at)
		db_interrupt(i->db);
	return 0;
}

static void assert_same_page(const struct page *a, const struct page *b, const char *filter,
			     int at)
{
	bool same = a->count == b->count && a->total == b->total && a->held == b->held &&
		    a->total_capped == b->total_capped && a->newest == b->newest;
	for (size_t i = 0; same && i < a->count; i++)
		same = a->rows[i]->rowid == b->rows[i]->rowid;
	if (!same)
		fail_msg("“%s”, interrupted at statement %d: %zu rows of %lld (%lld held), "
			 "not %zu of %lld (%lld held)",
			 filter, at, b->count, (long long)b->total, (long long)b->held,
			 a->count, (long long)a->total, (long long)a->held);
}

/* Interrupts one statement after another; returns how many there were. */
static int interrupt_each(struct db *db, const struct page_query *q, const struct page *truth)
{
	struct interrupter i = {.db = db};
	int cancelled = 0;
	do {
		i.at++;
		i.statements = 0;
		sqlite3_trace_v2(db_handle(db), SQLITE_TRACE_STMT, interrupt_one, &i);
		struct page *p = store_page(db, q);
		sqlite3_trace_v2(db_handle(db), 0, NULL, NULL);
		if (p->error.code == ERR_NONE)
			assert_same_page(truth, p, q->filter, i.at);
		else
			assert_int_equal(p->error.code, ERR_CANCELLED);
		cancelled += p->error.code != ERR_NONE;
		page_free(p);
		p = ask(db, q); /* what was remembered of the other does not mislead */
		assert_same_page(truth, p, q->filter, i.at);
		page_free(p);
	} while (i.statements >= i.at);
	return cancelled;
}

static void interrupted_page_is_cancelled_or_whole(void **state)
{
	static const int sorts[] = {COL_CREATED_AT, COL_DUE_AT, COL_STATE, COL_UNIT};
	int cancelled = 0;
	for (size_t f = 0; f < ARRAY_LEN(filters); f++)
		for (size_t s = 0; s < ARRAY_LEN(sorts); s++) {
			struct db *db = cache_reader(*state), *calm = cache_reader(*state);
			struct page_query q = {.kind = kind_find("complaint"),
					       .filter = (char *)filters[f],
					       .sort = sorts[s],
					       .newest = ROWS / 2,
					       .limit = 10,
					       .now = NOW};
			struct page *truth = ask(calm, &q);
			cancelled += interrupt_each(db, &q, truth);
			page_free(truth);
			db_close(calm);
			db_close(db);
		}
	assert_true(cancelled > (int)(ARRAY_LEN(filters) * ARRAY_LEN(sorts)));
}

static void interrupted_rows_of_several_kinds_are_cancelled_or_whole(void **state)
{
	put_other_kinds(*state);
	struct db *db = cache_reader(*state), *calm = cache_reader(*state);
	struct page_query q = across("is:open", COL_DUE_AT, false, 40);
	struct page *truth = ask(calm, &q);
	assert_int_equal(truth->count, 40);
	assert_true(interrupt_each(db, &q, truth) > 3);
	page_free(truth);
	db_close(calm);
	db_close(db);
}

static void interrupted_figures_count_nothing_more(void **state)
{
	struct db *db = cache_reader(*state);
	struct figures f = {.generation = 1};
	assert_int_equal(store_figures(db, NOW, &f), 0);
	struct interrupter i = {.db = db};
	int cancelled = 0;
	sqlite3_trace_v2(db_handle(db), SQLITE_TRACE_STMT, interrupt_one, &i);
	for (i.at = 2; i.at < 6; i.at++) {
		i.statements = 0;
		if (store_figures(db, NOW, &f) == 0)
			continue;
		assert_int_equal(f.error.code, ERR_CANCELLED);
		assert_int_equal(i.statements, i.at + 1); /* that of the end */
		cancelled++;
	}
	assert_true(cancelled > 0);
	sqlite3_trace_v2(db_handle(db), 0, NULL, NULL);
	db_close(db);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, cache_teardown)
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		TEST(paging_by_key_equals_sorting_everything),
		TEST(rows_without_a_value_come_last_either_way),
		TEST(units_sort_by_name_in_vietnamese_order),
		TEST(states_sort_in_the_order_of_work),
		TEST(later_arrivals_are_held_back_and_counted),
		TEST(page_around_a_lost_record_starts_at_home),
		TEST(wrong_filter_is_an_error_in_the_page),
		TEST(of_these_rows_those_that_pass_come_first),
		TEST(first_rows_of_several_kinds_are_those_of_each_merged),
		TEST(interrupted_page_is_cancelled_or_whole),
		TEST(interrupted_rows_of_several_kinds_are_cancelled_or_whole),
		TEST(interrupted_figures_count_nothing_more),
	};
	return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}

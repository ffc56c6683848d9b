/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records counted by the values of a column: all of them, or so many and no more. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "cache_fixture.h"
#include "store/groups.h"
#include "store/query.h"

#define NOW INT64_C(1795160527000)

static void put(struct cache *c, int i, const char *state, const char *unit, int64_t due)
{
	char id[32];
	snprintf(id, sizeof id, "%d", i);
	struct record *r = cache_record(c, "complaint", id, 1, state, "Rác");
	if (unit)
		cache_set(c, r, "unit", unit);
	if (due)
		cache_set_time(c, r, "due_at", due);
	cache_put(c, r);
}

static struct group_page *ask(struct db *db, const char *column, const char *filter)
{
	struct group_query *q = group_query_new();
	q->kind = kind_find("complaint");
	q->column = kind_column(q->kind, column);
	q->filter = xstrdup(filter);
	q->now = NOW;
	struct group_page *p = store_groups(db, q);
	group_query_free(q);
	return p;
}

static void must_be(const struct group_page *p, const char *wanted)
{
	struct strbuf b = STRBUF_INIT;
	for (size_t i = 0; i < p->count; i++)
		strbuf_addf(&b, "%s=%d,%d,%d ", p->list[i].value, (int)p->list[i].counts.count,
			    (int)p->list[i].counts.late, (int)p->list[i].counts.soon);
	strbuf_addf(&b, "of %d,%d", (int)p->total.count, (int)p->total.late);
	assert_string_equal(b.s, wanted);
	strbuf_free(&b);
}

static void fill(struct cache *c)
{
	cache_begin(c);
	put(c, 1, "MOI", "ca", NOW - HOUR);
	put(c, 2, "DANG_XL", "ca", NOW + DAY);
	put(c, 3, "DANG_XL", "qldt", NOW - DAY);
	put(c, 4, "DANG_XL", "qldt", NOW - DAY);
	put(c, 5, "MOI", NULL, NOW + DAY);
	put(c, 6, "DONG", "ca", NOW - DAY);
	put(c, 7, "DONG", NULL, 0);
	put(c, 8, "DONG", NULL, 0);
	cache_commit(c);
}

static void groups_come_with_what_presses_first(void **state)
{
	struct cache *c = *state;
	fill(c);
	struct db *db = cache_reader(c);
	struct group_page *p = ask(db, "unit", "");
	must_be(p, "qldt=2,2,0 ca=3,1,0 =3,0,0 of 8,3");
	group_page_free(p);
	db_close(db);
}

static void a_filter_holds_for_the_counts(void **state)
{
	struct cache *c = *state;
	fill(c);
	struct db *db = cache_reader(c);
	struct group_page *p = ask(db, "unit", "is:open");
	must_be(p, "qldt=2,2,0 ca=2,1,0 =1,0,0 of 5,3");
	group_page_free(p);
	p = ask(db, "state", "unit:ca");
	must_be(p, "MOI=1,1,0 DANG_XL=1,0,0 DONG=1,0,0 of 3,1");
	group_page_free(p);
	p = ask(db, "state", "rác is:late");
	must_be(p, "DANG_XL=2,2,0 MOI=1,1,0 of 3,3");
	group_page_free(p);
	p = ask(db, "state", "unit:nosuch");
	must_be(p, "of 0,0");
	group_page_free(p);
	p = ask(db, "state", "is:(");
	assert_int_equal(p->error.code, ERR_USAGE);
	group_page_free(p);
	db_close(db);
}

/* What a group counts is what its filter shows. */
static void each_group_is_what_its_filter_shows(void **state)
{
	struct cache *c = *state;
	fill(c);
	struct db *db = cache_reader(c);
	static const char *const columns[] = {"unit", "state", "area", "urgent", "channel"};
	const struct kind *k = kind_find("complaint");
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		int column = kind_column(k, columns[i]);
		assert_true(group_fits(k, column));
		struct group_page *p = ask(db, columns[i], "is:open");
		assert_int_equal(p->error.code, ERR_NONE);
		for (size_t n = 0; n < p->count; n++) {
			struct strbuf filter = STRBUF_INIT;
			struct err e = ERR_INIT;
			int64_t found = -1;
			strbuf_adds(&filter, "(is:open) ");
			group_filter(k, column, p->list[n].value, &filter);
			if (store_count(db, k, filter.s, NOW, &found, &e) < 0)
				fail_msg("%s: %s", filter.s, e.text);
			if (found != p->list[n].counts.count)
				fail_msg("%s: %d", filter.s, (int)found);
			strbuf_free(&filter);
		}
		group_page_free(p);
	}
	db_close(db);
}

static void too_many_records_are_counted_from_the_newest(void **state)
{
	struct cache *c = *state;
	cache_begin(c);
	for (int i = 1; i <= 3000; i++)
		put(c, i, i > 2900 ? "MOI" : "DONG", i % 2 ? "ca" : "qldt", 0);
	cache_commit(c);
	struct db *db = cache_reader(c);
	struct group_query *q = group_query_new();
	q->kind = kind_find("complaint");
	q->column = kind_column(q->kind, "state");
	q->now = NOW;
	q->steps = 5000;
	q->newest = 500;
	struct group_page *p = store_groups(db, q);
	assert_true(p->capped);
	must_be(p, "DONG=400,0,0 MOI=100,0,0 of 500,0");
	group_page_free(p);
	q->steps = 0;
	p = store_groups(db, q);
	assert_false(p->capped);
	must_be(p, "DONG=2900,0,0 MOI=100,0,0 of 3000,0");
	group_page_free(p);
	group_query_free(q);
	db_close(db);
}

static void many_values_are_summed_up(void **state)
{
	struct cache *c = *state;
	char unit[32];
	cache_begin(c);
	for (int i = 1; i <= GROUPS_MOST + 7; i++) {
		snprintf(unit, sizeof unit, "u%04d", i);
		put(c, i, "MOI", unit, 0);
	}
	cache_commit(c);
	struct db *db = cache_reader(c);
	struct group_page *p = ask(db, "unit", "");
	assert_int_equal(p->count, GROUPS_MOST);
	assert_int_equal(p->others, 7);
	assert_int_equal(p->others_count.count, 7);
	assert_int_equal(p->total.count, GROUPS_MOST + 7);
	group_page_free(p);
	db_close(db);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, cache_setup, cache_teardown)
	const struct CMUnitTest tests[] = {
		T(groups_come_with_what_presses_first),
		T(a_filter_holds_for_the_counts),
		T(each_group_is_what_its_filter_shows),
		T(too_many_records_are_counted_from_the_newest),
		T(many_values_are_summed_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

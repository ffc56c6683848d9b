/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of yesterday and today: the wards of Sơn La (NQ 1681/NQ-UBTVQH15) and of Bắc Kạn
 * (NQ 1683/NQ-UBTVQH15), and catalogues that are wrong. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cache_fixture.h"
#include "store/lineage.h"

struct town {
	struct cache *cache;
	struct name_table *names;
};

static int64_t day(const char *text)
{
	int64_t t = CLOCK_NONE;
	assert_int_equal(clock_parse(text, strlen(text), &t), 0);
	return t;
}

/* A row; the last day of validity is told as sources do. */
static void row(struct cache *c, const char *code, const char *name, const char *from,
		const char *to, const char *successors)
{
	char id[64];
	snprintf(id, sizeof id, "%s@%s", code, from);
	struct record *r = cache_record(c, "area", id, 1, NULL, name);
	cache_set(c, r, "code", code);
	if (*from)
		cache_set_time(c, r, "valid_from", day(from));
	if (*to)
		cache_set_time(c, r, "valid_to", day(to) + DAY - SECOND);
	if (*successors)
		cache_set(c, r, "successor", successors);
	cache_put(c, r);
}

static const char *const rows[][5] = {
	{"03646", "Phường Chiềng Lề", "", "2025-06-30", "03646@2025-07-01"},
	{"03649", "Phường Tô Hiệu", "", "2025-06-30", "03646@2025-07-01"},
	{"03646", "Phường Tô Hiệu", "2025-07-01", "", ""},
	{"03664", "Xã Chiềng Xôm", "", "2025-06-30", "03664@2025-07-01"},
	{"03664", "Phường Chiềng An", "2025-07-01", "", ""},
	{"03670", "Phường Chiềng Cơi", "2025-07-01", "", ""},
	{"03679", "Phường Chiềng Sinh", "2025-07-01", "", ""},
	{"116", "Thành phố Sơn La", "", "2025-06-30",
	 "03646@2025-07-01 03664@2025-07-01, 03670@2025-07-01 03679@2025-07-01"},
	{"118", "Huyện Quỳnh Nhai", "", "2025-06-30", ""},
	{"01843", "Phường Phùng Chí Kiên", "", "2025-06-30", "01843"},
	{"01837", "Phường Sông Cầu", "", "2025-06-30", "01843"},
	{"01843", "Phường Bắc Kạn", "2025-07-01", "", ""},
	/* A chain, and a division that was undone. */
	{"A", "A", "", "2015-12-31", "B@2016-01-01"},
	{"B", "B", "2016-01-01", "2019-12-31", "C@2020-01-01"},
	{"C", "C", "2020-01-01", "", "Z@2099-01-01"},
	{"Z", "Z", "2099-01-01", "", ""},
	{"P", "P", "", "2015-12-31", "Q R"},
	{"Q", "Q", "2016-01-01", "2019-12-31", "S"},
	{"R", "R", "2016-01-01", "2019-12-31", "S"},
	{"S", "S", "2020-01-01", "", ""},
	/* Wrong ones. */
	{"X", "X", "", "2015-12-31", "Y"},
	{"Y", "Y", "", "2015-12-31", "X"},
	{"SELF", "itself", "", "2015-12-31", "SELF"},
	{"LOST", "lost", "", "2015-12-31", "NOBODY@2016-01-01"},
	{"WRONG", "wrong day", "", "2015-12-31", "C@2018-01-01"},
	{"JUNK", "junk", "", "2015-12-31", " ,, @ @@2020 ,"},
};

static int setup(void **state)
{
	static struct town town;
	cache_setup(state);
	town.cache = *state;
	cache_begin(town.cache);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		row(town.cache, rows[i][0], rows[i][1], rows[i][2], rows[i][3], rows[i][4]);
	cache_commit(town.cache);
	town.names = names_load(town.cache->writer);
	*state = &town;
	return 0;
}

static int teardown(void **state)
{
	struct town *t = *state;
	names_free(t->names);
	*state = t->cache;
	return cache_teardown(state);
}

static struct lineage find(struct town *t, const char *code, const char *at, const char *now)
{
	return lineage_find(t->names, kind_find("area"), code, at ? day(at) : CLOCK_NONE,
			    day(now));
}

static void check(struct town *t, const char *code, const char *at, const char *then,
		  enum lineage_end end, const char *now)
{
	struct lineage l = find(t, code, at, "2026-11-22");
	assert_string_equal(l.then->title, then);
	assert_int_equal(l.end, end);
	assert_string_equal(l.now->title, now);
}

static void a_reused_code_means_the_unit_of_its_day(void **state)
{
	check(*state, "03646", "2025-06-30T23:59:00+07:00", "Phường Chiềng Lề",
	      LINEAGE_FOLLOWED, "Phường Tô Hiệu");
	check(*state, "03646", "2025-07-01", "Phường Tô Hiệu", LINEAGE_SAME, "Phường Tô Hiệu");
	check(*state, "03649", "2024-03-01", "Phường Tô Hiệu", LINEAGE_FOLLOWED,
	      "Phường Tô Hiệu");
	check(*state, "03664", "2024-03-01", "Xã Chiềng Xôm", LINEAGE_FOLLOWED,
	      "Phường Chiềng An");
	check(*state, "03646", NULL, "Phường Tô Hiệu", LINEAGE_SAME, "Phường Tô Hiệu");
}

static void a_code_without_a_day_is_that_of_the_day_after(void **state)
{
	check(*state, "01843", "2024-03-01", "Phường Phùng Chí Kiên", LINEAGE_FOLLOWED,
	      "Phường Bắc Kạn");
	check(*state, "01837", "2024-03-01", "Phường Sông Cầu", LINEAGE_FOLLOWED,
	      "Phường Bắc Kạn");
}

static void a_divided_unit_stays_visible(void **state)
{
	check(*state, "116", "2024-03-01", "Thành phố Sơn La", LINEAGE_SPLIT,
	      "Thành phố Sơn La");
}

static void an_abolished_unit_without_successor_says_so(void **state)
{
	check(*state, "118", "2024-03-01", "Huyện Quỳnh Nhai", LINEAGE_ENDED,
	      "Huyện Quỳnh Nhai");
}

static void chains_are_followed_as_far_as_they_have_come(void **state)
{
	struct lineage l = find(*state, "A", "2010-01-01", "2014-01-01");
	assert_int_equal(l.end, LINEAGE_SAME);
	l = find(*state, "A", "2010-01-01", "2017-01-01");
	assert_string_equal(l.now->title, "B");
	check(*state, "A", "2010-01-01", "A", LINEAGE_FOLLOWED, "C");
	l = find(*state, "A", "2010-01-01", "2099-02-01");
	assert_string_equal(l.now->title, "Z");
}

static void a_division_that_was_undone_is_none(void **state)
{
	assert_int_equal(find(*state, "P", "2010-01-01", "2017-01-01").end, LINEAGE_SPLIT);
	check(*state, "P", "2010-01-01", "P", LINEAGE_FOLLOWED, "S");
}

static void wrong_catalogues_end(void **state)
{
	check(*state, "X", "2010-01-01", "X", LINEAGE_BROKEN, "X");
	check(*state, "SELF", "2010-01-01", "itself", LINEAGE_BROKEN, "itself");
	check(*state, "LOST", "2010-01-01", "lost", LINEAGE_BROKEN, "lost");
	check(*state, "WRONG", "2010-01-01", "wrong day", LINEAGE_BROKEN, "wrong day");
	check(*state, "JUNK", "2010-01-01", "junk", LINEAGE_BROKEN, "junk");
	struct lineage l = find(*state, "99999", NULL, "2026-11-22");
	assert_int_equal(l.end, LINEAGE_UNKNOWN);
	assert_null(l.then);
	assert_null(l.now);
}

static void a_long_chain_is_given_up(void **state)
{
	struct town *t = *state;
	cache_begin(t->cache);
	for (int i = 0; i < 1000; i++) {
		char code[16], next[16];
		snprintf(code, sizeof code, "L%d", i);
		snprintf(next, sizeof next, "L%d", i + 1);
		row(t->cache, code, code, "", "2015-12-31", next);
	}
	cache_commit(t->cache);
	names_free(t->names);
	t->names = names_load(t->cache->writer);
	check(t, "L0", "2010-01-01", "L0", LINEAGE_BROKEN, "L0");
}

static void keys_tell_them_apart(void **state)
{
	struct town *t = *state;
	struct strbuf b = STRBUF_INIT;
	const struct lineage l = find(t, "03646", "2025-06-01", "2026-11-22");
	lineage_key(&b, l.then);
	strbuf_addc(&b, ' ');
	lineage_key(&b, l.now);
	assert_string_equal(b.s, "03646 03646@2025-07-01");
	strbuf_free(&b);
}

int main(void)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reused_code_means_the_unit_of_its_day),
		cmocka_unit_test(a_code_without_a_day_is_that_of_the_day_after),
		cmocka_unit_test(a_divided_unit_stays_visible),
		cmocka_unit_test(an_abolished_unit_without_successor_says_so),
		cmocka_unit_test(chains_are_followed_as_far_as_they_have_come),
		cmocka_unit_test(a_division_that_was_undone_is_none),
		cmocka_unit_test(wrong_catalogues_end),
		cmocka_unit_test(a_long_chain_is_given_up),
		cmocka_unit_test(keys_tell_them_apart),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is due by whom: records made by hand, counted by hand. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cache_fixture.h"
#include "store/due.h"
#include "store/query.h"

#define NOW INT64_C(1795264927000) /* Saturday 2026-11-21 19:42:07 */
#define MIDNIGHT INT64_C(1795280400000)

struct sketch {
	const char *id, *kind, *state, *unit;
	int64_t due, soon, paused; /* after NOW, in minutes; NEVER: unset */
};
#define NEVER INT64_MAX

static void put_time(struct cache *c, struct record *r, const char *column, int64_t minutes)
{
	if (minutes != NEVER)
		cache_set_time(c, r, column, NOW + minutes * MINUTE);
}

static void put(struct cache *c, const struct sketch *s)
{
	struct record *r = cache_record(c, s->kind, s->id, 1, s->state, s->id);
	cache_set(c, r, "code", s->id);
	if (s->unit)
		cache_set(c, r, "unit", s->unit);
	cache_set_time(c, r, "created_at", NOW - 2 * DAY);
	cache_set_time(c, r, "updated_at", NOW - HOUR);
	put_time(c, r, "due_at", s->due);
	put_time(c, r, "soon_at", s->soon);
	put_time(c, r, "paused_at", s->paused);
	cache_put(c, r);
}

/* clang-format off */
static const struct sketch sketches[] = {
	{"D1", "dossier", "4", "A", -2 * 1440, -2 * 1440 - 60, NEVER}, /* late for two days */
	{"D2", "dossier", "4", "A", -5, -65, NEVER},                   /* late, due today */
	{"D3", "dossier", "4", "A", 60, -10, NEVER},                   /* soon, today 20:42 */
	{"D4", "dossier", "4", "A", 240, 180, NEVER},                  /* today 23:42 */
	{"D5", "dossier", "5", "A", NEVER, NEVER, -60},                /* paused */
	{"D6", "dossier", "4", "B", 1440, 1380, NEVER},                /* tomorrow */
	{"D7", "dossier", "4", NULL, 13 * 1440, 13 * 1440 - 60, NEVER},
	{"D8", "dossier", "4", NULL, 20 * 1440, 20 * 1440 - 60, NEVER},
	{"D9", "dossier", "9", "B", -5, NEVER, NEVER},                 /* ended */
	{"C1", "complaint", "MOI", "A", -10, -70, NEVER},
	{"C2", "complaint", "MOI", "B", NEVER, NEVER, NEVER},          /* nothing is due */
};
/* clang-format on */

static void fill(struct cache *c)
{
	cache_begin(c);
	for (size_t i = 0; i < sizeof sketches / sizeof *sketches; i++)
		put(c, &sketches[i]);
	cache_commit(c);
}

static struct due_board *ask(struct cache *c, const char *kind, enum due_by by, bool today)
{
	struct due_query q = {.generation = 7,
			      .kind = kind ? kind_find(kind) : NULL,
			      .by = by,
			      .today = today,
			      .now = NOW,
			      .until = due_day_end(NOW)};
	struct db *db = cache_reader(c);
	struct due_board *b = store_due(db, &q);
	db_close(db);
	assert_int_equal(b->error.code, ERR_NONE);
	assert_int_equal(b->query.generation, 7);
	return b;
}

static const struct due_group *group(const struct due_board *b, const char *code)
{
	for (size_t i = 0; i < b->count; i++)
		if (strcmp(b->groups[i].code, code) == 0)
			return &b->groups[i];
	fail_msg("no group %s", code);
	return NULL;
}

static void assert_counts(const struct due_counts *c, int open, int timed, int until, int soon,
			  int late, int paused)
{
	assert_int_equal(c->open, open);
	assert_int_equal(c->timed, timed);
	assert_int_equal(c->until, until);
	assert_int_equal(c->soon, soon);
	assert_int_equal(c->late, late);
	assert_int_equal(c->paused, paused);
}

static void the_day_ends_at_midnight_of_the_zone(void **state)
{
	(void)state;
	assert_int_equal(due_day_end(NOW), MIDNIGHT);
	assert_int_equal(due_day_end(MIDNIGHT - 1), MIDNIGHT);
	assert_int_equal(due_day_end(MIDNIGHT), MIDNIGHT + DAY);
}

static void groups_count_each_record_once_the_worst_first(void **state)
{
	struct cache *c = *state;
	fill(c);
	struct due_board *b = ask(c, NULL, DUE_BY_UNIT, false);
	assert_int_equal(b->count, 3);
	assert_string_equal(b->groups[0].code, "A");
	assert_string_equal(b->groups[1].code, "B");
	assert_string_equal(b->groups[2].code, "");
	assert_counts(&b->groups[0].all, 6, 6, 2, 1, 3, 1);
	assert_counts(&b->groups[0].kinds[0], 1, 1, 0, 0, 1, 0);
	assert_counts(&b->groups[1].all, 2, 1, 0, 0, 0, 0);
	assert_counts(&b->groups[2].all, 2, 2, 0, 0, 0, 0);
	assert_counts(&b->total.all, 10, 9, 2, 1, 3, 1);
	assert_int_equal(b->last_due, NOW + 20 * DAY);
	due_board_free(b);
}

static void one_queue_is_counted_alone(void **state)
{
	struct cache *c = *state;
	fill(c);
	struct due_board *b = ask(c, "dossier", DUE_BY_UNIT, false);
	assert_counts(&b->total.all, 8, 8, 2, 1, 2, 1);
	due_board_free(b);
	b = ask(c, NULL, DUE_BY_PROCEDURE, false); /* which complaints do not have */
	assert_int_equal(b->total.all.open, 8);
	due_board_free(b);
}

static void the_oldest_late_record_is_named(void **state)
{
	struct cache *c = *state;
	fill(c);
	struct due_board *b = ask(c, NULL, DUE_BY_UNIT, false);
	const struct due_group *a = group(b, "A");
	assert_int_equal(a->oldest, NOW - 2 * DAY);
	assert_string_equal(a->oldest_code, "D1");
	assert_string_equal(a->oldest_kind->id, "dossier");
	assert_int_equal(group(b, "B")->oldest, CLOCK_NONE);
	assert_string_equal(b->total.oldest_code, "D1");
	due_board_free(b);
}

static void hours_and_days_hold_what_is_due_then(void **state)
{
	struct cache *c = *state;
	fill(c);
	struct due_board *b = ask(c, NULL, DUE_BY_UNIT, false);
	assert_int_equal(b->hours[19], 2); /* D2 19:37, C1 19:32 */
	assert_int_equal(b->hours[20], 1);
	assert_int_equal(b->hours[23], 1);
	assert_int_equal(b->days[0], 4);
	assert_int_equal(b->days[1], 1);
	assert_int_equal(b->days[13], 1);
	int sum = 0;
	for (int i = 0; i < DUE_DAYS; i++)
		sum += b->days[i];
	assert_int_equal(sum, 6); /* D1 was due before, D8 is later */
	due_board_free(b);
}

static void each_filter_finds_just_its_group(void **state)
{
	struct cache *c = *state;
	fill(c);
	struct due_board *b = ask(c, "dossier", DUE_BY_UNIT, false);
	for (size_t i = 0; i < b->count; i++) {
		char filter[300];
		snprintf(filter, sizeof filter, "is:open (%s)", b->groups[i].filter);
		assert_int_equal(cache_count(c, "dossier", filter), b->groups[i].all.open);
	}
	due_board_free(b);
}

static void ended(struct cache *c, const char *id, const char *verdict, int64_t end,
		  int64_t updated)
{
	struct record *r = cache_record(c, "dossier", id, 1, "10", id);
	cache_set(c, r, "unit", "A");
	cache_set(c, r, "verdict", verdict);
	cache_set_time(c, r, "created_at", end - 10 * DAY);
	cache_set_time(c, r, "finished_at", end);
	cache_set_time(c, r, "closed_at", end + HOUR);
	cache_set_time(c, r, "updated_at", updated);
	cache_put(c, r);
}

static void rate_is_of_the_open_and_those_ended_in_thirty_days(void **state)
{
	struct cache *c = *state;
	fill(c);
	cache_begin(c);
	ended(c, "E1", "late", NOW - 3 * DAY, NOW - 3 * DAY);
	ended(c, "E2", "ontime", NOW - 29 * DAY, NOW - 29 * DAY);
	ended(c, "E3", "early", NOW - 5 * DAY, NOW - DAY);
	ended(c, "E4", "late", NOW - 40 * DAY, NOW - DAY); /* rated yesterday, ended long ago */
	ended(c, "E5", "late", NOW - 40 * DAY, NOW - 40 * DAY);
	cache_commit(c);
	struct due_board *b = ask(c, "dossier", DUE_BY_UNIT, false);
	const struct due_group *a = group(b, "A");
	int64_t part, whole;
	assert_int_equal(a->all.ended, 3);
	assert_int_equal(a->all.ended_late, 1);
	due_rate(&a->all, &part, &whole);
	assert_int_equal(part, 2 + 1);
	assert_int_equal(whole, 5 + 3);
	assert_false(b->capped);
	due_board_free(b);
}

/* --- old and new units ------------------------------------------------------ */

static void area(struct cache *c, const char *code, const char *name, const char *from,
		 const char *to, const char *successor)
{
	char id[64];
	int64_t t;
	snprintf(id, sizeof id, "%s@%s", code, from);
	struct record *r = cache_record(c, "area", id, 1, NULL, name);
	cache_set(c, r, "code", code);
	if (*from && clock_parse(from, strlen(from), &t) == 0)
		cache_set_time(c, r, "valid_from", t);
	if (*to && clock_parse(to, strlen(to), &t) == 0)
		cache_set_time(c, r, "valid_to", t + DAY - SECOND);
	if (*successor)
		cache_set(c, r, "successor", successor);
	cache_put(c, r);
}

static void event(struct cache *c, const char *id, const char *code, const char *created)
{
	int64_t t = CLOCK_NONE;
	struct record *r = cache_record(c, "complaint", id, 1, "MOI", id);
	assert_int_equal(clock_parse(created, strlen(created), &t), 0);
	cache_set(c, r, "area", code);
	cache_set_time(c, r, "created_at", t);
	cache_set_time(c, r, "due_at", NOW + HOUR);
	cache_put(c, r);
}

static void fill_wards(struct cache *c)
{
	cache_begin(c);
	area(c, "03646", "Phường Chiềng Lề", "", "2025-06-30", "03646@2025-07-01");
	area(c, "03649", "Phường Tô Hiệu (cũ)", "", "2025-06-30", "03646@2025-07-01");
	area(c, "03646", "Phường Tô Hiệu", "2025-07-01", "", "");
	cache_commit(c);
	cache_begin(c);
	event(c, "1", "03646", "2025-05-01");
	event(c, "2", "03649", "2025-05-02");
	event(c, "3", "03646", "2026-05-01");
	event(c, "4", "03646", "2026-05-02");
	event(c, "5", "99999", "2026-05-02");
	cache_commit(c);
}

static void assert_filters(struct cache *c, const struct due_board *b)
{
	for (size_t i = 0; i < b->count; i++)
		assert_int_equal(cache_count(c, "complaint", b->groups[i].filter),
				 b->groups[i].all.open);
}

static void a_code_given_to_another_ward_is_two_groups_then(void **state)
{
	struct cache *c = *state;
	fill_wards(c);
	struct due_board *b = ask(c, NULL, DUE_BY_AREA, false);
	assert_int_equal(b->count, 4);
	assert_string_equal(b->groups[0].name, "Phường Tô Hiệu");
	assert_int_equal(b->groups[0].all.open, 2);
	assert_string_equal(group(b, "03649")->name, "Phường Tô Hiệu (cũ)");
	assert_string_equal(group(b, "99999")->name, "99999");
	assert_filters(c, b);
	due_board_free(b);
}

static void abolished_wards_count_for_those_that_follow_now(void **state)
{
	struct cache *c = *state;
	fill_wards(c);
	struct due_board *b = ask(c, NULL, DUE_BY_AREA, true);
	assert_int_equal(b->count, 2);
	assert_string_equal(b->groups[0].name, "Phường Tô Hiệu");
	assert_int_equal(b->groups[0].all.open, 4);
	assert_filters(c, b);
	due_board_free(b);
}

static void an_empty_cache_has_no_groups(void **state)
{
	struct due_board *b = ask(*state, NULL, DUE_BY_UNIT, false);
	assert_int_equal(b->count, 0);
	assert_int_equal(b->last_due, CLOCK_NONE);
	due_board_free(b);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, cache_setup, cache_teardown)
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_day_ends_at_midnight_of_the_zone),
		TEST(groups_count_each_record_once_the_worst_first),
		TEST(one_queue_is_counted_alone),
		TEST(the_oldest_late_record_is_named),
		TEST(hours_and_days_hold_what_is_due_then),
		TEST(each_filter_finds_just_its_group),
		TEST(rate_is_of_the_open_and_those_ended_in_thirty_days),
		TEST(a_code_given_to_another_ward_is_two_groups_then),
		TEST(abolished_wards_count_for_those_that_follow_now),
		TEST(an_empty_cache_has_no_groups),
	};
	return cmocka_run_group_tests_name("due", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deadlines as the text of the national rule has them, and what holds for any case. */
#include "deadline_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

struct step {
	const char *state;
	int64_t at;
};

/* A path as sources tell them, with every oddity: going backwards, supplements again and again,
 * ends that are taken back. */
static size_t random_path(struct step *path, size_t most, int64_t t)
{
	static const char *const next[] = {"4", "5", "4", "5", "4", "9", "10", "8", "2"};
	size_t n = 0, want = 2 + (size_t)rand() % (most - 2);
	path[n++] = (struct step){"2", t};
	while (n < want) {
		const char *state = next[(size_t)rand() % ARRAY_LEN(next)];
		t += (1 + rand() % (4 * 24 * 60)) * MINUTE;
		if (strcmp(state, path[n - 1].state) != 0)
			path[n++] = (struct step){state, t};
	}
	return n;
}

static bool ends_with_result(const struct step *s)
{
	return strcmp(s->state, "9") == 0 || strcmp(s->state, "10") == 0;
}

/* Whether it is late at `now`, from the text of the rule. */
static bool is_late_by_the_text(const struct step *path, size_t n, int64_t due, int64_t now)
{
	const char *last = path[n - 1].state;
	int64_t end = now, supplements = 0, asked = 0;
	int fives = 0;
	for (size_t i = 0; i < n; i++) {
		bool five = strcmp(path[i].state, "5") == 0;
		if (five) {
			fives++;
			asked = path[i].at;
		} else if (i && strcmp(path[i - 1].state, "5") == 0) {
			supplements += path[i].at - asked;
		}
	}
	if (ends_with_result(&path[n - 1])) {
		end = path[n - 1].at;
		for (size_t i = n; i > 0 && ends_with_result(&path[i - 1]); i--)
			if (strcmp(path[i - 1].state, "9") == 0)
				end = path[i - 1].at;
	} else if (fives > 1) {
		return true;
	} else if (strcmp(last, "8") == 0 || strcmp(last, "5") == 0) {
		end = path[n - 1].at;
	}
	return end - supplements > due;
}

static void write_path(const struct step *path, size_t n, bool backwards, struct arena *a,
		       struct record *r)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, "{\"attachments\":[{\"name\":\"]}\\\"\"}],\"history\": [");
	for (size_t i = 0; i < n; i++) {
		const struct step *x = &path[backwards ? n - 1 - i : i];
		char at[CLOCK_TEXT];
		clock_format_utc(x->at, at);
		strbuf_addf(&b, "%s{\"to\":\"%s\", \"x\":{\"at\":[1]},\"at\":\"%s\"}",
			    i ? "," : "", x->state, at);
	}
	strbuf_adds(&b, "]}");
	r->detail = arena_memdup(a, b.s, b.len);
	r->detail_n = b.len;
	strbuf_free(&b);
}

static struct record *on_path(const struct step *path, size_t n, int64_t due, bool backwards,
			      struct arena *a)
{
	struct record *r = record_new(a, &kind_dossier);
	put(a, r, "state", path[n - 1].state);
	put(a, r, "procedure", "P5");
	r->values[COL_CREATED_AT] = (struct value){.set = true, .i = path[0].at};
	r->values[COL_DUE_AT] = (struct value){.set = true, .i = due};
	write_path(path, n, backwards, a, r);
	return r;
}

static bool counts_as_late(const struct rulebook *b, const struct record *r, int64_t now)
{
	struct deadline_look look;
	deadline_look(b, r, now, &look);
	return look.state == DEADLINE_LATE || look.state == DEADLINE_MET_LATE;
}

/* 9, 10, and at any now: late by the text of the rule is late here. */
static void test_late_is_what_the_text_of_the_rule_says(void **state)
{
	srand(766);
	for (int i = 0; i < 20000; i++) {
		struct arena a = ARENA_INIT;
		struct step path[9];
		int64_t start = at("2026-01-05T08:00") + rand() % 300000 * MINUTE;
		int64_t due = start + (rand() % (12 * 24 * 60)) * MINUTE + SECOND;
		size_t n = random_path(path, ARRAY_LEN(path), start);
		int64_t now = path[n - 1].at + (1 + rand() % 20000) * MINUTE;
		struct record *r = on_path(path, n, due, rand() % 2, &a);
		deadline_settle(*state, &a, r);
		if (counts_as_late(*state, r, now) != is_late_by_the_text(path, n, due, now)) {
			for (size_t k = 0; k < n; k++)
				print_error("%s@%lld ", path[k].state,
					    (long long)((path[k].at - start) / MINUTE));
			fail_msg("due %lld now %lld", (long long)((due - start) / MINUTE),
				 (long long)((now - start) / MINUTE));
		}
		arena_free(&a);
	}
}

/* Whatever the order in which a source lists its history. */
static void test_order_of_the_history_does_not_matter(void **state)
{
	srand(3);
	for (int i = 0; i < 2000; i++) {
		struct arena a = ARENA_INIT;
		struct step path[9];
		int64_t start = at("2026-02-02T08:00") + rand() % 30000 * MINUTE;
		size_t n = random_path(path, ARRAY_LEN(path), start);
		struct record *one = on_path(path, n, start + 5 * DAY, false, &a),
			      *other = on_path(path, n, start + 5 * DAY, true, &a);
		deadline_settle(*state, &a, one);
		deadline_settle(*state, &a, other);
		for (size_t c = COL_DUE_SRC; c <= COL_VERDICT; c++)
			assert_true(one->values[c].set == other->values[c].set);
		assert_true(record_int(one, COL_DUE_AT, 0) == record_int(other, COL_DUE_AT, 0));
		assert_string_equal(record_text(one, COL_VERDICT),
				    record_text(other, COL_VERDICT));
		arena_free(&a);
	}
}

/* An open record never becomes late less, and soon comes before late. */
static void test_urgency_only_rises_with_time(void **state)
{
	static const int rank[] = {[DEADLINE_NONE] = 0,
				   [DEADLINE_WITHIN] = 0,
				   [DEADLINE_TODAY] = 1,
				   [DEADLINE_SOON] = 2,
				   [DEADLINE_LATE] = 3};
	srand(5);
	for (int i = 0; i < 500; i++) {
		struct arena a = ARENA_INIT;
		struct record *r = make(&a, &kind_complaint, "state=DANG_XL category=dien", "");
		int64_t t = at("2026-11-16T00:00") + rand() % 10000 * MINUTE, next;
		r->values[COL_CREATED_AT] = (struct value){.set = true, .i = t};
		deadline_settle(*state, &a, r);
		int was = 0, level = 0;
		for (int k = 0; k < 200; k++, t += 137 * MINUTE) {
			struct deadline_look look;
			deadline_look(*state, r, t, &look);
			assert_true(look.state < ARRAY_LEN(rank) && rank[look.state] >= was);
			was = rank[look.state];
			assert_true((look.state == DEADLINE_LATE) ==
				    (record_int(r, COL_DUE_AT, 0) < t));
			int now_level = deadline_level(*state, r, t, &next);
			assert_true(now_level >= level && (next == CLOCK_NONE || next > t));
			level = now_level;
		}
		assert_int_equal(level, 3);
		arena_free(&a);
	}
}

/* Histories that are no histories, cut anywhere. */
static void test_broken_history_is_none(void **state)
{
	struct arena a = ARENA_INIT;
	struct record *r = make(&a, &kind_dossier,
				"state=5 procedure=P5 created_at=2026-11-06T08:00",
				"2@2026-11-06T08:00 4@2026-11-06T09:00 5@2026-11-10T09:00");
	size_t whole = r->detail_n;
	for (size_t n = 0; n <= whole; n++) {
		char *copy = xmalloc(n + 1); /* so that a step beyond the end is seen */
		memcpy(copy, r->detail, n);
		struct record x = *r;
		x.detail = copy;
		x.detail_n = n;
		x.values = arena_alloc(&a, r->kind->column_count * sizeof *x.values);
		memcpy(x.values, r->values, r->kind->column_count * sizeof *x.values);
		deadline_settle(*state, &a, &x);
		free(copy);
	}
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_late_is_what_the_text_of_the_rule_says),
		cmocka_unit_test(test_order_of_the_history_does_not_matter),
		cmocka_unit_test(test_urgency_only_rises_with_time),
		cmocka_unit_test(test_broken_history_is_none),
	};
	return cmocka_run_group_tests(tests, open_rules, close_rules);
}

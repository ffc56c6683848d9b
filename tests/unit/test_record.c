/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outside values become values of their column, or are refused. */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/strbuf.h"
#include "model/query.h"
#include "model/source.h"

struct fixture {
	struct arena arena;
	struct record *r;
	struct err e;
};

static int setup(void **state)
{
	static struct fixture f;
	f = (struct fixture){.e = ERR_INIT};
	f.r = record_new(&f.arena, kind_find("complaint"));
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	arena_free(&((struct fixture *)*state)->arena);
	return 0;
}

static size_t column(struct fixture *f, const char *id)
{
	int i = kind_column(f->r->kind, id);
	assert_true(i >= 0);
	return (size_t)i;
}

static int put(struct fixture *f, const char *id, const char *text)
{
	return record_put_text(&f->arena, f->r, column(f, id), text, strlen(text), &f->e);
}

static const struct value *value(struct fixture *f, const char *id)
{
	return &f->r->values[column(f, id)];
}

static void new_record_has_no_values(void **state)
{
	struct fixture *f = *state;
	for (size_t i = 0; i < f->r->kind->column_count; i++)
		assert_false(f->r->values[i].set);
	assert_string_equal(record_text(f->r, COL_TITLE), "");
	assert_int_equal(record_int(f->r, COL_DUE_AT, 7), 7);
	assert_true(record_is_open(f->r));
}

static void hostile_text_is_cleaned_and_trimmed(void **state)
{
	struct fixture *f = *state;
	put(f, "title", "  \x1b[31mNgo\xcc\x83 308\n\xff ");
	const char *s = record_text(f->r, COL_TITLE);
	assert_null(strchr(s, '\x1b'));
	assert_null(strchr(s, '\n'));
	assert_non_null(strstr(s, "Ngõ 308")); /* NFC */
	assert_int_equal(strlen(s), f->r->values[COL_TITLE].n);
	put(f, "body", " một\r\nhai ");
	assert_string_equal(record_text(f->r, COL_BODY), "một\nhai");
}

static void nul_bytes_do_not_end_a_text(void **state)
{
	struct fixture *f = *state;
	record_put_text(&f->arena, f->r, COL_TITLE, "a\0b", 3, &f->e);
	const struct value *v = &f->r->values[COL_TITLE];
	assert_int_equal(strlen(v->s), v->n);
	assert_int_equal(v->s[v->n - 1], 'b');
}

static void long_text_is_cut_between_characters(void **state)
{
	struct fixture *f = *state;
	struct strbuf b = STRBUF_INIT;
	while (b.len < 300000)
		strbuf_adds(&b, "ệ");
	put(f, "title", b.s);
	const struct value *v = value(f, "title");
	assert_true(v->n <= 2000 && v->n > 1990);
	assert_int_equal(v->n % 3, 0);
	assert_string_equal(v->s + v->n - 3, "…");
	put(f, "body", b.s);
	assert_true(value(f, "body")->n <= 65536 && value(f, "body")->n > 65500);
	strbuf_free(&b);
}

static void empty_text_is_no_value(void **state)
{
	struct fixture *f = *state;
	put(f, "title", "x");
	put(f, "severity", "3");
	put(f, "due_at", "2026-11-21");
	assert_true(value(f, "due_at")->set);
	assert_int_equal(put(f, "title", " \t"), 0);
	assert_int_equal(put(f, "severity", ""), 0);
	assert_int_equal(put(f, "due_at", "  "), 0);
	assert_false(value(f, "title")->set || value(f, "severity")->set ||
		     value(f, "due_at")->set);
}

static void times_come_as_text_or_seconds(void **state)
{
	struct fixture *f = *state;
	const int64_t t = INT64_C(1795264927000);
	put(f, "created_at", "2026-11-21T19:42:07+07:00");
	assert_int_equal(value(f, "created_at")->i, t);
	put(f, "created_at", "1795264927");
	assert_int_equal(value(f, "created_at")->i, t);
	record_put_number(&f->arena, f->r, COL_CREATED_AT, 1795264927.25, &f->e);
	assert_int_equal(value(f, "created_at")->i, t + 250);
}

static void vendors_words_for_nothing_are_no_value(void **state)
{
	struct fixture *f = *state;
	static const char *const nothing[] = {"1970-01-01T00:00:00Z", "1970-01-01", "0",
					      "0001-01-01T00:00:00", "0001-01-01"};
	for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
		put(f, "due_at", "2026-11-21");
		assert_int_equal(put(f, "due_at", nothing[i]), 0);
		assert_false(value(f, "due_at")->set);
	}
}

static void wrong_types_are_refused_with_the_column(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(put(f, "due_at", "mai"), -1);
	assert_non_null(strstr(f->e.text, "due_at"));
	assert_int_equal(f->e.code, ERR_PARSE);
	assert_int_equal(put(f, "severity", "cao"), -1);
	assert_int_equal(put(f, "severity", "0x10"), -1);
	assert_int_equal(put(f, "severity", "nan"), -1);
	assert_int_equal(put(f, "urgent", "2"), -1);
	assert_int_equal(put(f, "lat", "inf"), -1);
	assert_int_equal(record_put_number(&f->arena, f->r, COL_SEVERITY, NAN, &f->e), -1);
	assert_int_equal(record_put_number(&f->arena, f->r, COL_SEVERITY, 1e300, &f->e), -1);
	assert_int_equal(record_put_number(&f->arena, f->r, COL_DUE_AT, 1e14, &f->e), -1);
	assert_int_equal(record_put_bool(f->r, COL_DUE_AT, true, &f->e), -1);
}

static void flags_and_numbers_take_their_usual_forms(void **state)
{
	struct fixture *f = *state;
	static const char *const yes[] = {"1", "true", "TRUE"};
	for (size_t i = 0; i < 3; i++) {
		put(f, "urgent", i % 2 ? "0" : "false");
		assert_int_equal(value(f, "urgent")->i, 0);
		put(f, "urgent", yes[i]);
		assert_int_equal(value(f, "urgent")->i, 1);
	}
	record_put_bool(f->r, column(f, "urgent"), false, &f->e);
	assert_int_equal(value(f, "urgent")->i, 0);
	put(f, "severity", " 4 ");
	assert_int_equal(value(f, "severity")->i, 4);
	record_put_number(&f->arena, f->r, COL_CODE, 423, &f->e);
	assert_string_equal(record_text(f->r, COL_CODE), "423");
}

static void impossible_places_are_no_place(void **state)
{
	struct fixture *f = *state;
	static const char *const places[][2] = {
		{"0", "0"}, {"91", "103"}, {"21", "181"}, {"-90.5", "0"}};
	for (size_t i = 0; i < 4; i++) {
		put(f, "lat", places[i][0]);
		put(f, "lon", places[i][1]);
		assert_false(value(f, "lat")->set && value(f, "lon")->set);
	}
	put(f, "lat", "21.327");
	put(f, "lon", "103.914");
	assert_true(value(f, "lat")->set && value(f, "lon")->set);
}

static void source_status_survives_json(void **state)
{
	(void)state;
	struct source_status a = {.name = "son-la",
				  .title = "Cổng IOC",
				  .state = SOURCE_RETRYING,
				  .kinds = 5,
				  .last_ok = 1000,
				  .last_change = CLOCK_NONE,
				  .next_try = 2000,
				  .total = -1,
				  .lag_ms = 12,
				  .error = "timed out"};
	for (int i = 0; i < SOURCE_REQUESTS + 3; i++)
		source_note(&a, &(struct source_request){i, 2, 3, 200, "GET", "/a"});
	struct source_status b;
	json_t *j = source_to_json(&a);
	source_from_json(&b, j);
	json_decref(j);
	assert_string_equal(b.name, a.name);
	assert_string_equal(b.title, a.title);
	assert_string_equal(b.error, a.error);
	assert_int_equal(b.state, a.state);
	assert_int_equal(b.kinds, a.kinds);
	assert_int_equal(b.last_ok, a.last_ok);
	assert_int_equal(b.last_change, CLOCK_NONE);
	assert_int_equal(b.next_try, a.next_try);
	assert_int_equal(b.lag_ms, 12);
	assert_int_equal(source_age(&b, 5000), 4000);
	assert_int_equal(b.request_count, SOURCE_REQUESTS);
	assert_memory_equal(b.requests, a.requests, sizeof a.requests);
	assert_int_equal(b.requests[0].at, SOURCE_REQUESTS + 2);
}

static void hostile_status_json_is_tamed(void **state)
{
	(void)state;
	static const char text[] = "{\"name\":7,\"title\":\"\\u001b[2J\",\"state\":\"x\","
				   "\"kinds\":[1,\"nothing\",\"call\"],\"last_ok\":\"y\"}";
	json_t *j = json_loads(text, 0, NULL);
	struct source_status s;
	source_from_json(&s, j);
	json_decref(j);
	assert_string_equal(s.name, "");
	assert_null(strchr(s.title, '\x1b'));
	assert_int_equal(s.kinds, 1u << kind_index(kind_find("call")));
	assert_int_equal(source_age(&s, 5), -1);
	source_from_json(&s, NULL);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		TEST(new_record_has_no_values),
		TEST(hostile_text_is_cleaned_and_trimmed),
		TEST(nul_bytes_do_not_end_a_text),
		TEST(long_text_is_cut_between_characters),
		TEST(empty_text_is_no_value),
		TEST(times_come_as_text_or_seconds),
		TEST(vendors_words_for_nothing_are_no_value),
		TEST(wrong_types_are_refused_with_the_column),
		TEST(flags_and_numbers_take_their_usual_forms),
		TEST(impossible_places_are_no_place),
		TEST(source_status_survives_json),
		TEST(hostile_status_json_is_tamed),
	};
	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}

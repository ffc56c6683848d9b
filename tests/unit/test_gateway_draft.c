/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records on their way in: what is refused, what is completed, what stays as it was. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "gateway/bulk.h"
#include "gateway/draft.h"

#define NOW INT64_C(1795239727000) /* 2026-11-21T05:42:07Z */

static struct err e;

struct fixture {
	struct backend *b;
	struct draft *d;
	struct numbering numbers;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	f->b = backend_open(NULL, &e);
	f->d = draft_new(kind_find("complaint"), 0);
	assert_non_null(f->b);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	draft_free(f->d);
	backend_close(f->b);
	free(f);
	return 0;
}

static void use(struct fixture *f, const char *kind, unsigned flags)
{
	draft_free(f->d);
	f->d = draft_new(kind_find(kind), flags);
}

/* Takes the text in and returns what is stored. */
static json_t *take(struct fixture *f, const char *text)
{
	assert_int_equal(draft_read(f->d, text, strlen(text)), 0);
	assert_int_equal(backend_begin(f->b, &e), 0);
	assert_int_equal(draft_store(f->d, f->b, &f->numbers, NOW), 0);
	assert_int_equal(backend_commit(f->b, &e), 0);
	json_t *j = backend_get(f->b, f->d->kind, f->d->id, &e);
	assert_non_null(j);
	return j;
}

static void assert_member(json_t *j, const char *name, const char *json)
{
	char *text = json_dumps(json_object_get(j, name), JSON_ENCODE_ANY | JSON_COMPACT);
	assert_non_null(text);
	assert_string_equal(text, json);
	free(text);
}

static void refuse(struct fixture *f, const char *text, enum problem p, const char *field)
{
	assert_int_equal(draft_read(f->d, text, strlen(text)), -1);
	assert_int_equal(f->d->no.problem, p);
	assert_string_equal(f->d->no.field, field);
	assert_true(f->d->no.detail[0] != '\0');
}

static void what_is_missing_is_given(void **state)
{
	json_t *j = take(*state, "{\"title\":\"x\"}");
	assert_member(j, "id", "\"PA-00001\"");
	assert_member(j, "code", "\"PA-00001\"");
	assert_member(j, "state", "\"MOI\"");
	assert_member(j, "version", "1");
	assert_member(j, "created_at", "\"2026-11-21T05:42:07.000Z\"");
	assert_member(j, "updated_at", "\"2026-11-21T05:42:07.000Z\"");
	json_decref(j);
}

/* Members of its own may fill the record; those that are added still find a place. */
static void the_largest_record_is_completed_too(void **state)
{
	struct strbuf b = STRBUF_INIT;
	for (int i = 0; i < SCAN_MEMBERS; i++)
		strbuf_addf(&b, "%s\"m%d\":%d", i ? "," : "{", i, i);
	strbuf_addc(&b, '}');
	json_t *j = take(*state, b.s);
	assert_member(j, "id", "\"PA-00001\"");
	assert_member(j, "state", "\"MOI\"");
	assert_int_equal(json_object_size(j), SCAN_MEMBERS + 6);
	json_decref(j);
	strbuf_free(&b);
}

static void what_is_there_stays(void **state)
{
	json_t *j = take(
		*state,
		"{ \"id\":\"A\", \"code\":\"Z\", \"state\":\"NEVER_HEARD\", \"odd\":[1,\n{}],"
		"\"title\":\"\\u001b[31m\\u0000\", \"created_at\":\"2020-01-01T00:00:00.000Z\","
		"\"version\":77,\"updated_at\":\"2020-01-01T00:00:00.000Z\"}");
	assert_member(j, "id", "\"A\"");
	assert_member(j, "code", "\"Z\"");
	assert_member(j, "state", "\"NEVER_HEARD\"");
	assert_member(j, "odd", "[1,{}]");
	assert_member(j, "title", "\"\\u001B[31m\\u0000\"");
	assert_member(j, "created_at", "\"2020-01-01T00:00:00.000Z\"");
	assert_member(j, "updated_at", "\"2026-11-21T05:42:07.000Z\"");
	assert_member(j, "version", "1");
	json_decref(j);
}

static bool is_one_line(void *arg, const struct stored *s)
{
	*(bool *)arg = !memchr(s->json, '\n', s->n) && !memchr(s->json, '\r', s->n);
	return true;
}

static void a_stored_record_is_one_line(void **state)
{
	struct fixture *f = *state;
	bool one_line = false;
	json_decref(
		take(f, "{\"id\":\"A\",\r\n \"extra\":{\r\n\"a\":\n1},\"history\":[\n{}\r]}"));
	assert_int_equal(backend_show(f->b, f->d->kind, "A", is_one_line, &one_line, &e), 0);
	assert_true(one_line);
}

static void values_are_sent_in_one_form(void **state)
{
	json_t *j = take(
		*state,
		"{\"id\":12,\"created_at\":\"2026-11-19T08:12:00+07:00\",\"due_at\":1795239727,"
		"\"closed_at\":\"\",\"severity\":\"3\",\"urgent\":1,\"lat\":\"21.5\",\"lon\":"
		"103,"
		"\"title\":5,\"rating\":4.0,\"officer\":true}");
	assert_member(j, "id", "\"12\"");
	assert_member(j, "created_at", "\"2026-11-19T01:12:00.000Z\"");
	assert_member(j, "due_at", "\"2026-11-21T05:42:07.000Z\"");
	assert_member(j, "closed_at", "null");
	assert_member(j, "severity", "3");
	assert_member(j, "urgent", "true");
	assert_member(j, "lat", "21.5");
	assert_member(j, "lon", "103");
	assert_member(j, "title", "\"5\"");
	assert_member(j, "rating", "4");
	assert_member(j, "officer", "\"true\"");
	json_decref(j);
}

static void wrong_values_are_refused_by_name(void **state)
{
	struct fixture *f = *state;
	refuse(f, "{\"created_at\":\"hôm qua\"}", PROBLEM_INVALID, "created_at");
	refuse(f, "{\"severity\":\"cao\"}", PROBLEM_INVALID, "severity");
	refuse(f, "{\"urgent\":2}", PROBLEM_INVALID, "urgent");
	refuse(f, "{\"title\":[]}", PROBLEM_INVALID, "title");
	refuse(f, "{\"title\":{\"a\":1}}", PROBLEM_INVALID, "title");
	refuse(f, "{\"kind\":\"alert\"}", PROBLEM_INVALID, "kind");
	refuse(f, "{\"kind\":1}", PROBLEM_INVALID, "kind");
	refuse(f, "{\"deleted\":true}", PROBLEM_INVALID, "deleted");
	refuse(f, "{\"history\":{}}", PROBLEM_INVALID, "history");
	refuse(f, "{\"history\":[1]}", PROBLEM_INVALID, "history");
	refuse(f, "{\"extra\":[]}", PROBLEM_INVALID, "extra");
	refuse(f, "{\"id\":\"a/b\"}", PROBLEM_INVALID, "id");
	refuse(f, "{\"id\":\"\"}", PROBLEM_INVALID, "id");
	refuse(f, "{\"id\":\"changes\"}", PROBLEM_INVALID, "id");
	refuse(f, "{\"id\":\"a\\u0000b\"}", PROBLEM_INVALID, "id");
	refuse(f, "{\"id\":1.5}", PROBLEM_INVALID, "id");
	refuse(f, "{\"id\":{}}", PROBLEM_INVALID, "id");
	refuse(f, "nothing", PROBLEM_BAD_JSON, "");
	refuse(f, "[]", PROBLEM_BAD_JSON, "");
}

static void generated_codes_pass_over_those_taken(void **state)
{
	struct fixture *f = *state;
	json_decref(take(f, "{\"id\":\"PA-00002\"}"));
	json_t *j = take(f, "{}");
	assert_member(j, "id", "\"PA-00003\"");
	json_decref(j);
	use(f, "alert", 0);
	j = take(f, "{}");
	assert_member(j, "id", "\"CB-00001\"");
	json_decref(j);
}

static void a_code_serves_as_id(void **state)
{
	struct fixture *f = *state;
	json_t *j = take(f, "{\"code\":\"Đ \\\"1\\\"\"}");
	assert_member(j, "id", "\"Đ \\\"1\\\"\"");
	json_decref(j);
}

static void the_second_put_replaces(void **state)
{
	struct fixture *f = *state;
	json_decref(take(f, "{\"id\":\"A\"}"));
	assert_true(f->d->created);
	json_t *j = take(f, "{\"id\":\"A\",\"title\":\"two\"}");
	assert_false(f->d->created);
	assert_member(j, "version", "2");
	json_decref(j);
}

static void a_dump_keeps_versions_and_times(void **state)
{
	struct fixture *f = *state;
	use(f, "complaint", DRAFT_RESTORE);
	json_t *j = take(f, "{\"id\":\"A\",\"code\":\"A\",\"state\":\"DONG\",\"version\":7,"
			    "\"created_at\":\"2020-01-01T00:00:00.000Z\","
			    "\"updated_at\":\"2020-01-02T00:00:00.000Z\"}");
	assert_member(j, "version", "7");
	assert_member(j, "updated_at", "\"2020-01-02T00:00:00.000Z\"");
	json_decref(j);
	j = take(f, "{\"id\":\"A\",\"version\":3,\"updated_at\":\"2020-01-03T00:00:00.000Z\"}");
	assert_member(j, "version", "8");
	assert_member(j, "updated_at", "\"2020-01-03T00:00:00.000Z\"");
	json_decref(j);
}

static void catalogues_need_an_id_and_take_its_code(void **state)
{
	struct fixture *f = *state;
	use(f, "area", 0);
	json_t *j = take(f, "{\"id\":\"03646@2025-07-01\",\"title\":\"Phường Tô Hiệu\"}");
	assert_member(j, "code", "\"03646\"");
	assert_null(json_object_get(j, "state"));
	json_decref(j);
	assert_int_equal(draft_read(f->d, "{\"title\":\"x\"}", 13), 0);
	assert_int_equal(backend_begin(f->b, &e), 0);
	assert_int_equal(draft_store(f->d, f->b, &f->numbers, NOW), -1);
	assert_string_equal(f->d->no.field, "id");
	backend_rollback(f->b);
}

static void too_much_is_refused(void **state)
{
	struct fixture *f = *state;
	size_t n = DRAFT_MOST + 1;
	char *text = malloc(n);
	memset(text, ' ', n);
	assert_int_equal(draft_read(f->d, text, n), -1);
	assert_int_equal(f->d->no.problem, PROBLEM_TOO_LARGE);
	free(text);
}

/* Some 300,000 lines, whose results are a hundred times as long. */
static void the_results_of_a_bulk_are_bounded(void **state)
{
	struct fixture *f = *state;
	struct gateway g = {.backend = f->b};
	struct bulk *b = bulk_new(&g, f->d->kind);
	struct strbuf lines = STRBUF_INIT, results = STRBUF_INIT;
	for (int i = 0; i < 50000; i++)
		strbuf_add(&lines, "x\n", 2);
	for (int i = 0; i < 12; i++)
		bulk_feed(b, lines.s, lines.len);
	bulk_end(b, &results);
	assert_in_range(results.len, 64 << 20, 65 << 20);
	strbuf_truncate(&results, results.len - 1);
	json_t *last = json_loads(strrchr(results.s, '\n') + 1, 0, NULL);
	assert_member(last, "type", "\"urn:ioc:problem:too-large\"");
	assert_true(json_integer_value(json_object_get(last, "line")) < 600000);
	json_decref(last);
	strbuf_free(&lines);
	strbuf_free(&results);
	bulk_free(b);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(what_is_missing_is_given),
		TEST(the_largest_record_is_completed_too),
		TEST(what_is_there_stays),
		TEST(a_stored_record_is_one_line),
		TEST(values_are_sent_in_one_form),
		TEST(wrong_values_are_refused_by_name),
		TEST(generated_codes_pass_over_those_taken),
		TEST(a_code_serves_as_id),
		TEST(the_second_put_replaces),
		TEST(a_dump_keeps_versions_and_times),
		TEST(the_results_of_a_bulk_are_bounded),
		TEST(catalogues_need_an_id_and_take_its_code),
		TEST(too_much_is_refused),
	};
	return cmocka_run_group_tests_name("gateway draft", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors inside of success, and what bodies add to a status. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "api/envelope.h"
#include "api/jqfilter.h"

static struct envelope_spec spec_of(const char *ok, const char *error, const char *code,
				    const char *class)
{
	return (struct envelope_spec){ok ? jqfilter_new(ok, NULL, NULL) : NULL,
				      error ? jqfilter_new(error, NULL, NULL) : NULL,
				      code ? jqfilter_new(code, NULL, NULL) : NULL,
				      class ? jqfilter_new(class, NULL, NULL) : NULL};
}

static void spec_free(struct envelope_spec *s)
{
	jqfilter_free(s->ok);
	jqfilter_free(s->error);
	jqfilter_free(s->code);
	jqfilter_free(s->class);
}

static void read_body(struct tape *t, const char *text)
{
	struct err e = ERR_INIT;
	assert_int_equal(tape_read(t, text, strlen(text), &e), 0);
}

/* What an answer of status 200 is as good as: "CODE MEANT DETAIL", or "good". */
static void expect(const struct envelope_spec *s, const char *body, const char *wanted)
{
	struct tape t = TAPE_INIT;
	struct failure f = FAILURE_NONE;
	char got[400] = "good";
	read_body(&t, body);
	if (envelope_judge(s, t.nodes, &f) < 0)
		snprintf(got, sizeof got, "%s %ld %s", err_code_name(f.code), f.meant,
			 f.detail);
	assert_string_equal(got, wanted);
	tape_free(&t);
}

static void success_is_what_the_connector_calls_so(void **state)
{
	struct envelope_spec s = spec_of(".error_code == 0 or .error_code == \"00\"",
					 ".message", ".error_code", NULL);
	(void)state;
	expect(&s, "{\"error_code\":0}", "good");
	expect(&s, "{\"error_code\":\"00\"}", "good");
	expect(&s, "{\"error_code\":\"-1\",\"message\":\"Sai tham số\"}",
	       "net 0 -1: Sai tham số");
	expect(&s, "{\"error_code\":-1}", "net 0 -1");
	expect(&s, "[]", "parse 0 Cannot index array with string \"error_code\"");
	spec_free(&s);
}

static void without_a_test_everything_is_good(void **state)
{
	struct envelope_spec none = {NULL, NULL, NULL, NULL};
	(void)state;
	expect(&none, "{\"error\":\"bad\"}", "good");
}

static void class_tells_what_follows_from_a_failure(void **state)
{
	static const struct {
		const char *body, *wanted;
	} cases[] = {
		{"{\"s\":\"auth\"}", "auth 401 "},
		{"{\"s\":\"permission\"}", "permission 403 "},
		{"{\"s\":\"not_found\"}", "not-found 404 "},
		{"{\"s\":\"conflict\"}", "parse 409 "},
		{"{\"s\":\"invalid\"}", "parse 422 "},
		{"{\"s\":\"busy\"}", "busy 429 "},
		{"{\"s\":\"gone\"}", "not-found 410 "},
		{"{\"s\":\"server\",\"message\":\"x\"}", "net 500 x"},
		{"{\"s\":\"else\"}", "parse 0 class: else"},
		{"{\"s\":null}", "good"},
	};
	struct envelope_spec s = spec_of(NULL, NULL, NULL, ".s");
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect(&s, cases[i].body, cases[i].wanted);
	spec_free(&s);
}

static void success_needs_no_class(void **state)
{
	struct envelope_spec s = spec_of(".good", NULL, NULL, "\"server\"");
	(void)state;
	expect(&s, "{\"good\":true}", "good");
	expect(&s, "{\"good\":false}", "net 500 ");
	spec_free(&s);
}

static void body_explains_a_status(void **state)
{
	struct envelope_spec s = spec_of(NULL, ".userMessage", ".code",
					 "if .code == 106 then \"invalid\" else null end");
	struct tape t = TAPE_INIT;
	struct failure f;
	(void)state;
	failure_from_status(&f, 404);
	envelope_explain(&s, NULL, &f);
	assert_int_equal(f.meant, 404);
	read_body(&t, "{\"code\":106,\"userMessage\":\"sai mã\"}");
	envelope_explain(&s, t.nodes, &f);
	assert_int_equal(f.meant, 422);
	assert_int_equal(f.status, 404);
	assert_string_equal(f.detail, "106: sai mã");
	read_body(&t, "{\"code\":1,\"detail\":\"khác\"}");
	failure_from_status(&f, 500);
	envelope_explain(&s, t.nodes, &f);
	assert_int_equal(f.meant, 500);
	assert_string_equal(f.detail, "1: khác");
	tape_free(&t);
	spec_free(&s);
}

static void bare_text_can_have_a_class(void **state)
{
	struct envelope_spec s = spec_of(
		NULL, NULL, NULL,
		"if type == \"string\" and test(\"expired\") then \"auth\" else null end");
	struct failure f;
	(void)state;
	failure_set(&f, ERR_PARSE, "the answer is not JSON", NULL);
	envelope_explain_text(&s, "no such thing", 13, &f);
	assert_int_equal(f.meant, 0);
	envelope_explain_text(&s, "token expired", 13, &f);
	assert_int_equal(f.meant, 401);
	assert_string_equal(f.detail, "token expired");
	spec_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(success_is_what_the_connector_calls_so),
		cmocka_unit_test(without_a_test_everything_is_good),
		cmocka_unit_test(class_tells_what_follows_from_a_failure),
		cmocka_unit_test(success_needs_no_class),
		cmocka_unit_test(body_explains_a_status),
		cmocka_unit_test(bare_text_can_have_a_class),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

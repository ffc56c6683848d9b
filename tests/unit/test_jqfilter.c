/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <string.h>

#include "api/jqfilter.h"
#include "api/template.h"
#include "base/strbuf.h"

static void complain(void *context, int line, int column, const char *message)
{
	(void)column;
	strbuf_addf(context, "%d: %s\n", line, message);
}

/* What is said against this filter; "" where nothing is. */
static void expect_complaints(const char *text, const char *wanted)
{
	struct strbuf got = STRBUF_INIT;
	struct jqfilter *f = jqfilter_new(text, complain, &got);
	assert_string_equal(got.s, wanted);
	assert_int_equal(f != NULL, got.len == 0);
	jqfilter_free(f);
	strbuf_free(&got);
}

/* The first output for this input, as JSON; or "error: …". */
static void run(const char *text, const char *input, struct strbuf *got)
{
	struct strbuf complaints = STRBUF_INIT;
	struct jqfilter *f = jqfilter_new(text, complain, &complaints);
	assert_string_equal(complaints.s, "");
	struct err e = ERR_INIT;
	struct tape t = TAPE_INIT;
	struct jqfilter_out out;
	assert_int_equal(tape_read(&t, input, strlen(input), NULL), 0);
	strbuf_clear(got);
	if (jqfilter_ask(f, t.nodes, &out, &e) < 0)
		strbuf_addf(got, "error: %s", e.text);
	else
		node_write(out.node, 0, got);
	jqfilter_out_free(&out);
	tape_free(&t);
	jqfilter_free(f);
	strbuf_free(&complaints);
}

static void expect_output(const char *text, const char *input, const char *wanted)
{
	struct strbuf got = STRBUF_INIT;
	run(text, input, &got);
	assert_string_equal(got.s, wanted);
	strbuf_free(&got);
}

/* Numbers may be written differently, and of members of one name the last counts. */
static void expect_same(const char *a, const char *b)
{
	jv x = jv_parse(a), y = jv_parse(b);
	if (jv_is_valid(x) && jv_is_valid(y))
		assert_true(jv_equal(jv_copy(x), jv_copy(y)));
	else
		assert_string_equal(a, b);
	jv_free(x);
	jv_free(y);
}

static void paths_are_walked_as_jq_does(void **state)
{
	(void)state;
	expect_output(".", "[1]", "[1]");
	expect_output(" .a.b\n", "{\"a\":{\"b\":2}}", "2");
	expect_output(".a.b", "{}", "null");
	expect_output(".a", "null", "null");
	expect_output(".a.b", "{\"a\":3}", "error: Cannot index number with string \"b\"");
	expect_output(".a | .b", "{\"a\":{\"b\":2}}", "2");
	/* The same path, walked and as a program. */
	static const char *const paths[] = {".", ".a", ".a.b", ".a.b.c", ".items", "._x1"};
	static const char *const inputs[] = {
		"null",
		"true",
		"0",
		"-1.5e3",
		"\"a\"",
		"[]",
		"[{\"a\":1}]",
		"{}",
		"{\"a\":null}",
		"{\"a\":{\"b\":{\"c\":[1,{\"d\":\"e\"}]}}}",
		"{\"a\":{\"b\":1,\"c\":2,\"b\":{\"c\":false}},\"a\":{\"b\":3}}",
		"{\"a\":[1]}",
		"{\"a\":{\"b\":\"\\u0000\\ud83d\\ude00\\\\\\\"\\n\"}}",
		"{\"items\":[[],{},[{}],\"\",0.1,1e300,123456789]}",
		"{\"_x1\":{\"\":1,\"a b\":2},\"a\":true}",
		"{\"\\u0061\":{\"\\u0062\":\"\\u00e1\"}}",
	};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		for (size_t j = 0; j < sizeof inputs / sizeof *inputs; j++) {
			char program[40];
			struct strbuf walked = STRBUF_INIT, ran = STRBUF_INIT;
			snprintf(program, sizeof program, "%s | .", paths[i]);
			run(paths[i], inputs[j], &walked);
			run(program, inputs[j], &ran);
			expect_same(walked.s, ran.s);
			strbuf_free(&walked);
			strbuf_free(&ran);
		}
}

static void filters_compute_and_fail_in_their_own_words(void **state)
{
	(void)state;
	expect_output("{id: .n, up: (.s | ascii_upcase)}", "{\"n\":1,\"s\":\"a\"}",
		      "{\"id\":1,\"up\":\"A\"}");
	expect_output("empty", "1", "null");
	expect_output("error(\"no such thing\")", "1", "error: no such thing");
	expect_output(".[0]", "{\"a\":1}", "error: Cannot index object with number");
}

static void mistakes_are_all_told_with_their_lines(void **state)
{
	(void)state;
	expect_complaints(".a\n| foo\n| bar(1)",
			  "2: foo is not defined; a member of the input is written .foo, a "
			  "text \"foo\"\n3: bar is not defined\n");
	expect_complaints("{a: ", "1: this { is never closed\n");
	expect_complaints("  ", "1: an empty filter\n");
}

static void what_reaches_outside_is_refused(void **state)
{
	(void)state;
	static const char *const names[] = {
		"input", "inputs",     "debug",      "stderr",  "env",           "$ENV",
		"halt",  "halt_error", "modulemeta", "implode", "input_filename"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		static const char *const around[] = {"%s", ".a |\n%s", "\"x\\(%s)\"",
						     "[.[] | (\"\\(\"\\(%s)\")\" | .)]"};
		for (size_t j = 0; j < sizeof around / sizeof *around; j++) {
			char text[100];
			struct strbuf got = STRBUF_INIT;
			const char *at = strstr(around[j], "%s");
			snprintf(text, sizeof text, "%.*s%s%s", (int)(at - around[j]),
				 around[j], names[i], at + 2);
			assert_null(jqfilter_new(text, complain, &got));
			assert_non_null(strstr(got.s, "is not allowed here"));
			strbuf_free(&got);
		}
	}
	expect_complaints("import \"a\" as a; .",
			  "1: import is not allowed here: it would read other files\n");
}

static void harmless_uses_of_those_words_are_allowed(void **state)
{
	(void)state;
	expect_output("{env: .input, debug: \"env halt\"} # halt", "{\"input\":1}",
		      "{\"env\":1,\"debug\":\"env halt\"}");
	expect_output("\"\\(.env)\"", "{\"env\":\"x\"}", "\"x\"");
}

static void expect_text(const char *text, bool uri, const char *input, int wanted_rc,
			const char *wanted)
{
	struct strbuf complaints = STRBUF_INIT, got = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct template *t = template_new(text, uri, complain, &complaints);
	assert_string_equal(complaints.s, "");
	jv in = jv_parse(input);
	assert_int_equal(template_expand(t, in, &got, &e), wanted_rc);
	assert_string_equal(got.s, wanted);
	jv_free(in);
	template_free(t);
	strbuf_free(&got);
	strbuf_free(&complaints);
}

static void templates_put_values_into_text(void **state)
{
	(void)state;
	expect_text("open,closed", false, "{}", 1, "open,closed");
	expect_text("\\(.cursor)", false, "{\"cursor\":\"a b\"}", 1, "a b");
	expect_text("\\(.cursor)", false, "{}", 0, "");
	expect_text("\\(.limit)", false, "{\"limit\":500}", 1, "500");
	expect_text("/v1/\\(.p)/x", true, "{\"p\":\"a b/c?\"}", 1, "/v1/a%20b%2Fc%3F/x");
	expect_text("a \"b\" \\ \\(.x | \")\")!", false, "{}", 1, "a \"b\" \\ )!");
	expect_text("\\({q: .q})", false, "{\"q\":\"'\\\"\"}", 1, "{\"q\":\"'\\\"\"}");
}

/* It would ask for a record of the name "null". */
static void a_null_in_an_address_is_an_error(void **state)
{
	struct strbuf got = STRBUF_INIT, complaints = STRBUF_INIT;
	struct err e = ERR_INIT;
	jv in = jv_parse("{\"record\":null,\"no\":false}");
	struct template *t = template_new("/r/\\(.record // .a[\"b\"])/\\(.no)", TEMPLATE_URI,
					  complain, &complaints);
	(void)state;
	assert_string_equal(complaints.s, "");
	assert_int_equal(template_expand(t, in, &got, &e), -1);
	assert_string_equal(e.text, "\\(.record // .a[\"b\"]) is null");
	jv_free(in);
	in = jv_parse("{\"record\":7,\"no\":false}");
	assert_int_equal(template_expand(t, in, &got, &e), 1);
	assert_string_equal(got.s, "/r/7/false");
	jv_free(in);
	template_free(t);
	strbuf_free(&got);
	strbuf_free(&complaints);
}

static void broken_template_complains(void **state)
{
	(void)state;
	struct strbuf got = STRBUF_INIT;
	assert_null(template_new("a \\(.x | nonsense)", false, complain, &got));
	assert_string_equal(got.s,
			    "1: nonsense is not defined; a member of the input is written "
			    ".nonsense, a text \"nonsense\"\n");
	strbuf_free(&got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_are_walked_as_jq_does),
		cmocka_unit_test(filters_compute_and_fail_in_their_own_words),
		cmocka_unit_test(mistakes_are_all_told_with_their_lines),
		cmocka_unit_test(what_reaches_outside_is_refused),
		cmocka_unit_test(harmless_uses_of_those_words_are_allowed),
		cmocka_unit_test(templates_put_values_into_text),
		cmocka_unit_test(a_null_in_an_address_is_an_error),
		cmocka_unit_test(broken_template_complains),
	};
	return cmocka_run_group_tests_name("jqfilter", tests, NULL, NULL);
}

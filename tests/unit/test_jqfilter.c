/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <string.h>

#include "api/jqfilter.h"
#include "api/template.h"
#include "base/strbuf.h"

static void complain(void *context, int line, const char *message)
{
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
static void expect_output(const char *text, const char *input, const char *wanted)
{
	struct strbuf complaints = STRBUF_INIT;
	struct jqfilter *f = jqfilter_new(text, complain, &complaints);
	assert_string_equal(complaints.s, "");
	struct err e = ERR_INIT;
	jv out;
	char got[300];
	if (jqfilter_first(f, jv_parse(input), &out, &e) < 0) {
		snprintf(got, sizeof got, "error: %s", e.text);
	} else {
		jv text_out = jv_dump_string(out, 0);
		snprintf(got, sizeof got, "%s", jv_string_value(text_out));
		jv_free(text_out);
	}
	assert_string_equal(got, wanted);
	jqfilter_free(f);
	strbuf_free(&complaints);
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
			  "2: foo/0 is not defined\n3: bar/1 is not defined\n");
	expect_complaints("{a: ", "1: syntax error, unexpected $end\n");
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

static void broken_template_complains(void **state)
{
	(void)state;
	struct strbuf got = STRBUF_INIT;
	assert_null(template_new("a \\(.x | nonsense)", false, complain, &got));
	assert_string_equal(got.s, "1: nonsense/0 is not defined\n");
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
		cmocka_unit_test(broken_template_complains),
	};
	return cmocka_run_group_tests_name("jqfilter", tests, NULL, NULL);
}

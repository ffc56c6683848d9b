/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is walked without jq is held to what jq itself yields. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/jqshape.h"
#include "api/jqtape.h"

static const char *const inputs[] = {
	("{\"a\":1,\"b\":{\"c\":\"x\",\"d "
	 "e\":[1,2]},\"l\":[{\"t\":1,\"u\":null},{\"t\":false}],"
	 "\"n\":null,\"f\":false,\"s\":\"text\",\"if\":7,\"Mã\":\"H1\"}"),
	"{\"a\":\"1\",\"l\":{\"x\":{\"t\":2}},\"b\":null}",
	"{\"a\":[],\"l\":[1],\"b\":[]}",
	"{\"l\":\"text\"}",
	"{\"a\":\"\",\"b\":\"null\",\"n\":{},\"s\":\"last\",\"l\":[]}",
	"{\"a\":\"null\",\"b\":[],\"n\":[{}],\"l\":{\"t\":5}}",
	"{}",
	"null",
	"[1]",
	"\"text\"",
	"7",
};

/* 'w': run as a whole; 'p': in part; 'j': left to jq. */
static const struct {
	char how;
	const char *filter;
} filters[] = {
	{'w', "{a}"},
	{'w', "{a, b: .b.c, \"c d\": .s, \"Mã\"}"},
	{'w', " # a comment, {\n { a : . , b:.b.\"d e\" } # }"},
	{'w', "{a: (.n // .f // .a), b: (.n // \"none\"), c: (.f // null), d: (.n // false)}"},
	{'w', "{a: \"text\", b: null, c: true, d: false, e: 12, f: 0}"},
	{'w', "{a: {b: .a, c: {d: .b.c}}, l: [.l[]? | {t, v: (.u // .t)}]}"},
	{'w', "{l: [.l[] | {t}]}"},
	{'w', "{l: [.l[]?], m: [.b[]]}"},
	{'w', ".b | {c, x: .\"d e\"}"},
	{'w', ".b | . | .c | {c}"},
	{'w', "def f: if . == 1 then 2 else . end; {a}"},
	{'w', "{if: .a, then: .s, end: .if}"},
	{'w', "{a: [.l | list | .[] | {t}], b: [.b | list | .[]], c: [.n | list | .[]]}"},
	{'w',
	 "{a: (.a | present), b: ((.b | present) // (.n | present) // .s), c: (.e|present)}"},
	{'w', "{a: ((.l | present) // \"none\"), n: (.f | present)}"},
	{'w', "{a, b: (.n // .b | present)}"},
	{'w', "{a, b: (.n | present // .x)}"},
	{'w', "{a, b: (.l | list)}"},
	{'w', "def list: [9]; def present: 8; {s, a: [.l | list | .[]], b: (.a | present)}"},
	{'w', "def f: def present: 1; present; {s, b: (.a | present)}"},
	{'w', "{a, x: (.s | length)}"},
	{'p', "{a, x: (.a, .s), y: (1, 2)}"},
	{'w', "{a, x: (.a | select(. == 1))}"},
	{'w', "{a, x: .l[0].t}"},
	{'w', "{a, x: [.l[]? | select(.t) | {t}], y: \"n\\(.a)\", z: (.a + 1)}"},
	{'w', ". as $r | {a, x: $r.s, $r}"},
	{'w', "(.b // {}) as $b | .s as $s | def f(g): [g]; {a, x: f($b.c), $s}"},
	{'w', "(.a, .s) as $v | {a, v: $v}"},
	{'w', "def f: def g: 1; g + 1; def h: \";\"; {a, x: f, y: h}"},
	{'w', "{a, x: (if .a == 1 then \"if, end\" else {b: 1} end), b: .b}"},
	{'w', ".b | {c, x: (.c | type)}"},
	{'p', "{a, x: -1, y: 1.5, z: 007}"},
	{'w', "{a, x: .b?, y: .b[\"c\"], z: .\"s\"}"},
	{'p', "(.s | length) as $n | {$n, a, l: (.l | list), x: ([.l[]?] | limit(1; .[]))}"},
	{'p', "def f: def g: 1; g + 1; {a, x: f, y: [foreach (1, 2) as $x (0; . + $x)]}"},
	{'p', "{a, # one, two\n x: @text \"#\\(.a)\" # last\n}"},
	{'p', "{a, x: @json \"v\\(.a)\"}"},
	{'w', "{x: (.s | length)}"},
	{'w', "[{a}]"},
	{'w', "{a} | {a, b: 1}"},
	{'w', "{a} + {b}"},
	{'w', "{a}, {b}"},
	{'j', "{a, a: .s}"},
	{'w', "{(.s): 1, a}"},
	{'w', "{\"x\\(1)\": 1, a}"},
	{'w', "1 + .a as $x | {a}"},
	{'w', ".a, .s as $x | {a, x: $x}"},
	{'w', ".l[] | {t}"},
	{'w', ".b? | {c}"},
	{'w', "{a}.a"},
	{'j', "try {a} catch {b: 1}"},
	{'j', ". as [$x] | {a, x: $x}"},
	{'j', "(.a, .s) as $v | {a, x: @json}"},
	{'j', "1 + . as $x | {a, x: @json}"},
	{'j', ".a // . as $x | {a, x: @json}"},
	{'j', "def r: if . == 0 then 0 else . - 1 | r end; r"},
	{'w', "(.a, .s) as $v | {a}"},
	{'w', "empty as $v | {a}"},
	{'w', "(reduce .a as $x (0; 1)) as $y | {a, y: $y}"},
};

static char how(const char *filter)
{
	char *rest = NULL;
	char got = 'w';
	struct jqprogram *p = jqprogram_new(jqfilter_helpers, filter);
	if (!p) {
		p = jqshape_split(jqfilter_helpers, filter, &rest);
		got = p && rest ? 'p' : 'j';
	}
	jqprogram_free(p);
	free(rest);
	return got;
}

static void the_simple_is_told_from_the_computed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
		if (how(filters[i].filter) != filters[i].how)
			fail_msg("%s: %c", filters[i].filter, how(filters[i].filter));
}

static int collect(void *context, const struct node *n, struct err *e)
{
	jv *all = context, one;
	assert_int_equal(jqtape_value(n, &one, e), 0);
	*all = jv_array_append(*all, one);
	return 0;
}

static int first(void *context, const struct node *n, struct err *e)
{
	(void)e;
	jv *one = context;
	if (jv_get_kind(*one) == JV_KIND_INVALID)
		assert_int_equal(jqtape_value(n, one, NULL), 0);
	return 0;
}

static void complain(void *context, int line, int column, const char *message)
{
	(void)line, (void)column;
	fail_msg("%s: %s", (const char *)context, message);
}

static void compare(struct jqfilter *f, const char *filter, const char *input)
{
	struct tape t = TAPE_INIT;
	jv value, wanted, got = jv_invalid();
	assert_int_equal(tape_read(&t, input, strlen(input), NULL), 0);
	assert_int_equal(jqtape_value(t.nodes, &value, NULL), 0);
	int jq = jqfilter_first(f, value, &wanted, NULL);
	int ours = jqfilter_each(f, t.nodes, first, &got, NULL);
	if (jv_get_kind(got) == JV_KIND_INVALID) {
		jv_free(got);
		got = jv_null();
	}
	if (jq != ours || (!jq && !jv_equal(jv_copy(wanted), jv_copy(got))))
		fail_msg("%s of %s: %s, not %s", filter, input,
			 ours ? "fails" : jv_string_value(jv_dump_string(got, 0)),
			 jq ? "fails" : jv_string_value(jv_dump_string(wanted, 0)));
	jv_free(wanted);
	jv_free(got);
	tape_free(&t);
}

static void all_yield_what_jq_yields(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
		char *text = strdup(filters[i].filter);
		struct jqfilter *f = jqfilter_new(text, complain, text);
		for (size_t j = 0; j < sizeof inputs / sizeof *inputs; j++)
			compare(f, text, inputs[j]);
		jqfilter_free(f);
		free(text);
	}
}

static void outputs_are_as_many_as_of_jq(void **state)
{
	struct jqfilter *f = jqfilter_new("(.a, .b) as $v | {a, v: $v, w: (1, 2), n: \"x\"}",
					  NULL, NULL);
	struct tape t = TAPE_INIT;
	jv all = jv_array();
	(void)state;
	assert_int_equal(tape_read(&t, "{\"a\":1,\"b\":2}", 13, NULL), 0);
	assert_int_equal(jqfilter_each(f, t.nodes, collect, &all, NULL), 0);
	jv text = jv_dump_string(all, JV_PRINT_SORTED);
	assert_string_equal(jv_string_value(text), "[{\"a\":1,\"n\":\"x\",\"v\":1,\"w\":1},"
						   "{\"a\":1,\"n\":\"x\",\"v\":1,\"w\":2},"
						   "{\"a\":1,\"n\":\"x\",\"v\":2,\"w\":1},"
						   "{\"a\":1,\"n\":\"x\",\"v\":2,\"w\":2}]");
	jv_free(text);
	tape_free(&t);
	jqfilter_free(f);
}

static void bound_values_reach_what_is_computed(void **state)
{
	struct jqfilter *f = jqfilter_new("{a, p: $page.x}", NULL, NULL);
	struct tape t = TAPE_INIT;
	jv all = jv_array();
	(void)state;
	jqfilter_bind(f, jv_parse("{\"x\":5}"), jv_null());
	assert_int_equal(tape_read(&t, "{\"a\":1}", 7, NULL), 0);
	assert_int_equal(jqfilter_each(f, t.nodes, collect, &all, NULL), 0);
	jv text = jv_dump_string(all, JV_PRINT_SORTED);
	assert_string_equal(jv_string_value(text), "[{\"a\":1,\"p\":5}]");
	jv_free(text);
	tape_free(&t);
	jqfilter_free(f);
}

static int write_one(void *context, const struct node *n, struct err *e)
{
	(void)e;
	node_write(n, 0, context);
	return 0;
}

static void long_numbers_keep_their_digits(void **state)
{
	static const char text[] = "{\"a\":123456789012345678,\"s\":\"x\"}";
	static const char *const same[] = {"{id: .a}", "{id: .a, x: ([1, 2] | limit(1; .[]))}"};
	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		struct jqfilter *f = jqfilter_new(same[i], NULL, NULL);
		struct tape t = TAPE_INIT;
		struct strbuf b = STRBUF_INIT;
		assert_int_equal(tape_read(&t, text, sizeof text - 1, NULL), 0);
		assert_int_equal(jqfilter_each(f, t.nodes, write_one, &b, NULL), 0);
		assert_non_null(strstr(b.s, "\"id\":123456789012345678"));
		strbuf_free(&b);
		tape_free(&t);
		jqfilter_free(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_simple_is_told_from_the_computed),
		cmocka_unit_test(all_yield_what_jq_yields),
		cmocka_unit_test(outputs_are_as_many_as_of_jq),
		cmocka_unit_test(bound_values_reach_what_is_computed),
		cmocka_unit_test(long_numbers_keep_their_digits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

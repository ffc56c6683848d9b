/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is computed without libjq is held to what libjq computes. */
#include "unit.h"

#include <jq.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/jqrun.h"
#include "api/jqtape.h"

#define R                                                                                      \
	"{\"n\":12,\"f\":-3.50,\"t\":\"Phường A, tỉnh B\",\"p\":\" 0912 345 678 "         \
	"\",\"z\":null,"                                                                       \
	"\"no\":false,\"d\":\"2026-03-05T23:51:47Z\",\"e\":\"\",\"s\":\"DONE\","               \
	"\"o\":{\"x\":\"1\",\"y\":[1,2]},"                                                     \
	"\"l\":[{\"k\":\"a\",\"v\":1},{\"k\":\"b\",\"v\":\"2\"},{\"k\":\"a\",\"v\":null}],"    \
	"\"w\":[\"b\",\"a\",\"b\"],\"m\":[3,1,2]}"

/* Filters that are run for this input, and not left to libjq. */
static const char *const run[] = {
	/* as authors of connectors write */
	"if .s == \"DONE\" then \"XONG\" elif .s == null then \"MOI\" else .s end",
	"(.z // \"\") + \" \" + .t",
	".n | tostring",
	".o.x | tonumber",
	".f | tostring",
	".s | ascii_downcase",
	".t | split(\", \")[0]",
	".t | ltrimstr(\"Phường \") | rtrimstr(\"B\")",
	".p | gsub(\"\\\\s+\"; \"\")",
	".p | sub(\"^\\\\s+\"; \"\") | sub(\"\\\\s+$\"; \"\")",
	".p | gsub(\"^\\\\s+|\\\\s+$\"; \"\")",
	".p | gsub(\"(?<d>[0-9]{3})\"; \"[\\(.d)]\")",
	".t | test(\"phường\"; \"i\"), test(\"x\"), test(\"^P\")",
	"[.l[] | select(.k == \"a\") | .v]",
	"first(.l[] | select(.k == \"a\") | .v)",
	"(first(.l[] | select(.k == \"q\") | .v) // \"none\")",
	".w | map(ascii_upcase) | join(\", \")",
	"{\"a\": \"A\", \"DONE\": \"D\"}[.s] // \"c\"",
	"[.z, .t, .e] | map(select(. != null and . != \"\")) | join(\", \")",
	"\"\\(.n)-\\(.t) \\(.z) \\(.o)\"",
	".d | fromdate | todate",
	"\"2026-11-22T 8:00:00Z\" | fromdate",
	"\"2024-02-29T23:59:59Z\" | fromdate | todate",
	".d | strptime(\"%Y-%m-%dT%H:%M:%SZ\") | mktime",
	"1772754707 | strftime(\"%d/%m/%Y %H:%M\")",
	"$lookup.t[.o.x] // $page.p",
	"reduce .l[] as $x (0; . + ($x.v | tonumber? // 0))",
	"def text: if type == \"string\" and . != \"\" then . else null end; [.[] | text]",
	"def f($a; g): $a + (. | g); f(.n; .n * 2)",
	". as $r | .l | map(.k + ($r.n | tostring))",
	"{o, n: (.n + 1), \"a b\": .s, $page} | with_entries(select(.value != null))",
	"{(.s): .n, \"k\\(.n)\": 1}",
	".l | group_by(.k) | map({k: .[0].k, n: length})",
	".w | unique, sort, reverse, (sort_by(length) | first), last",
	".m | max, min, add, length, any(. > 2), all(. > 2)",
	"[.l[].v], [.l[]? | .v?], [.n[]?], [.l[] | .k | .x?]",
	"del(.l, .w, .o) | keys",
	".o | to_entries | from_entries | has(\"x\")",
	".t | [scan(\"[A-Z]\")], [splits(\", *\")], capture(\"(?<a>[A-Z]) *(?<b>,)?\")",
	".t[0:3], .w[1:], .w[-1], .w[7], .t[-1:]",
	".t | startswith(\"Ph\"), endswith(\"B\"), contains(\"tỉnh\"), length, index(\"P\")",
	"[.n, .f, .m[]] | map(. / 2, . - 1, -.), (.[0] % 5)",
	"[.n == 12.0, .l == .l, .o != {}, [] == [], .t < .s, .z < .no, .m < .w]",
	"[.no // 1, .z // .no // false, (.l[].v // 9), (empty // 2)]",
	"[.no and .x.y, .n or .n.x, (.z | not)]",
	"[.l[] | select(.k == (\"a\", \"q\"))], [(.m[], 9) - 1], [1 - .m[]]",
	"if .m[] > 2 then \"m\" else \"l\" end",
	"[.w[] as $x | .m[] as $y | \"\\($x)\\($y)\"]",
	"[.n, .f, .f * 2, 0.1 + 0.2, 100000 * 1000000] | map(tostring)",
	"[(.t | tonumber)?, (.n | ascii_downcase)?, try .t.x, 1]",
	"\"\\u0110\\ud83d\\ude00\\n\\\"\\\\\\/\", \"a\\(\"b\\(\"c\")\")\"",
	"[.[] | type], (.o | tojson), ([.n] | tostring)",
	"[.l | list[] | .k], [.n | list | .[]], (.e | present), (.o | present)",
	"{a: -1, b: -.n, c: (-.n + 1), d: (2 - 3 - 4), e: (2 + 3 * 4)}",
	"{a: (1, 2), b: .n, c: (.z | select(. == null))}, [{a: (.l[] | .k), b: empty}]",
	"{v: first(.l[] | select(.k == \"b\") | .v), (.s): (.m[] | -.)}",
	"{if: 1, then: 2}.then, {\"a\": 1}.\"a\", .[\"n\"], .\"o\".x",
};

/* Filters that are no tree. */
static const char *const left[] = {
	"def r: if . == 0 then 0 else . - 1 | r end; .n | r",
	".[\"a\"] = 1",
	".a |= 2",
	"limit(1; .l[])",
	"label $x | 1, break $x",
	"foreach .l[] as $x (0; . + 1)",
	"@json",
	"@uri \"\\(.t)\"",
	". as {n: $n} | $n",
	"..",
	"now",
	"try error(\"x\") catch .",
	"test(.s)",
	"{a: (1, 2), b: (3, 4)}",
	"[range(3)]",
	"(1, 2) + (1, 2)",
	"input",
	"1e3",
	".t | test(\"(\")",
};

/* Trees whose outcome for this input only libjq can tell, or that fail. */
static const char *const asked[] = {
	".n.x",
	".e | tonumber",
	"\"007\" | tonumber",
	".n | ascii_downcase",
	".l | join(1)",
	"error(\"x\")",
	".n / 0",
	".t | gsub(\"\"; \"x\")",
	"\"aaa\" | gsub(\"^a\"; \"b\")",
	"(.n.x) // 1",
	".o < {a: 1}",
	"\"31/02/2026\" | strptime(\"%d/%m/%Y\")",
	"\"2026-02-29T08:00:00Z\" | fromdate",
	"\"2026-11-22T23:60:00Z\" | fromdate",
	"\"2026-13-22T08:00:00Z\" | fromdate",
	"\"1969-12-31T23:59:58Z\" | fromdate",
	"0.5 | todate",
	"[first(.l[] | (.k | tostring)?)]",
	".n | .[]",
};

struct both {
	jq_state *jq;
	struct jqprogram *program;
	struct jqrun *run;
	struct tape input, page, lookup;
};

static const char page[] = "{\"p\":7}", lookup[] = "{\"t\":{\"1\":\"one\"}}";

static bool open_both(struct both *b, const char *filter)
{
	*b = (struct both){.input = TAPE_INIT, .page = TAPE_INIT, .lookup = TAPE_INIT};
	b->program = jqprogram_new(jqfilter_helpers, filter);
	if (!b->program)
		return false;
	b->jq = jq_init();
	b->run = jqrun_new(b->program);
	struct strbuf whole = STRBUF_INIT;
	strbuf_addf(&whole, "%s%s as $page | %s as $lookup | %s", jqfilter_helpers, page,
		    lookup, filter);
	if (!jq_compile(b->jq, whole.s))
		fail_msg("jq can't compile %s", filter);
	strbuf_free(&whole);
	assert_int_equal(tape_read(&b->input, R, sizeof R - 1, NULL), 0);
	assert_int_equal(tape_read(&b->page, page, sizeof page - 1, NULL), 0);
	assert_int_equal(tape_read(&b->lookup, lookup, sizeof lookup - 1, NULL), 0);
	jqrun_bind(b->run, b->page.nodes, b->lookup.nodes);
	return true;
}

static void close_both(struct both *b)
{
	tape_free(&b->input);
	tape_free(&b->page);
	tape_free(&b->lookup);
	jqrun_free(b->run);
	jqprogram_free(b->program);
	jq_teardown(&b->jq);
}

static jv ask_jq(struct both *b, const char *filter)
{
	jv input, all = jv_array(), v;
	assert_int_equal(jqtape_value(b->input.nodes, &input, NULL), 0);
	jq_start(b->jq, input, 0);
	while (jv_is_valid(v = jq_next(b->jq)))
		all = jv_array_append(all, v);
	if (jv_invalid_has_msg(jv_copy(v)))
		fail_msg("%s fails: %s", filter, jv_string_value(jv_invalid_get_msg(v)));
	jv_free(v);
	return all;
}

static jv ask_ours(struct both *b, const char *filter)
{
	const struct node *const *list;
	size_t count;
	jv all = jv_array(), v;
	if (jqrun_all(b->run, b->input.nodes, &list, &count) < 0)
		fail_msg("%s is left to libjq", filter);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(jqtape_value(list[i], &v, NULL), 0);
		all = jv_array_append(all, v);
	}
	return all;
}

static void what_is_computed_is_what_jq_computes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof run / sizeof *run; i++) {
		struct both b;
		if (!open_both(&b, run[i]))
			fail_msg("%s is no tree", run[i]);
		jv ours = jv_dump_string(ask_ours(&b, run[i]), JV_PRINT_SORTED);
		jv theirs = jv_dump_string(ask_jq(&b, run[i]), JV_PRINT_SORTED);
		if (strcmp(jv_string_value(ours), jv_string_value(theirs)) != 0)
			fail_msg("%s: %s, not %s", run[i], jv_string_value(ours),
				 jv_string_value(theirs));
		jv_free(ours);
		jv_free(theirs);
		close_both(&b);
	}
}

static void what_is_not_understood_is_left(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
		struct jqprogram *p = jqprogram_new(jqfilter_helpers, left[i]);
		if (p)
			fail_msg("%s is a tree", left[i]);
		jqprogram_free(p);
	}
}

static void what_is_not_sure_is_asked(void **state)
{
	const struct node *const *list;
	size_t count;
	(void)state;
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		struct both b;
		if (!open_both(&b, asked[i]))
			fail_msg("%s is no tree", asked[i]);
		if (jqrun_all(b.run, b.input.nodes, &list, &count) == 0)
			fail_msg("%s is not asked", asked[i]);
		close_both(&b);
	}
}

static void large_tables_are_looked_up_in(void **state)
{
	struct both b;
	struct strbuf table = STRBUF_INIT;
	struct tape tape = TAPE_INIT;
	const struct node *const *list;
	size_t count;
	(void)state;
	strbuf_adds(&table, "{\"t\":{\"no\":1,\"12\":\"first\"");
	for (int i = 0; i < 1000; i++)
		strbuf_addf(&table, ",\"%d\":\"n%d\"", i, i);
	strbuf_adds(&table, "}}");
	assert_int_equal(tape_read(&tape, table.s, table.len, NULL), 0);
	assert_true(open_both(&b, "$lookup.t[.n | tostring], $lookup.t.none, $lookup.t.no"));
	for (int round = 0; round < 2; round++) {
		jqrun_bind(b.run, &jqvalue_null, tape.nodes);
		assert_int_equal(jqrun_all(b.run, b.input.nodes, &list, &count), 0);
		assert_int_equal(count, 3);
		assert_memory_equal(list[0]->s, "n12", 3);
		assert_int_equal(list[1]->type, NODE_NULL);
		assert_int_equal(list[2]->type, NODE_NUMBER);
	}
	jqrun_bind(b.run, &jqvalue_null, b.lookup.nodes);
	assert_int_equal(jqrun_all(b.run, b.input.nodes, &list, &count), 0);
	assert_int_equal(list[0]->type, NODE_NULL);
	close_both(&b);
	tape_free(&tape);
	strbuf_free(&table);
}

/* Each definition calls the one before it twice. */
static void definitions_that_grow_without_end_are_left(void **state)
{
	struct strbuf b = STRBUF_INIT;
	(void)state;
	strbuf_adds(&b, "def f0: 1; ");
	for (int i = 1; i < 40; i++)
		strbuf_addf(&b, "def f%d: f%d + f%d; ", i, i - 1, i - 1);
	strbuf_adds(&b, "f39");
	assert_null(jqprogram_new(jqfilter_helpers, b.s));
	strbuf_clear(&b);
	strbuf_addn(&b, '(', 5000);
	strbuf_addc(&b, '1');
	strbuf_addn(&b, ')', 5000);
	assert_null(jqprogram_new(jqfilter_helpers, b.s));
	strbuf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_computed_is_what_jq_computes),
		cmocka_unit_test(what_is_not_understood_is_left),
		cmocka_unit_test(what_is_not_sure_is_asked),
		cmocka_unit_test(large_tables_are_looked_up_in),
		cmocka_unit_test(definitions_that_grow_without_end_are_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

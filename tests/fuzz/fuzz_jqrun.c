/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filters of the part of jq that is run without it, made up from the bytes: what they yield is
 * what libjq yields for the same input, or libjq is asked. */
#include <jq.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/jqrun.h"
#include "api/jqtape.h"
#include "fuzz.h"

/* libjq loses values where a filter fails. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libjq\n";
}

#define DEPTH_MOST 5

static const char *const inputs[] = {
	"{\"a\":1,\"b\":\"Nhà số 12, đường "
	"B\",\"c\":[{\"a\":1,\"b\":\"x\"},{\"a\":2},{\"a\":2,\"b\":null}],"
	"\"d\":null,\"e\":true,\"f\":{\"a\":\"7\",\"b\":[1,\"2\",null]}}",
	"{\"a\":\"12.50\",\"b\":\"\",\"c\":[\"x\",\"y\",\"x\"],\"d\":false,\"e\":-3.25,\"f\":[]"
	"}",
	"{\"a\":\" AbC-dé "
	"\",\"b\":0,\"c\":{\"a\":\"x\",\"b\":[]},\"d\":[[1,2],[1],[]],\"e\":\"2026-01-02T03:04:"
	"05Z\"}",
	"{\"a\":1234567890123456789,\"b\":1e3,\"c\":[3,1,2,1],\"d\":\"a b  "
	"c\",\"e\":-0,\"f\":0.1}",
	"{\"a\":null,\"b\":[null,false,true,0,\"\",[],{}],\"c\":\"1,2,,3\",\"d\":\"null\","
	"\"f\":{}}",
	"{}",
	"[1,\"a\",null,{\"a\":[2]}]",
	"\"x1y22\"",
	"null",
};

struct maker {
	const uint8_t *p, *end;
	struct strbuf out;
};

static unsigned byte(struct maker *m)
{
	return m->p < m->end ? *m->p++ : 0;
}

/* One of the words between bars; what stands in it: @ an expression, # a term, ! a call,
 * $ a literal, ~ a pattern. */
static void expand(struct maker *m, const char *form, int depth);

static void choose(struct maker *m, const char *const *forms, size_t n, int depth)
{
	expand(m, forms[byte(m) % n], depth);
}

static void make_literal(struct maker *m)
{
	static const char *const forms[] = {"\"x\"",
					    "\"\"",
					    "null",
					    "true",
					    "false",
					    "1",
					    "\"a\"",
					    "0",
					    "2.5",
					    "\" \"",
					    "\",\"",
					    "\"12\"",
					    "\"\\u0110\\n\"",
					    "[]",
					    "{}",
					    "{a: \"x\", x: 1}"};
	choose(m, forms, sizeof forms / sizeof *forms, 0);
}

static void make_term(struct maker *m, int depth)
{
	static const char *const plain[] = {".",       ".a",       ".b",   ".c",    ".d",
					    ".e",      ".f",       ".f.a", ".c[0]", ".b[1:]",
					    ".c[-1]",  ".a[:2]",   "$",    ".a?",   ".[\"b\"]",
					    "$page.a", "$lookup.t"};
	static const char *const deep[] = {".c[]",       ".[]?",
					   "(@)",        "(@)",
					   "[@]",        "{a: #, b, \"c\": #}",
					   "#[$]",       "#.a?",
					   "(@)?",       "\"\\(@)-\\(@)\"",
					   "{(#): #}",   "{a: #, $page}",
					   "#[]",        "#[#]?",
					   "\"a\\(#)\"", "$lookup.t[#]"};
	if (depth >= DEPTH_MOST || byte(m) % 2)
		choose(m, plain, sizeof plain / sizeof *plain, depth);
	else
		choose(m, deep, sizeof deep / sizeof *deep, depth);
}

static void make_pattern(struct maker *m)
{
	static const char *const pieces[] = {"a",      "1",      "[0-9]", "\\\\s",      "\\\\d",
					     "[^a-c]", "\\\\.",  "-",     "[a-z0-9 -]", "b+",
					     "[^ ]+",  "\\\\s+", "[,;]+", ", ",         "[-1]",
					     "\\\\d+", "(a|1)",  "."};
	if (byte(m) % 4 == 0)
		strbuf_addc(&m->out, '^');
	for (unsigned n = byte(m) % 3 + 1; n; n--)
		strbuf_adds(&m->out, pieces[byte(m) % (sizeof pieces / sizeof *pieces)]);
	if (byte(m) % 4 == 0)
		strbuf_addc(&m->out, '$');
}

static void make_call(struct maker *m, int depth)
{
	static const char *const forms[] = {
		"tostring",
		"tonumber",
		"ascii_downcase",
		"ascii_upcase",
		"length",
		"not",
		"type",
		"keys",
		"add",
		"first",
		"last",
		"reverse",
		"sort",
		"unique",
		"to_entries",
		"empty",
		"any",
		"all",
		"min",
		"max",
		"tojson",
		"floor",
		"present",
		"list",
		"todate",
		"fromdate",
		"ltrimstr(#)",
		"rtrimstr(#)",
		"startswith(#)",
		"endswith(#)",
		"split(#)",
		"join(#)",
		"map(@)",
		"select(@)",
		"has(#)",
		"contains(#)",
		"index(#)",
		"first(@)",
		"any(@)",
		"all(@)",
		"with_entries(select(@))",
		"sort_by(@)",
		"group_by(#)",
		"unique_by(#)",
		"max_by(#)",
		"min_by(#)",
		"del(.a)",
		"del(.a, .c)",
		"test(\"~\")",
		"test(\"~\"; \"i\")",
		"sub(\"~\"; \"<>\")",
		"gsub(\"~\"; \"\")",
		"gsub(\"~\"; #)",
		"split(\"~\"; null)",
		"[scan(\"~\")]",
		"tostring | gsub(\"~\"; \"+\")",
		"test(\"[0-9]+\")",
		"test(\"^a\"; \"i\")",
		"sub(\"[a-z]\"; #)",
		"gsub(\"[^0-9]\"; \"\")",
		"gsub(\"\\\\s+\"; \" \")",
		"sub(\"(?<x>[0-9])\"; \"<\\(.x)>\")",
		"gsub(\"^[a-z]|[0-9]\"; \"-\")",
		"scan(\"[0-9]\")",
		"scan(\"([a-z])([0-9])?\")",
		"capture(\"(?<n>[0-9]+)(?<r>.)?\")",
		"split(\", *\"; null)",
		"splits(\" +\")",
		"values",
		"strings",
		"from_entries",
		"map(select(. != null)) | join(\"; \")",
		"with_entries(select(.value != null and .value != \"\"))",
		"error",
		"any(#; @)",
		"strptime(\"%Y-%m-%dT%H:%M:%SZ\")",
		"mktime",
		"gmtime",
		"strftime(\"%d/%m/%Y %H:%M\")",
		"in({a: 1})",
		"last(@)",
		"objects | .a",
		"split(\",\") | map(tonumber? // 0)"};
	choose(m, forms, sizeof forms / sizeof *forms, depth);
}

static void make_expression(struct maker *m, int depth)
{
	static const char *const forms[] = {"#",
					    "# | @",
					    "# // @",
					    "# + #",
					    "# == #",
					    "# != $",
					    "# < #",
					    "# and #",
					    "# or #",
					    "if @ then @ else @ end",
					    "if # then @ elif # then @ else @ end",
					    "@, @",
					    "# as $v | [$v, @]",
					    "reduce (@) as $v (#; . + $v)",
					    "# - #",
					    "# * #",
					    "# / #",
					    "try @",
					    "# >= #",
					    "-#",
					    "def f: @; f",
					    "def f($p): [@, $p]; f(#)",
					    "def f(g): g | [., g]; f(@)",
					    "# as $v | # | {v: $v, w: .}",
					    "# % #",
					    "# | !",
					    "# | !",
					    "# | !",
					    "# | !",
					    "# | !",
					    "# | !",
					    "# | ! | !",
					    "[#[]? | !]",
					    "(# | !) // $",
					    "# == (@)",
					    "(@) + #",
					    "# | select(. == (@))",
					    "#? // @"};
	if (depth >= DEPTH_MOST)
		make_term(m, depth);
	else
		choose(m, forms, sizeof forms / sizeof *forms, depth);
}

static void expand(struct maker *m, const char *form, int depth)
{
	for (; *form; form++) {
		if (*form == '@')
			make_expression(m, depth + 1);
		else if (*form == '#')
			make_term(m, depth + 1);
		else if (*form == '~')
			make_pattern(m);
		else if (*form == '!')
			make_call(m, depth + 1);
		else if (*form == '$' && !(form[1] >= 'a' && form[1] <= 'z'))
			make_literal(m);
		else
			strbuf_addc(&m->out, *form);
	}
}

static void ignore(void *context, jv message)
{
	(void)context;
	jv_free(message);
}

static jv values_of(const struct node *const *list, size_t count)
{
	jv all = jv_array(), one;
	for (size_t i = 0; i < count; i++) {
		FUZZ_CHECK(jqtape_value(list[i], &one, NULL) == 0);
		all = jv_array_append(all, one);
	}
	return all;
}

/* All that libjq yields; invalid where it fails. */
static jv ask_jq(jq_state *jq, jv input)
{
	jv all = jv_array(), v;
	jq_start(jq, input, 0);
	while (jv_is_valid(v = jq_next(jq)))
		all = jv_array_append(all, v);
	if (!jv_invalid_has_msg(jv_copy(v))) {
		jv_free(v);
		return all;
	}
	jv_free(all);
	return v;
}

static void compare(jq_state *jq, struct jqrun *run, const char *filter, const char *input)
{
	struct tape t = TAPE_INIT;
	const struct node *const *list;
	size_t count;
	jv value;
	FUZZ_CHECK(tape_read(&t, input, strlen(input), NULL) == 0);
	if (jqrun_all(run, t.nodes, &list, &count) == 0) {
		FUZZ_CHECK(jqtape_value(t.nodes, &value, NULL) == 0);
		jv ours = values_of(list, count), theirs = ask_jq(jq, value);
		if (!jv_is_valid(theirs) || !jv_equal(jv_copy(ours), jv_copy(theirs))) {
			jv a = jv_dump_string(jv_copy(ours), 0);
			jv b = jv_is_valid(theirs) ? jv_dump_string(jv_copy(theirs), 0)
						   : jv_string("fails");
			fprintf(stderr, "%s\nof %s\nours %s\njq's %s\n", filter, input,
				jv_string_value(a), jv_string_value(b));
			abort();
		}
		jv_free(ours);
		jv_free(theirs);
	}
	tape_free(&t);
}

static void compare_all(const char *filter)
{
	static const char given[] = "{\"a\":\"P\"}", table[] = "{\"t\":{\"x\":\"X\",\"1\":2}}";
	struct jqprogram *p = jqprogram_new(jqfilter_helpers, filter);
	jq_state *jq = p ? jq_init() : NULL;
	struct strbuf whole = STRBUF_INIT;
	strbuf_addf(&whole, "%s%s as $page | %s as $lookup | %s", jqfilter_helpers, given,
		    table, filter);
	if (jq) {
		jq_set_error_cb(jq, ignore, NULL);
		if (jq_compile(jq, whole.s)) {
			struct tape page = TAPE_INIT, lookup = TAPE_INIT;
			struct jqrun *run = jqrun_new(p);
			tape_read(&page, given, sizeof given - 1, NULL);
			tape_read(&lookup, table, sizeof table - 1, NULL);
			jqrun_bind(run, page.nodes, lookup.nodes);
			for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
				compare(jq, run, filter, inputs[i]);
			jqrun_free(run);
			tape_free(&page);
			tape_free(&lookup);
		}
		jq_teardown(&jq);
	}
	strbuf_free(&whole);
	jqprogram_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct maker m = {data, data + n, STRBUF_INIT};
	make_expression(&m, 0);
	if (m.out.len < 4000)
		compare_all(m.out.s);
	strbuf_free(&m.out);
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "base/strbuf.h"

/* libjq 1.6 loses some tokens of filters that it can't parse. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libjq";
}

static void complain(void *context, int line, int column, const char *message)
{
	strbuf_addf(context, "%d:%d %s\n", line, column, message);
}

static void every_usual_mistake_is_told_where_it_is_and_what_was_meant(void **state)
{
	(void)state;
	static const struct {
		const char *filter, *said;
	} mistakes[] = {
		{"{id: .a code: .b}",
		 "1:9 \"code\" can't stand here: a comma or a colon is missing before it"},
		{"{id,\n code .code,\n x}",
		 "2:7 \".code\" can't stand here: a comma or a colon is missing before it"},
		{"{state: {\"0\": \"MOI\" \"1\": \"X\"}[.t]}",
		 "1:21 \"1\" can't stand here: a comma or a colon is missing before it"},
		{"{a: .b // \"x\"}",
		 "1:8 \"//\" can't stand here: in an object, what is computed "
		 "stands in parentheses: key: (…)"},
		{"{a: .b == 1}", "1:8 \"==\" can't stand here: in an object, what is computed "
				 "stands in parentheses: key: (…)"},
		{"{a: if .x then 1 else 2 end}",
		 "1:5 \"if\" can't stand here: in an object, what is computed stands in "
		 "parentheses: key: (…)"},
		{"{a: 'x'}", "1:5 \"'\" can't stand here: texts stand in double quotes"},
		{"{a: “x”}",
		 "1:5 \"“\" can't stand here: texts stand in plain double quotes, not "
		 "in curved ones"},
		{"if .a then .b end",
		 "1:15 \"end\" can't stand here: if … then … needs else … before end"},
		{"if .a then .b else .c", "1:22 the filter ends too early: is an end missing?"},
		{".a && .b", "1:4 \"&\" can't stand here: write and"},
		{".a || .b", "1:5 \"|\" can't stand here: write or"},
		{"!.a", "1:1 \"!\" can't stand here: for \"not\" write (… | not)"},
		{"{id: .id}}", "1:10 \"}\" can't stand here: it closes nothing"},
		{"[.a, .b,]",
		 "1:9 \"]\" can't stand here: the comma before it is one too many"},
		{"{id: .id; code: .code}",
		 "1:9 \";\" can't stand here: members are divided by commas"},
		{".items.[0]",
		 "1:8 \"[\" can't stand here: write .name[0], without the point before "
		 "the bracket"},
		{".tiêuĐề", "1:4 \"ê\" can't stand here: a name with other letters than a to z "
			    "stands in quotes: .\"tiêuĐề\""},
		{".a.0", "1:3 \".0\" can't stand here: an index stands in brackets: .name[0]"},
		{".a = = 2", "1:6 \"=\" can't stand here: to compare, write =="},
		{".a .b \"x\"",
		 "1:7 \"x\" can't stand here: a | or a comma is missing before it"},
		{"{a: .b", "1:1 this { is never closed"},
		{"{a: [.b, (.c)}", "1:14 \"}\" can't stand here: a [ before it is still open"},
		{"{a: .b,\n c: \"x\n", "2:5 this \" is never closed"},
		{".a |", "1:5 the filter ends where something must follow |"},
		{".a as $x", "1:9 the filter ends too early: … as $name needs | and a filter"},
		{"def f: .a;",
		 "1:11 the filter ends too early: behind def …; stands the filter"},
		{".a | ascii_downcas",
		 "1:6 ascii_downcas is not defined; did you mean ascii_downcase?"},
		{"def tên: 1; def known: .; .a | knwn",
		 "1:6 \"ê\" can't stand here: a name with other letters than a to z stands in "
		 "quotes: .\"tiêuĐề\""},
		{"def known: .; .a | knwn", "1:20 knwn is not defined; did you mean known?"},
		{".a as $value | $valeu", "1:16 $valeu is not defined; did you mean $value?"},
		{"$x", "1:1 $x is not defined; a variable comes from … as $x |"},
		{".foo-bar", "1:6 bar is not defined; a member whose name has a - is written "
			     ".\"a-b\""},
		{"{title: tieuDe}",
		 "1:9 tieuDe is not defined; a member of the input is written "
		 ".tieuDe, a text \"tieuDe\""},
		{".a | split",
		 "1:6 split is not used so: it wants another number of arguments"},
		{".a\n| .b\n| nonsens(1)\n| .c", "3:3 nonsens is not defined"},
	};
	for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
		struct strbuf got = STRBUF_INIT;
		assert_null(jqfilter_new(mistakes[i].filter, complain, &got));
		strbuf_truncate(&got, strcspn(got.s, "\n"));
		assert_string_equal(got.s, mistakes[i].said);
		strbuf_free(&got);
	}
}

static void two_unknown_names_are_both_told(void **state)
{
	(void)state;
	struct strbuf got = STRBUF_INIT;
	assert_null(jqfilter_new(".a | lenght,\ntonumbr", complain, &got));
	assert_string_equal(got.s, "1:6 lenght is not defined; did you mean length?\n"
				   "2:1 tonumbr is not defined; did you mean tonumber?\n");
	strbuf_free(&got);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_usual_mistake_is_told_where_it_is_and_what_was_meant),
		cmocka_unit_test(two_unknown_names_are_both_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/jqtape.h"
#include "base/alloc.h"

/* The text of length n read as a tape and written again; NULL where it is refused.  In a copy
 * of its own, so that a step over its end is found.  The caller frees. */
static char *rewrite(const char *text, size_t n)
{
	struct tape t = TAPE_INIT;
	struct err e = ERR_INIT;
	struct strbuf out = STRBUF_INIT;
	char *copy = malloc(n + 1);
	memcpy(copy, text, n);
	copy[n] = '\0';
	int rc = tape_read(&t, copy, n, &e);
	assert_int_equal(rc < 0, e.code != 0);
	if (rc == 0)
		node_write(t.nodes, 0, &out);
	tape_free(&t);
	free(copy);
	return rc < 0 ? NULL : strbuf_detach(&out);
}

static void expect(const char *text, size_t n, const char *wanted)
{
	char *got = rewrite(text, n);
	assert_non_null(got);
	assert_string_equal(got, wanted);
	free(got);
}

#define EXPECT(text, wanted) expect(text, sizeof(text) - 1, wanted)

static const char *const good[] = {
	"null",
	" true ",
	"[false]",
	"0",
	"-0",
	"-12.5e-3",
	"1E5",
	"123456789012345678",
	"\"\"",
	"\"Phường Tô Hiệu\"",
	"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9\\u1ea1\\uD83D\\uDE00\"",
	"[]",
	"[ ]",
	"{}",
	"{ }",
	"[1,[2,[3,[]]],{}]",
	"{\"a\":1,\"b\":{\"c\":[true,null]},\"\":\"\"}",
	"\xef\xbb\xbf{\"a\" :\t1\r\n,\n\"b\": [ 1 , 2 ] } \n",
	"{\"a\":1,\"b\":2,\"a\":3}",
	"\"a long text without any escape, and longer than a word\"",
	"[0.1,1e300,4.9e-324,1.7976931348623157e308,0.30000000000000004]",
};

static void values_are_those_that_jq_reads(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		struct tape t = TAPE_INIT;
		jv ours, theirs = jv_parse(good[i]);
		assert_int_equal(tape_read(&t, good[i], strlen(good[i]), NULL), 0);
		assert_int_equal(jqtape_value(t.nodes, &ours, NULL), 0);
		assert_true(jv_is_valid(theirs));
		assert_true(jv_equal(jv_copy(ours), jv_copy(theirs)));
		/* And back again. */
		struct tape back = TAPE_INIT;
		jv again;
		assert_int_equal(jqtape_read(&back, ours, NULL), 0);
		assert_int_equal(jqtape_value(back.nodes, &again, NULL), 0);
		assert_true(jv_equal(again, theirs));
		/* And by way of text. */
		char *text = rewrite(good[i], strlen(good[i]));
		assert_true(jv_equal(ours, jv_parse(text)));
		free(text);
		tape_free(&t);
		tape_free(&back);
	}
}

static void what_is_no_json_is_refused_as_by_jq(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",          " ",           "[",           "]",     "[1",        "[1,]",
		"[,1]",      "[1 2]",       "[1}",         "{",     "{]",        "{\"a\"}",
		"{\"a\":}",  "{\"a\":1,}",  "{a:1}",       "{1:2}", "{\"a\" 1}", "{,}",
		"tru",       "nulls",       "True",        "\"",    "\"a",       "\"a\\\"",
		"1 2",       "{} x",        "1e",          "-",     "1.2.3",     "+-1",
		"0x10",      "[1]]",        "'a'",         "/**/1", "<html>",    "{\"a\":1]",
		"[\"a\":1]", "[\"\\x41\"]", "[\"\\ud8\"]",
	};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		assert_null(rewrite(bad[i], strlen(bad[i])));
		jv v = jv_parse(bad[i]);
		assert_false(jv_is_valid(v));
		jv_free(v);
	}
	/* Cut anywhere, it is refused, and nothing behind the cut is read. */
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		for (size_t n = 0; strchr("[{\"", good[i][0]) && n < strlen(good[i]); n++)
			if (good[i][n] && strchr("]}\"", good[i][strlen(good[i]) - 1]))
				assert_null(rewrite(good[i], n));
}

static void one_broken_character_costs_no_answer(void **state)
{
	(void)state;
	EXPECT("[\"a\\ud83d\\ude00\\n\\\\ud800\"]", "[\"a😀\\n\\\\ud800\"]");
	EXPECT("[\"\\uD800x\"]", "[\"?x\"]");
	EXPECT("[\"\\udc00\\ud800\\udc00\"]", "[\"\ufffd𐀀\"]");
	EXPECT("[\"a\0b\"]\0", "[\"a b\"]");
	EXPECT("[1,\0 2]", "[1,2]");
	EXPECT("{\"\xff\xfe\":\"a\xe1\xba\"}", "{\"\ufffd\ufffd\":\"a\ufffd\"}");
	EXPECT("[\"a\xff\\n\xc3\xa9\"]", "[\"a\ufffd\\n\u00e9\"]");
	EXPECT("[\"line\nend\t\x1b[2J\", 1234567890123456789]",
	       "[\"line end  [2J\",1.2345678901234568e+18]");
	EXPECT("[NaN,nan,Infinity,-Infinity,1e999]", "[null,null,null,null,null]");
	EXPECT("[01,+5,.5,5.,-.5e1]", "[1,5,0.5,5,-5]");
	EXPECT("[12345678901234567890]", "[1.2345678901234567e+19]");
}

static void items_know_their_text(void **state)
{
	(void)state;
	static const char body[] =
		"{\"n\":{\"items\":3}, \"items\" : [ {\"id\":12345678901234567890 , "
		"\"a\":\"],\\\"\"},\n[1,[2]],\"t\\n\" , 3 ],\"next\":\"c\"}";
	static const char *const wanted[] = {"{\"id\":12345678901234567890 , \"a\":\"],\\\"\"}",
					     "[1,[2]]", "t\n", "3"};
	struct tape t = TAPE_INIT;
	size_t count = 0;
	assert_int_equal(tape_read(&t, body, strlen(body), NULL), 0);
	const struct node *items = node_get(t.nodes, "items", 5);
	for (const struct node *n = node_first(items); n < node_end(items); n = node_next(n)) {
		assert_int_equal(n->n, strlen(wanted[count]));
		assert_memory_equal(n->s, wanted[count], n->n);
		assert_false(n->odd);
		count++;
	}
	assert_int_equal(count, ARRAY_LEN(wanted));
	assert_null(node_get(t.nodes, "item", 4));
	assert_null(node_get(items, "items", 5));
	tape_free(&t);
}

static void only_what_is_broken_is_odd(void **state)
{
	(void)state;
	static const char body[] =
		"[{\"a\":[1]},{\"a\":[\"\\udc00\"]},[\"\\u001b\\ud83d\\ude00\"],"
		"[\"\xff\"],[\"\t\"],[{\"\xc3\":1}]]";
	static const bool wanted[] = {false, true, false, true, false, true};
	struct tape t = TAPE_INIT;
	size_t i = 0;
	assert_int_equal(tape_read(&t, body, strlen(body), NULL), 0);
	for (const struct node *n = node_first(t.nodes); n < node_end(t.nodes);
	     n = node_next(n))
		assert_int_equal(n->odd, wanted[i++]);
	assert_int_equal(i, ARRAY_LEN(wanted));
	tape_free(&t);
}

static void numbers_are_as_near_as_a_double_comes(void **state)
{
	(void)state;
	static const char *const numbers[] = {"0",
					      "-0",
					      "7",
					      "-7",
					      "0.1",
					      "21.333333",
					      "103.911",
					      "-0.000001",
					      "999999999999999",
					      "9999999999999999",
					      "9007199254740993",
					      "123456789.123456789",
					      "1e22",
					      "1e23",
					      "2.2250738585072014e-308",
					      "0.000000000000001",
					      "123456789012345.",
					      ".5",
					      "179769313486231580793728971405301e276",
					      "1e-400",
					      "1E+2"};
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct tape t = TAPE_INIT;
		assert_int_equal(tape_read(&t, numbers[i], strlen(numbers[i]), NULL), 0);
		double wanted = strtod(numbers[i], NULL), got = node_number(t.nodes);
		assert_memory_equal(&got, &wanted, sizeof got);
		tape_free(&t);
	}
}

static char *nested(char open, char close, size_t depth)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_addn(&b, open, depth);
	strbuf_addn(&b, close, depth);
	return strbuf_detach(&b);
}

static void depth_is_bounded(void **state)
{
	(void)state;
	struct tape t = TAPE_INIT;
	struct err e = ERR_INIT;
	jv v;
	char *deep = nested('[', ']', 1000000), *cut = nested('[', ']', 1000000);
	assert_int_equal(tape_read(&t, deep, 2000000, NULL), 0);
	assert_int_equal(t.count, TAPE_DEPTH + 1);
	assert_int_equal(t.nodes[TAPE_DEPTH].type, NODE_DEEP);
	assert_true(t.nodes->odd);
	assert_int_equal(jqtape_value(t.nodes, &v, &e), -1);
	assert_string_equal(e.text, "nested too deeply");
	cut[1999000] = '\0';
	assert_int_equal(tape_read(&t, cut, 1999000, NULL), -1);
	/* Brackets in texts do not count. */
	memset(deep + 300, '"', 1);
	memset(deep + 1000, '"', 1);
	assert_int_equal(tape_read(&t, deep, 2000000, NULL), -1);
	tape_free(&t);
	free(deep);
	free(cut);
}

static void values_are_bounded(void **state)
{
	(void)state;
	struct tape t = TAPE_INIT;
	struct err e = ERR_INIT;
	struct strbuf b = STRBUF_INIT;
	strbuf_addc(&b, '[');
	for (size_t i = 0; i < TAPE_MOST / 8; i++)
		strbuf_adds(&b, "0,0,0,0,0,0,0,0,");
	strbuf_adds(&b, "0]");
	assert_int_equal(tape_read(&t, b.s, b.len, &e), -1);
	assert_int_equal(e.code, ERR_LIMIT);
	/* What only libjq would take costs more, and may be less. */
	strbuf_clear(&b);
	strbuf_adds(&b, "[NaN");
	for (size_t i = 0; i < (size_t)1 << 20; i++)
		strbuf_adds(&b, ",0");
	strbuf_adds(&b, "]");
	e = (struct err)ERR_INIT;
	assert_int_equal(tape_read(&t, b.s, b.len, &e), -1);
	assert_int_equal(e.code, ERR_LIMIT);
	assert_int_equal(t.count, 0);
	tape_free(&t);
	strbuf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_those_that_jq_reads),
		cmocka_unit_test(what_is_no_json_is_refused_as_by_jq),
		cmocka_unit_test(one_broken_character_costs_no_answer),
		cmocka_unit_test(items_know_their_text),
		cmocka_unit_test(only_what_is_broken_is_odd),
		cmocka_unit_test(numbers_are_as_near_as_a_double_comes),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(values_are_bounded),
	};
	return cmocka_run_group_tests_name("tape", tests, NULL, NULL);
}

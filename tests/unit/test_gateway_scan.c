/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scanner takes what a full JSON parser takes, and not a byte more. */
#include "unit.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/scan.h"

static bool scans(const char *text, size_t n)
{
	struct scan s;
	/* An exact copy, so that reading past the end is caught by the sanitizer. */
	char *copy = malloc(n ? n : 1);
	memcpy(copy, text, n);
	bool good = scan_object(&s, copy, n) == 0;
	free(copy);
	return good;
}

static bool parses(const char *text, size_t n)
{
	json_t *j = json_loadb(text, n, JSON_ALLOW_NUL, NULL);
	bool good = json_is_object(j);
	json_decref(j);
	return good;
}

static void good_objects_are_taken(void **state)
{
	(void)state;
	static const char *const good[] = {
		"{}",
		" { } ",
		"{\"a\":1}",
		"{\"a\":-0.5e+3,\"b\":[1,[],{}],\"c\":null}",
		"{\"a\":\"\\u0000\\ud83d\\ude00\\n\"}",
		"{\"tên\":\"Nguyễn\"}",
		"{\"a\":{\"b\":[true,false]}\r\n}",
		"{\"a\":9223372036854775807}",
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(scans(good[i], strlen(good[i])));
		assert_true(parses(good[i], strlen(good[i])));
	}
}

static void bad_objects_are_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"",
		"[]",
		"1",
		"{",
		"{\"a\"}",
		"{\"a\":}",
		"{\"a\":1,}",
		"{\"a\":01}",
		"{\"a\":{\"b\\u0000\":1}}",
		"{\"a\":1.}",
		"{\"a\":+1}",
		"{\"a\":.5}",
		"{\"a\":1e}",
		"{\"a\":tru}",
		"{a:1}",
		"{\"a\":'x'}",
		"{\"a\":\"\\x\"}",
		"{\"a\":\"\\ud800\"}",
		"{\"a\":\"\\udc00\"}",
		"{\"a\":\"\x01\"}",
		"{\"a\":\"\xc0\x80\"}",
		"{\"a\":\"\xed\xa0\x80\"}",
		"{\"a\":\"\xf4\x90\x80\x80\"}",
		"{\"a\":\"\xe1\xbb\"}",
		"{\"a\":1} x",
		"{\"a\":NaN}",
		"{\"a\":1e999}",
		"{\"a\":99999999999999999999}",
		"{\"a\":1 \"b\":2}",
		"{\"a\":[1,]}",
		"{\"a\":\"",
		"{\"a\":\"\\u12\"}",
		"\xef\xbb\xbf{}",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_false(scans(bad[i], strlen(bad[i])));
		assert_false(parses(bad[i], strlen(bad[i])));
	}
}

static void what_readers_understand_differently_is_refused(void **state)
{
	(void)state;
	assert_false(scans("{\"a\":1,\"a\":2}", 13));
	assert_false(scans("{\"\\u0061\":1}", 12));
	char deep[200] = "{\"a\":";
	memset(deep + 5, '[', 17);
	memset(deep + 22, ']', 17);
	deep[39] = '}';
	assert_false(scans(deep, 40));
	memmove(deep + 21, deep + 23, 18);
	assert_true(scans(deep, 38));
}

static void members_point_into_the_text(void **state)
{
	(void)state;
	static const char text[] =
		"{ \"id\" : \"PA-1\" , \"n\": -12 , \"t\":\"a\\u1ea5\\n\\\"\",\"l\":[ {} ]}";
	struct scan s;
	assert_int_equal(scan_object(&s, text, strlen(text)), 0);
	assert_int_equal(s.count, 4);
	const struct scan_member *m = scan_find(&s, "n");
	assert_int_equal(m->type, SCAN_NUMBER);
	assert_memory_equal(m->text, "-12", m->n);
	m = scan_find(&s, "t");
	assert_true(m->escaped);
	char out[32];
	size_t n = scan_string(m, out);
	assert_int_equal(n, strlen("a\xe1\xba\xa5\n\""));
	assert_memory_equal(out, "a\xe1\xba\xa5\n\"", n);
	assert_false(scan_find(&s, "id")->escaped);
	assert_null(scan_find(&s, "i"));
	assert_true(scan_all_objects(scan_find(&s, "l")));
}

static void the_place_of_a_mistake_is_told(void **state)
{
	(void)state;
	struct scan s;
	assert_int_equal(scan_object(&s, "{\"a\":nul}", 9), -1);
	assert_int_equal(s.at, 5);
	assert_non_null(s.why);
}

static void lists_of_objects_are_told_from_others(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool good;
	} lists[] = {{"{\"l\":[]}", true},
		     {"{\"l\":[{},{\"a\":[1]}]}", true},
		     {"{\"l\":[{},1]}", false},
		     {"{\"l\":[[{}]]}", false}};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct scan s;
		assert_int_equal(scan_object(&s, lists[i].text, strlen(lists[i].text)), 0);
		assert_int_equal(scan_all_objects(&s.members[0]), lists[i].good);
	}
}

/* Whatever bytes change in a good text, nothing passes that a parser refuses. */
static void mutations_never_pass_what_a_parser_refuses(void **state)
{
	(void)state;
	static const char seed[] =
		"{\"a\":\"\xe1\xba\xa5\\u00e1\\ud83d\\ude00\",\"b\":[1,-2.5e3,null],"
		"\"c\":{\"d\":true}}";
	static const char alphabet[] = "{}[]\":,\\u0189aeE+-. \n\x01\x80\xc3\xed\xf0tn";
	char text[sizeof seed];
	size_t n = sizeof seed - 1, taken = 0;
	unsigned random = 12345;
	for (int round = 0; round < 60000; round++) {
		memcpy(text, seed, sizeof seed);
		for (int i = 0; i < 1 + round % 3; i++) {
			random = random * 1664525u + 1013904223u;
			text[(random >> 8) % n] =
				alphabet[(random >> 20) % (sizeof alphabet - 1)];
		}
		if (!scans(text, n))
			continue;
		taken++;
		assert_true(parses(text, n));
	}
	assert_true(taken > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_objects_are_taken),
		cmocka_unit_test(bad_objects_are_refused),
		cmocka_unit_test(what_readers_understand_differently_is_refused),
		cmocka_unit_test(members_point_into_the_text),
		cmocka_unit_test(the_place_of_a_mistake_is_told),
		cmocka_unit_test(lists_of_objects_are_told_from_others),
		cmocka_unit_test(mutations_never_pass_what_a_parser_refuses),
	};
	return cmocka_run_group_tests_name("gateway scan", tests, NULL, NULL);
}

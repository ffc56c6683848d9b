/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door for text from outside lets nothing through that drives a terminal. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "text/clean.h"
#include "text/utf8.h"

static void expect(const char *in, size_t n, unsigned flags, const char *wanted)
{
	struct strbuf out = STRBUF_INIT, again = STRBUF_INIT;
	clean_append(&out, in, n, flags);
	assert_string_equal(out.s, wanted);
	assert_int_equal(out.len, strlen(wanted));
	clean_append(&again, out.s, out.len, flags);
	assert_string_equal(again.s, wanted);
	assert_true(clean_is(out.s, out.len, flags));
	assert_int_equal(clean_is(in, n, flags), n == out.len && !memcmp(in, out.s, n));
	strbuf_free(&out);
	strbuf_free(&again);
}

#define EXPECT(in, wanted) expect(in, sizeof(in) - 1, 0, wanted)
#define EXPECT_LINES(in, wanted) expect(in, sizeof(in) - 1, CLEAN_LINES, wanted)

static void clean_text_passes_unchanged(void **state)
{
	(void)state;
	EXPECT("", "");
	EXPECT("PA-00423 open (12%)", "PA-00423 open (12%)");
	EXPECT("Ngõ 308, đường Chu Văn Thịnh – “lấn chiếm”…",
	       "Ngõ 308, đường Chu Văn Thịnh – “lấn chiếm”…");
	EXPECT("中文 한국어 🚦 ₫ → ■", "中文 한국어 🚦 ₫ → ■");
}

static void decomposed_text_is_composed_in_any_order_of_marks(void **state)
{
	(void)state;
	EXPECT("Chie\u0302\u0300ng Co\u031Bi", "Chiềng Cơi");
	EXPECT("e\u0302\u0323", "ệ");
	EXPECT("e\u0323\u0302", "ệ");
	EXPECT("Mu\u031Bo\u031B\u0300ng E\u0301", "Mường É");
	EXPECT("\u1112\u1161\u11AB", "한");
	EXPECT("\u09C7\u09BE", "\u09CB");
}

static void controls_become_pictures(void **state)
{
	(void)state;
	EXPECT("\x1b[31mred\x1b[0m", "␛[31mred␛[0m");
	EXPECT("a\0b\x7f\a", "a␀b␡␇");
	EXPECT("a\tb", "a b");
	EXPECT("\xc2\x9b"
	       "2J\xc2\x90",
	       "\uFFFD2J\uFFFD");
}

static void line_ends_are_kept_or_shown(void **state)
{
	(void)state;
	EXPECT("a\nb\r\nc\rd\u2028e\u2029f\xc2\x85g", "a↵b↵c↵d↵e↵f↵g");
	EXPECT_LINES("a\nb\r\nc\rd\u2028e\u2029f\xc2\x85g", "a\nb\nc\nd\ne\nf\ng");
	EXPECT_LINES("\r\n\r\n", "\n\n");
	EXPECT_LINES("a\v\fb", "a␋␌b");
}

static void bidi_controls_and_tags_are_seen(void **state)
{
	(void)state;
	EXPECT("a\u202Eb\u202A\u2066\u2069", "a\uFFFDb\uFFFD\uFFFD\uFFFD");
	EXPECT("a\U000E0041\U000E007F", "a\uFFFD\uFFFD");
	EXPECT("a\uFFFE\uFDD0\U0001FFFF", "a\uFFFD\uFFFD\uFFFD");
}

static void what_has_no_shape_vanishes(void **state)
{
	(void)state;
	EXPECT("\uFEFFa\u200Bb\u200Cc\u200Dd\u2060e\u00ADf\u200Eg\u200Fh\u061Ci", "abcdefghi");
	EXPECT("❤\uFE0F", "❤");
	EXPECT("👩\u200D🚒", "👩🚒");
	EXPECT("a\u3164\u115Fb\u180E\u034F\u2065\U000E0100\uFFF0", "ab");
}

static void odd_blanks_become_blanks(void **state)
{
	(void)state;
	EXPECT("a\u00A0b\u2007c\u202Fd\u3000e", "a b c d e");
}

static void broken_bytes_become_one_replacement_for_each_maximal_part(void **state)
{
	(void)state;
	EXPECT("a\xff\xfe"
	       "b",
	       "a\uFFFD\uFFFDb");
	EXPECT("\xc0\x80", "\uFFFD\uFFFD");
	EXPECT("\xe0\x80\x80", "\uFFFD\uFFFD\uFFFD");
	EXPECT("\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD");
	EXPECT("\xf5\x80\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD");
	EXPECT("\xf4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD");
	EXPECT("\xe1\xba", "\uFFFD");
	EXPECT("\xe1\xba"
	       "A",
	       "\uFFFDA");
	EXPECT("\xf0\x9f\x9a", "\uFFFD");
	EXPECT("\xc3", "\uFFFD");
}

static void marks_are_few_and_stand_on_something(void **state)
{
	(void)state;
	EXPECT("\u0301a", "◌\u0301a");
	EXPECT_LINES("a\n\u0301b", "a\n◌\u0301b");
	EXPECT("\u200B\u0301", "◌\u0301");
	EXPECT("x\u0335\u0336\u0337\u0338\u0332\u0333z", "x\u0335\u0336\u0337\u0338z");
	EXPECT("a\u0CBF\u0CBF\u0CBF\u0CBF\u0301\u0CD5", "a\u0CBF\u0CBF\u0CBF\u0CBF");
}

static void check_invariants(const char *s, size_t n, unsigned flags)
{
	struct strbuf out = STRBUF_INIT;
	clean_append(&out, s, n, flags);
	assert_true(utf8_is_valid(out.s, out.len));
	assert_true(clean_is(out.s, out.len, flags));
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_map((const utf8proc_uint8_t *)out.s, (utf8proc_ssize_t)out.len, &nfc,
		     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	assert_non_null(nfc);
	assert_int_equal(strlen((char *)nfc), out.len);
	assert_memory_equal(nfc, out.s, out.len);
	free(nfc);
	uint32_t cp;
	for (size_t at = 0; at < out.len;) {
		at += utf8_decode(out.s + at, out.len - at, &cp);
		assert_true(utf8_is_printable(cp) || ((flags & CLEAN_LINES) && cp == '\n'));
	}
	strbuf_free(&out);
}

/* A small generator of its own, so that a failure can be repeated. */
static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static uint32_t random_char(uint32_t *seed)
{
	static const struct {
		uint32_t low, count;
	} ranges[] = {
		{0, 0x100},       {'a', 26},           {0x300, 0x70},    {0x1e00, 0x100},
		{0x2000, 0x70},   {0x900, 0x500},      {0x1100, 0x100},  {0xac00, 0x300},
		{0x1f300, 0x400}, {0xfb00, 0x500},     {0xe0000, 0x200}, {0x0, 0xd800},
		{0xe000, 0x2000}, {0x10000, 0x100000}, {0x3000, 0x200},  {0x2100, 0x200},
	};
	uint32_t r = next_random(seed) % (sizeof ranges / sizeof ranges[0]);
	return ranges[r].low + next_random(seed) % ranges[r].count;
}

static void whatever_comes_in_goes_out_valid_composed_and_printable(void **state)
{
	(void)state;
	uint32_t seed = 20261121;
	for (int round = 0; round < 20000; round++) {
		char text[96];
		size_t n = 0;
		while (n < 60) {
			if (next_random(&seed) % 16 == 0)
				text[n++] = (char)next_random(&seed);
			else
				n += utf8_encode(random_char(&seed), text + n);
		}
		check_invariants(text, n, next_random(&seed) & CLEAN_LINES);
	}
}

static void every_character_alone_and_after_a_letter_is_made_safe(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		if (cp == 0x30000)
			cp = 0xe0000;
		char text[5] = "a";
		size_t n = utf8_encode(cp, text + 1);
		if (clean_is(text, n + 1, 0))
			continue;
		check_invariants(text, n + 1, 0);
		check_invariants(text + 1, n, 0);
	}
}

static void huge_hostile_lines_take_linear_time(void **state)
{
	(void)state;
	static const char *const pieces[] = {"\u0301", "\u09BE",  "\u0CBF", "\u1161", "\x1b",
					     "\xff",   "e\u0302", "\u0F73", "\u200D"};
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct strbuf in = STRBUF_INIT, out = STRBUF_INIT;
		while (in.len < 1 << 20)
			strbuf_adds(&in, pieces[i]);
		clean_append(&out, in.s, in.len, 0);
		assert_true(out.len <= in.len * 3);
		strbuf_free(&in);
		strbuf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clean_text_passes_unchanged),
		cmocka_unit_test(decomposed_text_is_composed_in_any_order_of_marks),
		cmocka_unit_test(controls_become_pictures),
		cmocka_unit_test(line_ends_are_kept_or_shown),
		cmocka_unit_test(bidi_controls_and_tags_are_seen),
		cmocka_unit_test(what_has_no_shape_vanishes),
		cmocka_unit_test(odd_blanks_become_blanks),
		cmocka_unit_test(broken_bytes_become_one_replacement_for_each_maximal_part),
		cmocka_unit_test(marks_are_few_and_stand_on_something),
		cmocka_unit_test(whatever_comes_in_goes_out_valid_composed_and_printable),
		cmocka_unit_test(every_character_alone_and_after_a_letter_is_made_safe),
		cmocka_unit_test(huge_hostile_lines_take_linear_time),
	};
	return cmocka_run_group_tests_name("clean", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding, clusters and widths, of good and of broken text. */
#include "unit.h"

#include <string.h>

#include "text/utf8.h"

static void every_code_point_survives_encoding_and_decoding(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		char buf[4];
		uint32_t back;
		size_t n = utf8_encode(cp, buf);
		assert_int_equal(utf8_decode(buf, n, &back), n);
		assert_int_equal(back, cp);
		for (size_t cut = 1; cut < n; cut++) {
			assert_int_equal(utf8_decode(buf, cut, &back), cut);
			assert_int_equal(back, UTF8_BROKEN);
		}
	}
}

static void validity_follows_the_standard(void **state)
{
	(void)state;
	assert_true(utf8_is_valid("Chiềng Cơi", strlen("Chiềng Cơi")));
	static const char *const broken[] = {
		"\x80",         "\xc1\xbf",         "\xe0\x9f\xbf",
		"\xed\xbf\xbf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
		"\xfe",         "a\xe1\xba",
	};
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
		assert_false(utf8_is_valid(broken[i], strlen(broken[i])));
}

/* What is checked by words and lengths must agree with the decoder, wherever it stands. */
static void validity_is_what_the_decoder_says(void **state)
{
	(void)state;
	static const unsigned char ends[] = {0x00, 0x41, 0x7f, 0x80, 0x9f,
					     0xa0, 0xbf, 0xc2, 0xe1};
	for (unsigned lead = 0x7e; lead < 0x100; lead++)
		for (unsigned second = 0; second < 0x100; second++)
			for (size_t i = 0; i < 81; i++) {
				char text[24] = "twelve bytes";
				const unsigned char bytes[] = {(unsigned char)lead,
							       (unsigned char)second,
							       ends[i / 9], ends[i % 9]};
				size_t start = i % 13, n = start + 4 + i % 3, at = start;
				uint32_t cp = 0;
				memcpy(text + start, bytes, 4);
				memset(text + start + 4, 'x', 2);
				while (at < n && cp != UTF8_BROKEN)
					at += utf8_decode(text + at, n - at, &cp);
				assert_int_equal(utf8_is_valid(text, n), cp != UTF8_BROKEN);
			}
}

static void expect_width(const char *s, int width)
{
	assert_int_equal(utf8_swidth(s), width);
}

static void widths_are_those_of_a_terminal(void **state)
{
	(void)state;
	expect_width("", 0);
	expect_width("Chiềng Cơi", 10);
	expect_width("Chie\u0302\u0300ng Co\u031bi", 10);
	expect_width("ÀÁĐÈÉÊ–“”…·", 11);
	expect_width("─│■●▲₫", 6);
	expect_width("中文 한국", 9);
	expect_width("🚦🔥", 4);
	expect_width("\u200b\u200d\ufe0f\u00ad", 0);
	expect_width("\x1b[0m\x07", 5);
	expect_width("\xff\xc3", 2);
	expect_width("\u0301", 0);
	expect_width("\u0e01\u0e34\u0e48", 1);
}

static struct utf8_cluster cluster_at(const char *s, size_t at)
{
	struct utf8_cluster c;
	utf8_next(s + at, strlen(s) - at, &c);
	return c;
}

static void a_cluster_is_a_base_and_its_marks(void **state)
{
	(void)state;
	struct utf8_cluster c = cluster_at("e\u0323\u0302x", 0);
	assert_int_equal(c.n, 5);
	assert_int_equal(c.cp, 'e');
	assert_int_equal(c.width, 1);
	assert_false(c.single);
	c = cluster_at("ệx", 0);
	assert_int_equal(c.n, 3);
	assert_int_equal(c.cp, 0x1ec7);
	assert_true(c.single);
	c = cluster_at("火\u0301", 0);
	assert_int_equal(c.n, 5);
	assert_int_equal(c.width, 2);
}

static void a_cluster_never_shows_what_drives_a_terminal(void **state)
{
	(void)state;
	struct utf8_cluster c = cluster_at("\x1b", 0);
	assert_int_equal(c.cp, 0x241b);
	assert_true(c.single);
	c = cluster_at("\xc2\x9b", 0);
	assert_int_equal(c.cp, UTF8_REPLACEMENT);
	c = cluster_at("\u202e", 0);
	assert_int_equal(c.cp, UTF8_REPLACEMENT);
	c = cluster_at("\xff", 0);
	assert_int_equal(c.cp, UTF8_REPLACEMENT);
	assert_int_equal(c.n, 1);
	c = cluster_at("a\ufe0f", 0);
	assert_int_equal(c.n, 1);
	c = cluster_at("a\ufe0f", 1);
	assert_int_equal(c.width, 0);
	assert_int_equal(c.cp, 0);
}

static void a_cluster_has_four_marks_at_most(void **state)
{
	(void)state;
	const char *s = "a\u0301\u0301\u0301\u0301\u0301\u0301";
	assert_int_equal(cluster_at(s, 0).n, 9);
	assert_int_equal(cluster_at(s, 9).width, 0);
}

/* Walks forward, then back, and wants the same borders. */
static void expect_same_both_ways(const char *s, size_t n)
{
	size_t borders[256], count = 0;
	struct utf8_cluster c;
	for (size_t at = 0; at < n; at += c.n) {
		borders[count++] = at;
		utf8_next(s + at, n - at, &c);
		assert_true(c.n >= 1 && c.n <= n - at);
	}
	for (size_t at = n; at > 0;) {
		at = utf8_previous(s, at);
		assert_int_equal(at, borders[--count]);
	}
	assert_int_equal(count, 0);
}

static void stepping_back_finds_the_borders_of_stepping_forward(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"Pá Ma Pha Khinh",  "Mu\u031bo\u031b\u0300ng E\u0301",
		"🚦a中\u0301b",      "\xff\u0301\xe1\xba x",
		"\x1b\u0301\u0302", "\u0301\u0301",
		"\xf0\x9f\x9a",
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		expect_same_both_ways(texts[i], strlen(texts[i]));
}

static void widths_add_up_over_clusters(void **state)
{
	(void)state;
	const char *s = "Đường 火\u0301 e\u0323\u0302 \x1b\xff 🔥";
	size_t n = strlen(s);
	int sum = 0;
	struct utf8_cluster c;
	for (size_t at = 0; at < n; at += c.n) {
		utf8_next(s + at, n - at, &c);
		assert_int_equal(utf8_width(s, at), sum);
		sum += c.width;
	}
	assert_int_equal(utf8_width(s, n), sum);
}

static void only_marks_and_what_vanishes_take_no_column(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		int width = utf8_char_width(cp);
		bool nothing = utf8_is_printable(cp) ? utf8_is_mark(cp)
						     : utf8_substitute(cp) == 0;
		assert_int_equal(width == 0, nothing);
		uint32_t shown = utf8_substitute(cp);
		if (!utf8_is_printable(cp) && shown)
			assert_true(utf8_is_printable(shown) && utf8_char_width(shown) == 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_survives_encoding_and_decoding),
		cmocka_unit_test(validity_follows_the_standard),
		cmocka_unit_test(validity_is_what_the_decoder_says),
		cmocka_unit_test(widths_are_those_of_a_terminal),
		cmocka_unit_test(a_cluster_is_a_base_and_its_marks),
		cmocka_unit_test(a_cluster_never_shows_what_drives_a_terminal),
		cmocka_unit_test(a_cluster_has_four_marks_at_most),
		cmocka_unit_test(stepping_back_finds_the_borders_of_stepping_forward),
		cmocka_unit_test(widths_add_up_over_clusters),
		cmocka_unit_test(only_marks_and_what_vanishes_take_no_column),
	};
	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}

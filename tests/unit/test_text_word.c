/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words as search knows them: spellings that are one, accents, numbers, and where they stand.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/accent.h"
#include "text/pattern.h"
#include "text/word.h"

/* The words of a text: "26a 123 45 [26a12345]"; the caller frees. */
static char *words_of(const char *text)
{
	struct strbuf b = STRBUF_INIT;
	struct word_reader r;
	struct fold_token t;
	bool whole;
	word_start(&r, text, strlen(text));
	while (word_next(&r, &t, &whole))
		strbuf_addf(&b, whole ? "%s[%.*s]" : "%s%.*s", b.len ? " " : "", (int)t.n,
			    t.text);
	return strbuf_detach(&b);
}

static void spellings_of_one_syllable_are_one_word(void **state)
{
	(void)state;
	static const struct {
		const char *text, *words;
	} table[] = {
		{"quý quí Quỳ", "qui qui qui"},
		{"mỹ mĩ MỸ", "mi mi mi"},
		{"lý lí", "li li"},
		{"kỹ kĩ thuật", "ki ki thuat"},
		{"tỷ tỉ", "ti ti"},
		{"hy hi sỹ sĩ vỹ vĩ", "hi hi si si vi vi"},
		{"lay lai", "lay lai"},
		{"tay tai", "tay tai"},
		{"thuỷ thủy thủi", "thuy thuy thui"},
		{"tuy tui", "tuy tui"},
		{"khuya", "khuya"},
		{"y tế", "y te"},
		{"ky lyon", "ki lyon"},
		{"hoà hòa", "hoa hoa"},
		{"Đường Đ đ", "duong d d"},
		{"Hoà Bình", "hoa binh"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char *words = words_of(table[i].text);
		assert_string_equal(words, table[i].words);
		free(words);
		char *nfd = (char *)utf8proc_NFD((const utf8proc_uint8_t *)table[i].text);
		words = words_of(nfd);
		assert_string_equal(words, table[i].words);
		free(words);
		free(nfd);
	}
}

static void numbers_are_whole_words_too(void **state)
{
	(void)state;
	static const struct {
		const char *text, *words;
	} table[] = {
		{"26A12345", "26a12345"},
		{"26A-123.45", "26a 123 45 [26a12345]"},
		{"xe 26A 12345 đỏ", "xe 26a 12345 [26a12345] do"},
		{"26G1-818.62", "26g1 818 [26g1818] 62 [26g181862]"},
		{"29-H1 123.45", "29 h1 123 [29h1123] 45 [29h112345]"},
		{"0912345678", "0912345678"},
		{"0912 345 678", "0912 345 678 [0912345678]"},
		{"0912.345.678", "0912 345 678 [0912345678]"},
		{"+84 912 345 678", "84 912 345 678 [0912345678]"},
		{"84912345678", "84912345678 [0912345678]"},
		{"tổ 12 0912-345-678", "to 12 0912 345 678 [0912345678]"},
		{"PA-00423", "pa 00423"},
		{"H52.22-261116-0012", "h52 22 261116 0012"},
		{"15-20 phút, 2.500 đồng", "15 20 phut 2 500 dong"},
		{"1 2 3 4 5 6 7 8 9 10 11", "1 2 3 4 5 6 7 8 9 10 11"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char *words = words_of(table[i].text);
		assert_string_equal(words, table[i].words);
		free(words);
	}
}

static void what_is_asked_for_is_the_whole_number(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool unfinished;
		size_t taken;
		const char *word;
	} table[] = {
		{"26A-123.45", false, 10, "26a12345"},
		{"26a 123 45 đỏ", false, 10, "26a12345"},
		{"26A-12", true, 6, "26a12"},
		{"26A-12", false, 0, ""},
		{"26a 1", true, 0, ""}, /* may be two words */
		{"0912 345 678", false, 12, "0912345678"},
		{"0912 345", true, 8, "0912345"},
		{"0912 345", false, 0, ""},
		{"+84912345678", false, 12, "0912345678"},
		{"12 0912 345 678", false, 0, ""},
		{"PA-00423", false, 0, ""},
		{"", true, 0, ""},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct fold_token t = {.n = 0};
		const char *s = table[i].text;
		size_t n = word_number(s, strlen(s), table[i].unfinished, &t);
		assert_int_equal(n, table[i].taken);
		if (n) {
			t.text[t.n] = '\0';
			assert_string_equal(t.text, table[i].word);
		}
	}
}

static void accents_that_are_typed_must_be_there(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *text;
		bool fits;
	} table[] = {
		{"đường", "đường", true},  {"đường", "đương", false}, {"đuong", "đường", true},
		{"đuong", "dưỡng", false}, {"đườ", "đường", true},    {"duòng", "đường", true},
		{"hoà", "hòa", true},      {"hòa", "hoà", true},      {"hoà", "hoa", false},
		{"thuỷ", "thủy", true},    {"thủy", "thụy", false},   {"lý", "lí", true},
		{"lý", "lị", false},       {"ga", "gà", true},        {"gà", "ga", false},
		{"ân", "ăn", false},       {"ĐƯỜNG", "đường", true},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char *nfd = (char *)utf8proc_NFD((const utf8proc_uint8_t *)table[i].text);
		const char *typed = table[i].typed, *text = table[i].text;
		assert_int_equal(accent_fits(typed, strlen(typed), text, strlen(text)),
				 table[i].fits);
		assert_int_equal(accent_fits(typed, strlen(typed), nfd, strlen(nfd)),
				 table[i].fits);
		free(nfd);
	}
	assert_true(accent_typed("đ", 2));
	assert_true(accent_typed("à", 2));
	assert_false(accent_typed("a1", 2));
}

/* The text with [ and ] round what is found; the caller frees. */
static char *marked(const char *pattern, const char *text)
{
	struct pattern *p = pattern_new(pattern);
	struct pattern_range r[8];
	struct strbuf b = STRBUF_INIT;
	size_t n = pattern_find(p, text, strlen(text), r, 8), at = 0;
	for (size_t i = 0; i < n; i++) {
		assert_true(r[i].start >= at && r[i].end > r[i].start);
		strbuf_add(&b, text + at, r[i].start - at);
		strbuf_addf(&b, "[%.*s]", (int)(r[i].end - r[i].start), text + r[i].start);
		at = r[i].end;
	}
	strbuf_adds(&b, text + at);
	pattern_free(p);
	return strbuf_detach(&b);
}

static void what_is_found_is_where_it_stands(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *text, *marked;
	} table[] = {
		{"rac", "Rác thải, RÁC", "[Rác] thải, [RÁC]"},
		{"th*", "rác thải", "rác [th]ải"},
		{"tha*", "rác tha\xcc\x89i", "rác [tha\xcc\x89]i"}, /* NFD */
		{"o ga", "ổ  gà, gà ổ", "[ổ  gà], gà ổ"},
		{"rac\nthai*", "thải rác", "[thải] [rác]"},
		{"ô", "ổ gà o", "[ổ] gà o"},
		{"26a12345", "xe 26A-123.45 đỏ", "xe [26A-123.45] đỏ"},
		{"26a12*", "xe 26A-123.45 đỏ", "xe [26A-123.45] đỏ"},
		{"ly*", "lý lẽ, lyon, li", "[lý] lẽ, [ly]on, [li]"},
		{"khong", "rác", "rác"},
		{"dien\ndien*", "điện", "[điện]"},
		{"abc", "ａｂｃ x", "[ａｂｃ] x"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char *text = marked(table[i].pattern, table[i].text);
		assert_string_equal(text, table[i].marked);
		free(text);
	}
}

static bool matches(const char *lines, const char *a, const char *b)
{
	struct pattern *p = pattern_new(lines);
	struct pattern_text texts[] = {{a, a ? strlen(a) : 0}, {b, b ? strlen(b) : 0}};
	bool yes = pattern_matches(p, texts, 2);
	pattern_free(p);
	return yes;
}

static void a_row_has_all_or_it_does_not_match(void **state)
{
	(void)state;
	assert_true(matches("rac\nthai", "thải", "rác"));
	assert_false(matches("rac\nthai", "thải", NULL));
	assert_false(matches("rac thai", "rác", "thải"));
	assert_true(matches("thải", "rác thải", NULL));
	assert_false(matches("thái", "rác thải", NULL));
	assert_true(matches("o ga 26a12345", "ổ gà 26A12345", NULL));
	assert_true(matches("123 45 x", "26A-123.45 x", NULL)); /* over the whole number */
	assert_true(matches("", "x", NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spellings_of_one_syllable_are_one_word),
		cmocka_unit_test(numbers_are_whole_words_too),
		cmocka_unit_test(what_is_asked_for_is_the_whole_number),
		cmocka_unit_test(accents_that_are_typed_must_be_there),
		cmocka_unit_test(what_is_found_is_where_it_stands),
		cmocka_unit_test(a_row_has_all_or_it_does_not_match),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folding finds what people mean, however it was typed. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "text/fold.h"
#include "text/utf8.h"

static void expect_fold(const char *in, const char *wanted)
{
	struct strbuf out = STRBUF_INIT;
	fold_append(&out, in, strlen(in));
	assert_string_equal(out.s, wanted);
	strbuf_free(&out);
}

static void vietnamese_words_fold_to_bare_letters(void **state)
{
	(void)state;
	expect_fold("Chiềng Cơi", "chieng coi");
	expect_fold("Pá Ma Pha Khinh", "pa ma pha khinh");
	expect_fold("Mường É", "muong e");
	expect_fold("Lường Thu Hương", "luong thu huong");
	expect_fold("Giàng A Páo", "giang a pao");
	expect_fold("Đường Chu Văn Thịnh", "duong chu van thinh");
	expect_fold("Ê Đê", "e de");
	expect_fold("ĐỖ VĂN TRỤ", "do van tru");
	expect_fold("Nguyễn Thị Minh Khai", "nguyen thi minh khai");
}

static void position_of_the_tone_and_form_do_not_matter(void **state)
{
	(void)state;
	expect_fold("hoà", "hoa");
	expect_fold("hòa", "hoa");
	expect_fold("thuỷ", "thuy");
	expect_fold("thủy", "thuy");
	expect_fold("Chie\u0302\u0300ng Co\u031bi", "chieng coi");
	expect_fold("ＦＵＬＬ ﬁx ½", "full fix 1⁄2");
}

static void blanks_collapse_and_vanish_at_the_ends(void **state)
{
	(void)state;
	expect_fold("  a \t\n b\u00a0 c  ", "a b c");
	expect_fold("   ", "");
	expect_fold("a\u200bb", "ab");
}

static void tables_say_what_utf8proc_says(void **state)
{
	(void)state;
	for (uint32_t cp = 0x80; cp < 0x3000; cp++) {
		char in[4], out[FOLD_MOST], wanted[FOLD_MOST];
		size_t n = utf8_encode(cp, in), out_n, wanted_n = 0;
		utf8proc_int32_t parts[32];
		int boundary = 0;
		if (cp == 0x110 || cp == 0x111)
			continue;
		utf8proc_ssize_t count = utf8proc_decompose_char(
			(utf8proc_int32_t)cp, parts, 32,
			UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK |
				UTF8PROC_IGNORE,
			&boundary);
		for (utf8proc_ssize_t i = 0; i < count; i++)
			wanted_n += utf8_encode((uint32_t)utf8proc_tolower(parts[i]),
						wanted + wanted_n);
		assert_int_equal(fold_char(in, n, out, &out_n), n);
		assert_int_equal(out_n, wanted_n);
		assert_memory_equal(out, wanted, out_n);
	}
}

static void composed_and_decomposed_fold_alike(void **state)
{
	(void)state;
	for (uint32_t cp = 0xa0; cp < 0x20000; cp++) {
		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		char in[5] = "";
		utf8_encode(cp, in);
		struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
		char *nfd = (char *)utf8proc_NFD((const utf8proc_uint8_t *)in);
		fold_append(&a, in, strlen(in));
		fold_append(&b, nfd, strlen(nfd));
		assert_string_equal(a.s, b.s);
		assert_true(a.len <= FOLD_MOST);
		free(nfd);
		strbuf_free(&a);
		strbuf_free(&b);
	}
}

static void folding_twice_changes_nothing(void **state)
{
	(void)state;
	const char *s = "Đường  Hoà Bình, số 7/11 – ẤP “Cũ”";
	struct strbuf once = STRBUF_INIT;
	fold_append(&once, s, strlen(s));
	expect_fold(once.s, once.s);
	strbuf_free(&once);
}

static void marks_are_noticed(void **state)
{
	(void)state;
	assert_false(fold_has_marks("chieng coi – 7", strlen("chieng coi – 7")));
	assert_true(fold_has_marks("đa", strlen("đa")));
	assert_true(fold_has_marks("e\u0301", strlen("e\u0301")));
	assert_true(fold_has_marks("Ệ", strlen("Ệ")));
}

static void tokens_carry_their_place_in_the_source(void **state)
{
	(void)state;
	const char *s = "Ngõ 308, đường–Chu Va\u0306n;";
	static const struct {
		const char *text, *source;
	} wanted[] = {{"ngo", "Ngõ"},
		      {"308", "308"},
		      {"duong", "đường"},
		      {"chu", "Chu"},
		      {"van", "Va\u0306n"}};
	struct fold_token t;
	size_t at = 0, i = 0;
	while (fold_next_token(s, strlen(s), &at, &t)) {
		assert_true(i < sizeof wanted / sizeof wanted[0]);
		assert_int_equal(t.n, strlen(wanted[i].text));
		assert_memory_equal(t.text, wanted[i].text, t.n);
		assert_int_equal(t.end - t.start, strlen(wanted[i].source));
		assert_memory_equal(s + t.start, wanted[i].source, t.end - t.start);
		i++;
	}
	assert_int_equal(i, sizeof wanted / sizeof wanted[0]);
}

static void tokens_of_broken_or_endless_text_are_bounded(void **state)
{
	(void)state;
	char s[1000];
	memset(s, 'x', sizeof s);
	struct fold_token t;
	size_t at = 0;
	assert_true(fold_next_token(s, sizeof s, &at, &t));
	assert_int_equal(t.n, FOLD_TOKEN_MOST);
	assert_int_equal(t.end, sizeof s);
	assert_false(fold_next_token(s, sizeof s, &at, &t));
	at = 0;
	assert_false(fold_next_token("\xff\xfe \u0301,", 6, &at, &t));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vietnamese_words_fold_to_bare_letters),
		cmocka_unit_test(position_of_the_tone_and_form_do_not_matter),
		cmocka_unit_test(blanks_collapse_and_vanish_at_the_ends),
		cmocka_unit_test(tables_say_what_utf8proc_says),
		cmocka_unit_test(composed_and_decomposed_fold_alike),
		cmocka_unit_test(folding_twice_changes_nothing),
		cmocka_unit_test(marks_are_noticed),
		cmocka_unit_test(tokens_carry_their_place_in_the_source),
		cmocka_unit_test(tokens_of_broken_or_endless_text_are_bounded),
	};
	return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}

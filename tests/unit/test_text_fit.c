/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text fills the columns it is given and never more. */
#include "unit.h"

#include <string.h>

#include "text/fit.h"
#include "text/utf8.h"

static void expect_cut(const char *s, int columns, const char *wanted)
{
	struct strbuf out = STRBUF_INIT;
	assert_int_equal(fit_cut(&out, s, strlen(s), columns), utf8_swidth(wanted));
	assert_string_equal(out.s, wanted);
	strbuf_free(&out);
}

static void cutting_keeps_clusters_whole(void **state)
{
	(void)state;
	expect_cut("Chiềng Cơi", 10, "Chiềng Cơi");
	expect_cut("Chiềng Cơi", 9, "Chiềng C…");
	expect_cut("Chie\u0302\u0300ng", 4, "Chi…");
	expect_cut("Chie\u0302\u0300ng", 5, "Chie\u0302\u0300…");
	expect_cut("中文字", 5, "中文…");
	expect_cut("中文字", 4, "中…");
	expect_cut("中", 1, "…");
	expect_cut("abc", 1, "…");
	expect_cut("abc", 0, "");
	expect_cut("abc", -3, "");
	expect_cut("", 0, "");
}

static void expect_pad(const char *s, int columns, enum fit_align align, const char *wanted)
{
	struct strbuf out = STRBUF_INIT;
	fit_pad(&out, s, strlen(s), columns, align);
	assert_string_equal(out.s, wanted);
	strbuf_free(&out);
}

static void padding_fills_exactly(void **state)
{
	(void)state;
	expect_pad("Lề", 5, FIT_LEFT, "Lề   ");
	expect_pad("Lề", 5, FIT_RIGHT, "   Lề");
	expect_pad("Lề", 5, FIT_CENTER, " Lề  ");
	expect_pad("Chiềng Lề", 5, FIT_RIGHT, "Chiề…");
	expect_pad("中文字", 4, FIT_RIGHT, " 中…");
	expect_pad("", 3, FIT_CENTER, "   ");
	expect_pad("abc", 0, FIT_RIGHT, "");
}

static void expect_lines(const char *s, int columns, const char *const *wanted)
{
	struct fit_line line;
	size_t at = 0, n = strlen(s);
	while (fit_wrap(s, n, columns, &at, &line)) {
		assert_non_null(*wanted);
		assert_int_equal(line.n, strlen(*wanted));
		assert_memory_equal(s + line.start, *wanted, line.n);
		assert_int_equal(line.width, utf8_swidth(*wanted));
		wanted++;
	}
	assert_null(*wanted);
}

static void wrapping_breaks_at_blanks_and_newlines(void **state)
{
	(void)state;
	expect_lines("Rác thải tồn đọng trước cổng chợ", 10,
		     (const char *[]){"Rác thải", "tồn đọng", "trước cổng", "chợ", NULL});
	expect_lines("a\n\nb", 5, (const char *[]){"a", "", "b", NULL});
	expect_lines("ab  cd", 2, (const char *[]){"ab", "cd", NULL});
	expect_lines("", 5, (const char *[]){NULL});
	expect_lines("ab\n", 5, (const char *[]){"ab", NULL});
	expect_lines("abc de", 6, (const char *[]){"abc de", NULL});
	expect_lines("ab \u0336c", 2, (const char *[]){"ab", " \u0336c", NULL});
}

static void wrapping_breaks_long_words_between_clusters(void **state)
{
	(void)state;
	expect_lines("abcdefgh", 3, (const char *[]){"abc", "def", "gh", NULL});
	expect_lines("x abcdefgh", 4, (const char *[]){"x", "abcd", "efgh", NULL});
	expect_lines("中文字", 3, (const char *[]){"中", "文", "字", NULL});
	expect_lines("e\u0302\u0300e\u0302\u0300e", 2,
		     (const char *[]){"e\u0302\u0300e\u0302\u0300", "e", NULL});
	expect_lines("中", 0, (const char *[]){"中", NULL});
}

static void wrapping_loses_nothing_but_blanks(void **state)
{
	(void)state;
	const char *s = "  Ngõ 308,   đường Chu Văn Thịnh\n rộng 9 m… 火火火 \xff\x1b  ";
	size_t n = strlen(s);
	for (int columns = 0; columns < 60; columns++) {
		struct fit_line line;
		size_t at = 0, seen = 0;
		while (fit_wrap(s, n, columns, &at, &line)) {
			assert_true(line.width <= (columns < 2 ? 2 : columns));
			for (; seen < line.start; seen++)
				assert_true(s[seen] == ' ' || s[seen] == '\n');
			seen = line.start + line.n;
			assert_true(at > line.start);
		}
		for (; seen < n; seen++)
			assert_true(s[seen] == ' ');
	}
}

static void cut_text_has_the_width_told_for_every_width(void **state)
{
	(void)state;
	const char *s = "Đèn 火 tín hiệu e\u0323\u0302 \x1b\xff ngã tư 🚦";
	for (int columns = 0; columns < 40; columns++)
		for (int align = FIT_LEFT; align <= FIT_CENTER; align++) {
			struct strbuf out = STRBUF_INIT;
			fit_pad(&out, s, strlen(s), columns, (enum fit_align)align);
			assert_int_equal(utf8_width(out.s, out.len), columns);
			strbuf_free(&out);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cutting_keeps_clusters_whole),
		cmocka_unit_test(padding_fills_exactly),
		cmocka_unit_test(wrapping_breaks_at_blanks_and_newlines),
		cmocka_unit_test(wrapping_breaks_long_words_between_clusters),
		cmocka_unit_test(wrapping_loses_nothing_but_blanks),
		cmocka_unit_test(cut_text_has_the_width_told_for_every_width),
	};
	return cmocka_run_group_tests_name("fit", tests, NULL, NULL);
}

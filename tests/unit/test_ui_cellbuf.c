/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No control ever stands in a cell, and nothing wide is ever cut in two. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "text/utf8.h"
#include "ui/cellbuf.h"

static void check_grid(const struct cellbuf *b)
{
	char text[64];
	for (int row = 0; row < b->rows; row++)
		for (int i = 0; i < b->columns; i++) {
			const struct cell *c = &b->cells[row * b->columns + i];
			const char *s = cellbuf_cell_text(b, c, text);
			if (c->ch == CELL_CONTINUED) {
				assert_true(i > 0);
				const char *lead = cellbuf_cell_text(b, c - 1, text);
				assert_int_equal(utf8_swidth(lead), 2);
				continue;
			}
			assert_true(utf8_is_valid(s, strlen(s)));
			for (size_t at = 0; s[at];) {
				uint32_t cp;
				at += utf8_decode(s + at, strlen(s + at), &cp);
				assert_true(utf8_is_printable(cp));
			}
			if (utf8_swidth(s) == 2)
				assert_true(i + 1 < b->columns && c[1].ch == CELL_CONTINUED);
		}
}

static char *row_text(const struct cellbuf *b, int row)
{
	struct strbuf out = STRBUF_INIT;
	char text[64];
	for (int i = 0; i < b->columns; i++)
		strbuf_adds(&out, cellbuf_cell_text(b, &b->cells[row * b->columns + i], text));
	return strbuf_detach(&out);
}

static void expect_row(const struct cellbuf *b, const char *wanted)
{
	char *got = row_text(b, 0);
	check_grid(b);
	assert_string_equal(got, wanted);
	free(got);
}

static void text_that_fits_is_shown_whole(void **state)
{
	(void)state;
	struct cellbuf b;
	cellbuf_init(&b, 1, 10);
	assert_int_equal(cellbuf_put(&b, 0, 0, 10, ROLE_TEXT, 0, "Chiềng Cơi"), 10);
	expect_row(&b, "Chiềng Cơi");
	cellbuf_free(&b);
}

static void text_that_does_not_fit_is_cut_with_a_mark(void **state)
{
	(void)state;
	struct cellbuf b;
	cellbuf_init(&b, 1, 10);
	assert_int_equal(cellbuf_put(&b, 0, 1, 8, ROLE_TEXT, 0, "Pá Ma Pha Khinh"), 8);
	expect_row(&b, " Pá Ma P… ");
	b.cut = '~';
	cellbuf_put(&b, 0, 1, 5, ROLE_TEXT, 0, "Mường É");
	expect_row(&b, " Mườn~ P… ");
	cellbuf_free(&b);
}

static void decomposed_letters_take_one_cell(void **state)
{
	(void)state;
	struct cellbuf b;
	cellbuf_init(&b, 1, 6);
	assert_int_equal(cellbuf_put(&b, 0, 0, 6, ROLE_TEXT, 0, "Vie\xcc\xa3\xcc\x82t"), 4);
	expect_row(&b, "Vie\xcc\xa3\xcc\x82t  ");
	cellbuf_free(&b);
}

static void wide_cluster_never_straddles_the_end(void **state)
{
	(void)state;
	struct cellbuf b;
	cellbuf_init(&b, 1, 6);
	cellbuf_put(&b, 0, 0, 5, ROLE_TEXT, 0, "漢字漢字");
	expect_row(&b, "漢字…"
		       " ");
	cellbuf_clear(&b);
	cellbuf_put(&b, 0, 5, 10, ROLE_TEXT, 0, "漢");
	expect_row(&b, "     …");
	cellbuf_free(&b);
}

static void overwriting_half_of_a_wide_cluster_blanks_the_other(void **state)
{
	(void)state;
	struct cellbuf b;
	cellbuf_init(&b, 1, 6);
	cellbuf_put(&b, 0, 0, 6, ROLE_TEXT, 0, "漢字漢");
	cellbuf_put(&b, 0, 1, 2, ROLE_TEXT, 0, "ab");
	expect_row(&b, " ab 漢");
	cellbuf_fill(&b, 0, 5, 1, ROLE_TEXT, '-');
	expect_row(&b, " ab  -");
	cellbuf_free(&b);
}

static void outside_the_grid_nothing_happens(void **state)
{
	(void)state;
	struct cellbuf b;
	cellbuf_init(&b, 2, 4);
	assert_int_equal(cellbuf_put(&b, 2, 0, 4, ROLE_TEXT, 0, "x"), 0);
	assert_int_equal(cellbuf_put(&b, -1, 0, 4, ROLE_TEXT, 0, "x"), 0);
	assert_int_equal(cellbuf_put(&b, 0, 4, 4, ROLE_TEXT, 0, "x"), 0);
	assert_int_equal(cellbuf_put(&b, 0, 0, 0, ROLE_TEXT, 0, "x"), 0);
	cellbuf_fill(&b, 0, -2, 3, ROLE_TEXT, '-');
	expect_row(&b, "-   ");
	cellbuf_free(&b);
}

static void hostile_text_becomes_visible_substitutes(void **state)
{
	(void)state;
	struct cellbuf b;
	cellbuf_init(&b, 1, 30);
	cellbuf_put(&b, 0, 0, 30, ROLE_TEXT, 0,
		    "a\x1b[2J\r\n\t\x07\xc2\x9b"
		    "b\xe2\x80\xae\xff\xf0\x9f\x98\x00");
	check_grid(&b);
	cellbuf_free(&b);
}

static void random_bytes_keep_the_grid_whole(void **state)
{
	(void)state;
	static const char *const pieces[] = {
		"\x1b",
		"\xcc\x81",
		"漢",
		"e",
		"ệ",
		"\xff",
		"\xc2\x9b",
		"🔥",
		"\xe2\x80\x8d",
		"\xf3\xa0\x80\x81",
		" ",
		"\xe1\x84\x80\xe1\x85\xa1",
		"\xef\xbf\xbf",
		"\n",
	};
	struct cellbuf b;
	cellbuf_init(&b, 3, 17);
	srand(4);
	for (int i = 0; i < 20000; i++) {
		struct strbuf text = STRBUF_INIT;
		for (int n = rand() % 12; n > 0; n--)
			strbuf_adds(&text,
				    pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
		cellbuf_put(&b, rand() % 4, rand() % 20 - 1, rand() % 20, ROLE_TEXT, 0, text.s);
		strbuf_free(&text);
		if (i % 50 == 0)
			check_grid(&b);
	}
	cellbuf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_that_fits_is_shown_whole),
		cmocka_unit_test(text_that_does_not_fit_is_cut_with_a_mark),
		cmocka_unit_test(decomposed_letters_take_one_cell),
		cmocka_unit_test(wide_cluster_never_straddles_the_end),
		cmocka_unit_test(overwriting_half_of_a_wide_cluster_blanks_the_other),
		cmocka_unit_test(outside_the_grid_nothing_happens),
		cmocka_unit_test(hostile_text_becomes_visible_substitutes),
		cmocka_unit_test(random_bytes_keep_the_grid_whole),
	};
	return cmocka_run_group_tests_name("cellbuf", tests, NULL, NULL);
}

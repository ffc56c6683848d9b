/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was searched for is marked where it stands: in rows, in records, under every spelling.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "../screen/world.h"
#include "base/strbuf.h"
#include "ui/doc.h"
#include "ui/found.h"
#include "ui/show.h"

/* The cells of a row in the role of matches: "3-6 | 8-9"; the caller frees. */
static char *marked_cells(const struct cellbuf *b, int row)
{
	struct strbuf s = STRBUF_INIT;
	for (int i = 0; i < b->columns; i++) {
		int from = i;
		while (i < b->columns && b->cells[row * b->columns + i].role == ROLE_MATCH)
			i++;
		if (i > from)
			strbuf_addf(&s, "%s%d-%d", s.len ? " | " : "", from, i - 1);
	}
	return strbuf_detach(&s);
}

static const struct look look;

static char *mark(const char *filter, const char *text, int width)
{
	struct found f = {.kind = NULL};
	struct found_cells cells[FOUND_MOST];
	struct cellbuf b = {0};
	cellbuf_init(&b, 1, 40);
	b.cut = 0x2026;
	found_set(&f, kind_find("complaint"), filter, &look);
	size_t n = found_in(&f, COL_TITLE, text, cells);
	cellbuf_put(&b, 0, 2, width, ROLE_TEXT, 0, text);
	found_mark(&b, 0, 2, width, cells, n);
	char *s = marked_cells(&b, 0);
	cellbuf_free(&b);
	found_free(&f);
	return s;
}

static void cells_are_those_of_the_words(void **state)
{
	(void)state;
	static const struct {
		const char *filter, *text;
		int width;
		const char *cells;
	} table[] = {
		{"rac", "Rác thải", 30, "2-4"},
		{"thai", "Rác thải", 30, "6-9"},
		{"th*", "Rác thải", 30, "6-7"},
		{"thải", "Rác thai", 30, ""},
		{"\"rac thai\"", "Rác thải", 30, "2-9"},
		{"rac thai", "Rác thải, rác", 30, "2-4 | 6-9 | 12-14"},
		{"title:rac", "Rác thải", 30, "2-4"},
		{"body:rac", "Rác thải", 30, ""},
		{"-rac", "Rác thải", 30, ""},
		{"rac or thai", "thải", 30, "2-5"},
		{"do", "漢字 đổ", 30, "7-8"},
		{"漢字*", "x 漢字", 30, "4-7"},
		{"thai", "Rác thải", 6, "6-6"}, /* the mark of a cut text stays what it is */
		{"quy", "quí 3", 30, "2-4"},
		{"26a12345", "xe 26A-123.45", 30, "5-14"},
		{"((", "rác", 30, ""},
		{"", "rác", 30, ""},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char *cells = mark(table[i].filter, table[i].text, table[i].width);
		assert_string_equal(cells, table[i].cells);
		free(cells);
		char *nfd = (char *)utf8proc_NFD((const utf8proc_uint8_t *)table[i].text);
		cells = mark(table[i].filter, nfd, table[i].width);
		assert_string_equal(cells, table[i].cells);
		free(cells);
		free(nfd);
	}
}

static void a_phrase_is_marked_over_the_end_of_a_line(void **state)
{
	(void)state;
	struct doc d = {.runs = NULL};
	struct cellbuf b = {0};
	const struct pattern_range range = {5, 14}; /* "thải đ" */
	cellbuf_init(&b, 3, 12);
	doc_wrap_marked(&d, 1, 9, ROLE_TEXT, "Rác thải đổ", &range, 1);
	doc_draw(&d, &b, (struct rect){0, 0, 3, 12});
	char *first = marked_cells(&b, 0), *second = marked_cells(&b, 1);
	assert_string_equal(first, "5-8");
	assert_string_equal(second, "1-1");
	free(first);
	free(second);
	doc_free(&d);
	cellbuf_free(&b);
}

/* Rows of the screen below the line that tells the filter, from this column on, with matches.
 */
static int marked_rows(struct world *w, int from)
{
	struct strbuf all = STRBUF_INIT;
	world_dump(w, &all);
	strbuf_free(&all);
	int count = 0;
	for (int row = 5; row < w->screen.rows - 1; row++)
		for (int i = from; i < w->screen.columns; i++)
			if (w->screen.cells[row * w->screen.columns + i].role == ROLE_MATCH) {
				count++;
				break;
			}
	return count;
}

static void rows_and_record_show_what_the_filter_found(void **state)
{
	(void)state;
	struct world w;
	world_init(&w, getenv("IOC_DATA_DIR"));
	world_start(&w, 40, 160, false);
	world_send_writer(&w, WRITER_CONNECTED, NULL);
	world_send_sources(&w);
	world_keys(&w, "2");
	assert_int_equal(marked_rows(&w, 0), 0);
	world_command(&w, "filter đường");
	assert_true(marked_rows(&w, 0) > 0);
	world_keys(&w, "<Enter>");
	assert_true(w.screen.columns == 160);
	assert_true(marked_rows(&w, 100) > 0); /* in the record beside the list */
	world_keys(&w, "qF");
	assert_int_equal(marked_rows(&w, 0), 0);
	world_free(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_those_of_the_words),
		cmocka_unit_test(a_phrase_is_marked_over_the_end_of_a_line),
		cmocka_unit_test(rows_and_record_show_what_the_filter_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

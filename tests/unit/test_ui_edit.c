/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text being typed: steps back, and the gaps of replies. */
#include "unit.h"

#include <string.h>

#include "text/utf8.h"
#include "ui/edit.h"
#include "ui/event.h"
#include "ui/key.h"

static void press(struct edit *t, const char *keys)
{
	while (*keys) {
		uint32_t key;
		size_t n = key_parse(keys, &key);
		assert_true(n > 0);
		edit_key(t, key);
		keys += n;
	}
}

static struct edit start(const char *text)
{
	struct edit t = {.text = STRBUF_INIT, .lines = true};
	edit_set(&t, text);
	return t;
}

static void a_step_back_takes_a_word_a_deletion_or_a_piece(void **state)
{
	(void)state;
	struct edit t = start("");
	press(&t, "mot<Space>hai<C-w>");
	edit_insert(&t, "ba\nbốn");
	assert_string_equal(t.text.s, "mot ba\nbốn");
	assert_true(edit_undo(&t));
	assert_string_equal(t.text.s, "mot ");
	assert_true(edit_undo(&t));
	assert_string_equal(t.text.s, "mot hai");
	assert_int_equal(t.at, 7);
	while (edit_undo(&t))
		;
	assert_string_equal(t.text.s, "");
	edit_free(&t);
}

static void steps_back_are_bounded_and_the_latest_are_kept(void **state)
{
	(void)state;
	struct edit t = start("");
	for (int i = 0; i < EDIT_PAST * 2; i++)
		press(&t, "a<BS>b");
	int steps = 0;
	while (edit_undo(&t))
		steps++;
	assert_int_equal(steps, EDIT_PAST);
	assert_true(t.text.len > 0);
	edit_free(&t);
}

static void what_is_typed_takes_the_place_of_a_gap(void **state)
{
	(void)state;
	struct edit t = start("Gửi [[tên]], lúc [[giờ]].");
	press(&t, "<C-n>An<C-n>9h");
	assert_string_equal(t.text.s, "Gửi An, lúc 9h.");
	edit_undo(&t);
	press(&t, "<C-n><Delete>");
	assert_string_equal(t.text.s, "Gửi An, lúc .");
	edit_free(&t);
	t = start("a [[b]]");
	press(&t, "<Home><Right>x"); /* not at the gap: nothing is replaced */
	assert_string_equal(t.text.s, "ax [[b]]");
	edit_free(&t);
}

static void gaps_are_gone_round_without_end(void **state)
{
	(void)state;
	struct edit t = start("[[a]] [[b]]");
	press(&t, "<C-n>");
	assert_int_equal(t.at, 0);
	press(&t, "<C-n>");
	assert_int_equal(t.at, 6);
	press(&t, "<C-n>");
	assert_int_equal(t.at, 0);
	edit_free(&t);
}

static void up_and_down_go_by_the_lines_on_screen(void **state)
{
	(void)state;
	struct edit t = start("mot hai ba bon\nnam");
	t.room = 8; /* "mot hai ", "ba bon", "nam" */
	t.at = 5;
	press(&t, "<Down>");
	assert_int_equal(t.at, 13);
	press(&t, "<Down>");
	assert_int_equal(t.at, 18);
	assert_false(edit_key(&t, UI_KEY_DOWN));
	press(&t, "<Up>");
	assert_int_equal(t.at, 11);
	press(&t, "<End><Up>");
	assert_int_equal(t.at, 6);
	assert_false(edit_key(&t, UI_KEY_UP));
	edit_set(&t, "đườngđườngđường");
	t.at = 0;
	press(&t, "<Down>"); /* broken within a word */
	assert_int_equal(utf8_width(t.text.s, t.at), 8);
	press(&t, "<Right><Up>");
	assert_int_equal(utf8_width(t.text.s, t.at), 1);
	edit_set(&t, "");
	assert_false(edit_key(&t, UI_KEY_UP));
	assert_false(edit_key(&t, UI_KEY_DOWN));
	edit_free(&t);
}

static void a_window_of_any_width_breaks_the_whole_text(void **state)
{
	(void)state;
	struct edit t = start("a b  ccc 漢字漢字 dd e\n\n  x");
	for (t.room = 1; t.room < 20; t.room++)
		for (size_t at = 0; at < 27;) {
			size_t end = edit_break(&t, at, 27);
			assert_true(end > at && end <= 27);
			at = end;
		}
	for (t.room = 1; t.room < 20; t.room++) {
		t.at = t.text.len;
		for (int i = 0; i < 200 && edit_key(&t, UI_KEY_UP); i++)
			;
		assert_true(t.at < 20);
		for (int i = 0; i < 200 && edit_key(&t, UI_KEY_DOWN); i++)
			;
		assert_true(t.at + 4 > t.text.len);
	}
	edit_free(&t);
}

static void another_text_can_be_taken_back(void **state)
{
	(void)state;
	struct edit t = start("một");
	edit_replace(&t, "hai\x1b[31m\r\nba", 0);
	assert_null(strchr(t.text.s, '\x1b'));
	assert_null(strchr(t.text.s, '\r'));
	assert_int_equal(t.at, 0);
	edit_undo(&t);
	assert_string_equal(t.text.s, "một");
	edit_free(&t);
}

static void too_much_is_refused_and_changes_nothing(void **state)
{
	(void)state;
	static char much[EDIT_MOST];
	memset(much, 'x', sizeof much - 1);
	struct edit t = start("[[a]]bc");
	t.at = 0;
	assert_true(edit_insert(&t, "y"));
	assert_false(edit_insert(&t, much));
	assert_string_equal(t.text.s, "ybc");
	edit_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_back_takes_a_word_a_deletion_or_a_piece),
		cmocka_unit_test(steps_back_are_bounded_and_the_latest_are_kept),
		cmocka_unit_test(what_is_typed_takes_the_place_of_a_gap),
		cmocka_unit_test(gaps_are_gone_round_without_end),
		cmocka_unit_test(up_and_down_go_by_the_lines_on_screen),
		cmocka_unit_test(a_window_of_any_width_breaks_the_whole_text),
		cmocka_unit_test(another_text_can_be_taken_back),
		cmocka_unit_test(too_much_is_refused_and_changes_nothing),
	};
	return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}

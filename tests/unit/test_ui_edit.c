/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text being typed: steps back, and the gaps of replies. */
#include "unit.h"

#include <string.h>

#include "ui/edit.h"
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
		cmocka_unit_test(another_text_can_be_taken_back),
		cmocka_unit_test(too_much_is_refused_and_changes_nothing),
	};
	return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}

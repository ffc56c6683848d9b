/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "text/clean.h"
#include "tty/keys.h"

#define ESC_MS 25

/* Events as text: "K41 " for a key, "P<text> ", "M1@row,column+ ". */
static void describe(struct strbuf *b, const struct event *e)
{
	if (e->type == EVENT_KEY)
		strbuf_addf(b, "K%x ", (unsigned)e->key);
	else if (e->type == EVENT_PASTE)
		strbuf_addf(b, "P%s ", e->text);
	else
		strbuf_addf(b, "M%d@%d,%d%c ", e->mouse.button, e->mouse.row, e->mouse.column,
			    e->mouse.pressed ? '+' : '-');
}

static char *decode_in_pieces(const char *bytes, size_t n, size_t piece, bool expire)
{
	struct keys *k = keys_new(ESC_MS);
	struct strbuf b = STRBUF_INIT;
	struct event e;
	keys_learn(k, "\033[[A", UI_KEY_F1);
	keys_learn(k, "\033Ow", UI_KEY_END);
	for (size_t at = 0; at < n; at += piece) {
		keys_feed(k, bytes + at, n - at < piece ? n - at : piece);
		while (keys_next(k, &e))
			describe(&b, &e);
	}
	if (expire && keys_expire(k, &e))
		describe(&b, &e);
	keys_free(k);
	return strbuf_detach(&b);
}

static void expect(const char *bytes, const char *events)
{
	for (size_t piece = 1; piece < 9; piece++) {
		char *got = decode_in_pieces(bytes, strlen(bytes), piece, false);
		assert_string_equal(got, events);
		free(got);
	}
}

static void expect_key(const char *bytes, uint32_t key)
{
	char events[16];
	snprintf(events, sizeof events, "K%x ", (unsigned)key);
	expect(bytes, events);
}

static void letters_and_control_keys_stand_for_themselves(void **state)
{
	(void)state;
	expect("aZ", "K61 K5a ");
	expect_key("\x0c", 0x0c);
	expect_key("\r", UI_KEY_ENTER);
	expect_key("\t", UI_KEY_TAB);
	expect_key("\x7f", UI_KEY_BACKSPACE);
	expect_key("\b", UI_KEY_BACKSPACE);
}

static void vietnamese_letters_come_as_one_key(void **state)
{
	(void)state;
	expect("đ", "K111 ");
	expect("ệ", "K1ec7 ");
	expect("📷", "K1f4f7 ");
}

static void broken_utf8_becomes_replacement_characters(void **state)
{
	(void)state;
	expect("\xe1\xbb"
	       "a",
	       "Kfffd K61 ");
	expect("\xc0\x80", "Kfffd Kfffd ");
	expect("\xed\xa0\x80", "Kfffd ");
	expect("\xff", "Kfffd ");
	expect("\xc2\x9b"
	       "A",
	       "Kfffd K41 "); /* C1 CSI is no sequence and no key */
}

static void cursor_keys_of_all_usual_terminals_are_known(void **state)
{
	(void)state;
	expect_key("\033[A", UI_KEY_UP);
	expect_key("\033OA", UI_KEY_UP);
	expect_key("\033[1;5B", UI_KEY_DOWN);
	expect_key("\033Oa", UI_KEY_UP);
	expect_key("\033[H", UI_KEY_HOME);
	expect_key("\033[1~", UI_KEY_HOME);
	expect_key("\033[7~", UI_KEY_HOME);
	expect_key("\033[7$", UI_KEY_HOME);
	expect_key("\033[8^", UI_KEY_END);
	expect_key("\033[5~", UI_KEY_PAGE_UP);
	expect_key("\033[3;2~", UI_KEY_DELETE);
	expect_key("\033[Z", UI_KEY_BACKTAB);
}

static void function_keys_of_all_usual_terminals_are_known(void **state)
{
	(void)state;
	expect_key("\033OP", UI_KEY_F1);
	expect_key("\033[11~", UI_KEY_F1);
	expect_key("\033[[A", UI_KEY_F1);
	expect_key("\033[[E", UI_KEY_F1 + 4);
	expect_key("\033[24~", UI_KEY_F1 + 11);
	expect_key("\033[1;2Q", UI_KEY_F1 + 1);
}

static void what_terminfo_says_comes_first(void **state)
{
	(void)state;
	expect_key("\033Ow", UI_KEY_END);
}

static void alt_is_told_by_escape_and_by_modifier(void **state)
{
	(void)state;
	expect_key("\033x", UI_KEY_ALT | 'x');
	expect_key("\033đ", UI_KEY_ALT | 0x111);
	expect_key("\033[1;3A", UI_KEY_ALT | UI_KEY_UP);
	expect_key("\033\033[A", UI_KEY_ALT | UI_KEY_UP);
	expect_key("\033[120;3u", UI_KEY_ALT | 'x');
	expect_key("\033[27;5;114~", 'r' & 0x1f);
}

static void a_lone_escape_waits_and_then_counts(void **state)
{
	(void)state;
	struct keys *k = keys_new(ESC_MS);
	struct event e;
	keys_feed(k, "\033", 1);
	assert_false(keys_next(k, &e));
	assert_int_equal(keys_patience(k), ESC_MS);
	assert_true(keys_expire(k, &e));
	assert_int_equal(e.key, UI_KEY_ESC);
	assert_int_equal(keys_patience(k), -1);
	keys_free(k);
}

static void a_cut_sequence_never_becomes_typed_letters(void **state)
{
	(void)state;
	static const char *const cut[] = {"\033[1", "\033[1;", "\033[<0;1", "\033]0;x",
					  "\033[[", "\033[M!", "\033[200"};
	for (size_t i = 0; i < ARRAY_LEN(cut); i++) {
		char *got = decode_in_pieces(cut[i], strlen(cut[i]), 1, true);
		assert_string_equal(got, "");
		free(got);
	}
}

static void answers_to_queries_are_swallowed(void **state)
{
	(void)state;
	expect("\033[?1;2ca", "K61 ");
	expect("\033[?2026;2$ya", "K61 ");
	expect("\033[Ia", "K61 ");
	expect("\033]11;rgb:0000/0000/0000\033\\a", "K61 ");
	expect("\033P1$r0m\033\\a", "K61 ");
	expect("\033]0;title\aa", "K61 ");
}

static void an_endless_sequence_is_swallowed_whole(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, "\033[");
	strbuf_addn(&b, '9', 5000);
	strbuf_adds(&b, "~a");
	expect(b.s, "K61 ");
	strbuf_free(&b);
}

static void mouse_reports_are_read(void **state)
{
	(void)state;
	expect("\033[<0;10;5M\033[<0;10;5m", "M1@4,9+ M1@4,9- ");
	expect("\033[<64;1;1M\033[<65;1;1M", "M4@0,0+ M5@0,0+ ");
	expect("\033[M !!", "M1@0,0+ ");
	expect("\033[<0;500;300M", "M1@299,499+ ");
	expect("\033[<66;3;3M\033[<67;3;3Ma", "K61 "); /* a wheel that turns sideways */
	expect("\033[<35;3;3Ma", "K61 ");              /* mere movement */
	expect("\033[<0;0;0Ma", "K61 ");
}

static void a_paste_is_one_event_whatever_is_in_it(void **state)
{
	(void)state;
	expect("\033[200~q\rđ\033[201~x", "Pq\nđ K78 ");
}

static void escapes_in_a_paste_are_made_visible(void **state)
{
	(void)state;
	const char *bytes = "\033[200~a\033[31mb\x9b\033[201~";
	char *got = decode_in_pieces(bytes, strlen(bytes), 4, false);
	assert_true(strlen(got) > 5);
	assert_null(strchr(got, '\033'));
	assert_true(clean_is(got, strlen(got), CLEAN_LINES));
	free(got);
}

static void a_paste_without_end_is_bounded_and_ends_by_time(void **state)
{
	(void)state;
	struct keys *k = keys_new(ESC_MS);
	struct event e;
	char piece[65536];
	memset(piece, 'a', sizeof piece);
	keys_feed(k, "\033[200~", 6);
	assert_false(keys_next(k, &e));
	for (int i = 0; i < 20; i++) {
		keys_feed(k, piece, sizeof piece);
		assert_false(keys_next(k, &e));
	}
	assert_true(keys_patience(k) > ESC_MS);
	assert_true(keys_expire(k, &e));
	assert_int_equal(e.type, EVENT_PASTE);
	assert_true(strlen(e.text) <= (1 << 20) + 16);
	keys_free(k);
}

static void a_long_paste_still_sees_its_end(void **state)
{
	(void)state;
	struct keys *k = keys_new(ESC_MS);
	struct strbuf b = STRBUF_INIT;
	struct event e;
	strbuf_adds(&b, "\033[200~");
	strbuf_addn(&b, 'a', (1 << 20) + 1000);
	strbuf_adds(&b, "\033[201~z");
	keys_feed(k, b.s, b.len);
	assert_true(keys_next(k, &e));
	assert_int_equal(e.type, EVENT_PASTE);
	assert_true(keys_next(k, &e));
	assert_int_equal(e.key, 'z');
	strbuf_free(&b);
	keys_free(k);
}

static void a_paste_without_brackets_goes_on_until_it_stops(void **state)
{
	(void)state;
	struct keys *k = keys_new(ESC_MS);
	struct event e;
	keys_feed_pasted(k, "quit\rqu", 7);
	assert_false(keys_next(k, &e));
	keys_feed(k, "it\r", 3);
	assert_false(keys_next(k, &e));
	assert_in_range(keys_patience(k), 1, 100);
	assert_true(keys_expire(k, &e));
	assert_int_equal(e.type, EVENT_PASTE);
	assert_string_equal(e.text, "quit\nquit\n");
	assert_true(keys_paste_was_bare(k));
	keys_feed(k, "\033[200~x\033[201~q", 14);
	assert_true(keys_next(k, &e));
	assert_string_equal(e.text, "x");
	assert_false(keys_paste_was_bare(k));
	assert_true(keys_next(k, &e));
	assert_int_equal(e.key, 'q');
	keys_free(k);
}

static void random_bytes_do_no_harm(void **state)
{
	(void)state;
	uint32_t seed = 1;
	struct keys *k = keys_new(ESC_MS);
	struct event e;
	for (int round = 0; round < 20000; round++) {
		char bytes[16];
		for (size_t i = 0; i < sizeof bytes; i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = (seed >> 24) & 1 ? "\033[]O<;M~01234567"[seed >> 28]
						    : (char)(seed >> 16);
		}
		keys_feed(k, bytes, sizeof bytes);
		while (keys_next(k, &e))
			if (e.type == EVENT_KEY)
				assert_true((e.key & ~(uint32_t)UI_KEY_ALT) <= UI_KEY_LAST);
		if (round % 7 == 0)
			keys_expire(k, &e);
	}
	keys_free(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_and_control_keys_stand_for_themselves),
		cmocka_unit_test(vietnamese_letters_come_as_one_key),
		cmocka_unit_test(broken_utf8_becomes_replacement_characters),
		cmocka_unit_test(cursor_keys_of_all_usual_terminals_are_known),
		cmocka_unit_test(function_keys_of_all_usual_terminals_are_known),
		cmocka_unit_test(what_terminfo_says_comes_first),
		cmocka_unit_test(alt_is_told_by_escape_and_by_modifier),
		cmocka_unit_test(a_lone_escape_waits_and_then_counts),
		cmocka_unit_test(a_cut_sequence_never_becomes_typed_letters),
		cmocka_unit_test(answers_to_queries_are_swallowed),
		cmocka_unit_test(an_endless_sequence_is_swallowed_whole),
		cmocka_unit_test(mouse_reports_are_read),
		cmocka_unit_test(a_paste_is_one_event_whatever_is_in_it),
		cmocka_unit_test(escapes_in_a_paste_are_made_visible),
		cmocka_unit_test(a_paste_without_end_is_bounded_and_ends_by_time),
		cmocka_unit_test(a_long_paste_still_sees_its_end),
		cmocka_unit_test(a_paste_without_brackets_goes_on_until_it_stops),
		cmocka_unit_test(random_bytes_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

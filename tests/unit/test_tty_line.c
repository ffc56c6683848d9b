/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tty/line.h"
#include "ui/event.h"

static char folder[] = "/tmp/ioc-line-XXXXXX";
static char history[64];

static int make_folder(void **state)
{
	(void)state;
	setenv("INPUTRC", "/dev/null", 1);
	if (!mkdtemp(folder))
		return -1;
	snprintf(history, sizeof history, "%s/history", folder);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(history);
	return rmdir(folder);
}

static enum line_result type(struct line *l, const char *text)
{
	enum line_result r = LINE_EDITED;
	for (; *text; text++)
		r = line_key(l, (unsigned char)*text);
	return r;
}

static void typing_edits_at_the_cursor(void **state)
{
	(void)state;
	struct line *l = line_new(NULL);
	line_open(l, "sort ");
	assert_int_equal(line_cursor(l), 5);
	type(l, "han");
	assert_string_equal(line_text(l), "sort han");
	line_key(l, UI_KEY_HOME);
	assert_int_equal(line_cursor(l), 0);
	line_key(l, 0x111);
	assert_string_equal(line_text(l), "đsort han");
	assert_int_equal(line_cursor(l), 2);
	line_key(l, UI_KEY_BACKSPACE);
	line_key(l, UI_KEY_DELETE);
	assert_string_equal(line_text(l), "ort han");
	line_key(l, UI_KEY_END);
	line_key(l, 'w' & 0x1f);
	assert_string_equal(line_text(l), "ort ");
	line_free(l);
}

static void enter_gives_the_line_and_closes(void **state)
{
	(void)state;
	struct line *l = line_new(NULL);
	line_open(l, "");
	assert_int_equal(type(l, "quit\r"), LINE_ENTERED);
	assert_string_equal(line_text(l), "quit");
	assert_false(line_is_open(l));
	line_free(l);
}

static void escape_and_its_kin_cancel(void **state)
{
	(void)state;
	static const uint32_t keys[] = {UI_KEY_ESC, 'c' & 0x1f, 'g' & 0x1f};
	struct line *l = line_new(NULL);
	for (size_t i = 0; i < 3; i++) {
		line_open(l, "abc");
		assert_int_equal(line_key(l, keys[i]), LINE_CANCELLED);
		assert_false(line_is_open(l));
	}
	line_open(l, "");
	assert_int_equal(line_key(l, 'd' & 0x1f), LINE_CANCELLED);
	line_free(l);
}

static void a_paste_is_inserted_and_never_entered(void **state)
{
	(void)state;
	struct line *l = line_new(NULL);
	line_open(l, "");
	line_paste(l, "quit\nsync\n");
	assert_true(line_is_open(l));
	assert_string_equal(line_text(l), "quit sync ");
	line_free(l);
}

static void a_line_has_a_largest_length(void **state)
{
	(void)state;
	char *big = calloc(1, 100001);
	memset(big, 'a', 100000);
	struct line *l = line_new(NULL);
	line_open(l, "");
	line_paste(l, big);
	type(l, "bbb");
	assert_int_equal(strlen(line_text(l)), 4096);
	line_free(l);
	free(big);
}

static void history_survives_in_a_private_file(void **state)
{
	(void)state;
	struct line *l = line_new(history);
	line_open(l, "");
	type(l, "filter is:late\r");
	line_free(l);
	struct stat st;
	assert_int_equal(stat(history, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);

	l = line_new(history);
	line_open(l, "");
	line_key(l, UI_KEY_UP);
	assert_string_equal(line_text(l), "filter is:late");
	line_free(l);
}

static void each_history_stays_by_itself(void **state)
{
	(void)state;
	char searches[80];
	snprintf(searches, sizeof searches, "%s/searches", folder);
	for (int again = 0; again < 2; again++) {
		struct line *l = line_new(NULL);
		line_set_history(l, searches);
		line_open(l, "");
		if (!again)
			type(l, "rac thai\r");
		line_set_history(l, history);
		line_open(l, "");
		if (!again)
			type(l, "sort han\r");
		line_open(l, "");
		line_key(l, UI_KEY_UP);
		assert_string_equal(line_text(l), "sort han");
		line_set_history(l, searches);
		line_open(l, "");
		line_key(l, UI_KEY_UP);
		assert_string_equal(line_text(l), "rac thai");
		line_key(l, UI_KEY_UP);
		assert_string_equal(line_text(l), "rac thai");
		line_free(l);
	}
	unlink(searches);
}

/* Unikey and ibus take back what they put in, in one burst, and put in what it has become. */
static void bursts_of_an_input_method_arrive_right(void **state)
{
	(void)state;
	struct line *l = line_new(NULL);
	line_open(l, "");
	type(l, "duo");
	for (int i = 0; i < 3; i++)
		line_key(l, UI_KEY_BACKSPACE);
	line_key(l, 0x111);
	line_key(l, 0x1b0);
	line_key(l, 0x1edd);
	type(l, "ng");
	assert_string_equal(line_text(l), "đường");
	line_key(l, 'e'); /* in pieces: a letter and its marks are one thing to take back */
	line_key(l, 0x302);
	line_key(l, 0x301);
	line_key(l, UI_KEY_BACKSPACE);
	assert_string_equal(line_text(l), "đường");
	line_free(l);
}

static void tab_is_for_completion_by_the_caller(void **state)
{
	(void)state;
	struct line *l = line_new(NULL);
	line_open(l, "que");
	assert_int_equal(line_key(l, UI_KEY_TAB), LINE_COMPLETE);
	assert_int_equal(line_key(l, UI_KEY_BACKTAB), LINE_COMPLETE_BACK);
	assert_string_equal(line_text(l), "que");
	line_replace(l, "queue calls", 5);
	assert_string_equal(line_text(l), "queue calls");
	assert_int_equal(line_cursor(l), 5);
	line_key(l, 'x' & 0x1f); /* C-x C-u: undo */
	line_key(l, 'u' & 0x1f);
	assert_string_equal(line_text(l), "que");
	line_free(l);
}

static void escape_ends_a_search_in_history_first(void **state)
{
	(void)state;
	struct line *l = line_new(NULL);
	line_open(l, "");
	type(l, "sort due_at\r");
	line_open(l, "");
	line_key(l, 'r' & 0x1f);
	type(l, "due");
	assert_string_equal(line_text(l), "sort due_at");
	assert_int_equal(line_key(l, UI_KEY_ESC), LINE_EDITED);
	assert_string_equal(line_text(l), "sort due_at");
	assert_int_equal(line_key(l, UI_KEY_ESC), LINE_CANCELLED);
	line_free(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typing_edits_at_the_cursor),
		cmocka_unit_test(enter_gives_the_line_and_closes),
		cmocka_unit_test(escape_and_its_kin_cancel),
		cmocka_unit_test(a_paste_is_inserted_and_never_entered),
		cmocka_unit_test(a_line_has_a_largest_length),
		cmocka_unit_test(history_survives_in_a_private_file),
		cmocka_unit_test(each_history_stays_by_itself),
		cmocka_unit_test(bursts_of_an_input_method_arrive_right),
		cmocka_unit_test(tab_is_for_completion_by_the_caller),
		cmocka_unit_test(escape_ends_a_search_in_history_first),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

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
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

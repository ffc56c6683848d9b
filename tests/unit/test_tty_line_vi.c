/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of somebody whose inputrc says vi: a process of its own, since readline reads it
 * once. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tty/line.h"
#include "ui/event.h"

static char inputrc[] = "/tmp/ioc-inputrc-XXXXXX";

static int write_inputrc(void **state)
{
	(void)state;
	int fd = mkstemp(inputrc);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	if (!f)
		return -1;
	fputs("set editing-mode vi\n$if ioc\nset keymap vi-insert\n\"\\C-o\": menu-complete\n"
	      "$endif\n",
	      f);
	fclose(f);
	return setenv("INPUTRC", inputrc, 1);
}

static int remove_inputrc(void **state)
{
	(void)state;
	return unlink(inputrc);
}

static void type(struct line *l, const char *text)
{
	for (; *text; text++)
		line_key(l, (unsigned char)*text);
}

static void escape_goes_from_letters_to_commands_then_leaves(void **state)
{
	(void)state;
	struct line *l = line_new(NULL);
	line_open(l, "");
	type(l, "queue calls");
	assert_int_equal(line_key(l, UI_KEY_ESC), LINE_EDITED);
	type(l, "0x");
	assert_string_equal(line_text(l), "ueue calls");
	type(l, "A!");
	assert_string_equal(line_text(l), "ueue calls!");
	line_key(l, UI_KEY_ESC);
	type(l, "d");
	assert_int_equal(line_key(l, UI_KEY_ESC), LINE_EDITED); /* gives up the "d" */
	assert_int_equal(line_key(l, UI_KEY_ESC), LINE_CANCELLED);
	assert_false(line_is_open(l));
	line_free(l);
}

static void keys_of_inputrc_complete(void **state)
{
	(void)state;
	struct line *l = line_new(NULL);
	line_open(l, "que");
	assert_int_equal(line_key(l, 'o' & 0x1f), LINE_COMPLETE);
	assert_int_equal(line_key(l, UI_KEY_TAB), LINE_COMPLETE);
	assert_int_equal(line_key(l, UI_KEY_BACKTAB), LINE_COMPLETE_BACK);
	line_key(l, UI_KEY_ESC);
	assert_int_equal(line_key(l, '='), LINE_COMPLETE);
	assert_string_equal(line_text(l), "que");
	line_free(l);
}

static void an_input_method_is_no_command(void **state)
{
	(void)state;
	struct line *l = line_new(NULL);
	line_open(l, "");
	type(l, "tie");
	line_key(l, UI_KEY_BACKSPACE);
	line_key(l, 0xea);
	type(l, "ng");
	for (int i = 0; i < 3; i++)
		line_key(l, UI_KEY_BACKSPACE);
	line_key(l, 0x1ebf);
	type(l, "ng");
	assert_string_equal(line_text(l), "tiếng");
	line_free(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escape_goes_from_letters_to_commands_then_leaves),
		cmocka_unit_test(keys_of_inputrc_complete),
		cmocka_unit_test(an_input_method_is_no_command),
	};
	return cmocka_run_group_tests_name("line-vi", tests, write_inputrc, remove_inputrc);
}

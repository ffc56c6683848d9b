/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is pasted where the terminal does not say so, and what is typed ahead. */
#include "unit.h"

#include <string.h>

#include "tty/burst.h"

static void expect(const char *bytes, bool in_line, bool on_list)
{
	size_t n = strlen(bytes);
	if (burst_is_paste(bytes, n, true) != in_line)
		fail_msg("in a line: %s", bytes);
	if (burst_is_paste(bytes, n, false) != on_list)
		fail_msg("on a list: %s", bytes);
}

static void a_line_that_is_typed_and_entered_is_no_paste(void **state)
{
	(void)state;
	expect("q", false, false);
	expect("\r", false, false);
	expect("queue complaints\r", false, false);
	expect("\r\r\r", false, false);
	expect("đường Lò Văn Giá, một câu dài hơn ba mươi hai byte\r", false, false);
}

static void text_behind_a_line_break_is_one(void **state)
{
	(void)state;
	expect("quit\rquit\r", true, false);
	expect("quit\r\nq", true, false);
	expect("\rquit", true, false);
	expect("Kính gửi ông,\rRác chưa được thu gom.\r", true, true);
}

static void what_is_typed_ahead_on_a_list_stays_keys(void **state)
{
	(void)state;
	expect(":tab 2\rjjj", true, false);
	expect("jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj", false, false);
	expect("Dcat\033OQjDcat\033OQjDcat\033OQjDcat\rjjjjjjjjjjjjjj", false, false);
}

static void keys_of_an_input_method_are_no_text(void **state)
{
	(void)state;
	expect("d\177đ\rx", false, false);
	expect("\025quit\rx", false, false);
}

static void a_line_break_at_the_end_is_worth_a_moment(void **state)
{
	(void)state;
	assert_true(burst_may_go_on("quit\r", 5, true));
	assert_false(burst_may_go_on("quit\r", 5, false));
	assert_false(burst_may_go_on("\r", 1, true));
	assert_false(burst_may_go_on("quit", 4, true));
	assert_false(burst_may_go_on("", 0, true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_that_is_typed_and_entered_is_no_paste),
		cmocka_unit_test(text_behind_a_line_break_is_one),
		cmocka_unit_test(what_is_typed_ahead_on_a_list_stays_keys),
		cmocka_unit_test(keys_of_an_input_method_are_no_text),
		cmocka_unit_test(a_line_break_at_the_end_is_worth_a_moment),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

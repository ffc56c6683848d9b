/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of an object from outside, which may be missing or of another type. */
#include "unit.h"

#include "base/member.h"

static void what_is_no_text_is_empty(void **state)
{
	(void)state;
	json_t *o = json_pack("{s:s, s:i, s:n}", "text", "a", "number", 1, "nothing");
	assert_string_equal(member_text(o, "text"), "a");
	assert_string_equal(member_text(o, "number"), "");
	assert_string_equal(member_text(o, "nothing"), "");
	assert_string_equal(member_text(o, "missing"), "");
	assert_string_equal(member_text(NULL, "text"), "");
	json_decref(o);
}

static void changes_put_members_and_take_those_that_are_null(void **state)
{
	(void)state;
	json_t *o = json_pack("{s:i, s:i, s:i}", "kept", 1, "other", 2, "gone", 3);
	json_t *changes = json_pack("{s:i, s:n, s:n, s:i}", "other", 4, "gone", "never", "new",
				    5);
	json_t *expected = json_pack("{s:i, s:i, s:i}", "kept", 1, "other", 4, "new", 5);
	member_change(o, changes);
	assert_true(json_equal(o, expected));
	json_decref(o);
	json_decref(changes);
	json_decref(expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_text_is_empty),
		cmocka_unit_test(changes_put_members_and_take_those_that_are_null),
	};
	return cmocka_run_group_tests_name("member", tests, NULL, NULL);
}

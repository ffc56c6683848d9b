/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind's list at every width. */
#include "unit.h"

#include "ui/columns.h"

static size_t layout(const struct kind *k, int width, struct column_slot *slots)
{
	struct column_wishes w = {NULL, 10, kind_column(k, "code")};
	return columns_layout(k, &w, width, slots);
}

static void columns_never_overlap_nor_leave_the_screen(void **state)
{
	(void)state;
	struct column_slot slots[COLUMNS_MOST];
	for (const struct kind *const *k = kinds; *k; k++) {
		assert_in_range((*k)->column_count, 1, COLUMNS_MOST);
		for (int width = 10; width < 300; width++) {
			size_t n = layout(*k, width, slots);
			assert_true(n >= 1);
			int at = 0;
			for (size_t i = 0; i < n; i++) {
				assert_true(slots[i].at >= at);
				assert_true(slots[i].width > 0);
				at = slots[i].at + slots[i].width;
			}
			assert_true(at <= width);
		}
	}
}

static bool has(const struct column_slot *slots, size_t n, int column)
{
	for (size_t i = 0; i < n; i++)
		if (slots[i].column == column)
			return true;
	return false;
}

static void deadline_code_and_title_stay_on_the_smallest_screen(void **state)
{
	(void)state;
	struct column_slot slots[COLUMNS_MOST];
	for (const struct kind *const *k = kinds; *k; k++) {
		if ((*k)->catalogue)
			continue;
		size_t n = layout(*k, 38, slots);
		assert_true(has(slots, n, COL_DUE_AT));
		assert_true(has(slots, n, COL_CODE));
		assert_true(has(slots, n, COL_TITLE));
	}
}

static void sorted_column_stays_on_an_ordinary_screen(void **state)
{
	(void)state;
	struct column_slot slots[COLUMNS_MOST];
	const struct kind *k = kind_find("complaint");
	for (int column = 0; column < COL_STANDARD_COUNT; column++) {
		if (!(k->columns[column].flags & COLUMN_SORTED) || !k->columns[column].min)
			continue;
		struct column_wishes w = {NULL, 10, column};
		size_t n = columns_layout(k, &w, 118, slots);
		assert_true(has(slots, n, column));
	}
}

static void wishes_of_the_operator_are_followed(void **state)
{
	(void)state;
	struct column_slot slots[COLUMNS_MOST];
	const struct kind *k = kind_find("complaint");
	struct column_set set = {.ordered = 0};
	set.wishes[COL_STATE] = COLUMN_NEVER;
	set.wishes[COL_SEVERITY] = COLUMN_ALWAYS;
	struct column_wishes w = {&set, 10, COL_DUE_AT};
	size_t n = columns_layout(k, &w, 118, slots);
	assert_false(has(slots, n, COL_STATE));
	assert_true(has(slots, n, COL_SEVERITY));
}

static void wide_screens_show_no_fewer_columns_than_narrow_ones(void **state)
{
	(void)state;
	struct column_slot slots[COLUMNS_MOST];
	static const int widths[] = {38, 78, 118, 198, 248};
	for (const struct kind *const *k = kinds; *k; k++) {
		size_t before = 0;
		for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
			size_t n = layout(*k, widths[i], slots);
			assert_true(n >= before);
			before = n;
		}
	}
}

static int width_of(const struct column_slot *slots, size_t n, int column)
{
	for (size_t i = 0; i < n; i++)
		if (slots[i].column == column)
			return slots[i].width;
	return 0;
}

static void a_given_width_holds_where_there_is_room(void **state)
{
	(void)state;
	struct column_slot slots[COLUMNS_MOST];
	const struct kind *k = kind_find("complaint");
	struct column_set set = {.ordered = 0};
	set.widths[COL_UNIT] = 41;
	set.widths[COL_STATE] = 5;
	struct column_wishes w = {&set, 10, COL_DUE_AT};
	size_t n = columns_layout(k, &w, 198, slots);
	assert_int_equal(width_of(slots, n, COL_UNIT), 41);
	assert_int_equal(width_of(slots, n, COL_STATE), 5);
	set.widths[COL_TITLE] = 30;
	n = columns_layout(k, &w, 198, slots);
	assert_int_equal(width_of(slots, n, COL_TITLE), 30);
	for (int width = 10; width < 300; width++) {
		n = columns_layout(k, &w, width, slots);
		assert_true(slots[n - 1].at + slots[n - 1].width <= width);
	}
}

static void a_column_is_moved_past_those_that_are_hidden(void **state)
{
	(void)state;
	struct column_slot slots[COLUMNS_MOST];
	const struct kind *k = kind_find("complaint");
	struct column_set set = {.ordered = 0};
	struct column_wishes w = {&set, 10, COL_DUE_AT};
	size_t n = columns_layout(k, &w, 198, slots);
	int last = slots[n - 1].column, before = slots[n - 2].column;
	assert_false(columns_move(k, &set, last, 1, false));
	assert_true(columns_move(k, &set, last, -1, false));
	n = columns_layout(k, &w, 198, slots);
	assert_int_equal(slots[n - 2].column, last);
	assert_int_equal(slots[n - 1].column, before);
	assert_false(columns_move(k, &set, COL_DUE_AT, -1, false));
	assert_true(columns_move(k, &set, COL_CODE, -1, true));
	n = columns_layout(k, &w, 198, slots);
	assert_int_equal(slots[0].column, COL_CODE);
}

static void a_set_is_the_same_after_it_was_a_text(void **state)
{
	(void)state;
	const struct kind *k = kind_find("complaint");
	struct column_set set, again;
	struct strbuf out = STRBUF_INIT, twice = STRBUF_INIT;
	columns_read(k, &set, "title=40 code unit! severity");
	assert_int_equal(set.ordered, 4);
	assert_int_equal(set.widths[COL_TITLE], 40);
	assert_int_equal(set.wishes[COL_UNIT], COLUMN_ALWAYS);
	assert_int_equal(set.wishes[COL_STATE], COLUMN_NEVER);
	columns_write(k, &set, &out);
	assert_string_equal(out.s, "title=40 code unit! severity");
	columns_read(k, &again, out.s);
	columns_write(k, &again, &twice);
	assert_string_equal(out.s, twice.s);
	strbuf_free(&out);
	strbuf_free(&twice);
}

static void odd_texts_are_read_as_far_as_they_go(void **state)
{
	(void)state;
	static const char *const texts[] = {"",
					    "   ",
					    "nosuch",
					    "body",
					    "=",
					    "!",
					    "code=",
					    "code=!",
					    "code code code",
					    "code=999999999999999999999",
					    "code=-1",
					    "nosuch=3 code=0"};
	const struct kind *k = kind_find("complaint");
	struct column_slot slots[COLUMNS_MOST];
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct column_set set;
		struct strbuf out = STRBUF_INIT;
		columns_read(k, &set, texts[i]);
		struct column_wishes w = {&set, 10, COL_DUE_AT};
		assert_true(columns_layout(k, &w, 78, slots) >= 1);
		columns_write(k, &set, &out);
		assert_true(set.ordered <= 1);
		assert_true((out.len > 0) == (set.ordered > 0));
		strbuf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_never_overlap_nor_leave_the_screen),
		cmocka_unit_test(deadline_code_and_title_stay_on_the_smallest_screen),
		cmocka_unit_test(sorted_column_stays_on_an_ordinary_screen),
		cmocka_unit_test(wishes_of_the_operator_are_followed),
		cmocka_unit_test(a_given_width_holds_where_there_is_room),
		cmocka_unit_test(a_column_is_moved_past_those_that_are_hidden),
		cmocka_unit_test(a_set_is_the_same_after_it_was_a_text),
		cmocka_unit_test(odd_texts_are_read_as_far_as_they_go),
		cmocka_unit_test(wide_screens_show_no_fewer_columns_than_narrow_ones),
	};
	return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}

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
	unsigned char wishes[64] = {0};
	wishes[COL_STATE] = COLUMN_NEVER;
	wishes[COL_SEVERITY] = COLUMN_ALWAYS;
	struct column_wishes w = {wishes, 10, COL_DUE_AT};
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_never_overlap_nor_leave_the_screen),
		cmocka_unit_test(deadline_code_and_title_stay_on_the_smallest_screen),
		cmocka_unit_test(sorted_column_stays_on_an_ordinary_screen),
		cmocka_unit_test(wishes_of_the_operator_are_followed),
		cmocka_unit_test(wide_screens_show_no_fewer_columns_than_narrow_ones),
	};
	return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The descriptor tables keep their promises. */
#include "unit.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "model/kind.h"

static const char *const standard[COL_STANDARD_COUNT] = {
	"code",      "title",   "state",   "src_state", "created_at", "updated_at", "due_at",
	"closed_at", "area",    "unit",    "category",  "severity",   "channel",    "lat",
	"lon",       "address", "body",    "due_src",   "due_calc",   "soon_at",    "clock",
	"paused_at", "left_s",  "verdict", "rule",
};

static void queues_start_with_the_standard_columns(void **state)
{
	(void)state;
	for (const struct kind *const *k = kinds; *k; k++)
		for (int i = 0; !(*k)->catalogue && i < COL_STANDARD_COUNT; i++)
			assert_string_equal((*k)->columns[i].id, standard[i]);
}

static void catalogues_start_with_code_title_and_validity(void **state)
{
	(void)state;
	for (const struct kind *const *k = kinds; *k; k++) {
		if (!(*k)->catalogue)
			continue;
		assert_string_equal((*k)->columns[CAT_CODE].id, "code");
		assert_string_equal((*k)->columns[CAT_TITLE].id, "title");
		assert_string_equal((*k)->columns[CAT_VALID_FROM].id, "valid_from");
		assert_string_equal((*k)->columns[CAT_VALID_TO].id, "valid_to");
	}
}

static void column_ids_are_unique_lower_case_words(void **state)
{
	(void)state;
	for (const struct kind *const *k = kinds; *k; k++)
		for (size_t i = 0; i < (*k)->column_count; i++) {
			const struct column *c = &(*k)->columns[i];
			assert_int_equal(kind_column(*k, c->id), (int)i);
			for (const char *s = c->id; *s; s++)
				assert_true(islower((unsigned char)*s) || *s == '_');
			assert_non_null(c->title);
		}
}

static void references_name_catalogues_and_choices_have_tables(void **state)
{
	(void)state;
	for (const struct kind *const *k = kinds; *k; k++)
		for (size_t i = 0; i < (*k)->column_count; i++) {
			const struct column *c = &(*k)->columns[i];
			if (c->type == COLUMN_REF)
				assert_true(kind_find(c->ref) && kind_find(c->ref)->catalogue);
			assert_int_equal(c->type == COLUMN_CHOICE, c->choices != NULL);
		}
}

static void every_state_is_open_or_not_as_its_predicate_says(void **state)
{
	(void)state;
	for (const struct kind *const *k = kinds; *k; k++) {
		if ((*k)->catalogue)
			continue;
		const struct predicate *p = kind_predicate(*k, "open");
		assert_non_null(p);
		for (const struct state *s = (*k)->states; s->code; s++) {
			char padded[256], wanted[40];
			snprintf(padded, sizeof padded, ",%s,", strchr(p->filter, ':') + 1);
			snprintf(wanted, sizeof wanted, ",%s,", s->code);
			assert_int_equal(strstr(padded, wanted) != NULL,
					 kind_state_is_open(*k, s->code));
		}
	}
}

static void unknown_state_is_open_and_has_no_row(void **state)
{
	(void)state;
	const struct kind *k = kind_find("complaints");
	assert_null(kind_state(k, "LA_LAM"));
	assert_true(kind_state_is_open(k, "LA_LAM"));
	assert_null(kind_find("nothing"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queues_start_with_the_standard_columns),
		cmocka_unit_test(catalogues_start_with_code_title_and_validity),
		cmocka_unit_test(column_ids_are_unique_lower_case_words),
		cmocka_unit_test(references_name_catalogues_and_choices_have_tables),
		cmocka_unit_test(every_state_is_open_or_not_as_its_predicate_says),
		cmocka_unit_test(unknown_state_is_open_and_has_no_row),
	};
	return cmocka_run_group_tests_name("kind", tests, NULL, NULL);
}

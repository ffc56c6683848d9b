/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists in groups: counts, folding, where the cursor stays, and what one gets to from there. */

#include "console.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

static void must_have_row(int row, const char *words)
{
	char *text = world_row(&w, row);
	if (!strstr(text, words))
		fail_msg("row %d is not \"%s\" but \"%s\"", row, words, text);
	free(text);
}

static void one_key_goes_through_the_columns(void **state)
{
	(void)state;
	world_keys(&w, "b");
	must_show(&w, "Complaints › Open › Unit");
	must_show(&w, "CA phường");
	must_show(&w, "23         ! 2         » 2");
	world_keys(&w, "b");
	must_show(&w, "Complaints › Open › Area");
	world_keys(&w, "bb");
	must_show(&w, "Complaints › Open › State");
	must_show(&w, "Distributed");
	world_keys(&w, "b");
	must_show(&w, "by Due ▲   row 1");
}

static void only_columns_of_few_values_are_grouped_by(void **state)
{
	(void)state;
	world_command(&w, "group title");
	must_show(&w, "can't group by Report");
	world_command(&w, "group reporter_name");
	must_show(&w, "can't group by");
	world_command(&w, "group nosuch");
	must_show(&w, "no such column: nosuch");
	world_command(&w, "group channel");
	must_show(&w, "Complaints › Open › Channel");
	world_command(&w, "group off");
	must_show(&w, "row 1");
	world_command(&w, "fold");
	must_show(&w, "this list is not in groups");
}

static void a_group_unfolds_and_folds(void **state)
{
	(void)state;
	world_keys(&w, "bjz");
	must_have_row(6, "▼ CA phường");
	must_have_row(7, "PA-00001");
	world_keys(&w, "jjz");
	must_have_row(6, "▌ › CA phường");
	must_not_show("PA-00001");
	world_keys(&w, "Z");
	must_show(&w, "PA-00001");
	world_keys(&w, "Z");
	must_not_show("PA-00001");
}

static void what_is_more_can_be_seen(void **state)
{
	(void)state;
	world_keys(&w, "bz");
	for (int i = 0; i < 21; i++)
		world_keys(&w, "j");
	must_show(&w, "and 7 more: Enter shows them all");
	world_keys(&w, "<Enter>");
	must_show(&w, "filter: unit:none");
	must_show(&w, "27 / 125");
}

static void enter_shows_the_list_of_a_group_and_back_leads_to_the_groups(void **state)
{
	(void)state;
	world_keys(&w, "bj<Enter>");
	must_show(&w, "filter: unit=\"ca-phuong\"");
	must_show(&w, "23 / 125");
	world_keys(&w, "<C-o>");
	must_show(&w, "Complaints › Open › Unit");
	world_keys(&w, "q");
	must_show(&w, "row 1");
}

static void a_filter_narrows_the_groups_too(void **state)
{
	(void)state;
	world_keys(&w, "b");
	world_command(&w, "view late");
	must_show(&w, "Complaints › Late › Unit");
	must_have_row(6, "2         ! 2           0");
}

static void the_order_holds_within_groups(void **state)
{
	(void)state;
	world_keys(&w, "bjz");
	world_command(&w, "sort -created_at");
	must_have_row(7, "PA-00117");
}

static void a_record_in_a_group_is_in_hand(void **state)
{
	(void)state;
	world_keys(&w, "bjzjy");
	assert_string_equal(w.copied, "PA-00001");
	world_keys(&w, "<Enter>");
	must_show(&w, "History");
	world_keys(&w, "]");
	must_show(&w, "PA-00081");
	world_keys(&w, "q");
	must_have_row(8, "▌ ! 1h12m wt late   PA-00081");
}

static void records_and_groups_are_marked(void **state)
{
	(void)state;
	world_keys(&w, "bjzj<Space>");
	must_show(&w, "1 marked");
	world_keys(&w, "gg<Space>");
	must_show(&w, "28 marked");
	world_keys(&w, "V");
	must_show(&w, "ranges are marked in lists without groups");
}

static void the_cursor_stays_on_its_record_when_others_come(void **state)
{
	(void)state;
	world_keys(&w, "bjzjj");
	must_have_row(8, "▌ ! 1h12m wt late   PA-00081");
	for (int i = 0; i < 9; i++) {
		struct record *r = world_add(&w, "complaint", "mới", "MOI");
		r->values[COL_UNIT] = w.records[0]->values[COL_UNIT];
		r->values[COL_DUE_AT] = w.records[0]->values[COL_DUE_AT];
	}
	world_changed(&w, "complaint");
	world_tick(&w, 2 * SECOND);
	must_show(&w, "▌ ! 1h12m wt late   PA-00081");
	world_keys(&w, "gg");
	must_have_row(5, "▼ CA phường                                                 32");
}

static void a_bounded_count_says_so(void **state)
{
	(void)state;
	w.groups_capped = true;
	world_keys(&w, "b");
	must_show(&w, "of the newest 1,000,000 records only");
}

static void going_to_a_record_leaves_the_groups(void **state)
{
	(void)state;
	world_keys(&w, "b");
	world_command(&w, "goto PA-00005");
	must_show(&w, "PA-00005");
	must_show(&w, "by Due ▲   row");
}

static void no_answer_is_no_crash(void **state)
{
	(void)state;
	w.silent = true;
	world_keys(&w, "bzZjkGgg<Enter>y<Space>qb");
	w.silent = false;
	world_tick(&w, 2 * SECOND);
	must_show(&w, "› Unit");
	world_remove_all(&w);
	world_changed(&w, "complaint");
	world_tick(&w, 2 * SECOND);
	world_keys(&w, "zZjkG<Enter>gg");
	must_show(&w, "Complaints › Open");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_complaints_alone, close_console)
	const struct CMUnitTest tests[] = {
		T(one_key_goes_through_the_columns),
		T(only_columns_of_few_values_are_grouped_by),
		T(a_group_unfolds_and_folds),
		T(what_is_more_can_be_seen),
		T(enter_shows_the_list_of_a_group_and_back_leads_to_the_groups),
		T(a_filter_narrows_the_groups_too),
		T(the_order_holds_within_groups),
		T(a_record_in_a_group_is_in_hand),
		T(records_and_groups_are_marked),
		T(the_cursor_stays_on_its_record_when_others_come),
		T(a_bounded_count_says_so),
		T(going_to_a_record_leaves_the_groups),
		T(no_answer_is_no_crash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved views on screen: picked, saved, renamed, deleted. */

#include "console.h"

#include "base/alloc.h"

#include <string.h>

static void must_have(const char *words)
{
	if (!strstr(w.own_views.s, words))
		fail_msg("%s", w.own_views.s);
}

static void the_list_begins_with_what_is_open(void **state)
{
	(void)state;
	must_show(&w, "Complaints › Open   95 / 125");
}

static void a_view_is_picked_by_typing_without_accents(void **state)
{
	(void)state;
	world_keys(&w, "t");
	must_show(&w, "Find:");
	must_show(&w, "is:late");
	world_keys(&w, "soon");
	must_not_show("is:late");
	world_keys(&w, "<Enter>");
	must_show(&w, "Complaints › Due soon");
	must_not_show("Find:");
}

static void letters_that_no_view_has_say_so(void **state)
{
	(void)state;
	world_keys(&w, "tzzz");
	must_show(&w, "nothing here says this");
	world_keys(&w, "<Enter>");
	must_show(&w, "Find:");
	world_keys(&w, "<BS><BS><BS>");
	must_show(&w, "is:late");
	world_keys(&w, "<Esc>");
	must_show(&w, "Complaints › Open");
}

static void a_pasted_text_narrows_and_runs_nothing(void **state)
{
	(void)state;
	world_keys(&w, "t");
	world_send(&w, &(struct event){.type = EVENT_PASTE, .text = "late\n"});
	must_show(&w, "Find: late");
}

static void views_show_how_many_records_they_have(void **state)
{
	(void)state;
	world_keys(&w, "tlate");
	must_show(&w, "8  │");
}

static void a_view_takes_the_operators_words_away(void **state)
{
	(void)state;
	world_command(&w, "filter karaoke");
	must_show(&w, "filter: karaoke");
	world_command(&w, "view all");
	must_not_show("filter:");
	must_show(&w, "Complaints › All   125");
}

static void the_next_view_follows_and_comes_round(void **state)
{
	(void)state;
	world_keys(&w, "(");
	must_show(&w, "Complaints › Returned twice");
	world_keys(&w, "))");
	must_show(&w, "Complaints › All");
}

static void a_view_of_another_queue_goes_there(void **state)
{
	(void)state;
	world_command(&w, "view review");
	must_show(&w, "Calls › Script to be reviewed");
}

static void a_question_is_saved_under_a_name(void **state)
{
	(void)state;
	world_command(&w, "view all");
	world_command(&w, "filter karaoke");
	world_command(&w, "sort -created_at");
	world_command(&w, "view-save Ồn ào ban đêm");
	must_show(&w, "Complaints › Ồn ào ban đêm");
	assert_non_null(strstr(w.own_views.s, "filter: \"karaoke\"\n"));
	assert_non_null(strstr(w.own_views.s, "sort: \"-created_at\"\n"));
	world_command(&w, "view open");
	world_command(&w, "view on ao");
	must_show(&w, "Complaints › Ồn ào ban đêm");
	must_show(&w, "by Sent ▼");
}

static void a_saved_view_keeps_its_groups(void **state)
{
	(void)state;
	world_command(&w, "group unit");
	world_command(&w, "view-save theo đơn vị");
	must_have("group: \"unit\"\n");
	must_show(&w, "Complaints › theo đơn vị");
	world_command(&w, "view open");
	must_show(&w, "PA-");
	world_command(&w, "view theo don vi");
	must_not_show("PA-");
	world_command(&w, "group off");
	must_show(&w, "PA-");
	world_command(&w, "view-save theo đơn vị");
	if (strstr(w.own_views.s, "group"))
		fail_msg("%s", w.own_views.s);
}

static void groups_that_the_operator_made_stay_from_view_to_view(void **state)
{
	(void)state;
	world_command(&w, "group unit");
	world_command(&w, "view late");
	must_not_show("PA-");
}

static void a_saved_view_has_the_filter_of_the_view_below_it(void **state)
{
	(void)state;
	world_command(&w, "view late");
	world_command(&w, "filter karaoke or rác");
	world_command(&w, "view-save x");
	if (!strstr(w.own_views.s, "filter: \"is:late (karaoke or rác)\"\n"))
		fail_msg("%s", w.own_views.s);
}

static void only_ones_own_views_are_changed(void **state)
{
	(void)state;
	world_command(&w, "view-delete late");
	must_show(&w, "late is not your own view");
	world_command(&w, "view late");
	world_command(&w, "view-save late");
	world_command(&w, "view-rename đêm");
	must_show(&w, "the view is called đêm now");
	must_show(&w, "Complaints › đêm");
	world_command(&w, "view-delete");
	must_show(&w, "the view đêm is gone");
	assert_string_equal(w.own_views.s, "views:\n");
}

static void a_view_has_a_tab_with_a_live_count(void **state)
{
	(void)state;
	world_command(&w, "filter karaoke");
	world_command(&w, "view-save Ồn");
	world_command(&w, "view-tab");
	must_show(&w, " 8:11");
	world_keys(&w, "38");
	must_show(&w, " 8 Ồn 11");
	must_show(&w, "Complaints › Ồn   11 / 125");
	world_add(&w, "complaint", "Quán karaoke nữa", "MOI");
	world_changed(&w, "complaint");
	world_tick(&w, 2000);
	must_show(&w, " 8 Ồn 12");
	world_keys(&w, "2jj8");
	must_show(&w, "Complaints › Ồn   12 / 126");
	world_command(&w, "view late");
	must_show(&w, "Complaints › Late");
	world_keys(&w, "28");
	must_show(&w, "Complaints › Late");
	world_keys(&w, "<C-o>");
	must_not_show(" 8 Ồn");
	world_command(&w, "view-delete Ồn");
	must_not_show(" 8");
	must_show(&w, "Complaints ›");
	world_keys(&w, "<C-o><C-o><C-o><C-n><C-n><C-n>");
}

static void more_views_than_tabs_are_told(void **state)
{
	(void)state;
	for (char name[] = "a"; *name <= 'g'; ++*name) {
		char *save = xasprintf("view-save %s", name);
		world_command(&w, "view all");
		world_command(&w, save);
		world_command(&w, "view-tab");
		free(save);
		if (*name < 'g')
			must_show(&w, "is saved");
	}
	must_show(&w, "g has no tab: there are only 6 for views");
	world_command(&w, "view a");
	world_command(&w, "view-tab");
	world_command(&w, "view g");
	must_show(&w, "is saved");
}

static void a_tab_that_goes_takes_nobody_along(void **state)
{
	(void)state;
	world_command(&w, "view-save a");
	world_command(&w, "view-tab");
	world_command(&w, "view late");
	world_command(&w, "view-save b");
	world_command(&w, "view-tab");
	world_keys(&w, "9");
	must_show(&w, " 9 b");
	world_keys(&w, "bz<Space>");
	world_command(&w, "view-delete a");
	must_show(&w, " 8 b");
	must_show(&w, "Complaints › b › Unit");
	world_command(&w, "view-delete b");
	must_show(&w, "To be handled first");
	world_changed(&w, "complaint");
	world_tick(&w, 61000);
}

static void views_are_told_in_lines(void **state)
{
	(void)state;
	struct strbuf out = STRBUF_INIT;
	world_keys(&w, "tlate");
	app_tell(w.app, &out, 60);
	if (!strstr(out.s, "Late: 8 (is:late)"))
		fail_msg("%s", out.s);
	strbuf_free(&out);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_complaints_alone, close_console)
	const struct CMUnitTest tests[] = {
		T(the_list_begins_with_what_is_open),
		T(a_view_is_picked_by_typing_without_accents),
		T(letters_that_no_view_has_say_so),
		T(a_pasted_text_narrows_and_runs_nothing),
		T(views_show_how_many_records_they_have),
		T(a_view_takes_the_operators_words_away),
		T(the_next_view_follows_and_comes_round),
		T(a_view_of_another_queue_goes_there),
		T(a_question_is_saved_under_a_name),
		T(a_saved_view_keeps_its_groups),
		T(groups_that_the_operator_made_stay_from_view_to_view),
		T(a_saved_view_has_the_filter_of_the_view_below_it),
		T(only_ones_own_views_are_changed),
		T(a_view_has_a_tab_with_a_live_count),
		T(more_views_than_tabs_are_told),
		T(a_tab_that_goes_takes_nobody_along),
		T(views_are_told_in_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks belong to records: one by one, as a range, by a filter; and what left the list is told.
 */
#include "console.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

static void must_count(size_t n)
{
	char words[64];
	world_tick(&w, 10 * SECOND); /* what was said is gone, what is marked stays */
	snprintf(words, sizeof words, " %zu marked", n);
	if (n)
		must_show(&w, words);
	else
		assert_false(world_shows(&w, "marked"));
}

static size_t count_open(const char *title)
{
	size_t n = 0;
	for (size_t i = 0; i < w.record_count; i++)
		n += strcmp(w.records[i]->kind->id, "complaint") == 0 &&
		     record_is_open(w.records[i]) &&
		     strstr(record_text(w.records[i], COL_TITLE), title);
	return n;
}

static void a_range_on_screen_is_marked_down_and_up(void **state)
{
	(void)state;
	world_keys(&w, "jjVjjjV");
	must_count(4);
	world_keys(&w, "UGVkkV");
	must_count(3);
	world_keys(&w, "Vk<Esc>V<Esc>");
	must_count(3);
}

static void a_range_longer_than_what_is_in_hand_is_asked_for(void **state)
{
	(void)state;
	size_t all = count_open("");
	world_keys(&w, "VGV");
	must_count(all);
	world_keys(&w, "UGVggV");
	must_count(all);
}

static void all_of_the_list_is_marked_not_only_what_was_loaded(void **state)
{
	(void)state;
	world_keys(&w, "A");
	must_count(count_open(""));
	world_keys(&w, "I");
	must_count(0);
	world_keys(&w, "<Space><Space>I");
	must_count(count_open("") - 2);
}

static void a_filter_marks_and_unmarks(void **state)
{
	(void)state;
	size_t noise = count_open("karaoke");
	assert_true(noise > 2);
	world_command(&w, "mark karaoke");
	must_count(noise);
	world_command(&w, "mark không có ai nói thế");
	must_show(&w, "no record here passes this");
	must_count(noise);
	world_command(&w, "mark-all");
	world_command(&w, "unmark karaoke");
	must_count(count_open("") - noise);
	world_command(&w, "mark ((");
	must_show(&w, "something is missing here");
	world_command(&w, "");
	must_count(count_open("") - noise);
}

/* What was found of a part is not what was asked for. */
static void nothing_is_marked_where_not_all_was_looked_through(void **state)
{
	(void)state;
	w.unindexed = true;
	w.found_soon = 2;
	world_command(&w, "mark karaoke");
	must_show(&w, "nothing marked: no index answers this");
	must_count(0);
}

static void an_or_takes_in_nothing_that_the_list_does_not_show(void **state)
{
	(void)state;
	size_t noise = count_open("karaoke");
	world_command(&w, "mark karaoke or -is:open");
	must_count(noise);
	world_command(&w, "unmark-all");
	world_command(&w, "filter karaoke OR -is:open");
	world_command(&w, "mark-all");
	must_count(noise);
	world_command(&w, "unmark-all");
	world_command(&w, "filter karaoke hoac -is:open");
	world_command(&w, "mark-all");
	must_count(noise);
}

static void marks_outlive_order_filter_and_refresh(void **state)
{
	(void)state;
	world_keys(&w, "<Space><Space><Space>");
	world_keys(&w, ">rrG");
	must_count(3);
	world_changed(&w, "complaint");
	must_count(3);
}

static void marks_that_the_list_does_not_show_are_told(void **state)
{
	(void)state;
	world_command(&w, "mark karaoke");
	size_t noise = count_open("karaoke");
	world_command(&w, "filter Nước");
	char words[96];
	world_tick(&w, 10 * SECOND);
	snprintf(words, sizeof words, "%zu marked, %zu of them not in this list", noise, noise);
	must_show(&w, words);
	world_command(&w, "clear");
	world_command(&w, "view open");
	must_count(noise);
}

static void more_than_can_be_marked_is_refused_and_marks_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < 2100; i++)
		world_add(&w, "complaint", NULL, NULL);
	world_changed(&w, "complaint");
	world_command(&w, "take-new");
	world_keys(&w, "A");
	must_show(&w, "more than 2,000 records can't be marked");
	must_count(0);
	world_keys(&w, "ggVGV");
	must_show(&w, "more than 2,000 records can't be marked");
	must_count(0);
}

static void rows_that_are_held_back_are_not_marked(void **state)
{
	(void)state;
	world_keys(&w, "j");
	size_t before = count_open("");
	world_add(&w, "complaint", NULL, NULL);
	world_changed(&w, "complaint");
	world_keys(&w, "A");
	must_count(before);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_complaints, close_console)
	const struct CMUnitTest tests[] = {
		T(a_range_on_screen_is_marked_down_and_up),
		T(a_range_longer_than_what_is_in_hand_is_asked_for),
		T(all_of_the_list_is_marked_not_only_what_was_loaded),
		T(a_filter_marks_and_unmarks),
		T(an_or_takes_in_nothing_that_the_list_does_not_show),
		T(nothing_is_marked_where_not_all_was_looked_through),
		T(marks_outlive_order_filter_and_refresh),
		T(marks_that_the_list_does_not_show_are_told),
		T(more_than_can_be_marked_is_refused_and_marks_nothing),
		T(rows_that_are_held_back_are_not_marked),
	};
#undef T
	return cmocka_run_group_tests_name("marks", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed outlives the form, the console and a full disk, until it is sent. */
#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/action.h"
#include "ui/acting.h"

/* How many drafts are kept; names that were said lately are no drafts. */
static size_t kept_drafts(void)
{
	const char *name;
	json_t *value;
	size_t n = 0;
	json_object_foreach (w.drafts, name, value)
		n += strncmp(name, "recent/", 7) != 0;
	return n;
}

static void undo_takes_back_within_its_time_and_keeps_what_was_typed(void **state)
{
	(void)state;
	world_keys(&w, "Dqldt<F2>");
	w.deaf = true;
	world_keys(&w, "u");
	assert_string_equal(member(asked(0), "command"), "drop");
	assert_string_equal(member(asked(0), "uuid"), "u1");
	must_show(&w, "taking it back: Distribute");
	assert_false(world_shows(&w, "taken back"));
	w.deaf = false;
	world_obey(&w);
	must_show(&w, "taken back: Distribute");
	world_keys(&w, "D");
	must_show(&w, "P. Quản lý đô thị");
	world_keys(&w, "<F2>");
	world_tick(&w, 6000);
	world_keys(&w, "u");
	must_show(&w, "too late");
}

static void what_was_not_taken_back_is_not_said_to_be(void **state)
{
	(void)state;
	world_keys(&w, "Dqldt<F2>");
	snprintf(w.refusal, sizeof w.refusal, "it is being sent");
	world_keys(&w, "u");
	must_show(&w, "not taken back: it is being sent");
	w.refusal[0] = '\0';
	world_keys(&w, "u");
	must_show(&w, "nothing was done that waits");
	assert_int_equal(kept_drafts(), 0);
}

/* Whether it was taken back is not known: the form keeps it, under the same name. */
static void a_line_that_breaks_while_taking_back_loses_nothing_typed(void **state)
{
	(void)state;
	world_keys(&w, "cda<Space>goi");
	w.deaf = true;
	world_keys(&w, "<F2>");
	char *first = strdup(member(asked(0), "draft"));
	world_obey(&w);
	world_keys(&w, "u");
	json_t *lost = json_pack("{s:O, s:b, s:s, s:s}", "id", json_object_get(asked(0), "id"),
				 "ok", 0, "error", "net", "message", "the line broke");
	json_array_clear(w.asked);
	struct event e = {.type = EVENT_ACTED};
	e.message = lost;
	world_send(&w, &e);
	json_decref(lost);
	must_show(&w, "not taken back: the line broke");
	world_keys(&w, "c");
	must_show(&w, "da goi");
	world_keys(&w, "<F2>");
	assert_string_equal(member(asked(0), "draft"), first);
	free(first);
}

static void a_form_survives_leaving_it_and_the_end_of_the_program(void **state)
{
	(void)state;
	world_keys(&w, "Dqldt<Tab><Tab><Tab><Tab>chua<Space>xong<Esc>");
	must_show(&w, "is kept");
	assert_non_null(w.drafts);
	assert_int_equal(kept_drafts(), 1);
	json_t *kept = json_incref(w.drafts);
	close_console(NULL);
	open_checked_complaints(NULL);
	app_set_drafts(w.app, kept);
	world_keys(&w, "D");
	must_show(&w, "chua xong");
	must_show(&w, "P. Quản lý đô thị");
	world_keys(&w, "<F2>");
	must_show(&w, "queued");
	assert_int_equal(kept_drafts(), 0);
}

/* A console that was killed before it heard that its action is safe leaves the draft behind. */
static void a_draft_that_was_sent_is_known_again_and_no_other(void **state)
{
	(void)state;
	w.deaf = true;
	world_keys(&w, "cda<Space>goi");
	world_tick(&w, 3000);
	world_keys(&w, "<F2>");
	char *first = strdup(member(asked(0), "draft"));
	assert_string_not_equal(first, "");
	json_t *kept = json_deep_copy(w.drafts);
	close_console(NULL);
	open_checked_complaints(NULL);
	app_set_drafts(w.app, kept);
	w.deaf = true;
	world_keys(&w, "c<F2>");
	assert_string_equal(member(asked(0), "draft"), first);
	/* Refused, it is the same when it is sent again; taken back, it is done anew. */
	snprintf(w.refusal, sizeof w.refusal, "not reached");
	world_obey(&w);
	world_keys(&w, "<F2>");
	assert_string_equal(member(asked(0), "draft"), first);
	snprintf(w.refusal, sizeof w.refusal, "taken back meanwhile");
	w.refused_as = "conflict";
	world_obey(&w);
	assert_null(app_unkept_drafts(w.app));
	w.refusal[0] = '\0';
	world_keys(&w, "<F2>");
	assert_string_not_equal(member(asked(0), "draft"), first);
	free(first);
	first = strdup(member(asked(0), "draft"));
	world_obey(&w);
	world_keys(&w, "u");
	world_obey(&w);
	must_show(&w, "taken back");
	world_keys(&w, "c<F2>");
	assert_string_not_equal(member(asked(0), "draft"), first);
	free(first);
}

static void typing_is_kept_though_the_form_stays_open(void **state)
{
	(void)state;
	world_keys(&w, "cdang<Space>go");
	assert_null(w.drafts);
	assert_non_null(app_unkept_drafts(w.app));
	world_tick(&w, 3000);
	assert_non_null(w.drafts);
	assert_null(app_unkept_drafts(w.app));
}

static void what_could_not_be_kept_is_kept_when_there_is_room_again(void **state)
{
	(void)state;
	w.disk_full = true;
	world_keys(&w, "cmot");
	world_tick(&w, 3000);
	assert_null(w.drafts);
	world_keys(&w, "<Esc>");
	world_tick(&w, 1000);
	assert_non_null(app_unkept_drafts(w.app));
	w.disk_full = false;
	world_tick(&w, 3000);
	assert_int_equal(kept_drafts(), 1);
	assert_null(app_unkept_drafts(w.app));
}

static void what_is_typed_for_a_new_report_is_kept(void **state)
{
	(void)state;
	world_keys(&w, "NCay<Space>do<Esc>");
	assert_int_equal(kept_drafts(), 1);
	world_keys(&w, "R");
	world_keys(&w, "N");
	must_show(&w, "Cay do");
}

static void type_line(const char *text)
{
	struct event e = {.type = EVENT_PROMPT};
	e.prompt.text = text;
	e.prompt.cursor = (int)strlen(text);
	world_send(&w, &e);
}

static void a_line_being_typed_outlives_the_console(void **state)
{
	(void)state;
	world_keys(&w, ":");
	type_line("filter đèn hỏng");
	assert_null(w.drafts);
	world_tick(&w, 3000);
	assert_int_equal(kept_drafts(), 1);
	json_t *kept = json_incref(w.drafts);
	close_console(NULL);
	open_checked_complaints(NULL);
	app_set_drafts(w.app, kept);
	must_show(&w, "not finished: filter đèn hỏng; : brings it back");
	world_keys(&w, "/");
	assert_string_equal(w.prompt, "");
	world_command(&w, NULL);
	world_keys(&w, ":");
	assert_string_equal(w.prompt, "filter đèn hỏng");
}

static void an_unfinished_line_comes_back_once(void **state)
{
	(void)state;
	app_set_drafts(w.app, json_pack("{s:{s:s}}", "line", "text", "filter x"));
	world_keys(&w, ":");
	assert_string_equal(w.prompt, "filter x");
	world_command(&w, "filter x");
	assert_non_null(w.drafts);
	assert_int_equal(kept_drafts(), 0);
	world_keys(&w, ":");
	assert_string_equal(w.prompt, "");
}

static void a_line_that_is_soon_entered_writes_nothing(void **state)
{
	(void)state;
	world_keys(&w, ":");
	type_line("view all");
	world_command(&w, "view all");
	world_tick(&w, 3000);
	assert_null(w.drafts);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_checked_complaints, close_console)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(undo_takes_back_within_its_time_and_keeps_what_was_typed),
		TEST(what_was_not_taken_back_is_not_said_to_be),
		TEST(a_line_that_breaks_while_taking_back_loses_nothing_typed),
		TEST(a_form_survives_leaving_it_and_the_end_of_the_program),
		TEST(a_draft_that_was_sent_is_known_again_and_no_other),
		TEST(typing_is_kept_though_the_form_stays_open),
		TEST(what_could_not_be_kept_is_kept_when_there_is_room_again),
		TEST(what_is_typed_for_a_new_report_is_kept),
		TEST(a_line_being_typed_outlives_the_console),
		TEST(an_unfinished_line_comes_back_once),
		TEST(a_line_that_is_soon_entered_writes_nothing),
	};
	return cmocka_run_group_tests_name("drafts", tests, NULL, NULL);
}

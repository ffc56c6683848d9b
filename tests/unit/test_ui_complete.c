/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion of the ":" line, and its menu. */
#include "console.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/state.h"

/* The candidates at the end of the text; the piece they replace in brackets first. */
static const char *found(const char *text)
{
	static char out[4096];
	struct completion c = {.list = NULL};
	complete_commands(w.app, text, strlen(text), &c);
	int n = snprintf(out, sizeof out, "[%s]", text + c.start);
	for (size_t i = 0; i < c.count; i++)
		n += snprintf(out + n, sizeof out - (size_t)n, " %s", c.list[i].text);
	if (c.ask)
		snprintf(out + n, sizeof out - (size_t)n, " ask %s", c.ask->typed);
	completion_free(&c);
	return out;
}

static void must_begin(const char *text, const char *candidates)
{
	const char *got = found(text);
	if (strncmp(got, candidates, strlen(candidates)) != 0)
		fail_msg("\"%s\": %s, not %s", text, got, candidates);
}

static void commands_and_aliases_are_completed(void **state)
{
	(void)state;
	world_command(&w, "alias ưu queue complaint; filter is:urgent");
	world_command(&w, "alias ring ring");
	must_begin("ring ", "[]");
	must_begin("que", "[que] queue ");
	must_begin("tab", "[tab] tab ");
	assert_non_null(strstr(found("tab"), " next-tab"));
	must_begin("uu", "[uu] ưu");
	must_begin("down; que", "[que] queue");
	must_begin("  next-t", "[next-t] next-tab");
	assert_non_null(strstr(found(""), " quit"));
	must_begin("xyzzy", "[xyzzy]");
	/* also by what they do */
	assert_non_null(strstr(found("paint"), " redraw"));
}

static void words_are_completed_by_what_they_are(void **state)
{
	(void)state;
	must_begin("queue ", "[] complaints dossiers");
	must_begin("queue com", "[com] complaints");
	must_begin("due a", "[a] all alerts");
	must_begin("units ", "[] then now");
	must_begin("sort due", "[due] due_at");
	must_begin("sort -due", "[-due] -due_at");
	must_begin("sync ", "[] son-la");
	must_begin("view late", "[late] late");
	must_begin("view qua han", "[qua han]");
	must_begin("theme d", "[d] ask d");
	must_begin("source ab", "[ab] ask ab");
	must_begin("goto PA-0", "[PA-0] ask PA-0");
	must_begin("queue complaints x", "[complaints x]");
	must_begin("quit x", "[x]");
}

static void actions_fields_and_values_are_completed(void **state)
{
	(void)state;
	must_begin("act rec", "[rec] receive");
	must_begin("act receive|ass", "[ass] assign");
	must_begin("do ass", "[ass] assign");
	must_begin("do assign --u", "[--u] --unit");
	must_begin("do assign PA-1 --unit qld", "[qld]");
	assert_non_null(strstr(found("do assign PA-1 --unit qld"), "qldt"));
	assert_non_null(strstr(found("do assign --unit=qld"), "[qld]"));
	assert_non_null(strstr(found("do assign --unit a,qld"), "[a,qld]"));
	must_begin("do assign PA-0", "[PA-0] ask PA-0");
	must_begin("do assign --note 'a --u", "['a --u]");
	must_begin("do nothing --", "[--] --source");
	must_begin("do assign --source ", "[] son-la");
	must_begin("do assign ", "[] --unit");
}

static void what_keeps_commands_is_completed_inside(void **state)
{
	(void)state;
	must_begin("alias x down; que", "[que] queue");
	must_begin("bind li", "[li] list");
	must_begin("bind list x queue comp", "[comp] complaints");
	must_begin("unbind li", "[li] list");
	world_command(&w, "alias tới queue");
	must_begin("tới comp", "[comp] complaints");
	must_begin("unalias t", "[t] tới");
}

static void filters_are_completed_by_their_own_rules(void **state)
{
	(void)state;
	must_begin("filter is:la", "[la] late");
	must_begin("down; filter unit:qldt is:la", "[la] late");
	must_begin("mark due_a", "[due_a] due_at");
	must_begin("filter code:PA-0", "[PA-0] ask PA-0");
}

/* --- the menu --------------------------------------------------------------- */

static void the_only_candidate_is_put_in(void **state)
{
	(void)state;
	world_keys(&w, ":");
	world_type(&w, "unali");
	world_tab(&w, 1);
	assert_string_equal(w.prompt, "unalias ");
	assert_false(w.app->menu.open);
}

static void what_all_have_in_common_comes_first(void **state)
{
	(void)state;
	world_keys(&w, ":");
	world_type(&w, "mark-");
	world_tab(&w, 1);
	assert_string_equal(w.prompt, "mark-");
	must_show(&w, "mark-invert");
	must_show(&w, "Mark all of this list");
	world_tab(&w, 1);
	assert_string_equal(w.prompt, "mark-range");
	world_tab(&w, 1);
	assert_string_equal(w.prompt, "mark-all");
	world_tab(&w, -1);
	world_tab(&w, -1);
	assert_string_equal(w.prompt, "mark-");
	world_tab(&w, -1);
	assert_string_equal(w.prompt, "mark-invert");
}

static void typing_narrows_and_escape_goes_back(void **state)
{
	(void)state;
	world_keys(&w, ":");
	world_type(&w, "mark-");
	world_tab(&w, 1);
	world_type(&w, "in");
	must_show(&w, "mark-invert");
	assert_false(world_shows(&w, "mark-range"));
	world_type(&w, "zz");
	assert_false(w.app->menu.open);
	world_keys(&w, "<Esc>");
	world_command(&w, "");
	world_keys(&w, ":");
	world_type(&w, "mark-");
	world_tab(&w, 1);
	world_keys(&w, "<Down><Down><Up>");
	assert_string_equal(w.prompt, "mark-range");
	world_keys(&w, "<Esc>");
	assert_string_equal(w.prompt, "mark-");
	assert_true(w.app->prompting);
	assert_false(w.app->menu.open);
}

static void what_the_cache_knows_comes_later(void **state)
{
	(void)state;
	static const char *const two[] = {"PA-00004", "Ổ gà", "PA-00007", "Rác", NULL};
	world_keys(&w, ":");
	world_type(&w, "goto PA");
	world_tab(&w, 1);
	must_show(&w, "looking");
	assert_string_equal(w.completing->typed, "PA");
	world_complete(&w, two);
	assert_string_equal(w.prompt, "goto PA-0000");
	must_show(&w, "Ổ gà");
	world_tab(&w, 1);
	assert_string_equal(w.prompt, "goto PA-00004");
}

static void an_answer_that_comes_too_late_is_dropped(void **state)
{
	(void)state;
	static const char *const one[] = {"PA-00004", "", NULL};
	world_keys(&w, ":");
	world_type(&w, "goto PA");
	world_tab(&w, 1);
	struct complete_query *old = w.completing;
	w.completing = NULL;
	world_type(&w, "-0");
	assert_string_equal(w.completing->typed, "PA-0");
	struct complete_query *new = w.completing;
	w.completing = old;
	world_complete(&w, one);
	assert_string_equal(w.prompt, "goto PA-0");
	must_show(&w, "looking");
	w.completing = new;
	complete_query_free(old);
	world_keys(&w, "<Esc>");
	world_complete(&w, one);
	assert_false(w.app->menu.open);
}

static void nothing_that_fits_is_said(void **state)
{
	(void)state;
	world_keys(&w, ":");
	world_type(&w, "qqq");
	world_tab(&w, 1);
	must_show(&w, "nothing begins like this");
	world_type(&w, "x");
	assert_false(world_shows(&w, "nothing begins like this"));
}

static void any_text_can_be_completed(void **state)
{
	(void)state;
	static const char *const parts[] = {"do",     "assign", "--unit", "=",  ",", "\"",
					    "'",      " ",      ";",      "\\", "|", "alias",
					    "filter", "bind",   "list",   "x",  "đ", "goto"};
	unsigned seed = 11;
	for (int i = 0; i < 3000; i++) {
		char text[128] = "";
		for (int k = 0; k < 8; k++) {
			seed = seed * 1103515245 + 12345;
			strcat(text, parts[(seed >> 16) % ARRAY_LEN(parts)]);
		}
		struct completion c = {.list = NULL};
		size_t cursor = (seed >> 8) % (strlen(text) + 1);
		while (cursor && ((unsigned char)text[cursor] & 0xc0) == 0x80)
			cursor--;
		complete_commands(w.app, text, cursor, &c);
		assert_true(c.start <= c.end && c.end <= cursor);
		completion_free(&c);
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_complaints, close_console)
	const struct CMUnitTest tests[] = {
		T(commands_and_aliases_are_completed),
		T(words_are_completed_by_what_they_are),
		T(actions_fields_and_values_are_completed),
		T(what_keeps_commands_is_completed_inside),
		T(filters_are_completed_by_their_own_rules),
		T(the_only_candidate_is_put_in),
		T(what_all_have_in_common_comes_first),
		T(typing_narrows_and_escape_goes_back),
		T(what_the_cache_knows_comes_later),
		T(an_answer_that_comes_too_late_is_dropped),
		T(nothing_that_fits_is_said),
		T(any_text_can_be_completed),
	};
#undef T
	return cmocka_run_group_tests_name("complete", tests, NULL, NULL);
}

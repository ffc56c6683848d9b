/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands found by what they do. */
#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "ui/palette.h"
#include "ui/state.h"

static int teardown(void **state)
{
	close_console(state);
	i18n_init("en", getenv("IOC_LOCALE_DIR"));
	return 0;
}

/* The command that stands n-th for these words. */
static const char *found(const char *words, size_t n)
{
	static char command[128];
	char *text = xasprintf("palette %s", words);
	world_command(&w, text);
	free(text);
	const struct picker_row *r = picker_match(&w.app->picker, n);
	snprintf(command, sizeof command, "%s", r ? r->command : "");
	world_keys(&w, "<Esc>");
	return command;
}

static void must_find(const char *words, const char *command)
{
	const char *first = found(words, 0);
	if (strcmp(first, command) != 0)
		fail_msg("\"%s\" finds %s, not %s", words, first, command);
}

static void what_one_wants_is_found_in_english(void **state)
{
	(void)state;
	must_find("quit", "quit");
	must_find("leave", "quit");
	must_find("how do I change the colours", "theme");
	must_find("go to the next page", "page-down");
	must_find("select everything", "mark-all");
	must_find("reload the data", "sync");
	must_find("why is it due then", "explain");
	must_find("sort by code", "sort code");
	must_find("assign", "act assign");
	must_find("screenshot", "prompt dump");
	must_find("thoát", "quit"); /* what Vietnamese calls it, on an English screen */
}

static void what_one_wants_is_found_in_vietnamese_with_or_without_accents(void **state)
{
	(void)state;
	i18n_init("vi", getenv("IOC_LOCALE_DIR"));
	must_find("đổi màu", "theme");
	must_find("doi mau", "theme");
	must_find("thoat", "quit");
	must_find("tro giup", "help");
	must_find("làm mới dữ liệu", "sync");
	must_find("ghi chú cho hồ sơ này", "act comment");
	must_find("chon tat ca", "mark-all");
	must_find("sap xep theo han", "sort due_at");
	must_find("phan cong", "act officer");
	must_find("next page", "page-down"); /* English goes on working */
	must_find("tới hàng đợi HỒ SƠ", "queue dossiers");
}

static void enter_runs_it_or_asks_for_its_words(void **state)
{
	(void)state;
	world_keys(&w, "<C-p>");
	world_keys(&w, "copy<Space>code<Enter>");
	assert_true(strncmp(w.copied, "PA-", 3) == 0);
	world_keys(&w, "<C-p>goto<Enter>");
	assert_true(w.app->prompting);
	assert_string_equal(w.prompt, "goto ");
	world_command(&w, "");
	world_keys(&w, "<C-p>sync<Tab>");
	assert_string_equal(w.prompt, "sync ");
	world_command(&w, "");
	world_keys(&w, "<C-p><Esc>");
	assert_int_equal(w.app->overlay, OVERLAY_NONE);
}

static void what_works_in_the_outbox_only_is_dimmed_elsewhere_and_works_there(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	const struct command *c = command_find("outbox-drop", &e);
	assert_string_equal(palette_refusal(w.app, c), "this works in the outbox only");
	world_keys(&w, "O<C-p>");
	assert_null(palette_refusal(w.app, c));
	world_keys(&w, "<Esc>");
	assert_int_equal(w.app->overlay, OVERLAY_OUTBOX);
	world_keys(&w, "<C-p>quit<Enter>");
	assert_true(w.quit);
}

static void actions_say_which_record_and_why_not(void **state)
{
	(void)state;
	world_keys(&w, "<C-p>");
	must_show(&w, "PA-00005");
	world_keys(&w, "<Esc><Space><Space><C-p>assign");
	must_show(&w, "2 records");
}

static void aliases_and_themes_are_among_them(void **state)
{
	(void)state;
	static const char *const themes[] = {"dark", "", "high-contrast", "", NULL};
	world_command(&w, "alias sáng queue complaint; view late");
	must_find("sang", "sáng");
	world_keys(&w, "<C-p>");
	world_complete(&w, themes);
	world_keys(&w, "high<Space>contrast");
	must_show(&w, "Theme: high-contrast");
}

static void an_input_method_types_into_it(void **state)
{
	(void)state;
	world_keys(&w, "<C-p>tie<BS>êng<BS><BS><BS>ếng");
	must_show(&w, "Find: tiếng");
}

static void synonyms_belong_to_commands(void **state)
{
	(void)state;
	for (size_t i = 0; palette_synonym_of(i); i++) {
		const struct command *c = command_find(palette_synonym_of(i), NULL);
		assert_non_null(c);
		assert_string_equal(c->name, palette_synonym_of(i));
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_checked_complaints, teardown)
	const struct CMUnitTest tests[] = {
		T(what_one_wants_is_found_in_english),
		T(what_one_wants_is_found_in_vietnamese_with_or_without_accents),
		T(enter_runs_it_or_asks_for_its_words),
		T(what_works_in_the_outbox_only_is_dimmed_elsewhere_and_works_there),
		T(actions_say_which_record_and_why_not),
		T(aliases_and_themes_are_among_them),
		T(an_input_method_types_into_it),
		T(synonyms_belong_to_commands),
	};
#undef T
	return cmocka_run_group_tests_name("palette", tests, NULL, NULL);
}

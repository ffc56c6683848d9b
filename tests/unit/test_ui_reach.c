/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every command of the tables is reached by the ":" line and the palette, and by a key or
 * deliberately by none; the help text is the table's wherever it is shown. */
#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ui/state.h"

static const char *const keyless[] = {
	/* need words that no key can know */
	"filter",
	"sort",
	"queue",
	"do",
	"alias",
	"unalias",
	"bind",
	"unbind",
	"source",
	"dump",
	"view-save",
	"view-rename",
	"view-delete",
	"view-tab",
	/* are a tab's, whose number is the key, or a part of one */
	"overview",
	"due",
	"forecast",
	"sources",
	/* done to all that pass a filter; Space does it to one */
	"unmark",
	/* a list seldom wanted: the palette and the line have it */
	"bookmarks",
	/* stand for a number in lines, where there is no cursor */
	"more",
	"print",
	"due-group",
	"outbox-item",
	NULL,
};

static bool is_keyless(const char *name)
{
	for (size_t i = 0; keyless[i]; i++)
		if (strcmp(keyless[i], name) == 0)
			return true;
	return false;
}

static bool runs(const char *text, const char *name)
{
	struct command_piece p;
	size_t at = 0, n = strlen(name);
	while (command_next(text, &at, &p)) {
		const char *s = text + p.start;
		if (strncmp(s, "prompt ", 7) == 0)
			s += 7;
		if (strncmp(s, name, n) == 0 && (!s[n] || s[n] == ' ' || s[n] == ';'))
			return true;
	}
	return false;
}

static bool has_key(const char *name)
{
	for (size_t i = 0; i < w.keymap->count; i++)
		if (runs(w.keymap->list[i].command, name))
			return true;
	return false;
}

static void every_command_has_a_key_or_is_keyless_on_purpose(void **state)
{
	(void)state;
	struct strbuf wrong = STRBUF_INIT;
	for (size_t i = 0; command_nth(i); i++) {
		const char *name = command_nth(i)->name;
		if (has_key(name) == is_keyless(name))
			strbuf_addf(&wrong, " %s", name);
	}
	if (wrong.len)
		fail_msg("neither key nor in the list of those without, or both:%s", wrong.s);
	for (size_t i = 0; keyless[i]; i++) {
		const struct command *c = command_find(keyless[i], NULL);
		assert_true(c && strcmp(c->name, keyless[i]) == 0);
	}
}

static void every_command_is_found_by_its_name_in_the_line(void **state)
{
	(void)state;
	for (size_t i = 0; command_nth(i); i++) {
		const struct command *c = command_nth(i);
		struct completion found = {.list = NULL};
		assert_ptr_equal(command_find(c->name, NULL), c);
		complete_commands(w.app, c->name, strlen(c->name), &found);
		bool offered = false;
		for (size_t k = 0; k < found.count; k++)
			offered |= strcmp(found.list[k].text, c->name) == 0 &&
				   strcmp(found.list[k].about, c->help) == 0;
		if (!offered)
			fail_msg("%s is not completed, or with another help", c->name);
		completion_free(&found);
	}
}

static void every_command_is_in_the_palette_with_its_help(void **state)
{
	(void)state;
	world_command(&w, "palette");
	const struct picker *p = &w.app->picker;
	for (size_t i = 0; command_nth(i); i++) {
		const struct command *c = command_nth(i);
		bool there = false;
		for (size_t k = 0; k < p->count; k++)
			there |= runs(p->rows[k].command, c->name) &&
				 strcmp(p->rows[k].title, c->help) == 0;
		if (!there)
			fail_msg("%s is not in the palette", c->name);
	}
}

static void every_command_is_in_the_help_and_has_a_page_there(void **state)
{
	(void)state;
	for (size_t i = 0; command_nth(i); i++) {
		const struct command *c = command_nth(i);
		char *text = xasprintf("help %s", c->name), line[24];
		world_command(&w, text);
		free(text);
		snprintf(line, sizeof line, ":%s", c->name);
		must_show(&w, line);
		snprintf(line, sizeof line, "%.20s", c->help);
		must_show(&w, line);
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, open_complaints, close_console)
	const struct CMUnitTest tests[] = {
		T(every_command_has_a_key_or_is_keyless_on_purpose),
		T(every_command_is_found_by_its_name_in_the_line),
		T(every_command_is_in_the_palette_with_its_help),
		T(every_command_is_in_the_help_and_has_a_page_there),
	};
#undef T
	return cmocka_run_group_tests_name("reach", tests, NULL, NULL);
}

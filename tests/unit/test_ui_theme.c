/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/cellbuf.h"
#include "ui/theme.h"

static const char *const shipped[] = {"dark", "light", "high-contrast", "mono", "16"};

static struct theme *parse(const char *text, struct err *e)
{
	return theme_parse("mine.yaml", text, strlen(text), e);
}

static struct theme *load(const char *name)
{
	char path[1024], text[8192];
	struct err e = ERR_INIT;
	snprintf(path, sizeof path, "%s/themes/%s.yaml", getenv("srcdir"), name);
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	size_t n = fread(text, 1, sizeof text, f);
	fclose(f);
	struct theme *t = theme_parse(path, text, n, &e);
	assert_string_equal(e.text, "");
	assert_non_null(t);
	assert_string_equal(theme_name(t), name);
	return t;
}

static void roles_take_what_is_open_from_their_parents(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct theme *t = parse("roles:\n  strong: {bold: true}\n  warn: {fg: 214}\n"
				"  stale: {underline: true}\n",
				&e);
	assert_non_null(t);
	struct style s = theme_style(t, ROLE_STALE, 256);
	assert_int_equal(s.fg, 214);
	assert_int_equal(s.bg, COLOUR_DEFAULT);
	assert_int_equal(s.attr, CELL_BOLD | CELL_UNDERLINE);
	theme_free(t);
}

static void partial_theme_inherits_the_rest(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct theme *dark = load("dark");
	struct theme *t = parse("inherits: dark\nroles:\n  bad: {fg: \"#ff0000\"}\n", &e);
	assert_string_equal(theme_inherits(t), "dark");
	theme_inherit(t, dark);
	assert_int_equal(theme_style(t, ROLE_BAD, 1 << 24).fg, COLOUR_RGB + 0xff0000);
	struct style own = theme_style(t, ROLE_WARN, 256);
	struct style theirs = theme_style(dark, ROLE_WARN, 256);
	assert_memory_equal(&own, &theirs, sizeof own);
	theme_free(t);
	theme_free(dark);
}

static void mistakes_are_told_with_their_place(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	assert_null(parse("roles:\n  bda: {fg: 1}\n", &e));
	assert_non_null(strstr(e.text, "mine.yaml:2:3: "));
	assert_non_null(strstr(e.text, "bad"));
	assert_null(parse("roles:\n  bad: {fg: purpel}\n", &e));
	assert_non_null(strstr(e.text, "mine.yaml:2:"));
	assert_non_null(strstr(e.text, "purpel"));
	assert_null(parse("roles:\n  bad: {bold: perhaps}\n", &e));
	assert_null(parse("roles: [1]\n", &e));
	assert_null(parse("x: {", &e));
}

static void empty_theme_is_plain(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct theme *t = parse("# nothing yet\n", &e);
	assert_non_null(t);
	struct style s = theme_style(t, ROLE_BAD, 256);
	assert_int_equal(s.fg, COLOUR_DEFAULT);
	theme_free(t);
}

static void colours_degrade_to_what_the_terminal_has(void **state)
{
	(void)state;
	assert_int_equal(colour_degrade(203, 256), 203);
	assert_int_equal(colour_degrade(203, 16), 9);
	assert_int_equal(colour_degrade(9, 8), 1);
	assert_int_equal(colour_degrade(COLOUR_RGB + 0xffffff, 256), 231);
	assert_int_equal(colour_degrade(COLOUR_DEFAULT, 8), COLOUR_DEFAULT);
	for (int32_t c = 0; c < 256; c++) {
		assert_in_range(colour_degrade(c, 16), 0, 15);
		assert_in_range(colour_degrade(c, 8), 0, 7);
	}
}

static void without_colours_every_theme_is_bold_underlined_or_reversed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
		struct theme *t = load(shipped[i]);
		for (int role = 0; role < ROLE_COUNT; role++) {
			struct style s = theme_style(t, (enum role)role, 0);
			assert_int_equal(s.fg, COLOUR_DEFAULT);
			assert_int_equal(s.bg, COLOUR_DEFAULT);
		}
		assert_true(theme_style(t, ROLE_CURSOR, 0).attr & CELL_REVERSE);
		theme_free(t);
	}
}

static void mono_says_the_same_as_no_colours(void **state)
{
	(void)state;
	struct theme *t = load("mono"), *none = theme_new();
	for (int role = 0; role < ROLE_COUNT; role++)
		if (theme_style(t, (enum role)role, 256).attr !=
		    theme_style(none, (enum role)role, 0).attr)
			fail_msg("%s differs", role_defs[role].id);
	theme_free(t);
	theme_free(none);
}

static uint32_t rgb_or(int32_t c, uint32_t otherwise)
{
	return c == COLOUR_DEFAULT ? otherwise : colour_rgb(c);
}

static void check_contrast(const char *name, int colours)
{
	struct theme *t = load(name);
	uint32_t fg, bg;
	theme_assumes(t, &fg, &bg);
	for (int role = 0; role < ROLE_COUNT; role++) {
		struct style s = theme_style(t, (enum role)role, colours);
		double ratio = colour_contrast(rgb_or(s.fg, fg), rgb_or(s.bg, bg));
		if (role != ROLE_BORDER && ratio < 4.5)
			fail_msg("%s: %s has a contrast of %.2f", name, role_defs[role].id,
				 ratio);
	}
	theme_free(t);
}

static void text_of_every_theme_can_be_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++)
		check_contrast(shipped[i], 256);
}

static void cursor_differs_from_what_is_round_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
		struct theme *t = load(shipped[i]);
		static const int depths[] = {0, 8, 16, 256};
		for (size_t d = 0; d < 4; d++) {
			struct style cursor = theme_style(t, ROLE_CURSOR, depths[d]);
			struct style text = theme_style(t, ROLE_TEXT, depths[d]);
			assert_true(cursor.bg != text.bg || cursor.attr & CELL_REVERSE);
		}
		theme_free(t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles_take_what_is_open_from_their_parents),
		cmocka_unit_test(partial_theme_inherits_the_rest),
		cmocka_unit_test(mistakes_are_told_with_their_place),
		cmocka_unit_test(empty_theme_is_plain),
		cmocka_unit_test(colours_degrade_to_what_the_terminal_has),
		cmocka_unit_test(without_colours_every_theme_is_bold_underlined_or_reversed),
		cmocka_unit_test(mono_says_the_same_as_no_colours),
		cmocka_unit_test(text_of_every_theme_can_be_read),
		cmocka_unit_test(cursor_differs_from_what_is_round_it),
	};
	return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}

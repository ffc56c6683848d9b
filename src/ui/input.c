/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define WHEEL_ROWS 3

static void run(struct app *a, const char *command, struct effects *fx)
{
	struct err e = ERR_INIT;
	if (runner_start(a, command, fx, &e) < 0)
		app_say(a, ROLE_ERROR, "%s", e.text);
}

static enum keymap_match look_up(const struct app *a, const char **command)
{
	return keymap_find(a->config.keymap, app_context(a), a->strokes, a->stroke_count,
			   command);
}

static void unbound(struct app *a, uint32_t key)
{
	char name[KEY_NAME_SIZE], help[32];
	bool odd = key >= 0x80 && key < UI_KEY_SPECIAL;
	if (odd)
		app_say(a, ROLE_NOTICE,
			_("%s does nothing here; is a Vietnamese input method on?"),
			key_label(key, name));
	else
		app_say(a, ROLE_NOTICE, _("%s does nothing here; %s shows what does"),
			key_label(key, name), app_key(a, "help", help, sizeof help));
}

static void take_key(struct app *a, uint32_t key, struct effects *fx)
{
	const char *command;
	a->message[0] = '\0';
	if (places_key(a, key) || picker_key(a, key, fx) || acting_key(a, key, fx) ||
	    !a->config.keymap)
		return;
	if (key == UI_KEY_ESC && a->stroke_count) {
		a->stroke_count = 0;
		return;
	}
	a->strokes[a->stroke_count++] = key;
	enum keymap_match match = look_up(a, &command);
	if (match == KEYMAP_NONE && key_without_input_method(key) != key) {
		a->strokes[a->stroke_count - 1] = key_without_input_method(key);
		match = look_up(a, &command);
	}
	if (match == KEYMAP_PREFIX && a->stroke_count < KEYS_MOST)
		return;
	a->stroke_count = 0;
	if (match == KEYMAP_FOUND)
		run(a, command, fx);
	else
		unbound(a, key);
}

/* What is typed ahead is meant for what will be on screen then. */
static bool holds_keys(const struct app *a)
{
	return batch_holds_keys(a) || runner_is_busy(a);
}

void input_key(struct app *a, uint32_t key, struct effects *fx)
{
	if (menu_key(a, key, fx))
		return;
	if (key == UI_KEY_ESC && runner_stop(a)) {
		a->held_count = 0;
		app_say(a, ROLE_NOTICE, "%s", _("what was still to be run is given up"));
		return;
	}
	if (a->held_count || holds_keys(a)) {
		a->held_for_acting |= batch_holds_keys(a);
		if (a->held_count < HELD_MOST)
			a->held[a->held_count++] = key;
		return;
	}
	take_key(a, key, fx);
}

/* Where what was done was refused, they were meant for something that did not come. */
void input_release(struct app *a, struct effects *fx)
{
	const struct batch *b = &a->acting.batch;
	if (a->held_for_acting && b->answered == b->asked && !b->taken)
		a->held_count = 0;
	while (a->held_count && !holds_keys(a)) {
		uint32_t key = a->held[0];
		memmove(a->held, a->held + 1, --a->held_count * sizeof *a->held);
		take_key(a, key, fx);
	}
	a->held_for_acting &= a->held_count > 0;
}

/* --- mouse ---------------------------------------------------------------- */

static bool inside(struct rect r, int row, int column)
{
	return row >= r.row && row < r.row + r.rows && column >= r.column &&
	       column < r.column + r.columns;
}

static void click_header(struct app *a, int row, int column, struct effects *fx)
{
	if (row == 1) {
		run(a, "sources", fx);
		return;
	}
	for (size_t i = 0; i < tabs_count(a); i++)
		if (column >= a->tab_from[i] && column < a->tab_to[i])
			app_go_to_tab(a, i);
}

/* A word of the key line is as good as its key; a line that is typed has none. */
static void click_footer(struct app *a, int column, struct effects *fx)
{
	for (size_t i = 0; i < a->hint_count && !a->prompting; i++)
		if (column >= a->hints[i].from && column < a->hints[i].to) {
			run(a, a->hints[i].command, fx);
			return;
		}
}

static void click(struct app *a, int row, int column, struct effects *fx)
{
	const struct layout *l = &a->layout;
	if (row < 2) {
		click_header(a, row, column, fx);
		return;
	}
	if (row == l->footer) {
		click_footer(a, column, fx);
		return;
	}
	if (l->detail_shown && !inside(l->detail, row, column) && !inside(l->main, row, column))
		return; /* a border */
	if (a->detail.open && l->detail_shown && inside(l->detail, row, column)) {
		a->detail.focused = true;
		return;
	}
	if (l->main_shown)
		a->detail.focused = false;
	const struct view *v = app_view(a);
	if (v->click && inside(l->main, row, column))
		v->click(a, row, column);
}

static void wheel(struct app *a, int row, int column, int64_t n)
{
	const struct view *v = app_view(a);
	bool over_detail = a->overlay == OVERLAY_NONE && a->detail.open &&
			   inside(a->layout.detail, row, column);
	if (over_detail)
		v = &detail_view;
	if (v->move)
		v->move(a, MOVE_ROWS, n);
}

void input_mouse(struct app *a, const struct event *e, struct effects *fx)
{
	if (!a->mouse || !e->mouse.pressed || a->layout.too_small)
		return;
	if (e->mouse.button == 1)
		click(a, e->mouse.row, e->mouse.column, fx);
	else if (e->mouse.button == 4)
		wheel(a, e->mouse.row, e->mouse.column, -WHEEL_ROWS);
	else if (e->mouse.button == 5)
		wheel(a, e->mouse.row, e->mouse.column, WHEEL_ROWS);
}

/* --- prompt --------------------------------------------------------------- */

static void set_prompt(struct app *a, const char *text, int cursor)
{
	char *copy = xstrdup(text);
	free(a->prompt);
	a->prompt = copy;
	a->prompt_cursor = cursor;
}

void input_open_prompt(struct app *a, enum prompt_use use, const char *text, struct effects *fx)
{
	const char *before = use == PROMPT_COMMAND ? drafts_line(a) : NULL;
	char *own = before && strncmp(before, text, strlen(text)) == 0 ? xstrdup(before) : NULL;
	if (before)
		drafts_resume_line(a);
	text = own ? own : text;
	a->prompting = true;
	a->prompt_use = use;
	set_prompt(a, text, (int)strlen(text));
	struct effect *open = effects_add(fx, EFFECT_PROMPT_OPEN, text);
	open->prompt = use;
	open->cursor = strlen(text);
	free(own);
}

void input_reopen_prompt(struct app *a, const char *text, size_t at, struct effects *fx)
{
	size_t n = strlen(text);
	at = at < n ? at : n;
	a->prompting = true;
	a->prompt_use = PROMPT_COMMAND;
	set_prompt(a, text, (int)at);
	drafts_set_line(a, text);
	effects_add(fx, EFFECT_PROMPT_OPEN, text)->cursor = at;
}

static void text_changed(struct app *a, struct effects *fx)
{
	if (a->prompt_use == PROMPT_COMMAND)
		drafts_set_line(a, a->prompt);
	else if (a->prompt_use == PROMPT_FIND)
		find_typed(a, a->prompt);
	else
		live_typed(a, a->prompt, fx);
}

void input_prompt(struct app *a, const struct event *e, struct effects *fx)
{
	if (!e->prompt.text)
		return;
	bool changed = strcmp(e->prompt.text, a->prompt) != 0;
	if (a->prompt_use == PROMPT_COMMAND)
		a->message[0] = '\0';
	set_prompt(a, e->prompt.text, e->prompt.cursor);
	if (changed) {
		text_changed(a, fx);
		menu_typed(a, fx);
	}
}

void input_prompt_tab(struct app *a, const struct event *e, struct effects *fx)
{
	set_prompt(a, e->prompt.text, e->prompt.cursor);
	menu_step(a, e->prompt.step, fx);
}

void input_set_prompt(struct app *a, const char *text, size_t cursor, struct effects *fx)
{
	bool changed = strcmp(text, a->prompt) != 0;
	effects_add(fx, EFFECT_PROMPT_SET, text)->cursor = cursor;
	set_prompt(a, text, (int)cursor);
	if (changed)
		text_changed(a, fx);
}

void input_prompt_done(struct app *a, const char *text, struct effects *fx)
{
	a->prompting = false;
	menu_close(&a->menu);
	set_prompt(a, "", 0);
	if (a->prompt_use == PROMPT_FIND) {
		find_done(a, text);
		return;
	}
	if (a->prompt_use == PROMPT_SEARCH) {
		live_done(a, text);
		return;
	}
	drafts_forget_line(a);
	if (text && text[strspn(text, " \t")])
		runner_prompt(a, text, fx);
}

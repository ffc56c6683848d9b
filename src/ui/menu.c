/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/menu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "text/utf8.h"
#include "ui/input.h"
#include "ui/state.h"

#define ROWS_MOST 8
#define TEXT_LEAST 16 /* columns of the candidates */

void menu_close(struct menu *m)
{
	completion_free(&m->found);
	free(m->base);
	*m = (struct menu){.picked = -1, .generation = m->generation};
}

void menu_free(struct menu *m)
{
	menu_close(m);
}

/* --- finding -------------------------------------------------------------- */

/* What is typed there: a line of commands, or a filter. */
static void find(struct app *a, struct effects *fx)
{
	struct menu *m = &a->menu;
	completion_free(&m->found);
	if (a->prompt_use == PROMPT_COMMAND)
		complete_commands(a, m->base, m->base_cursor, &m->found);
	else
		complete_filter(a, m->base, 0, m->base_cursor, &m->found);
	m->picked = -1;
	m->waiting = m->found.ask != NULL;
	if (!m->waiting)
		return;
	m->found.ask->generation = ++m->generation;
	effects_add(fx, EFFECT_COMPLETE, NULL)->complete = m->found.ask;
	m->found.ask = NULL;
}

static void begin(struct app *a, struct effects *fx)
{
	struct menu *m = &a->menu;
	free(m->base);
	m->base = xstrdup(a->prompt);
	m->base_cursor = (size_t)a->prompt_cursor;
	m->open = true;
	find(a, fx);
}

/* --- putting in ----------------------------------------------------------- */

/* n bytes of the text in place of the piece. */
static void put(struct app *a, const char *text, size_t n, bool blank, struct effects *fx)
{
	const struct menu *m = &a->menu;
	const struct completion *c = &m->found;
	struct strbuf line = STRBUF_INIT;
	const char *rest = m->base + c->end;
	strbuf_add(&line, m->base, c->start);
	strbuf_add(&line, text, n);
	if (blank && *rest != ' ')
		strbuf_addc(&line, ' ');
	size_t cursor = line.len + (blank && *rest == ' ');
	strbuf_adds(&line, rest);
	input_set_prompt(a, line.s, cursor, fx);
	strbuf_free(&line);
}

static void pick(struct app *a, int which, struct effects *fx)
{
	struct menu *m = &a->menu;
	m->picked = which;
	if (which < 0)
		input_set_prompt(a, m->base, m->base_cursor, fx);
	else
		put(a, m->found.list[which].text, strlen(m->found.list[which].text), false, fx);
}

/* The only candidate, or what all have in common. */
static void take_certain(struct app *a, struct effects *fx)
{
	struct menu *m = &a->menu;
	struct completion *c = &m->found;
	size_t common = completion_common(c);
	if (c->count == 1) {
		struct candidate one = c->list[0];
		put(a, one.text, strlen(one.text), one.ends, fx);
		menu_close(m);
		return;
	}
	if (!common)
		return;
	put(a, c->list[0].text, common, false, fx);
	free(m->base);
	m->base = xstrdup(a->prompt);
	m->base_cursor = (size_t)a->prompt_cursor;
	c->end = c->start + common;
}

static void first_step(struct app *a, struct effects *fx)
{
	struct menu *m = &a->menu;
	m->stepping = false;
	if (m->found.count) {
		take_certain(a, fx);
		return;
	}
	menu_close(m);
	app_say(a, ROLE_NOTICE, "%s", _("nothing begins like this"));
}

void menu_step(struct app *a, int step, struct effects *fx)
{
	struct menu *m = &a->menu;
	bool fresh = !m->open;
	a->message[0] = '\0';
	if (fresh)
		begin(a, fx);
	int n = (int)m->found.count;
	m->stepping = true;
	if (m->waiting)
		return;
	if (fresh || !n)
		first_step(a, fx);
	else /* -1, behind the last one, is what was typed */
		pick(a, (m->picked + 1 + step + n + 1) % (n + 1) - 1, fx);
}

void menu_typed(struct app *a, struct effects *fx)
{
	struct menu *m = &a->menu;
	if (!m->open)
		return;
	m->stepping = false;
	begin(a, fx);
	if (!m->waiting && !m->found.count)
		menu_close(m);
}

void menu_answer(struct app *a, const struct complete_answer *answer, struct effects *fx)
{
	struct menu *m = &a->menu;
	if (!m->open || !m->waiting || answer->generation != m->generation)
		return;
	m->waiting = false;
	completion_add_answer(&m->found, answer);
	if (m->stepping)
		first_step(a, fx);
	else if (!m->found.count)
		menu_close(m);
}

/* The line is as it was typed. */
static void menu_leave(struct app *a, struct effects *fx)
{
	struct menu *m = &a->menu;
	if (m->picked >= 0)
		input_set_prompt(a, m->base, m->base_cursor, fx);
	menu_close(m);
}

bool menu_key(struct app *a, uint32_t key, struct effects *fx)
{
	if (!menu_wants(a, key))
		return false;
	if (key == UI_KEY_ESC)
		menu_leave(a, fx);
	else
		menu_step(a, key == UI_KEY_DOWN ? 1 : -1, fx);
	return true;
}

bool menu_wants(const struct app *a, uint32_t key)
{
	return a->prompting && a->menu.open &&
	       (key == UI_KEY_ESC || key == UI_KEY_UP || key == UI_KEY_DOWN);
}

/* --- on screen ------------------------------------------------------------ */

static int text_width(const struct completion *c, size_t first, size_t rows, int room)
{
	int width = TEXT_LEAST;
	for (size_t i = first; i < first + rows; i++) {
		int one = utf8_swidth(c->list[i].text);
		width = one > width ? one : width;
	}
	return width < room / 2 ? width : room / 2;
}

static void draw_candidate(const struct app *a, struct cellbuf *b, int row, int width,
			   const struct candidate *c, bool picked)
{
	struct pen p = {b, row, 0, b->columns - 1};
	cellbuf_fill(b, row, 0, b->columns, ROLE_TEXT, ' ');
	pen_field(&p, 1, false, ROLE_CURSOR, 0,
		  picked ? glyph(GLYPH_CURSOR, a->look.ascii) : "");
	pen_field(&p, width, false, picked ? ROLE_CURSOR : ROLE_TEXT, 0, c->text);
	pen_skip(&p, 2);
	pen_put(&p, ROLE_DIM, 0, c->about);
}

/* How much more there is, or that it is still being looked for; at the right of the rule. */
static void draw_head(const struct app *a, struct cellbuf *b, int row, size_t hidden)
{
	const struct menu *m = &a->menu;
	char text[64] = "";
	draw_rule(b, row, 0, b->columns, a->look.ascii);
	if (m->waiting)
		snprintf(text, sizeof text, " %s ", _("looking…"));
	else if (m->found.more)
		snprintf(text, sizeof text, " %s ", _("and many more"));
	else if (hidden)
		snprintf(text, sizeof text, _(" %zu more "), hidden);
	draw_right(b, row, 2, b->columns - 2, ROLE_DIM, 0, text);
}

void menu_draw(struct app *a, struct cellbuf *b, int bottom)
{
	const struct menu *m = &a->menu;
	const struct completion *c = &m->found;
	size_t most = bottom / 2 < ROWS_MOST ? (size_t)(bottom / 2) : ROWS_MOST;
	size_t rows = c->count < most ? c->count : most;
	size_t at = m->picked < 0 ? 0 : (size_t)m->picked;
	size_t first = at >= rows && rows ? at - rows + 1 : 0;
	if (!m->open || bottom < 4)
		return;
	int row = bottom - (int)rows - 1, width = text_width(c, first, rows, b->columns);
	draw_head(a, b, row, c->count - rows);
	for (size_t i = 0; i < rows; i++)
		draw_candidate(a, b, row + 1 + (int)i, width, &c->list[first + i],
			       (int)(first + i) == m->picked);
}

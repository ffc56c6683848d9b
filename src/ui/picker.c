/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/picker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/box.h"
#include "ui/key.h"
#include "ui/state.h"

#define WIDTH 96
#define NARROW 56 /* columns */
#define KEY_MOST 10
#define PAGE 10

/* --- rows ----------------------------------------------------------------- */

static void free_row(struct picker_row *r)
{
	free(r->title);
	free(r->note);
	free(r->key);
	free(r->command);
	free(r->filter);
	free(r->sort);
	free(r->words);
	picker_text_free(r->text);
}

void picker_free(struct picker *p)
{
	for (size_t i = 0; i < p->count; i++)
		free_row(&p->rows[i]);
	free(p->rows);
	edit_free(&p->query);
	*p = (struct picker){.query = {.text = STRBUF_INIT}};
}

void picker_open(struct app *a, const char *title, const char *none)
{
	int under = a->overlay == OVERLAY_PICKER ? a->picker.under : (int)a->overlay;
	picker_free(&a->picker);
	a->picker.title = title;
	a->picker.none = none;
	a->picker.under = under;
	a->overlay = OVERLAY_PICKER;
}

struct picker_row *picker_add(struct picker *p, const char *title, const char *note,
			      const char *key, const char *command)
{
	if (p->count == PICKER_ROWS)
		return NULL;
	struct picker_row *r = &ARRAY_PUSH(p->rows, p->count, p->cap);
	p->matched = false;
	*r = (struct picker_row){.title = xstrdup(title),
				 .note = xstrdup(note),
				 .key = xstrdup(key),
				 .command = xstrdup(command)};
	return r;
}

void picker_go_to_current(struct picker *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->rows[i].current)
			p->at = i;
}

/* --- keys ------------------------------------------------------------------ */

static void step(struct picker *p, int64_t by)
{
	int64_t last = (int64_t)picker_match_count(p) - 1, at = (int64_t)p->at + by;
	p->at = (size_t)(at > last ? (last < 0 ? 0 : last) : at < 0 ? 0 : at);
}

/* What is chosen works on what was on screen before. */
static void choose(struct app *a, bool in_prompt, struct effects *fx)
{
	struct picker *p = &a->picker;
	struct err e = ERR_INIT;
	const struct picker_row *r = picker_match(p, p->at);
	if (!r)
		return;
	bool opens = in_prompt && strncmp(r->command, "prompt ", 7) != 0;
	char *command = xasprintf("%s%s", opens ? "prompt " : "", r->command);
	a->overlay = (enum overlay)p->under;
	picker_free(p);
	if (runner_start(a, command, fx, &e) < 0)
		app_say(a, ROLE_ERROR, "%s", e.text);
	free(command);
}

/* The best row is in hand then. */
static void typed(struct picker *p)
{
	p->matched = false;
	p->at = 0;
}

static int64_t steps_of(uint32_t key)
{
	switch (key) {
	case UI_KEY_DOWN:
	case UI_KEY_CTRL('N'):
		return 1;
	case UI_KEY_UP:
	case UI_KEY_CTRL('P'):
		return -1;
	case UI_KEY_PAGE_DOWN:
		return PAGE;
	case UI_KEY_PAGE_UP:
		return -PAGE;
	default:
		return 0;
	}
}

bool picker_key(struct app *a, uint32_t key, struct effects *fx)
{
	struct picker *p = &a->picker;
	if (a->overlay != OVERLAY_PICKER || key == UI_KEY_CTRL('L') || key == UI_KEY_CTRL('Z'))
		return false;
	if (key == UI_KEY_ESC)
		a->overlay = (enum overlay)p->under;
	else if (key == UI_KEY_ENTER)
		choose(a, false, fx);
	else if (key == UI_KEY_TAB)
		choose(a, true, fx);
	else if (steps_of(key))
		step(p, steps_of(key));
	else if (edit_key(&p->query, key))
		typed(p);
	return true;
}

bool picker_paste(struct app *a, const char *text)
{
	if (a->overlay != OVERLAY_PICKER)
		return false;
	edit_insert(&a->picker.query, text);
	typed(&a->picker);
	return true;
}

/* --- counts ---------------------------------------------------------------- */

struct page_query *picker_query(struct picker *p, int64_t now, size_t *row)
{
	for (*row = 0; *row < p->count; ++*row) {
		struct picker_row *r = &p->rows[*row];
		if (r->state != COUNT_WANTED)
			continue;
		r->state = COUNT_ASKED;
		return questions_count(r->kind, r->filter, r->sort, now);
	}
	return NULL;
}

void picker_ask_again(struct picker *p, size_t row)
{
	if (row < p->count && p->rows[row].state == COUNT_ASKED)
		p->rows[row].state = COUNT_WANTED;
}

void picker_answer(struct picker *p, size_t row, struct page *page)
{
	if (row < p->count && p->rows[row].state == COUNT_ASKED) {
		struct picker_row *r = &p->rows[row];
		r->count = page->total;
		r->state = page->error.code != ERR_NONE ? COUNT_NONE
			   : page->total_capped         ? COUNT_MORE
							: COUNT_KNOWN;
	}
	page_free(page);
}

/* --- on screen ------------------------------------------------------------- */

static void count_words(const struct picker_row *r, char text[FMT_TEXT * 2])
{
	char number[FMT_TEXT];
	text[0] = '\0';
	if (r->state == COUNT_WANTED || r->state == COUNT_ASKED)
		snprintf(text, FMT_TEXT, "…");
	else if (r->state >= COUNT_KNOWN)
		snprintf(text, FMT_TEXT * 2, "%s%s", r->state == COUNT_MORE ? ">" : "",
			 fmt_integer(r->count, number));
}

struct widths {
	int title, key, count;
};

static void widen(int *width, const char *text, int most)
{
	int n = utf8_swidth(text);
	n = n < most ? n : most;
	*width = n > *width ? n : *width;
}

static struct widths measure(const struct picker *p, int columns)
{
	struct widths w = {0, 0, 0};
	char count[FMT_TEXT * 2];
	int title = p->loose ? columns * 3 / 5 : columns * 2 / 5;
	if (p->loose && columns < NARROW)
		title = columns - KEY_MOST; /* notes can't be read there */
	for (size_t i = 0; i < p->count; i++) {
		count_words(&p->rows[i], count);
		widen(&w.title, p->rows[i].title, title);
		widen(&w.key, p->rows[i].key, KEY_MOST);
		widen(&w.count, count, 10);
	}
	return w;
}

static void draw_row(const struct app *a, const struct picker_row *r, struct pen p,
		     const struct widths *w, bool current)
{
	char count[FMT_TEXT * 2];
	enum role role = current ? ROLE_CURSOR : r->dim ? ROLE_DIM : ROLE_TEXT;
	count_words(r, count);
	pen_field(&p, 2, false, ROLE_CURSOR, 0,
		  current ? glyph(GLYPH_CURSOR, a->look.ascii) : "");
	pen_field(&p, 2, false, ROLE_KEY, 0,
		  r->current ? glyph(GLYPH_DONE, a->look.ascii) : "");
	pen_field(&p, w->title, false, r->current ? ROLE_STRONG : role, 0, r->title);
	pen_skip(&p, 2);
	if (w->key) {
		pen_field(&p, w->key, false, ROLE_KEY, 0, r->key);
		pen_skip(&p, 2);
	}
	int room = p.end - p.column - (w->count ? w->count + 3 : 1);
	if (room > 0)
		pen_field(&p, room, false, ROLE_DIM, 0, r->note);
	pen_skip(&p, 2);
	pen_field(&p, w->count, true, r->count ? ROLE_STRONG : ROLE_DIM, 0, count);
}

static void draw_query(const struct picker *p, struct cellbuf *b, struct rect r)
{
	struct pen pen = {b, r.row, r.column + 1, r.column + r.columns - 1};
	pen_put(&pen, ROLE_LABEL, 0, _("Find:"));
	pen_skip(&pen, 1);
	b->cursor_row = r.row;
	b->cursor_column = pen.column + utf8_width(p->query.text.s, p->query.at);
	pen_put(&pen, ROLE_PROMPT, 0, p->query.text.s);
	if (p->query.text.len)
		return;
	pen_skip(&pen, 2);
	pen_put(&pen, ROLE_DIM, 0, p->hint ? p->hint : _("type a few letters of the name"));
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	struct picker *p = &a->picker;
	const struct picker_row *one;
	struct rect in = box_draw(b, r, (int)(p->count ? p->count : 1) + 1, WIDTH, p->title,
				  a->look.ascii);
	struct widths w = measure(p, in.columns);
	size_t lines = in.rows > 1 ? (size_t)in.rows - 1 : 0;
	size_t first = p->at >= lines ? p->at - lines + 1 : 0;
	draw_query(p, b, in);
	for (size_t i = 0; i < lines && (one = picker_match(p, first + i)); i++)
		draw_row(a, one,
			 (struct pen){b, in.row + 1 + (int)i, in.column,
				      in.column + in.columns - 1},
			 &w, first + i == p->at);
	if (!picker_match_count(p))
		cellbuf_put(b, in.row + 1, in.column + 4, in.columns - 5, ROLE_DIM, 0,
			    p->count ? _("nothing here says this") : p->none);
}

static void tell(struct app *a, struct strbuf *out, int columns)
{
	struct picker *p = &a->picker;
	const struct picker_row *r;
	char count[FMT_TEXT * 2];
	tell_wrap(out, 0, columns, p->title);
	for (size_t i = 0; (r = picker_match(p, i)); i++) {
		count_words(r, count);
		char *text = xasprintf(
			"%zu  %s%s%s%s%s%s%s%s%s", tell_command_pick(a, r->command), r->title,
			*r->key ? " [" : "", r->key, *r->key ? "]" : "", *count ? ": " : "",
			count, *r->note ? " (" : "", r->note, *r->note ? ")" : "");
		tell_wrap(out, 4, columns, text);
		free(text);
	}
	if (!picker_match_count(p))
		tell_wrap(out, 0, columns, p->none);
}

static void move(struct app *a, enum motion m, int64_t n)
{
	step(&a->picker, m == MOVE_HOME   ? -PICKER_ROWS
			 : m == MOVE_END  ? PICKER_ROWS
			 : m == MOVE_ROWS ? n
					  : n * PAGE);
}

const struct view picker_view = {
	.context = CONTEXT_PICKER,
	.draw = draw,
	.move = move,
	.tell = tell,
};

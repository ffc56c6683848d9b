/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/fmt.h"
#include "text/utf8.h"
#include "ui/find.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define GUTTER 2
#define HEAD_ROWS 2 /* what is looked for, a blank line */
#define CODE_WIDTH_MOST 22
#define WHEN_WIDTH 11
#define LEAD 24 /* columns of a text in front of what was found far behind */

/* --- one record -------------------------------------------------------------- */

struct widths {
	int code, title, area, state; /* 0: left out */
};

static struct widths widths_for(const struct find *f, int columns)
{
	struct widths w = {8, 0, columns >= 120 ? 14 : 0, columns >= 76 ? 16 : 0};
	for (size_t i = 0; i < f->line_count; i++) {
		const struct record *r = f->lines[i].record;
		int width = r ? utf8_swidth(record_text(r, COL_CODE)) : 0;
		w.code = width > w.code ? width : w.code;
	}
	w.code = w.code < CODE_WIDTH_MOST ? w.code : CODE_WIDTH_MOST;
	int used = GUTTER + WHEN_WIDTH + 2 + w.code + 2;
	used += (w.area ? w.area + 2 : 0) + (w.state ? w.state + 2 : 0);
	w.title = columns > used ? columns - used : 0;
	return w;
}

static void put(struct pen *p, const struct found *f, size_t column, int width, enum role role,
		const char *text)
{
	struct found_cells cells[FOUND_MOST];
	size_t n = f && found_any(f) ? found_in(f, column, text, cells) : 0;
	int at = p->column;
	pen_field(p, width, false, role, 0, text);
	found_mark(p->b, p->row, at, p->column - at, cells, n);
	pen_skip(p, 2);
}

/* The text from some words in front of what was found in it; the whole of it where that is
 * near enough to its beginning.  Line breaks become blanks.  The caller frees. */
static char *excerpt(const char *text, size_t found)
{
	size_t start = found;
	for (int i = 0; i < LEAD && start; i++)
		start = utf8_previous(text, start);
	const char *blank = start ? strchr(text + start, ' ') : NULL;
	if (blank && (size_t)(blank - text) < found)
		start = (size_t)(blank - text) + 1;
	char *s = xasprintf("%s%s", start ? "… " : "", text + start);
	for (char *c = s; *c; c++)
		if (*c == '\n')
			*c = ' ';
	return s;
}

/* Its title; where what was looked for is in its text only, the text there. */
static void put_title(const struct app *a, struct pen *p, const struct record *r,
		      const struct found *f, int width, struct strbuf *scratch)
{
	struct pattern_range ranges[FOUND_MOST];
	struct shown s;
	show_value(&a->look, r, COL_TITLE, SHOW_IN_LIST, scratch, &s);
	if (!f || found_ranges(f, COL_TITLE, s.text, ranges)) {
		put(p, f, COL_TITLE, width, s.role, s.text);
		return;
	}
	show_value(&a->look, r, COL_BODY, SHOW_IN_LIST, scratch, &s);
	if (found_ranges(f, COL_BODY, s.text, ranges)) {
		char *text = excerpt(s.text, ranges[0].start);
		put(p, f, COL_BODY, width, s.role, text);
		free(text);
		return;
	}
	show_value(&a->look, r, COL_TITLE, SHOW_IN_LIST, scratch, &s);
	put(p, f, COL_TITLE, width, s.role, s.text);
}

static void draw_record(const struct app *a, struct pen *p, const struct find_line *line,
			const struct widths *w, bool current, struct strbuf *scratch)
{
	const struct record *r = line->record;
	const struct found *f = line->group ? &line->group->found : NULL;
	show_put(&a->look, p, r, COL_CREATED_AT, WHEN_WIDTH, scratch);
	put(p, f, COL_CODE, w->code, current ? ROLE_CURSOR : show_row_role(r),
	    record_text(r, COL_CODE));
	put_title(a, p, r, f, w->title, scratch);
	if (w->area)
		show_put(&a->look, p, r, COL_AREA, w->area, scratch);
	if (w->state)
		show_put(&a->look, p, r, COL_STATE, w->state, scratch);
}

/* --- other lines --------------------------------------------------------------- */

static void count_words(const struct page *p, char *text, size_t size)
{
	char number[FMT_TEXT];
	fmt_integer(p->total, number);
	if (p->total_capped)
		snprintf(text, size, _("more than %s"), number);
	else
		snprintf(text, size, "%s", number);
}

static void draw_heading(struct pen *p, const struct find_line *line)
{
	char count[FMT_TEXT * 2] = "";
	const struct find_group *g = line->group;
	if (!g) {
		pen_put(p, ROLE_HEADING, 0, _("Called so"));
		return;
	}
	pen_put(p, ROLE_HEADING, 0, _(g->kind->title));
	pen_skip(p, 3);
	if (g->pages[FIND_EXACT])
		count_words(g->pages[FIND_EXACT], count, sizeof count);
	pen_put(p, ROLE_STRONG, 0, count);
}

static void draw_line(const struct app *a, struct pen *p, size_t i, const struct widths *w,
		      struct strbuf *scratch)
{
	const struct find_line *line = &a->find.lines[i];
	bool current = i == a->find.cursor;
	pen_field(p, GUTTER, false, ROLE_CURSOR, 0,
		  current ? glyph(GLYPH_CURSOR, a->look.ascii) : "");
	switch (line->type) {
	case FIND_ROW:
		draw_record(a, p, line, w, current, scratch);
		break;
	case FIND_HEADING:
		draw_heading(p, line);
		break;
	case FIND_DIVIDER:
		pen_put(p, ROLE_DIM, 0, _("with other accents, or none"));
		break;
	case FIND_MORE:
		pen_put(p, current ? ROLE_CURSOR : ROLE_LINK, 0,
			_("all of them, in the queue"));
		break;
	case FIND_BLANK:
		break;
	}
}

/* --- the screen ------------------------------------------------------------------ */

/* Why there are no lines. */
static void draw_nothing(const struct app *a, struct pen *p)
{
	const struct find *f = &a->find;
	enum role role = ROLE_DIM;
	const char *text = _(
		"Words, a code, a phone or plate number: all queues are searched.");
	if (f->problem.code != ERR_NONE) {
		role = ROLE_WARN;
		text = f->problem.text;
	} else if (f->filter && *f->filter && (find_waits(f) || a->asker == ASKER_FIND)) {
		text = _("Looking…");
	} else if (f->filter && *f->filter) {
		text = _("Nothing is found in any queue.");
	}
	pen_put(p, role, 0, text);
}

static void draw_crumbs(const struct app *a, struct cellbuf *b, struct rect r)
{
	struct pen p = {b, r.row, r.column + 1, r.column + r.columns};
	const char *const parts[] = {_("Search"), _("All queues")};
	pen_crumbs(&p, parts, ARRAY_LEN(parts), a->look.ascii);
	if (a->find.filter && *a->find.filter) {
		pen_skip(&p, 3);
		pen_put(&p, ROLE_MATCH, 0, a->find.filter);
	}
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	struct find *f = &a->find;
	struct strbuf scratch = STRBUF_INIT;
	int rows = r.rows - HEAD_ROWS;
	draw_crumbs(a, b, r);
	find_lay_out(f, rows);
	struct widths w = widths_for(f, r.columns);
	for (int i = 0; i < rows && f->top + (size_t)i < f->line_count; i++) {
		struct pen p = {b, r.row + HEAD_ROWS + i, r.column, r.column + r.columns};
		draw_line(a, &p, f->top + (size_t)i, &w, &scratch);
	}
	struct pen p = {b, r.row + HEAD_ROWS, r.column + GUTTER, r.column + r.columns};
	if (!f->line_count)
		draw_nothing(a, &p);
	strbuf_free(&scratch);
	b->cursor_row = r.row + HEAD_ROWS + (int)(f->cursor - f->top);
	b->cursor_column = r.column;
}

static void move(struct app *a, enum motion m, int64_t n)
{
	int64_t page = a->layout.main.rows > 3 ? a->layout.main.rows - 3 : 1;
	switch (m) {
	case MOVE_ROWS:
		find_move(&a->find, n);
		break;
	case MOVE_HALVES:
		find_move(&a->find, n * (page / 2 + 1));
		break;
	case MOVE_PAGES:
		find_move(&a->find, n * page);
		break;
	case MOVE_HOME:
	case MOVE_END:
		find_move(&a->find, m == MOVE_HOME ? -FIND_LINES : FIND_LINES);
		break;
	}
}

/* All of the queue that was found: with the accents that were typed where the screen did not
 * show all of that. */
static void open_queue(struct app *a, struct list *l, const struct find_group *g)
{
	const struct page *exact = g->pages[FIND_EXACT], *loose = g->pages[FIND_LOOSE];
	bool whole = !exact || exact->at_end;
	char *words = whole && loose && loose->count ? find_loose(&a->find)
						     : xstrdup(a->find.filter);
	list_set_view(l, views_of_filter(a->config.views, l->kind, ""));
	list_set_filter(l, words);
	free(words);
}

/* The record in its queue, or the queue with what was looked for. */
static void open_line(struct app *a)
{
	struct find *f = &a->find;
	if (f->cursor >= f->line_count)
		return;
	const struct find_line line = f->lines[f->cursor];
	if (line.type != FIND_ROW && line.type != FIND_MORE)
		return;
	size_t queue = kind_index(line.group->kind);
	struct list *l = &a->lists[queue];
	tabs_go_to_queue(a, queue);
	if (line.type == FIND_MORE) {
		open_queue(a, l, line.group);
		return;
	}
	f->opened = line.record->rowid;
	f->opened_kind = l->kind;
	list_go_to_record(l, line.record->rowid);
	a->detail.open = true;
	a->detail.focused = a->detail.pinned = false;
}

static void click(struct app *a, int row, int column)
{
	(void)column;
	struct find *f = &a->find;
	int line = row - a->layout.main.row - HEAD_ROWS;
	if (line < 0 || f->top + (size_t)line >= f->line_count)
		return;
	size_t at = f->top + (size_t)line;
	if (at == f->cursor) {
		open_line(a);
		return;
	}
	const struct find_line *l = &f->lines[at];
	if (l->type != FIND_ROW && l->type != FIND_MORE)
		return;
	f->cursor = at;
	find_move(f, 0);
}

const struct view find_view = {
	.context = CONTEXT_FIND,
	.draw = draw,
	.move = move,
	.open = open_line,
	.click = click,
	.tell = tell_find,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* curses compares whole screens; comparing our own grids first is ten times cheaper, and most
 * wake-ups change nothing.  Rows that moved are found by curses (idlok), which then scrolls
 * the terminal instead of writing them again.  clear() is never called. */
#include "config.h"

#include "tty/blit.h"

#include <curses.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/alloc.h"
#include "text/utf8.h"
#include "tty/term.h"
#include "ui/colour.h"
#include "ui/theme.h"

#define GAP_MOST 3 /* unchanged cells that are written again rather than jumped over */
#define NOTHING UINT64_MAX

struct look {
	attr_t attr;
	int pair;
};

struct blit {
	struct term *term;
	int colours, pairs, rows, columns;
	uint64_t *shown; /* what each cell looked like: see cell_key */
	struct look looks[ROLE_COUNT];
	int cursor_row, cursor_column, cursor_visible;
	cchar_t *span; /* one row's worth */
};

static int terminal_colour(const struct blit *b, int32_t c)
{
	if (c == COLOUR_DEFAULT)
		return -1;
	return b->colours > 256 ? (int)colour_rgb(c) : c;
}

static int pair_for(struct blit *b, int32_t fg, int32_t bg)
{
	if (fg == COLOUR_DEFAULT && bg == COLOUR_DEFAULT)
		return 0;
	int pair = alloc_pair(terminal_colour(b, fg), terminal_colour(b, bg));
	return pair > 0 ? pair : 0;
}

static attr_t curses_attr(unsigned attr)
{
	attr_t a = A_NORMAL;
	if (attr & CELL_BOLD)
		a |= A_BOLD;
	if (attr & CELL_UNDERLINE)
		a |= A_UNDERLINE;
	if (attr & CELL_REVERSE)
		a |= A_REVERSE;
	return a;
}

void blit_theme(struct blit *b, const struct theme *t)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		struct style s = theme_style(t, (enum role)i, b->colours);
		b->looks[i].attr = curses_attr(s.attr);
		b->looks[i].pair = b->colours ? pair_for(b, s.fg, s.bg) : 0;
	}
	memset(b->shown, 0xff, (size_t)b->rows * (size_t)b->columns * sizeof *b->shown);
}

static void resize(struct blit *b, int rows, int columns)
{
	size_t n = (size_t)rows * (size_t)columns;
	b->rows = rows;
	b->columns = columns;
	b->shown = xreallocarray(b->shown, n, sizeof *b->shown);
	b->span = xreallocarray(b->span, (size_t)columns, sizeof *b->span);
	memset(b->shown, 0xff, n * sizeof *b->shown);
}

struct blit *blit_new(struct term *term, const struct theme *t)
{
	struct blit *b = xcalloc(1, sizeof *b);
	b->term = term;
	b->colours = term_colours(term);
	b->cursor_visible = -1;
	resize(b, 0, 0);
	blit_theme(b, t);
	return b;
}

void blit_free(struct blit *b)
{
	if (!b)
		return;
	free(b->shown);
	free(b->span);
	free(b);
}

void blit_forget(struct blit *b)
{
	resize(b, b->rows, b->columns);
	b->cursor_visible = -1;
	clearok(curscr, TRUE);
}

/* 48 bits of what stands in the cell, then role and attributes.  Clusters count by their
 * text: their numbers mean something within one grid only. */
static uint64_t cell_key(const struct cellbuf *g, const struct cell *c)
{
	uint64_t what = c->ch;
	if (c->ch != CELL_CONTINUED && (c->ch & CELL_CLUSTER)) {
		what = UINT64_C(14695981039346656037);
		for (const char *s = g->clusters[c->ch & ~CELL_CLUSTER]; *s; s++)
			what = (what ^ (unsigned char)*s) * UINT64_C(1099511628211);
		what |= UINT64_C(1) << 47;
	}
	return (what & UINT64_C(0xffffffffffff)) | (uint64_t)c->role << 48 |
	       (uint64_t)c->attr << 56;
}

/* The code points of a cell; their number is at most CCHARW_MAX. */
static size_t cell_wide(const struct cellbuf *g, const struct cell *c, wchar_t *out)
{
	if (!(c->ch & CELL_CLUSTER)) {
		out[0] = (wchar_t)c->ch;
		return 1;
	}
	const char *s = g->clusters[c->ch & ~CELL_CLUSTER];
	size_t n = strlen(s), count = 0;
	while (n && count < CCHARW_MAX) {
		uint32_t cp;
		size_t used = utf8_decode(s, n, &cp);
		out[count++] = (wchar_t)cp;
		s += used;
		n -= used;
	}
	return count;
}

/* One cell, or the two of a wide one, as curses wants them; returns how many were written.
 * Where the C library's idea of the width is not ours, everything to the right would shift:
 * a substitute of the right width stands in. */
static int convert(const struct blit *b, const struct cellbuf *g, const struct cell *c,
		   int width, cchar_t *out)
{
	const struct look *l = &b->looks[c->role < ROLE_COUNT ? c->role : ROLE_TEXT];
	attr_t attr = l->attr | curses_attr(c->attr);
	wchar_t text[CCHARW_MAX + 1];
	int pair = l->pair;
	size_t n = c->ch < 0x7f ? 1 : cell_wide(g, c, text);
	if (c->ch < 0x7f)
		text[0] = (wchar_t)c->ch;
	text[n] = L'\0';
	bool fits = c->ch < 0x7f ? c->ch >= ' ' : wcwidth(text[0]) == width;
	if (fits && setcchar(out, text, attr, (short)0, &pair) == OK)
		return 1;
	if (fits && n > 1) { /* a mark that curses does not take: the base alone */
		text[1] = L'\0';
		setcchar(out, text, attr, (short)0, &pair);
		return 1;
	}
	setcchar(out, L"\xfffd", attr, (short)0, &pair);
	if (width == 2)
		setcchar(out + 1, L" ", attr, (short)0, &pair);
	return width;
}

static void write_span(struct blit *b, const struct cellbuf *g, int row, int from, int to)
{
	const struct cell *line = g->cells + (size_t)row * (size_t)g->columns;
	int n = 0;
	for (int at = from; at < to;) {
		bool wide = at + 1 < g->columns && line[at + 1].ch == CELL_CONTINUED;
		n += convert(b, g, &line[at], wide ? 2 : 1, b->span + n);
		at += wide ? 2 : 1;
	}
	mvadd_wchnstr(row, from, b->span, n);
}

/* Hands over the changed stretches of one row. */
static int blit_row(struct blit *b, const struct cellbuf *g, int row)
{
	const struct cell *line = g->cells + (size_t)row * (size_t)g->columns;
	uint64_t *shown = b->shown + (size_t)row * (size_t)g->columns;
	int changed = 0, from = -1, last = -1;
	for (int at = 0; at < g->columns; at++) {
		uint64_t key = cell_key(g, &line[at]);
		if (key == shown[at])
			continue;
		shown[at] = key;
		changed++;
		if (from >= 0 && at - last > GAP_MOST) {
			write_span(b, g, row, from, last + 1);
			from = -1;
		}
		if (from < 0)
			from = at > 0 && line[at].ch == CELL_CONTINUED ? at - 1 : at;
		last = at;
		if (at + 1 < g->columns && line[at + 1].ch == CELL_CONTINUED)
			last = at + 1;
	}
	if (from >= 0)
		write_span(b, g, row, from, last + 1);
	return changed;
}

/* The cursor stays where it is told even while hidden: screen readers follow it. */
static bool place_cursor(struct blit *b, const struct cellbuf *g)
{
	int visible = g->cursor_row >= 0;
	bool moved = visible != b->cursor_visible;
	if (moved)
		curs_set(visible);
	leaveok(stdscr, !visible);
	moved = moved || (visible && (g->cursor_row != b->cursor_row ||
				      g->cursor_column != b->cursor_column));
	b->cursor_visible = visible;
	b->cursor_row = g->cursor_row;
	b->cursor_column = g->cursor_column;
	if (visible)
		move(g->cursor_row, g->cursor_column);
	return moved;
}

int blit_frame(struct blit *b, const struct cellbuf *g)
{
	if (g->rows != b->rows || g->columns != b->columns)
		resize(b, g->rows, g->columns);
	int changed = 0;
	for (int row = 0; row < g->rows; row++)
		changed += blit_row(b, g, row);
	if (!place_cursor(b, g) && !changed && !is_cleared(curscr))
		return 0;
	bool large = changed > g->rows * g->columns / 3;
	if (large)
		term_hold(b->term, true);
	wnoutrefresh(stdscr);
	doupdate();
	if (large)
		term_hold(b->term, false);
	term_flush(b->term);
	return changed;
}

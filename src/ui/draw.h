/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing in a part of the screen: rectangles, glyphs with their ASCII twins, and a pen that
 * moves along a line. */
#ifndef IOC_UI_DRAW_H
#define IOC_UI_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/cellbuf.h"

struct rect {
	int row, column, rows, columns;
};

/* Each has one column, in both sets. */
/* clang-format off */
#define GLYPHS(G)                                                                              \
	G(CURSOR, "▌", ">") G(MARK, "✓", "*") G(CUE, "!", "!") G(PAUSE, "‖", "=")             \
	G(UP, "▲", "^") G(DOWN, "▼", "v") G(CRUMB, "›", ">") G(DOT, "·", "-")                \
	G(DASH, "—", "-") G(HLINE, "─", "-") G(VLINE, "│", "|") G(TOP_LEFT, "┌", "+")         \
	G(TOP_RIGHT, "┐", "+") G(BOTTOM_LEFT, "└", "+") G(BOTTOM_RIGHT, "┘", "+")             \
	G(TEE_DOWN, "┬", "+") G(TEE_UP, "┴", "+") G(LIVE, "●", "*") G(RETRY, "◐", "~")        \
	G(HOLLOW, "○", "o") G(FILL, "◌", ".") G(CROSS, "✕", "x") G(QUERY, "?", "?")           \
	G(OFF, "–", "-") G(CHOSEN, "■", "x") G(UNCHOSEN, "□", ".") G(BAR, "█", "#")            \
	G(BAR_REST, "░", ".") G(LINK, "→", ">")                                               \
	G(SOON, "»", "~") G(TODAY, "·", "-") G(DONE, "✓", "+") G(DIFFERS, "≠", "#") G(WAITING, "⇡", "^")
/* clang-format on */

enum glyph {
#define G(name, utf8, ascii) GLYPH_##name,
	GLYPHS(G)
#undef G
		GLYPH_COUNT
};
const char *glyph(enum glyph g, bool ascii);
/* The same as a code point, for cellbuf_fill. */
uint32_t glyph_char(enum glyph g, bool ascii);
/* A bar of height 0 … 8, for trends. */
const char *glyph_spark(int height, bool ascii);

/* Moves to the right along a line, never past `end`. */
struct pen {
	struct cellbuf *b;
	int row, column, end;
};

/* Puts text and moves behind it; returns the columns used. */
int pen_put(struct pen *p, enum role role, unsigned attr, const char *text);
/* The same, padded or cut to `width` columns, so that what follows is aligned. */
void pen_field(struct pen *p, int width, bool right, enum role role, unsigned attr,
	       const char *text);
/* A number in so many columns and a blank behind it, the cue in front of it; none is dim and
 * needs no cue. */
void pen_count(struct pen *p, int width, int64_t n, enum role role, const char *cue);
/* Where one is: "Due › All queues"; parts that are NULL are left out. */
void pen_crumbs(struct pen *p, const char *const *parts, size_t n, bool ascii);
/* Leaves n blank columns. */
void pen_skip(struct pen *p, int n);

/* Puts text so that it ends before column `end`; returns the column where it starts.  Nothing
 * is drawn where it would start before `least`. */
int draw_right(struct cellbuf *b, int row, int least, int end, enum role role, unsigned attr,
	       const char *text);
void draw_rule(struct cellbuf *b, int row, int column, int width, bool ascii);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen as a grid of cells.  Screens draw into it, tty/ writes the difference to the
 * terminal, tests read it as text. */
#ifndef IOC_UI_CELLBUF_H
#define IOC_UI_CELLBUF_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/role.h"

/* One column of the screen.  A grapheme cluster of one code point stands in `ch`; longer ones
 * are CELL_CLUSTER | index into the buffer's cluster table.  The second column of a wide
 * cluster holds CELL_CONTINUED. */
struct cell {
	uint32_t ch;
	uint8_t role; /* enum role */
	uint8_t attr; /* enum cell_attr, on top of the role's own */
};
#define CELL_CLUSTER UINT32_C(0x80000000)
#define CELL_CONTINUED UINT32_C(0xffffffff)
enum cell_attr { CELL_BOLD = 1, CELL_UNDERLINE = 2, CELL_REVERSE = 4 };

struct cellbuf {
	int rows, columns;
	struct cell *cells; /* rows * columns */
	char **clusters;    /* UTF-8 of clusters that need more than one code point */
	uint32_t cluster_count, cluster_cap;
	int cursor_row, cursor_column; /* the hardware cursor; -1 hides it */
	uint32_t cut;                  /* the mark of a cut text: U+2026, or '~' in ASCII */
};

void cellbuf_init(struct cellbuf *b, int rows, int columns);
void cellbuf_resize(struct cellbuf *b, int rows, int columns); /* and clears */
void cellbuf_free(struct cellbuf *b);
/* Blanks everything, role ROLE_TEXT. */
void cellbuf_clear(struct cellbuf *b);
/* Puts text from (row, column) on, at most `width` columns, cut with "…" where it is longer.
 * Whatever can't be shown (controls, bidi, broken bytes) becomes a visible substitute: the
 * last of the guards, text was cleaned long before.  A wide cluster never straddles the end.
 * Outside the grid nothing happens.  Returns the columns used. */
int cellbuf_put(struct cellbuf *b, int row, int column, int width, enum role role,
		unsigned attr, const char *text);
/* Fills `width` cells with one character of one column. */
void cellbuf_fill(struct cellbuf *b, int row, int column, int width, enum role role,
		  uint32_t ch);
/* UTF-8 of a cell into buf[64]; "" for a continued one. */
const char *cellbuf_cell_text(const struct cellbuf *b, const struct cell *c, char *buf);

#endif

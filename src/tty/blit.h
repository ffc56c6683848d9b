/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the grid of cells to the terminal: only what changed goes to curses, and only what
 * differs on the terminal goes out. */
#ifndef IOC_TTY_BLIT_H
#define IOC_TTY_BLIT_H

#include "ui/cellbuf.h"

struct blit;
struct term;
struct theme;

/* For an open terminal, borrowed.  The theme is read here and not kept. */
struct blit *blit_new(struct term *term, const struct theme *t);
void blit_free(struct blit *b);
/* Another look: the next frame is handed over whole. */
void blit_theme(struct blit *b, const struct theme *t);
/* Nothing is known of what the terminal shows: the next frame paints all. */
void blit_forget(struct blit *b);
/* Shows the grid.  Costs nothing where nothing changed.  Returns the cells that did. */
int blit_frame(struct blit *b, const struct cellbuf *cells);

#endif

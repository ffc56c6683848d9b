/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A box over the middle of a screen, with a title in its border. */
#ifndef IOC_UI_BOX_H
#define IOC_UI_BOX_H

#include "ui/draw.h"

/* Draws the border of a box of that size, or of what there is room for, in the middle of r;
 * returns what lies within it. */
struct rect box_draw(struct cellbuf *b, struct rect r, int rows, int columns, const char *title,
		     bool ascii);

#endif

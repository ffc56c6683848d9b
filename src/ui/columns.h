/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns a list shows at a width, in which order, and how wide each is. */
#ifndef IOC_UI_COLUMNS_H
#define IOC_UI_COLUMNS_H

#include "model/kind.h"

#define COLUMNS_MOST 32 /* on screen at a time */

struct column_slot {
	int column;    /* index in kind->columns */
	int at, width; /* from the left edge of the rows */
};

enum column_wish { COLUMN_BY_WIDTH, COLUMN_ALWAYS, COLUMN_NEVER };

/* Fills at most COLUMNS_MOST slots for `width` columns of screen and returns how many.
 * wishes[kind->column_count] (or NULL) holds an enum column_wish for each column; code_width
 * is what the widest code needs: codes are cut only where nothing else can give way. */
size_t columns_layout(const struct kind *k, const unsigned char *wishes, int code_width,
		      int width, struct column_slot *slots);

/* All columns that a list can show, in the order of the screen: at most COLUMNS_MOST. */
size_t columns_order(const struct kind *k, int *order);

#endif

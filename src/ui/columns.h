/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns a list shows at a width, in which order, and how wide each is. */
#ifndef IOC_UI_COLUMNS_H
#define IOC_UI_COLUMNS_H

#include <stdbool.h>

#include "model/kind.h"

#define COLUMNS_MOST 64 /* of a kind */

struct column_slot {
	int column;    /* index in kind->columns */
	int at, width; /* from the left edge of the rows */
};

enum column_wish { COLUMN_BY_WIDTH, COLUMN_ALWAYS, COLUMN_NEVER };

/* What a layout is made for. */
struct column_wishes {
	const unsigned char *wishes; /* enum column_wish of each column; NULL: by width */
	int code_width; /* of the widest code: codes are cut only where nothing else can give
			   way */
	int sort;       /* this column stays; -1: none */
};

/* Whether the column is to be shown, where there is room for it. */
bool columns_wanted(const struct kind *k, const struct column_wishes *w, int column);
/* Fills at most COLUMNS_MOST slots for `width` columns of screen and returns how many. */
size_t columns_layout(const struct kind *k, const struct column_wishes *w, int width,
		      struct column_slot *slots);

/* All columns that a list can show, in the order of the screen: at most COLUMNS_MOST. */
size_t columns_order(const struct kind *k, int *order);

#endif

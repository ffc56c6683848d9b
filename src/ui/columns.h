/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns a list shows at a width, in which order, and how wide each is. */
#ifndef IOC_UI_COLUMNS_H
#define IOC_UI_COLUMNS_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "model/kind.h"

#define COLUMNS_MOST 64 /* of a kind */

struct column_slot {
	int column;    /* index in kind->columns */
	int at, width; /* from the left edge of the rows */
};

enum column_wish { COLUMN_BY_WIDTH, COLUMN_ALWAYS, COLUMN_NEVER };

/* What somebody chose for the lists of a kind; all zero: nothing. */
struct column_set {
	unsigned char order[COLUMNS_MOST]; /* these first … */
	size_t ordered;
	unsigned char wishes[COLUMNS_MOST]; /* enum column_wish of each column */
	unsigned char widths[COLUMNS_MOST]; /* 0: as usual */
};
#define COLUMN_NARROWEST 3
#define COLUMN_WIDEST 200

/* What a layout is made for. */
struct column_wishes {
	const struct column_set *set; /* NULL: nothing was chosen */
	int code_width; /* of the widest code: codes are cut only where nothing else can give
			   way */
	int sort;       /* this column stays; -1: none */
};

/* Whether the column is to be shown, where there is room for it. */
bool columns_wanted(const struct kind *k, const struct column_wishes *w, int column);
/* Fills at most COLUMNS_MOST slots for `width` columns of screen and returns how many. */
size_t columns_layout(const struct kind *k, const struct column_wishes *w, int width,
		      struct column_slot *slots);

/* All columns that a list can show, in the order of the screen: at most COLUMNS_MOST.  `set`
 * may be NULL. */
size_t columns_order(const struct kind *k, const struct column_set *set, int *order);

/* Moves a column in front of the one to its left (by < 0) or behind the one to its right, among
 * those that are wanted, or among all.  False where there is none. */
bool columns_move(const struct kind *k, struct column_set *set, int column, int by, bool all);

/* A set as a text, "due_at code title=40 unit!": these columns in this order and no others, of
 * that width, and those with ! even where there is little room.  Nothing is appended where
 * nothing was chosen. */
void columns_write(const struct kind *k, const struct column_set *set, struct strbuf *out);
/* Reads it; columns that the kind has not got are left out, so that texts of other versions can
 * be read, and where nothing is left nothing was chosen. */
void columns_read(const struct kind *k, struct column_set *set, const char *text);

#endif

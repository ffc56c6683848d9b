/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/layout.h"

#include <stddef.h>

#define HEADER_ROWS 2
#define RULES_FROM 16  /* rows of screen from which rules are worth their lines */
#define SIDE_FROM 160  /* columns from which the record stands beside the list unasked */
#define BELOW_FROM 40  /* rows from which it stands below */
#define SIDE_LEAST 100 /* columns and rows below which it can't */
#define BELOW_LEAST 22

static bool fits(int rows, int columns, enum split s)
{
	return s == SPLIT_SIDE    ? columns >= SIDE_LEAST
	       : s == SPLIT_BELOW ? rows >= BELOW_LEAST
				  : true;
}

static enum split resolve(int rows, int columns, enum split wish)
{
	if (wish != SPLIT_AUTO && fits(rows, columns, wish))
		return wish;
	if (columns >= SIDE_FROM)
		return SPLIT_SIDE;
	return rows >= BELOW_FROM ? SPLIT_BELOW : SPLIT_FULL;
}

enum split layout_next_split(int rows, int columns, enum split s)
{
	static const enum split ring[] = {SPLIT_SIDE, SPLIT_BELOW, SPLIT_FULL};
	size_t at = 0;
	while (at < 2 && ring[at] != resolve(rows, columns, s))
		at++;
	do
		at = (at + 1) % 3;
	while (!fits(rows, columns, ring[at]));
	return ring[at];
}

static void share(struct layout *l, struct rect body, enum split s)
{
	l->main = l->detail = body;
	l->detail_shown = true;
	l->main_shown = s != SPLIT_FULL;
	if (s == SPLIT_SIDE) {
		int width = body.columns * 11 / 20;
		l->divider = body.column + width;
		l->main.columns = width;
		l->detail.column = l->divider + 1;
		l->detail.columns = body.columns - width - 1;
	} else if (s == SPLIT_BELOW) {
		int rows = body.rows * 11 / 20;
		l->middle_rule = body.row + rows;
		l->main.rows = rows;
		l->detail.row = l->middle_rule + 1;
		l->detail.rows = body.rows - rows - 1;
	}
}

struct layout layout_make(int rows, int columns, bool banner, bool detail_open, enum split wish)
{
	struct layout l = {
		.too_small = rows < SCREEN_LEAST_ROWS || columns < SCREEN_LEAST_COLUMNS,
		.main_shown = true,
		.top_rule = -1,
		.bottom_rule = -1,
		.middle_rule = -1,
		.divider = -1,
		.banner = banner ? HEADER_ROWS : -1,
		.footer = rows - 1,
	};
	int head = HEADER_ROWS + banner;
	struct rect body = {head, 0, rows - head - 1, columns};
	if (rows >= RULES_FROM) {
		l.top_rule = head;
		l.bottom_rule = rows - 2;
		body.row++;
		body.rows -= 2;
	}
	l.main = body;
	if (detail_open)
		share(&l, body, resolve(rows, columns, wish));
	return l;
}

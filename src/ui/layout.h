/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of the screen lie. */
#ifndef IOC_UI_LAYOUT_H
#define IOC_UI_LAYOUT_H

#include <stdbool.h>

#include "ui/draw.h"

#define SCREEN_LEAST_ROWS 10
#define SCREEN_LEAST_COLUMNS 40

/* How list and record share the screen. */
enum split { SPLIT_AUTO, SPLIT_SIDE, SPLIT_BELOW, SPLIT_FULL };

struct layout {
	bool too_small;
	bool main_shown, detail_shown;
	struct rect main, detail;
	int top_rule, bottom_rule; /* rows of rules; -1: none */
	int middle_rule;           /* row of the rule above the detail; -1: none */
	int banner;                /* row of the hazard in force; -1: none */
	int divider;               /* column of the line left of the detail; -1: none */
	int footer;
};

struct layout layout_make(int rows, int columns, bool banner, bool detail_open,
			  enum split wish);
/* The next way of sharing that makes a difference on this screen. */
enum split layout_next_split(int rows, int columns, enum split s);

#endif

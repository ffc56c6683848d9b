/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that are nasty on purpose: what real feeds send once in a while.  Each says in
 * extra.note what is odd about it. */
#ifndef IOC_DEMO_ODD_H
#define IOC_DEMO_ODD_H

#include "demo/sketch.h"
#include "demo/rng.h"

enum odd {
	ODD_NONE,
	ODD_LONG,    /* a line of 100 KiB */
	ODD_NFD,     /* decomposed letters */
	ODD_EMOJI,   /* joined ones */
	ODD_ESCAPE,  /* terminal sequences */
	ODD_C1,      /* control characters of the upper half */
	ODD_BIDI,    /* overrides of the writing direction */
	ODD_STATE,   /* a state that nobody knows */
	ODD_MISSING, /* hardly any member */
	ODD_NOWHERE, /* coordinates 0, 0 */
	ODD_WIDE,    /* a title of 300 columns */
	ODD_FORMULA, /* what a spreadsheet would run */
	ODD_COUNT
};

/* Spoils a record that is otherwise finished. */
void odd_spoil(struct sketch *d, enum odd which, struct rng *r);

#endif

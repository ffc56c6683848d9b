/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marking rows that have to be asked for: all of a list, those that pass a filter, a range that
 * is longer than what is in hand. */
#ifndef IOC_UI_SWEEP_H
#define IOC_UI_SWEEP_H

#include "base/err.h"
#include "model/query.h"
#include "ui/marks.h"

struct app;

struct sweep {
	bool wanted;
	size_t queue;
	enum marks_deed deed;
	char *filter;     /* beside the list's own; NULL: none */
	int64_t from, to; /* a range; 0: all */
	bool turned;      /* its ends were exchanged: the one did not lie below the other */
};

/* Asks for the rows of the list on screen that pass `filter` (NULL: all of them). */
void sweep_start(struct app *a, enum marks_deed deed, const char *filter);
/* Ends the range of the list on screen, or begins one. */
void sweep_range(struct app *a);
void sweep_free(struct sweep *s);
struct page_query *sweep_query(struct app *a);
/* Takes the answer, and frees it. */
void sweep_answer(struct app *a, struct page *p);

#endif

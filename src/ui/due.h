/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Due screen's question, its answer and the cursor in it. */
#ifndef IOC_UI_DUE_H
#define IOC_UI_DUE_H

#include "model/due.h"
#include "model/forecast.h"

struct due_state {
	/* The question. */
	const struct kind *kind; /* NULL: all queues */
	enum due_by by;
	bool today; /* units that have the duties today; else those of the time */

	struct due_board *board; /* NULL: none yet */
	uint64_t generation;     /* of the question under way or answered last */
	bool stale, asked;
	int64_t not_before; /* a count of everything is not worth doing many times a second */

	size_t cursor;
	int top;    /* group on the first line */
	int height; /* lines of groups on screen */
	/* The other part: what will probably be late. */
	bool foretelling;
	struct forecast_page *forecast; /* NULL: none yet */
	uint64_t forecast_generation;
	bool forecast_stale, forecast_asked;
	int64_t forecast_not_before;
	int row, first; /* the cursor, and the row on the first line */

	char *held; /* name of the group that the cursor stays on; NULL: the first */
};

void due_init(struct due_state *d);
void due_free(struct due_state *d);

/* Another question, from the top. */
void due_set(struct due_state *d, const struct kind *kind, enum due_by by, bool today);
/* Records changed, or time went on. */
void due_changed(struct due_state *d, int64_t now);
/* Whether the answer should be asked for now. */
bool due_wants(const struct due_state *d, int64_t now);
/* The question, which counts as asked. */
struct due_query due_ask(struct due_state *d, int64_t now);
/* Takes the answer (and owns it); one to an older question is dropped. */
void due_answer(struct due_state *d, struct due_board *b);
/* The same for the other part; the query is the caller's. */
bool due_wants_forecast(const struct due_state *d, int64_t now);
struct forecast_query *due_ask_forecast(struct due_state *d, int64_t now);
void due_forecast_answer(struct due_state *d, struct forecast_page *p);
/* How many lines of groups the screen has. */
void due_set_height(struct due_state *d, int height);
/* Moves the cursor to a group, as near as there is one. */
void due_go_to(struct due_state *d, int64_t at);
/* The group under the cursor; NULL: none. */
const struct due_group *due_current(const struct due_state *d);
/* The queue in which the group presses most. */
const struct kind *due_pressing(const struct due_group *g);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to look which levels of escalation were reached: some seconds after rows changed, and
 * when the next one is due.  Of the writer's thread. */
#ifndef IOC_SYNC_WATCH_H
#define IOC_SYNC_WATCH_H

#include "store/escalation.h"

struct watch {
	bool news;      /* rows or rules changed since the last look */
	int64_t looked; /* monotonic */
	int64_t took;   /* ms, the last look */
	int64_t wake;   /* by the wall clock: when something may be reached; CLOCK_NONE */
};

#define WATCH_INIT                                                                             \
	{                                                                                      \
		.news = true, .looked = INT64_MIN / 2, .wake = CLOCK_NONE                      \
	}

/* Whether a look is due; a look never takes more than a fiftieth of the time. */
bool watch_is_due(const struct watch *w);
/* Rows or rules changed; with `much`, so many that a look should come at once. */
void watch_note(struct watch *w, bool much);
/* Looks; *l gets what is new.  -1 with *e: it is tried again as after a change. */
int watch_look(struct watch *w, struct db *db, struct journal *j, const struct rulebook *b,
	       struct escalation_list *l, struct err *e);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pass asks a feed for that is told apart by times or numbers: since when, or which
 * windows, and what is known afterwards.  Only the server's times count. */
#ifndef IOC_SYNC_PLAN_H
#define IOC_SYNC_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "api/connector.h"

#define MARK_TEXT 80

/* Up to where a feed is known; kept in the cache. */
struct mark {
	int64_t top;     /* changes up to here are in: ms, or a number; CLOCK_NONE: none */
	int64_t back;    /* of windows: from here on; of others: the newest that was met;
			    CLOCK_NONE */
	int64_t full_at; /* when everything was last asked for, by our clock; CLOCK_NONE */
};

#define MARK_NONE                                                                              \
	{                                                                                      \
		CLOCK_NONE, CLOCK_NONE, CLOCK_NONE                                             \
	}

/* Texts of another form are no mark. */
void mark_read(struct mark *m, const char *text);
void mark_write(const struct mark *m, char text[MARK_TEXT]);

/* One request's range, and what is to follow. */
struct plan {
	const struct resource *resource;
	struct mark mark;
	bool whole;         /* everything is asked for */
	int64_t now, floor; /* the server's clock; where the past ends (CLOCK_NONE: never) */
	int64_t span, edge; /* of the next window; up to where this pass has come */
	int64_t lo, hi;     /* of the present request; CLOCK_NONE: no bound */
	bool caught_up;     /* windows: the newest one is in */
};

/* Begins a pass at this time by the server's clock (as far as known), `wall` by ours, from
 * that mark.  `again`: everything is wanted anew. */
void plan_begin(struct plan *p, const struct resource *r, const struct mark *m, int64_t now,
		int64_t wall, bool again);
/* The bounds as the parameters want them; NULL where there is none.  The caller frees. */
char *plan_since(const struct plan *p);
char *plan_until(const struct plan *p);

/* The range came whole: `items` of them, the newest of which is `newest` (CLOCK_NONE: none);
 * the server's clock was `server_time` when it was asked (CLOCK_NONE: not told).  1: another
 * range follows; 0: that was all, the mark is new; -1: the range holds more than the server
 * gives and can't be made narrower. */
int plan_done(struct plan *p, int64_t items, int64_t newest, int64_t server_time, int64_t wall);
/* Whether what did not come in this pass is not there any more. */
bool plan_is_complete(const struct plan *p);

#endif

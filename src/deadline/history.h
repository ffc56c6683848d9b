/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record's history says about its states, read from record->detail without building
 * anything: this runs for every record of a first fill. */
#ifndef IOC_DEADLINE_HISTORY_H
#define IOC_DEADLINE_HISTORY_H

#include "model/record.h"

#define HISTORY_CODE 24 /* room for a state's code; longer ones are nobody's */

struct event {
	int64_t at;
	char from[HISTORY_CODE], to[HISTORY_CODE]; /* "" where unsaid */
	size_t order;                              /* in the history */
};

struct history {
	struct event *events; /* changes of state with a time, oldest first; in the arena */
	size_t count;
};

/* Whether the history may speak of this state at all; quick. */
bool history_mentions(const struct record *r, const char *code);
/* Reads it; entries that don't change the state, or without a time, are left out.  What is no
 * history is an empty one. */
struct history history_read(struct arena *a, const struct record *r);
/* The state before the i-th event: what it says, else what the one before led to. */
const char *history_before(const struct history *h, size_t i);
/* When the state that lasts until today was entered, if it is this one; CLOCK_NONE. */
int64_t history_entered(const struct history *h, const char *state);
/* When a state was first entered; CLOCK_NONE. */
int64_t history_first(const struct history *h, const char *state);

#endif

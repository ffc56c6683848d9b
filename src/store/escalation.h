/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escalation: a record that is late, or soon will be, is brought before the officer, then the
 * leader, then the Chairman, by the levels of its rule.  Each level of each of its clocks is
 * reached once, also over restarts and a cache made anew: the journal remembers it, the cache
 * has a copy for readers, and the record's history shows it. */
#ifndef IOC_STORE_ESCALATION_H
#define IOC_STORE_ESCALATION_H

#include "deadline/rulebook.h"
#include "store/db.h"
#include "store/journal.h"

/* A level that a record has reached. */
struct escalation_event {
	const struct kind *kind;
	const char *source, *id, *code; /* of the record */
	const char *unit, *state;
	const char *clock; /* code of the clock that runs */
	const char *whom;
	int level;
	int64_t due, reached, at; /* at: when it was noticed */
	bool silent; /* reached before its source was watched, or another level with it */
};

struct escalation_list {
	struct arena arena;
	struct escalation_event *events; /* only new ones, the longest due first */
	size_t count, cap;
};
void escalation_list_free(struct escalation_list *l);

/* Looks at what is open and due before long, and remembers in journal and cache what was
 * reached for the first time; *list gets it.  *wake: when something may be reached next
 * (CLOCK_NONE: nothing known).  The writer's connection, outside of a transaction.  -1 with
 * *e; then *list is empty, and what the journal has is not raised again. */
int escalation_scan(struct db *db, struct journal *j, const struct rulebook *b, int64_t now,
		    struct escalation_list *list, int64_t *wake, struct err *e);

/* Brings the cache's copy up to what the journal has. */
int escalation_follow(struct db *db, struct journal *j, struct err *e);
/* Remembers events in the journal, all or none; those that were there are marked by level 0. */
int escalation_remember(struct journal *j, struct escalation_event *list, size_t count,
			struct err *e);
/* Since when the source is watched: from now on where it wasn't.  CLOCK_NONE with *e. */
int64_t escalation_since(struct journal *j, const char *source, int64_t now, struct err *e);

/* Adds what the record has reached to the history in its detail, as done by "ioc". */
void escalation_add_history(struct db *db, struct arena *a, struct record *r);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened to a record's clock, by its columns and history, before any rule is asked; and
 * what a rule makes of it.  Settling and explaining both go by this. */
#ifndef IOC_DEADLINE_COURSE_H
#define IOC_DEADLINE_COURSE_H

#include "deadline/deadline.h"
#include "deadline/history.h"

struct course {
	enum clock_kind clock; /* CLOCK_KIND_COUNT: none ever ran, the rest is unset */
	int64_t start;         /* since when it runs */
	int64_t promised;      /* the source's deadline for this clock; CLOCK_NONE */
	bool earlier;          /* `promised` is in force only where it is before our own */
	bool date_only;        /* at midnight `promised` means the day, until it closes */
	int64_t end;           /* CLOCK_NONE: it has not ended, or nobody says when */
	bool ended;
	int64_t stood_since;       /* waits for the citizen since; CLOCK_NONE: it runs */
	int64_t late_from;         /* counts as late from here on, whatever its deadline */
	const struct span *pauses; /* that are over, oldest first */
	size_t pause_count;
	bool plain; /* dossiers: pauses move what was promised by plain time (QĐ 766) */
	bool guessed_pauses;  /* only their sum is known */
	int64_t publish_from; /* complaints: since when the publish clock runs; CLOCK_NONE */
	int supplements;      /* dossiers: how often one was asked for */
	int64_t reopened;     /* complaints: the last time; CLOCK_NONE */
};

/* `promised`: what the source gave as due_at, CLOCK_NONE where nothing.  All in the arena. */
void course_of(const struct rulebook *b, struct arena *a, const struct record *r,
	       int64_t promised, struct course *out);
void course_of_dossier(const struct rulebook *b, struct arena *a, const struct record *r,
		       int64_t promised, struct course *out);
void course_of_complaint(const struct rulebook *b, struct arena *a, const struct record *r,
			 int64_t promised, struct course *out);
/* Times in a state: the pauses that are over, and since when it stands in one. */
void course_add_pauses(struct course *c, struct arena *a, const struct history *h,
		       const struct record *r, bool (*pauses)(const char *state, void *context),
		       void *context);

struct reckoning {
	const struct rule *rule; /* NULL: none */
	const struct worktime *hours;
	int64_t own;         /* the rule's deadline as it was at the start; CLOCK_NONE */
	int64_t calc;        /* moved by pauses, in open time */
	int64_t promised;    /* the source's, as an instant */
	int64_t due;         /* in force; CLOCK_NONE */
	bool stands;         /* waits, and was not late before */
	const char *verdict; /* NULL: it runs, or can't be told */
	int64_t left;        /* open time left when it ended or came to stand */
};
void reckon(const struct rulebook *b, const struct record *r, const struct course *c,
	    struct reckoning *out);
/* From when a clock that runs is due soon. */
int64_t reckon_soon(const struct rulebook *b, const struct record *r, const struct rule *rule,
		    enum clock_kind clock, int64_t start, int64_t due);
/* What the source gave as deadline, before or after the record was settled. */
int64_t promised_by_source(const struct record *r);

#endif

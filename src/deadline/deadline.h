/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The deadline of a record: which clock runs, when it is due, how it ended, and why.
 *
 * deadline_settle fills the record's computed columns, in which only what holds for all time
 * stands (instants, never "late"), so that lists, filters and reports are right at any now.
 * deadline_look says what they mean at one instant. */
#ifndef IOC_DEADLINE_DEADLINE_H
#define IOC_DEADLINE_DEADLINE_H

#include "base/strbuf.h"
#include "deadline/rulebook.h"

/* Fills the computed columns (COL_DUE_SRC … COL_RULE) and COL_DUE_AT, which came as the
 * source's deadline and becomes the one in force:
 *   due_src    what the source promised
 *   due_calc   what our rule gives
 *   due_at     in force: the source's, else ours, moved by supplements; unset while the clock
 *              stands still and is not late already, where nothing is due, and where nothing
 *              more is due of a record that is open yet
 *   soon_at    from when on it is due soon
 *   clock      which one runs or ran last
 *   paused_at  since when it stands still; unset while it runs
 *   left_s     open seconds that were left then, or when the clock ended; below 0: missing
 *   verdict    early, ontime or late once the clock has ended, by QĐ 766/QĐ-TTg for dossiers;
 *              of complaints the handle clock's, also while the publish clock runs after it
 *   rule       id of the rule and version of the calendar
 * Texts are put into the arena.  May be called again on its own result. */
void deadline_settle(const struct rulebook *b, struct arena *a, struct record *r);

enum deadline_state {
	DEADLINE_NONE, /* nothing is due */
	DEADLINE_WITHIN,
	DEADLINE_TODAY, /* within, but due before this day ends */
	DEADLINE_SOON,
	DEADLINE_LATE,
	DEADLINE_PAUSED,
	DEADLINE_EARLY, /* ended at least a working day before it was due */
	DEADLINE_MET,
	DEADLINE_MET_LATE,
};

struct deadline_look {
	enum deadline_state state;
	int64_t due;    /* in force; CLOCK_NONE */
	int64_t left;   /* open milliseconds left, below 0: late by so much; of an ended clock
			   what   was left at its end */
	int64_t day;    /* open milliseconds that count as one day */
	bool differs;   /* source and rule differ by more than a working day */
	bool uncertain; /* counted over a year whose notices are missing */
};
/* What a settled record's deadline means at `now`; quick enough for every row of every frame.
 * `b` may be NULL: then time is counted by the clock on the wall. */
void deadline_look(const struct rulebook *b, const struct record *r, int64_t now,
		   struct deadline_look *out);

/* The open hours that the record's clock counts by; NULL: none. */
const struct worktime *deadline_hours(const struct rulebook *b, const struct record *r);

/* Explains the deadline step by step in plain words of the chosen language: what was received
 * when, which rule and calendar, what does not count and why, what the source says, what is in
 * force, how it stands at `now`.  Calls each(context, label, text) for each step; the label is
 * a short heading ("Received"), both are valid during the call.  The record needs its detail
 * for its history. */
void deadline_explain(const struct rulebook *b, const struct record *r, int64_t now,
		      void (*each)(void *context, const char *label, const char *text),
		      void *context);

/* When the running clock of a settled record reaches this escalation of its rule. */
int64_t deadline_level_time(const struct rulebook *b, const struct record *r,
			    const struct escalation *x);
/* Level of escalation reached at `now`, 0: none; *next is when the next one is reached
 * (CLOCK_NONE: never). */
int deadline_level(const struct rulebook *b, const struct record *r, int64_t now,
		   int64_t *next);

#endif

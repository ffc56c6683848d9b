/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which time limit holds for a record: rules by kind, category or procedure, each valid from a
 * day on and never retroactive.  They come from the file of rules (see ioc-deadlines(5)) and
 * from the province's own catalogues, which win.  Immutable once filled; any thread may read
 * it. */
#ifndef IOC_DEADLINE_RULEBOOK_H
#define IOC_DEADLINE_RULEBOOK_H

#include "base/strbuf.h"
#include "deadline/calendar.h"
#include "model/record.h"

/* The clocks that can run on a record, one at a time. */
enum clock_kind {
	CLOCK_ACCEPT,      /* complaint: taken and distributed */
	CLOCK_HANDLE,      /* complaint: result submitted */
	CLOCK_PUBLISH,     /* complaint: result approved and published */
	CLOCK_RETURN,      /* dossier: result at the one-stop desk */
	CLOCK_CALLBACK,    /* call: called back */
	CLOCK_ACKNOWLEDGE, /* alert: seen by a person */
	CLOCK_KIND_COUNT,
};

enum limit_unit {
	LIMIT_MINUTES,       /* of open time by the rule's calendar */
	LIMIT_HOURS,         /* the same in hours */
	LIMIT_WORKING_DAYS,  /* to the closing of the n-th working day; the first is not counted
			      */
	LIMIT_CALENDAR_DAYS, /* the same by the calendar; a last day off moves to the next
				worked */
	LIMIT_MONTHS,        /* to the same day of a later month, moved like that */
	LIMIT_SAME_DAY, /* to closing time; received after `after`, of the next working day */
};

struct limit {
	bool set;
	enum limit_unit unit;
	double amount;
	int after;            /* LIMIT_SAME_DAY: minutes since midnight */
	const char *calendar; /* by which it counts; NULL: the rule's */
};

/* Whom to tell, and when, that a record is late or will be. */
struct escalation {
	int level;        /* 1 … 9 */
	int64_t after;    /* open milliseconds after the deadline; below 0: before it */
	const char *whom; /* for people, such as "officer", "direct leader" */
};

struct rule {
	const char *id;       /* "complaint/an-ninh": for people and logs */
	const char *kind;     /* kind->id */
	const char *category; /* code of the category or procedure; NULL: all others */
	const char *flag;     /* only for records with this flag ("urgent"); NULL: all */
	int64_t from, to; /* valid for records received in from ≤ t < to; CLOCK_NONE: open */
	const char *calendar; /* "office", "always" … */
	struct limit limits[CLOCK_KIND_COUNT];
	int64_t soon; /* open milliseconds left from which it is due soon */
	const struct escalation *escalations; /* by `after` */
	size_t escalation_count;
	const char *basis; /* law, regulation or file that says so; may be NULL */
	const char *stamp; /* its id and the calendar's version, as records carry it */
};

/* How the rules are applied, where the law leaves it open or nobody has checked it. */
struct deadline_settings {
	int64_t early;       /* open milliseconds before its deadline from which a dossier's
				end is called early */
	int same_day_after;  /* minutes since midnight; of procedures in the catalogue */
	bool whole_days;     /* working days end at closing time; false: n times a day's open
				time after the reception */
	bool payment_pauses; /* a dossier's clock stands still while a fee is awaited */
	bool source_moves;   /* sources move their own date when a supplement has come */
	int extensions_most; /* re-appointments that a dossier may have */
};

struct rulebook;

/* Reads calendars and rules (IOC_DATA_DIR/deadlines.yaml, or config_dir/deadlines.yaml instead
 * of it).  NULL with *e "FILE:LINE:COLUMN: …". */
struct rulebook *rulebook_open(const struct paths *p, struct err *e);
/* From texts; the calendar is taken over. */
struct rulebook *rulebook_parse(struct calendar *c, const char *name, const char *text,
				size_t n, struct err *e);
void rulebook_free(struct rulebook *b);
/* Takes the limits in from a row of the catalogue of categories or procedures; rows without
 * limits are nothing.  Only while the book is being filled. */
void rulebook_add_row(struct rulebook *b, const struct record *row);

const struct calendar *rulebook_calendar(const struct rulebook *b);
const struct deadline_settings *rulebook_settings(const struct rulebook *b);
/* Changes whenever a rule, a catalogue's limit or the calendar does. */
const char *rulebook_version(const struct rulebook *b);
/* The rule for a record, by the day of its reception: of those that are valid then, one for a
 * flag that it has wins over one of a catalogue, that over one of the file for its category or
 * procedure, and that over the one for all others; among equals the one that came into force
 * last.  NULL: none, it has only the deadline that its source gives. */
const struct rule *rulebook_rule(const struct rulebook *b, const struct record *r);
/* The open hours by which a rule's clock counts for a unit. */
const struct worktime *rule_hours(const struct rulebook *b, const struct rule *rule,
				  enum clock_kind clock, const char *unit);
/* When the rule's limit for a clock that started at `from` is over; CLOCK_NONE: no limit. */
int64_t rule_end(const struct rulebook *b, const struct rule *rule, enum clock_kind clock,
		 const char *unit, int64_t from);
/* Reads "2 h", "30 min", "5 working days", "10 days", "1 month", "same day", and the same in
 * Vietnamese; -1 where it is none of them. */
int limit_parse(const char *text, struct limit *out);
/* The unit alone ("ngày LV"), as catalogues have it. */
int limit_unit_parse(const char *text, enum limit_unit *out);
/* A limit in plain words of the chosen language. */
void limit_describe(const struct limit *l, struct strbuf *out);

#endif

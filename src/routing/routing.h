/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules of distribution: which unit a record should go to, and who says so.  They come from a
 * file (see ioc-routing(5)), are read as a whole or not at all, and are immutable afterwards.
 * Which of their filters match a record is asked of the cache (store/router.h); which rule
 * then decides, and what it asks for, is said here. */
#ifndef IOC_ROUTING_ROUTING_H
#define IOC_ROUTING_ROUTING_H

#include <jansson.h>

#include "base/arena.h"
#include "deadline/rulebook.h"
#include "model/action.h"
#include "routing/faults.h"

#define ROUTING_RULES_MOST 500

/* What a rule may do. */
enum routing_mode {
	ROUTING_OFF,       /* nothing: as if it were not there */
	ROUTING_SUGGEST,   /* people are shown what it says, and accept it or not */
	ROUTING_AUTOMATIC, /* the writer does it */
};

/* How it is decided where several match. */
enum routing_match {
	ROUTING_FIRST,  /* the first in the file */
	ROUTING_SCORED, /* points are added up for each lead unit, the most points win */
};

struct routing_rule {
	const char *name;
	const struct kind *kind;
	const struct action *action; /* that distributes records of this kind */
	const char *filter;          /* "": every record */
	const char *unit;            /* code of the lead unit */
	const char *co_units;        /* codes, parted by ", "; "" */
	const char *category;        /* code of the field that it becomes; NULL: stays */
	const char *note;            /* NULL: none */
	struct limit deadline;       /* from the record's creation on */
	const char *calendar;        /* by which the deadline counts */
	int64_t score;               /* ROUTING_SCORED */
	enum routing_mode mode;
	bool backlog; /* automatic also for what was there before the rule was switched on */
	int line;     /* in the file, from 1 */
};

struct routing {
	struct arena arena;
	const char *path;
	enum routing_mode mode; /* ROUTING_OFF: of all rules, whatever they say */
	enum routing_match match;
	int64_t least;      /* points that decide; ROUTING_SCORED */
	int64_t per_minute; /* automatic acts at most */
	const char *role;   /* enum staff by name, in which the writer acts */
	struct routing_rule *rules;
	size_t count;
};

/* What the rules are checked against.  Any of the functions may be NULL: then codes are
 * believed. */
struct routing_world {
	/* What is wrong with a code of a catalogue, as a sentence in the arena; NULL: nothing.
	 */
	const char *(*wrong)(void *data, struct arena *a, const struct kind *catalogue,
			     const char *code);
	void *data;
	const struct filter_context *filters; /* what filters may ask, kind and now apart */
	const struct calendar *calendar;      /* NULL: names of calendars are believed */
	int64_t now;
};

/* Reads a file, or a text that `name` stands for in messages.  NULL with everything that is
 * wrong in *f, which the caller frees. */
struct routing *routing_load(const char *path, const struct routing_world *w, struct faults *f);
struct routing *routing_parse(const char *name, const char *text, size_t n,
			      const struct routing_world *w, struct faults *f);
void routing_free(struct routing *r);

/* The action that gives a record of this kind to a unit; NULL: there is none. */
const struct action *routing_action(const struct kind *k);
/* What has to be done before it in this state ("receive"), for which nothing need be said.
 * *before is NULL where the action fits at once.  False where neither does, or where the
 * record is distributed already. */
bool routing_steps(const struct kind *k, const char *state, const struct action **before);
/* Whether the record waits to be given to a unit and nobody has said to which one. */
bool routing_is_waiting(const struct record *r);

/* Whether any rule of the kind (NULL: of any) is in this mode, the file's own considered. */
bool routing_has(const struct routing *r, const struct kind *k, enum routing_mode mode);
/* The mode in which a rule works, the file's own considered. */
enum routing_mode routing_mode_of(const struct routing *r, const struct routing_rule *rule);
const char *routing_mode_name(enum routing_mode mode);

/* The rule that decides, of those whose hits[] is set (by their place in the file); NULL: none
 * does.  *points (may be NULL): those of its unit. */
const struct routing_rule *routing_choose(const struct routing *r, const struct kind *k,
					  const bool *hits, int64_t *points);

/* The instant that the rule's deadline means for a record; CLOCK_NONE: none, or it is over
 * already.  `b` may be NULL: then none. */
int64_t routing_due(const struct routing_rule *rule, const struct rulebook *b,
		    const struct record *r, int64_t now);
/* What is said with the action, as the writer and the gateway want it.  The note names the
 * rule, and whether a person accepted it.  The caller owns it. */
json_t *routing_fields(const struct routing_rule *rule, const struct rulebook *b,
		       const struct record *r, bool automatic, int64_t now);

#endif

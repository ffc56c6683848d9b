/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be typed next in a filter: fields, operators, states, choices, predicates, names of
 * catalogues, words for times.  The command line, the line mode and the shells' completion all
 * ask here, so that they offer the same. */
#ifndef IOC_MODEL_FILTER_COMPLETE_H
#define IOC_MODEL_FILTER_COMPLETE_H

#include "model/filter.h"

/* Candidates of one answer. */
#define FILTER_COMPLETE_MOST 200

enum filter_candidate_sort {
	CANDIDATE_FIELD,     /* "đơn-vị:" */
	CANDIDATE_PREDICATE, /* "late", behind "is:" */
	CANDIDATE_OPERATOR,  /* "<=" */
	CANDIDATE_VALUE,     /* a state, a choice, yes or no, none, any */
	CANDIDATE_NAME,      /* of a unit, area, field of work … */
	CANDIDATE_TIME,      /* "hôm-nay", "<4h" */
	CANDIDATE_WORD,      /* or, not */
};

struct filter_candidate {
	const char *text;  /* to stand in place of the piece: in quotes where it has to be */
	const char *about; /* in the chosen language, a few words; "" where there are none */
	enum filter_candidate_sort sort;
	bool ends; /* a blank may follow it; not so behind "đơn-vị:", where a value is due */
};

struct filter_completion {
	size_t start, end; /* the piece that a candidate replaces: bytes of the text */
	struct filter_candidate *list; /* what begins with the piece before what holds it */
	size_t count;
	bool more; /* there were more than FILTER_COMPLETE_MOST */
	/* The cursor is at a value of this text column, of which the model knows none: the
	 * cache may (store/values.h), beginning with `typed`, and filter_complete_add takes
	 * them in.  -1: no such column. */
	int column;
	const char *typed; /* what of the value stands before the cursor, without its quote */
};

/* What may stand at `cursor` (bytes, at most the text's length) of a text that need not be
 * right.  What it answers is in the arena; names of catalogues are offered where the context
 * has `name`.  Fields are named in the chosen language where the piece is empty, and in the one
 * that was begun where it is not; accents need not be typed.  A field that was completed is
 * offered with its colon.  Pure; any thread. */
struct filter_completion filter_complete(struct arena *a, const struct filter_context *c,
					 const char *text, size_t cursor);

/* Adds a value that the cache knows for .column, of which a record bears this much more (a
 * title, a count; "" for nothing).  Nothing where the list is full or has it already. */
void filter_complete_add(struct arena *a, struct filter_completion *f, const char *value,
			 const char *about);

/* The value as it must stand behind "field:" so that it is taken as one: in quotes where it
 * holds blanks or signs.  A quote in it becomes a blank. */
const char *filter_quote(struct arena *a, const char *value);

/* The name of a column in filters, in the chosen language: "due_at", "hạn", "đơn-vị". */
const char *filter_field_name(struct arena *a, const struct kind *k, int column);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter language: what a person types to narrow a list, as a tree.
 *
 *   word  wor*  "two words"          in the searched texts, without marks: duong finds đường
 *   field:value,value                is one of these; a text holds these words
 *   field:none  field:any            has no value, has one
 *   field<value  <= > >= =           field:a..b  field:a..  field:..b
 *   due_at<4h  created_at<1h         less than 4 h left; younger than 1 h
 *   finished_at<=due_at              one column against another
 *   is:late                          a predicate of the kind
 *   -x  !x   x y   x or y   x | y   (x y)
 *
 * A field is a column's id, one of its Vietnamese aliases, or its heading in either language,
 * with or without marks; "source" and "id" are known everywhere.  Times: now, now+4h,
 * now-30m, today, yesterday, tomorrow, 2026-11-21, 2026-11-21T08:00, 21/11/2026, 21/11;
 * units s m h d w, in Vietnamese also ph, g or giờ, ngày, tuần. */
#ifndef IOC_MODEL_FILTER_H
#define IOC_MODEL_FILTER_H

#include "base/arena.h"
#include "base/err.h"
#include "model/record.h"

enum filter_op {
	FILTER_ALL,     /* every record */
	FILTER_AND,     /* a and b */
	FILTER_OR,      /* a or b */
	FILTER_NOT,     /* not a */
	FILTER_OPEN,    /* somebody still has to do something: is:open */
	FILTER_WORDS,   /* words in a text: of the column, or of all searched ones */
	FILTER_IN,      /* column is one of values */
	FILTER_SET,     /* column has a value */
	FILTER_COMPARE, /* column against values[0] */
	FILTER_COLUMNS, /* column against another column */
};

enum filter_compare {
	FILTER_LESS,
	FILTER_LESS_EQUAL,
	FILTER_GREATER,
	FILTER_GREATER_EQUAL,
	FILTER_EQUAL,
};

/* In place of a column's index. */
#define FILTER_ANY_TEXT (-1) /* all searched columns */
#define FILTER_SOURCE (-2)   /* name of the source */
#define FILTER_ID (-3)       /* the source's id */

struct filter {
	enum filter_op op;
	const struct filter *a, *b;
	int column, other;
	enum filter_compare compare;
	struct value *values; /* of the column's type; FILTER_SOURCE and FILTER_ID: texts */
	size_t count;
	/* Folded, one blank between: must stand side by side.  Finished ones as text/word.h
	 * settles them. */
	const char *words;
	const char *typed; /* the same with the accents that were typed; NULL: without any */
	bool prefix;       /* the last of them is only the start of a word */
};

struct filter_context {
	const struct kind *kind;
	int64_t now;
	/* The n-th code behind a name of a catalogue, or NULL; may be NULL itself. */
	const char *(*resolve)(void *data, const struct kind *catalogue, const char *name,
			       size_t n);
	void *data;
};

/* Parses text (NULL or blank: every record) into the arena.  NULL with *e (ERR_USAGE, what is
 * wrong, where, what was perhaps meant) and *at, the byte where it is wrong (may be NULL). */
const struct filter *filter_parse(struct arena *a, const struct filter_context *c,
				  const char *text, size_t *at, struct err *e);

/* Whether every record that matches is open; the answer may be false where it is hard to tell.
 */
bool filter_implies_open(const struct filter *f, const struct kind *k);

#endif

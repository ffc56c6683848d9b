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
#include "text/tail.h"

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
	FILTER_TAIL, /* column is, ends with or holds words, which are backwards: text/tail.h */
	FILTER_NEAR, /* within values[2] metres of the point values[0], values[1] (.r) */
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
	enum tail_match tail;
};

/* A row of a catalogue. */
struct filter_name {
	const char *code, *title, *brief;
	int64_t from; /* valid from then on; INT64_MIN: ever */
};

/* A code as records bear it that were created at from ≤ t < to: some codes were given away
 * anew. */
struct filter_code {
	const char *code;
	int64_t from, to; /* INT64_MIN, INT64_MAX: whenever */
};

/* What place() has found. */
enum filter_place { PLACE_FOUND, PLACE_NO_RECORD, PLACE_NOT_KNOWN };

/* Only kind and now need be there. */
struct filter_context {
	const struct kind *kind;
	int64_t now;
	/* The n-th code behind a name of a catalogue, or NULL; may be NULL itself, as all the
	 * others. */
	const char *(*resolve)(void *data, const struct kind *catalogue, const char *name,
			       size_t n);
	void *data; /* of all the functions */
	/* The n-th of a code of a catalogue itself, all that stands below it, at any depth, and
	 * all that was merged into one of these; false where there are no more.  `from`: only
	 * what the code means since then; INT64_MIN: whatever it ever meant. */
	bool (*below)(void *data, const struct kind *catalogue, const char *code, int64_t from,
		      size_t n, struct filter_code *out);
	/* The n-th row of a catalogue; false where there are no more. */
	bool (*name)(void *data, const struct kind *catalogue, size_t n,
		     struct filter_name *out);
	/* Where the record of this code or id is: of the kind first, then of any. */
	enum filter_place (*place)(void *data, const struct kind *k, const char *code,
				   double *lat, double *lon);
	/* The instant so many open milliseconds (or working days) after t, below 0: before it;
	 * CLOCK_NONE where no calendar tells. */
	int64_t (*work)(void *data, int64_t t, int64_t amount, bool days);
	/* Who asks: name in records and login, either may be NULL; the code of the unit that
	 * they act for. */
	const char *me, *user, *unit;
	/* The text is only looked at, not used: what would have to be asked of the cache, the
	 * calendar or the configuration is believed. */
	bool believes;
};

/* Parses text (NULL or blank: every record) into the arena.  NULL with *e (ERR_USAGE, what is
 * wrong, where, what was perhaps meant) and *at, the byte where it is wrong (may be NULL). */
const struct filter *filter_parse(struct arena *a, const struct filter_context *c,
				  const char *text, size_t *at, struct err *e);

/* Whether the end of a text of this column is in the search index (text/tail.h): codes, plates,
 * phones. */
bool filter_has_tail(const struct column *c);

/* The number of the character at this byte, the first is 1: what messages say. */
size_t filter_character(const char *text, size_t at);

/* Whether every record that matches is open; the answer may be false where it is hard to tell.
 */
bool filter_implies_open(const struct filter *f, const struct kind *k);

#endif

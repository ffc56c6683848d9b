/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds: what a queue or catalogue is made of, as tables.  Schema, list, detail, filter
 * language, search index, export, report and gateway all read the same rows, so that header,
 * cell, sort, filter and export can't disagree.  A new kind is a new file with a table. */
#ifndef IOC_MODEL_KIND_H
#define IOC_MODEL_KIND_H

#include <stdbool.h>
#include <stddef.h>

/* Marks a text for translation where it can't be translated yet. */
#define N_(text) text

enum column_type {
	COLUMN_TEXT,
	COLUMN_INTEGER,
	COLUMN_REAL,
	COLUMN_TIME,     /* an instant: milliseconds UTC */
	COLUMN_DEADLINE, /* an instant, shown as the time that is left or exceeded */
	COLUMN_DURATION, /* whole seconds */
	COLUMN_FLAG,     /* 0 or 1 */
	COLUMN_STATE,    /* a code of kind->states */
	COLUMN_CHOICE,   /* a code of column->choices */
	COLUMN_REF,      /* a code of the catalogue kind named by column->ref */
};

/* Whether values of it are texts. */
static inline bool column_is_textual(enum column_type t)
{
	return t == COLUMN_TEXT || t == COLUMN_STATE || t == COLUMN_CHOICE || t == COLUMN_REF;
}

/* What a person's data it is, and so how it is masked (Luật 91/2025/QH15). */
enum column_personal {
	PERSONAL_NONE,
	PERSONAL_NAME,    /* Nguyễn V. A. */
	PERSONAL_PHONE,   /* 09****0000 */
	PERSONAL_PLATE,   /* 26A-123.** */
	PERSONAL_ADDRESS, /* down to the street */
	PERSONAL_TEXT,    /* free text: runs of 9 to 12 digits */
};

enum column_flag {
	COLUMN_SEARCHED = 1 << 0, /* in the full-text index */
	COLUMN_SORTED = 1 << 1,   /* offered for sorting; indexed over open records */
	COLUMN_INDEXED = 1 << 2,  /* indexed over all records too */
	COLUMN_LONG = 1 << 3,     /* may have many lines; shown in the detail only */
	COLUMN_COMPUTED = 1 << 4, /* filled by the writer, never by a source */
	COLUMN_TAIL = 1 << 5,  /* a code, searched: found by its end and by each part of it */
	COLUMN_STAFF = 1 << 6, /* who works at it: "me" is whoever asks; indexed over open */
};

struct choice {
	const char *code;
	const char *label; /* N_() */
};

struct column {
	const char *id;    /* field name in JSON, SQL, filters and export headers */
	const char *title; /* heading, N_() */
	enum column_type type;
	enum column_personal personal;
	unsigned flags;           /* enum column_flag */
	unsigned char min, width; /* columns of screen: least and wished; 0 0: not in lists */
	unsigned char keep; /* in lists: 1 stays longest, 9 goes first; 0: only on request */
	bool right;         /* aligned to the right */
	bool grows;         /* takes what room is left */
	const char *ref;    /* COLUMN_REF: id of a catalogue kind */
	const struct choice *choices; /* COLUMN_CHOICE: ended by {NULL, NULL} */
	const char *alias; /* Vietnamese names in filters, unaccented, comma-separated */
};

/* How a value or state should strike the eye; ui maps tones to theme roles and cues. */
enum tone { TONE_NORMAL, TONE_DIM, TONE_NEW, TONE_ACTIVE, TONE_GOOD, TONE_WARN, TONE_BAD };

enum state_flag {
	STATE_OPEN = 1 << 0,    /* somebody still has to do something */
	STATE_HANDLED = 1 << 1, /* done with a result */
	STATE_PAUSED = 1 << 2,  /* the clock stands still */
	STATE_WAITING = 1 << 3, /* nobody has taken it yet */
};

struct state {
	const char *code;
	const char *label; /* N_() */
	unsigned flags;    /* enum state_flag */
	enum tone tone;
};

/* A named question, written in the filter language: `is:late`. */
struct predicate {
	const char *name;
	const char *label; /* N_() */
	const char *filter;
};

struct kind {
	const char *id;               /* "complaint" */
	const char *plural;           /* "complaints": in URLs and on the command line */
	const char *title;            /* N_(): on tabs and headings */
	bool catalogue;               /* a list of names, not a queue */
	bool restricted;              /* needs a right of its own */
	bool optional;                /* a queue that is shown where it has records only */
	const struct column *columns; /* ended by a row whose id is NULL */
	const struct state *states;   /* ended by {NULL}; NULL for catalogues */
	const struct predicate *predicates; /* ended by {NULL}; may be NULL */
	const char *default_filter;         /* of the list on screen */
	const char *default_sort;           /* "due_at" or "-created_at" */
	size_t column_count;                /* filled in by kind.c's table, see COLUMNS() */
};

/* The first columns of every queue stand in this order, so that generic code can point at
 * them; a test holds every descriptor to it. */
enum standard_column {
	COL_CODE,
	COL_TITLE,
	COL_STATE,
	COL_SRC_STATE, /* the source's own word for the state, kept as it came */
	COL_CREATED_AT,
	COL_UPDATED_AT,
	COL_DUE_AT,
	COL_CLOSED_AT,
	COL_AREA,
	COL_UNIT,
	COL_CATEGORY,
	COL_SEVERITY, /* 0 … 5 */
	COL_CHANNEL,
	COL_LAT,
	COL_LON,
	COL_ADDRESS,
	COL_BODY,
	COL_DUE_SRC, /* from here on computed: see deadline/deadline.h */
	COL_DUE_CALC,
	COL_SOON_AT,
	COL_CLOCK,
	COL_PAUSED_AT,
	COL_LEFT_S,
	COL_VERDICT,
	COL_RULE,
	COL_STANDARD_COUNT,
};
/* Catalogues have at least code, title, valid_from and valid_to first. */
enum catalogue_column { CAT_CODE, CAT_TITLE, CAT_VALID_FROM, CAT_VALID_TO };

/* All kinds, queues first, in the order of the tabs; ended by NULL. */
extern const struct kind *const kinds[];
#define KIND_MOST 32

/* By id or plural; NULL where there is none. */
const struct kind *kind_find(const char *name);
/* Position in kinds[]; the kind must be one of them. */
size_t kind_index(const struct kind *k);
/* Index of a column by id, or -1. */
int kind_column(const struct kind *k, const char *id);
/* The state's row; NULL for a code that the kind does not know (shown raw, with a mark). */
const struct state *kind_state(const struct kind *k, const char *code);
/* Whether a record in this state waits for somebody; unknown states count as open, so that
 * nothing is hidden because a vendor invented a word. */
bool kind_state_is_open(const struct kind *k, const char *code);
const struct predicate *kind_predicate(const struct kind *k, const char *name);
/* The label of a choice, untranslated; NULL for an unknown code. */
const char *column_choice(const struct column *c, const char *code);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "//": what is typed, in all queues at once: the record that is called so, then the newest
 * matches of each queue, those with the accents that were typed before those without. */
#ifndef IOC_UI_FIND_H
#define IOC_UI_FIND_H

#include "model/query.h"
#include "ui/doc.h"
#include "ui/found.h"

#define FIND_ROWS 20 /* of a queue, at most */
#define FIND_QUEUES 8

/* What is asked about one queue. */
enum find_part {
	FIND_NAMED, /* records whose code is this */
	FIND_EXACT, /* the filter as it was typed */
	FIND_LOOSE, /* what it finds without its accents, and not with them */
	FIND_PARTS,
};

struct find_group {
	const struct kind *kind;
	struct page *pages[FIND_PARTS]; /* NULL: not asked for, or not answered yet */
	bool stale[FIND_PARTS];
	struct found found;
};

/* A line of the screen. */
enum find_line_type {
	FIND_BLANK,
	FIND_HEADING,
	FIND_ROW,
	FIND_DIVIDER, /* above what was found without the accents */
	FIND_MORE,    /* opens the queue */
};
struct find_line {
	enum find_line_type type;
	struct find_group *group; /* NULL: of the heading above named records */
	const struct record *record;
};
#define FIND_LINES 200

struct find {
	char *words;  /* as typed; NULL: nothing was asked for yet */
	char *filter; /* what it means */
	struct find_group groups[FIND_QUEUES];
	size_t group_count;
	struct err problem; /* why no queue could be asked */
	struct find_line lines[FIND_LINES];
	size_t line_count, cursor, top;
	/* The record that was chosen; 0: none was, the first one is in hand. */
	int64_t rowid;
	const struct kind *kind;
	/* The record that was opened last: what found it is marked there. */
	int64_t opened;
	const struct kind *opened_kind;
	bool anew; /* other words are asked for than those that a query under way is about */
	bool go;   /* Enter was typed: the one record that is called so is opened when known */
};

struct app;
struct effects;

void find_free(struct find *f);
/* Opens the screen, with the prompt where there are no words. */
void find_open(struct app *a, const char *words, bool prompt, struct effects *fx);
/* What is being typed changed; it was entered, or (NULL) given up. */
void find_typed(struct app *a, const char *text);
void find_done(struct app *a, const char *text);

/* The next question, about group *index / FIND_PARTS; NULL: all is answered. */
struct page_query *find_query(struct find *f, int64_t now, size_t *index);
/* Whether what is under way has become useless; forgets that. */
bool find_asked_anew(struct find *f);
/* The query was lost on the way: it is wanted again. */
void find_ask_again(struct find *f, size_t index);
void find_answer(struct app *a, size_t index, struct page *p);
/* Records of the kind changed. */
void find_changed(struct find *f, const struct kind *k);
/* The record under the cursor; NULL: none. */
const struct record *find_current(const struct find *f);
/* What is marked in a record that was opened from here; NULL where it was not. */
const struct found *find_marks(const struct find *f, const struct kind *k, int64_t rowid);

/* --- find_lines.c --- */
/* Lays the lines out for so many rows; the cursor stays on its record. */
void find_lay_out(struct find *f, int rows);
/* Moves the cursor by so many lines that can be chosen. */
void find_move(struct find *f, int64_t n);
/* The filter without the accents; the caller frees. */
char *find_loose(const struct find *f);
/* Whether an answer is still to come. */
bool find_waits(const struct find *f);
/* Records that are called so, by their code, their plate or their phone; `most` at most. */
size_t find_named(const struct find *f, const struct record **out, size_t most);

#endif

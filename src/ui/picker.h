/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list over the screen to pick from: views, places, records seen lately.  What is typed
 * narrows it; each row is a command. */
#ifndef IOC_UI_PICKER_H
#define IOC_UI_PICKER_H

#include "model/query.h"
#include "ui/edit.h"
#include "ui/effect.h"
#include "ui/event.h"

struct app;

#define PICKER_ROWS 500

struct picker_text;
enum picker_count { COUNT_NONE, COUNT_WANTED, COUNT_ASKED, COUNT_KNOWN, COUNT_MORE };

struct picker_row {
	char *title, *note, *key, *command; /* owned; note and key may be "" */
	/* How many records it shows: a question of this kind, filter and order. */
	const struct kind *kind;
	char *filter, *sort;
	enum picker_count state;
	int64_t count;
	bool current;             /* where one is */
	char *words;              /* by which it is found as well; owned, NULL: none */
	bool dim;                 /* it would be refused now */
	struct picker_text *text; /* of picker_match.c */
};

struct picker {
	const char *title, *none; /* translated; what to say where it is empty */
	struct edit query;
	struct picker_row *rows;
	size_t count, cap;
	/* Those that pass what is typed; found when they are wanted and not `matched`. */
	size_t matches[PICKER_ROWS], match_count;
	bool matched;
	size_t at;        /* the row in hand, among those that pass */
	const char *hint; /* in place of what is typed; NULL: the usual one */
	bool loose;       /* most of the words typed are enough */
	uint64_t awaited; /* the palette's: generation of what was asked for; 0: nothing */
	int under;        /* the overlay that it lies over */
};

void picker_free(struct picker *p);
/* Empties it and opens it; rows are added then.  `title` and `none` are borrowed for good. */
void picker_open(struct app *a, const char *title, const char *none);
/* Adds a row; all texts are copied.  NULL where there are PICKER_ROWS already. */
struct picker_row *picker_add(struct picker *p, const char *title, const char *note,
			      const char *key, const char *command);
/* The cursor on the row that is `current`. */
void picker_go_to_current(struct picker *p);

/* While it is open: whether the key or paste was its own. */
bool picker_key(struct app *a, uint32_t key, struct effects *fx);
bool picker_paste(struct app *a, const char *text);

/* The question behind the next count that is wanted; NULL: none is.  *row is whose. */
struct page_query *picker_query(struct picker *p, int64_t now, size_t *row);
/* It was lost on the way. */
void picker_ask_again(struct picker *p, size_t row);
void picker_answer(struct picker *p, size_t row, struct page *page);

/* --- picker_match.c --- */
void picker_text_free(struct picker_text *t);
/* The n-th of the rows that pass what is typed, the best first; NULL: there are no more. */
struct picker_row *picker_match(struct picker *p, size_t n);
size_t picker_match_count(struct picker *p);

#endif

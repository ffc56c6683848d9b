/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was looked at: back and forward as in a browser, bookmarks under a letter, and the
 * records that were on screen lately.  The latter two outlive the console. */
#ifndef IOC_UI_PLACES_H
#define IOC_UI_PLACES_H

#include "ui/list.h"

struct app;
struct effects;

#define PLACES_MOST 100
#define SEEN_MOST 100

/* A tab, and in a list the question and the record that the cursor was on. */
struct place {
	size_t tab, queue;       /* queue: index in app->lists, NO_QUEUE: the tab has no list */
	const struct kind *kind; /* of the list */
	struct list_place list;  /* of no use where there is none */
	char code[96];           /* of the record; "": none */
	bool opened;             /* it was shown in full */
};

enum place_letter { LETTER_NONE, LETTER_SET, LETTER_GO };

struct places {
	struct place list[PLACES_MOST];
	size_t count, at;
	bool jump; /* the next record is another place, not the cursor's next step */
	enum place_letter waiting; /* for the letter of a bookmark */
	/* The record on screen: it counts as seen after a while. */
	const struct kind *seen_kind;
	int64_t seen_rowid, seen_since;
	bool seen;
};

void places_free(struct places *p);
/* After every event: notes where the operator is. */
void places_settle(struct app *a);
/* The letter of a bookmark, where one is waited for: whether the key was that. */
bool places_key(struct app *a, uint32_t key);

/* By n places back (< 0) or forward; false: there are no more. */
bool places_step(struct app *a, int64_t n);
/* -1 with *e: no such letter, or no bookmark has it. */
int places_set_bookmark(struct app *a, const char *letter, struct err *e);
int places_go_to_bookmark(struct app *a, const char *letter, struct err *e);
/* The n-th of the records seen lately, from 0 on; false: there are no more. */
bool places_recent(const struct app *a, size_t n, const struct kind **k, const char **code,
		   int64_t *at);
/* The pickers. */
void places_pick(struct app *a);
void places_pick_bookmark(struct app *a);
void places_pick_recent(struct app *a);

#endif

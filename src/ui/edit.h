/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text being typed, of one line or many: what keys do to it. */
#ifndef IOC_UI_EDIT_H
#define IOC_UI_EDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

#define EDIT_MOST 16000 /* bytes */
#define EDIT_PAST 32    /* steps that can be taken back */

struct edit_past {
	char *text;
	size_t at;
};

struct edit {
	struct strbuf text;
	size_t at; /* byte before which the cursor stands, at the start of a cluster */
	bool lines;
	int room; /* columns that a line has on screen; 0: lines are not broken */
	struct edit_past past[EDIT_PAST]; /* as it was before each step, oldest first */
	size_t past_count;
	bool typing; /* the last step was a letter: those that follow belong to it */
};

void edit_free(struct edit *t);
/* Another text, the cursor at its end; what was there before is forgotten. */
void edit_set(struct edit *t, const char *text);
/* The same as a step that can be taken back, the cursor before byte `at`. */
void edit_replace(struct edit *t, const char *text, size_t at);
/* Puts text in at the cursor, cleaned; in one line newlines become blanks.  Whether there was
 * room for it. */
bool edit_insert(struct edit *t, const char *s);
/* Takes the last step back; false where there is none. */
bool edit_undo(struct edit *t);
/* Where the line on screen that begins at `at` ends, in a line of the text that ends at `to`:
 * behind a blank where there is one. */
size_t edit_break(const struct edit *t, size_t at, size_t to);
/* Whether the key meant something here.  Up and down only move between lines on screen.  In a
 * text of lines the gaps of a reply (model/reply.h) count as one character for what is typed:
 * it takes their place.  Ctrl-_ takes back, Ctrl-N goes to the next gap. */
bool edit_key(struct edit *t, uint32_t key);

#endif

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
/* Whether the key meant something here.  Up and down only move between lines.  In a text of
 * lines the gaps of a reply (model/reply.h) count as one character for what is typed: it takes
 * their place.  Ctrl-_ takes back, Ctrl-N goes to the next gap. */
bool edit_key(struct edit *t, uint32_t key);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be typed next in a line of commands: made of the table of commands, so that a
 * command is completed as soon as it is there. */
#ifndef IOC_UI_COMPLETE_H
#define IOC_UI_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/complete.h"

struct app;
struct action_field;
struct command;

struct candidate {
	const char *text;  /* to stand in place of the piece */
	const char *about; /* a few words; "" for none */
	bool ends;         /* a blank follows it */
	int rank;          /* 3 begins with what was typed, 1 holds it somewhere */
};

struct completion {
	struct arena arena;
	size_t start, end; /* bytes of the text that a candidate replaces */
	const char *typed; /* what stands there */
	struct candidate *list;
	size_t count, cap;
	bool more; /* there are others */
	/* What has to be asked for before all of it is there; NULL: nothing.  Owned. */
	struct complete_query *ask;
	bool filter; /* what is asked for has to be quoted as filters want it */
};

void completion_free(struct completion *c);
/* Candidates for the byte `cursor` of a text of commands; the best first. */
void complete_commands(struct app *a, const char *text, size_t cursor, struct completion *c);
/* The same for a filter of the list on screen, which begins at byte `start` of the text. */
void complete_filter(struct app *a, const char *text, size_t start, size_t cursor,
		     struct completion *c);
/* Adds what was asked for. */
void completion_add_answer(struct completion *c, const struct complete_answer *a);
/* What all candidates have in common beyond what was typed: so many bytes of the first one's
 * text; 0: nothing. */
size_t completion_common(const struct completion *c);

/* --- between the files of completion --- */

/* Begins a piece: bytes start … cursor of the text. */
void completion_at(struct completion *c, const char *text, size_t start, size_t cursor);
/* Adds a candidate where it fits what was typed.  Texts are copied. */
void completion_try(struct completion *c, const char *text, const char *about, bool ends);
/* Where the first folded text is in the other: 3 at its beginning, 2 at that of a word, 1
 * inside; 0: nowhere. */
int completion_rank(const char *needle, const char *text);
/* Asks the cache or a folder for what begins so. */
void completion_ask(struct completion *c, enum complete_what what, const struct kind *k,
		    int column, const char *typed);
/* Names of sources; of commands and aliases. */
void complete_sources(const struct app *a, struct completion *c);
void complete_names(struct app *a, struct completion *c, bool ends);
/* The words of a command from byte `start` of the text on. */
void complete_words(struct app *a, const struct command *cmd, const char *text, size_t start,
		    size_t cursor, struct completion *c);
/* Those of act and do. */
void complete_act(struct app *a, const char *text, size_t start, size_t cursor,
		  struct completion *c);
void complete_do(struct app *a, const char *text, size_t start, size_t cursor,
		 struct completion *c);

#endif

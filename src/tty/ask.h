/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for one line in line mode: by readline where the terminal can move its cursor, else by
 * reading what comes.  The caller polls; nothing here waits. */
#ifndef IOC_TTY_ASK_H
#define IOC_TTY_ASK_H

#include <stdbool.h>

struct ask;

struct ask_config {
	const char
		*history_file; /* lines are read from it and added to it (0600); NULL: none */
	/* What may stand in the place of the word that begins at byte `start` of the line, each
	 * and their list from malloc, the list ended by NULL; NULL: nothing. */
	char **(*complete)(void *context, const char *line, int start);
	void *context;
};

/* One at a time, on standard input and output. */
struct ask *ask_new(const struct ask_config *c);
/* Gives the terminal back as it was. */
void ask_free(struct ask *a);
/* Whether the line can be hidden while something is printed, and shown again. */
bool ask_can_hide(const struct ask *a);
/* Shows the question, with a text in it where the terminal can do that; without a person at
 * the other end nothing is shown.  `remember`: the line goes into the history. */
void ask_open(struct ask *a, const char *question, const char *text, bool remember);
/* Takes the line off the screen and puts it back, with what was typed. */
void ask_hide(struct ask *a);
void ask_show(struct ask *a);
/* Gives up what is being typed. */
void ask_close(struct ask *a);

enum ask_result {
	ASK_OPEN,    /* not entered yet */
	ASK_ENTERED, /* ask_text is what was entered */
	ASK_ENDED,   /* there will be no more lines */
};
/* Takes what has come on standard input; call it when that is readable, and again while
 * ask_has_more. */
enum ask_result ask_take(struct ask *a);
/* Whether a line lies here already, so that nothing need be polled for. */
bool ask_has_more(const struct ask *a);
/* Cleaned; valid until the next line. */
const char *ask_text(const struct ask *a);
/* Columns and rows of the terminal; false where there is none or it does not tell. */
bool ask_size(int *rows, int *columns);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one language of keys, prompt, mouse and scripts: command text, run by a table. */
#ifndef IOC_UI_COMMAND_H
#define IOC_UI_COMMAND_H

#include <stddef.h>

#include "base/err.h"
#include "ui/effect.h"

struct app;

#define WORDS_MOST 4
struct words {
	size_t count;
	const char *list[WORDS_MOST];
};

/* What the words are, for completion. */
enum takes {
	TAKES_NOTHING,
	TAKES_WORD, /* one of those that `args` names: "[then|now]" */
	TAKES_WORDS,
	TAKES_NUMBER,
	TAKES_RECORD,
	TAKES_FILTER,
	TAKES_QUEUE,
	TAKES_VIEW,
	TAKES_COLUMN,
	TAKES_ACTION,
	TAKES_SOURCE,
	TAKES_COMMAND,
	TAKES_THEME,
	TAKES_FILE,
};

struct command {
	const char *name;
	const char *args; /* for people: "[N]"; "" for none */
	enum takes takes;
	size_t least, most; /* words it takes */
	const char *help;   /* one line, N_() */
	const char *hint;   /* a word for the key line, N_(); NULL: not told there */
	int (*run)(struct app *a, const struct words *w, struct effects *fx, struct err *e);
};

/* Each is ended by a row whose name is NULL, all by NULL. */
extern const struct command *const command_tables[];
/* The n-th of all; NULL behind the last one. */
const struct command *command_nth(size_t n);
/* By its name or an unambiguous beginning of it; NULL with *e. */
const struct command *command_find(const char *name, struct err *e);
/* Whether the text is a command with as many words as it takes; -1 with *e. */
int command_check(const char *text, struct err *e);
/* Runs it. */
int command_run(struct app *a, const char *text, struct effects *fx, struct err *e);

#endif

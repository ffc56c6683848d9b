/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one language of keys, prompt, mouse and scripts: command text, run by a table. */
#ifndef IOC_UI_COMMAND_H
#define IOC_UI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "ui/effect.h"

struct aliases;
struct app;

#define COMMAND_SIZE 8192 /* bytes of one command, its end counted */
#define WORDS_MOST 4
struct words {
	size_t count;
	const char *list[WORDS_MOST];
	size_t at[WORDS_MOST]; /* where each begins, in bytes of what was read */
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
	TAKES_COMMANDS, /* several, parted by ";": all the rest of the line */
	TAKES_BINDING,  /* a context, keys, then commands as above */
	TAKES_KEYS,     /* a context and keys */
	TAKES_ALIAS,
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

/* A text may hold several commands, parted by ";".  In quotes, behind a backslash, and in what
 * alias and bind take, a ";" parts nothing. */
struct command_piece {
	size_t start, n; /* bytes of the text, without blanks round them */
};
/* The next one of the text from *at on, which moves behind it; false where there is none. */
bool command_next(const char *text, size_t *at, struct command_piece *piece);
/* Where the last one of the text begins; the text's end where a new one is due. */
size_t command_last(const char *text);
/* Whether each command of the text is one, or an alias, and has as many words as it takes; -1
 * with *e.  `aliases` may be NULL. */
int command_check(const char *text, const struct aliases *aliases, struct err *e);
/* Runs one command, which is no alias.  -1 with *e and *at, the byte of the text where it is
 * wrong (may be NULL). */
int command_run(struct app *a, const char *text, struct effects *fx, struct err *e, size_t *at);

#endif

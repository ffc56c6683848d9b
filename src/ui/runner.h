/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs texts of several commands: what was typed, bound to a key, named by an alias, or stands
 * in a file.  A command that asks the cache has its answer before the next one is run, so that
 * "queue complaints; mark-all; act" does what it says; keys typed meanwhile wait.  Everything
 * is bounded, and the first error ends all of it. */
#ifndef IOC_UI_RUNNER_H
#define IOC_UI_RUNNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct app;
struct effects;

#define RUNNER_DEPTH 16       /* aliases and files in one another */
#define RUNNER_FILES 8        /* of them files */
#define RUNNER_MOST 10000     /* commands of one run */
#define RUNNER_PATIENCE 10000 /* ms that an answer is waited for */

/* A text that is being run: one line, or a file line by line. */
struct run_frame {
	char *line;
	size_t at, start; /* behind, and at the beginning of the command that runs */
	char *name;       /* of the alias or file; NULL: neither */
	char *file;       /* the file's text; NULL: none */
	size_t file_at;
	int number;  /* of the line in the file */
	bool prompt; /* typed: where it fails it is brought back */
};

struct runner {
	struct run_frame frames[RUNNER_DEPTH];
	size_t depth;
	char *next;       /* the next command, which waits; NULL: not known yet */
	size_t ran;       /* commands of this run */
	char *file_asked; /* a file that is being read; NULL: none */
	int64_t since;    /* an answer is waited for since; CLOCK_NONE: none is */
	struct err error; /* how the last run ended */
	/* The last line that asked the list something, and where its filter begins: the cache
	 * may find it wrong yet.  NULL: none. */
	char *asked;
	size_t asked_at;
	bool asked_at_prompt;
	/* The last line that was wrong, and where.  NULL: none. */
	char *wrong;
	size_t wrong_at;
};

void runner_free(struct runner *r);
/* Runs the text, as far as it can be at once: behind what is being run already.  -1 with *e
 * where it failed at once; later errors are told on screen. */
int runner_start(struct app *a, const char *text, struct effects *fx, struct err *e);
/* The same with what was typed at the prompt: where it fails, the prompt opens again with it,
 * the cursor at the fault. */
void runner_prompt(struct app *a, const char *text, struct effects *fx);
/* Begins with a file, by EFFECT_SOURCE. */
int runner_source(struct app *a, const char *path, struct effects *fx, struct err *e);
/* The file's text; NULL: it can't be read, and why. */
void runner_sourced(struct app *a, const char *path, const char *text, const char *problem,
		    struct effects *fx);
/* After every event: goes on where what was waited for is there. */
void runner_step(struct app *a, struct effects *fx);
/* Gives up what is left; whether there was anything. */
bool runner_stop(struct app *a);
/* The line that was wrong since the last call, and at which byte; the caller frees.  NULL:
 * none. */
char *runner_take_wrong(struct app *a, size_t *at);
/* The command that runs asked the list by its words from byte `at` on. */
void runner_note(struct app *a, size_t at);
/* The cache found them wrong at that byte: what is left is given up, and where it was typed,
 * the prompt opens with the line again. */
void runner_refused(struct app *a, size_t fault, struct effects *fx);
/* Whether something is left to be run. */
bool runner_is_busy(const struct app *a);

#endif

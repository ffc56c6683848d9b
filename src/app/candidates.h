/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stand next on the command line of ioc, for shells: read from the same tables as the
 * parser and --help, from the configuration and from the cache. */
#ifndef IOC_APP_CANDIDATES_H
#define IOC_APP_CANDIDATES_H

#include "app/program.h"
#include "base/arena.h"
#include "store/db.h"

struct candidate {
	const char *text;  /* in place of the whole word */
	const char *about; /* a few words for people, or "" */
};

struct candidates {
	struct arena arena;
	struct candidate *list;
	size_t count, cap;
	bool files, folders; /* names of those, too */
	bool open;           /* more is to follow without a blank */
	/* What it asks; the cache is opened when it is needed. */
	const struct program *program;
	struct db *db;
	bool tried; /* to open it */
};

/* The last of the words (behind "ioc") is the one that is being typed, perhaps "".  Free it by
 * candidates_free. */
void candidates_run(struct candidates *c, const struct program *p, char **words, size_t count);
void candidates_free(struct candidates *c);

/* --- for candidates_values.c ------------------------------------------------- */

/* What a word of a command line stands for. */
enum word_sort {
	WORD_NONE,
	WORD_KIND,
	WORD_CODE,
	WORD_FILTER,
	WORD_COLUMN,
	WORD_ORDER,  /* a column to sort by, or -COLUMN */
	WORD_DUE_BY, /* a column by which ioc due counts */
	WORD_LIST,   /* of columns, parted by commas */
	WORD_FORMAT,
	WORD_SOURCE,
	WORD_UNIT,
	WORD_THEME,
	WORD_CONNECTOR, /* a name or a file */
	WORD_FILE,
	WORD_FOLDER,
	WORD_VERB,
	WORD_COMMAND, /* commands of the console, parted by ";" */
	WORD_ACTION,  /* a whole command of ioc do */
};

/* Adds what begins with `typed`, each with `before` in front. */
void candidates_add_values(struct candidates *c, enum word_sort sort, const struct kind *kind,
			   const char *before, const char *typed);
/* Adds the candidate where it begins with `typed`. */
void candidates_offer(struct candidates *c, const char *before, const char *text,
		      const char *typed, const char *about);

#endif

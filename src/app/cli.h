/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command lines from tables: parser, error messages and --help read the same rows. */
#ifndef IOC_APP_CLI_H
#define IOC_APP_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "model/kind.h" /* N_() */

enum cli_type {
	CLI_FLAG,   /* bool: set to true */
	CLI_TEXT,   /* const char *: borrowed from argv */
	CLI_NUMBER, /* int64_t: a whole number, at least 1 */
	CLI_TIME,   /* int64_t: RFC 3339, a date, or a span before now ("90s", "2h", "7d") */
	CLI_LIST,   /* struct cli_list: may be given several times */
};

#define CLI_LIST_MOST 32
struct cli_list {
	const char *items[CLI_LIST_MOST]; /* borrowed from argv */
	size_t count;
};

/* One option, and where its value goes in the verb's struct. */
struct cli_option {
	const char *name;     /* long name, without -- */
	char letter;          /* 0: none */
	const char *argument; /* N_(): "FILE"; NULL for flags */
	const char *help;     /* N_() */
	enum cli_type type;
	size_t at; /* offsetof */
};

/* A verb's command line. */
struct cli {
	const char *verb;     /* "" for the console */
	const char *operands; /* N_(): "KIND", or "" */
	const char *summary;  /* N_() */
	const struct cli_option
		*options;    /* ended by a row without name; --help is understood */
	const char *example; /* may be NULL */
	bool in_order;       /* options do not stand behind the first operand */
	bool hidden;         /* for programs: not among the verbs that people are told of */
};

enum cli_result { CLI_READ, CLI_HELPED, CLI_WRONG };

/* Reads options into *values and points *operands at what is left (*count of them).  argv[0]
 * is the verb.  CLI_HELPED: --help was there and has been answered on standard output;
 * CLI_WRONG: *e says why, naming the nearest option. */
enum cli_result cli_read(const struct cli *cli, int argc, char **argv, int64_t now,
			 void *values, char ***operands, int *count, struct err *e);
/* Usage, options, example; aligned. */
void cli_help(const struct cli *cli, FILE *to);

#endif

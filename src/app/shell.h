/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "ioc shell": line mode for a person; "ioc -c" and "ioc run": for scripts. */
#ifndef IOC_APP_SHELL_H
#define IOC_APP_SHELL_H

#include "app/console.h"

#define SHELL_PAGE_MOST 5000

struct shell_options {
	struct console_options console;
	bool keep_going; /* scripts: go on after a mistake */
	bool yes;        /* scripts: questions are answered so */
};

/* Reads and answers lines until the end.  Returns the exit code. */
int shell_main(struct program *p, const struct shell_options *o);
/* Runs commands, parted by ";" or lines; `name` stands for them in messages, NULL where they
 * were on the command line.  Returns the exit code of the first that failed. */
int batch_main(struct program *p, const struct shell_options *o, const char *name,
	       const char *text);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The console: pure screens wired to the worker, the writer, the line editor and a front. */
#ifndef IOC_APP_CONSOLE_H
#define IOC_APP_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/program.h"

/* From the command line; NULL or false: as the configuration says. */
struct console_options {
	const char *theme, *language;
	const char *command; /* run at the start */
	const char *script, *size;
	bool ascii, mouse, no_sync;
	bool spoken, linear; /* line mode: see ui/app.h */
	int page;
	bool keep_going, yes; /* of commands that run without a screen */
	int64_t clock;        /* CLOCK_NONE: runs */
};

/* Runs the console in the terminal, or a script without one.  Returns the exit code. */
int console_main(struct program *p, const struct console_options *o);

#endif

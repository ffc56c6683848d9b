/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every verb's exit code means: scripts rely on it, so one table says it. */
#ifndef IOC_APP_EXIT_CODE_H
#define IOC_APP_EXIT_CODE_H

#include "base/err.h"

enum exit_code {
	EXIT_OK = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_NOTHING = 3,
	EXIT_STALE = 4,
	EXIT_DAMAGED = 5,
	EXIT_DENIED = 6,
	EXIT_UNREACHED = 7,
	EXIT_LATE = 8,
	EXIT_REFUSED = 9,
};

struct exit_def {
	int code;
	const char *meaning; /* N_() */
};
/* In the order of the codes; ended by a NULL meaning. */
extern const struct exit_def exit_defs[];

/* The code for an error. */
int exit_code_of(const struct err *e);

#endif

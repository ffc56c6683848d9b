/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tools of ioc connector: checking a connector, trying it on its server, playing what was
 * recorded, and what a changed one would change. */
#ifndef IOC_AUTHOR_AUTHOR_H
#define IOC_AUTHOR_AUTHOR_H

#include <jansson.h>

#include "base/paths.h"

/* The exit codes of ioc(1) that these tools use. */
enum author_code {
	AUTHOR_GOOD = 0,
	AUTHOR_BAD = 1,
	AUTHOR_USAGE = 2,
	AUTHOR_NOTHING = 3,
	AUTHOR_DENIED = 6,
	AUTHOR_UNREACHED = 7,
};

/* Does what ioc(1) was asked for: {"verb":…,"words":[…],…}, with the long options by their
 * names.  Writes to standard output and standard error; returns the exit code.  http_global
 * was called. */
int author_run(const struct paths *p, const json_t *request);

#endif

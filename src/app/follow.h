/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc follow: the loop that turns changes of the cache into lines. */
#ifndef IOC_APP_FOLLOW_H
#define IOC_APP_FOLLOW_H

#include "app/program.h"
#include "export/rows.h"

struct follow_request {
	const struct kind *kind;
	const char *filter;
	const char *after; /* a cursor; NULL */
	int64_t since;     /* CLOCK_NONE */
	bool all;          /* first every record there is */
	bool once;         /* ends where nothing more has changed */
	bool no_sync;      /* starts no writer */
	bool personal, names;
	struct rows_columns columns;
};

/* Writes lines to standard output until its reader goes away or, with `once`, all is told: 0.
 * -1 with *e. */
int follow_run(const struct program *p, const struct follow_request *q, struct err *e);

#endif

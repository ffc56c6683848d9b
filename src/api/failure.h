/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why an exchange with a server failed, in a form that people can be told in their language,
 * the log in English, and the engine by its code. */
#ifndef IOC_API_FAILURE_H
#define IOC_API_FAILURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct failure {
	enum err_code code;  /* ERR_NONE: none */
	const char *what;    /* N_(): a sentence without a full stop */
	char detail[240];    /* in the server's or the library's words; may be hostile */
	const char *known;   /* N_(): what that says, in words of ours; NULL: not known */
	char about[80];      /* … of what; may be hostile */
	long status;         /* of HTTP; 0: none came */
	int64_t retry_after; /* ms that the server asked for; -1 */
	long meant;          /* the status that this is as good as; 0: of no class */
	bool refused;        /* our credentials; others may do */
	unsigned proof;      /* the auth_number under which that was asked */
};

#define FAILURE_NONE                                                                           \
	{                                                                                      \
		ERR_NONE, "", "", NULL, "", 0, -1, 0, false, 0                                 \
	}

/* Fills *f; `detail` may be NULL.  Returns -1. */
int failure_set(struct failure *f, enum err_code code, const char *what, const char *detail);
/* The sentence, in the user's language or in English, cleaned of what drives a terminal. */
void failure_text(const struct failure *f, bool translated, char *buf, size_t size);
/* What an HTTP status means; false for 2xx and 304. */
bool failure_from_status(struct failure *f, long status);

#endif

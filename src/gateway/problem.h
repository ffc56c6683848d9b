/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors as RFC 9457 problem documents: what happened, where, and whether trying again helps.
 */
#ifndef IOC_GATEWAY_PROBLEM_H
#define IOC_GATEWAY_PROBLEM_H

#include <stdarg.h>

#include "base/err.h"
#include "gateway/answer.h"

#define TYPE_PROBLEM "application/problem+json"

enum problem {
	PROBLEM_NONE,
	PROBLEM_BAD_REQUEST,
	PROBLEM_BAD_JSON,
	PROBLEM_UNAUTHORIZED,
	PROBLEM_FORBIDDEN,
	PROBLEM_NO_ROUTE,
	PROBLEM_NOT_FOUND,
	PROBLEM_METHOD,
	PROBLEM_CONFLICT,
	PROBLEM_CURSOR_GONE,
	PROBLEM_CHANGED,
	PROBLEM_TOO_LARGE,
	PROBLEM_LONG_ADDRESS,
	PROBLEM_MEDIA_TYPE,
	PROBLEM_MISDIRECTED,
	PROBLEM_INVALID,
	PROBLEM_KEY_REUSED,
	PROBLEM_LARGE_HEAD,
	PROBLEM_STORAGE,
	PROBLEM_BUSY,
};

/* Why something can't be taken or done, and the field that it is about. */
struct refusal {
	enum problem problem; /* PROBLEM_NONE: it can */
	char field[64], detail[256];
};

/* Fills it; returns -1. */
int refusal_say(struct refusal *r, enum problem p, const char *field, const char *fmt,
		va_list args) __attribute__((format(printf, 4, 0)));

unsigned problem_status(enum problem p);
/* The problem a failure of the backend amounts to. */
enum problem problem_of(const struct err *e);
/* The document's members; the caller owns it.  `field` and `detail` may be NULL. */
json_t *problem_json(enum problem p, const char *field, const char *detail);
/* Makes it the whole answer. */
void problem_answer(struct answer *a, enum problem p, const char *field, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void problem_from(struct answer *a, const struct err *e);

#endif

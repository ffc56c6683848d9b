/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of auth share; nobody else includes it. */
#ifndef IOC_API_AUTH_PARTS_H
#define IOC_API_AUTH_PARTS_H

#include "api/auth.h"
#include "api/request.h"
#include "api/secrets.h"

#define AUTH_RENEWALS 3 /* so many a minute: what is refused more often is no matter of age */

struct auth_method_row;

struct auth {
	const struct auth_method_row *method;
	const struct auth_spec *spec;
	struct site site; /* for requests of our own */
	struct secrets *secrets;
	struct http_jar *jar;
	struct http_gate *gate;
	char *token;                    /* or key; NULL: none; "": cookies alone prove it */
	char *value;                    /* it with its prefix */
	char *refresh;                  /* what an OAuth2 server gave us to renew it with */
	unsigned number;                /* of this proof */
	int64_t renew_at;               /* by the monotonic clock: get a new one; 0: never */
	bool proven;                    /* the server has taken this token */
	int64_t renewed[AUTH_RENEWALS]; /* monotonic, in a ring */
	size_t renewals;
	struct failure failure;
	int64_t failed_at; /* monotonic */
	/* a request for a token */
	struct http_call *call;
	bool refreshing;
	struct strbuf answer;
};

/* Notes why there is no token. */
enum auth_state auth_fail(struct auth *a, enum err_code code, const char *what,
			  const char *detail);
/* Takes a token that lasts `life` ms (0: until it is refused). */
void auth_set_token(struct auth *a, const char *s, size_t n, int64_t life);

/* auth_token.c: ask for one. */
enum auth_state auth_begin_oauth2(struct auth *a);
enum auth_state auth_begin_login(struct auth *a);

#endif

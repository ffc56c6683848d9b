/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a connector writes the ways in which its server wants to know who asks. */
#ifndef IOC_API_AUTH_SPEC_H
#define IOC_API_AUTH_SPEC_H

#include "api/envelope.h"
#include "api/request_spec.h"

/* In the order of auth_method_names. */
enum auth_method {
	AUTH_NONE,
	AUTH_BEARER,
	AUTH_OAUTH2,
	AUTH_HEADER,
	AUTH_BASIC,
	AUTH_QUERY,
	AUTH_COOKIE,
	AUTH_BODY,
	AUTH_LOGIN,
};

/* Where a proof stands in a request. */
enum auth_place { PLACE_HEADER, PLACE_QUERY, PLACE_COOKIE, PLACE_BODY, PLACE_NOWHERE };

enum auth_grant { GRANT_CLIENT, GRANT_PASSWORD, GRANT_REFRESH };

/* A request whose answer lets us in. */
struct login_spec {
	struct request_spec request;
	struct envelope_spec envelope;
	struct jqfilter *token;      /* in the answer's body */
	const char *header, *cookie; /* or in one of these of the answer */
	struct jqfilter *expires;    /* seconds from now, epoch or a time */
};

/* Answers that mean: log in anew.  401 always does. */
struct again_spec {
	struct words status;
	struct jqfilter *test; /* of a body, whatever its status */
};

struct auth_spec {
	int method;         /* enum auth_method */
	const char *secret; /* which of the source's secrets; NULL: "token" */
	int place;          /* enum auth_place; -1: as the method has it */
	const char *name;   /* of the header, parameter, cookie or member */
	const char *prefix; /* in front of the secret; NULL: as the method has it */
	/* oauth2 */
	const char *token; /* path or URL that gives tokens */
	const char *scope;
	int grant;         /* enum auth_grant */
	bool basic_client; /* the client is told by a header, not in the form */
	struct pairs form; /* what else the form holds */
	struct login_spec login;
	int64_t life; /* ms that a token lasts where the server does not say; 0: unknown */
	struct again_spec again;
};

extern const struct field auth_fields[];
extern const char *const auth_method_names[]; /* ended by NULL */

/* For FIELD_MAPS. */
void auth_spec_prepare(void *item, const void *parent);
/* What no single key can tell, of a list of struct auth_spec at `n`. */
void auth_spec_check(struct reading *rd, const struct maps *list, const struct yaml_node *n);

#endif

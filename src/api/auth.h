/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a source proves who it is.  This alone decides when a token is got and when it is
 * renewed: requests ask it first, and never log in by themselves. */
#ifndef IOC_API_AUTH_H
#define IOC_API_AUTH_H

#include <jv.h>
#include <stdbool.h>
#include <stdint.h>

#include "api/connector.h"
#include "api/failure.h"
#include "api/http.h"
#include "api/tape.h"
#include "model/config.h"

struct auth;

/* Takes the first of the connector's methods for which the source names its secrets.  NULL
 * with *e where none fits.  All arguments must outlive it. */
struct auth *auth_new(struct http *h, const struct connector *c,
		      const struct config_source *source, const char *base_url, struct err *e);
void auth_free(struct auth *a);

enum auth_state {
	AUTH_READY,   /* a request may be sent */
	AUTH_WORKING, /* a token is being fetched: ask again when something happened */
	AUTH_FAILED,  /* see the failure; auth_again starts anew, and some seconds do */
};

/* Call before each request. */
enum auth_state auth_prepare(struct auth *a, struct failure *f);

/* What proves it, and where it stands in a request. */
struct auth_proof {
	enum auth_place place;
	const char *name, *value;
};
/* False where there is none.  Borrowed until the next prepare. */
bool auth_get_proof(const struct auth *a, struct auth_proof *out);
/* Which proof that is: each new one has another number.  Tags requests (http_order.tag). */
unsigned auth_number(const struct auth *a);

/* Whether an answer means that our proof is no longer good: its status, or what the connector
 * looks for in its body (NULL or empty: none that could be read). */
bool auth_is_refusal(const struct auth *a, long status, const struct tape *body);
/* The server refused the proof of this number: forgets it.  False where there is no use in
 * trying once more with another: it had never been good, or several were refused in a row. */
bool auth_refused(struct auth *a, unsigned number);
/* A request was answered: the proof is good. */
void auth_accepted(struct auth *a);
/* Starts over after a failure. */
void auth_again(struct auth *a);
/* A descriptor to wait for while AUTH_WORKING; -1: none (it is a transfer). */
int auth_fd(const struct auth *a);

/* For templates: the source's secrets by their names, and the present token (null: none). */
jv auth_secrets(const struct auth *a);
jv auth_token(const struct auth *a);
/* One of them; NULL.  Borrowed until the next prepare. */
const char *auth_secret(const struct auth *a, const char *name);
/* Cookies of this source; NULL: it keeps none. */
struct http_jar *auth_jar(const struct auth *a);

/* The pace of all that is asked of this source. */
struct http_gate *auth_gate(const struct auth *a);

/* Replaces every occurrence of a secret in the text by dots. */
void auth_redact(const struct auth *a, char *text);
void auth_redact_n(const struct auth *a, char *text, size_t n);
/* See secrets_redact_data. */
void auth_redact_data(const struct auth *a, char *text, size_t n);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a source proves who it is.  Secrets are read when they are needed, kept in memory only,
 * and blotted out of every text that leaves this program. */
#ifndef IOC_API_AUTH_H
#define IOC_API_AUTH_H

#include <stdbool.h>
#include <stdint.h>

#include "api/connector.h"
#include "api/failure.h"
#include "api/http.h"
#include "model/config.h"

struct auth;

/* In the order of auth_spec.method; ended by NULL. */
extern const char *const auth_method_names[];
/* The key that this method can't do without and that is not there; NULL: complete. */
const char *auth_spec_missing(const struct auth_spec *a);

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
/* The header that proves it; false where there is none.  Borrowed until the next prepare. */
bool auth_header(const struct auth *a, struct http_header *out);
/* The server said 401: forgets the token.  False where one that is not older than this
 * request was refused too, so that there is no use in trying once more. */
bool auth_refused(struct auth *a);
/* A request was answered: the token is good. */
void auth_accepted(struct auth *a);
/* Starts over after a failure. */
void auth_again(struct auth *a);
/* A descriptor to wait for while AUTH_WORKING; -1: none (it is a transfer). */
int auth_fd(const struct auth *a);
/* Replaces every occurrence of a secret in the text by dots. */
void auth_redact(const struct auth *a, char *text);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what: clients with fixed tokens or with OAuth2 client credentials. */
#ifndef IOC_GATEWAY_AUTH_H
#define IOC_GATEWAY_AUTH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/kind.h"

struct auth;

struct rights {
	uint32_t read, write; /* bit i: kinds[i] */
	bool metrics;
	unsigned act; /* enum staff: what its people may be */
};

struct client {
	char *name;
	char *unit; /* code of the unit that it acts for; NULL: none, or what it says */
	struct rights rights;
};

/* Reads the tokens file: a YAML list of {name, rights, token | client_id + client_secret}.
 * Rights are read:KIND, write:KIND, metrics and act:ROLE; read:* and write:* are all kinds that
 * are not restricted, act:* every role.  A granted token lives `lifetime` ms. */
struct auth *auth_load(const char *path, int64_t lifetime, struct err *e);
/* One client that may do everything and needs no token. */
struct auth *auth_open_door(void);
/* Whether it is such a door. */
bool auth_is_open(const struct auth *a);
void auth_free(struct auth *a);

/* The client behind an Authorization header (NULL: none sent); NULL where it is nobody's.
 * `now` runs by the monotonic clock.  Borrowed. */
const struct client *auth_bearer(const struct auth *a, const char *header, int64_t now);

#define AUTH_TOKEN 44 /* bytes of a granted token with its end */
/* Grants a token; NULL where the credentials are wrong. */
const struct client *auth_grant(struct auth *a, const char *id, const char *secret, int64_t now,
				char token[AUTH_TOKEN]);
int64_t auth_lifetime(const struct auth *a);
/* Splits "Basic …"; both texts are borrowed from *copy, which the caller frees.  NULL where
 * the header is none. */
const char *auth_basic(const char *header, const char **secret, char **copy);

bool rights_read(const struct rights *r, const struct kind *k);
bool rights_write(const struct rights *r, const struct kind *k);
/* One right as the tokens file has it; false where it names none. */
bool rights_add(struct rights *r, const char *text);

#endif

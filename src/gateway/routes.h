/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of what can be asked, by method and path. */
#ifndef IOC_GATEWAY_ROUTES_H
#define IOC_GATEWAY_ROUTES_H

#include "gateway/request.h"

enum right {
	RIGHT_NONE, /* open to all */
	RIGHT_ANY,  /* whoever is known; the handler looks closer */
	RIGHT_READ, /* of the kind in the path */
	RIGHT_WRITE,
	RIGHT_ACT, /* on records of the kind in the path, which it may read */
	RIGHT_METRICS,
};

struct route {
	enum method method;
	const char *pattern; /* {plural} a kind, {catalogue} one of those, {id}, {n} */
	enum right right;
	size_t body_most; /* bytes of a body; 0: none is taken */
	void (*answer)(struct request *r);
	const char *types; /* media types of the body, comma-separated; NULL: any */
};

/* Ended by a row whose pattern is NULL. */
extern const struct route routes[];
size_t route_index(const struct route *route);
const char *method_name(enum method m);

/* Finds the route and fills route, kind, id and number of the request; where there is none,
 * the answer says why. */
bool route_request(struct request *r);
/* Whether the client may; the answer says why not. */
bool route_allow(struct request *r);
/* Whether media type and announced size are taken; the answer says why not. */
bool route_accept_body(struct request *r);

#endif

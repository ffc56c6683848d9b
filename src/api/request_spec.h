/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a connector says about a request: method, place and what is sent with it. */
#ifndef IOC_API_REQUEST_SPEC_H
#define IOC_API_REQUEST_SPEC_H

#include "api/schema.h"

struct request_spec {
	const char *method;    /* one of request_methods */
	struct template *path; /* appended to base_url; the origin can't change */
	struct template *url;  /* instead of it: as a link in base_url's page */
	struct pairs query, headers;
	/* what is sent, in at most one of these ways */
	struct template *body; /* as it stands */
	struct template *json; /* a tree whose values keep their types */
	struct template *xml;
	struct pairs form;
};

static inline bool request_is_given(const struct request_spec *r)
{
	return r->path || r->url;
}

/* Ended by NULL; the first REQUEST_READS of them may be used to read. */
extern const char *const request_methods[];
#define REQUEST_READS 5

extern const struct field request_fields[];

/* Adds what no single key can tell; `n` is the map that holds the request.  `reads`: it must
 * not change anything there. */
void request_check(struct reading *rd, const struct request_spec *r, const struct yaml_node *n,
		   bool reads);
/* The media type of what is sent; NULL: nothing is. */
const char *request_type(const struct request_spec *r);

#endif

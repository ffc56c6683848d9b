/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request on its way from the head to the answer. */
#ifndef IOC_GATEWAY_REQUEST_H
#define IOC_GATEWAY_REQUEST_H

#include <microhttpd.h>

#include "gateway/answer.h"
#include "gateway/gateway.h"
#include "gateway/problem.h"
#include "gateway/uri.h"

enum method { METHOD_GET, METHOD_POST, METHOD_DELETE, METHOD_OTHER };

struct route;
struct bulk;
struct peer;

struct request {
	struct gateway *gateway;
	struct MHD_Connection *connection;
	struct peer *peer;
	struct uri uri;
	struct err uri_error;
	size_t uri_length; /* as it came, with the query */
	enum method method;
	const struct route *route;   /* NULL: none matches */
	const struct client *client; /* NULL: nobody, or none is needed */
	const struct kind *kind;     /* of the path; NULL: it names none */
	const char *id;              /* of the path; borrowed from uri */
	int64_t number;
	struct strbuf body;
	size_t received;   /* bytes of the body, kept or not */
	struct bulk *bulk; /* takes the body where it comes in lines */
	bool ready;        /* the head has been looked at */
	bool refused;      /* `answer` is an error already; the body is only let pass */
	bool streaming;    /* the handler has made a response of its own */
	int64_t started;   /* microseconds, monotonic */
	struct answer answer;
};

/* Header of the request, or NULL. */
const char *request_header(struct request *r, const char *name);
/* Parameter of the query, or NULL. */
const char *request_query(const struct request *r, const char *name);
/* An integer parameter in these bounds, or `otherwise` where absent.  False, and the answer
 * is an error, where it is none. */
bool request_number(struct request *r, const char *name, int64_t least, int64_t most,
		    int64_t otherwise, int64_t *out);
/* Whether the request's media type is this one, whatever its parameters. */
bool request_is(struct request *r, const char *type);
/* Answers 304 where the client has this version (ETag without quotes) already; sets ETag. */
bool request_not_modified(struct request *r, const char *tag);
/* False, and the answer is an error, where If-Match asks for another version. */
bool request_match(struct request *r, const char *tag);

#endif

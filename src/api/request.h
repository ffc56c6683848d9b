/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests made of a connector's templates and the circumstances of the moment. */
#ifndef IOC_API_REQUEST_H
#define IOC_API_REQUEST_H

#include "api/auth.h"
#include "api/connector.h"
#include "api/http.h"
#include "api/tape.h"
#include "model/config.h"

/* One source as far as asking goes; what it points to outlives it. */
struct site {
	struct http *http;
	struct auth *auth;
	const struct connector *connector;
	const struct config_source *source;
	const char *base_url;
	/* see struct http_order; may be NULL */
	void (*ended)(void *watcher, const char *method, const char *url,
		      const struct http_result *r);
	void *watcher;
};

struct act_order;

/* Where a feed stands.  Texts are owned. */
struct position {
	char *cursor;                /* opaque; NULL: from the beginning */
	char *next_url;              /* of the next page, where the server tells it */
	char *last;                  /* the last item of the page before, as JSON; NULL: none */
	char *since, *until;         /* as the parameters want them, as JSON; NULL: no bound */
	char *etag, *modified;       /* of the answer that is known; NULL: none */
	const struct folder *folder; /* whose files are the pages; NULL: there is none */
	int64_t page, offset;        /* pages read; items read */
	int64_t widest;              /* items of the largest page so far */
	int64_t empty;               /* pages in a row without items */
	bool beyond;   /* the total says that nothing is there: asked to be sure of it */
	uint64_t hash; /* of the page before, to know it again */
};

/* What the templates see as their input besides .settings. */
struct circumstances {
	const struct kind *kind;       /* .kind and .plural; NULL: none */
	uint32_t kinds;                /* .kinds and .plurals of a stream */
	const struct position *at;     /* .cursor, .page, .offset, .last …; NULL: none */
	int64_t first_page, page_size; /* .limit */
	const struct node *item;       /* .item of a second request; NULL: none */
	const struct act_order *act;   /* .uuid, .action … of an action; NULL: none */
	const char *answers; /* .answers, .answer: of requests before, "[…" as JSON; "": none */
	const char
		*current; /* .current: the record as it was just read, as JSON; "": not read */
};

/* Whether next pages and redirects may lead to this URL: the API's own server, or one that
 * allow_hosts names; never from https to http. */
bool request_may_reach(const struct site *s, const char *url);
/* What is the same for all requests to a site: certificates, cookies, time-outs … */
void request_defaults(const struct site *s, struct http_order *o);
/* What templates see; the caller frees. */
jv request_input(const struct site *s, const struct circumstances *c);
/* Appends a form's fields for this input (borrowed).  -1 with *e. */
int request_add_form(struct strbuf *out, const struct pairs *p, jv input, struct err *e);
/* Starts the transfer; callbacks and context are those of *o, whose other members are filled
 * in here.  `accept` is the media type that is wished.  NULL with *e. */
struct http_call *request_send(const struct site *s, const struct request_spec *spec,
			       const struct circumstances *c, const char *accept,
			       struct http_order *o, struct err *e);

#endif

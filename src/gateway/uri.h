/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client wrote in the request line and in forms, taken apart and decoded. */
#ifndef IOC_GATEWAY_URI_H
#define IOC_GATEWAY_URI_H

#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"

#define FIELDS_MOST 16
#define SEGMENTS_MOST 8

/* name=value&… ; the texts lie in `text`. */
struct fields {
	char *text;
	struct field {
		const char *name, *value;
	} list[FIELDS_MOST];
	size_t count;
};

/* Decodes application/x-www-form-urlencoded.  ERR_PARSE on broken escapes, NUL and bytes that
 * are no UTF-8, ERR_LIMIT on too many fields. */
int fields_parse(struct fields *f, const char *s, size_t n, struct err *e);
/* The value of the first field of this name, or NULL. */
const char *fields_get(const struct fields *f, const char *name);
void fields_free(struct fields *f);

struct uri {
	char *path;                          /* as it came, for messages */
	char *text;                          /* holds the segments */
	const char *segments[SEGMENTS_MOST]; /* "/v1/calls" has "v1" and "calls" */
	size_t count;
	struct fields query;
};

int uri_parse(struct uri *u, const char *s, struct err *e);
void uri_free(struct uri *u);

/* Appends a text escaped so that it is one part of a path, or one value. */
void uri_escape(struct strbuf *b, const char *s);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a handler says; the server turns it into bytes. */
#ifndef IOC_GATEWAY_ANSWER_H
#define IOC_GATEWAY_ANSWER_H

#include <jansson.h>
#include <stdbool.h>

#include "base/strbuf.h"

#define ANSWER_HEADERS 8
#define TYPE_JSON "application/json"

struct answer {
	unsigned status;
	const char *type; /* media type of the body; static or in `headers` */
	struct strbuf body;
	struct {
		const char *name; /* static */
		char *value;
	} headers[ANSWER_HEADERS];
	size_t header_count;
	bool last; /* close the connection afterwards */
};

void answer_header(struct answer *a, const char *name, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
const char *answer_get(const struct answer *a, const char *name);
/* Replaces what was said so far; takes the reference. */
void answer_json(struct answer *a, unsigned status, json_t *body);
void answer_text(struct answer *a, const char *type, const char *s, size_t n);
void answer_free(struct answer *a);

#endif

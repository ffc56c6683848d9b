/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Server-Sent Events, parsed as the bytes come (WHATWG HTML, 9.2.6). */
#ifndef IOC_API_SSE_H
#define IOC_API_SSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

struct sse_event {
	const char *name; /* "message" where the server named none */
	const char *data; /* terminated; may hold NUL inside */
	size_t data_n;
	const char *id; /* the last id that was seen, or "" */
};

struct sse {
	struct strbuf line, name, data, id;
	size_t most; /* bytes that a line or an event may have */
	bool started, after_cr, has_data;
	bool broken;    /* a line, event or id was too long: nothing more is taken */
	int64_t retry;  /* ms that the server asked for; -1 */
	uint64_t beats; /* comments, each a sign of life */
};

void sse_init(struct sse *s, size_t most);
void sse_free(struct sse *s);
/* Takes bytes in and calls event() for each event that they complete; its texts are valid
 * during the call.  Lines end with LF, CRLF or CR. */
void sse_feed(struct sse *s, const char *p, size_t n,
	      void (*event)(void *, const struct sse_event *), void *context);

#endif

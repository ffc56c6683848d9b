/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a connector says about how a source tells of changes as they happen. */
#ifndef IOC_API_STREAM_SPEC_H
#define IOC_API_STREAM_SPEC_H

#include "api/envelope.h"
#include "api/format.h"
#include "api/request_spec.h"

struct connector;

/* How events come: as Server-Sent Events, as lines of JSON, as JSON values one behind the
 * other, or as the answer to a question that waits until there is one. */
enum stream_type { STREAM_SSE, STREAM_NDJSON, STREAM_JSON, STREAM_POLL };

struct stream_spec {
	int type; /* enum stream_type */
	struct request_spec request;
	struct format_spec format;
	struct envelope_spec envelope; /* of STREAM_POLL */
	const char *event;             /* of events that carry records; NULL: "message" */
	const char *resync;            /* of events that say: the past is gone, ask the feeds */
	struct jqfilter *act;          /* what an event wants done; NULL: upsert */
	struct jqfilter *ids;          /* of the records that it concerns */
	struct jqfilter *kind, *items, *map, *server_time;
	struct jqfilter *next;   /* the new cursor; of STREAM_SSE the event's id is */
	const char *next_header; /* in its place */
	bool cursor;             /* an event's id is a cursor of every feed */
	int64_t silence;         /* ms without a byte after which it counts as dead */
};

extern const struct field stream_fields[];

void stream_defaults(struct stream_spec *s);
/* Adds what no single key can tell; `n` is the stream's map. */
void stream_check(struct reading *rd, const struct stream_spec *s, const struct yaml_node *n);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Server-Sent Events: a listener of the hub behind a connection that sleeps between events. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "gateway/cursor.h"
#include "gateway/handlers.h"
#include "gateway/hub.h"
#include "gateway/peers.h"

#define BLOCK ((size_t)16 * 1024)

struct stream {
	struct gateway *gateway;
	struct MHD_Connection *connection;
	struct listener *listener;
};

static void wake(void *arg)
{
	struct stream *s = arg;
	MHD_resume_connection(s->connection);
	s->gateway->woken = true;
}

static ssize_t read_stream(void *arg, uint64_t at, char *buf, size_t most)
{
	(void)at;
	struct stream *s = arg;
	ssize_t n = hub_read(s->listener, buf, most);
	if (n == 0)
		MHD_suspend_connection(s->connection);
	return n < 0 ? MHD_CONTENT_READER_END_OF_STREAM : n;
}

static void close_stream(void *arg)
{
	struct stream *s = arg;
	hub_leave(s->listener);
	free(s);
}

/* The kinds named in ?kinds=, or all that the client may read; 0, and an answer, otherwise. */
static uint32_t wanted_kinds(struct request *r)
{
	const struct rights *has = &r->client->rights;
	const char *list = request_query(r, "kinds");
	uint32_t mask = 0;
	for (size_t i = 0; !list && kinds[i]; i++)
		if (rights_read(has, kinds[i]))
			mask |= UINT32_C(1) << i;
	while (list && *list) {
		size_t n = strcspn(list, ",");
		char *name = xstrndup(list, n);
		const struct kind *k = kind_find(name);
		free(name);
		if (!k) {
			problem_answer(&r->answer, PROBLEM_BAD_REQUEST, "kinds",
				       "kinds must be names of kinds with commas between");
			return 0;
		}
		if (!rights_read(has, k)) {
			problem_answer(&r->answer, PROBLEM_FORBIDDEN, "kinds",
				       "the right read:%s is missing", k->id);
			return 0;
		}
		mask |= UINT32_C(1) << kind_index(k);
		list += n + (list[n] == ',');
	}
	if (!mask)
		problem_answer(&r->answer, PROBLEM_FORBIDDEN, NULL,
			       "no right to read any kind");
	return mask;
}

/* The place to go on from: a resumed stream's, else the parameter's, else now.  A place that
 * is gone counts as before everything, so that the stream starts with a resync. */
static int64_t starting_point(struct request *r)
{
	const struct backend *b = r->gateway->backend;
	const char *text = request_header(r, "Last-Event-ID");
	int64_t after;
	if (!text || !*text)
		text = request_query(r, "after");
	if (!text)
		return backend_last(b);
	return cursor_parse(b, text, &after) ? after : INT64_MIN;
}

void answer_stream(struct request *r)
{
	uint32_t mask = wanted_kinds(r);
	if (!mask)
		return;
	if (hub_full(r->gateway->hub)) {
		problem_answer(&r->answer, PROBLEM_BUSY, NULL, "too many streams are open");
		return;
	}
	struct stream *s = xcalloc(1, sizeof *s);
	s->gateway = r->gateway;
	s->connection = r->connection;
	s->listener = hub_join(r->gateway->hub, mask, starting_point(r), wake, s);
	struct MHD_Response *response = MHD_create_response_from_callback(
		MHD_SIZE_UNKNOWN, BLOCK, read_stream, s, close_stream);
	if (!response) {
		close_stream(s);
		problem_answer(&r->answer, PROBLEM_BUSY, NULL, "no memory for a stream");
		return;
	}
	MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream");
	MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	MHD_add_response_header(response, "X-Accel-Buffering", "no");
	MHD_queue_response(r->connection, MHD_HTTP_OK, response);
	MHD_destroy_response(response);
	peer_unbounded(r->peer);
	r->streaming = true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/exchange.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/log.h"
#include "gateway/bulk.h"
#include "gateway/compress.h"
#include "gateway/head.h"
#include "gateway/routes.h"

#define DRAIN_MOST                                                                             \
	((size_t)16 << 20) /* of a refused body that is let pass before we hang up             \
			    */
#define COMPRESS_LEAST 1024

static int64_t microseconds(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static struct peer *peer_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info ? info->socket_context : NULL;
}

void exchange_connection(void *cls, struct MHD_Connection *c, void **context,
			 enum MHD_ConnectionNotificationCode code)
{
	struct exchange *x = cls;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		int fd = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)
				 ->connect_fd;
		*context = peer_add(&x->peers, fd);
	} else if (*context) {
		peer_remove(&x->peers, *context);
		*context = NULL;
	}
	x->gateway->metrics.connections = x->peers.count;
}

void *exchange_open(void *cls, const char *uri, struct MHD_Connection *c)
{
	struct exchange *x = cls;
	struct request *r = xcalloc(1, sizeof *r);
	r->gateway = x->gateway;
	r->connection = c;
	r->body = r->answer.body = (struct strbuf)STRBUF_INIT;
	r->started = microseconds();
	r->uri_length = strlen(uri);
	uri_parse(&r->uri, uri, &r->uri_error);
	return r;
}

void exchange_close(void *cls, struct MHD_Connection *c, void **context,
		    enum MHD_RequestTerminationCode code)
{
	(void)cls, (void)code;
	struct request *r = *context;
	*context = NULL;
	if (!r)
		return;
	struct peer *p = peer_of(c);
	if (p)
		peer_expect(p);
	bulk_free(r->bulk);
	uri_free(&r->uri);
	strbuf_free(&r->body);
	answer_free(&r->answer);
	free(r);
}

/* The body's size as announced; 0 where it is not. */
static size_t announced(struct request *r)
{
	const char *text = request_header(r, MHD_HTTP_HEADER_CONTENT_LENGTH);
	return text ? (size_t)strtoull(text, NULL, 10) : 0;
}

static size_t body_most(const struct request *r)
{
	if (!r->route)
		return 0;
	return r->bulk ? BULK_MOST : r->route->body_most;
}

static void too_large(struct request *r)
{
	problem_answer(&r->answer, PROBLEM_TOO_LARGE, NULL, "at most %zu bytes are taken here",
		       body_most(r));
	r->refused = true;
}

static enum method method_of(const char *name)
{
	if (strcmp(name, "GET") == 0 || strcmp(name, "HEAD") == 0)
		return METHOD_GET;
	if (strcmp(name, "POST") == 0)
		return METHOD_POST;
	return strcmp(name, "DELETE") == 0 ? METHOD_DELETE : METHOD_OTHER;
}

/* Looks at the head; afterwards the request is refused, or its handler can run once the body
 * is there. */
static void look_at_head(struct request *r, const char *method)
{
	r->method = method_of(method);
	r->peer = peer_of(r->connection);
	peer_busy(r->peer, announced(r));
	if (!head_accept(r) || !route_request(r) || !route_allow(r) || !route_accept_body(r)) {
		r->refused = true;
	} else {
		if (r->route->types && request_is(r, TYPE_NDJSON))
			r->bulk = bulk_new(r->gateway, r->kind);
		if (r->method == METHOD_POST && announced(r) > body_most(r))
			too_large(r);
	}
}

static void take_body(struct request *r, const char *data, size_t n)
{
	r->received += n;
	r->gateway->metrics.bytes_received += n;
	peer_busy(r->peer, announced(r) > r->received ? announced(r) - r->received : 0);
	if (r->refused || r->method != METHOD_POST)
		return;
	if (r->received > body_most(r))
		too_large(r);
	else if (r->bulk)
		bulk_feed(r->bulk, data, n);
	else
		strbuf_add(&r->body, data, n);
}

static void maybe_compress(struct request *r)
{
	struct answer *a = &r->answer;
	bool text = a->type && (strncmp(a->type, "text/", 5) == 0 || strstr(a->type, "json") ||
				strstr(a->type, "yaml"));
	if (!text || a->body.len < COMPRESS_LEAST)
		return;
	answer_header(a, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
	if (!compress_wanted(request_header(r, MHD_HTTP_HEADER_ACCEPT_ENCODING)) ||
	    !compress_gzip(&a->body))
		return;
	answer_header(a, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
	const char *tag = answer_get(a, MHD_HTTP_HEADER_ETAG);
	if (tag && *tag == '"') {
		char *strong = xstrdup(tag);
		answer_header(a, MHD_HTTP_HEADER_ETAG, "W/%s", strong);
		free(strong);
	}
}

static enum MHD_Result send_answer(struct request *r)
{
	struct answer *a = &r->answer;
	maybe_compress(r);
	size_t n = a->body.len;
	struct MHD_Response *response = MHD_create_response_from_buffer(
		n, n ? strbuf_detach(&a->body) : NULL,
		n ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
	if (!response)
		return MHD_NO;
	if (a->type && n)
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, a->type);
	for (size_t i = 0; i < a->header_count; i++)
		MHD_add_response_header(response, a->headers[i].name, a->headers[i].value);
	if (!answer_get(a, MHD_HTTP_HEADER_CACHE_CONTROL))
		MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	if (a->last || r->gateway->stopping)
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
	r->gateway->metrics.bytes_answered += n;
	peer_busy(r->peer, n);
	enum MHD_Result done = MHD_queue_response(r->connection, a->status, response);
	MHD_destroy_response(response);
	return done;
}

static void account(struct request *r, unsigned status)
{
	int64_t took = microseconds() - r->started;
	metrics_request(&r->gateway->metrics, r->route ? route_index(r->route) : SIZE_MAX,
			status, took);
	if (status >= 500)
		log_warn("%s %s: %u", method_name(r->method), r->uri.path, status);
	else
		log_debug("%s %s: %u in %lld us", method_name(r->method), r->uri.path, status,
			  (long long)took);
}

static enum MHD_Result finish(struct request *r)
{
	if (!r->refused)
		r->route->answer(r);
	account(r, r->streaming ? 200 : r->answer.status);
	return r->streaming ? MHD_YES : send_answer(r);
}

/* A refused body is let pass, so that the client is there to read the answer; unless it is
 * large, or the client waits to be asked for it. */
static bool answer_early(struct request *r)
{
	return r->refused && (announced(r) > DRAIN_MOST || request_header(r, "Expect"));
}

enum MHD_Result exchange_handle(void *cls, struct MHD_Connection *c, const char *url,
				const char *method, const char *version, const char *data,
				size_t *size, void **context)
{
	(void)cls, (void)c, (void)url, (void)version;
	struct request *r = *context;
	if (!r->ready) {
		r->ready = true;
		look_at_head(r, method);
		if (!answer_early(r))
			return MHD_YES;
		r->answer.last = true;
		return finish(r);
	}
	if (*size) {
		take_body(r, data, *size);
		*size = 0;
		return r->refused && r->received > body_most(r) + DRAIN_MOST ? MHD_NO : MHD_YES;
	}
	return finish(r);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events are only put in a queue while bytes come; the engine maps them when it is the turn
 * of this source, and the server is made to wait while too many stand in the queue. */
#include "api/live.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/sse.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

#define QUEUE_MOST ((size_t)4 << 20) /* bytes of events that wait */

struct event {
	char *data, *id;
	size_t n;    /* of data */
	size_t size; /* of all that it holds */
};

struct live {
	const struct site *site;
	enum live_state state;
	struct failure failure;
	struct http_call *call;
	struct sse sse;
	struct event *queue;
	size_t first, count, cap, bytes;
	struct tape tape; /* of the event at hand */
	char *last_id;
	int64_t heard;
	bool resync, paused, ended;
};

/* A queue that is never empty must not grow by what has left it. */
static void close_up(struct live *l)
{
	if (l->count < l->cap || l->first == 0 || l->first * 2 < l->count)
		return;
	l->count -= l->first;
	memmove(l->queue, l->queue + l->first, l->count * sizeof *l->queue);
	l->first = 0;
}

static void on_event(void *context, const struct sse_event *e)
{
	struct live *l = context;
	const struct stream_spec *spec = &l->site->connector->stream;
	if (spec->resync && strcmp(e->name, spec->resync) == 0) {
		l->resync = true;
		return;
	}
	if (strcmp(e->name, spec->event ? spec->event : "message") != 0)
		return;
	char *data = xmalloc(e->data_n + 1);
	memcpy(data, e->data, e->data_n + 1);
	size_t size = e->data_n + strlen(e->id) + sizeof(struct event);
	close_up(l);
	ARRAY_PUSH(l->queue, l->count, l->cap) = (struct event){
		data, *e->id ? xstrdup(e->id) : NULL, e->data_n, size};
	l->bytes += size;
}

static void on_head(void *context, long status)
{
	struct live *l = context;
	l->heard = clock_monotonic();
	if (status == 200)
		l->state = LIVE_OPEN;
}

static bool on_data(void *context, const char *p, size_t n)
{
	struct live *l = context;
	l->heard = clock_monotonic();
	if (l->state == LIVE_OPEN)
		sse_feed(&l->sse, p, n, on_event, l);
	return !l->sse.broken;
}

static void on_done(void *context, const struct http_result *r)
{
	struct live *l = context;
	l->call = NULL;
	l->state = LIVE_FAILED;
	if (r->failure.code)
		l->failure = r->failure;
	else if (l->sse.broken)
		failure_set(&l->failure, ERR_LIMIT,
			    N_("an event of the stream is larger than allowed"), NULL);
	else if (!failure_from_status(&l->failure, r->status))
		l->ended = failure_set(&l->failure, ERR_NET, N_("the server ended the stream"),
				       NULL);
	l->failure.retry_after = r->retry_after;
	l->failure.refused = auth_is_refusal(l->site->auth, r->status, NULL);
	l->failure.proof = r->tag;
	auth_redact(l->site->auth, l->failure.detail);
}

struct live *live_new(const struct site *s, uint32_t wanted, struct failure *f)
{
	struct live *l = xcalloc(1, sizeof *l);
	l->site = s;
	l->failure = (struct failure)FAILURE_NONE;
	l->heard = clock_monotonic();
	sse_init(&l->sse, (size_t)s->connector->limits.body);
	struct circumstances c = {.kinds = wanted};
	struct http_order o = {.head = on_head, .data = on_data, .done = on_done, .context = l};
	struct err e = ERR_INIT;
	l->call = request_send(s, &s->connector->stream.request, &c, "text/event-stream", &o,
			       &e);
	if (l->call)
		return l;
	failure_set(f, ERR_USAGE, N_("the request can't be made"), e.text);
	live_free(l);
	return NULL;
}

static void drop_event(struct live *l)
{
	struct event *e = &l->queue[l->first++];
	l->bytes -= e->size;
	free(e->data);
	free(e->id);
	if (l->first == l->count)
		l->first = l->count = 0;
}

void live_free(struct live *l)
{
	if (!l)
		return;
	http_stop(l->call);
	while (l->first < l->count)
		drop_event(l);
	free(l->queue);
	tape_free(&l->tape);
	free(l->last_id);
	sse_free(&l->sse);
	free(l);
}

enum live_state live_state(const struct live *l)
{
	return l->state;
}

const struct failure *live_failure(const struct live *l)
{
	return &l->failure;
}

bool live_has_ended(const struct live *l)
{
	return l->ended;
}

bool live_has_events(const struct live *l)
{
	return l->first < l->count;
}

bool live_take_resync(struct live *l)
{
	bool was = l->resync;
	l->resync = false;
	return was;
}

int64_t live_heard(const struct live *l)
{
	return l->heard;
}

int64_t live_retry(const struct live *l)
{
	return l->sse.retry;
}

void live_turn(struct live *l)
{
	bool full = l->bytes > QUEUE_MOST;
	if (l->call && full != l->paused)
		http_pause(l->call, full);
	l->paused = full;
}

struct item_call {
	struct mapper *mapper;
	const struct mapping *how;
	struct haul *out;
};

static int on_item(void *context, const struct node *item, struct err *e)
{
	struct item_call *c = context;
	(void)e;
	if (item->type != NODE_NULL)
		mapper_item(c->mapper, c->how, item, c->out);
	return 0;
}

static const struct kind *kind_of(const struct stream_spec *spec, const struct node *data)
{
	struct jqfilter_out out;
	const struct kind *k = NULL;
	if (!spec->kind)
		return NULL;
	if (jqfilter_ask(spec->kind, data, &out, NULL) == 0 && out.node->type == NODE_STRING) {
		char *name = xstrndup(out.node->s, out.node->n);
		k = kind_find(name);
		free(name);
	}
	jqfilter_out_free(&out);
	return k;
}

static void note_time(const struct stream_spec *spec, const struct node *data,
		      int64_t *server_time)
{
	struct jqfilter_out out;
	int64_t t;
	if (!spec->server_time)
		return;
	if (jqfilter_ask(spec->server_time, data, &out, NULL) == 0 &&
	    out.node->type == NODE_STRING && clock_parse(out.node->s, out.node->n, &t) == 0)
		*server_time = t;
	jqfilter_out_free(&out);
}

static void map_event(struct live *l, struct mapper *m, const struct mapping *how,
		      const struct event *e, struct haul *out, int64_t *server_time)
{
	const struct stream_spec *spec = &l->site->connector->stream;
	struct mapping own = *how;
	struct item_call c = {m, &own, out};
	struct err err = ERR_INIT;
	if (tape_read(&l->tape, e->data, e->n, NULL) < 0) {
		mapper_reject(&own, _("event: not JSON"), e->data, e->n, out);
		return;
	}
	const struct node *data = l->tape.nodes;
	note_time(spec, data, server_time);
	own.kind = kind_of(spec, data);
	if (jqfilter_each(spec->items, data, on_item, &c, &err) < 0) {
		err_prefix(&err, "items");
		mapper_reject(&own, err.text, e->data, e->n, out);
	}
}

void live_map(struct live *l, struct mapper *m, const struct mapping *how, struct haul *out,
	      size_t most, int64_t deadline, const char **id, int64_t *server_time)
{
	*server_time = CLOCK_NONE;
	for (size_t i = 0; live_has_events(l) && i < most; i++) {
		struct event *e = &l->queue[l->first];
		map_event(l, m, how, e, out, server_time);
		if (e->id) {
			free(l->last_id);
			l->last_id = e->id;
			e->id = NULL;
		}
		drop_event(l);
		if (i % 16 == 15 && clock_monotonic() >= deadline)
			break;
	}
	*id = l->last_id;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events are only put in a queue while bytes come; the engine maps them when it is the turn
 * of this source, and the server is made to wait while too many stand in the queue. */
#include "api/live.h"

#include <stdlib.h>
#include <string.h>

#include "api/ask.h"
#include "api/chunks.h"
#include "api/fetch.h"
#include "api/live_event.h"
#include "api/sse.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

#define QUEUE_MOST ((size_t)4 << 20) /* bytes of events that wait */
#define ASK_PAUSE SECOND             /* between answers that come at once and bring nothing */

struct live {
	const struct site *site;
	uint32_t wanted;
	enum live_state state;
	struct failure failure;
	struct http_call *call;
	struct sse sse;
	struct chunks chunks;
	struct live_event *queue;
	size_t first, count, cap, bytes;
	struct tape tape; /* of the event at hand */
	char *last_id;
	char *last;           /* the text of the event that was mapped last; NULL: none */
	int64_t heard, taken; /* taken: events so far */
	bool resync, paused, ended, opened;
	struct live_result result;
	/* STREAM_POLL */
	struct position at;
	struct strbuf answer;
	int64_t ask_at; /* monotonic; when no request is under way */
};

static const struct stream_spec *spec_of(const struct live *l)
{
	return &l->site->connector->stream;
}

/* A queue that is never empty must not grow by what has left it. */
static void close_up(struct live *l)
{
	if (l->count < l->cap || l->first == 0 || l->first * 2 < l->count)
		return;
	l->count -= l->first;
	memmove(l->queue, l->queue + l->first, l->count * sizeof *l->queue);
	l->first = 0;
}

static void put_event(struct live *l, const char *name, const char *id, const char *data,
		      size_t n)
{
	size_t size = n + strlen(name) + strlen(id) + sizeof(struct live_event);
	close_up(l);
	ARRAY_PUSH(l->queue, l->count, l->cap) = (struct live_event){
		xstrdup(name), xstrndup(data, n), *id ? xstrdup(id) : NULL, n, size};
	l->bytes += size;
	l->taken++;
}

static void on_sse(void *context, const struct sse_event *e)
{
	struct live *l = context;
	const struct stream_spec *spec = spec_of(l);
	if (spec->resync && strcmp(e->name, spec->resync) == 0)
		l->resync = true;
	else if (spec->act || strcmp(e->name, spec->event ? spec->event : "message") == 0)
		put_event(l, e->name, e->id, e->data, e->data_n);
}

static void on_value(void *context, const char *s, size_t n)
{
	put_event(context, "message", "", s, n);
}

static void on_head(void *context, long status)
{
	struct live *l = context;
	l->heard = clock_monotonic();
	if (status == 200 ||
	    (spec_of(l)->type == STREAM_POLL && (status == 204 || status == 304)))
		l->state = LIVE_OPEN;
	l->opened |= l->state == LIVE_OPEN;
}

static bool on_data(void *context, const char *p, size_t n)
{
	struct live *l = context;
	l->heard = clock_monotonic();
	if (spec_of(l)->type == STREAM_POLL)
		strbuf_add(&l->answer, p, n);
	else if (l->state == LIVE_OPEN && spec_of(l)->type == STREAM_SSE)
		sse_feed(&l->sse, p, n, on_sse, l);
	else if (l->state == LIVE_OPEN)
		chunks_feed(&l->chunks, p, n, on_value, l);
	return !l->sse.broken && !l->chunks.broken;
}

/* --- an answer that waits until there is one --- */

static int take_cursor(struct live *l, const struct node *body, const struct http_call *call)
{
	const struct stream_spec *spec = spec_of(l);
	const char *header = spec->next_header ? http_header(call, spec->next_header) : NULL;
	char *cursor = header && *header ? xstrdup(header) : NULL;
	if (!spec->next_header && ask_text(spec->next, body, &cursor, &l->failure) < 0)
		return -1;
	if (cursor) {
		free(l->at.cursor);
		l->at.cursor = cursor;
	}
	return 0;
}

static int take_answer(struct live *l, const struct http_call *call, const char *type)
{
	const struct stream_spec *spec = spec_of(l);
	int rc = format_read(&spec->format, l->answer.s, l->answer.len, type, &l->tape,
			     &l->failure);
	if (rc == 0)
		rc = envelope_judge(&spec->envelope, l->tape.nodes, &l->failure);
	if (rc == 0)
		rc = take_cursor(l, l->tape.nodes, call);
	if (rc == 0)
		put_event(l, "message", l->at.cursor ? l->at.cursor : "", l->answer.s,
			  l->answer.len);
	auth_redact(l->site->auth, l->failure.detail);
	return rc;
}

/* A server that answers at once though nothing is new must not be asked a thousand times a
 * second. */
static void ask_later(struct live *l, bool quick, bool quiet)
{
	l->ask_at = clock_monotonic() + (quick && quiet ? ASK_PAUSE : 0);
}

static void answered(struct live *l, const struct http_call *call, const struct http_result *r)
{
	const char *before = l->at.cursor;
	bool empty = !l->answer.len || r->status == 204 || r->status == 304;
	char *was = before ? xstrdup(before) : NULL;
	if (!empty && take_answer(l, call, r->type) < 0)
		l->state = LIVE_FAILED;
	bool moved = l->at.cursor && (!was || strcmp(was, l->at.cursor) != 0);
	ask_later(l, r->took_ms < ASK_PAUSE, empty || !moved);
	strbuf_clear(&l->answer);
	free(was);
}

static void on_done(void *context, const struct http_result *r)
{
	struct live *l = context;
	const struct http_call *call = l->call;
	bool poll = spec_of(l)->type == STREAM_POLL;
	l->call = NULL;
	l->failure.retry_after = r->retry_after;
	if (poll && !r->failure.code &&
	    (r->status == 200 || r->status == 204 || r->status == 304)) {
		answered(l, call, r);
		return;
	}
	l->state = LIVE_FAILED;
	if (r->failure.code)
		l->failure = r->failure;
	else if (l->sse.broken || l->chunks.broken)
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

static const char *accepts(const struct stream_spec *spec)
{
	static const char *const types[] = {"text/event-stream", "application/x-ndjson",
					    "application/json"};
	return spec->type == STREAM_POLL ? format_accept(&spec->format) : types[spec->type];
}

static int ask(struct live *l, struct failure *f)
{
	const struct stream_spec *spec = spec_of(l);
	bool poll = spec->type == STREAM_POLL;
	struct circumstances c = {.kinds = l->wanted, .at = &l->at};
	struct http_order o = {.head = on_head,
			       .data = on_data,
			       .done = on_done,
			       .context = l,
			       .answer_ms = poll ? spec->silence : 0,
			       .body_most = poll ? l->site->connector->limits.body : 0};
	struct err e = ERR_INIT;
	l->call = request_send(l->site, &spec->request, &c, accepts(spec), &o, &e);
	return l->call ? 0 : failure_set(f, ERR_USAGE, N_("the request can't be made"), e.text);
}

struct live *live_new(const struct site *s, uint32_t wanted, const char *cursor,
		      struct failure *f)
{
	struct live *l = xcalloc(1, sizeof *l);
	size_t most = (size_t)s->connector->limits.body;
	l->site = s;
	l->wanted = wanted;
	l->failure = (struct failure)FAILURE_NONE;
	l->heard = clock_monotonic();
	l->answer = (struct strbuf)STRBUF_INIT;
	l->at.cursor = cursor ? xstrdup(cursor) : NULL;
	sse_init(&l->sse, most);
	chunks_init(&l->chunks, s->connector->stream.type == STREAM_NDJSON, most);
	if (ask(l, f) == 0)
		return l;
	live_free(l);
	return NULL;
}

static void drop_event(struct live *l)
{
	struct live_event *e = &l->queue[l->first++];
	l->bytes -= e->size;
	live_event_free(e);
	if (l->first == l->count)
		l->first = l->count = 0;
}

void live_free(struct live *l)
{
	struct refetch r;
	if (!l)
		return;
	http_stop(l->call);
	while (l->first < l->count)
		drop_event(l);
	while (live_take_refetch(l, &r))
		free(r.id);
	free(l->result.wanted);
	free(l->queue);
	tape_free(&l->tape);
	free(l->last_id);
	free(l->last);
	position_free(&l->at);
	strbuf_free(&l->answer);
	sse_free(&l->sse);
	chunks_free(&l->chunks);
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

bool live_was_open(const struct live *l)
{
	return l->opened;
}

int64_t live_taken(const struct live *l)
{
	return l->taken;
}

bool live_take_resync(struct live *l)
{
	bool was = l->resync || l->result.resync;
	l->resync = l->result.resync = false;
	return was;
}

bool live_take_refetch(struct live *l, struct refetch *r)
{
	if (!l->result.count)
		return false;
	*r = l->result.wanted[--l->result.count];
	return true;
}

int64_t live_heard(const struct live *l)
{
	return l->heard;
}

int64_t live_retry(const struct live *l)
{
	return l->sse.retry;
}

int64_t live_wake(const struct live *l)
{
	return l->call || l->state == LIVE_FAILED ? INT64_MAX : l->ask_at;
}

void live_turn(struct live *l)
{
	bool full = l->bytes > QUEUE_MOST;
	bool poll = spec_of(l)->type == STREAM_POLL;
	if (poll && !l->call && l->state != LIVE_FAILED && !full &&
	    clock_monotonic() >= l->ask_at && ask(l, &l->failure) < 0)
		l->state = LIVE_FAILED;
	if (l->call && full != l->paused)
		http_pause(l->call, full);
	l->paused = full && l->call;
}

/* Where the stream goes on behind an event that was just mapped: its id, or what it says
 * itself. */
static void note_id(struct live *l, struct live_event *e)
{
	struct jqfilter *next = spec_of(l)->next;
	struct failure ignored;
	if (!e->id && next && l->tape.count)
		ask_text(next, l->tape.nodes, &e->id, &ignored);
	if (!e->id)
		return;
	free(l->last_id);
	l->last_id = e->id;
	e->id = NULL;
}

void live_map(struct live *l, struct mapper *m, const struct mapping *how, struct haul *out,
	      size_t most, int64_t deadline, const char **id, int64_t *server_time)
{
	l->result.server_time = CLOCK_NONE;
	for (size_t i = 0; live_has_events(l) && i < most; i++) {
		struct live_event *e = &l->queue[l->first];
		live_event_map(l->site->connector, e, &l->tape, m, how, out, &l->result);
		note_id(l, e);
		free(l->last);
		l->last = e->data;
		e->data = NULL;
		drop_event(l);
		if (i % 16 == 15 && clock_monotonic() >= deadline)
			break;
	}
	*server_time = l->result.server_time;
	*id = l->last_id;
}

const char *live_last(const struct live *l)
{
	return l->last ? l->last : "";
}

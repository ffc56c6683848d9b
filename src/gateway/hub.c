/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/hub.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "gateway/cursor.h"

#define EVENTS_MOST 16384
#define BYTES_MOST ((size_t)32 << 20)
#define REST_MOST 20000 /* microseconds */
#define REMEMBERED 2000 /* changes before the start that a returning listener may still get */

struct hub {
	struct backend *backend;
	struct metrics *metrics;
	struct hub_options options;
	struct ring ring;
	struct listener *listeners;
	size_t count;
	uint32_t news;      /* kinds that changed since the last flush */
	int64_t rest_until; /* monotonic microseconds */
	bool ended;
};

struct listener {
	struct hub *hub;
	struct listener *next, **link;
	void (*wake)(void *arg);
	void *arg;
	uint32_t mask;
	uint64_t at;        /* number of the next event to look at */
	struct event *part; /* being sent, `done` bytes of it are */
	size_t done;
	char note[160]; /* a comment or control event, sent before anything else */
	size_t note_n;
	int64_t told;  /* the sequence number that it knows of */
	int64_t spoke; /* when it was last sent something */
	bool asleep, lost, due;
};

static void say(struct listener *l, bool with_id, const char *text)
{
	char cursor[CURSOR_TEXT];
	cursor_format(l->hub->backend, l->told, cursor);
	l->note_n = (size_t)snprintf(l->note, sizeof l->note, "%s%s%s%s", with_id ? "id: " : "",
				     with_id ? cursor : "", with_id ? "\n" : "", text);
	l->done = 0;
}

static void remember(struct hub *h, const struct stored *s)
{
	char head[160], cursor[CURSOR_TEXT];
	cursor_format(h->backend, s->seq, cursor);
	snprintf(head, sizeof head,
		 "id: %s\nevent: change\ndata: {\"kind\":\"%s\",\"record\":", cursor,
		 s->kind->id);
	/* The closing brace of the envelope travels with the record. */
	char *data = xmalloc(s->n + 1);
	memcpy(data, s->json, s->n);
	data[s->n] = '}';
	ring_add(&h->ring, s->seq, UINT32_C(1) << kind_index(s->kind), head, data, s->n + 1);
	free(data);
}

static void wake(struct listener *l)
{
	if (!l->asleep)
		return;
	l->asleep = false;
	l->wake(l->arg);
}

static void hear(void *arg, const struct stored *changes, size_t count)
{
	struct hub *h = arg;
	for (size_t i = 0; i < count; i++) {
		remember(h, &changes[i]);
		h->news |= UINT32_C(1) << kind_index(changes[i].kind);
	}
}

bool hub_flush(struct hub *h, int64_t now_us)
{
	bool any = false;
	if (!h->news || now_us < h->rest_until)
		return false;
	for (struct listener *l = h->listeners; l; l = l->next)
		if (l->mask & h->news && l->asleep) {
			wake(l);
			any = true;
		}
	h->news = 0;
	return any;
}

void hub_rest(struct hub *h, int64_t now_us, int64_t took_us)
{
	h->rest_until = now_us + (took_us < REST_MOST ? took_us : REST_MOST);
}

int64_t hub_patience(const struct hub *h, int64_t now_us)
{
	if (!h->news)
		return -1;
	return h->rest_until > now_us ? h->rest_until - now_us : 0;
}

static bool remember_old(void *arg, const struct stored *s)
{
	remember(arg, s);
	return true;
}

struct hub *hub_new(struct backend *b, struct metrics *m, const struct hub_options *options,
		    struct err *e)
{
	struct hub *h = xcalloc(1, sizeof *h);
	h->backend = b;
	h->metrics = m;
	h->options = *options;
	int64_t floor = backend_last(b) - REMEMBERED;
	/* What changed twice stands only at its latest place: still complete as an upsert feed.
	 */
	ring_init(&h->ring, EVENTS_MOST, BYTES_MOST,
		  floor < backend_horizon(b) ? backend_horizon(b) : floor);
	if (backend_all_changes(b, h->ring.floor < 0 ? 0 : h->ring.floor, remember_old, h, e) <
	    0) {
		hub_free(h);
		return NULL;
	}
	backend_listen(b, hear, h);
	return h;
}

void hub_free(struct hub *h)
{
	if (!h)
		return;
	backend_listen(h->backend, NULL, NULL);
	ring_free(&h->ring);
	free(h);
}

void hub_end(struct hub *h)
{
	h->ended = true;
	for (struct listener *l = h->listeners; l; l = l->next)
		wake(l);
}

void hub_tick(struct hub *h, int64_t now)
{
	for (struct listener *l = h->listeners; l; l = l->next) {
		if (!l->asleep || now - l->spoke < h->options.heartbeat)
			continue;
		l->due = true;
		wake(l);
	}
}

bool hub_full(const struct hub *h)
{
	return h->ended || (int64_t)h->count >= h->options.listeners_most;
}

struct listener *hub_join(struct hub *h, uint32_t mask, int64_t after,
			  void (*wake_up)(void *arg), void *arg)
{
	struct listener *l = xcalloc(1, sizeof *l);
	l->hub = h;
	l->mask = mask;
	l->wake = wake_up;
	l->arg = arg;
	l->next = h->listeners;
	l->link = &h->listeners;
	if (l->next)
		l->next->link = &l->next;
	h->listeners = l;
	h->metrics->streams = ++h->count;
	l->lost = after < h->ring.floor;
	l->at = ring_find(&h->ring, after);
	l->told = after;
	l->spoke = clock_monotonic();
	say(l, !l->lost, "retry: 1000\n: connected\n\n");
	return l;
}

void hub_leave(struct listener *l)
{
	*l->link = l->next;
	if (l->next)
		l->next->link = l->link;
	l->hub->metrics->streams = --l->hub->count;
	event_release(l->part);
	free(l);
}

/* The position has left the ring: it must take the feed, and hears only what comes now. */
static void resync(struct listener *l)
{
	char text[120], cursor[CURSOR_TEXT];
	l->lost = false;
	l->at = l->hub->ring.end;
	l->told = backend_last(l->hub->backend);
	cursor_format(l->hub->backend, l->told, cursor);
	snprintf(text, sizeof text, "event: resync\ndata: {\"now\":\"%s\"}\n\n", cursor);
	say(l, false, text);
	l->hub->metrics->resyncs++;
}

/* Chooses what is sent next; false: nothing. */
static bool choose(struct listener *l)
{
	struct hub *h = l->hub;
	if (l->lost || l->at < h->ring.first) {
		resync(l);
		return true;
	}
	for (; l->at < h->ring.end; l->at++) {
		struct event *ev = ring_at(&h->ring, l->at);
		if (!(ev->kind & l->mask))
			continue;
		l->part = event_hold(ev);
		l->done = 0;
		l->at++;
		l->told = ev->seq;
		h->metrics->events_sent++;
		return true;
	}
	if (!l->due)
		return false;
	l->due = false;
	/* With the newest id, so that who hears little need not start afresh later. */
	bool moved = l->told != backend_last(h->backend);
	l->told = backend_last(h->backend);
	say(l, moved, ": heartbeat\n\n");
	return true;
}

/* Copies from what is being sent; forgets it when it is done. */
static size_t copy(struct listener *l, char *buf, size_t room)
{
	const char *text = l->part ? l->part->text : l->note;
	size_t left = (l->part ? l->part->n : l->note_n) - l->done;
	size_t n = left < room ? left : room;
	memcpy(buf, text + l->done, n);
	l->done += n;
	if (n < left)
		return n;
	event_release(l->part);
	l->part = NULL;
	l->note_n = 0;
	return n;
}

ssize_t hub_read(struct listener *l, char *buf, size_t most)
{
	size_t n = 0;
	while (n < most) {
		if (!l->part && !l->note_n && (l->hub->ended || !choose(l)))
			break;
		n += copy(l, buf + n, most - n);
	}
	if (n) {
		l->due = false;
		l->spoke = clock_monotonic();
		return (ssize_t)n;
	}
	if (l->hub->ended)
		return -1;
	l->asleep = true;
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record while it is made: the standard columns, the kind's own members, its history. */
#ifndef IOC_DEMO_SKETCH_H
#define IOC_DEMO_SKETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "model/kind.h"

#define SKETCH_ID 64
#define SKETCH_EVENTS 24

struct sketch_event {
	int64_t at;
	char by[80];
	const char *action, *from, *to; /* static; from and to may be NULL */
	size_t text, text_n;            /* within sketch.texts */
};

struct sketch {
	const struct kind *kind;
	char id[SKETCH_ID]; /* also the code */
	const char *state, *src_state;
	int64_t created, due, closed; /* CLOCK_NONE: none */
	const char *area, *unit, *category, *channel;
	int64_t severity; /* -1: none */
	bool placed;
	double lat, lon;
	struct strbuf title, address, body;
	struct strbuf fields;      /* members of the kind's own, as JSON */
	struct strbuf attachments; /* items of the lists, as JSON */
	struct strbuf links;
	struct strbuf extra;
	struct strbuf texts;
	struct sketch_event events[SKETCH_EVENTS];
	size_t event_count;
};

/* What a generator hands out; the text is valid until the next one is made. */
struct made {
	const struct kind *kind;
	const char *id, *state;
	int64_t version;
	const char *json;
	size_t n;
};
/* Takes what is made; -1 with *e ends the making. */
typedef int made_sink(void *arg, const struct made *m, struct err *e);

void sketch_start(struct sketch *d, const struct kind *k);
void sketch_free(struct sketch *d);
/* Adds an event; its text is what the caller then appends to d->texts before the next one.
 * Moves d->state to `to` where that is not NULL.  Returns NULL when the history is full. */
struct sketch_event *sketch_event(struct sketch *d, int64_t at, const char *by,
				  const char *action, const char *to);
void sketch_link(struct sketch *d, const char *kind, const char *id, const char *rel);
/* An attachment that the gateway serves itself. */
void sketch_attach(struct sketch *d, const char *name, const char *type, int64_t size);
/* A mark in extra, which says what is odd about a record. */
void sketch_note(struct sketch *d, const char *note);
/* The record as JSON, appended to out; *m describes it. */
void sketch_write(struct sketch *d, struct strbuf *out, struct made *m);

#endif

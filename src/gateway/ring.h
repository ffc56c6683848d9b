/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recent changes, ready to be sent as events.  Bounded by number and bytes; an event that
 * somebody is reading stays until it is read. */
#ifndef IOC_GATEWAY_RING_H
#define IOC_GATEWAY_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct event {
	unsigned holders; /* the ring and whoever is in the middle of it */
	uint32_t kind;    /* one bit */
	int64_t seq;
	size_t n;
	char text[]; /* "id: …\nevent: change\ndata: …\n\n" */
};

struct ring {
	struct event **slots; /* event number i lies in slot i modulo cap */
	size_t cap;
	uint64_t first, end; /* numbers of the oldest one, and of the next one to come */
	size_t bytes, bytes_most;
	int64_t floor; /* every change after this number is here */
};

void ring_init(struct ring *r, size_t cap, size_t bytes_most, int64_t floor);
void ring_free(struct ring *r);
/* The text is copied in pieces: head, data, "\n\n". */
void ring_add(struct ring *r, int64_t seq, uint32_t kind, const char *head, const char *data,
	      size_t n);
struct event *ring_at(const struct ring *r, uint64_t number);
/* The number of the first event after this sequence number. */
uint64_t ring_find(const struct ring *r, int64_t seq);
struct event *event_hold(struct event *ev);
void event_release(struct event *ev);

#endif

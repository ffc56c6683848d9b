/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/ring.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void ring_init(struct ring *r, size_t cap, size_t bytes_most, int64_t floor)
{
	*r = (struct ring){.cap = cap, .bytes_most = bytes_most, .floor = floor};
	r->slots = xcalloc(cap, sizeof(struct event *));
}

struct event *ring_at(const struct ring *r, uint64_t number)
{
	return r->slots[number % r->cap];
}

static void drop_oldest(struct ring *r)
{
	struct event *ev = ring_at(r, r->first++);
	r->floor = ev->seq;
	r->bytes -= ev->n;
	event_release(ev);
}

void ring_free(struct ring *r)
{
	while (r->first < r->end)
		drop_oldest(r);
	free(r->slots);
}

void ring_add(struct ring *r, int64_t seq, uint32_t kind, const char *head, const char *data,
	      size_t n)
{
	size_t before = strlen(head), all = before + n + 2;
	while (r->first < r->end &&
	       (r->end - r->first == r->cap || r->bytes + all > r->bytes_most))
		drop_oldest(r);
	struct event *ev = xmalloc(sizeof *ev + all);
	*ev = (struct event){.holders = 1, .kind = kind, .seq = seq, .n = all};
	memcpy(ev->text, head, before);
	memcpy(ev->text + before, data, n);
	memcpy(ev->text + before + n, "\n\n", 2);
	r->slots[r->end++ % r->cap] = ev;
	r->bytes += all;
}

uint64_t ring_find(const struct ring *r, int64_t seq)
{
	uint64_t low = r->first, high = r->end;
	while (low < high) {
		uint64_t middle = low + (high - low) / 2;
		if (ring_at(r, middle)->seq <= seq)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct event *event_hold(struct event *ev)
{
	ev->holders++;
	return ev;
}

void event_release(struct event *ev)
{
	if (ev && --ev->holders == 0)
		free(ev);
}

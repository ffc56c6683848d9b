/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who listens to the stream of changes, and the recent changes for those who come back. */
#ifndef IOC_GATEWAY_HUB_H
#define IOC_GATEWAY_HUB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/strbuf.h"
#include "gateway/backend.h"
#include "gateway/metrics.h"
#include "gateway/ring.h"

struct hub;
struct listener;

struct hub_options {
	int64_t listeners_most;
	int64_t heartbeat; /* ms without an event after which a listener is told that we live */
};

/* Remembers the latest changes of the backend; listens to it from now on. */
struct hub *hub_new(struct backend *b, struct metrics *m, const struct hub_options *options,
		    struct err *e);
/* All listeners are gone by then. */
void hub_free(struct hub *h);
/* Ends all streams once they have sent what they began. */
void hub_end(struct hub *h);
/* Wakes who has waited for a heartbeat's time.  Call about once a second. */
void hub_tick(struct hub *h, int64_t now);
/* Wakes who has something to hear, but rests between as long as the last time took: many
 * listeners then get several events at once, and requests their turn.  Times here are
 * monotonic microseconds.  Returns whether any was woken; say then with hub_rest how long
 * serving them took. */
bool hub_flush(struct hub *h, int64_t now_us);
void hub_rest(struct hub *h, int64_t now_us, int64_t took_us);
/* Microseconds until hub_flush has something to do; -1: nothing waits. */
int64_t hub_patience(const struct hub *h, int64_t now_us);
bool hub_full(const struct hub *h);

/* A listener to the kinds of the mask, from after this number on.  `wake` is called when
 * there is something to read for one that slept. */
struct listener *hub_join(struct hub *h, uint32_t mask, int64_t after, void (*wake)(void *arg),
			  void *arg);
void hub_leave(struct listener *l);
/* Fills the buffer with what is next.  0: nothing for now, it sleeps until woken; -1: the
 * stream has ended. */
ssize_t hub_read(struct listener *l, char *buf, size_t most);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream of a source: events that carry records, or say which have changed. */
#ifndef IOC_API_LIVE_H
#define IOC_API_LIVE_H

#include "api/haul.h"
#include "api/jqmap.h"
#include "api/request.h"

struct live;

/* A record that an event only names. */
struct refetch {
	const struct kind *kind;
	char *id; /* owned by who takes it */
};

/* Opens the stream of these kinds (bit i: kinds[i]) behind this cursor (NULL: none).  NULL with
 * the failure. */
struct live *live_new(const struct site *s, uint32_t wanted, const char *cursor,
		      struct failure *f);
void live_free(struct live *l);

enum live_state {
	LIVE_CONNECTING,
	LIVE_OPEN,
	LIVE_FAILED, /* or ended: see the failure */
};
enum live_state live_state(const struct live *l);
const struct failure *live_failure(const struct live *l);

/* Call once in a turn of the loop: asks again where events are answers, and lets the server
 * wait while too many events do. */
void live_turn(struct live *l);
/* Whether the server ended it in good order. */
bool live_has_ended(const struct live *l);
/* Whether events wait to be mapped. */
bool live_has_events(const struct live *l);
/* Whether it was open once, however short. */
bool live_was_open(const struct live *l);
/* Events that came so far. */
int64_t live_taken(const struct live *l);
/* When it wants a turn though nothing happens, by the monotonic clock. */
int64_t live_wake(const struct live *l);
/* Takes one of the records that events only named; false where there is none. */
bool live_take_refetch(struct live *l, struct refetch *r);
/* Whether the server said that the past is gone, since this was last asked. */
bool live_take_resync(struct live *l);
/* When a byte last came, by the monotonic clock. */
int64_t live_heard(const struct live *l);
/* Milliseconds that the server wants us to wait before connecting again; -1. */
int64_t live_retry(const struct live *l);

/* Maps waiting events into the haul, at most `most` or until the deadline.  *id becomes the
 * id of the last one (borrowed until the next call; NULL where it has none), *server_time
 * the newest time that one told, or CLOCK_NONE.  `how` gives source and map. */
void live_map(struct live *l, struct mapper *m, const struct mapping *how, struct haul *out,
	      size_t most, int64_t deadline, const char **id, int64_t *server_time);
/* The text of the event that was mapped last; borrowed until the next one is. */
const char *live_last(const struct live *l);

#endif

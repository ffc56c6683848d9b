/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open connections and how long each may take: a client that sends or reads a byte now and
 * then must not hold a place for ever. */
#ifndef IOC_GATEWAY_PEERS_H
#define IOC_GATEWAY_PEERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct peer {
	struct peer *next, **link;
	int fd;
	int64_t deadline; /* monotonic; CLOCK_NONE: none, as for a stream */
	bool idle;        /* waits for a request */
};

struct peers {
	struct peer *head;
	size_t count;
};

struct peer *peer_add(struct peers *all, int fd);
void peer_remove(struct peers *all, struct peer *p);
/* It waits for the head of a request. */
void peer_expect(struct peer *p);
/* So many bytes are being moved. */
void peer_busy(struct peer *p, size_t bytes);
/* It may stay as long as it likes. */
void peer_unbounded(struct peer *p);
/* Shuts the sockets that are late, or with `idle` those that wait for a request; the server
 * then notices their end.  Returns how many. */
size_t peers_shut(struct peers *all, int64_t now, bool idle);

#endif

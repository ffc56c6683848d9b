/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's present: new records arrive, older ones move on.  While the queues have their
 * usual length 26 of a hundred events are new records (alerts most, then calls, complaints,
 * dossiers) and 74 moves of older ones, because each new one causes some three moves until it
 * is done; longer queues get more moves, shorter ones fewer. */
#ifndef IOC_GATEWAY_DEMO_LIVE_H
#define IOC_GATEWAY_DEMO_LIVE_H

#include "gateway/backend.h"
#include "demo/world.h"

struct live;

/* World and backend outlive it. */
struct live *live_new(const struct world *w, struct backend *b);
void live_free(struct live *l);
/* Learns of a record that the demo made: what can still move, and which numbers are taken.
 * The complaint about ngõ 308 is left alone, so that it stays where visitors look for it. */
void live_notice(struct live *l, const struct kind *k, const char *id, const char *state);
/* The queues have their usual length now; draws start from this number on. */
void live_ready(struct live *l, uint64_t number);
/* One event, within a transaction of the backend. */
int live_event(struct live *l, int64_t at, struct err *e);
/* A draw for the waiting time until the next one, 0 … 1. */
double live_wait(struct live *l);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one loop of the gateway: connections, signals, the living demo, housekeeping. */
#ifndef IOC_GATEWAY_LOOP_H
#define IOC_GATEWAY_LOOP_H

#include "gateway/demo.h"
#include "gateway/gateway.h"
#include "gateway/server.h"

struct loop {
	struct gateway *gateway;
	struct server *server;
	struct demo *demo;      /* NULL: none */
	int64_t keep_deletions; /* ms */
};

/* Runs until SIGTERM or SIGINT, then lets what is under way finish, for a few seconds at
 * most; a second signal ends that at once. */
int loop_run(const struct loop *l, struct err *e);

#endif

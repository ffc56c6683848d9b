/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything one running gateway has.  One thread. */
#ifndef IOC_GATEWAY_GATEWAY_H
#define IOC_GATEWAY_GATEWAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "gateway/auth.h"
#include "gateway/backend.h"
#include "gateway/draft.h"
#include "gateway/metrics.h"

struct hub;

struct gateway {
	struct backend *backend;
	struct auth *auth;
	struct hub *hub; /* the streams */
	struct numbering numbers;
	struct metrics metrics;
	struct strbuf openapi; /* the description that is served */
	int64_t clock_shift;   /* what --clock adds to the wall clock */
	int64_t started;
	bool demo; /* attachments that nobody stored are drawn */
	bool stopping;
	bool woken; /* a stream was: the server must run before it waits */
};

/* The server's time: what stands in records and answers. */
int64_t gateway_now(const struct gateway *g);

#endif

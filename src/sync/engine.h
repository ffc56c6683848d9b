/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop: transfers, readers, signals and the writer's answers, in one thread. */
#ifndef IOC_SYNC_ENGINE_H
#define IOC_SYNC_ENGINE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "base/paths.h"

struct engine;

/* Opens the databases, the control socket and all sources of the configuration.  The caller
 * holds the lease and has not started threads.  Paths must outlive it.  With `once`, every
 * source is filled once.  NULL with *e. */
struct engine *engine_new(const struct paths *p, const char *profile, bool once, struct err *e);
/* Runs until it is told to stop (SIGTERM, SIGINT, the command "stop"), or, with `once`, until
 * all sources have ended.  SIGHUP reads the configuration again. */
void engine_run(struct engine *g);
void engine_free(struct engine *g);

/* With `once`: one line a source for people.  Returns how many did not become current. */
int engine_report(const struct engine *g, FILE *out);
/* Sources of the configuration. */
size_t engine_sources(const struct engine *g);

#endif

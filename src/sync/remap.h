/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of a source made anew of the items that the cache keeps, by the connector as it
 * is now: what was set aside is tried again too.  Little by little in the engine's loop,
 * through the writer, so that it can be broken off at any time and goes on where it stood. */
#ifndef IOC_SYNC_REMAP_H
#define IOC_SYNC_REMAP_H

#include <jansson.h>

#include "api/jqmap.h"
#include "base/paths.h"
#include "sync/job.h"

struct remap;
struct writer;

/* `aside`: only what was set aside.  `owner` marks its jobs.  NULL with *e where the connector
 * is wrong or there is no cache. */
struct remap *remap_new(const struct paths *p, const char *source, const char *connector,
			bool aside, uint64_t owner, struct err *e);
void remap_free(struct remap *r);
uint64_t remap_owner(const struct remap *r);

/* Does a portion; true where more could be done at once. */
bool remap_turn(struct remap *r, struct mapper *m, struct writer *w);
/* A job came back. */
void remap_landed(struct remap *r, const struct job *j);
bool remap_is_done(const struct remap *r);
/* {"event":"remap",…}, see base/control.h. */
json_t *remap_event(const struct remap *r);

#endif

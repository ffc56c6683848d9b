/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over the feeds of a source: page after page until all that were wanted are
 * current.  While one page is mapped and written the next is on its way. */
#ifndef IOC_SYNC_PASS_H
#define IOC_SYNC_PASS_H

#include "api/fetch.h"
#include "api/probe.h"
#include "sync/feed.h"
#include "sync/job.h"

struct writer;

struct pass {
	struct feed *feeds;
	size_t count;
	const char *base_url;
	bool running;
	bool many;                     /* more than one page of something: a fill */
	int in_flight;                 /* batches that the writer has */
	int64_t records;               /* received in this pass */
	int64_t server_time, heard_at; /* of the newest page, and when it came */
	int64_t heard_mono;            /* the same by the clock that never jumps */
	/* pages under way, the first one being mapped */
	struct fetch *fetches[2];
	struct feed *of[2];
	bool noted[2];     /* what it says has been taken into account */
	struct job *batch; /* of the first page */
	struct probe *probe;
	bool proven;       /* since the first page came: its emptiness is to be believed */
	int64_t probed_at; /* monotonic; 0: not since the last fall */
};

enum pass_state { PASS_RUNNING, PASS_FINISHED, PASS_FAILED };

/* What a pass needs of its source. */
struct pass_env {
	const struct site *site;
	struct mapper *mapper;
	struct writer *writer;
	const char *source;
	uint64_t owner;
	uint32_t epoch;
	struct lookups *lookups;
	int64_t rest; /* ms that a feed is left alone at least: a stream continues it */
};

void pass_init(struct pass *p, const struct connector *c, const char *base_url);
void pass_free(struct pass *p);
/* Starts over the feeds that are due (`all`: every one).  False where none is. */
bool pass_begin(struct pass *p, bool all, int64_t now);
/* Does a portion of work.  FAILED gives the failure and the feed that it concerns (NULL: all);
 * *busy becomes true where more could be done at once. */
enum pass_state pass_turn(struct pass *p, const struct pass_env *env, struct failure *f,
			  struct feed **failed, bool *busy);
/* Leaves a feed out of the rest of this pass. */
void pass_skip(struct pass *p, struct feed *feed);
/* Stops what is under way; what was posted stays posted. */
void pass_abort(struct pass *p);
/* Records of this pass in all, where every feed told; -1. */
int64_t pass_total(const struct pass *p);
/* A batch came back. */
void pass_landed(struct pass *p, const struct job *j);
/* What is known only here may not be what the cache has: nothing is taken as unchanged. */
void pass_forget(struct pass *p);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source at work: connects, fills, follows the stream or polls, and gets up again after
 * every fall.  All runners share one thread; each turn is short. */
#ifndef IOC_SYNC_RUNNER_H
#define IOC_SYNC_RUNNER_H

#include "api/connector.h"
#include "api/http.h"
#include "api/jqmap.h"
#include "api/request.h"
#include "model/config.h"
#include "model/source.h"
#include "sync/job.h"
#include "sync/writer.h"

struct calendar;
struct runner;

/* What all runners share; outlives them. */
struct runner_env {
	struct http *http;
	struct mapper *mapper;
	struct writer *writer;
	const struct calendar *calendar; /* of working days; NULL: every hour is one */
	bool once;                       /* one pass, no stream */
};

/* `c` is taken over; NULL with `why` (whole sentences of findings): the source can't run, and
 * its status says so.  `source` outlives the runner. */
struct runner *runner_new(const struct runner_env *env, const struct config_source *source,
			  struct connector *c, const char *why, uint64_t id);
void runner_free(struct runner *r);

/* Does what can be done now.  True where there is more that need not wait. */
bool runner_turn(struct runner *r);
/* Takes the answer to a job of ours. */
void runner_result(struct runner *r, const struct job *j);
/* When it wants to be looked at though nothing happens, by the monotonic clock. */
int64_t runner_wake(const struct runner *r);
/* A descriptor to wait for; -1: none. */
int runner_fd(const struct runner *r);
/* Pulls now, whatever it was waiting for. */
void runner_pull(struct runner *r);

/* Where actions may be sent to now; NULL: it is not connected, or takes none. */
const struct site *runner_site(const struct runner *r);
/* What of it does not fit, as the job found. */
void runner_note_oddities(struct runner *r, const struct job *j);
/* Whether its connector says how actions are sent. */
bool runner_takes_actions(const struct runner *r);
/* … and this one among them. */
bool runner_offers(const struct runner *r, const struct kind *k, const char *action);

/* Whether it does not, and so it is done here. */
bool runner_leaves_here(const struct runner *r, const struct kind *k, const struct action *a);

/* The runner of a source; NULL: there is none. */
struct runner *runner_find(struct runner *const *list, size_t count, const char *source);
uint64_t runner_id(const struct runner *r);
const struct source_status *runner_status(const struct runner *r);
/* Whether the status changed since this was last asked; *urgent: its state did. */
bool runner_take_news(struct runner *r, bool *urgent);
bool runner_is_filling(const struct runner *r);

/* With env.once: whether it has ended, and how. */
bool runner_is_done(const struct runner *r);
bool runner_has_succeeded(const struct runner *r);
/* What it did in all. */
struct runner_tally {
	int64_t received, changed, removed, rejected, took_ms;
};
const struct runner_tally *runner_tally(const struct runner *r);

#endif

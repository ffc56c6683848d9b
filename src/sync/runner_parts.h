/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the runner share; nobody else includes it. */
#ifndef IOC_SYNC_RUNNER_PARTS_H
#define IOC_SYNC_RUNNER_PARTS_H

#include "api/live.h"
#include "api/lookups.h"
#include "sync/backoff.h"
#include "sync/pass.h"
#include "sync/runner.h"

enum phase {
	PHASE_OFF,     /* switched off or not to be run */
	PHASE_LOADING, /* waits for the cursors */
	PHASE_RUNNING,
	PHASE_WAITING, /* until next_try */
	PHASE_DONE,    /* env.once only */
};

struct runner {
	const struct runner_env *env;
	const struct config_source *source;
	struct connector *connector;
	struct site site;
	uint64_t id;
	uint32_t epoch;
	enum phase phase;
	struct pass pass;
	struct lookups *lookups;
	struct live *live;
	bool stream_open, stream_refused, again; /* again: another pass is due */
	bool stream_waits;                       /* for what the feeds will be denied */
	uint32_t stream_asked;                   /* kinds of the last try */
	bool pass_after_open;                    /* the running pass began on an open stream */
	int64_t stream_opened, stream_next, heard;
	int stream_brief;    /* streams in a row that ended at once */
	char *stream_cursor; /* of its last event; NULL: none */
	int stream_in_flight;
	struct refetch *gone; /* removed by events while a pass is running */
	size_t gone_count, gone_cap;
	struct refetch *named; /* by events, to be asked for */
	size_t named_count, named_cap;
	struct fetch *refetch;               /* under way */
	const struct resource *refetch_spec; /* of it */
	struct backoff backoff;
	int64_t next_try; /* monotonic */
	int64_t fill_started, started;
	bool caught_up, succeeded;
	struct source_status status;
	bool news, urgent;
	struct runner_tally tally;
};

/* Writes the failure to the log, in English. */
void runner_log_failure(const struct runner *r, const struct failure *f);
/* Stops everything and waits, as the failure and those before it demand. */
void runner_fail(struct runner *r, const struct failure *f);
/* The credentials were refused: starts over with new ones.  False where that is no use. */
bool runner_renew(struct runner *r, const struct failure *f);

/* runner_stream.c */

/* Whether the stream is to be open while this runs. */
bool runner_wants_stream(const struct runner *r);
/* Opens it, takes its events, notices its end. */
void runner_stream_turn(struct runner *r);
/* Remembers what these records remove while a pass is running. */
void runner_note_gone(struct runner *r, const struct haul *h);
/* A pass is over: what events removed meanwhile it may have brought back. */
void runner_remove_again(struct runner *r);
/* From here on there is a gap until another pass. */
void runner_close_stream(struct runner *r);

/* runner_refetch.c */

/* Takes it over. */
void runner_refetch_add(struct runner *r, struct refetch named);
/* Asks for what events named, and takes it in. */
void runner_refetch_turn(struct runner *r);
void runner_refetch_stop(struct runner *r);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The console's connection to the writer: makes it, keeps it, starts the writer where none
 * runs, and never blocks. */
#ifndef IOC_APP_LINK_H
#define IOC_APP_LINK_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/health.h"
#include "app/program.h"
#include "ui/event.h"

struct link;

#define LINK_WHO 2
#define LINK_OUTBOX 3
#define LINK_FIRST 1000

/* What came of one step; the parts that did not change are not told. */
struct link_news {
	bool state_changed;
	enum writer_state state;
	const char *reason;   /* valid until the next step; NULL: none */
	int64_t retry_at;     /* by the wall clock; CLOCK_NONE */
	bool sources_changed; /* see link_health */
	bool records_changed;
	int32_t kinds[KIND_MOST]; /* how many, by kind_index */
	json_t *told; /* array of what the outbox says, in its order: valid until the next step.
		       * Answers with an id of LINK_FIRST or more are those to link_command,
		       * the others are to "who" and "outbox", asked at every connection */
	/* Levels of escalation that were just reached: how many, and the highest of them. */
	int escalations, level;
	char code[64], whom[64];
};

/* `start`: whether to start a writer where none runs. */
struct link *link_new(const struct program *p, bool start);
/* Lets go of the writer, which runs on for others. */
void link_free(struct link *l);
/* For poll: the descriptor (-1: none now), and its events. */
int link_fd(const struct link *l);
short link_events(const struct link *l);
/* Milliseconds until link_step has something to do by itself; -1: never.  `tick`: until the
 * loop wakes anyhow (-1: unknown); a mere look whether a writer is there now waits for that. */
int64_t link_patience(const struct link *l, int64_t tick);
/* Reads, connects, starts, tries again: whatever is due. */
void link_step(struct link *l, struct link_news *news);
const struct health *link_health(const struct link *l);
/* Asks the writer to try again what was set aside of a source; -1: it is not reached. */
int link_retry(struct link *l, const char *source);
/* Whether commands wait for their answers. */
bool link_is_waiting(const struct link *l);
/* Asks the writer to pull now; NULL: all sources.  -1 where there is no connection. */
int link_sync(struct link *l, const char *source);

/* Hands the writer a command with an "id" of LINK_FIRST or more, answered by news; a reference
 * is taken.  An "act" whose answer is lost with the connection is sent again on the next one,
 * under its uuid; other commands are then answered by a refusal.  -1 where there is no
 * connection: nothing is sent. */
int link_command(struct link *l, json_t *command);

#endif

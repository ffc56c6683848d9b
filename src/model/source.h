/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The health of a source, as the writer tells it and every screen shows it. */
#ifndef IOC_MODEL_SOURCE_H
#define IOC_MODEL_SOURCE_H

#include <jansson.h>
#include <stdint.h>

#include "model/action.h"
#include "model/kind.h"

enum source_state {
	SOURCE_OFF,        /* switched off in the configuration */
	SOURCE_CONNECTING, /* first try under way */
	SOURCE_FILLING,    /* taking in what it missed; records of total */
	SOURCE_LIVE,       /* a stream is open or the last poll is young */
	SOURCE_LATE,       /* nothing heard for longer than it promised */
	SOURCE_RETRYING,   /* failed, next_try says when */
	SOURCE_DOWN,       /* the breaker is open after many failures; next_try says when */
	SOURCE_REFUSED,    /* credentials or rights: a person must act */
	SOURCE_SUSPECT,    /* answered something unbelievable; the cache was kept */
	SOURCE_RESTING,    /* outside its hours; next_try says until when */
};

/* One exchange with the server; no query, no secrets. */
struct source_request {
	int64_t at, took_ms, bytes;
	int64_t status; /* of HTTP; 0: no answer came */
	char method[8], path[96];
};
#define SOURCE_REQUESTS 8

struct source_status {
	char name[64], title[96], connector[64];
	enum source_state state;
	uint32_t kinds;      /* bit i: kinds[i] comes from it */
	int64_t last_ok;     /* when an answer last proved that our copy is current; CLOCK_NONE:
				never */
	int64_t last_change; /* when a record last changed */
	int64_t next_try;    /* SOURCE_RETRYING, SOURCE_DOWN; CLOCK_NONE otherwise */
	int64_t stale_after; /* ms after last_ok from which it counts as late */
	int64_t records;     /* in this fill or since start */
	int64_t total;       /* of this fill, where known; -1 */
	int64_t rate;        /* records a second in this fill */
	int64_t lag_ms;      /* server time to commit, of the last change; -1 */
	int64_t skew_ms;     /* its clock against ours */
	int64_t quarantined; /* records set aside */
	int64_t unknown;     /* different values that no value map knows */
	char unknown_words[160]; /* the newest of them */
	char error[256];         /* last failure, for people; "" after success */
	int64_t error_at;
	struct source_request requests[SOURCE_REQUESTS]; /* the newest first */
	size_t request_count;
	/* by kind_index: bit i: it does not offer actions_of(kind)[i] */
	uint32_t withheld[KIND_MOST];
};

/* Puts it in front of the others; the oldest is forgotten. */
void source_note(struct source_status *s, const struct source_request *r);
const char *source_state_name(enum source_state s); /* "live", for JSON */
/* To and from the control protocol; from_json tolerates missing members, and cleans texts. */
json_t *source_to_json(const struct source_status *s);
void source_from_json(struct source_status *s, const json_t *j);
/* Whether the action can be sent to it at all. */
bool source_offers(const struct source_status *s, const struct kind *k, const struct action *a);
void source_withhold(struct source_status *s, const struct kind *k, const struct action *a);
/* Milliseconds since the source's data was last known to be current; -1: never. */
int64_t source_age(const struct source_status *s, int64_t now);

#endif

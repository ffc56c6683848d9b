/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one event of a stream wants, and its records. */
#ifndef IOC_API_LIVE_EVENT_H
#define IOC_API_LIVE_EVENT_H

#include "api/haul.h"
#include "api/jqmap.h"
#include "api/live.h"

struct live_event {
	char *name, *data, *id; /* owned; id NULL: none */
	size_t n;               /* of data */
	size_t size;            /* of all that it holds */
};

/* What came of events besides the haul. */
struct live_result {
	int64_t server_time;    /* the newest that one told; CLOCK_NONE */
	bool resync;            /* the past is gone */
	struct refetch *wanted; /* records that are only named; owned */
	size_t count, cap;
};

/* Maps it into the haul. */
void live_event_map(const struct connector *c, const struct live_event *e, struct tape *tape,
		    struct mapper *m, const struct mapping *how, struct haul *out,
		    struct live_result *result);
void live_event_free(struct live_event *e);

#endif

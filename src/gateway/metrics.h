/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counters of a running gateway. */
#ifndef IOC_GATEWAY_METRICS_H
#define IOC_GATEWAY_METRICS_H

#include <stdint.h>

#define METRICS_ROUTES 24
#define METRICS_CLASSES 6 /* by the first digit of the status */
#define METRICS_BUCKETS 6

struct metrics {
	uint64_t requests[METRICS_ROUTES][METRICS_CLASSES]; /* the last row: no route */
	uint64_t duration[METRICS_BUCKETS + 1]; /* not cumulated; the last: longer */
	uint64_t duration_us;
	uint64_t records_served, records_taken, records_refused, records_deleted;
	uint64_t actions_taken, actions_refused;
	uint64_t events_sent, resyncs;
	uint64_t bytes_received, bytes_answered;
	uint64_t refused_credentials, timed_out;
	uint64_t connections; /* open now */
	uint64_t streams;     /* open now */
};

/* Upper bounds of the buckets in microseconds. */
extern const uint32_t metrics_bucket_us[METRICS_BUCKETS];
void metrics_request(struct metrics *m, uint64_t route, unsigned status, int64_t took_us);

#endif

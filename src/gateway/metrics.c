/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting, and telling in the text format of Prometheus. */
#include "gateway/metrics.h"

#include <inttypes.h>

#include "base/clock.h"
#include "gateway/handlers.h"
#include "gateway/routes.h"

const uint32_t metrics_bucket_us[METRICS_BUCKETS] = {100, 1000, 5000, 25000, 100000, 1000000};

void metrics_request(struct metrics *m, uint64_t route, unsigned status, int64_t took_us)
{
	uint64_t row = route < METRICS_ROUTES ? route : METRICS_ROUTES - 1;
	m->requests[row][status / 100 < METRICS_CLASSES ? status / 100 : 0]++;
	size_t i = 0;
	while (i < METRICS_BUCKETS && took_us > (int64_t)metrics_bucket_us[i])
		i++;
	m->duration[i]++;
	m->duration_us += (uint64_t)took_us;
}

static void head(struct strbuf *b, const char *name, const char *type, const char *help)
{
	strbuf_addf(b, "# HELP ioc_gateway_%s %s\n# TYPE ioc_gateway_%s %s\n", name, help, name,
		    type);
}

static void one(struct strbuf *b, const char *name, const char *type, const char *help,
		uint64_t v)
{
	head(b, name, type, help);
	strbuf_addf(b, "ioc_gateway_%s %" PRIu64 "\n", name, v);
}

static void add_requests(struct strbuf *b, const struct metrics *m)
{
	head(b, "requests_total", "counter",
	     "Requests answered, by route and class of status.");
	for (size_t i = 0; i < METRICS_ROUTES; i++)
		for (unsigned c = 1; c < METRICS_CLASSES; c++) {
			if (!m->requests[i][c])
				continue;
			bool known = i < METRICS_ROUTES - 1;
			strbuf_addf(b,
				    "ioc_gateway_requests_total{method=\"%s\",route=\"%s\","
				    "status=\"%uxx\"} %" PRIu64 "\n",
				    known ? method_name(routes[i].method) : "",
				    known ? routes[i].pattern : "", c, m->requests[i][c]);
		}
}

static void add_durations(struct strbuf *b, const struct metrics *m)
{
	uint64_t sum = 0;
	head(b, "request_duration_seconds", "histogram",
	     "From the request line to the answer.");
	for (size_t i = 0; i < METRICS_BUCKETS; i++) {
		sum += m->duration[i];
		strbuf_addf(b,
			    "ioc_gateway_request_duration_seconds_bucket{le=\"%g\"} %" PRIu64
			    "\n",
			    metrics_bucket_us[i] / 1e6, sum);
	}
	sum += m->duration[METRICS_BUCKETS];
	strbuf_addf(b,
		    "ioc_gateway_request_duration_seconds_bucket{le=\"+Inf\"} %" PRIu64 "\n"
		    "ioc_gateway_request_duration_seconds_sum %g\n"
		    "ioc_gateway_request_duration_seconds_count %" PRIu64 "\n",
		    sum, (double)m->duration_us / 1e6, sum);
}

static void add_records(struct strbuf *b, const struct backend *backend)
{
	head(b, "records", "gauge", "Live records, by kind.");
	for (size_t i = 0; kinds[i]; i++)
		strbuf_addf(b, "ioc_gateway_records{kind=\"%s\"} %" PRId64 "\n", kinds[i]->id,
			    backend_count(backend, kinds[i]));
	one(b, "sequence", "gauge", "Number of the latest change.",
	    (uint64_t)backend_last(backend));
}

void answer_metrics(struct request *r)
{
	const struct gateway *g = r->gateway;
	const struct metrics *m = &g->metrics;
	struct strbuf *b = &r->answer.body;
	answer_text(&r->answer, "text/plain; version=0.0.4; charset=utf-8", "", 0);
	add_requests(b, m);
	add_durations(b, m);
	add_records(b, g->backend);
	one(b, "records_served_total", "counter", "Records sent in feeds and lists.",
	    m->records_served);
	one(b, "records_taken_total", "counter", "Records taken in by POST.", m->records_taken);
	one(b, "records_refused_total", "counter", "Records refused.", m->records_refused);
	one(b, "actions_taken_total", "counter", "Actions done.", m->actions_taken);
	one(b, "actions_refused_total", "counter", "Actions refused.", m->actions_refused);
	one(b, "records_deleted_total", "counter", "Records deleted.", m->records_deleted);
	one(b, "received_bytes_total", "counter", "Bytes of bodies received.",
	    m->bytes_received);
	one(b, "answered_bytes_total", "counter", "Bytes of bodies answered.",
	    m->bytes_answered);
	one(b, "connections", "gauge", "Open connections.", m->connections);
	one(b, "streams", "gauge", "Open event streams.", m->streams);
	one(b, "events_sent_total", "counter", "Events sent on streams.", m->events_sent);
	one(b, "resyncs_total", "counter", "Streams told to start from the feed.", m->resyncs);
	one(b, "refused_credentials_total", "counter", "Requests without valid credentials.",
	    m->refused_credentials);
	one(b, "timed_out_total", "counter", "Connections closed for being slow.",
	    m->timed_out);
	one(b, "uptime_seconds", "gauge", "Since the start.",
	    (uint64_t)((clock_monotonic() - g->started) / SECOND));
}

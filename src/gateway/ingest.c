/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST of records: from cameras and bots one at a time, from other systems by the line. */
#include <inttypes.h>
#include <stdio.h>

#include "gateway/bulk.h"
#include "gateway/draft.h"
#include "gateway/handlers.h"

static bool copy_text(void *arg, const struct stored *s)
{
	struct answer *a = arg;
	answer_text(a, TYPE_JSON, s->json, s->n);
	strbuf_addc(&a->body, '\n');
	answer_header(a, "ETag", "\"%" PRId64 "\"", s->version);
	return false;
}

/* Whether If-Match lets the record replace the one that is there. */
static bool may_replace(struct request *r, const struct draft *d)
{
	char tag[24];
	int64_t version = d->id[0] ? backend_version(r->gateway->backend, d->kind, d->id, NULL)
				   : 0;
	snprintf(tag, sizeof tag, "%" PRId64, version);
	return request_match(r, tag);
}

static int store(struct request *r, struct draft *d)
{
	struct gateway *g = r->gateway;
	struct err e = ERR_INIT;
	int bad = backend_begin(g->backend, &e);
	if (bad == 0 && draft_store(d, g->backend, &g->numbers, gateway_now(g)) < 0) {
		backend_rollback(g->backend);
		problem_answer(&r->answer, d->problem, d->field[0] ? d->field : NULL, "%s",
			       d->detail);
		return -1;
	}
	if (bad < 0 || backend_commit(g->backend, &e) < 0) {
		problem_from(&r->answer, &e);
		return -1;
	}
	return 0;
}

static void ingest_one(struct request *r, struct draft *d)
{
	struct gateway *g = r->gateway;
	struct err e = ERR_INIT;
	if (!may_replace(r, d) || store(r, d) < 0)
		return;
	g->metrics.records_taken++;
	if (backend_show(g->backend, r->kind, d->id, copy_text, &r->answer, &e) < 0) {
		problem_from(&r->answer, &e);
		return;
	}
	r->answer.status = d->created ? 201 : 200;
	if (!d->created)
		return;
	struct strbuf id = STRBUF_INIT;
	uri_escape(&id, d->id);
	answer_header(&r->answer, "Location", "/v1/%s/%s", r->kind->plural, id.s);
	strbuf_free(&id);
}

void answer_ingest(struct request *r)
{
	if (r->bulk) {
		answer_text(&r->answer, TYPE_NDJSON, "", 0);
		bulk_end(r->bulk, &r->answer.body);
		return;
	}
	struct draft *d = draft_new(r->kind, 0);
	if (draft_read(d, r->body.s, r->body.len) < 0)
		problem_answer(&r->answer, d->problem, d->field[0] ? d->field : NULL, "%s",
			       d->detail);
	else
		ingest_one(r, d);
	if (r->answer.status >= 400)
		r->gateway->metrics.records_refused++;
	draft_free(d);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST of records: from cameras and bots one at a time, from other systems by the line. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "gateway/bulk.h"
#include "gateway/draft.h"
#include "gateway/handlers.h"
#include "gateway/once.h"

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

static void tell_created(struct request *r, const struct draft *d)
{
	struct strbuf id = STRBUF_INIT;
	r->answer.status = d->created ? 201 : 200;
	uri_escape(&id, d->id);
	if (d->created)
		answer_header(&r->answer, "Location", "/v1/%s/%s", r->kind->plural, id.s);
	strbuf_free(&id);
}

/* Within the open transaction; with a key the answer is kept for the next time. */
static int store(struct request *r, struct draft *d, const char *key, const char *text)
{
	struct gateway *g = r->gateway;
	struct err e = ERR_INIT;
	if (draft_store(d, g->backend, &g->numbers, gateway_now(g)) < 0) {
		problem_answer(&r->answer, d->no.problem, d->no.field[0] ? d->no.field : NULL,
			       "%s", d->no.detail);
		return -1;
	}
	if (backend_show(g->backend, r->kind, d->id, copy_text, &r->answer, &e) < 0) {
		problem_from(&r->answer, &e);
		return -1;
	}
	tell_created(r, d);
	return key ? once_remember(r, key, text, gateway_now(g)) : 0;
}

static void ingest_one(struct request *r, struct draft *d, const char *key, const char *text)
{
	struct backend *b = r->gateway->backend;
	struct err e = ERR_INIT;
	if (!may_replace(r, d))
		return;
	if ((key ? backend_begin_durable(b, &e) : backend_begin(b, &e)) < 0) {
		problem_from(&r->answer, &e);
	} else if (store(r, d, key, text) < 0) {
		backend_rollback(b);
	} else if (backend_commit(b, &e) < 0) {
		answer_free(&r->answer);
		problem_from(&r->answer, &e);
	} else {
		r->gateway->metrics.records_taken++;
	}
}

static void ingest(struct request *r, const char *key, const char *text)
{
	struct draft *d = draft_new(r->kind, 0);
	if (draft_read(d, r->body.s, r->body.len) < 0)
		problem_answer(&r->answer, d->no.problem, d->no.field[0] ? d->no.field : NULL,
			       "%s", d->no.detail);
	else
		ingest_one(r, d, key, text);
	draft_free(d);
}

void answer_ingest(struct request *r)
{
	const char *key;
	if (r->bulk) {
		answer_text(&r->answer, TYPE_NDJSON, "", 0);
		bulk_end(r->bulk, &r->answer.body);
		return;
	}
	char *text = xasprintf("%s %s", r->kind->plural, r->body.len ? r->body.s : "");
	if (once_key(r, false, &key) == 0 && (!key || once_replay(r, key, text) == 0))
		ingest(r, key, text);
	if (r->answer.status >= 400)
		r->gateway->metrics.records_refused++;
	free(text);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading: the change feed, one record, whole catalogues.  Stored texts are strung together
 * as they are. */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "gateway/cursor.h"
#include "gateway/handlers.h"

#define PAGE_DEFAULT 500
#define PAGE_MOST 1000
#define PAGE_BYTES ((size_t)4 << 20) /* a page ends after the record that passes this */

struct page {
	struct strbuf *out;
	int64_t left, count, last;
	bool live_only;
	bool more; /* something lies behind the page */
};

static bool add_item(void *arg, const struct stored *s)
{
	struct page *p = arg;
	if (p->live_only && s->deleted)
		return true;
	if (p->left == 0 || (!p->live_only && p->out->len > PAGE_BYTES)) {
		p->more = true;
		return false;
	}
	if (p->count)
		strbuf_add(p->out, ",\n", 2);
	strbuf_add(p->out, s->json, s->n);
	p->count++;
	p->left--;
	p->last = s->seq;
	return true;
}

static void add_time(struct strbuf *b, const struct gateway *g)
{
	char now[CLOCK_TEXT];
	clock_format_utc(gateway_now(g), now);
	strbuf_addf(b, ",\"server_time\":\"%s\"", now);
}

void answer_changes(struct request *r)
{
	struct gateway *g = r->gateway;
	struct err e = ERR_INIT;
	struct page p = {.out = &r->answer.body};
	int64_t after;
	if (!request_number(r, "limit", 1, PAGE_MOST, PAGE_DEFAULT, &p.left))
		return;
	if (!cursor_parse(g->backend, request_query(r, "after"), &after)) {
		problem_answer(&r->answer, PROBLEM_CURSOR_GONE, "after",
			       "changes after this cursor are not known any more");
		return;
	}
	answer_text(&r->answer, TYPE_JSON, "{\"items\":[\n", 11);
	if (backend_changes(g->backend, r->kind, after, add_item, &p, &e) < 0) {
		problem_from(&r->answer, &e);
		return;
	}
	/* Nothing of this kind lies between the last item and the end of the sequence. */
	char next[CURSOR_TEXT];
	cursor_format(g->backend, p.more ? p.last : backend_last(g->backend), next);
	strbuf_addf(p.out, "\n],\"next\":\"%s\",\"more\":%s", next, p.more ? "true" : "false");
	strbuf_addf(p.out, ",\"total\":%" PRId64, backend_count(g->backend, r->kind));
	add_time(p.out, g);
	strbuf_adds(p.out, "}\n");
	g->metrics.records_served += (uint64_t)p.count;
}

static bool show_one(void *arg, const struct stored *s)
{
	struct request *r = arg;
	char tag[24];
	snprintf(tag, sizeof tag, "%" PRId64, s->version);
	if (!request_not_modified(r, tag)) {
		answer_text(&r->answer, TYPE_JSON, s->json, s->n);
		strbuf_addc(&r->answer.body, '\n');
	}
	return false;
}

void answer_record(struct request *r)
{
	struct err e = ERR_INIT;
	if (backend_show(r->gateway->backend, r->kind, r->id, show_one, r, &e) < 0)
		problem_from(&r->answer, &e);
}

void answer_catalogue(struct request *r)
{
	struct backend *b = r->gateway->backend;
	struct err e = ERR_INIT;
	struct page p = {.out = &r->answer.body, .left = INT64_MAX, .live_only = true};
	char tag[CURSOR_TEXT];
	cursor_format(b, backend_latest(b, r->kind), tag);
	if (request_not_modified(r, tag))
		return;
	answer_text(&r->answer, TYPE_JSON, "{\"items\":[\n", 11);
	if (backend_changes(b, r->kind, 0, add_item, &p, &e) < 0) {
		problem_from(&r->answer, &e);
		return;
	}
	strbuf_addf(p.out, "\n],\"total\":%" PRId64 "}\n", p.count);
	r->gateway->metrics.records_served += (uint64_t)p.count;
}

void answer_delete(struct request *r)
{
	struct gateway *g = r->gateway;
	struct err e = ERR_INIT;
	char tag[24];
	int64_t version = backend_version(g->backend, r->kind, r->id, &e);
	snprintf(tag, sizeof tag, "%" PRId64, version);
	if (version > 0 && !request_match(r, tag))
		return;
	if (version < 0 || backend_begin(g->backend, &e) < 0) {
		problem_from(&r->answer, &e);
		return;
	}
	if (backend_delete(g->backend, r->kind, r->id, gateway_now(g), &e) < 0) {
		backend_rollback(g->backend);
		problem_from(&r->answer, &e);
		return;
	}
	if (backend_commit(g->backend, &e) < 0) {
		problem_from(&r->answer, &e);
		return;
	}
	g->metrics.records_deleted++;
	r->answer.status = 204;
}

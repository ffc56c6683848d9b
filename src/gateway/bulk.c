/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/bulk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "gateway/draft.h"

#define BATCH 256
#define RESULTS_MOST ((size_t)64 << 20)
#define PENDING ((size_t)256 * 1024) /* bytes that are collected before they are looked at */

struct outcome {
	int64_t line, version;
	bool created;
	char id[BACKEND_ID_MOST + 1];
	enum problem problem;
	char field[64], detail[256];
};

struct bulk {
	struct gateway *gateway;
	const struct kind *kind;
	struct strbuf pending, results;
	struct draft *draft;
	int64_t line;
	bool skipping; /* in the rest of a line that is too long */
	bool full;     /* so many results that no more lines are taken */
	struct outcome batch[BATCH];
	size_t count;
};

struct bulk *bulk_new(struct gateway *g, const struct kind *k)
{
	struct bulk *b = xcalloc(1, sizeof *b);
	b->gateway = g;
	b->kind = k;
	b->draft = draft_new(k, 0);
	b->pending = b->results = (struct strbuf)STRBUF_INIT;
	return b;
}

void bulk_free(struct bulk *b)
{
	if (!b)
		return;
	strbuf_free(&b->pending);
	strbuf_free(&b->results);
	draft_free(b->draft);
	free(b);
}

static void report(struct bulk *b, const struct outcome *o)
{
	json_t *j;
	if (o->problem) {
		j = problem_json(o->problem, o->field[0] ? o->field : NULL, o->detail);
		json_object_set_new(j, "line", json_integer(o->line));
		b->gateway->metrics.records_refused++;
	} else {
		j = json_pack("{s:I, s:i, s:s, s:I}", "line", (json_int_t)o->line, "status",
			      o->created ? 201 : 200, "id", o->id, "version",
			      (json_int_t)o->version);
		b->gateway->metrics.records_taken++;
	}
	char *text = json_dumps(j, JSON_COMPACT);
	strbuf_adds(&b->results, text ? text : "{}");
	strbuf_addc(&b->results, '\n');
	free(text);
	json_decref(j);
}

static struct outcome *new_outcome(struct bulk *b)
{
	struct outcome *o = &b->batch[b->count++];
	*o = (struct outcome){.line = b->line};
	return o;
}

static void fail(struct outcome *o, enum problem p, const char *field, const char *detail)
{
	o->problem = p;
	snprintf(o->field, sizeof o->field, "%s", field);
	snprintf(o->detail, sizeof o->detail, "%s", detail);
}

/* What was stored is so only once it is committed. */
static void end_batch(struct bulk *b)
{
	struct err e = ERR_INIT;
	if (!b->count)
		return;
	int bad = backend_commit(b->gateway->backend, &e);
	for (size_t i = 0; i < b->count; i++) {
		if (bad < 0 && !b->batch[i].problem)
			fail(&b->batch[i], problem_of(&e), "", e.text);
		report(b, &b->batch[i]);
	}
	b->count = 0;
}

static void take_line(struct bulk *b, const char *text, size_t n)
{
	struct gateway *g = b->gateway;
	struct err e = ERR_INIT;
	struct draft *d = b->draft;
	b->line++;
	if (n == 0 || (n == 1 && *text == '\r'))
		return;
	bool begun = b->count > 0 || backend_begin(g->backend, &e) == 0;
	struct outcome *o = new_outcome(b);
	if (!begun) {
		fail(o, problem_of(&e), "", e.text);
		report(b, o);
		b->count = 0;
		return;
	}
	if (draft_read(d, text, n) < 0 ||
	    draft_store(d, g->backend, &g->numbers, gateway_now(g)) < 0)
		fail(o, d->no.problem, d->no.field, d->no.detail);
	o->created = d->created;
	o->version = d->version;
	memcpy(o->id, d->id, sizeof o->id);
	if (b->count == BATCH)
		end_batch(b);
}

static void refuse_long_line(struct bulk *b)
{
	struct outcome o = {.line = ++b->line};
	end_batch(b);
	fail(&o, PROBLEM_TOO_LARGE, "", "the line is too long");
	report(b, &o);
	b->skipping = true;
	strbuf_clear(&b->pending);
}

/* A body of very short lines would give results many times its size. */
static void skip_line(struct bulk *b)
{
	b->line++;
	if (b->full)
		return;
	b->full = true;
	struct outcome o = {.line = b->line};
	fail(&o, PROBLEM_TOO_LARGE, "", "too many lines: send this one and the rest again");
	report(b, &o);
}

static void take_lines(struct bulk *b)
{
	const char *s = b->pending.s, *end = s + b->pending.len, *newline;
	while ((newline = memchr(s, '\n', (size_t)(end - s)))) {
		if (b->skipping)
			b->skipping = false;
		else if (b->results.len > RESULTS_MOST)
			skip_line(b);
		else
			take_line(b, s, (size_t)(newline - s));
		s = newline + 1;
	}
	end_batch(b);
	strbuf_drop(&b->pending, (size_t)(s - b->pending.s));
	if (b->pending.len > DRAFT_MOST && !b->skipping)
		refuse_long_line(b);
	else if (b->skipping)
		strbuf_clear(&b->pending);
}

void bulk_feed(struct bulk *b, const char *data, size_t n)
{
	strbuf_add(&b->pending, data, n);
	if (b->pending.len >= PENDING && memchr(data, '\n', n))
		take_lines(b);
	else if (b->pending.len > DRAFT_MOST)
		take_lines(b);
}

void bulk_end(struct bulk *b, struct strbuf *results)
{
	if (b->pending.len && !b->skipping)
		strbuf_addc(&b->pending, '\n');
	take_lines(b);
	strbuf_add(results, b->results.s, b->results.len);
}

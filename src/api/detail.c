/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/detail.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/ask.h"
#include "api/connector.h"
#include "api/paging.h"
#include "base/alloc.h"
#include "base/i18n.h"

#define PARALLEL_MOST 32
#define MEMORY_MOST ((size_t)1 << 20) /* items that are remembered */

/* clang-format off */
#define AT(member) offsetof(struct detail_spec, member)

const struct field detail_fields[] = {
	{.key = "request", .type = FIELD_MAP, .offset = AT(request), .required = true, .fields = request_fields},
	{.key = "items", .type = FIELD_FILTER, .offset = AT(items)},
	{.key = "when", .type = FIELD_FILTER, .offset = AT(when)},
	{.key = "parallel", .type = FIELD_INTEGER, .offset = AT(parallel), .least = 1, .most = PARALLEL_MOST},
	{.key = NULL},
};
/* clang-format on */

enum detail_kind {
	DETAIL_NONE,   /* not wanted: the item is all */
	DETAIL_KNOWN,  /* it says the same as last time */
	DETAIL_MERGED, /* with what was asked for */
	DETAIL_GONE,   /* the server has it no more */
	DETAIL_BAD,    /* it can't be had: set aside */
};

struct detail {
	const struct node *item;
	enum detail_kind kind;
	bool wanted;
	char hash[20];
	struct strbuf text; /* merged */
	struct tape tape;
	char why[200]; /* DETAIL_BAD */
};

struct details {
	const struct site *site;
	const struct resource *resource;
	struct detail_memory *memory;
	uint64_t print; /* of the connector: another one would ask or map otherwise */
	struct detail *list;
	size_t count, asked, mapped; /* asked: up to there requests were sent */
	size_t open;
	struct slot {
		struct details *owner;
		struct http_call *call;
		struct detail *of;
		struct strbuf body;
	} slots[PARALLEL_MOST];
	enum details_state state;
	struct failure failure;
	void (*done)(void *);
	void *context;
	bool starting;
};

void detail_forget(struct detail_memory *m)
{
	strmap_free(&m->records, free);
	detail_taken(m);
	free(m->fresh);
	m->fresh = NULL;
	m->fresh_cap = 0;
}

void detail_taken(struct detail_memory *m)
{
	while (m->fresh_count)
		free(m->fresh[--m->fresh_count].records);
}

void detail_know(struct detail_memory *m, const char *hash, const char *records)
{
	if (m->records.count < MEMORY_MOST)
		free(strmap_put(&m->records, hash, xstrdup(records)));
}

static void learn(struct detail_memory *m, const char *hash, const char *records)
{
	struct detail_fresh f = {.records = xstrdup(records)};
	snprintf(f.hash, sizeof f.hash, "%s", hash);
	ARRAY_PUSH(m->fresh, m->fresh_count, m->fresh_cap) = f;
}

static void settle(struct details *d, enum details_state state)
{
	if (d->state != DETAILS_WAITING)
		return;
	d->state = state;
	if (!d->starting)
		d->done(d->context);
}

/* --- laying one over the other --- */

/* The members of an object, or the value as a member of this name. */
static void add_members(struct strbuf *b, const struct node *n, const char *name)
{
	if (n->type == NODE_OBJECT) {
		size_t at = b->len;
		node_write(n, 0, b);
		bool empty = b->len - at <= 2;
		b->len--; /* the brace */
		memmove(b->s + at, b->s + at + 1, b->len - at);
		b->len -= 1;
		b->s[b->len] = '\0';
		if (empty)
			strbuf_addf(b, "\"%s\":null", name);
		return;
	}
	strbuf_addf(b, "\"%s\":", name);
	node_write(n, 0, b);
}

/* Of two members of one name the last counts. */
static int merge(struct detail *x, const struct node *found, struct err *e)
{
	strbuf_addc(&x->text, '{');
	add_members(&x->text, x->item, "id");
	strbuf_addc(&x->text, ',');
	add_members(&x->text, found, "detail");
	strbuf_addc(&x->text, '}');
	return tape_read(&x->tape, x->text.s, x->text.len, e);
}

static void set_bad(struct detail *x, const struct failure *f)
{
	x->kind = DETAIL_BAD;
	failure_text(f, true, x->why, sizeof x->why);
}

static int take(struct details *d, struct slot *s, const char *type, struct failure *f)
{
	struct tape t = TAPE_INIT;
	struct jqfilter_out out = {NULL, TAPE_INIT, jv_null()};
	struct err e = ERR_INIT;
	int rc = format_read(&d->resource->format, s->body.s, s->body.len, type, &t, f);
	if (rc == 0)
		rc = envelope_judge(&d->resource->envelope, t.nodes, f);
	const struct node *found = t.nodes;
	if (rc == 0 && d->resource->detail.items) {
		rc = ask_node(d->resource->detail.items, t.nodes, &out, f);
		found = out.node;
	}
	if (rc == 0 && found->type == NODE_ARRAY && node_first(found) < node_end(found))
		found = node_first(found);
	if (rc == 0 && merge(s->of, found, &e) < 0)
		rc = failure_set(
			f, ERR_PARSE,
			N_("the answer does not have the form that the connector expects"),
			e.text);
	if (rc == 0)
		s->of->kind = DETAIL_MERGED;
	jqfilter_out_free(&out);
	tape_free(&t);
	return rc;
}

/* One that is refused or broken must not stop the others; what concerns all of them does. */
static bool concerns_all(const struct failure *f)
{
	return f->refused || f->meant == 401 || f->meant == 403 || f->meant == 429 ||
	       f->meant == 503 || (f->code == ERR_NET && !f->status);
}

static void start(struct details *d);

static void judge(struct details *d, struct slot *s, const struct http_result *r)
{
	struct failure f = FAILURE_NONE;
	if (r->failure.code) {
		f = r->failure;
	} else if (r->status == 404 || r->status == 410) {
		s->of->kind = DETAIL_GONE;
		return;
	} else if (!failure_from_status(&f, r->status) && take(d, s, r->type, &f) == 0) {
		auth_accepted(d->site->auth);
		return;
	}
	f.status = r->status;
	f.retry_after = r->retry_after;
	f.proof = r->tag;
	f.refused = f.refused || f.meant == 401;
	auth_redact(d->site->auth, f.detail);
	if (!concerns_all(&f)) {
		set_bad(s->of, &f);
		return;
	}
	d->failure = f;
	settle(d, DETAILS_FAILED);
}

static void on_done(void *context, const struct http_result *r)
{
	struct slot *s = context;
	struct details *d = s->owner;
	s->call = NULL;
	d->open--;
	if (d->state == DETAILS_WAITING)
		judge(d, s, r);
	strbuf_free(&s->body);
	start(d);
}

static bool on_data(void *context, const char *p, size_t n)
{
	struct slot *s = context;
	strbuf_add(&s->body, p, n);
	return true;
}

static struct http_call *send_one(struct details *d, struct slot *s, struct err *e)
{
	const struct limit_spec *l = &d->site->connector->limits;
	struct circumstances c = {.kind = d->resource->kind,
				  .page_size = d->resource->page_size,
				  .item = s->of->item};
	struct http_order o = {.answer_ms = l->answer,
			       .silence_ms = l->silence,
			       .body_most = l->body,
			       .data = on_data,
			       .done = on_done,
			       .context = s};
	return request_send(d->site, &d->resource->detail.request, &c,
			    format_accept(&d->resource->format), &o, e);
}

static struct slot *free_slot(struct details *d)
{
	for (size_t i = 0; i < (size_t)d->resource->detail.parallel; i++)
		if (!d->slots[i].call)
			return &d->slots[i];
	return NULL;
}

static void start(struct details *d)
{
	struct slot *s;
	while (d->state == DETAILS_WAITING && d->asked < d->count && (s = free_slot(d))) {
		struct detail *x = &d->list[d->asked++];
		struct err e = ERR_INIT;
		if (!x->wanted)
			continue;
		*s = (struct slot){.owner = d, .of = x, .body = STRBUF_INIT};
		s->call = send_one(d, s, &e);
		if (s->call) {
			d->open++;
		} else {
			x->kind = DETAIL_BAD;
			snprintf(x->why, sizeof x->why, "detail: %.180s", e.text);
		}
	}
	if (d->asked == d->count && !d->open)
		settle(d, DETAILS_DONE);
}

static void look_at(struct details *d, struct detail *x)
{
	struct failure f;
	struct strbuf b = STRBUF_INIT;
	bool wanted = true;
	node_write(x->item, 0, &b);
	snprintf(x->hash, sizeof x->hash, "%016llx",
		 (unsigned long long)(paging_hash(b.s, b.len) ^ d->print));
	strbuf_free(&b);
	if (d->resource->detail.when)
		ask_truth(d->resource->detail.when, x->item, &wanted, &f);
	bool known = d->memory && strmap_get(&d->memory->records, x->hash);
	x->kind = wanted && known ? DETAIL_KNOWN : DETAIL_NONE;
	x->wanted = wanted && !known;
}

struct details *details_new(const struct site *s, const struct resource *r,
			    struct detail_memory *memory, const struct node *first,
			    const struct node *end, void (*done)(void *), void *context)
{
	struct details *d = xcalloc(1, sizeof *d);
	d->site = s;
	d->resource = r;
	d->memory = memory;
	d->print = connector_print(s->connector);
	d->done = done;
	d->context = context;
	d->failure = (struct failure)FAILURE_NONE;
	for (const struct node *n = first; n < end; n = node_next(n))
		d->count++;
	d->list = xcalloc(d->count + 1, sizeof *d->list);
	for (size_t i = 0; i < d->count; i++, first = node_next(first)) {
		d->list[i] = (struct detail){
			.item = first, .text = STRBUF_INIT, .tape = TAPE_INIT};
		look_at(d, &d->list[i]);
	}
	d->starting = true;
	start(d);
	d->starting = false;
	return d;
}

void details_free(struct details *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < PARALLEL_MOST; i++) {
		http_stop(d->slots[i].call);
		if (d->slots[i].call)
			strbuf_free(&d->slots[i].body);
	}
	for (size_t i = 0; i < d->count; i++) {
		tape_free(&d->list[i].tape);
		strbuf_free(&d->list[i].text);
	}
	free(d->list);
	free(d);
}

enum details_state details_state(const struct details *d)
{
	return d->state;
}

const struct failure *details_failure(const struct details *d)
{
	return &d->failure;
}

bool details_are_whole(const struct details *d)
{
	bool whole = d->state == DETAILS_DONE;
	for (size_t i = 0; i < d->count; i++)
		whole &= d->list[i].kind == DETAIL_MERGED || d->list[i].kind == DETAIL_NONE;
	return whole;
}

/* --- mapping --- */

/* "KIND ID\n" of each record that came of the item. */
static void remember(struct details *d, const struct detail *x, const struct haul *out,
		     size_t from, size_t rejects)
{
	struct strbuf b = STRBUF_INIT;
	if (!d->memory || d->memory->records.count >= MEMORY_MOST ||
	    out->reject_count != rejects)
		return;
	for (size_t i = from; i < out->count; i++)
		if (!out->records[i]->deleted)
			strbuf_addf(&b, "%s %s\n", out->records[i]->kind->id,
				    out->records[i]->id);
	if (b.len)
		learn(d->memory, x->hash, b.s);
	free(strmap_put(&d->memory->records, x->hash, strbuf_detach(&b)));
}

static void put_part(struct haul *out, const char *source, const struct kind *k, const char *id,
		     size_t n, bool deleted)
{
	struct record *r = record_new(&out->arena, k);
	r->source = source;
	r->id = arena_memdup(&out->arena, id, n);
	r->partial = !deleted;
	r->deleted = deleted;
	ARRAY_PUSH(out->records, out->count, out->cap) = r;
}

/* They are there and as they were. */
static void recall(const struct details *d, const struct detail *x, const char *source,
		   struct haul *out)
{
	const char *p = strmap_get(&d->memory->records, x->hash);
	for (const char *end; p && (end = strchr(p, '\n')); p = end + 1) {
		const char *id = strchr(p, ' ');
		char kind[64];
		snprintf(kind, sizeof kind, "%.*s", (int)(id - p), p);
		const struct kind *k = kind_find(kind);
		if (k)
			put_part(out, source, k, id + 1, (size_t)(end - id - 1), false);
	}
}

/* Of an item that is nothing but {"id": …}: the record is gone. */
static void put_gone(const struct detail *x, const struct mapping *how, struct haul *out)
{
	const struct node *id = node_get(x->item, "id", 2);
	if (how->kind && x->item->type == NODE_OBJECT && x->item->size == 3 && id && id->n)
		put_part(out, how->source, how->kind, id->s, id->n, true);
}

void details_map(struct details *d, struct mapper *m, const struct mapping *how,
		 struct haul *out)
{
	struct detail *x = &d->list[d->mapped++];
	size_t from = out->count, rejects = out->reject_count;
	switch (x->kind) {
	case DETAIL_NONE:
		mapper_item(m, how, x->item, out);
		break;
	case DETAIL_MERGED:
		mapper_item(m, how, x->tape.nodes, out);
		remember(d, x, out, from, rejects);
		break;
	case DETAIL_KNOWN:
		recall(d, x, how->source, out);
		break;
	case DETAIL_GONE:
		put_gone(x, how, out);
		break;
	case DETAIL_BAD:
		mapper_reject(how, x->why, x->item->s, x->item->n, out);
		break;
	}
}

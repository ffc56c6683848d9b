/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/fetch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/jqfilter.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "model/kind.h"

#define HEAD_MOST 2048 /* bytes of a body that only messages need */

struct fetch {
	const struct site *site;
	const struct resource *resource;
	enum fetch_state state;
	struct failure failure;
	struct http_call *call;
	struct strbuf text; /* the body; of one that is no success, only its head */
	struct tape tape;   /* the body's values */
	struct jqfilter_out items;
	const struct node *next_item, *items_end;
	struct page_facts facts;
	struct position at;
};

void position_copy(struct position *to, const struct position *from)
{
	struct position p = *from;
	p.cursor = from->cursor ? xstrdup(from->cursor) : NULL;
	p.next_url = from->next_url ? xstrdup(from->next_url) : NULL;
	p.last = from->last ? xstrdup(from->last) : NULL;
	p.since = from->since ? xstrdup(from->since) : NULL;
	p.until = from->until ? xstrdup(from->until) : NULL;
	position_free(to);
	*to = p;
}

void position_free(struct position *p)
{
	free(p->cursor);
	free(p->next_url);
	free(p->last);
	free(p->since);
	free(p->until);
	*p = (struct position){0};
}

static bool is_success(const struct fetch *f, long status)
{
	bool file = strncmp(f->site->base_url, "file:", 5) == 0;
	return (status >= 200 && status <= 299) || (file && status == 0);
}

static bool on_data(void *context, const char *p, size_t n)
{
	struct fetch *f = context;
	if (f->text.len < HEAD_MOST || is_success(f, http_status(f->call)))
		strbuf_add(&f->text, p, n);
	return true;
}

static void fail(struct fetch *f, enum err_code code, const char *what, const char *detail)
{
	failure_set(&f->failure, code, what, detail);
	auth_redact(f->site->auth, f->failure.detail);
	f->state = FETCH_FAILED;
}

/* The first output of a filter on the body; null where there is no such filter.  Free in any
 * case. */
static int ask(struct fetch *f, struct jqfilter *filter, struct jqfilter_out *out)
{
	struct err e = ERR_INIT;
	if (jqfilter_ask(filter, f->tape.nodes, out, &e) == 0)
		return 0;
	fail(f, ERR_PARSE, N_("the answer does not have the form that the connector expects"),
	     e.text);
	return -1;
}

static int ask_truth(struct fetch *f, struct jqfilter *filter, bool *is)
{
	struct jqfilter_out out;
	int rc = ask(f, filter, &out);
	*is = out.node->type != NODE_NULL && out.node->type != NODE_FALSE;
	jqfilter_out_free(&out);
	return rc;
}

/* A text or number as text; NULL for others.  The caller frees. */
static int ask_text(struct fetch *f, struct jqfilter *filter, char **text)
{
	struct jqfilter_out out;
	int rc = ask(f, filter, &out);
	bool good = out.node->type == NODE_STRING || out.node->type == NODE_NUMBER;
	*text = good && out.node->n ? xstrndup(out.node->s, out.node->n) : NULL;
	jqfilter_out_free(&out);
	return rc;
}

/* HTML where JSON was due is most often a login page or a gateway's apology. */
static void fail_as_no_json(struct fetch *f, const char *type, const char *wrong)
{
	const char *p = f->text.s + strspn(f->text.s, " \t\r\n");
	char excerpt[100];
	snprintf(excerpt, sizeof excerpt, "%s", p);
	if (*p == '<' || strstr(type, "html"))
		fail(f, ERR_PARSE, N_("the server sent a web page instead of data"), excerpt);
	else if (!*p)
		fail(f, ERR_PARSE, N_("the server sent an empty answer"), NULL);
	else
		fail(f, ERR_PARSE, N_("the answer is not JSON"), *wrong ? wrong : excerpt);
}

static void explain_status(struct fetch *f, const struct http_result *r)
{
	failure_from_status(&f->failure, r->status);
	f->failure.retry_after = r->retry_after;
	f->state = FETCH_FAILED;
	struct tape t = TAPE_INIT;
	tape_read(&t, f->text.s, f->text.len, NULL);
	char *words = answer_words(&t, NULL);
	tape_free(&t);
	if (words)
		utf8_copy(f->failure.detail, sizeof f->failure.detail, words);
	auth_redact(f->site->auth, f->failure.detail);
	free(words);
}

/* Errors inside HTTP 200. */
static int check_ok(struct fetch *f)
{
	bool good;
	char *words = NULL;
	if (!f->resource->ok)
		return 0;
	if (ask_truth(f, f->resource->ok, &good) < 0)
		return -1;
	if (good)
		return 0;
	if (f->resource->error)
		ask_text(f, f->resource->error, &words);
	fail(f, ERR_NET, N_("the server reports an error"), words);
	free(words);
	return -1;
}

static int take_items(struct fetch *f)
{
	jqfilter_out_free(&f->items);
	if (ask(f, f->resource->items, &f->items) < 0)
		return -1;
	const struct node *items = f->items.node;
	if (items->type == NODE_NULL) {
		fail(f, ERR_PARSE,
		     N_("the answer does not have the form that the connector expects"),
		     "items: nothing there");
		return -1;
	}
	/* One object may stand where a list was due. */
	f->next_item = items->type == NODE_ARRAY ? node_first(items) : items;
	f->items_end = node_end(items);
	for (const struct node *n = f->next_item; n < f->items_end; n = node_next(n))
		f->facts.items++;
	return 0;
}

static int64_t as_time(const struct node *n)
{
	int64_t t = CLOCK_NONE;
	if (n->type == NODE_STRING)
		clock_parse(n->s, n->n, &t);
	else if (n->type == NODE_NUMBER && fabs(node_number(n)) < 1e12)
		t = llround(node_number(n) * (double)SECOND);
	return t;
}

static int take_total(struct fetch *f)
{
	struct jqfilter_out out;
	if (!f->resource->total)
		return 0;
	int rc = ask(f, f->resource->total, &out);
	double total = out.node->type == NODE_NUMBER ? node_number(out.node) : -1;
	if (total >= 0 && total < 1e15)
		f->facts.total = (int64_t)total;
	jqfilter_out_free(&out);
	return rc;
}

static int take_time(struct fetch *f, const struct http_result *r)
{
	struct jqfilter_out out;
	f->facts.server_time = r->server_time;
	if (!f->resource->server_time)
		return 0;
	int rc = ask(f, f->resource->server_time, &out);
	f->facts.server_time = as_time(out.node);
	jqfilter_out_free(&out);
	return rc;
}

static int take_facts(struct fetch *f, const struct http_result *r)
{
	f->facts.bytes = r->bytes;
	f->facts.took_ms = r->took_ms;
	return take_total(f) < 0 ? -1 : take_time(f, r);
}

static bool same_text(const char *a, const char *b)
{
	return (!a && !b) || (a && b && strcmp(a, b) == 0);
}

/* More as the connector says, or as a full page suggests. */
static int wants_more(struct fetch *f, bool *more)
{
	const struct resource *r = f->resource;
	*more = f->facts.items >= (size_t)r->page_size;
	return r->more ? ask_truth(f, r->more, more) : 0;
}

static int next_by_cursor(struct fetch *f, const struct http_result *r)
{
	(void)r;
	char *cursor = NULL;
	if ((f->resource->next && ask_text(f, f->resource->next, &cursor) < 0) ||
	    wants_more(f, &f->facts.more) < 0) {
		free(cursor);
		return -1;
	}
	struct position *n = &f->facts.next;
	if (cursor && f->facts.more && same_text(cursor, n->cursor)) {
		free(cursor);
		fail(f, ERR_PARSE, N_("the server's cursor does not move on"), NULL);
		return -1;
	}
	/* A server that tells no new one leaves us where we are. */
	if (cursor) {
		free(n->cursor);
		n->cursor = cursor;
	} else {
		f->facts.more = false;
	}
	return 0;
}

/* FNV-1a over words and what is left of them. */
static uint64_t hash_text(const char *s, size_t n)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	for (; n >= 8; s += 8, n -= 8) {
		uint64_t word;
		memcpy(&word, s, 8);
		h = (h ^ word) * UINT64_C(0x100000001b3);
		h ^= h >> 29;
	}
	for (; n; s++, n--)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return h;
}

/* A server that knows no pages sends the same again and again. */
static bool is_repetition(struct fetch *f)
{
	uint64_t hash = hash_text(f->text.s, f->text.len);
	bool same = f->at.page > 0 && hash == f->at.hash;
	f->facts.next.hash = hash;
	return same;
}

static int next_by_number(struct fetch *f, const struct http_result *r)
{
	(void)r;
	if (is_repetition(f)) {
		f->facts.items = 0;
		f->facts.more = false;
		return 0;
	}
	f->facts.next.page++;
	f->facts.next.offset += (int64_t)f->facts.items;
	if (wants_more(f, &f->facts.more) < 0)
		return -1;
	/* A total ends it where nothing else does. */
	if (!f->resource->more && f->facts.total >= 0)
		f->facts.more = f->facts.items && f->facts.next.offset < f->facts.total;
	return 0;
}

static int take_next_url(struct fetch *f, char *link)
{
	struct position *n = &f->facts.next;
	n->page++;
	n->offset += (int64_t)f->facts.items;
	f->facts.more = link != NULL;
	if (link && same_text(link, n->next_url)) {
		free(link);
		fail(f, ERR_PARSE, N_("the server's cursor does not move on"), NULL);
		return -1;
	}
	free(n->next_url);
	n->next_url = link;
	return 0;
}

static int next_by_body(struct fetch *f, const struct http_result *r)
{
	(void)r;
	char *link = NULL;
	if (f->resource->next && ask_text(f, f->resource->next, &link) < 0)
		return -1;
	return take_next_url(f, link);
}

static int next_by_header(struct fetch *f, const struct http_result *r)
{
	return take_next_url(f, *r->link ? xstrdup(r->link) : NULL);
}

static int no_next(struct fetch *f, const struct http_result *r)
{
	(void)r;
	f->facts.next.page++;
	f->facts.next.offset += (int64_t)f->facts.items;
	return 0;
}

/* By enum paging. */
static int (*const pagers[])(struct fetch *, const struct http_result *) = {
	no_next, next_by_cursor, next_by_number, next_by_number, next_by_body, next_by_header,
};

static int find_next(struct fetch *f, const struct http_result *r)
{
	position_copy(&f->facts.next, &f->at);
	if (pagers[f->resource->paging](f, r) < 0)
		return -1;
	if (!f->facts.more || f->resource->paging == PAGING_CURSOR ||
	    f->facts.next.page < f->site->connector->limits.pages)
		return 0;
	/* The latest end where we want them to; other pages that never end are a fault. */
	if (f->resource->changes != CHANGES_LATEST) {
		fail(f, ERR_LIMIT, N_("more pages than allowed (limits.pages)"), NULL);
		return -1;
	}
	f->facts.more = false;
	return 0;
}

static void on_done(void *context, const struct http_result *r)
{
	struct fetch *f = context;
	f->call = NULL;
	if (r->failure.code) {
		f->failure = r->failure;
		f->state = FETCH_FAILED;
		return;
	}
	if (!is_success(f, r->status)) {
		explain_status(f, r);
		return;
	}
	struct err e = ERR_INIT;
	if (tape_read(&f->tape, f->text.s, f->text.len, &e) < 0) {
		fail_as_no_json(f, r->type, e.text);
		return;
	}
	auth_accepted(f->site->auth);
	if (check_ok(f) < 0 || take_items(f) < 0 || take_facts(f, r) < 0 || find_next(f, r) < 0)
		return;
	f->state = f->facts.items ? FETCH_READY : FETCH_DONE;
}

struct fetch *fetch_new(const struct site *s, const struct resource *r,
			const struct position *at, struct failure *failure)
{
	struct fetch *f = xcalloc(1, sizeof *f);
	f->site = s;
	f->resource = r;
	f->failure = (struct failure)FAILURE_NONE;
	f->items.value = jv_null();
	f->text = (struct strbuf)STRBUF_INIT;
	f->facts.total = -1;
	f->facts.server_time = CLOCK_NONE;
	position_copy(&f->at, at);
	struct circumstances c = {.kind = r->kind,
				  .at = &f->at,
				  .first_page = r->first_page,
				  .page_size = r->page_size};
	const struct limit_spec *l = &s->connector->limits;
	struct http_order o = {.answer_ms = l->answer,
			       .silence_ms = l->silence,
			       .body_most = l->body,
			       .data = on_data,
			       .done = on_done,
			       .context = f};
	struct err e = ERR_INIT;
	f->call = request_send(s, &r->request, &c, "application/json", &o, &e);
	if (f->call)
		return f;
	failure_set(failure, ERR_USAGE, N_("the request can't be made"), e.text);
	fetch_free(f);
	return NULL;
}

void fetch_free(struct fetch *f)
{
	if (!f)
		return;
	http_stop(f->call);
	jqfilter_out_free(&f->items);
	tape_free(&f->tape);
	strbuf_free(&f->text);
	position_free(&f->at);
	position_free(&f->facts.next);
	free(f);
}

enum fetch_state fetch_state(const struct fetch *f)
{
	return f->state;
}

const struct failure *fetch_failure(const struct fetch *f)
{
	return &f->failure;
}

const struct page_facts *fetch_facts(const struct fetch *f)
{
	return &f->facts;
}

void fetch_map(struct fetch *f, struct mapper *m, const struct mapping *how, struct haul *out,
	       size_t most, int64_t deadline)
{
	for (size_t done = 0; f->next_item < f->items_end && done < most; done++) {
		mapper_item(m, how, f->next_item, out);
		f->next_item = node_next(f->next_item);
		if (done % 16 == 15 && clock_monotonic() >= deadline)
			break;
	}
	if (f->next_item == f->items_end)
		f->state = FETCH_DONE;
}

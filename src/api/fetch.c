/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body is parsed while it arrives, so that a large answer costs neither a second copy nor
 * one long pause. */
#include "api/fetch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/repair.h"
#include "api/span.h"
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
	struct jv_parser *parser;
	jv body;  /* invalid until a whole value has come */
	jv items; /* array */
	int next_item;
	bool extra;         /* more than one value came */
	char wrong[160];    /* the parser's words */
	struct strbuf text; /* the body; of one that is no success, only its head */
	struct span *spans; /* the items in it; NULL: not to be told apart */
	struct page_facts facts;
	struct position at;
};

void position_copy(struct position *to, const struct position *from)
{
	struct position p = *from;
	p.cursor = from->cursor ? xstrdup(from->cursor) : NULL;
	p.next_url = from->next_url ? xstrdup(from->next_url) : NULL;
	position_free(to);
	*to = p;
}

void position_free(struct position *p)
{
	free(p->cursor);
	free(p->next_url);
	*p = (struct position){0};
}

/* Takes what the parser has finished. */
static void collect(struct fetch *f)
{
	jv v;
	while (jv_is_valid(v = jv_parser_next(f->parser))) {
		f->extra = f->extra || jv_is_valid(f->body);
		jv_free(f->body);
		f->body = v;
	}
	if (jv_invalid_has_msg(jv_copy(v)))
		jqfilter_error_text(jv_invalid_get_msg(v), f->wrong, sizeof f->wrong);
	else
		jv_free(v);
}

static bool is_success(const struct fetch *f, long status)
{
	bool file = strncmp(f->site->base_url, "file:", 5) == 0;
	return (status >= 200 && status <= 299) || (file && status == 0);
}

static bool on_data(void *context, const char *p, size_t n)
{
	struct fetch *f = context;
	bool good = is_success(f, http_status(f->call));
	if (good || f->text.len < HEAD_MOST)
		strbuf_add(&f->text, p, n);
	if (!good || f->wrong[0])
		return true;
	jv_parser_set_buf(f->parser, p, (int)n, 1);
	collect(f);
	return true;
}

static void fail(struct fetch *f, enum err_code code, const char *what, const char *detail)
{
	failure_set(&f->failure, code, what, detail);
	auth_redact(f->site->auth, f->failure.detail);
	f->state = FETCH_FAILED;
}

/* The first output of a filter on the body; null where there is no such filter. */
static int ask(struct fetch *f, struct jqfilter *filter, jv *out)
{
	struct err e = ERR_INIT;
	*out = jv_null();
	if (!filter || jqfilter_first(filter, jv_copy(f->body), out, &e) == 0)
		return 0;
	fail(f, ERR_PARSE, N_("the answer does not have the form that the connector expects"),
	     e.text);
	return -1;
}

static bool is_true(jv v)
{
	return jv_get_kind(v) != JV_KIND_NULL && jv_get_kind(v) != JV_KIND_FALSE;
}

/* A text or number as text; NULL for others.  Takes v over; the caller frees. */
static char *as_text(jv v)
{
	char *s = NULL;
	if (jv_get_kind(v) == JV_KIND_NUMBER)
		v = jv_dump_string(v, 0);
	if (jv_get_kind(v) == JV_KIND_STRING && *jv_string_value(v))
		s = xstrdup(jv_string_value(v));
	jv_free(v);
	return s;
}

/* HTML where JSON was due is most often a login page or a gateway's apology. */
static void fail_as_no_json(struct fetch *f, const char *type)
{
	const char *p = f->text.s + strspn(f->text.s, " \t\r\n");
	char excerpt[100];
	snprintf(excerpt, sizeof excerpt, "%s", p);
	if (*p == '<' || strstr(type, "html"))
		fail(f, ERR_PARSE, N_("the server sent a web page instead of data"), excerpt);
	else if (!*p)
		fail(f, ERR_PARSE, N_("the server sent an empty answer"), NULL);
	else
		fail(f, ERR_PARSE, N_("the answer is not JSON"),
		     f->wrong[0] ? f->wrong : excerpt);
}

/* What a problem document (RFC 9457) or a usual error body says. */
static void explain_status(struct fetch *f, const struct http_result *r)
{
	static const char *const names[] = {"detail", "title", "error_description", "message",
					    "error"};
	failure_from_status(&f->failure, r->status);
	f->failure.retry_after = r->retry_after;
	f->state = FETCH_FAILED;
	jv body = jv_parse_sized(f->text.s, (int)f->text.len);
	char *words = NULL;
	for (size_t i = 0; i < ARRAY_LEN(names) && !words; i++)
		if (jv_get_kind(body) == JV_KIND_OBJECT) {
			jv v = jv_object_get(jv_copy(body), jv_string(names[i]));
			if (jv_get_kind(v) == JV_KIND_STRING)
				words = as_text(v);
			else
				jv_free(v);
		}
	jv_free(body);
	if (words)
		utf8_copy(f->failure.detail, sizeof f->failure.detail, words);
	auth_redact(f->site->auth, f->failure.detail);
	free(words);
}

/* Errors inside HTTP 200. */
static int check_ok(struct fetch *f)
{
	jv ok, error;
	if (!f->resource->ok)
		return 0;
	if (ask(f, f->resource->ok, &ok) < 0)
		return -1;
	bool good = is_true(ok);
	jv_free(ok);
	if (good)
		return 0;
	char *words = ask(f, f->resource->error, &error) == 0 ? as_text(error) : NULL;
	fail(f, ERR_NET, N_("the server reports an error"), words);
	free(words);
	return -1;
}

/* Only of an answer that any reader of the cache can take as it is. */
static void find_spans(struct fetch *f)
{
	const char *path[8];
	int n = jqfilter_path(f->resource->items, path);
	size_t count = 0;
	if (n >= 0 && !memchr(f->text.s, '\0', f->text.len) &&
	    utf8_is_valid(f->text.s, f->text.len) &&
	    span_items(f->text.s, f->text.len, path, (size_t)n, &f->spans, &count) &&
	    count == f->facts.items)
		return;
	free(f->spans);
	f->spans = NULL;
}

static int take_items(struct fetch *f)
{
	jv items;
	if (ask(f, f->resource->items, &items) < 0)
		return -1;
	jv_kind kind = jv_get_kind(items);
	if (kind == JV_KIND_NULL) {
		jv_free(items);
		fail(f, ERR_PARSE,
		     N_("the answer does not have the form that the connector expects"),
		     "items: nothing there");
		return -1;
	}
	/* One object where a list was due. */
	if (kind != JV_KIND_ARRAY)
		items = jv_array_append(jv_array(), items);
	jv_free(f->items);
	f->items = items;
	f->facts.items = (size_t)jv_array_length(jv_copy(items));
	find_spans(f);
	return 0;
}

static int64_t as_time(jv v)
{
	int64_t t = CLOCK_NONE;
	if (jv_get_kind(v) == JV_KIND_STRING)
		clock_parse(jv_string_value(v), strlen(jv_string_value(v)), &t);
	else if (jv_get_kind(v) == JV_KIND_NUMBER && fabs(jv_number_value(v)) < 1e12)
		t = llround(jv_number_value(v) * (double)SECOND);
	jv_free(v);
	return t;
}

static int take_facts(struct fetch *f, const struct http_result *r)
{
	jv total, at;
	if (ask(f, f->resource->total, &total) < 0)
		return -1;
	f->facts.total = jv_get_kind(total) == JV_KIND_NUMBER && jv_number_value(total) >= 0 &&
					 jv_number_value(total) < 1e15
				 ? (int64_t)jv_number_value(total)
				 : -1;
	jv_free(total);
	if (ask(f, f->resource->server_time, &at) < 0)
		return -1;
	f->facts.server_time = f->resource->server_time ? as_time(at) : r->server_time;
	f->facts.bytes = r->bytes;
	f->facts.took_ms = r->took_ms;
	return 0;
}

static bool same_text(const char *a, const char *b)
{
	return (!a && !b) || (a && b && strcmp(a, b) == 0);
}

/* More as the connector says, or as a full page suggests. */
static int wants_more(struct fetch *f, bool *more)
{
	jv v;
	const struct resource *r = f->resource;
	*more = f->facts.items >= (size_t)r->page_size;
	if (!r->more)
		return 0;
	if (ask(f, r->more, &v) < 0)
		return -1;
	*more = is_true(v);
	jv_free(v);
	return 0;
}

static int next_by_cursor(struct fetch *f, const struct http_result *r)
{
	(void)r;
	jv v;
	if (ask(f, f->resource->next, &v) < 0 || wants_more(f, &f->facts.more) < 0)
		return -1;
	char *cursor = as_text(v);
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
	jv v;
	return ask(f, f->resource->next, &v) < 0 ? -1 : take_next_url(f, as_text(v));
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

/* The parser gave up; without what it stumbled over it may go on. */
static void repair(struct fetch *f)
{
	struct strbuf better = STRBUF_INIT;
	jv v = jv_invalid();
	if (repair_json(f->text.s, f->text.len, &better))
		v = jv_parse_sized(better.s, (int)better.len);
	if (jv_is_valid(v)) {
		jv_free(f->body);
		f->body = v;
		f->wrong[0] = '\0';
		struct strbuf old = f->text;
		f->text = better;
		better = old;
	} else {
		jv_free(v);
	}
	strbuf_free(&better);
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
	jv_parser_set_buf(f->parser, "", 0, 0);
	if (!f->wrong[0])
		collect(f);
	if (f->wrong[0])
		repair(f);
	if (f->wrong[0] || f->extra || !jv_is_valid(f->body)) {
		fail_as_no_json(f, r->type);
		return;
	}
	auth_accepted(f->site->auth);
	if (check_ok(f) < 0 || take_items(f) < 0 || take_facts(f, r) < 0 || find_next(f, r) < 0)
		return;
	jv_free(f->body);
	f->body = jv_invalid();
	f->state = f->facts.items ? FETCH_READY : FETCH_DONE;
}

struct fetch *fetch_new(const struct site *s, const struct resource *r,
			const struct position *at, struct failure *failure)
{
	struct fetch *f = xcalloc(1, sizeof *f);
	f->site = s;
	f->resource = r;
	f->failure = (struct failure)FAILURE_NONE;
	f->parser = jv_parser_new(0);
	f->body = jv_invalid();
	f->items = jv_array();
	f->text = (struct strbuf)STRBUF_INIT;
	f->facts.total = -1;
	f->facts.server_time = CLOCK_NONE;
	position_copy(&f->at, at);
	struct circumstances c = {r->kind, 0, &f->at, r->first_page, r->page_size};
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
	jv_parser_free(f->parser);
	jv_free(f->body);
	jv_free(f->items);
	strbuf_free(&f->text);
	free(f->spans);
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
	int n = jv_array_length(jv_copy(f->items));
	for (size_t done = 0; f->next_item < n && done < most; done++) {
		struct span raw = f->spans ? f->spans[f->next_item] : (struct span){NULL, 0};
		mapper_item(m, how, jv_array_get(jv_copy(f->items), f->next_item++), raw.s,
			    raw.n, out);
		if (done % 16 == 15 && clock_monotonic() >= deadline)
			break;
	}
	if (f->next_item >= n)
		f->state = FETCH_DONE;
}

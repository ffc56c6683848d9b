/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/fetch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/ask.h"
#include "api/jqfilter.h"
#include "api/jqtape.h"
#include "api/moment.h"
#include "api/paging.h"
#include "api/webpage.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "model/kind.h"

#define HEAD_MOST 16384 /* bytes of a body that only messages need */

struct fetch {
	const struct site *site;
	const struct resource *resource;
	enum fetch_state state;
	struct failure failure;
	struct http_call *call;
	struct strbuf text; /* the body; of one that is no success, only its head */
	struct tape tape;   /* the body's values */
	struct jqfilter_out items;
	const struct node *next_item, *items_end, *last_item;
	struct page_facts facts;
	struct position at;
	struct details *details; /* NULL: the items are all there is */
	struct detail_memory *memory;
	jv page, lookups;  /* for maps that want them */
	struct folder own; /* where the position has none */
	bool refused;      /* a file that is no good: set aside, the others go on */
};

void position_copy(struct position *to, const struct position *from)
{
	struct position p = *from;
	p.cursor = from->cursor ? xstrdup(from->cursor) : NULL;
	p.next_url = from->next_url ? xstrdup(from->next_url) : NULL;
	p.last = from->last ? xstrdup(from->last) : NULL;
	p.since = from->since ? xstrdup(from->since) : NULL;
	p.until = from->until ? xstrdup(from->until) : NULL;
	p.etag = from->etag ? xstrdup(from->etag) : NULL;
	p.modified = from->modified ? xstrdup(from->modified) : NULL;
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
	free(p->etag);
	free(p->modified);
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

/* Whatever form errors have, data may have another. */
static void explain_status(struct fetch *f, const struct http_result *r)
{
	struct format_spec any = f->resource->format;
	struct failure unread = FAILURE_NONE;
	any.type = FORMAT_AUTO;
	if (!failure_from_status(&f->failure, r->status))
		failure_set(&f->failure, ERR_NET, N_("the server reports an error"), NULL);
	f->failure.retry_after = r->retry_after;
	if (format_read(&any, f->text.s, f->text.len, r->type, &f->tape, &unread) == 0)
		envelope_explain(&f->resource->envelope, f->tape.nodes, &f->failure);
	else if (webpage_is(f->text.s, r->type))
		utf8_copy(f->failure.detail, sizeof f->failure.detail, unread.detail);
	f->failure.refused = auth_is_refusal(f->site->auth, r->status, &f->tape);
}

static int read_body(struct fetch *f, const struct http_result *r)
{
	const struct envelope_spec *envelope = &f->resource->envelope;
	auth_redact_data(f->site->auth, f->text.s, f->text.len);
	if (format_read(&f->resource->format, f->text.s, f->text.len, r->type, &f->tape,
			&f->failure) < 0) {
		envelope_explain_text(envelope, f->text.s, f->text.len, &f->failure);
		return -1;
	}
	if (auth_is_refusal(f->site->auth, r->status, &f->tape)) {
		failure_set(&f->failure, ERR_AUTH, N_("the server refuses the credentials"),
			    NULL);
		envelope_explain(envelope, f->tape.nodes, &f->failure);
		f->failure.refused = true;
		return -1;
	}
	return envelope_judge(envelope, f->tape.nodes, &f->failure);
}

/* A sentence where a list was due is most often an error. */
static int says(struct fetch *f, const struct node *words)
{
	char *text = xstrndup(words->s, words->n);
	failure_set(&f->failure, ERR_PARSE, N_("the server sent words instead of data"), text);
	free(text);
	return -1;
}

static int take_items(struct fetch *f)
{
	jqfilter_out_free(&f->items);
	const struct node *body = f->tape.nodes;
	bool found = ask_node(f->resource->items, body, &f->items, &f->failure) == 0;
	const struct node *items = f->items.node;
	if (body->type == NODE_STRING && (!found || items == body))
		return says(f, body);
	if (!found)
		return -1;
	if (items->type == NODE_NULL)
		return failure_set(
			&f->failure, ERR_PARSE,
			N_("the answer does not have the form that the connector expects"),
			"items: nothing there");
	/* One object may stand where a list was due. */
	f->next_item = items->type == NODE_ARRAY ? node_first(items) : items;
	f->items_end = node_end(items);
	for (const struct node *n = f->next_item; n < f->items_end; n = node_next(n)) {
		f->facts.items++;
		f->last_item = n;
	}
	return 0;
}

/* A whole number, or a text of digits. */
static int64_t as_sequence(const struct node *n)
{
	char text[24], *end;
	if ((n->type != NODE_NUMBER && n->type != NODE_STRING) || !n->n || n->n >= sizeof text)
		return CLOCK_NONE;
	memcpy(text, n->s, n->n);
	text[n->n] = '\0';
	errno = 0;
	long long v = strtoll(text, &end, 10);
	return *end || errno ? CLOCK_NONE : v;
}

/* As the columns of this feed are read. */
static int64_t as_time(const struct fetch *f, const struct node *n)
{
	struct converter with = {&f->resource->convert, f->site->connector->zone, NULL};
	int64_t t;
	return convert_time(&with, n, &t) == 0 ? t : CLOCK_NONE;
}

/* "214", or what stands behind the slash of a Content-Range: "items 0-49/214", or -1. */
static int64_t as_total(const char *value)
{
	const char *slash = strrchr(value, '/'), *digits = slash ? slash + 1 : value;
	return *digits < '0' || *digits > '9' ? -1 : strtoll(digits, NULL, 10);
}

static int take_total(struct fetch *f, const struct http_call *call)
{
	const char *name = f->resource->total_header;
	const char *value = name && call ? http_header(call, name) : NULL;
	if (value)
		f->facts.total = as_total(value);
	return name ? 0
		    : ask_count(f->resource->total, f->tape.nodes, &f->facts.total,
				&f->failure);
}

static int take_time(struct fetch *f, const struct http_result *r)
{
	struct jqfilter_out out;
	f->facts.server_time = r->server_time;
	if (!f->resource->server_time)
		return 0;
	int rc = ask_node(f->resource->server_time, f->tape.nodes, &out, &f->failure);
	f->facts.server_time = as_time(f, out.node);
	jqfilter_out_free(&out);
	return rc;
}

static int take_facts(struct fetch *f, const struct http_call *call,
		      const struct http_result *r)
{
	f->facts.bytes = r->bytes;
	f->facts.took_ms = r->took_ms;
	return take_total(f, call) < 0 ? -1 : take_time(f, r);
}

static int find_next(struct fetch *f, const struct http_call *call, const struct http_result *r)
{
	struct page p = {.connector = f->site->connector,
			 .resource = f->resource,
			 .at = &f->at,
			 .body = f->tape.nodes,
			 .last = f->last_item,
			 .call = call,
			 .link = r->link,
			 .hash = paging_hash(f->text.s, f->text.len)};
	return paging_next(&p, &f->facts, &f->failure);
}

/* By what the answer can be known again.  A time in whole seconds tells changes apart only
 * when its second is over. */
static void take_validators(struct fetch *f, const struct http_call *call,
			    const struct http_result *r)
{
	struct position *n = &f->facts.next;
	const char *etag = http_header(call, "ETag"),
		   *modified = http_header(call, "Last-Modified");
	free(n->etag);
	free(n->modified);
	n->etag = n->modified = NULL;
	if (!f->resource->conditional)
		return;
	int64_t t = modified ? http_date(modified) : CLOCK_NONE;
	if (etag)
		n->etag = xstrdup(etag);
	else if (t != CLOCK_NONE && r->server_time != CLOCK_NONE &&
		 r->server_time - t >= 2 * SECOND)
		n->modified = xstrdup(modified);
}

/* An answer that says that there is no such page, or nothing new. */
static void end_here(struct fetch *f, const struct http_result *r)
{
	auth_accepted(f->site->auth);
	f->facts.bytes = r->bytes;
	f->facts.took_ms = r->took_ms;
	f->facts.server_time = r->server_time;
	position_copy(&f->facts.next, &f->at);
	f->failure = (struct failure)FAILURE_NONE;
	f->facts.items = 0;
	f->facts.more = false;
	f->state = FETCH_DONE;
}

static void on_details(void *context)
{
	struct fetch *f = context;
	if (details_state(f->details) == DETAILS_DONE) {
		f->state = FETCH_READY;
		return;
	}
	f->failure = *details_failure(f->details);
	f->state = FETCH_FAILED;
}

/* The page is ready when all that its items lack is there. */
static void ask_details(struct fetch *f)
{
	f->state = FETCH_WAITING;
	f->details = details_new(f->site, f->resource, f->memory, f->next_item, f->items_end,
				 on_details, f);
	if (details_state(f->details) != DETAILS_WAITING)
		on_details(f);
}

static void judge(struct fetch *f, const struct http_call *call, const struct http_result *r)
{
	if (r->failure.code) {
		f->failure = r->failure;
		f->state = FETCH_FAILED;
		return;
	}
	f->facts.unchanged = r->status == 304 && (f->at.etag || f->at.modified);
	if (f->facts.unchanged || paging_is_end(f->resource, &f->at, r->status)) {
		end_here(f, r);
		return;
	}
	if (!is_success(f, r->status)) {
		explain_status(f, r);
		f->state = FETCH_FAILED;
		return;
	}
	bool there = read_body(f, r) == 0;
	if (there)
		auth_accepted(f->site->auth);
	if (!there || take_items(f) < 0 || take_facts(f, call, r) < 0 ||
	    find_next(f, call, r) < 0) {
		f->state = FETCH_FAILED;
		if (f->at.beyond && !f->failure.refused && f->failure.meant != 401)
			end_here(f, r);
		return;
	}
	take_validators(f, call, r);
	if (!f->facts.items) /* none, or a repetition's */
		f->next_item = f->items_end;
	f->state = f->facts.items ? FETCH_READY : FETCH_DONE;
	if (f->state == FETCH_READY && f->resource->has_detail)
		ask_details(f);
}

static void on_done(void *context, const struct http_result *r)
{
	struct fetch *f = context;
	const struct http_call *call = f->call;
	f->call = NULL;
	judge(f, call, r);
	f->failure.proof = r->tag;
	f->failure.refused = f->failure.refused || f->failure.meant == 401;
	auth_redact(f->site->auth, f->failure.detail);
}

static struct fetch *make(const struct site *s, const struct resource *r)
{
	struct fetch *f = xcalloc(1, sizeof *f);
	f->site = s;
	f->resource = r;
	f->failure = (struct failure)FAILURE_NONE;
	f->items.value = f->page = f->lookups = jv_null();
	f->text = f->own.marks = (struct strbuf)STRBUF_INIT;
	f->tape.depth = (unsigned)s->connector->limits.depth;
	f->facts.total = -1;
	f->facts.newest = f->facts.oldest = CLOCK_NONE;
	f->facts.server_time = CLOCK_NONE;
	return f;
}

struct fetch *fetch_new_records(const struct site *s, const struct resource *r,
				char *const *ids, size_t count)
{
	struct fetch *f = make(s, r);
	jv list = jv_array();
	for (size_t i = 0; i < count; i++)
		list = jv_array_append(
			list, jv_object_set(jv_object(), jv_string("id"), jv_string(ids[i])));
	list = jv_dump_string(list, 0);
	strbuf_adds(&f->text, jv_string_value(list));
	jv_free(list);
	tape_read(&f->tape, f->text.s, f->text.len, NULL);
	f->next_item = node_first(f->tape.nodes);
	f->items_end = node_end(f->tape.nodes);
	f->facts.items = count;
	ask_details(f);
	return f;
}

void fetch_remember(struct fetch *f, struct detail_memory *m)
{
	f->memory = m;
}

void fetch_set_lookups(struct fetch *f, jv lookups)
{
	jv_free(f->lookups);
	f->lookups = lookups;
}

/* A file that can't be read or makes no sense.  A list that must be whole fails by it; else it
 * is set aside, and left for later where it is being written. */
static void refuse_file(struct fetch *f)
{
	char *name = xasprintf("%s: %s", f->at.folder->files[f->at.page].name,
			       f->failure.detail);
	utf8_copy(f->failure.detail, sizeof f->failure.detail, name);
	free(name);
	if (f->resource->changes == CHANGES_SNAPSHOT) {
		f->state = FETCH_FAILED;
		return;
	}
	f->facts.items = 0;
	f->next_item = f->items_end = NULL;
	find_next(f, NULL, &(struct http_result){.link = ""});
	f->refused = f->failure.code != ERR_BUSY;
	f->state = FETCH_DONE;
}

static int read_file(struct fetch *f)
{
	const struct folder *folder = f->at.folder;
	struct err e = ERR_INIT;
	if (folder_read(folder, &folder->files[f->at.page], f->site->connector->limits.body,
			&f->text, &e) < 0)
		return failure_set(&f->failure, e.code, N_("the file can't be read"), e.text);
	struct http_result r = {.type = folder_type(&folder->files[f->at.page]),
				.link = "",
				.server_time = CLOCK_NONE,
				.status = 200};
	r.bytes = (int64_t)f->text.len;
	return read_body(f, &r) < 0 || take_items(f) < 0 || take_facts(f, NULL, &r) < 0 ||
			       find_next(f, NULL, &r) < 0
		       ? -1
		       : 0;
}

/* All files that are there, where nobody says which are new. */
static void look_for_files(struct fetch *f)
{
	folder_look_for(&f->own, f->site->base_url, &f->resource->files, NULL, false);
	if (f->own.count > (size_t)f->at.page || f->own.error)
		f->at.folder = &f->own;
}

/* A page that is a file is there at once. */
static struct fetch *from_folder(struct fetch *f, struct failure *failure)
{
	const struct folder *folder = f->at.folder;
	if (folder->error) {
		failure_set(failure, ERR_IO, N_("the folder can't be read"),
			    strerror(folder->error));
		fetch_free(f);
		return NULL;
	}
	if (read_file(f) < 0) {
		refuse_file(f);
		return f;
	}
	if (folder == &f->own)
		f->facts.next.folder = NULL; /* it is looked for again */
	f->state = f->facts.items ? FETCH_READY : FETCH_DONE;
	if (f->state == FETCH_READY && f->resource->has_detail)
		ask_details(f);
	return f;
}

struct fetch *fetch_new(const struct site *s, const struct resource *r,
			const struct position *at, struct failure *failure)
{
	struct fetch *f = make(s, r);
	position_copy(&f->at, at);
	if (r->files.pattern && !at->folder)
		look_for_files(f);
	if (f->at.folder)
		return from_folder(f, failure);
	if (r->files.pattern) {
		f->state = FETCH_DONE; /* an empty folder */
		return f;
	}
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
	f->call = request_send(s, &r->request, &c, format_accept(&r->format), &o, &e);
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
	details_free(f->details);
	folder_free(&f->own);
	jv_free(f->page);
	jv_free(f->lookups);
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

/* When the item changed, or its number; what tells neither is nothing. */
static void note_newest(struct fetch *f, const struct node *item)
{
	const struct delta_spec *d = &f->resource->delta;
	struct jqfilter_out out;
	int64_t t = CLOCK_NONE;
	if (!feed_has_mark(f->resource))
		return;
	if (jqfilter_ask(d->field, item, &out, NULL) == 0) {
		if (f->resource->changes == CHANGES_SEQUENCE)
			t = as_sequence(out.node);
		else
			moment_read(out.node, d->at, &t);
	}
	jqfilter_out_free(&out);
	if (t == CLOCK_NONE)
		return;
	f->facts.descends |= t < f->facts.newest;
	if (t > f->facts.newest)
		f->facts.newest = t;
	if (f->facts.oldest == CLOCK_NONE || t < f->facts.oldest)
		f->facts.oldest = t;
}

int fetch_each(struct fetch *f, int (*each)(void *, const struct node *, struct err *),
	       void *context, struct err *e)
{
	for (; f->next_item < f->items_end; f->next_item = node_next(f->next_item))
		if (each(context, f->next_item, e) < 0)
			return -1;
	f->state = FETCH_DONE;
	return 0;
}

/* What a map may see besides its item: the whole answer and the tables. */
static void bind(struct fetch *f, struct jqfilter *map)
{
	if (!jqfilter_is_bound(map))
		return;
	if (jqfilter_wants_page(map) && jv_get_kind(f->page) == JV_KIND_NULL && f->tape.count)
		jqtape_value(f->tape.nodes, &f->page, NULL);
	jqfilter_bind(map, jv_copy(f->page), jv_copy(f->lookups));
}

void fetch_map(struct fetch *f, struct mapper *m, const struct mapping *how, struct haul *out,
	       size_t most, int64_t deadline)
{
	if (f->refused) {
		char reason[400];
		failure_text(&f->failure, true, reason, sizeof reason);
		mapper_reject(how, reason, f->text.s, f->text.len, out);
		f->refused = false;
	}
	bind(f, how->map);
	for (size_t done = 0; f->next_item < f->items_end && done < most; done++) {
		note_newest(f, f->next_item);
		if (f->details)
			details_map(f->details, m, how, out);
		else
			mapper_item(m, how, f->next_item, out);
		f->next_item = node_next(f->next_item);
		if (done % 16 == 15 && clock_monotonic() >= deadline)
			break;
	}
	if (f->next_item == f->items_end)
		f->state = FETCH_DONE;
}

const struct node *fetch_item(const struct fetch *f)
{
	return f->next_item < f->items_end ? f->next_item : NULL;
}

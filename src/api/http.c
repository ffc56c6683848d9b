/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/http.h"

#include <stdlib.h>
#include <string.h>

#include "api/http_gate.h"
#include "api/http_parts.h"
#include "api/http_tap.h"
#include "api/url.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/strbuf.h"

#define REDIRECTS_MOST 3

struct http {
	CURLM *multi;
	struct http_call *calls;
	size_t waiting; /* of these, at their gates */
	uint64_t turns;
	const struct http_tap *tap; /* or NULL */
};

void http_global(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

struct http *http_new(void)
{
	struct http *h = xcalloc(1, sizeof *h);
	h->multi = curl_multi_init();
	if (!h->multi)
		abort();
	return h;
}

static void free_call(struct http_call *c)
{
	if (c->next)
		c->next->prev = c->prev;
	*c->prev = c->next;
	if (c->inside)
		http_gate_leave(c->order.gate);
	if (c->waiting)
		c->http->waiting--;
	else
		curl_multi_remove_handle(c->http->multi, c->easy);
	curl_easy_cleanup(c->easy);
	curl_slist_free_all(c->headers);
	curl_slist_free_all(c->connect_to);
	strbuf_free(&c->body);
	strbuf_free(&c->type);
	strbuf_free(&c->link);
	unpack_free(c->unpack);
	http_take_free(c->take);
	free(c->url);
	free(c);
}

void http_set_tap(struct http *h, const struct http_tap *t)
{
	h->tap = t;
}

void http_free(struct http *h)
{
	if (!h)
		return;
	while (h->calls) /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): it unlinks itself */
		free_call(h->calls);
	curl_multi_cleanup(h->multi);
	free(h);
}

void http_stop(struct http_call *c)
{
	if (c)
		free_call(c);
}

void http_pause(struct http_call *c, bool pause)
{
	curl_easy_pause(c->easy, pause ? CURLPAUSE_RECV : CURLPAUSE_CONT);
}

static bool is_redirect(long status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 ||
	       status == 308;
}

/* An empty line ends the headers; those of 1xx and of redirects are not the last. */
static size_t on_header(char *p, size_t size, size_t n, void *context)
{
	struct http_call *c = context;
	long status = http_status(c);
	if (c->take)
		http_take_header(c->take, p, n * size);
	bool last = (n * size == 2 && memcmp(p, "\r\n", 2) == 0) ||
		    (n * size == 1 && *p == '\n');
	if (last && status >= 200 && !is_redirect(status) && !c->head_told) {
		c->head_told = true;
		if (c->order.head)
			c->order.head(c->order.context, status);
	}
	return n * size;
}

/* The body, unpacked. */
static bool on_body(void *context, const char *p, size_t n)
{
	struct http_call *c = context;
	c->bytes += (int64_t)n;
	if (c->take)
		http_take_data(c->take, p, n);
	if (c->order.body_most && c->bytes > c->order.body_most) {
		c->too_large = true;
		return false;
	}
	c->refused = c->order.data && !c->order.data(c->order.context, p, n);
	return !c->refused;
}

static size_t on_data(char *p, size_t size, size_t n, void *context)
{
	struct http_call *c = context;
	n *= size;
	if (is_redirect(http_status(c)))
		return n;
	if (!c->body_begun) {
		c->body_begun = true;
		c->unpack = unpack_new(http_header(c, "Content-Encoding"), &c->odd_packing);
	}
	if (c->odd_packing)
		return 0;
	bool taken = c->unpack ? unpack_add(c->unpack, p, n, on_body, c) : on_body(c, p, n);
	return taken ? n : 0;
}

static void listen_to(struct http_call *c)
{
	curl_easy_setopt(c->easy, CURLOPT_WRITEFUNCTION, on_data);
	curl_easy_setopt(c->easy, CURLOPT_WRITEDATA, c);
	curl_easy_setopt(c->easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(c->easy, CURLOPT_HEADERDATA, c);
	curl_easy_setopt(c->easy, CURLOPT_PRIVATE, c);
}

static void let_in(struct http_call *c)
{
	c->waiting = false;
	c->http->waiting--;
	c->started = clock_monotonic();
	curl_multi_add_handle(c->http->multi, c->easy);
}

struct http_call *http_start(struct http *h, const struct http_order *o, struct err *e)
{
	if (!url_is_allowed(o->url, o->allow_file)) {
		err_set(e, ERR_USAGE, _("not a URL of http or https: %.300s"), o->url);
		return NULL;
	}
	struct http_call *c = xcalloc(1, sizeof *c);
	c->http = h;
	c->easy = curl_easy_init();
	if (!c->easy)
		abort();
	c->url = xstrdup(o->url);
	c->order = *o;
	c->body = c->type = c->link = (struct strbuf)STRBUF_INIT;
	c->started = clock_monotonic();
	c->prev = &h->calls;
	c->next = h->calls;
	if (c->next)
		c->next->prev = &c->next;
	h->calls = c;
	http_order_set(c, o);
	listen_to(c);
	c->take = h->tap ? http_take_new(h->tap, o) : NULL;
	if (c->take)
		http_take_set_up(c->take, c->easy, c->url);
	c->turn = h->turns++;
	c->waiting = true;
	h->waiting++;
	if (!o->gate)
		let_in(c);
	return c;
}

/* Whose turn it is: the first that came of those whose gates are open.  NULL, and less in
 * *wait where one will be before. */
static struct http_call *next_in(struct http *h, int64_t now, int64_t *wait)
{
	struct http_call *first = NULL;
	for (struct http_call *c = h->calls; c; c = c->next) {
		if (!c->waiting)
			continue;
		int64_t ms = http_gate_wait(c->order.gate, now);
		if (ms < *wait)
			*wait = ms;
		if (ms == 0 && (!first || c->turn < first->turn))
			first = c;
	}
	return first;
}

/* Lets in all whose turn it is; the ms until another may be. */
static int64_t open_gates(struct http *h, int64_t timeout_ms)
{
	struct http_call *c;
	int64_t now = clock_monotonic(), wait = timeout_ms;
	while (h->waiting && (c = next_in(h, now, &wait))) {
		http_gate_enter(c->order.gate, now, c->order.answer_ms > 0);
		c->inside = c->order.answer_ms > 0;
		let_in(c);
		wait = timeout_ms;
	}
	return wait;
}

/* A server that we call by another name than its address may answer by that name. */
static bool may_follow(const struct http_call *c, const char *to)
{
	struct strbuf named = STRBUF_INIT;
	const char *name = c->order.tls.server_name;
	bool own = url_same_origin(c->url, to) ||
		   (name && url_with_host(c->url, name, &named) &&
		    url_same_origin(named.s, to)) ||
		   (c->order.may_reach && c->order.may_reach(c->order.site, to));
	strbuf_free(&named);
	return own;
}

/* Goes on where the server points, within bounds.  Returns whether it does. */
static bool follow(struct http_call *c)
{
	char *to = NULL;
	curl_easy_getinfo(c->easy, CURLINFO_REDIRECT_URL, &to);
	char *url = to && c->redirects < REDIRECTS_MOST && !c->body.len
			    ? http_take_redirect(c->take, c->url, to)
			    : NULL;
	if (!url || !may_follow(c, url)) {
		free(url);
		return false;
	}
	c->redirects++;
	if (c->take)
		http_take_end(c->take, c->url, http_status(c), clock_monotonic() - c->started);
	free(c->url);
	c->url = url;
	curl_multi_remove_handle(c->http->multi, c->easy);
	http_order_aim(c);
	if (c->take)
		http_take_set_up(c->take, c->easy, c->url);
	curl_multi_add_handle(c->http->multi, c->easy);
	return true;
}

static void finish(struct http_call *c, CURLcode code)
{
	struct http_result r = http_answer_result(c, code);
	struct strbuf url = STRBUF_INIT;
	url_for_log(c->url, &url);
	log_debug("%s: HTTP %ld, %lld bytes, %lld ms", url.s, r.status, (long long)r.bytes,
		  (long long)r.took_ms);
	strbuf_free(&url);
	if (c->take)
		http_take_end(c->take, c->url, r.status, r.took_ms);
	char *method = NULL;
	if (c->order.ended &&
	    curl_easy_getinfo(c->easy, CURLINFO_EFFECTIVE_METHOD, &method) == CURLE_OK)
		c->order.ended(c->order.watcher, method ? method : "", c->url, &r);
	c->order.done(c->order.context, &r);
	free_call(c);
}

void http_turn(struct http *h, struct pollfd *fds, size_t count, int64_t timeout_ms)
{
	struct curl_waitfd extra[HTTP_FDS_MOST];
	timeout_ms = open_gates(h, timeout_ms);
	unsigned n = 0;
	for (; n < count && n < ARRAY_LEN(extra); n++)
		extra[n] = (struct curl_waitfd){
			fds[n].fd,
			(short)((fds[n].events & POLLIN ? CURL_WAIT_POLLIN : 0) |
				(fds[n].events & POLLOUT ? CURL_WAIT_POLLOUT : 0)),
			0};
	curl_multi_poll(h->multi, extra, n, (int)timeout_ms, NULL);
	for (unsigned i = 0; i < n; i++)
		fds[i].revents = (short)((extra[i].revents & CURL_WAIT_POLLIN ? POLLIN : 0) |
					 (extra[i].revents & CURL_WAIT_POLLOUT ? POLLOUT : 0));
	int running, left;
	curl_multi_perform(h->multi, &running);
	CURLMsg *m;
	while ((m = curl_multi_info_read(h->multi, &left))) {
		struct http_call *c;
		CURLcode code = m->data.result;
		if (m->msg != CURLMSG_DONE ||
		    curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&c) !=
			    CURLE_OK)
			continue;
		if (code != CURLE_OK || !is_redirect(http_status(c)) || !follow(c))
			finish(c, code);
	}
}

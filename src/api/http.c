/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/http.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "api/http_tap.h"
#include "api/http_gate.h"
#include "api/url.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "model/kind.h"

#define REDIRECTS_MOST 3
#define RETRY_AFTER_MOST HOUR

struct http {
	CURLM *multi;
	struct http_call *calls;
	size_t waiting; /* of these, at their gates */
	uint64_t turns;
	const struct http_tap *tap; /* or NULL */
};

struct http_jar {
	CURLSH *share;
};

struct http_call {
	struct http *http;
	struct http_call *next, **prev;
	CURL *easy;
	struct curl_slist *headers, *connect_to;
	char *url;
	struct http_order order; /* only its callbacks and limits are used later */
	struct strbuf body, type, link;
	char words[CURL_ERROR_SIZE];
	int64_t started, bytes;
	struct http_take *take; /* NULL: nobody looks on */
	int redirects;
	bool head_told, refused, too_large;
	bool waiting, inside; /* at its gate; counted there */
	uint64_t turn;        /* order of coming */
};

/* What libcurl's most common failures mean to people; all others keep its own words. */
static const struct {
	CURLcode code;
	const char *what;
} meanings[] = {
	{CURLE_COULDNT_RESOLVE_HOST, N_("the name of the server is unknown")},
	{CURLE_COULDNT_RESOLVE_PROXY, N_("the name of the proxy is unknown")},
	{CURLE_COULDNT_CONNECT, N_("the server does not take connections")},
	{CURLE_OPERATION_TIMEDOUT, N_("the server did not answer in time")},
	{CURLE_PEER_FAILED_VERIFICATION, N_("the server's certificate is not to be trusted")},
	{CURLE_SSL_CERTPROBLEM, N_("our own certificate (cert_file, key_file) can't be used")},
	{CURLE_SSL_CACERT_BADFILE, N_("the file of certificates (ca_file) can't be read")},
	{CURLE_SSL_CONNECT_ERROR, N_("no secure connection can be made")},
	{CURLE_GOT_NOTHING, N_("the server hung up without an answer")},
	{CURLE_PARTIAL_FILE, N_("the answer broke off")},
	{CURLE_RECV_ERROR, N_("the connection broke")},
	{CURLE_SEND_ERROR, N_("the connection broke")},
	{CURLE_FILESIZE_EXCEEDED, N_("the answer is larger than allowed (limits.body)")},
	{CURLE_BAD_CONTENT_ENCODING, N_("the answer is packed wrongly")},
	{CURLE_FILE_COULDNT_READ_FILE, N_("the file can't be read")},
	{CURLE_WEIRD_SERVER_REPLY, N_("what answers there is no web server")},
	{CURLE_UNSUPPORTED_PROTOCOL, N_("what answers there is no web server")},
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

/* The share is used by one thread, so it needs no locks. */
struct http_jar *http_jar_new(void)
{
	struct http_jar *j = xcalloc(1, sizeof *j);
	j->share = curl_share_init();
	if (!j->share)
		abort();
	curl_share_setopt(j->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
	return j;
}

void http_jar_free(struct http_jar *j)
{
	if (j)
		curl_share_cleanup(j->share);
	free(j);
}

static void use_jar(CURL *easy, const struct http_jar *j)
{
	curl_easy_setopt(easy, CURLOPT_SHARE, j->share);
	curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "");
}

void http_jar_clear(struct http_jar *j)
{
	CURL *easy = j ? curl_easy_init() : NULL;
	if (!easy)
		return;
	use_jar(easy, j);
	curl_easy_setopt(easy, CURLOPT_COOKIELIST, "ALL");
	curl_easy_cleanup(easy);
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

long http_status(const struct http_call *c)
{
	long status = 0;
	curl_easy_getinfo(c->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

static bool is_redirect(long status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 ||
	       status == 308;
}

int64_t http_date(const char *s)
{
	time_t t = curl_getdate(s, NULL);
	return t >= 0 ? (int64_t)t * SECOND : CLOCK_NONE;
}

const char *http_header(const struct http_call *c, const char *name)
{
	struct curl_header *h;
	if (curl_easy_header(c->easy, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK)
		return NULL;
	return h->value;
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

static size_t on_data(char *p, size_t size, size_t n, void *context)
{
	struct http_call *c = context;
	n *= size;
	if (is_redirect(http_status(c)))
		return n;
	c->bytes += (int64_t)n;
	if (c->take)
		http_take_data(c->take, p, n);
	if (c->order.body_most && c->bytes > c->order.body_most) {
		c->too_large = true;
		return 0;
	}
	if (c->order.data && !c->order.data(c->order.context, p, n)) {
		c->refused = true;
		return 0;
	}
	return n;
}

static void set_headers(struct http_call *c, const struct http_order *o)
{
	struct strbuf b = STRBUF_INIT;
	for (size_t i = 0; i < o->header_count; i++) {
		const struct http_header *h = &o->headers[i];
		if (strpbrk(h->value, "\r\n") || strpbrk(h->name, "\r\n"))
			continue;
		strbuf_clear(&b);
		strbuf_addf(&b, *h->value ? "%s: %s" : "%s;", h->name, h->value);
		c->headers = curl_slist_append(c->headers, b.s);
	}
	strbuf_free(&b);
	curl_easy_setopt(c->easy, CURLOPT_HTTPHEADER, c->headers);
}

static void set_limits(CURL *easy, const struct http_order *o)
{
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR,
			 o->allow_file ? "http,https,file" : "http,https");
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)o->connect_ms);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)o->answer_ms);
	if (o->silence_ms) {
		curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
		curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME,
				 (long)((o->silence_ms + 999) / 1000));
	}
	if (o->body_most)
		curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)o->body_most);
}

/* Another name than the address has is asked for by connecting that name to this address. */
static void aim(struct http_call *c)
{
	struct strbuf named = STRBUF_INIT, host = STRBUF_INIT;
	const char *name = c->order.tls.server_name;
	if (name && strncasecmp(c->url, "https:", 6) == 0 && url_host(c->url, &host) &&
	    url_with_host(c->url, name, &named)) {
		char *to = xasprintf("%s::%s:", name, host.s);
		curl_slist_free_all(c->connect_to);
		c->connect_to = curl_slist_append(NULL, to);
		curl_easy_setopt(c->easy, CURLOPT_CONNECT_TO, c->connect_to);
		free(to);
	}
	curl_easy_setopt(c->easy, CURLOPT_URL, named.len ? named.s : c->url);
	strbuf_free(&named);
	strbuf_free(&host);
}

static void set_tls(CURL *easy, const struct http_tls *t)
{
	const struct {
		CURLoption option;
		const char *value;
	} options[] = {{CURLOPT_CAINFO, t->ca_file},
		       {CURLOPT_SSLCERT, t->cert_file},
		       {CURLOPT_SSLKEY, t->key_file},
		       {CURLOPT_KEYPASSWD, t->key_password}};
	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if (options[i].value)
			curl_easy_setopt(easy, options[i].option, options[i].value);
}

static void set_body(struct http_call *c, const struct http_order *o)
{
	bool due = strcmp(o->method, "GET") != 0 && strcmp(o->method, "DELETE") != 0;
	if (!o->body && !due)
		return;
	if (o->body)
		strbuf_add(&c->body, o->body, o->body_n);
	curl_easy_setopt(c->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)c->body.len);
	curl_easy_setopt(c->easy, CURLOPT_POSTFIELDS, c->body.len ? c->body.s : "");
}

static void set_request(struct http_call *c, const struct http_order *o)
{
	CURL *easy = c->easy;
	aim(c);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	/* What comes packed without having been asked for is unpacked, too. */
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING,
			 o->compress ? "gzip, deflate" : "identity");
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 128L * 1024);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, o->user_agent);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, c->words);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_data);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, c);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, c);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, c);
	if (o->once)
		curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	if (o->jar)
		use_jar(easy, o->jar);
	set_tls(easy, &o->tls);
	set_body(c, o);
	if (strcmp(o->method, "GET") != 0)
		curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, o->method);
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
	set_request(c, o);
	set_limits(c->easy, o);
	set_headers(c, o);
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
	aim(c);
	if (c->take)
		http_take_set_up(c->take, c->easy, c->url);
	curl_multi_add_handle(c->http->multi, c->easy);
	return true;
}

bool http_result_cookie(const struct http_result *r, const char *name, size_t i,
			struct strbuf *value)
{
	struct curl_header *h;
	for (; curl_easy_header(r->call->easy, "Set-Cookie", i, CURLH_HEADER, -1, &h) ==
	       CURLHE_OK;
	     i++) {
		const char *s = h->value;
		size_t n = strcspn(s, "=;");
		if (s[n] != '=' || (name && (strlen(name) != n || strncmp(s, name, n) != 0)))
			continue;
		strbuf_clear(value);
		strbuf_add(value, s + n + 1, strcspn(s + n + 1, "; \t"));
		return true;
	}
	return false;
}

/* <https://…>; rel="next", among others */
static void find_next_link(struct http_call *c)
{
	struct curl_header *h;
	for (size_t i = 0; i < 8; i++) {
		if (curl_easy_header(c->easy, "Link", i, CURLH_HEADER, -1, &h) != CURLHE_OK)
			return;
		for (const char *p = h->value; (p = strchr(p, '<')); p++) {
			size_t n = strcspn(p, ">"), rest = strcspn(p + n, ",");
			const char *rel = strstr(p + n, "rel=");
			if (!p[n] || !rel || rel > p + n + rest)
				continue;
			rel += 4 + (rel[4] == '"');
			if (strncmp(rel, "next", 4) != 0)
				continue;
			strbuf_clear(&c->link);
			strbuf_add(&c->link, p + 1, n - 1);
			return;
		}
	}
}

static void explain(const struct http_call *c, CURLcode code, struct failure *f)
{
	const char *words = c->words[0] ? c->words : curl_easy_strerror(code);
	const char *what = N_("the exchange with the server failed");
	for (size_t i = 0; i < ARRAY_LEN(meanings); i++)
		if (meanings[i].code == code)
			what = meanings[i].what;
	failure_set(f, ERR_NET, what, words);
	if (c->too_large || code == CURLE_FILESIZE_EXCEEDED)
		failure_set(f, ERR_LIMIT, N_("the answer is larger than allowed (limits.body)"),
			    NULL);
	if (http_take_is_silent(c->take))
		failure_set(f, ERR_NOT_FOUND, N_("nothing was recorded for this request"),
			    NULL);
}

/* The first of these headers that is a number; -1. */
static double number_of(const struct http_call *c, const char *const *names)
{
	for (; *names; names++) {
		const char *s = http_header(c, *names);
		char *end = NULL;
		double v = s ? strtod(s, &end) : -1;
		if (end > s && v >= 0)
			return v;
	}
	return -1;
}

/* A server that says that nothing is left is left alone until it says that there is. */
static void obey_rate(const struct http_call *c, struct http_result *r)
{
	static const char *const remaining[] = {"X-RateLimit-Remaining", "RateLimit-Remaining",
						"X-Rate-Limit-Remaining", NULL};
	static const char *const reset[] = {"X-RateLimit-Reset", "RateLimit-Reset",
					    "X-Rate-Limit-Reset", NULL};
	double left = number_of(c, remaining), at = number_of(c, reset);
	int64_t now = r->server_time != CLOCK_NONE ? r->server_time : clock_now(), wait = -1;
	bool slower = r->status == 429 || r->status == 503;
	if (slower && r->retry_after >= 0)
		wait = r->retry_after;
	else if (at >= 0 && (slower || (left >= 0 && left < 1)))
		wait = at > 1e11  ? (int64_t)at - now
		       : at > 1e9 ? (int64_t)(at * (double)SECOND) - now
				  : (int64_t)(at * (double)SECOND);
	if (wait <= 0)
		return;
	wait = wait < RETRY_AFTER_MOST ? wait : RETRY_AFTER_MOST;
	if (slower && r->retry_after < 0)
		r->retry_after = wait;
	if (c->order.gate)
		http_gate_close(c->order.gate, clock_monotonic() + wait);
}

static void finish(struct http_call *c, CURLcode code)
{
	struct http_result r = {.failure = FAILURE_NONE,
				.status = http_status(c),
				.server_time = CLOCK_NONE,
				.retry_after = -1,
				.bytes = c->bytes,
				.took_ms = clock_monotonic() - c->started,
				.tag = c->order.tag,
				.call = c};
	char *type = NULL;
	struct curl_header *date;
	curl_off_t after = 0;
	long sent = 0;
	if (curl_easy_getinfo(c->easy, CURLINFO_CONTENT_TYPE, &type) == CURLE_OK && type)
		strbuf_adds(&c->type, type);
	if (curl_easy_header(c->easy, "Date", 0, CURLH_HEADER, -1, &date) == CURLHE_OK)
		r.server_time = http_date(date->value);
	if (curl_easy_getinfo(c->easy, CURLINFO_RETRY_AFTER, &after) == CURLE_OK && after > 0)
		r.retry_after = after < RETRY_AFTER_MOST / SECOND ? after * SECOND
								  : RETRY_AFTER_MOST;
	curl_easy_getinfo(c->easy, CURLINFO_REQUEST_SIZE, &sent);
	r.sent = sent > 0;
	obey_rate(c, &r);
	find_next_link(c);
	if (code != CURLE_OK && !c->refused)
		explain(c, code, &r.failure);
	r.type = c->type.s;
	r.link = c->link.s;
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

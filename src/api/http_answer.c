/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the head of an answer says, and what it means that there is none. */
#include <stdlib.h>
#include <string.h>

#include "api/http_gate.h"
#include "api/http_parts.h"
#include "api/http_tap.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "model/kind.h"

#define RETRY_AFTER_MOST HOUR

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

long http_status(const struct http_call *c)
{
	long status = 0;
	curl_easy_getinfo(c->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
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

/* What libcurl does not see, as it only hands the packed body on. */
static CURLcode with_packing(struct http_call *c, CURLcode code)
{
	bool broken = c->odd_packing || (c->unpack && unpack_is_broken(c->unpack));
	if (!broken && (code != CURLE_OK || !c->unpack || unpack_is_whole(c->unpack)))
		return code;
	c->words[0] = '\0';
	return broken ? CURLE_BAD_CONTENT_ENCODING : CURLE_PARTIAL_FILE;
}

struct http_result http_answer_result(struct http_call *c, CURLcode code)
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
	code = with_packing(c, code);
	obey_rate(c, &r);
	find_next_link(c);
	if (code != CURLE_OK && !c->refused)
		explain(c, code, &r.failure);
	r.type = c->type.s;
	r.link = c->link.s;
	return r;
}

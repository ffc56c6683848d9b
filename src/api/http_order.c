/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an order asks of libcurl. */
#include <stdlib.h>
#include <string.h>

#include "api/http_parts.h"
#include "api/url.h"
#include "base/alloc.h"

struct http_jar {
	CURLSH *share;
};

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
	if (!c->body.len) /* else libcurl calls nothing at all a form */
		c->headers = curl_slist_append(c->headers, "Content-Type:");
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
void http_order_aim(struct http_call *c)
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

void http_order_set(struct http_call *c, const struct http_order *o)
{
	CURL *easy = c->easy;
	http_order_aim(c);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	/* What comes packed is unpacked by ourselves, asked for or not; see api/unpack.h. */
	curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING,
			 o->compress ? "gzip, deflate" : "identity");
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 128L * 1024);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, o->user_agent);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, c->words);
	if (o->once)
		curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	if (o->jar)
		use_jar(easy, o->jar);
	set_tls(easy, &o->tls);
	set_body(c, o);
	if (strcmp(o->method, "GET") != 0)
		curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, o->method);
	set_limits(easy, o);
	set_headers(c, o);
}

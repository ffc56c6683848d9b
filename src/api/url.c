/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/url.h"
#include "base/i18n.h"

#include <curl/curl.h>
#include <string.h>

static CURLU *parse(const char *url)
{
	CURLU *u = curl_url();
	if (u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK)
		return u;
	curl_url_cleanup(u);
	return NULL;
}

/* One part, or "" where it is missing; the caller curl_frees. */
static char *part(CURLU *u, CURLUPart what, unsigned flags)
{
	char *s = NULL;
	if (!u || curl_url_get(u, what, &s, flags) != CURLUE_OK)
		return NULL;
	return s;
}

static bool same(CURLU *a, CURLU *b, CURLUPart what)
{
	char *x = part(a, what, CURLU_DEFAULT_PORT), *y = part(b, what, CURLU_DEFAULT_PORT);
	bool equal = (!x && !y) || (x && y && strcasecmp(x, y) == 0);
	curl_free(x);
	curl_free(y);
	return equal;
}

bool url_same_origin(const char *a, const char *b)
{
	CURLU *x = parse(a), *y = parse(b);
	bool equal = x && y && same(x, y, CURLUPART_SCHEME) && same(x, y, CURLUPART_HOST) &&
		     same(x, y, CURLUPART_PORT);
	curl_url_cleanup(x);
	curl_url_cleanup(y);
	return equal;
}

bool url_host(const char *url, struct strbuf *out)
{
	CURLU *u = parse(url);
	char *host = part(u, CURLUPART_HOST, 0);
	strbuf_adds(out, host ? host : "");
	curl_free(host);
	curl_url_cleanup(u);
	return out->len > 0;
}

bool url_with_host(const char *url, const char *host, struct strbuf *out)
{
	CURLU *u = parse(url);
	char *whole = NULL;
	if (u && curl_url_set(u, CURLUPART_HOST, host, 0) == CURLUE_OK)
		whole = part(u, CURLUPART_URL, 0);
	strbuf_adds(out, whole ? whole : "");
	curl_free(whole);
	curl_url_cleanup(u);
	return out->len > 0;
}

bool url_is_allowed(const char *url, bool file)
{
	CURLU *u = parse(url);
	char *scheme = part(u, CURLUPART_SCHEME, 0);
	bool good = scheme && (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0 ||
			       (file && strcmp(scheme, "file") == 0));
	curl_free(scheme);
	curl_url_cleanup(u);
	return good;
}

bool url_is_loopback(const char *url)
{
	CURLU *u = parse(url);
	char *host = part(u, CURLUPART_HOST, 0);
	bool own = host && (strncmp(host, "127.", 4) == 0 || strcmp(host, "[::1]") == 0 ||
			    strcasecmp(host, "localhost") == 0);
	curl_free(host);
	curl_url_cleanup(u);
	return own;
}

int url_resolve(const char *base, const char *link, struct strbuf *out, struct err *e)
{
	CURLU *u = parse(base);
	char *whole = NULL;
	if (u && curl_url_set(u, CURLUPART_URL, link, 0) == CURLUE_OK)
		whole = part(u, CURLUPART_URL, 0);
	if (whole)
		strbuf_adds(out, whole);
	curl_free(whole);
	curl_url_cleanup(u);
	return whole ? 0 : err_set(e, ERR_PARSE, _("not a URL: %.200s"), link);
}

int url_join(const char *base, const char *path, struct strbuf *out, struct err *e)
{
	if (strstr(path, "://")) {
		if (!url_same_origin(base, path))
			return err_set(e, ERR_PERMISSION,
				       _("another server than %.200s: %.200s"), base, path);
		strbuf_adds(out, path);
		return 0;
	}
	size_t n = strlen(base);
	while (n && base[n - 1] == '/')
		n--;
	strbuf_add(out, base, n);
	if (*path && *path != '/')
		strbuf_addc(out, '/');
	strbuf_adds(out, path);
	CURLU *u = parse(out->s);
	curl_url_cleanup(u);
	if (!u || !url_same_origin(base, out->s))
		return err_set(e, ERR_PARSE, _("not a URL: %.200s"), out->s);
	return 0;
}

void url_add_escaped(struct strbuf *out, const char *text)
{
	char *escaped = curl_easy_escape(NULL, text, 0);
	strbuf_adds(out, escaped ? escaped : "");
	if (escaped)
		explicit_bzero(escaped, strlen(escaped));
	curl_free(escaped);
}

static void add_pair(struct strbuf *out, const char *name, const char *value)
{
	url_add_escaped(out, name);
	strbuf_addc(out, '=');
	url_add_escaped(out, value);
}

void url_add_form(struct strbuf *form, const char *name, const char *value)
{
	if (form->len)
		strbuf_addc(form, '&');
	add_pair(form, name, value);
}

void url_add_query(struct strbuf *url, const char *name, const char *value)
{
	strbuf_addc(url, strchr(url->s, '?') ? '&' : '?');
	add_pair(url, name, value);
}

void url_path(const char *url, struct strbuf *out)
{
	CURLU *u = parse(url);
	char *path = part(u, CURLUPART_PATH, 0);
	strbuf_adds(out, path ? path : "/");
	curl_free(path);
	curl_url_cleanup(u);
}

void url_for_log(const char *url, struct strbuf *out)
{
	CURLU *u = parse(url);
	char *scheme = part(u, CURLUPART_SCHEME, 0), *host = part(u, CURLUPART_HOST, 0);
	char *port = part(u, CURLUPART_PORT, 0), *path = part(u, CURLUPART_PATH, 0);
	strbuf_addf(out, "%s://%s%s%s%s", scheme ? scheme : "?", host ? host : "",
		    port ? ":" : "", port ? port : "", path ? path : "");
	curl_free(scheme);
	curl_free(host);
	curl_free(port);
	curl_free(path);
	curl_url_cleanup(u);
}

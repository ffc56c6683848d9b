/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/routes.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "gateway/handlers.h"

#define KIB ((size_t)1024)
#define MIB (KIB * KIB)
#define RECORD_TYPES "application/json,application/x-ndjson"

/* A literal path stands before a pattern that it would match too.
 * clang-format off */
const struct route routes[] = {
	{METHOD_GET, "/healthz", RIGHT_NONE, 0, answer_health, NULL},
	{METHOD_GET, "/readyz", RIGHT_NONE, 0, answer_ready, NULL},
	{METHOD_GET, "/metrics", RIGHT_METRICS, 0, answer_metrics, NULL},
	{METHOD_GET, "/openapi.yaml", RIGHT_NONE, 0, answer_openapi, NULL},
	{METHOD_POST, "/oauth/token", RIGHT_NONE, 16 * KIB, answer_token,
	 "application/x-www-form-urlencoded"},
	{METHOD_GET, "/v1/meta", RIGHT_ANY, 0, answer_meta, NULL},
	{METHOD_GET, "/v1/stream", RIGHT_ANY, 0, answer_stream, NULL},
	{METHOD_GET, "/v1/catalogues/{catalogue}", RIGHT_READ, 0, answer_catalogue, NULL},
	{METHOD_GET, "/v1/{plural}/changes", RIGHT_READ, 0, answer_changes, NULL},
	{METHOD_GET, "/v1/{plural}/{id}", RIGHT_READ, 0, answer_record, NULL},
	{METHOD_DELETE, "/v1/{plural}/{id}", RIGHT_WRITE, 0, answer_delete, NULL},
	{METHOD_POST, "/v1/{plural}", RIGHT_WRITE, 2 * MIB, answer_ingest, RECORD_TYPES},
	{METHOD_GET, "/v1/{plural}/{id}/attachments/{n}", RIGHT_READ, 0, answer_attachment,
	 NULL},
	{METHOD_POST, "/v1/{plural}/{id}/attachments", RIGHT_WRITE, 8 * MIB, answer_attach,
	 NULL},
	{METHOD_POST, "/v1/{plural}/{id}/actions", RIGHT_ACT, 64 * KIB, answer_action,
	 "application/json"},
	{METHOD_OTHER, NULL, RIGHT_NONE, 0, NULL, NULL},
};
/* clang-format on */

size_t route_index(const struct route *route)
{
	return (size_t)(route - routes);
}

const char *method_name(enum method m)
{
	static const char *const names[] = {"GET", "POST", "DELETE", "OTHER"};
	return names[m];
}

static const struct kind *kind_of_plural(const char *part)
{
	const struct kind *k = kind_find(part);
	return k && strcmp(k->plural, part) == 0 ? k : NULL;
}

/* Whether one part of the path fits one part of the pattern. */
static bool part_fits(const char *pattern, size_t n, const char *part)
{
	if (*pattern != '{')
		return strlen(part) == n && memcmp(part, pattern, n) == 0;
	if (strncmp(pattern, "{n}", n) == 0)
		return *part && strlen(part) < 10 && strspn(part, "0123456789") == strlen(part);
	if (strncmp(pattern, "{id}", n) == 0)
		return *part != '\0';
	const struct kind *k = kind_of_plural(part);
	return k && (k->catalogue || strncmp(pattern, "{catalogue}", n) != 0);
}

static bool path_fits(const char *pattern, const struct uri *u)
{
	size_t i = 0;
	for (; *pattern == '/'; i++) {
		size_t n = strcspn(++pattern, "/");
		if (i == u->count || !part_fits(pattern, n, u->segments[i]))
			return false;
		pattern += n;
	}
	return i == u->count;
}

/* Puts what the pattern's places hold into the request. */
static void fill_places(struct request *r)
{
	const char *pattern = r->route->pattern;
	for (size_t i = 0; *pattern == '/'; i++) {
		const char *part = r->uri.segments[i];
		size_t n = strcspn(++pattern, "/");
		if (strncmp(pattern, "{id}", n) == 0)
			r->id = part;
		else if (strncmp(pattern, "{n}", n) == 0)
			r->number = strtoll(part, NULL, 10);
		else if (*pattern == '{')
			r->kind = kind_of_plural(part);
		pattern += n;
	}
}

static void add_allowed(struct strbuf *b, enum method m)
{
	if (b->len)
		strbuf_adds(b, ", ");
	strbuf_adds(b, m == METHOD_GET ? "GET, HEAD" : method_name(m));
}

bool route_request(struct request *r)
{
	struct strbuf allowed = STRBUF_INIT;
	const char *first = NULL; /* the pattern that counts */
	for (const struct route *x = routes; x->pattern && !r->route; x++) {
		if (first ? strcmp(x->pattern, first) != 0 : !path_fits(x->pattern, &r->uri))
			continue;
		first = x->pattern;
		if (x->method == r->method)
			r->route = x;
		else
			add_allowed(&allowed, x->method);
	}
	if (!r->route && allowed.len) {
		problem_answer(&r->answer, PROBLEM_METHOD, NULL, "%s allows %s", r->uri.path,
			       allowed.s);
		answer_header(&r->answer, "Allow", "%s", allowed.s);
	} else if (!r->route) {
		problem_answer(&r->answer, PROBLEM_NO_ROUTE, NULL, "no resource %s",
			       r->uri.path);
	} else {
		fill_places(r);
	}
	strbuf_free(&allowed);
	return r->route != NULL;
}

static void ask_for_credentials(struct request *r)
{
	bool tried = request_header(r, "Authorization") != NULL;
	problem_answer(&r->answer, PROBLEM_UNAUTHORIZED, NULL,
		       tried ? "the token is unknown or has expired"
			     : "no bearer token was sent");
	answer_header(&r->answer, "WWW-Authenticate", "Bearer realm=\"ioc-gateway\"%s",
		      tried ? ", error=\"invalid_token\"" : "");
	r->gateway->metrics.refused_credentials++;
}

static bool deny(struct request *r, const char *right, const struct kind *k)
{
	problem_answer(&r->answer, PROBLEM_FORBIDDEN, NULL, "the right %s%s%s is missing",
		       right, k ? ":" : "", k ? k->id : "");
	return false;
}

bool route_allow(struct request *r)
{
	enum right right = r->route->right;
	if (right == RIGHT_NONE)
		return true;
	r->client = auth_bearer(r->gateway->auth, request_header(r, "Authorization"),
				clock_monotonic());
	if (!r->client) {
		ask_for_credentials(r);
		return false;
	}
	const struct rights *has = &r->client->rights;
	if (right == RIGHT_METRICS && !has->metrics)
		return deny(r, "metrics", NULL);
	if (right == RIGHT_READ && !rights_read(has, r->kind))
		return deny(r, "read", r->kind);
	if (right == RIGHT_WRITE && !rights_write(has, r->kind))
		return deny(r, "write", r->kind);
	if (right == RIGHT_ACT && !(has->act && rights_read(has, r->kind)))
		return deny(r, has->act ? "read" : "act", r->kind);
	return true;
}

static bool type_is_taken(struct request *r)
{
	const char *s = r->route->types;
	while (s && *s) {
		char type[64] = "";
		size_t n = strcspn(s, ",");
		if (n < sizeof type)
			memcpy(type, s, n);
		if (request_is(r, type))
			return true;
		s += n + (s[n] == ',');
	}
	return s == NULL;
}

bool route_accept_body(struct request *r)
{
	if (r->route->method != METHOD_POST)
		return true;
	if (!type_is_taken(r)) {
		problem_answer(&r->answer, PROBLEM_MEDIA_TYPE, NULL, "send %s",
			       r->route->types);
		answer_header(&r->answer, "Accept", "%s", r->route->types);
		return false;
	}
	if (request_header(r, "Content-Encoding")) {
		problem_answer(&r->answer, PROBLEM_MEDIA_TYPE, NULL,
			       "send the body without Content-Encoding");
		return false;
	}
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens that a server gives for credentials: by OAuth2 (RFC 6749), or by a login of its own.
 */
#include <stdlib.h>
#include <string.h>

#include "api/answer.h"
#include "api/auth_parts.h"
#include "api/format.h"
#include "api/jqfilter.h"
#include "api/url.h"
#include "base/alloc.h"
#include "base/base64.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"

#define ANSWER_MOST (64 * 1024)
#define TOKEN_MS (30 * SECOND)
#define LIFE_DEFAULT (5 * MINUTE) /* of an OAuth2 token whose server does not say */
#define LIFE_LEAST (2 * SECOND)   /* of one that has run out already, by our clock */
#define LIFE_MOST (366 * DAY)

static const struct format_spec any_form = {.type = FORMAT_AUTO};

static bool on_data(void *context, const char *p, size_t n)
{
	struct auth *a = context;
	if (a->answer.len + n > ANSWER_MOST)
		return false;
	strbuf_add(&a->answer, p, n);
	return true;
}

static struct http_order order_of(struct auth *a,
				  void (*done)(void *, const struct http_result *))
{
	strbuf_clear(&a->answer);
	return (struct http_order){.answer_ms = TOKEN_MS,
				   .body_most = ANSWER_MOST,
				   .data = on_data,
				   .done = done,
				   .context = a};
}

static void forget_answer(struct auth *a, struct tape *t)
{
	tape_free(t);
	if (a->answer.s)
		explicit_bzero(a->answer.s, a->answer.len);
	strbuf_clear(&a->answer);
}

static bool is_text(const struct node *n)
{
	return n && n->type == NODE_STRING && n->n;
}

/* How long a token lasts, of seconds, an epoch in seconds or milliseconds, or a time; each of
 * them also as a text.  0: that is none of them. */
static int64_t life_of(const struct node *n)
{
	char text[64], *end = text;
	int64_t t;
	if (!n || (n->type != NODE_STRING && n->type != NODE_NUMBER) || !n->n ||
	    n->n >= sizeof text)
		return 0;
	memcpy(text, n->s, n->n);
	text[n->n] = '\0';
	double v = strtod(text, &end);
	double now = (double)clock_now(), ms;
	if (!*end && v > 1e11)
		ms = v - now;
	else if (!*end)
		ms = v > 1e9 ? v * (double)SECOND - now : v * (double)SECOND;
	else if (clock_parse(n->s, n->n, &t) == 0)
		ms = (double)t - now;
	else
		return 0;
	return ms < LIFE_LEAST ? LIFE_LEAST : ms > LIFE_MOST ? LIFE_MOST : (int64_t)ms;
}

/* The server said no, in its words. */
static void refuse(struct auth *a, const struct http_result *r, const char *words)
{
	struct failure f;
	/* Other statuses are the server's trouble and may pass. */
	if (r->status == 400 || r->status == 401 || r->status == 403)
		failure_set(&f, ERR_AUTH, N_("the server refuses the credentials"), words);
	else if (!failure_from_status(&f, r->status))
		failure_set(&f, ERR_AUTH, N_("the server gave no token"), words);
	auth_fail(a, f.code, f.what, words);
	a->failure.status = r->status;
	if (r->retry_after > 0)
		a->failure.retry_after = r->retry_after;
}

/* --- OAuth2 --- */

/* Servers exchange refresh tokens as they are used: the old one is no longer good. */
static void take_refresh(struct auth *a, const struct node *n)
{
	if (!is_text(n))
		return;
	char *text = xstrndup(n->s, n->n);
	if (a->spec->grant == GRANT_REFRESH) {
		const char *old = secrets_get(a->secrets, "refresh_token");
		if ((!old || strcmp(old, text) != 0) &&
		    !secrets_replace(a->secrets, "refresh_token", text))
			log_warn("%s: the server gave a new refresh token, and it can't be "
				 "written where the old one stands: it is lost when the "
				 "writer ends",
				 a->site.source->name);
		explicit_bzero(text, strlen(text));
		free(text);
		return;
	}
	secrets_hide(a->secrets, text);
	free(a->refresh);
	a->refresh = text;
}

/* "invalid_client: the client is not known" (RFC 6749, 5.2); NULL: no such error. */
static char *grant_error(const struct node *answer)
{
	const struct node *code = node_get(answer, "error", 5);
	const struct node *words = node_get(answer, "error_description", 17);
	if (!is_text(code))
		return NULL;
	return xasprintf("%.*s%s%.*s", (int)code->n, code->s, is_text(words) ? ": " : "",
			 is_text(words) ? (int)words->n : 0, is_text(words) ? words->s : "");
}

static void on_grant(void *context, const struct http_result *r)
{
	struct auth *a = context;
	struct tape t = TAPE_INIT;
	a->call = NULL;
	if (r->failure.code) {
		auth_fail(a, r->failure.code, r->failure.what, r->failure.detail);
		return;
	}
	tape_read(&t, a->answer.s ? a->answer.s : "", a->answer.len, NULL);
	const struct node *token = t.count ? node_get(t.nodes, "access_token", 12) : NULL;
	if (r->status == 200 && is_text(token)) {
		int64_t life = life_of(node_get(t.nodes, "expires_in", 10));
		if (!life)
			life = a->spec->life ? a->spec->life : LIFE_DEFAULT;
		auth_set_token(a, token->s, token->n, life);
		take_refresh(a, node_get(t.nodes, "refresh_token", 13));
	} else if (a->refreshing && (r->status == 400 || r->status == 401)) {
		/* Then by the credentials themselves, at the next prepare. */
		free(a->refresh);
		a->refresh = NULL;
	} else {
		char *words = t.count ? grant_error(t.nodes) : NULL;
		refuse(a, r, words);
		free(words);
	}
	forget_answer(a, &t);
}

static int make_form(struct auth *a, struct strbuf *body, struct err *e)
{
	static const char *const grants[] = {"client_credentials", "password", "refresh_token"};
	const struct auth_spec *s = a->spec;
	const struct config_source *source = a->site.source;
	const char *secret = secrets_get(a->secrets, "client_secret");
	int grant = a->refreshing ? GRANT_REFRESH : s->grant;
	const struct {
		const char *name, *value;
	} parts[] = {
		{"grant_type", grants[grant]},
		{"username", grant == GRANT_PASSWORD ? source->username : NULL},
		{"password",
		 grant == GRANT_PASSWORD ? secrets_get(a->secrets, "password") : NULL},
		{"refresh_token", grant != GRANT_REFRESH ? NULL
				  : a->refreshing        ? a->refresh
						  : secrets_get(a->secrets, "refresh_token")},
		{"client_id", s->basic_client ? NULL : source->client_id},
		{"client_secret", s->basic_client ? NULL : secret},
		{"scope", s->scope},
	};
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (parts[i].value)
			url_add_form(body, parts[i].name, parts[i].value);
	struct circumstances none = {0};
	jv input = request_input(&a->site, &none);
	int rc = request_add_form(body, &s->form, input, e);
	jv_free(input);
	return rc;
}

/* RFC 6749, 2.3.1: both parts are escaped as in a form first. */
static char *basic_client(struct auth *a)
{
	struct strbuf plain = STRBUF_INIT, b = STRBUF_INIT;
	const char *secret = secrets_get(a->secrets, "client_secret");
	url_add_escaped(&plain, a->site.source->client_id);
	strbuf_addc(&plain, ':');
	url_add_escaped(&plain, secret ? secret : "");
	strbuf_adds(&b, "Basic ");
	base64_append(&b, plain.s, plain.len);
	secrets_hide(a->secrets, b.s + 6);
	explicit_bzero(plain.s, plain.len);
	strbuf_free(&plain);
	return strbuf_detach(&b);
}

enum auth_state auth_begin_oauth2(struct auth *a)
{
	struct strbuf url = STRBUF_INIT, body = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct http_order o = order_of(a, on_grant);
	a->refreshing = a->refresh != NULL;
	bool by_header = a->spec->basic_client && a->site.source->client_id;
	char *proof = by_header ? basic_client(a) : NULL;
	struct http_header headers[] = {
		{"Content-Type", "application/x-www-form-urlencoded"},
		{"Accept", "application/json"},
		{"Authorization", proof},
	};
	request_defaults(&a->site, &o);
	o.method = "POST";
	o.headers = headers;
	o.header_count = proof ? 3 : 2;
	if (url_join(a->site.base_url, a->spec->token, &url, &e) == 0 &&
	    make_form(a, &body, &e) == 0) {
		o.url = url.s;
		o.body = body.s;
		o.body_n = body.len;
		a->call = http_start(a->site.http, &o, &e);
	}
	if (body.len)
		explicit_bzero(body.s, body.len);
	strbuf_free(&url);
	strbuf_free(&body);
	free(proof);
	return a->call ? AUTH_WORKING
		       : auth_fail(a, ERR_USAGE, N_("the address for tokens is wrong"), e.text);
}

/* --- login --- */

/* Session cookies go into the jar; none of them may be seen. */
static bool hide_cookies(struct auth *a, const struct http_result *r)
{
	struct strbuf value = STRBUF_INIT;
	bool any = false;
	for (size_t i = 0; http_result_cookie(r, NULL, i, &value); i++) {
		secrets_hide(a->secrets, value.s);
		any = true;
	}
	strbuf_free(&value);
	return any;
}

/* The token where the connector says that it is; false: it is not there. */
static bool find_token(struct auth *a, const struct http_result *r, const struct tape *t,
		       struct strbuf *token)
{
	const struct login_spec *l = &a->spec->login;
	struct jqfilter_out out;
	if (l->header) {
		const char *value = http_header(r->call, l->header);
		strbuf_adds(token, value ? value : "");
		return token->len > 0;
	}
	if (l->cookie)
		return http_result_cookie(r, l->cookie, 0, token) && token->len;
	if (!l->token)
		return true; /* the jar has it */
	if (!t->count)
		return false;
	if (jqfilter_ask(l->token, t->nodes, &out, NULL) == 0 &&
	    (out.node->type == NODE_STRING || out.node->type == NODE_NUMBER))
		strbuf_add(token, out.node->s, out.node->n);
	jqfilter_out_free(&out);
	return token->len > 0;
}

/* What the answer itself says; one that can't be read says nothing good. */
static bool is_good(const struct login_spec *l, const struct tape *t, struct failure *f)
{
	if (t->count)
		return envelope_judge(&l->envelope, t->nodes, f) == 0;
	return !l->envelope.ok && !l->envelope.class;
}

static int64_t login_life(const struct auth *a, const struct tape *t)
{
	struct jqfilter_out out;
	int64_t life = 0;
	if (a->spec->login.expires && t->count) {
		if (jqfilter_ask(a->spec->login.expires, t->nodes, &out, NULL) == 0)
			life = life_of(out.node);
		jqfilter_out_free(&out);
	}
	return life ? life : a->spec->life;
}

/* In whatever form it comes; one that can't be read leaves the tape empty. */
static void read_login(struct auth *a, const struct http_result *r, struct tape *t)
{
	struct failure ignored = FAILURE_NONE;
	format_read(&any_form, a->answer.s ? a->answer.s : "", a->answer.len, r->type, t,
		    &ignored);
}

static void on_login(void *context, const struct http_result *r)
{
	struct auth *a = context;
	const struct login_spec *l = &a->spec->login;
	struct tape t = TAPE_INIT;
	struct strbuf token = STRBUF_INIT;
	a->call = NULL;
	if (r->failure.code) {
		auth_fail(a, r->failure.code, r->failure.what, r->failure.detail);
		return;
	}
	read_login(a, r, &t);
	/* A page to go to next is how servers of web pages say yes. */
	bool cookies = hide_cookies(a, r), moved = r->status >= 300 && r->status <= 399;
	bool taken = r->status / 100 == 2 || (moved && !l->token && (cookies || l->header));
	struct failure f = FAILURE_NONE;
	if (taken && is_good(l, &t, &f) && find_token(a, r, &t, &token)) {
		auth_set_token(a, token.s, token.len, login_life(a, &t));
	} else if (f.meant) {
		auth_fail(a, f.code, f.what, f.detail);
	} else {
		char *words = t.count ? answer_words(t.nodes, l->envelope.error) : NULL;
		refuse(a, r, words);
		free(words);
	}
	if (token.len)
		explicit_bzero(token.s, token.len);
	strbuf_free(&token);
	forget_answer(a, &t);
}

enum auth_state auth_begin_login(struct auth *a)
{
	struct circumstances none = {0};
	struct err e = ERR_INIT;
	struct http_order o = order_of(a, on_login);
	http_jar_clear(a->jar);
	a->call = request_send(&a->site, &a->spec->login.request, &none,
			       format_accept(&any_form), &o, &e);
	return a->call ? AUTH_WORKING
		       : auth_fail(a, ERR_USAGE, N_("the login can't be made"), e.text);
}

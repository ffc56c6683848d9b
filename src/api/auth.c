/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A method is a row: what it needs of the source, and how it gets what it sends. */
#include "api/auth.h"

#include <stdlib.h>
#include <string.h>

#include "api/auth_parts.h"
#include "api/jqfilter.h"
#include "base/alloc.h"
#include "base/base64.h"
#include "base/clock.h"
#include "base/i18n.h"

#define FAILED_MS (15 * SECOND) /* a failure nobody starts over from ends by itself */

struct auth_method_row {
	bool (*fits)(const struct auth_spec *a, const struct config_source *s);
	/* Gets a token or starts to; the secrets are there. */
	enum auth_state (*begin)(struct auth *a);
	enum auth_place place;
	const char *name, *prefix; /* unless the connector says otherwise */
};

enum auth_state auth_fail(struct auth *a, enum err_code code, const char *what,
			  const char *detail)
{
	failure_set(&a->failure, code, what, detail);
	auth_redact(a, a->failure.detail);
	a->failed_at = clock_monotonic();
	return AUTH_FAILED;
}

/* --- the methods --- */

static const char *secret_name(const struct auth_spec *a)
{
	return a->secret ? a->secret : "token";
}

static bool fits_none(const struct auth_spec *a, const struct config_source *s)
{
	(void)a;
	return !s->username && !s->client_id && !config_secret(s, "token");
}

static bool fits_secret(const struct auth_spec *a, const struct config_source *s)
{
	return config_secret(s, secret_name(a));
}

static bool fits_user(const struct auth_spec *a, const struct config_source *s)
{
	(void)a;
	return s->username && config_secret(s, "password");
}

static bool fits_oauth2(const struct auth_spec *a, const struct config_source *s)
{
	if (a->grant == GRANT_PASSWORD)
		return fits_user(a, s);
	return a->grant == GRANT_REFRESH ? config_secret(s, "refresh_token") != NULL
					 : s->client_id && config_secret(s, "client_secret");
}

static bool fits_login(const struct auth_spec *a, const struct config_source *s)
{
	(void)a;
	return s->username || s->secret_count;
}

/* "Bearer " and the like stand in front of a token only where they are usual. */
static const char *prefix_of(const struct auth *a)
{
	const struct auth_spec *s = a->spec;
	if (s->prefix)
		return s->prefix;
	bool usual = s->place <= PLACE_HEADER &&
		     (!s->name || strcasecmp(s->name, "Authorization") == 0);
	return usual ? a->method->prefix : "";
}

void auth_set_token(struct auth *a, const char *s, size_t n, int64_t life)
{
	free(a->token);
	free(a->value);
	a->token = xstrndup(s, n);
	a->value = xasprintf("%s%s", prefix_of(a), a->token);
	secrets_hide(a->secrets, a->token);
	a->proven = false;
	/* Early enough that it does not run out on the way. */
	a->renew_at = life ? clock_monotonic() + life - life / 5 : 0;
}

static enum auth_state begin_none(struct auth *a)
{
	auth_set_token(a, "", 0, 0);
	return AUTH_READY;
}

static enum auth_state begin_secret(struct auth *a)
{
	const char *s = secrets_get(a->secrets, secret_name(a->spec));
	auth_set_token(a, s, strlen(s), a->spec->life);
	return AUTH_READY;
}

static enum auth_state begin_basic(struct auth *a)
{
	struct strbuf b = STRBUF_INIT;
	char *both = xasprintf("%s:%s", a->site.source->username,
			       secrets_get(a->secrets, "password"));
	base64_append(&b, both, strlen(both));
	auth_set_token(a, b.s, b.len, a->spec->life);
	explicit_bzero(both, strlen(both));
	explicit_bzero(b.s, b.len);
	free(both);
	strbuf_free(&b);
	return AUTH_READY;
}

static const struct auth_method_row methods[] = {
	[AUTH_NONE] = {fits_none, begin_none, PLACE_NOWHERE, NULL, ""},
	[AUTH_BEARER] = {fits_secret, begin_secret, PLACE_HEADER, "Authorization", "Bearer "},
	[AUTH_OAUTH2] = {fits_oauth2, auth_begin_oauth2, PLACE_HEADER, "Authorization",
			 "Bearer "},
	[AUTH_HEADER] = {fits_secret, begin_secret, PLACE_HEADER, NULL, ""},
	[AUTH_BASIC] = {fits_user, begin_basic, PLACE_HEADER, "Authorization", "Basic "},
	[AUTH_QUERY] = {fits_secret, begin_secret, PLACE_QUERY, NULL, ""},
	[AUTH_COOKIE] = {fits_secret, begin_secret, PLACE_COOKIE, NULL, ""},
	[AUTH_BODY] = {fits_secret, begin_secret, PLACE_BODY, NULL, ""},
	[AUTH_LOGIN] = {fits_login, auth_begin_login, PLACE_HEADER, "Authorization", "Bearer "},
};

/* The first that fits; where the connector names none, no credentials are sent. */
static const struct auth_spec *choose(const struct connector *c, const struct config_source *s)
{
	static const struct auth_spec none = {.place = -1};
	const struct auth_spec *list = c->auth.list;
	for (size_t i = 0; i < c->auth.count; i++)
		if (methods[list[i].method].fits(&list[i], s))
			return &list[i];
	return c->auth.count == 0 && fits_none(&none, s) ? &none : NULL;
}

/* What the source must name for one of the methods to fit, in words of the configuration. */
static void add_wish(const struct auth_spec *a, struct strbuf *out)
{
	const char *secret = secret_name(a);
	strbuf_adds(out, out->len ? _(", or ") : "");
	if (a->method == AUTH_BASIC || (a->method == AUTH_OAUTH2 && a->grant == GRANT_PASSWORD))
		strbuf_adds(out, "username + password_file");
	else if (a->method == AUTH_OAUTH2)
		strbuf_adds(out, a->grant == GRANT_REFRESH ? "refresh_token_file"
							   : "client_id + client_secret_file");
	else if (a->method == AUTH_LOGIN)
		strbuf_adds(out, "username, secrets");
	else if (a->method == AUTH_NONE)
		strbuf_adds(out, _("no credentials"));
	else
		strbuf_addf(out, strcmp(secret, "token") == 0 ? "%s_file" : "secrets: {%s: …}",
			    secret);
}

static void explain_misfit(const struct connector *c, const struct config_source *s,
			   struct err *e)
{
	struct strbuf wish = STRBUF_INIT;
	if (!c->auth.count) {
		err_set(e, ERR_USAGE,
			_("source %s: the connector %s has no auth, so nothing is sent of "
			  "the source's credentials; those that only its templates use "
			  "stand under secrets, see ioc-config(5)"),
			s->name, c->name);
		return;
	}
	for (size_t i = 0; i < c->auth.count; i++)
		add_wish((const struct auth_spec *)c->auth.list + i, &wish);
	err_set(e, ERR_USAGE,
		_("source %s: the connector %s needs other credentials: %s; see ioc-config(5)"),
		s->name, c->name, wish.s);
	strbuf_free(&wish);
}

/* --- life --- */

struct auth *auth_new(struct http *h, const struct connector *c,
		      const struct config_source *source, const char *base_url, struct err *e)
{
	const struct auth_spec *spec = choose(c, source);
	if (!spec) {
		explain_misfit(c, source, e);
		return NULL;
	}
	struct auth *a = xcalloc(1, sizeof *a);
	*a = (struct auth){.method = &methods[spec->method],
			   .spec = spec,
			   .site = {.http = h,
				    .auth = a,
				    .connector = c,
				    .source = source,
				    .base_url = base_url},
			   .secrets = secrets_new(source),
			   .number = 1,
			   .failure = FAILURE_NONE,
			   .answer = STRBUF_INIT};
	a->gate = http_gate_new(&c->limits.rate);
	if (c->cookies || spec->method == AUTH_LOGIN)
		a->jar = http_jar_new();
	return a;
}

static void wipe(char **text)
{
	if (*text)
		explicit_bzero(*text, strlen(*text));
	free(*text);
	*text = NULL;
}

static void drop_token(struct auth *a)
{
	wipe(&a->token);
	wipe(&a->value);
	a->proven = false;
	a->renew_at = 0;
	a->number++;
}

void auth_free(struct auth *a)
{
	if (!a)
		return;
	http_stop(a->call);
	drop_token(a);
	wipe(&a->refresh);
	secrets_free(a->secrets);
	http_jar_free(a->jar);
	http_gate_free(a->gate);
	strbuf_free(&a->answer);
	free(a);
}

/* --- the one place --- */

static enum auth_state advance(struct auth *a)
{
	if (a->failure.code && clock_monotonic() - a->failed_at < FAILED_MS)
		return AUTH_FAILED;
	a->failure = (struct failure)FAILURE_NONE;
	if (a->call)
		return AUTH_WORKING;
	if (a->token && (!a->renew_at || clock_monotonic() < a->renew_at))
		return AUTH_READY;
	if (a->token) {
		drop_token(a);
		if (a->method->begin == begin_secret)
			secrets_forget(a->secrets);
	}
	struct failure f;
	switch (secrets_prepare(a->secrets, &f)) {
	case SECRETS_WORKING:
		return AUTH_WORKING;
	case SECRETS_FAILED:
		return auth_fail(a, f.code, f.what, f.detail);
	case SECRETS_READY:
		break;
	}
	return a->method->begin(a);
}

enum auth_state auth_prepare(struct auth *a, struct failure *f)
{
	enum auth_state state = advance(a);
	if (state == AUTH_FAILED)
		*f = a->failure;
	return state;
}

bool auth_get_proof(const struct auth *a, struct auth_proof *out)
{
	const struct auth_spec *s = a->spec;
	*out = (struct auth_proof){s->place < 0 ? a->method->place : (enum auth_place)s->place,
				   s->name ? s->name : a->method->name, a->value};
	return a->token && *a->token && out->name && out->place != PLACE_NOWHERE;
}

unsigned auth_number(const struct auth *a)
{
	return a->number;
}

bool auth_is_refusal(const struct auth *a, long status, const struct tape *body)
{
	const struct again_spec *again = &a->spec->again;
	struct jqfilter_out out;
	if (status == 401 || statuses_have(&again->status, status))
		return true;
	if (!again->test || !body || !body->count)
		return false;
	bool is = jqfilter_ask(again->test, body->nodes, &out, NULL) == 0 &&
		  out.node->type != NODE_NULL && out.node->type != NODE_FALSE;
	jqfilter_out_free(&out);
	return is;
}

static bool may_renew(struct auth *a)
{
	int64_t now = clock_monotonic(), *slot = &a->renewed[a->renewals % AUTH_RENEWALS];
	if (a->renewals >= AUTH_RENEWALS && now - *slot < MINUTE)
		return false;
	*slot = now;
	a->renewals++;
	return true;
}

bool auth_refused(struct auth *a, unsigned number)
{
	if (number != a->number)
		return true;
	bool again = a->proven && a->token && a->method->begin != begin_none && may_renew(a);
	drop_token(a);
	secrets_forget(a->secrets);
	return again;
}

void auth_accepted(struct auth *a)
{
	a->proven = true;
}

void auth_again(struct auth *a)
{
	a->failure = (struct failure)FAILURE_NONE;
}

int auth_fd(const struct auth *a)
{
	return secrets_fd(a->secrets);
}

jv auth_secrets(const struct auth *a)
{
	return secrets_values(a->secrets);
}

jv auth_token(const struct auth *a)
{
	return a->token && *a->token ? jv_string(a->token) : jv_null();
}

const char *auth_secret(const struct auth *a, const char *name)
{
	return secrets_get(a->secrets, name);
}

struct http_jar *auth_jar(const struct auth *a)
{
	return a->jar;
}

struct http_gate *auth_gate(const struct auth *a)
{
	return a->gate;
}

void auth_redact(const struct auth *a, char *text)
{
	secrets_redact(a->secrets, text, strlen(text));
}

void auth_redact_n(const struct auth *a, char *text, size_t n)
{
	secrets_redact(a->secrets, text, n);
}

void auth_redact_data(const struct auth *a, char *text, size_t n)
{
	secrets_redact_data(a->secrets, text, n);
}

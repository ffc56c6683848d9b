/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A method is a row: what it needs of connector and source, and how it gets a secret. */
#include "api/auth.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <jv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/child.h"
#include "api/url.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#define SECRET_MOST 16384
#define ANSWER_MOST (64 * 1024)
#define COMMAND_MS (20 * SECOND)
#define TOKEN_MS (30 * SECOND)
#define FAILED_MS (15 * SECOND)   /* a failure nobody starts over from ends by itself */
#define LIFE_DEFAULT (5 * MINUTE) /* of a token whose server does not say */

struct method;

struct auth {
	const struct method *method;
	const struct auth_spec *spec;
	const struct connector *connector;
	const struct config_source *source;
	struct http *http;
	const char *base_url;
	char *secret;     /* token or key, or NULL */
	char *header;     /* the value of the header */
	int64_t renew_at; /* by the monotonic clock: get a new one; 0: never */
	bool proven;      /* the server has taken this secret */
	struct failure failure;
	int64_t failed_at; /* monotonic */
	struct child child;
	struct http_call *call;
	struct strbuf answer;
	long answer_status;
};

struct method {
	const char *name;
	bool (*fits)(const struct config_source *s);
	const char *(*missing)(const struct auth_spec *a);
	/* Gets a secret or starts to. */
	enum auth_state (*begin)(struct auth *a);
	const char *header, *prefix; /* unless the connector says otherwise */
};

static bool needs_nothing(const struct config_source *s)
{
	return !s->token_file && !s->token_command && !s->client_id;
}

static bool needs_token(const struct config_source *s)
{
	return s->token_file || s->token_command;
}

static bool needs_client(const struct config_source *s)
{
	return s->client_id != NULL;
}

static const char *complete(const struct auth_spec *a)
{
	(void)a;
	return NULL;
}

static const char *wants_token(const struct auth_spec *a)
{
	return a->token ? NULL : _("token, the address that gives tokens");
}

static const char *wants_name(const struct auth_spec *a)
{
	return a->name ? NULL : _("name, of the header");
}

static enum auth_state fail(struct auth *a, enum err_code code, const char *what,
			    const char *detail)
{
	failure_set(&a->failure, code, what, detail);
	a->failed_at = clock_monotonic();
	return AUTH_FAILED;
}

static void set_secret(struct auth *a, const char *s, size_t n, int64_t life)
{
	const char *prefix = a->spec->prefix ? a->spec->prefix : a->method->prefix;
	free(a->secret);
	free(a->header);
	a->secret = xstrndup(s, n);
	a->header = xasprintf("%s%s", prefix, a->secret);
	a->proven = false;
	/* Early enough that it does not run out on the way. */
	a->renew_at = life ? clock_monotonic() + life - life / 5 : 0;
}

/* The first line without blanks around it. */
static enum auth_state take_line(struct auth *a, const char *s)
{
	s += strspn(s, " \t\r\n");
	size_t n = strcspn(s, "\r\n");
	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			n = 0;
	if (!n)
		return fail(a, ERR_AUTH, N_("there is no token where it should be"), NULL);
	set_secret(a, s, n, 0);
	return AUTH_READY;
}

/* A secret file into buf; false after setting the failure. */
static bool read_secret(struct auth *a, const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, buf, size - 1);
	if (n < 0) {
		char detail[240];
		snprintf(detail, sizeof detail, "%s: %s", path, strerror(errno));
		fail(a, ERR_AUTH, N_("the file with the secret can't be read"), detail);
	} else {
		buf[n] = '\0';
	}
	if (fd >= 0)
		close(fd);
	return n >= 0;
}

static enum auth_state begin_none(struct auth *a)
{
	(void)a;
	return AUTH_READY;
}

static enum auth_state begin_token(struct auth *a)
{
	char buf[SECRET_MOST];
	if (a->source->token_command) {
		if (child_start(&a->child, a->source->token_command, COMMAND_MS) == 0)
			return AUTH_WORKING;
		return fail(a, ERR_AUTH, N_("the program that gives the token can't be run"),
			    strerror(errno));
	}
	enum auth_state state = AUTH_FAILED;
	if (read_secret(a, a->source->token_file, buf, sizeof buf))
		state = take_line(a, buf);
	explicit_bzero(buf, sizeof buf);
	return state;
}

/* --- OAuth2 client credentials (RFC 6749, 4.4) --- */

static bool on_token_data(void *context, const char *p, size_t n)
{
	struct auth *a = context;
	if (a->answer.len + n > ANSWER_MOST)
		return false;
	strbuf_add(&a->answer, p, n);
	return true;
}

static jv member(jv object, const char *name)
{
	if (jv_get_kind(object) != JV_KIND_OBJECT)
		return jv_invalid();
	return jv_object_get(jv_copy(object), jv_string(name));
}

/* RFC 6749, 5.2: error and error_description. */
static void refuse_token(struct auth *a, jv answer, long status)
{
	struct failure f;
	jv error = member(answer, "error");
	const char *word = jv_get_kind(error) == JV_KIND_STRING ? jv_string_value(error) : NULL;
	if (!failure_from_status(&f, status))
		failure_set(&f, ERR_AUTH, N_("the server gave no token"), NULL);
	/* Other codes are the server's trouble and may pass. */
	if (status == 400 || status == 401)
		failure_set(&f, ERR_AUTH, N_("the server refuses the credentials"), NULL);
	f.status = status;
	utf8_copy(f.detail, sizeof f.detail, word ? word : "");
	jv_free(error);
	a->failure = f;
}

static void on_token_done(void *context, const struct http_result *r)
{
	struct auth *a = context;
	a->call = NULL;
	if (r->failure.code) {
		a->failure = r->failure;
		return;
	}
	jv answer = jv_parse_sized(a->answer.s, (int)a->answer.len);
	jv token = member(answer, "access_token"), life = member(answer, "expires_in");
	bool good = r->status == 200 && jv_get_kind(token) == JV_KIND_STRING &&
		    jv_string_length_bytes(jv_copy(token)) > 0;
	if (good) {
		double s = jv_get_kind(life) == JV_KIND_NUMBER ? jv_number_value(life) : 0;
		int64_t ms = s > 0 && s < 1e9 ? (int64_t)(s * (double)SECOND) : LIFE_DEFAULT;
		set_secret(a, jv_string_value(token), strlen(jv_string_value(token)), ms);
	} else {
		refuse_token(a, answer, r->status);
		if (r->retry_after > 0)
			a->failure.retry_after = r->retry_after;
	}
	jv_free(token);
	jv_free(life);
	jv_free(answer);
	explicit_bzero(a->answer.s, a->answer.len);
	strbuf_clear(&a->answer);
}

static void add_form(struct strbuf *b, const char *name, const char *value)
{
	struct strbuf part = STRBUF_INIT;
	url_add_query(&part, name, value);
	strbuf_adds(b, b->len ? "&" : "");
	strbuf_adds(b, part.s + 1);
	explicit_bzero(part.s, part.len);
	strbuf_free(&part);
}

static enum auth_state ask_token(struct auth *a, const char *secret)
{
	struct strbuf url = STRBUF_INIT, body = STRBUF_INIT;
	struct err e = ERR_INIT;
	add_form(&body, "grant_type", "client_credentials");
	add_form(&body, "client_id", a->source->client_id);
	add_form(&body, "client_secret", secret);
	if (a->spec->scope)
		add_form(&body, "scope", a->spec->scope);
	struct http_header headers[] = {
		{"Content-Type", "application/x-www-form-urlencoded"},
		{"Accept", "application/json"},
	};
	const struct limit_spec *l = &a->connector->limits;
	struct http_order o = {.method = "POST",
			       .headers = headers,
			       .header_count = ARRAY_LEN(headers),
			       .body = body.s,
			       .body_n = body.len,
			       .user_agent = a->connector->user_agent,
			       .ca_file = a->source->ca_file,
			       .connect_ms = l->connect,
			       .answer_ms = TOKEN_MS,
			       .body_most = ANSWER_MOST,
			       .data = on_token_data,
			       .done = on_token_done,
			       .context = a};
	if (url_join(a->base_url, a->spec->token, &url, &e) == 0) {
		o.url = url.s;
		a->call = http_start(a->http, &o, &e);
	}
	strbuf_free(&url);
	explicit_bzero(body.s, body.len);
	strbuf_free(&body);
	return a->call ? AUTH_WORKING
		       : fail(a, ERR_USAGE, N_("the address for tokens is wrong"), e.text);
}

static enum auth_state begin_oauth2(struct auth *a)
{
	char buf[SECRET_MOST];
	enum auth_state state = AUTH_FAILED;
	if (read_secret(a, a->source->client_secret_file, buf, sizeof buf)) {
		buf[strcspn(buf, "\r\n")] = '\0';
		state = ask_token(a, buf);
	}
	explicit_bzero(buf, sizeof buf);
	return state;
}

/* clang-format off */
static const struct method auth_methods[] = {
	{"none", needs_nothing, complete, begin_none, NULL, ""},
	{"bearer", needs_token, complete, begin_token, "Authorization", "Bearer "},
	{"oauth2", needs_client, wants_token, begin_oauth2, "Authorization", "Bearer "},
	{"header", needs_token, wants_name, begin_token, NULL, ""},
};
/* clang-format on */
const char *const auth_method_names[] = {"none", "bearer", "oauth2", "header", NULL};

const char *auth_spec_missing(const struct auth_spec *a)
{
	return auth_methods[a->method].missing(a);
}

/* The first that fits; where the connector names none, no credentials are sent. */
static const struct auth_spec *choose(const struct connector *c, const struct config_source *s)
{
	static const struct auth_spec none;
	const struct auth_spec *list = c->auth.list;
	for (size_t i = 0; i < c->auth.count; i++)
		if (auth_methods[list[i].method].fits(s))
			return &list[i];
	return c->auth.count == 0 && needs_nothing(s) ? &none : NULL;
}

struct auth *auth_new(struct http *h, const struct connector *c,
		      const struct config_source *source, const char *base_url, struct err *e)
{
	const struct auth_spec *spec = choose(c, source);
	if (!spec) {
		err_set(e, ERR_USAGE,
			_("source %s: the connector %s needs other credentials; see "
			  "token_file, "
			  "token_command and client_id in ioc-config(5)"),
			source->name, c->name);
		return NULL;
	}
	struct auth *a = xcalloc(1, sizeof *a);
	*a = (struct auth){.method = &auth_methods[spec->method],
			   .spec = spec,
			   .connector = c,
			   .source = source,
			   .http = h,
			   .base_url = base_url,
			   .failure = FAILURE_NONE,
			   .child = CHILD_INIT,
			   .answer = STRBUF_INIT};
	return a;
}

static void forget(struct auth *a)
{
	if (a->secret)
		explicit_bzero(a->secret, strlen(a->secret));
	if (a->header)
		explicit_bzero(a->header, strlen(a->header));
	free(a->secret);
	free(a->header);
	a->secret = a->header = NULL;
	a->proven = false;
	a->renew_at = 0;
}

void auth_free(struct auth *a)
{
	if (!a)
		return;
	http_stop(a->call);
	child_stop(&a->child);
	strbuf_free(&a->answer);
	forget(a);
	free(a);
}

static enum auth_state look_after_child(struct auth *a)
{
	int ended = child_turn(&a->child);
	if (ended == 0)
		return AUTH_WORKING;
	enum auth_state state = ended > 0 ? take_line(a, a->child.out.s)
					  : fail(a, ERR_AUTH,
						 N_("the program that gives the token failed"),
						 NULL);
	explicit_bzero(a->child.out.s, a->child.out.len);
	child_stop(&a->child);
	return state;
}

static enum auth_state advance(struct auth *a)
{
	if (a->failure.code && clock_monotonic() - a->failed_at < FAILED_MS)
		return AUTH_FAILED;
	a->failure = (struct failure)FAILURE_NONE;
	if (a->child.fd >= 0)
		return look_after_child(a);
	if (a->call)
		return AUTH_WORKING;
	bool fresh = a->secret && (!a->renew_at || clock_monotonic() < a->renew_at);
	return fresh ? AUTH_READY : a->method->begin(a);
}

enum auth_state auth_prepare(struct auth *a, struct failure *f)
{
	enum auth_state state = advance(a);
	if (state == AUTH_FAILED)
		*f = a->failure;
	return state;
}

bool auth_header(const struct auth *a, struct http_header *out)
{
	const char *name = a->spec->name ? a->spec->name : a->method->header;
	if (!a->header || !name)
		return false;
	*out = (struct http_header){name, a->header};
	return true;
}

bool auth_refused(struct auth *a)
{
	bool again = a->proven && a->secret;
	forget(a);
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
	return a->child.fd;
}

void auth_redact(const struct auth *a, char *text)
{
	size_t n = a->secret ? strlen(a->secret) : 0;
	if (n < 4)
		return;
	for (char *p = text; (p = strstr(p, a->secret)); p += n)
		memset(p, '.', n);
}

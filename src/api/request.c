/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "api/act.h"
#include "api/jqtape.h"
#include "api/template.h"
#include "api/url.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#define HEADERS_MOST 32

/* A request under way: texts that live until it is started. */
struct draft {
	struct arena arena;
	struct http_header headers[HEADERS_MOST];
	size_t header_count;
	struct strbuf url, body;
};

static jv set(jv object, const char *name, jv value)
{
	return jv_object_set(object, jv_string(name), value);
}

static jv settings(const struct config_source *s)
{
	jv all = jv_object();
	for (size_t i = 0; i < s->setting_count; i++)
		all = set(all, s->settings[i].name, jv_string(s->settings[i].value));
	return all;
}

static jv kind_names(uint32_t bits, bool plural)
{
	jv list = jv_array();
	for (size_t i = 0; kinds[i]; i++)
		if (bits & UINT32_C(1) << i)
			list = jv_array_append(
				list, jv_string(plural ? kinds[i]->plural : kinds[i]->id));
	return list;
}

static jv text_or_null(const char *s)
{
	return s ? jv_string(s) : jv_null();
}

/* JSON that we made ourselves. */
static jv parsed_or_null(const char *json)
{
	jv v = json ? jv_parse(json) : jv_null();
	if (jv_is_valid(v))
		return v;
	jv_free(v);
	return jv_null();
}

static jv describe_position(jv o, const struct position *at, int64_t first_page)
{
	o = set(o, "page", jv_number((double)(at->page + first_page)));
	o = set(o, "offset", jv_number((double)at->offset));
	o = set(o, "last", parsed_or_null(at->last));
	o = set(o, "since", parsed_or_null(at->since));
	return set(o, "until", parsed_or_null(at->until));
}

static jv describe_act(jv o, const struct act_order *a)
{
	char at[CLOCK_TEXT];
	clock_format_utc(a->at, at);
	const struct {
		const char *name, *text;
	} texts[] = {{"uuid", a->uuid}, {"record", a->record},
		     {"code", a->code}, {"action", a->action},
		     {"by", a->by},     {"staff", a->staff},
		     {"unit", a->unit}, {"at", at}};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		o = set(o, texts[i].name, text_or_null(*texts[i].text ? texts[i].text : NULL));
	jv fields = jv_parse(a->fields);
	if (!jv_is_valid(fields)) {
		jv_free(fields);
		fields = jv_object();
	}
	o = set(o, "fields", fields);
	return set(o, "version", a->version ? jv_number((double)a->version) : jv_null());
}

/* What the vendor calls our codes. */
static jv their_values(const struct site *s, const struct kind *k)
{
	const struct convert_spec *convert = connector_convert(s->connector, k);
	return value_map_reverse(convert->values.list, convert->values.count);
}

static jv describe_answers(jv o, const struct circumstances *c)
{
	char *list = xasprintf("%s]", *c->answers ? c->answers : "[");
	jv answers = parsed_or_null(list);
	free(list);
	int n = jv_get_kind(answers) == JV_KIND_ARRAY ? jv_array_length(jv_copy(answers)) : 0;
	jv last = n ? jv_array_get(jv_copy(answers), n - 1) : jv_null();
	o = set(set(o, "answers", answers), "answer", last);
	return set(o, "current", parsed_or_null(*c->current ? c->current : NULL));
}

jv request_input(const struct site *s, const struct circumstances *c)
{
	char now[CLOCK_TEXT];
	clock_format_utc(clock_now(), now);
	jv o = set(jv_object(), "settings", settings(s->source));
	o = set(o, "now", jv_string(now));
	o = set(o, "username", text_or_null(s->source->username));
	o = set(o, "secrets", auth_secrets(s->auth));
	o = set(o, "token", auth_token(s->auth));
	o = set(o, "limit", jv_number((double)c->page_size));
	if (c->kind) {
		o = set(o, "kind", jv_string(c->kind->id));
		o = set(o, "plural", jv_string(c->kind->plural));
	}
	if (c->kinds) {
		o = set(o, "kinds", kind_names(c->kinds, false));
		o = set(o, "plurals", kind_names(c->kinds, true));
	}
	o = set(o, "cursor", text_or_null(c->at ? c->at->cursor : NULL));
	jv item;
	if (c->item && jqtape_value(c->item, &item, NULL) == 0)
		o = set(o, "item", item);
	if (c->at)
		o = describe_position(o, c->at, c->first_page);
	if (c->answers)
		o = describe_answers(o, c);
	return c->act ? set(describe_act(o, c->act), "values", their_values(s, c->kind)) : o;
}

/* A later one takes the place of an earlier one. */
static void add_header(struct draft *d, const char *name, const char *value)
{
	for (size_t i = 0; i < d->header_count; i++)
		if (strcasecmp(d->headers[i].name, name) == 0) {
			d->headers[i].value = value;
			return;
		}
	if (d->header_count < HEADERS_MOST)
		d->headers[d->header_count++] = (struct http_header){name, value};
}

/* Where a pair goes. */
enum pair_place { PAIR_QUERY, PAIR_HEADER, PAIR_FORM };

static int add_pair(struct draft *d, const char *name, const char *value, enum pair_place place,
		    struct err *e)
{
	if (place == PAIR_QUERY)
		url_add_query(&d->url, name, value);
	else if (place == PAIR_FORM)
		url_add_form(&d->body, name, value);
	else if (strpbrk(value, "\r\n"))
		return err_set(e, ERR_USAGE, _("a header can't hold line breaks"));
	else
		add_header(d, name, arena_strdup(&d->arena, value));
	return 0;
}

static int add_pairs(struct draft *d, const struct pairs *p, jv o, enum pair_place place,
		     struct err *e)
{
	for (size_t i = 0; i < p->count; i++) {
		struct strbuf b = STRBUF_INIT;
		int got = template_expand(p->list[i].value, o, &b, e);
		if (got > 0 && add_pair(d, p->list[i].name, b.s, place, e) < 0)
			got = -1;
		strbuf_free(&b);
		if (got < 0)
			return err_prefix(e, "%s", p->list[i].name);
	}
	return 0;
}

int request_add_form(struct strbuf *out, const struct pairs *p, jv input, struct err *e)
{
	struct draft d = {.url = STRBUF_INIT, .body = *out};
	int rc = add_pairs(&d, p, input, PAIR_FORM, e);
	*out = d.body;
	return rc;
}

static bool is_named(const char *host, const struct site *s)
{
	const struct words *w = &s->connector->allow_hosts;
	char **own = s->source->allow_hosts;
	for (size_t i = 0; i < w->count; i++)
		if (strcasecmp(w->list[i], host) == 0)
			return true;
	for (size_t i = 0; own && own[i]; i++)
		if (strcasecmp(own[i], host) == 0)
			return true;
	return false;
}

bool request_may_reach(const struct site *s, const char *url)
{
	struct strbuf host = STRBUF_INIT;
	bool worse = strncasecmp(s->base_url, "https:", 6) == 0 &&
		     strncasecmp(url, "https:", 6) != 0;
	bool may = url_same_origin(s->base_url, url) ||
		   (!worse && url_is_allowed(url, false) && url_host(url, &host) &&
		    is_named(host.s, s));
	strbuf_free(&host);
	return may;
}

static bool may_reach(const void *site, const char *url)
{
	return request_may_reach(site, url);
}

/* What a server or connector names as a whole, as far as it may be reached. */
static int take_link(struct draft *d, const struct site *s, const char *link, struct err *e)
{
	if (url_resolve(s->base_url, link, &d->url, e) < 0)
		return -1;
	if (request_may_reach(s, d->url.s))
		return 0;
	return err_set(e, ERR_PERMISSION, _("on another server: %.300s"), d->url.s);
}

static int make_address(struct draft *d, const struct site *s, const struct request_spec *spec,
			jv o, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int rc = template_expand(spec->url ? spec->url : spec->path, o, &b, e);
	if (rc >= 0)
		rc = spec->url ? take_link(d, s, b.s, e)
			       : url_join(s->base_url, b.s, &d->url, e);
	strbuf_free(&b);
	return rc < 0 ? err_prefix(e, spec->url ? "url" : "path") : 0;
}

static int make_url(struct draft *d, const struct site *s, const struct request_spec *spec,
		    const struct circumstances *c, jv o, struct err *e)
{
	/* A page that the server named is asked for as it stands. */
	if (c->at && c->at->next_url) {
		int rc = take_link(d, s, c->at->next_url, e);
		return rc < 0 ? err_prefix(e, _("next page")) : 0;
	}
	if (make_address(d, s, spec, o, e) < 0)
		return -1;
	return add_pairs(d, &spec->query, o, PAIR_QUERY, e);
}

static int make_headers(struct draft *d, const struct site *s, const struct request_spec *spec,
			const struct circumstances *c, const char *accept, jv o, struct err *e)
{
	add_header(d, "Accept", accept);
	if (request_type(spec))
		add_header(d, "Content-Type", request_type(spec));
	if (c->at && c->at->etag)
		add_header(d, "If-None-Match", c->at->etag);
	if (c->at && c->at->modified)
		add_header(d, "If-Modified-Since", c->at->modified);
	if (add_pairs(d, &s->connector->headers, o, PAIR_HEADER, e) < 0 ||
	    add_pairs(d, &spec->headers, o, PAIR_HEADER, e) < 0)
		return -1;
	return 0;
}

static int make_body(struct draft *d, const struct request_spec *spec, jv o, struct err *e)
{
	const struct template *t = spec->body   ? spec->body
				   : spec->json ? spec->json
						: spec->xml;
	if (t)
		return template_expand(t, o, &d->body, e) < 0 ? err_prefix(e, "body") : 0;
	return add_pairs(d, &spec->form, o, PAIR_FORM, e);
}

/* Into a JSON object as a member, into a form as a field. */
static int prove_in_body(struct draft *d, const struct request_spec *spec,
			 const struct auth_proof *p, struct err *e)
{
	if (spec->form.count || !request_type(spec)) {
		url_add_form(&d->body, p->name, p->value);
		if (!spec->form.count)
			add_header(d, "Content-Type", "application/x-www-form-urlencoded");
		return 0;
	}
	jv v = jv_parse_sized(d->body.s ? d->body.s : "", (int)d->body.len);
	if (jv_get_kind(v) != JV_KIND_OBJECT) {
		jv_free(v);
		return err_set(e, ERR_USAGE,
			       _("the key belongs into the body, which is no JSON object"));
	}
	v = jv_dump_string(set(v, p->name, jv_string(p->value)), 0);
	strbuf_clear(&d->body);
	strbuf_add(&d->body, jv_string_value(v), (size_t)jv_string_length_bytes(jv_copy(v)));
	jv_free(v);
	return 0;
}

static int prove(struct draft *d, const struct site *s, const struct request_spec *spec,
		 struct err *e)
{
	struct auth_proof p;
	if (!auth_get_proof(s->auth, &p))
		return 0;
	struct strbuf b = STRBUF_INIT;
	switch (p.place) {
	case PLACE_HEADER:
		add_header(d, p.name, p.value);
		break;
	case PLACE_QUERY:
		strbuf_addf(&b, "%s=", p.name);
		if (!strstr(d->url.s, b.s)) /* a next page's URL may hold it */
			url_add_query(&d->url, p.name, p.value);
		strbuf_free(&b);
		break;
	case PLACE_COOKIE:
		strbuf_addf(&b, "%s=%s", p.name, p.value);
		add_header(d, "Cookie", arena_strdup(&d->arena, b.s));
		strbuf_free(&b);
		break;
	case PLACE_BODY:
		return prove_in_body(d, spec, &p, e);
	case PLACE_NOWHERE:
		break;
	}
	return 0;
}

void request_defaults(const struct site *s, struct http_order *o)
{
	const struct config_source *c = s->source;
	o->user_agent = s->connector->user_agent ? s->connector->user_agent : "ioc-console";
	o->tls = (struct http_tls){c->ca_file, c->cert_file, c->key_file,
				   auth_secret(s->auth, "key_password"), c->server_name};
	o->jar = auth_jar(s->auth);
	o->gate = auth_gate(s->auth);
	o->tag = auth_number(s->auth);
	o->may_reach = may_reach;
	o->site = s;
	o->ended = s->ended;
	o->watcher = s->watcher;
	o->allow_file = strncmp(s->base_url, "file:", 5) == 0;
	o->compress = s->connector->compress && !url_is_loopback(s->base_url);
	o->connect_ms = s->connector->limits.connect;
}

static void wipe(struct strbuf *b)
{
	if (b->len)
		explicit_bzero(b->s, b->len);
	strbuf_free(b);
}

struct http_call *request_send(const struct site *s, const struct request_spec *spec,
			       const struct circumstances *c, const char *accept,
			       struct http_order *o, struct err *e)
{
	struct draft d = {.arena = ARENA_INIT, .url = STRBUF_INIT, .body = STRBUF_INIT};
	struct http_call *call = NULL;
	jv input = request_input(s, c);
	if (make_url(&d, s, spec, c, input, e) == 0 &&
	    make_headers(&d, s, spec, c, accept, input, e) == 0 &&
	    make_body(&d, spec, input, e) == 0 && prove(&d, s, spec, e) == 0) {
		request_defaults(s, o);
		o->method = spec->method;
		o->url = d.url.s;
		o->headers = d.headers;
		o->header_count = d.header_count;
		o->body = d.body.len || request_type(spec) ? d.body.s : NULL;
		o->body_n = d.body.len;
		call = http_start(s->http, o, e);
	}
	jv_free(input);
	wipe(&d.url);
	wipe(&d.body);
	arena_free(&d.arena);
	return call;
}

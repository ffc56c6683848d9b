/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the gateway says about itself, and the token endpoint. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "gateway/cursor.h"
#include "gateway/handlers.h"
#include "gateway/hub.h"
#include "model/action.h"

void answer_health(struct request *r)
{
	answer_json(&r->answer, 200, json_pack("{s:s}", "status", "ok"));
}

/* Ready means that the database answers and nobody has asked us to stop. */
void answer_ready(struct request *r)
{
	struct err e = ERR_INIT;
	if (r->gateway->stopping)
		problem_answer(&r->answer, PROBLEM_BUSY, NULL, "the gateway is stopping");
	else if (backend_version(r->gateway->backend, kinds[0], "-", &e) < 0)
		problem_answer(&r->answer, PROBLEM_BUSY, NULL, "%s", e.text);
	else
		answer_json(&r->answer, 200, json_pack("{s:s}", "status", "ready"));
}

void answer_openapi(struct request *r)
{
	const struct strbuf *text = &r->gateway->openapi;
	if (!text->len) {
		problem_answer(&r->answer, PROBLEM_NOT_FOUND, NULL,
			       "the description is not installed");
		return;
	}
	answer_text(&r->answer, "application/yaml", text->s, text->len);
}

static const char *type_name(enum column_type t)
{
	static const char *const names[] = {"text",     "integer",  "real", "time",
					    "deadline", "duration", "flag", "state",
					    "choice",   "ref"};
	return names[t];
}

static json_t *describe_columns(const struct kind *k)
{
	json_t *list = json_array();
	for (size_t i = 0; i < k->column_count; i++) {
		const struct column *c = &k->columns[i];
		if (c->flags & COLUMN_COMPUTED)
			continue;
		json_t *j = json_pack("{s:s, s:s, s:b}", "id", c->id, "type",
				      type_name(c->type), "personal",
				      c->personal != PERSONAL_NONE);
		if (c->ref)
			json_object_set_new(j, "ref", json_string(c->ref));
		json_t *choices = c->choices ? json_array() : NULL;
		for (const struct choice *x = c->choices; x && x->code; x++)
			json_array_append_new(choices, json_string(x->code));
		if (choices)
			json_object_set_new(j, "choices", choices);
		json_array_append_new(list, j);
	}
	return list;
}

static json_t *describe_actions(const struct kind *k)
{
	json_t *list = json_array();
	for (const struct action *a = actions_of(k); a && a->id; a++) {
		if (a->flags & ACTION_NEW) /* a POST of the record itself */
			continue;
		json_t *fields = json_array();
		for (size_t i = 0; i < action_field_count(a); i++)
			json_array_append_new(
				fields,
				json_pack("{s:s, s:s, s:b}", "id", a->fields[i].id, "type",
					  type_name(a->fields[i].type), "required",
					  !!(a->fields[i].flags & FIELD_REQUIRED)));
		json_array_append_new(list,
				      json_pack("{s:s, s:s, s:s*, s:o}", "id", a->id, "from",
						a->from, "to", a->to, "fields", fields));
	}
	return list;
}

static json_t *describe_states(const struct kind *k)
{
	json_t *list = json_array();
	for (const struct state *s = k->states; s && s->code; s++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "code", s->code,
						      "label", s->label, "open",
						      (s->flags & STATE_OPEN) != 0));
	return list;
}

static json_t *describe_kinds(const struct gateway *g, const struct rights *has)
{
	json_t *list = json_array();
	for (size_t i = 0; kinds[i]; i++) {
		const struct kind *k = kinds[i];
		json_array_append_new(
			list,
			json_pack("{s:s, s:s, s:b, s:b, s:b, s:I, s:o, s:o, s:o}", "id", k->id,
				  "plural", k->plural, "catalogue", k->catalogue, "read",
				  rights_read(has, k), "write", rights_write(has, k), "total",
				  (json_int_t)(rights_read(has, k)
						       ? backend_count(g->backend, k)
						       : 0),
				  "columns", describe_columns(k), "states", describe_states(k),
				  "actions", describe_actions(k)));
	}
	return list;
}

void answer_meta(struct request *r)
{
	struct gateway *g = r->gateway;
	char now[CLOCK_TEXT], cursor[CURSOR_TEXT];
	clock_format_utc(gateway_now(g), now);
	cursor_format(g->backend, backend_last(g->backend), cursor);
	answer_json(&r->answer, 200,
		    json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "server", "ioc-gateway",
			      "version", PACKAGE_VERSION, "client", r->client->name,
			      "server_time", now, "cursor", cursor, "kinds",
			      describe_kinds(g, &r->client->rights)));
}

/* --- OAuth2, client credentials (RFC 6749 §4.4) ------------------------------------------- */

/* The members that OAuth2 asks for stand beside those of a problem document. */
static void refuse_grant(struct request *r, enum problem p, const char *code, const char *why)
{
	json_t *j = problem_json(p, NULL, why);
	json_object_set_new(j, "error", json_string(code));
	json_object_set_new(j, "error_description", json_string(why));
	answer_json(&r->answer, problem_status(p), j);
	r->answer.type = TYPE_PROBLEM;
	if (p == PROBLEM_UNAUTHORIZED) {
		answer_header(&r->answer, "WWW-Authenticate", "Basic realm=\"ioc-gateway\"");
		r->gateway->metrics.refused_credentials++;
	}
}

static void grant(struct request *r, const char *id, const char *secret)
{
	struct auth *a = r->gateway->auth;
	char token[AUTH_TOKEN];
	if (!auth_grant(a, id, secret, clock_monotonic(), token)) {
		refuse_grant(r, PROBLEM_UNAUTHORIZED, "invalid_client",
			     "client_id and client_secret are not known together");
		return;
	}
	answer_json(&r->answer, 200,
		    json_pack("{s:s, s:s, s:I}", "access_token", token, "token_type", "Bearer",
			      "expires_in", (json_int_t)(auth_lifetime(a) / SECOND)));
	explicit_bzero(token, sizeof token);
}

void answer_token(struct request *r)
{
	struct fields form;
	struct err e = ERR_INIT;
	char *copy = NULL;
	if (fields_parse(&form, r->body.s, r->body.len, &e) < 0) {
		refuse_grant(r, PROBLEM_BAD_REQUEST, "invalid_request", e.text);
		fields_free(&form);
		return;
	}
	const char *type = fields_get(&form, "grant_type"), *secret = NULL;
	const char *id = auth_basic(request_header(r, "Authorization"), &secret, &copy);
	if (!id) {
		id = fields_get(&form, "client_id");
		secret = fields_get(&form, "client_secret");
	}
	if (!type)
		refuse_grant(r, PROBLEM_BAD_REQUEST, "invalid_request",
			     "grant_type is missing");
	else if (strcmp(type, "client_credentials") != 0)
		refuse_grant(r, PROBLEM_BAD_REQUEST, "unsupported_grant_type",
			     "only client_credentials are granted");
	else
		grant(r, id ? id : "", secret ? secret : "");
	free(copy);
	fields_free(&form);
}

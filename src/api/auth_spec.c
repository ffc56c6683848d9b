/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/auth_spec.h"

#include "base/clock.h"
#include "base/i18n.h"

const char *const auth_method_names[] = {"none",  "bearer", "oauth2", "header", "basic",
					 "query", "cookie", "body",   "login",  NULL};
static const char *const places[] = {"header", "query", "cookie", "body", "nowhere", NULL};
static const char *const grants[] = {"client_credentials", "password", "refresh_token", NULL};

/* clang-format off */
#define AT(type, member) offsetof(struct type, member)

static const struct field login_fields[] = {
	{.key = "request", .type = FIELD_MAP, .offset = AT(login_spec, request), .required = true, .fields = request_fields},
	ENVELOPE_FIELDS(login_spec, envelope),
	{.key = "token", .type = FIELD_FILTER, .offset = AT(login_spec, token)},
	{.key = "header", .type = FIELD_TEXT, .offset = AT(login_spec, header)},
	{.key = "cookie", .type = FIELD_TEXT, .offset = AT(login_spec, cookie)},
	{.key = "expires", .type = FIELD_FILTER, .offset = AT(login_spec, expires)},
	{.key = NULL},
};

static const struct field again_fields[] = {
	{.key = "status", .type = FIELD_STATUSES, .offset = AT(again_spec, status)},
	{.key = "test", .type = FIELD_FILTER, .offset = AT(again_spec, test)},
	{.key = NULL},
};

const struct field auth_fields[] = {
	{.key = "method", .type = FIELD_CHOICE, .offset = AT(auth_spec, method), .required = true, .words = auth_method_names},
	{.key = "secret", .type = FIELD_TEXT, .offset = AT(auth_spec, secret)},
	{.key = "place", .type = FIELD_CHOICE, .offset = AT(auth_spec, place), .words = places},
	{.key = "name", .type = FIELD_TEXT, .offset = AT(auth_spec, name)},
	{.key = "prefix", .type = FIELD_TEXT, .offset = AT(auth_spec, prefix)},
	{.key = "token", .type = FIELD_TEXT, .offset = AT(auth_spec, token)},
	{.key = "scope", .type = FIELD_TEXT, .offset = AT(auth_spec, scope)},
	{.key = "grant", .type = FIELD_CHOICE, .offset = AT(auth_spec, grant), .words = grants},
	{.key = "basic_client", .type = FIELD_BOOL, .offset = AT(auth_spec, basic_client)},
	{.key = "form", .type = FIELD_PAIRS, .offset = AT(auth_spec, form)},
	{.key = "login", .type = FIELD_MAP, .offset = AT(auth_spec, login), .fields = login_fields},
	{.key = "life", .type = FIELD_DURATION, .offset = AT(auth_spec, life), .least = 1000, .most = 366 * DAY},
	{.key = "again", .type = FIELD_MAP, .offset = AT(auth_spec, again), .fields = again_fields},
	{.key = NULL},
};
/* clang-format on */

void auth_spec_prepare(void *item, const void *parent)
{
	struct auth_spec *a = item;
	(void)parent;
	a->place = -1;
	a->login.request.method = request_methods[1];
}

/* The key that this method can't do without and that is not there; NULL: complete. */
static const char *missing(const struct auth_spec *a)
{
	bool named = a->method == AUTH_HEADER || a->method == AUTH_QUERY ||
		     a->method == AUTH_COOKIE || a->method == AUTH_BODY;
	bool placed = a->place == PLACE_QUERY || a->place == PLACE_COOKIE ||
		      a->place == PLACE_BODY;
	if (a->method == AUTH_HEADER && !a->name)
		return _("name, of the header");
	if ((named || placed) && !a->name)
		return _("name, of the parameter, cookie or member");
	if (a->method == AUTH_OAUTH2 && !a->token)
		return _("token, the address that gives tokens");
	if (a->method == AUTH_LOGIN && !request_is_given(&a->login.request))
		return _("login, with a request that has a path");
	return NULL;
}

void auth_spec_check(struct reading *rd, const struct maps *list, const struct yaml_node *n)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct auth_spec *a = (const struct auth_spec *)list->list + i;
		const struct yaml_node *at = yaml_at(n, i);
		const char *key = missing(a);
		if (key)
			schema_complain(rd, at, _("%s needs %s"), auth_method_names[a->method],
					key);
		else if (a->method == AUTH_LOGIN)
			request_check(rd, &a->login.request, yaml_get(at, "login"), false);
	}
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api/act_spec.h"

#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "model/action.h"

static const char *const after_words[] = {"answer", "refetch", NULL};
static const char *const idempotent_words[] = {"key", "natural", "check", "never", NULL};

static void prepare_step(void *item, const void *parent);
static void prepare_verb(void *item, const void *parent);

/* clang-format off */
#define AT(type, member) offsetof(struct type, member)

static const struct field step_fields[] = {
	{.key = "request", .type = FIELD_MAP, .offset = AT(step_spec, request), .required = true, .fields = request_fields},
	FORMAT_FIELDS(step_spec, format),
	ENVELOPE_FIELDS(step_spec, envelope),
	{.key = NULL},
};

static const struct field outcome_fields[] = {
	{.key = "done", .type = FIELD_STATUSES, .offset = AT(outcome_spec, done)},
	{.key = "conflict", .type = FIELD_STATUSES, .offset = AT(outcome_spec, conflict)},
	{.key = "rejected", .type = FIELD_STATUSES, .offset = AT(outcome_spec, rejected)},
	{.key = "again", .type = FIELD_STATUSES, .offset = AT(outcome_spec, again)},
	{.key = NULL},
};

static const struct field read_fields[] = {
	{.key = "request", .type = FIELD_MAP, .offset = AT(read_spec, request), .required = true, .fields = request_fields},
	{.key = "record", .type = FIELD_FILTER, .offset = AT(read_spec, record)},
	{.key = NULL},
};

static const struct field find_fields[] = {
	{.key = "request", .type = FIELD_MAP, .offset = AT(find_spec, request), .required = true, .fields = request_fields},
	{.key = "id", .type = FIELD_FILTER, .offset = AT(find_spec, id), .required = true},
	{.key = NULL},
};

/* What may be said of all actions, and of each; `requests` stand behind what they start from. */
#define VERB_FIELDS \
	{.key = "request", .type = FIELD_MAP, .offset = AT(action_spec, request), .fields = request_fields}, \
	FORMAT_FIELDS(action_spec, format), \
	ENVELOPE_FIELDS(action_spec, envelope), \
	{.key = "requests", .type = FIELD_MAPS, .offset = AT(action_spec, requests), .fields = step_fields, .size = sizeof(struct step_spec), .prepare = prepare_step}, \
	{.key = "already", .type = FIELD_FILTER, .offset = AT(action_spec, already)}, \
	{.key = "status", .type = FIELD_MAP, .offset = AT(action_spec, status), .fields = outcome_fields}, \
	{.key = "record", .type = FIELD_FILTER, .offset = AT(action_spec, record)}, \
	{.key = "map", .type = FIELD_FILTER, .offset = AT(action_spec, map)}, \
	{.key = "version", .type = FIELD_FILTER, .offset = AT(action_spec, version)}, \
	{.key = "id", .type = FIELD_FILTER, .offset = AT(action_spec, id)}, \
	{.key = "find", .type = FIELD_MAP, .offset = AT(action_spec, find), .fields = find_fields}, \
	{.key = "read", .type = FIELD_MAP, .offset = AT(action_spec, read), .fields = read_fields}, \
	{.key = "applied", .type = FIELD_FILTER, .offset = AT(action_spec, applied)}, \
	{.key = "after", .type = FIELD_CHOICE, .offset = AT(action_spec, after), .words = after_words}, \
	{.key = "idempotent", .type = FIELD_CHOICE, .offset = AT(action_spec, idempotent), .words = idempotent_words}, \
	{.key = "compare", .type = FIELD_BOOL, .offset = AT(action_spec, compare)}

static const struct field verb_fields[] = {
	VERB_FIELDS,
	{.key = NULL},
};

const struct field action_fields[] = {
	VERB_FIELDS,
	{.key = "offers", .type = FIELD_WORDS, .offset = AT(action_spec, offers)},
	/* last: each starts as a copy of what stands above */
	{.key = "verbs", .type = FIELD_NAMED, .offset = AT(action_spec, verbs), .fields = verb_fields, .size = sizeof(struct action_spec), .prepare = prepare_verb},
	{.key = NULL},
};
/* clang-format on */

static void prepare_step(void *item, const void *parent)
{
	const struct action_spec *s = parent;
	*(struct step_spec *)item = (struct step_spec){.request.method = request_methods[1],
						       .format = s->format,
						       .envelope = s->envelope};
}

/* All but the requests. */
static void prepare_verb(void *item, const void *parent)
{
	struct action_spec *s = item;
	*s = *(const struct action_spec *)parent;
	s->request = (struct request_spec){.method = request_methods[1]};
	s->requests = s->verbs = (struct maps){NULL, 0};
	s->offers = (struct words){NULL, 0};
}

/* "assign" of any kind, or "complaint.assign".  NULL where there is one; else the nearest, or
 * "". */
static const char *wrong_name(const char *name)
{
	const char *dot = strchr(name, '.'), *action = dot ? dot + 1 : name;
	struct suggest near = suggest_start(action);
	for (size_t i = 0; kinds[i]; i++) {
		size_t n = strlen(kinds[i]->id);
		bool fits = !dot ||
			    (n == (size_t)(dot - name) && strncmp(kinds[i]->id, name, n) == 0);
		for (const struct action *a = actions_of(kinds[i]); fits && a && a->id; a++) {
			if (strcmp(a->id, action) == 0)
				return NULL;
			suggest_try(&near, a->id);
		}
	}
	return near.best ? near.best : "";
}

static void check_name(struct reading *rd, const struct yaml_node *n, const char *name)
{
	const char *nearest = wrong_name(name);
	if (nearest && *nearest)
		schema_complain(rd, n, _("there is no action %s; did you mean \"%s\"?"), name,
				nearest);
	else if (nearest)
		schema_complain(rd, n, _("there is no action %s: see ioc help actions"), name);
}

static void check_one(struct reading *rd, struct action_spec *s, const struct yaml_node *n,
		      struct jqfilter *identity)
{
	const struct yaml_node *steps = yaml_get(n, "requests");
	if (yaml_get(n, "request"))
		request_check(rd, &s->request, n, false);
	if (yaml_get(n, "request") && steps)
		schema_complain(rd, steps, _("either request or requests"));
	for (size_t i = 0; i < s->requests.count; i++)
		request_check(rd, &((const struct step_spec *)s->requests.list)[i].request,
			      yaml_at(steps, i), false);
	if (yaml_get(n, "read"))
		request_check(rd, &s->read.request, yaml_get(n, "read"), true);
	if (yaml_get(n, "find"))
		request_check(rd, &s->find.request, yaml_get(n, "find"), true);
	bool said = yaml_get(n, "after") || yaml_get(n, "idempotent") || yaml_get(n, "compare");
	bool reads = s->after == AFTER_REFETCH || s->idempotent == IDEMPOTENT_CHECK ||
		     s->compare;
	if (said && reads && !request_is_given(&s->read.request))
		schema_complain(
			rd, n,
			_("after: refetch, idempotent: check and compare need read, the "
			  "request for one record"));
	format_check(rd, n, &s->format);
	if (!s->read.record)
		s->read.record = identity;
}

static bool has_request(const struct action_spec *s)
{
	return request_is_given(&s->request) || s->requests.count;
}

void action_check(struct reading *rd, struct action_spec *s, const struct yaml_node *n,
		  struct jqfilter *identity)
{
	const struct yaml_node *verbs = yaml_get(n, "verbs");
	if (!n)
		return;
	check_one(rd, s, n, identity);
	if (!yaml_get(n, "request") && !yaml_get(n, "requests") && !s->verbs.count)
		schema_complain(rd, n, _("actions need a request, or verbs with requests"));
	for (size_t i = 0; i < s->offers.count; i++)
		check_name(rd, yaml_at(yaml_get(n, "offers"), i), s->offers.list[i]);
	for (size_t i = 0; i < s->verbs.count; i++) {
		struct action_spec *v = (struct action_spec *)s->verbs.list + i;
		check_name(rd, yaml_key_node(verbs, i), v->name);
		check_one(rd, v, yaml_at(verbs, i), identity);
		if (!has_request(v)) {
			v->request = s->request;
			v->requests = s->requests;
		}
		if (!has_request(v))
			schema_complain(rd, yaml_at(verbs, i), _("request is missing here"));
	}
}

static bool is_named(const char *name, const struct kind *k, const char *action)
{
	size_t n = strlen(k->id);
	return strcmp(name, action) == 0 || (strncmp(name, k->id, n) == 0 && name[n] == '.' &&
					     strcmp(name + n + 1, action) == 0);
}

const struct action_spec *action_spec_find(const struct action_spec *s, const struct kind *k,
					   const char *action)
{
	const struct action_spec *verbs = s->verbs.list, *found = NULL;
	for (size_t i = 0; i < s->verbs.count; i++)
		if (is_named(verbs[i].name, k, action) &&
		    (!found || strchr(verbs[i].name, '.')))
			found = &verbs[i];
	if (found || !has_request(s))
		return found;
	for (size_t i = 0; i < s->offers.count; i++)
		if (is_named(s->offers.list[i], k, action))
			return s;
	/* A request for what is done to records makes none. */
	const struct action *a = action_find(k, action);
	return s->offers.count || (a && a->flags & ACTION_NEW) ? NULL : s;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/member.h"
#include "base/utf8.h"
#include "model/action.h"
#include "model/duplicates.h"
#include "text/clean.h"

#define FIELDS_MOST 65536 /* bytes of all that is said with an action */
#define ID_MOST 256
#define SEEN_MOST 8
#define UUID_DIGITS "0123456789abcdef-"

static void refuse(struct server *s, const struct server_command *c, const char *code,
		   const char *why)
{
	server_tell(s, c->client, server_refusal(c->message, code, why));
}

static void post(const struct desk *d, const struct server_command *c, struct outbox_job *o)
{
	struct job *j = job_new(JOB_OUTBOX, c->client, NULL);
	j->outbox = o;
	j->question = json_pack("{s:O?}", "id", json_object_get(c->message, "id"));
	writer_post(d->writer, j);
}

/* --- who -------------------------------------------------------------------------------------
 */

static const char *const staff_names[] = {"operator", "shift-leader", "unit",
					  "manager",  "admin",        "auditor"};

json_t *desk_operator(const struct config *config, const char *user)
{
	struct config_operator o = config_operator(config, user);
	json_t *roles = json_array();
	for (unsigned i = 0; i < ARRAY_LEN(staff_names); i++)
		if (o.staff & 1U << i)
			json_array_append_new(roles, json_string(staff_names[i]));
	return json_pack("{s:s, s:s, s:s*, s:o, s:I}", "user", user, "name", o.name, "unit",
			 o.unit, "roles", roles, "undo_ms", (json_int_t)config->undo);
}

/* The role in which it is done: the wished one, else the first that is enough. */
static const char *role_for(const struct action *a, unsigned staff, const char *wish)
{
	unsigned may = a->staff & staff & (*wish ? staff_find(wish) : ~0U);
	for (unsigned i = 0; i < ARRAY_LEN(staff_names); i++)
		if (may & 1U << i)
			return staff_names[i];
	return NULL;
}

/* --- what ------------------------------------------------------------------------------------
 */

/* NULL where it may be taken; else the code, and *why. */
static const char *check(const struct desk *d, const json_t *m, const struct kind *k,
			 const struct action *a, const char **why)
{
	const struct runner *r = runner_find(d->runners, d->count, member_text(m, "source"));
	json_t *fields = json_object_get(m, "fields");
	char *dump = fields ? json_dumps(fields, JSON_COMPACT) : NULL;
	bool large = dump && strlen(dump) > FIELDS_MOST;
	free(dump);
	*why = NULL;
	if (!r)
		return *why = _("there is no such source"), "not-found";
	bool here = a && runner_leaves_here(r, k, a);
	if (!here && !runner_takes_actions(r))
		return *why = _("this source takes no actions: its connector says nothing of "
				"them"),
		       "unsupported";
	if (!a)
		return *why = _("there is no such action"), "not-found";
	if (!here && !runner_offers(r, k, a->id))
		return *why = action_refusal_text(ACTION_WITHHELD), "unsupported";
	size_t uuid = strlen(member_text(m, "uuid"));
	if (uuid &&
	    (uuid != OUTBOX_UUID - 1 || strspn(member_text(m, "uuid"), UUID_DIGITS) != uuid))
		return *why = _("a uuid has 36 characters, in lower case"), "usage";
	bool named = *member_text(m, "record") && strlen(member_text(m, "record")) <= ID_MOST;
	if (!named && !(a->flags & ACTION_NEW))
		return *why = _("which record?"), "usage";
	if (large || (fields && !json_is_object(fields)))
		return *why = _("what is said with it is too much, or no object"), "usage";
	return NULL;
}

/* Required ones must say something; others must be known. */
static const char *check_fields(const struct action *a, const json_t *fields,
				const char **field)
{
	const char *name;
	json_t *value;
	json_object_foreach ((json_t *)(uintptr_t)fields, name, value)
		if (!action_field(a, name))
			return *field = name, _("the action has no such field");
	for (size_t i = 0; i < action_field_count(a); i++) {
		const json_t *v = json_object_get(fields, a->fields[i].id);
		const char *s = json_string_value(v);
		bool empty = !v || json_is_null(v) || (s && !s[strspn(s, " \t\r\n")]);
		if (empty && a->fields[i].flags & FIELD_REQUIRED)
			return *field = a->fields[i].id, _("this field is missing");
	}
	return NULL;
}

static void set_clean(json_t *item, const char *name, const char *s)
{
	struct strbuf b = STRBUF_INIT;
	clean_append(&b, s, strlen(s), 0);
	json_object_set_new(item, name, json_string(b.len ? b.s : ""));
	strbuf_free(&b);
}

/* What is to be made has no code yet: people know it by what was said first. */
static void name_new(json_t *item, const struct action *a)
{
	char title[96];
	if (!(a->flags & ACTION_NEW))
		return;
	utf8_copy(title, sizeof title,
		  member_text(json_object_get(item, "fields"), a->fields[0].id));
	set_clean(item, "code", title);
	json_object_set_new(item, "record", json_string(""));
}

/* Columns of the record as the operator saw it; texts only, and not many. */
static json_t *seen_of(const json_t *m)
{
	json_t *all = json_object(), *v;
	const char *name;
	json_object_foreach (json_object_get(m, "seen"), name, v)
		if (json_object_size(all) < SEEN_MOST && json_is_string(v) &&
		    json_string_length(v) <= ID_MOST)
			json_object_set(all, name, v);
	return all;
}

static json_t *item_of(const json_t *m, const struct config_operator *o, const char *from,
		       const char *role)
{
	static const char *const same[] = {"source", "kind", "record", "action", "uuid"};
	json_t *item = json_object(), *fields = json_object_get(m, "fields");
	for (size_t i = 0; i < ARRAY_LEN(same); i++)
		json_object_set_new(item, same[i], json_string(member_text(m, same[i])));
	set_clean(item, "code", member_text(m, "code"));
	set_clean(item, "who", o->name);
	set_clean(item, "place", from);
	json_object_set_new(item, "staff", json_string(role));
	json_object_set_new(item, "unit",
			    json_string(o->unit ? o->unit : member_text(m, "unit")));
	json_object_set(item, "version", json_object_get(m, "version"));
	json_object_set_new(item, "seen", seen_of(m));
	json_object_set_new(item, "fields", fields ? json_deep_copy(fields) : json_object());
	return item;
}

void desk_act(const struct desk *d, struct server *s, const struct server_command *c)
{
	const struct kind *k = kind_find(member_text(c->message, "kind"));
	const struct action *a = k ? action_find(k, member_text(c->message, "action")) : NULL;
	struct config_operator o = config_operator(d->config, c->who);
	const char *why, *field = NULL, *code = check(d, c->message, k, a, &why);
	if (code) {
		refuse(s, c, code, why);
		return;
	}
	if ((why = check_fields(a, json_object_get(c->message, "fields"), &field))) {
		char *words = xasprintf("%s: %s", field, why);
		refuse(s, c, "usage", words);
		free(words);
		return;
	}
	const char *role = role_for(a, o.staff, member_text(c->message, "staff"));
	if (!role) {
		refuse(s, c, "permission", action_refusal_text(ACTION_WRONG_STAFF));
		return;
	}
	struct outbox_job *job = outbox_job_new(OUTBOX_ADD,
						item_of(c->message, &o, c->from, role));
	name_new(job->item, a);
	bool now = json_is_true(json_object_get(c->message, "now"));
	job->at = clock_now() + (now ? 0 : d->config->undo);
	post(d, c, job);
}

/* Of the configuration; where it names none, in the language of histories. */
static struct config_operator automat(const struct config *config)
{
	struct config_operator o = config_operator(config, DESK_AUTOMAT);
	if (strcmp(o.name, DESK_AUTOMAT) == 0)
		o.name = (char *)(uintptr_t) "Phân phối tự động";
	return o;
}

int desk_route(const struct desk *d, const json_t *proposal, struct err *e)
{
	const struct kind *k = kind_find(member_text(proposal, "kind"));
	const struct action *a = k ? action_find(k, member_text(proposal, "action")) : NULL;
	struct config_operator o = automat(d->config);
	const char *why, *field = NULL;
	if (check(d, proposal, k, a, &why))
		return err_set(e, ERR_UNSUPPORTED, "%s: %s", member_text(proposal, "source"),
			       why);
	if ((why = check_fields(a, json_object_get(proposal, "fields"), &field)))
		return err_set(e, ERR_USAGE, "%s: %s", field, why);
	const char *role = role_for(a, o.staff, member_text(proposal, "staff"));
	if (!role)
		return err_set(e, ERR_PERMISSION,
			       _("the configuration gives the operator %s no role that may "
				 "distribute"),
			       DESK_AUTOMAT);
	json_t *item = item_of(proposal, &o, "ioc-sync", role);
	json_object_set(item, "rule", json_object_get(proposal, "rule"));
	struct job *j = job_new(JOB_OUTBOX, 0, NULL);
	j->outbox = outbox_job_new(OUTBOX_ADD, item);
	j->outbox->at = clock_now() + d->config->undo;
	writer_post(d->writer, j);
	return 0;
}

static void decide(const struct desk *d, const struct server_command *c, enum outbox_task task)
{
	struct config_operator o = config_operator(d->config, c->who);
	struct outbox_job *job = outbox_job_new(task, json_deep_copy(c->message));
	job->who = xstrdup(o.name);
	post(d, c, job);
}

void desk_drop(const struct desk *d, struct server *s, const struct server_command *c)
{
	(void)s;
	decide(d, c, OUTBOX_DROP);
}

void desk_again(const struct desk *d, struct server *s, const struct server_command *c)
{
	(void)s;
	decide(d, c, OUTBOX_AGAIN);
}

void desk_list(const struct desk *d, struct server *s, const struct server_command *c)
{
	(void)s;
	struct outbox_job *job = outbox_job_new(OUTBOX_LIST, NULL);
	job->at = clock_now() - DAY;
	post(d, c, job);
}

/* --- two matters -----------------------------------------------------------------------------
 */

static bool names_record(const json_t *m, const char *name)
{
	const json_t *r = json_object_get(m, name);
	const char *source = member_text(r, "source"), *id = member_text(r, "id");
	return *source && strlen(source) <= ID_MOST && *id && strlen(id) <= ID_MOST;
}

void desk_apart(const struct desk *d, struct server *s, const struct server_command *c)
{
	const struct kind *k = kind_find(member_text(c->message, "kind"));
	struct config_operator o = config_operator(d->config, c->who);
	if (!k || !duplicates_fit(k) || !names_record(c->message, "a") ||
	    !names_record(c->message, "b")) {
		refuse(s, c, "usage", _("which record?"));
		return;
	}
	if (!(o.staff & (STAFF_OPERATOR | STAFF_SHIFT_LEADER))) {
		refuse(s, c, "permission", action_refusal_text(ACTION_WRONG_STAFF));
		return;
	}
	struct job *j = job_new(JOB_APART, c->client, NULL);
	j->kind = k;
	j->at = clock_now();
	j->who = arena_strdup(&j->haul.arena, o.name);
	j->from = arena_strdup(&j->haul.arena, c->from);
	j->reason = arena_strdup(&j->haul.arena, member_text(c->message, "reason"));
	j->question = json_deep_copy(c->message);
	writer_post(d->writer, j);
}

void desk_answer(struct server *s, const struct job *j)
{
	const struct outbox_job *o = j->outbox;
	if (j->err.code) {
		server_tell(
			s, j->owner,
			server_refusal(j->question, err_code_name(j->err.code), j->err.text));
		return;
	}
	if (j->question) {
		json_t *answer = server_ok(j->question);
		json_object_set(answer, "items", o->items);
		server_tell(s, j->owner, answer);
	}
	if (o->task != OUTBOX_LIST && json_array_size(o->items))
		server_tell_all(s,
				json_pack("{s:s, s:O}", "event", "outbox", "items", o->items));
}

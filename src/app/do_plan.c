/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/do_plan.h"

#include <stdlib.h>
#include <string.h>

#include "app/cache.h"
#include "app/writer.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strmap.h"
#include "base/suggest.h"
#include "model/action_text.h"
#include "store/query.h"

struct do_plan {
	const struct program *program;
	const struct kind *kind;
	const char *source; /* borrowed; NULL: any */
	struct config_operator operator_;
	struct db *db;
	struct name_table *names;
	struct arena arena;
	struct strmap records; /* "kind/source/id" → struct record *, as it will be */
	struct do_step *steps;
	size_t count, cap;
};

struct do_plan *do_plan_new(const struct program *p, const struct kind *kind,
			    const char *source, struct err *e)
{
	struct db *db = cache_open(p, e);
	if (!db)
		return NULL;
	struct do_plan *plan = xcalloc(1, sizeof *plan);
	plan->program = p;
	plan->kind = kind;
	plan->source = source;
	plan->operator_ = config_operator(&p->config, writer_user());
	plan->db = db;
	plan->names = names_load(db);
	plan->arena = (struct arena)ARENA_INIT;
	plan->records = (struct strmap)STRMAP_INIT;
	return plan;
}

void do_plan_free(struct do_plan *plan)
{
	if (!plan)
		return;
	for (size_t i = 0; i < plan->count; i++)
		json_decref(plan->steps[i].fields);
	free(plan->steps);
	strmap_free(&plan->records, NULL);
	names_free(plan->names);
	db_close(plan->db);
	arena_free(&plan->arena);
	free(plan);
}

size_t do_plan_count(const struct do_plan *plan)
{
	return plan->count;
}

struct do_step *do_plan_step(struct do_plan *plan, size_t i)
{
	return &plan->steps[i];
}

struct do_step *do_plan_find(struct do_plan *plan, const char *uuid)
{
	for (size_t i = 0; i < plan->count; i++)
		if (strcmp(plan->steps[i].uuid, uuid) == 0)
			return &plan->steps[i];
	return NULL;
}

/* --- records --------------------------------------------------------------------------------
 */

static bool is_meant(const struct do_plan *plan, const struct kind *k)
{
	return plan->kind ? k == plan->kind : actions_of(k) != NULL;
}

static void ambiguous(const char *code, const char *sources, struct err *e)
{
	if (strchr(sources, ','))
		err_set(e, ERR_USAGE, _("%s is in several sources (%s): add --source NAME"),
			code, sources);
	else
		err_set(e, ERR_USAGE,
			_("%s is the code of several records; give the id at the source"),
			code);
}

/* The one kind that has this code; NULL with *e for none or several. */
static const struct kind *kind_of_code(struct do_plan *plan, const char *source,
				       const char *code, struct err *e)
{
	const struct kind *found = NULL;
	for (size_t i = 0; kinds[i]; i++) {
		struct strbuf sources = STRBUF_INIT;
		int64_t n = is_meant(plan, kinds[i])
				    ? store_record_count(plan->db, kinds[i], source, code,
							 &sources, e)
				    : 0;
		if (n > 1)
			ambiguous(code, sources.s, e);
		else if (n && found)
			err_set(e, ERR_USAGE,
				_("%s is the code of records of several kinds; add --kind"),
				code);
		strbuf_free(&sources);
		if (n < 0 || n > 1 || (n && found))
			return NULL;
		if (n)
			found = kinds[i];
	}
	if (!found && source)
		err_set(e, ERR_NOT_FOUND, _("the source %s has no record %s"), source, code);
	else if (!found)
		err_set(e, ERR_NOT_FOUND, _("there is no record %s"), code);
	return found;
}

/* The record as it will be after the steps that are planned already. */
static struct record *record_of(struct do_plan *plan, const char *source, const char *code,
				struct err *e)
{
	const struct kind *k = kind_of_code(plan, source, code, e);
	struct record *r = k ? store_record_of(plan->db, &plan->arena, k, source, code, false,
					       e)
			     : NULL;
	if (!r)
		return NULL;
	char *key = xasprintf("%s/%s/%s", k->id, r->source, r->id);
	struct record *planned = strmap_get(&plan->records, key);
	if (!planned)
		strmap_put(&plan->records, key, r);
	free(key);
	return planned ? planned : r;
}

/* --- fields ---------------------------------------------------------------------------------
 */

static bool is_valid(const struct do_plan *plan, const struct kind *catalogue, const char *code)
{
	const struct name_row *row = names_row(plan->names, catalogue, code,
					       plan->program->now);
	return row && row->from <= plan->program->now && plan->program->now < row->to;
}

/* A code, or the name of the one that is meant by it today.  What the catalogue's source does
 * not tell can't be looked up. */
static const char *resolve(void *data, const struct kind *catalogue, const char *word)
{
	struct do_plan *plan = data;
	int64_t rows = 0;
	if (names_row(plan->names, catalogue, word, plan->program->now))
		return word;
	if (store_count(plan->db, catalogue, NULL, plan->program->now, &rows, NULL) == 0 &&
	    rows == 0)
		return word;
	const char *found = NULL, *code;
	for (size_t n = 0; (code = names_code(plan->names, catalogue, word, n)); n++) {
		if (!is_valid(plan, catalogue, code))
			continue;
		if (found)
			return NULL;
		found = code;
	}
	return found ? found : names_code(plan->names, catalogue, word, 0);
}

/* Other records are named to the province by their ids. */
static int settle_records(struct do_plan *plan, const struct action *a, json_t *fields,
			  struct err *e)
{
	for (size_t i = 0; i < action_field_count(a); i++) {
		const struct action_field *f = &a->fields[i];
		const char *code = json_string_value(json_object_get(fields, f->id));
		if (!(f->flags & FIELD_RECORD) || !code)
			continue;
		struct record *r = store_record(plan->db, &plan->arena, NULL, code, false, e);
		if (!r)
			return err_prefix(e, "--%s", f->id);
		json_object_set_new(fields, f->id, json_string(r->id));
	}
	return 0;
}

/* --- actions --------------------------------------------------------------------------------
 */

static int no_action(const struct kind *k, const char *name, struct err *e)
{
	struct suggest s = suggest_start(name);
	for (const struct action *a = actions_of(k); a && a->id; a++)
		suggest_try(&s, a->id);
	if (s.best)
		return err_set(e, ERR_USAGE,
			       _("there is no action \"%.40s\" on %s: did you mean \"%s\"?"),
			       name, k->plural, s.best);
	return err_set(e, ERR_USAGE,
		       _("there is no action \"%.40s\" on %s: see ioc help actions"), name,
		       k->plural);
}

/* Why not: with the state, so that nobody has to look. */
static int refuse(const struct action *a, const struct record *r, enum action_refusal why,
		  struct err *e)
{
	const struct state *s = kind_state(r->kind, record_text(r, COL_STATE));
	if (why == ACTION_WRONG_STATE)
		return err_set(e, ERR_PERMISSION, _("%s: %s: not possible in the state %s"),
			       record_text(r, COL_CODE), _(a->title),
			       s ? _(s->label) : record_text(r, COL_STATE));
	return err_set(e, ERR_PERMISSION, "%s: %s: %s", record_text(r, COL_CODE), _(a->title),
		       action_refusal_text(why));
}

/* Where nobody is configured everybody acts, for a unit's part for the record's own. */
static const char *acting_unit(const struct do_plan *plan, const struct record *r)
{
	return plan->program->config.operator_count ? "" : record_text(r, COL_UNIT);
}

static int check_allowed(const struct do_plan *plan, const struct action *a,
			 const struct record *r, struct err *e)
{
	const char *unit = acting_unit(plan, r);
	struct actor who = {plan->operator_.staff,
			    plan->operator_.unit ? plan->operator_.unit : unit};
	enum action_refusal why = action_allowed(a, r, &who);
	return why == ACTION_ALLOWED ? 0 : refuse(a, r, why, e);
}

static void put_text(struct do_plan *plan, struct record *r, int column, const char *s)
{
	if (s && column >= 0)
		record_put_text(&plan->arena, r, (size_t)column, s, strlen(s), NULL);
}

/* What the record will be like, for the steps behind this one. */
static void take_effect(struct do_plan *plan, const struct do_step *s, struct record *r)
{
	put_text(plan, r, COL_STATE, s->action->to);
	for (size_t i = 0; i < action_field_count(s->action); i++) {
		const struct action_field *f = &s->action->fields[i];
		if (f->column && column_is_textual(f->type))
			put_text(plan, r, kind_column(r->kind, f->column),
				 json_string_value(json_object_get(s->fields, f->id)));
	}
}

static int add_step(struct do_plan *plan, const struct action_text *t, const char *code,
		    struct err *e)
{
	struct action_words words = {plan->program->now, resolve, plan};
	struct record *r = record_of(plan, t->source ? t->source : plan->source, code, e);
	if (!r)
		return -1;
	struct do_step s = {.action = action_find(r->kind, t->action),
			    .record = r,
			    .version = r->version,
			    .unit = arena_strdup(&plan->arena, acting_unit(plan, r)),
			    .from = arena_strdup(&plan->arena, record_text(r, COL_STATE))};
	if (!s.action)
		return no_action(r->kind, t->action, e);
	if (check_allowed(plan, s.action, r, e) < 0)
		return -1;
	s.fields = action_text_fields(t, s.action, &words, e);
	if (!s.fields || settle_records(plan, s.action, s.fields, e) < 0 ||
	    outbox_make_uuid(s.uuid, e) < 0) {
		json_decref(s.fields);
		return err_prefix(e, "%s %s", s.action->id, code);
	}
	take_effect(plan, &s, r);
	ARRAY_PUSH(plan->steps, plan->count, plan->cap) = s;
	return 0;
}

/* --- new records ----------------------------------------------------------------------------
 */

/* The action if the command makes a record; NULL: it does not. */
static const struct action *making(const struct do_plan *plan, const struct action_text *t,
				   const struct kind **k)
{
	for (size_t i = 0; kinds[i]; i++) {
		const struct action *a = action_new(kinds[i]);
		bool meant = !plan->kind || plan->kind == kinds[i];
		if (a && meant && strcmp(a->id, t->action) == 0)
			return *k = kinds[i], a;
	}
	return NULL;
}

/* The one that is said, or the only one that there is. */
static const char *source_of(const struct do_plan *plan, const struct action_text *t,
			     struct err *e)
{
	const struct config *c = &plan->program->config;
	const char *said = t->source ? t->source : plan->source;
	if (!said && c->source_count == 1)
		return c->sources[0].name;
	if (!said)
		err_set(e, ERR_USAGE, _("%s: at which source? add --source NAME"), t->action);
	return said;
}

static int add_new(struct do_plan *plan, const struct action_text *t, const struct action *a,
		   const struct kind *k, struct err *e)
{
	struct action_words words = {plan->program->now, resolve, plan};
	const char *source = source_of(plan, t, e);
	if (!source)
		return -1;
	struct do_step s = {.action = a, .unit = "", .from = ""};
	struct record *r = record_new(&plan->arena, k);
	r->source = arena_strdup(&plan->arena, source);
	r->id = "";
	s.record = r;
	if (check_allowed(plan, a, r, e) < 0)
		return -1;
	s.fields = action_text_fields(t, a, &words, e);
	if (!s.fields || outbox_make_uuid(s.uuid, e) < 0) {
		json_decref(s.fields);
		return err_prefix(e, "%s", a->id);
	}
	put_text(plan, r, COL_CODE,
		 json_string_value(json_object_get(s.fields, a->fields[0].id)));
	ARRAY_PUSH(plan->steps, plan->count, plan->cap) = s;
	return 0;
}

static int add_command(struct do_plan *plan, const struct action_text *t, struct err *e)
{
	const struct kind *k = NULL;
	const struct action *makes = t->code_count ? NULL : making(plan, t, &k);
	if (makes)
		return add_new(plan, t, makes, k, e);
	if (!t->code_count)
		return err_set(e, ERR_USAGE, _("%s: which record?"), t->action);
	for (size_t i = 0; i < t->code_count; i++)
		if (add_step(plan, t, t->codes[i], e) < 0)
			return -1;
	return 0;
}

int do_plan_add(struct do_plan *plan, const char *command, struct err *e)
{
	struct action_text t = {0};
	const struct kind *usual = plan->kind;
	if (action_text_parse(&plan->arena, command, &t, e) < 0)
		return -1;
	if (t.kind && !(plan->kind = program_kind(t.kind, e))) {
		plan->kind = usual;
		return -1;
	}
	int rc = add_command(plan, &t, e);
	plan->kind = usual;
	return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An action, without the outbox: what would be sent, made by the connector's own templates and
 * given to a line on which nobody is; or really sent, and what came of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/act.h"
#include "author/record_json.h"
#include "author/report.h"
#include "author/try_more.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "model/action_text.h"
#include "store/outbox.h"

struct order {
	struct arena arena;
	struct action_text text;
	const struct kind *kind;
	const struct action *action;
	char *fields; /* owned */
	char uuid[OUTBOX_UUID];
	struct act_order act;
};

static void order_free(struct order *o)
{
	free(o->fields);
	arena_free(&o->arena);
}

/* The kind that was said, or the first one that the connector has and that knows the action. */
static int find_action(struct order *o, const struct connector *c, struct err *e)
{
	uint32_t bits = connector_kinds(c);
	for (size_t i = 0; kinds[i] && !o->action; i++) {
		bool meant = o->text.kind ? strcmp(o->text.kind, kinds[i]->id) == 0
					  : bits >> i & 1;
		if (meant && (o->action = action_find(kinds[i], o->text.action)))
			o->kind = kinds[i];
	}
	if (!o->action)
		return err_set(e, ERR_USAGE,
			       _("no record of this connector has an action %.60s"),
			       o->text.action);
	bool makes = o->action->flags & ACTION_NEW;
	if (o->text.code_count == (makes ? 0 : 1))
		return 0;
	return err_set(e, ERR_USAGE,
		       makes ? _("%s makes a record: it is given none")
			     : _("%s: which record? One, by its id at the source"),
		       o->text.action);
}

static const char *role_of(const struct action *a)
{
	static const char *const names[] = {"operator", "shift-leader", "unit",
					    "manager",  "admin",        "auditor"};
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (a->staff & 1U << i)
			return names[i];
	return "";
}

/* Codes of catalogues are taken as they stand: there need be no cache. */
static int read_order(struct order *o, const struct trial *t, const char *command,
		      struct err *e)
{
	struct action_words words = {clock_now(), NULL, NULL};
	if (action_text_parse(&o->arena, command, &o->text, e) < 0 ||
	    find_action(o, t->connector, e) < 0)
		return -1;
	json_t *fields = action_text_fields(&o->text, o->action, &words, e);
	if (!fields || outbox_make_uuid(o->uuid, e) < 0) {
		json_decref(fields);
		return -1;
	}
	o->fields = json_dumps(fields, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(fields);
	const char *id = o->text.code_count ? o->text.codes[0] : "";
	o->act = (struct act_order){.uuid = o->uuid,
				    .kind = o->kind,
				    .record = id,
				    .code = id,
				    .action = o->action->id,
				    .fields = o->fields,
				    .by = "ioc connector try",
				    .staff = role_of(o->action),
				    .unit = "",
				    .seen = "{}",
				    .at = clock_now()};
	return 0;
}

/* --- only shown ------------------------------------------------------------------------------
 */

static bool no_data(void *context, const char *p, size_t n)
{
	(void)context, (void)p, (void)n;
	return true;
}

static void on_done(void *context, const struct http_result *r)
{
	(void)r;
	*(bool *)context = true;
}

/* One request to nobody.  -1 with *e where it can't be made. */
static int show(const struct author *a, struct trial *t, const struct order *o,
		const struct request_spec *request, const struct format_spec *format,
		const char *title, struct err *e)
{
	bool done = false;
	size_t from = t->heard.count;
	struct circumstances c = {
		.kind = o->kind, .act = &o->act, .answers = "", .current = ""};
	struct http_order h = {
		.body_most = 1, .data = no_data, .done = on_done, .context = &done};
	if (!request_is_given(request))
		return 0;
	if (!request_send(&t->site, request, &c, format_accept(format), &h, e))
		return -1;
	while (!done)
		trial_turn(t);
	if (!a->json)
		printf("%s\n", title);
	trial_show_requests(t, a, from);
	return 0;
}

static int show_all(const struct author *a, struct trial *t, const struct order *o,
		    const struct action_spec *s, struct err *e)
{
	const struct step_spec *steps = s->requests.list;
	int rc = 0;
	if (s->compare)
		rc = show(a, t, o, &s->read.request, &s->format, _("first is read:"), e);
	if (rc == 0 && !s->requests.count)
		rc = show(a, t, o, &s->request, &s->format, _("would be sent:"), e);
	for (size_t i = 0; rc == 0 && i < s->requests.count; i++)
		rc = show(a, t, o, &steps[i].request, &steps[i].format, _("would be sent:"), e);
	if (rc == 0 && s->after == AFTER_REFETCH && *o->act.record)
		rc = show(a, t, o, &s->read.request, &s->format, _("then is read:"), e);
	return rc;
}

/* --- really sent -----------------------------------------------------------------------------
 */

static void tell_end(const struct author *a, const struct act *act, struct mapper *m)
{
	static const char *const ends[] = {
		[ACT_DONE] = N_("it took effect"),
		[ACT_REJECTED] = N_("refused, for good"),
		[ACT_CONFLICT] = N_("a conflict: the record is not what it was thought to be"),
		[ACT_UNSENT] = N_("nothing of it arrived: it would be sent again"),
		[ACT_UNKNOWN] = N_("not known whether it took effect: it would be sent again"),
		[ACT_STRANGER] = N_("the credentials were refused: nothing happened"),
		[ACT_DOUBT] = N_("not known whether it took effect: a person would decide"),
	};
	char words[400];
	struct haul h = HAUL_INIT;
	(void)m;
	failure_text(act_failure(act), true, words, sizeof words);
	printf("%s%s%s\n", _(ends[act_state(act)]), act_failure(act)->code ? ": " : "",
	       act_failure(act)->code ? words : "");
	act_map(act, &h);
	for (size_t i = 0; i < h.count; i++) {
		json_t *record = record_json(h.records[i]);
		author_print_json(record);
		json_decref(record);
	}
	if (!h.count && *act_made(act))
		printf(_("the new record's id: %s\n"), act_made(act));
	haul_free(&h);
	(void)a;
}

static int send_it(const struct author *a, struct trial *t, const struct order *o,
		   struct err *e)
{
	struct failure f = FAILURE_NONE;
	struct mapper *m = mapper_new();
	size_t from = t->heard.count;
	struct act *act = act_new(&t->site, &o->act, m, &f);
	int code = AUTHOR_BAD;
	while (act && act_state(act) == ACT_WAITING)
		trial_turn(t);
	if (act) {
		trial_show(t, a, from);
		tell_end(a, act, m);
		code = act_state(act) == ACT_DONE ? AUTHOR_GOOD : AUTHOR_BAD;
	} else {
		char words[400];
		failure_text(&f, true, words, sizeof words);
		err_set(e, f.code, "%s", words);
	}
	act_free(act);
	mapper_free(m);
	return code;
}

int try_action(const struct author *a, struct trial *t, const char *command)
{
	struct order o = {.arena = ARENA_INIT};
	struct failure f = FAILURE_NONE;
	struct err e = ERR_INIT;
	const struct action_spec *s = NULL;
	int code = AUTHOR_GOOD;
	if (read_order(&o, t, command, &e) == 0 &&
	    !(s = action_spec_find(&t->connector->actions, o.kind, o.action->id)))
		err_set(&e, ERR_USAGE, _("the connector does not offer %s of %s"), o.action->id,
			o.kind->plural);
	if (s && trial_prove(t, &f) < 0) {
		char words[400];
		failure_text(&f, true, words, sizeof words);
		fprintf(stderr, _("without credentials: %s\n"), words);
	}
	if (s && author_flag(a, "send")) {
		code = send_it(a, t, &o, &e);
	} else if (s) {
		http_set_tap(t->site.http, recording_play(&t->tape, &t->heard));
		show_all(a, t, &o, s, &e);
		if (!e.code && !a->json)
			printf("%s\n", _("nothing was sent: --send does"));
	}
	order_free(&o);
	return e.code ? author_fail(&e) : code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records are acted upon by key and version seen.  A record for which something waits already
 * is judged as it will be afterwards, so that work goes on without waiting for the province. */
#include "ui/acting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "text/fmt.h"
#include "ui/new.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define CTRL(c) ((c)&0x1f)
#define EDITOR_KEY (UI_KEY_F1 + 3)
#define HOLD_MOST SECOND
#define FIRST_ID 1000 /* smaller ones are the link's own */

void acting_init(struct acting *x)
{
	*x = (struct acting){.next_id = FIRST_ID, .undo_ms = 5 * SECOND};
	x->batch.undo_until = CLOCK_NONE;
}

static void batch_free(struct batch *b)
{
	free(b->rows);
	json_decref(b->draft);
	*b = (struct batch){.undo_until = CLOCK_NONE};
}

void acting_free(struct acting *x)
{
	batch_free(&x->batch);
	form_close(&x->form);
	reply_pick_close(&x->pick);
	repeat_free(&x->repeat);
	replies_free(x->replies);
	arena_free(&x->about_arena);
	free(x->targets);
}

struct actor acting_actor(const struct acting *x)
{
	return (struct actor){x->known ? x->staff : STAFF_ALL, x->unit[0] ? x->unit : NULL};
}

/* --- to what -------------------------------------------------------------- */

const struct record *acting_record(struct app *a)
{
	const struct record *shown = a->detail.open ? detail_record(&a->detail) : NULL;
	if (a->detail.open && (a->detail.pinned || a->detail.focused) && shown)
		return shown;
	if (a->tab == tabs_due(a) && a->due.foretelling)
		return forecast_current(a);
	const struct record *r = app_selected(a);
	return r ? r : shown;
}

/* The only marked record, where the list has it in hand. */
static const struct record *marked_record(const struct list *l)
{
	for (size_t i = 0; l->marks.count == 1 && l->page && i < l->page->count; i++)
		if (l->page->rows[i]->rowid == l->marks.list[0].rowid)
			return l->page->rows[i];
	return NULL;
}

/* What replies are filled from: the list may have gone on when they are chosen. */
static void note_record(struct acting *x, const struct record *r)
{
	arena_reset(&x->about_arena);
	x->about = r ? record_copy(&x->about_arena, r) : NULL;
}

int acting_take_targets(struct app *a, struct err *e)
{
	struct acting *x = &a->acting;
	struct list *l = app_list(a);
	const struct record *r = acting_record(a);
	bool marked = l && l->marks.count && !a->detail.pinned;
	a->advice.accepting = false; /* that was about others */
	if (!marked && !r)
		return err_set(e, ERR_NOT_FOUND, "%s", _("no record in hand"));
	x->target_count = marked ? l->marks.count : 1;
	x->targets = xreallocarray(x->targets, x->target_count, sizeof *x->targets);
	if (!marked)
		target_set(&x->targets[0], r);
	note_record(x, marked ? marked_record(l) : r);
	for (size_t i = 0; i < x->target_count; i++)
		x->targets[i] = target_wanted(marked ? &l->marks.list[i] : &x->targets[i],
					      &a->pending);
	return 0;
}

void acting_take_record(struct app *a, const struct record *r)
{
	struct acting *x = &a->acting;
	x->target_count = 1;
	x->targets = xreallocarray(x->targets, 1, sizeof *x->targets);
	target_set(&x->targets[0], r);
	note_record(x, r);
	x->targets[0] = target_wanted(&x->targets[0], &a->pending);
}

static bool is_withheld(const struct app *a, const struct target *t, const struct action *act)
{
	for (size_t i = 0; i < a->source_count; i++)
		if (strcmp(a->sources[i].name, t->source) == 0)
			return !source_offers(&a->sources[i], t->kind, act);
	return false;
}

bool acting_is_here(const struct app *a, const struct action *act)
{
	for (size_t i = 0; i < a->acting.target_count; i++)
		if (act->flags & ACTION_HERE && is_withheld(a, &a->acting.targets[i], act))
			return true;
	return false;
}

enum action_refusal acting_allows(const struct app *a, const struct target *t,
				  const struct action *act, const struct actor *who)
{
	if (!(act->flags & ACTION_HERE) && is_withheld(a, t, act))
		return ACTION_WITHHELD;
	return target_allows(t, act, who);
}

bool acting_offered(const struct app *a, const struct action *act)
{
	struct actor who = acting_actor(&a->acting);
	if (act->flags & ACTION_NEW)
		return false;
	for (size_t i = 0; i < a->acting.target_count; i++)
		if (acting_allows(a, &a->acting.targets[i], act, &who) != ACTION_WITHHELD)
			return true;
	return false;
}

size_t acting_allowed(const struct app *a, const struct action *act, const char **why)
{
	const struct acting *x = &a->acting;
	struct actor who = acting_actor(x);
	size_t allowed = 0;
	*why = "";
	if (x->target_count > 1 && !(act->flags & ACTION_BULK)) {
		*why = _("for one record at a time");
		return 0;
	}
	for (size_t i = 0; i < x->target_count; i++) {
		enum action_refusal no = acting_allows(a, &x->targets[i], act, &who);
		allowed += no == ACTION_ALLOWED;
		if (no != ACTION_ALLOWED && !**why)
			*why = action_refusal_text(no);
	}
	return allowed;
}

/* One draft for each record and action; for several records one for the kind. */
static void draft_key(const struct acting *x, const struct action *act, char *key, size_t size)
{
	const struct target *t = &x->targets[0];
	if (x->target_count == 1)
		snprintf(key, size, "%s/%s/%s/%s", t->kind->id, t->source, t->id, act->id);
	else
		snprintf(key, size, "%s/%s", t->kind->id, act->id);
}

/* --- handing over --------------------------------------------------------- */

static json_t *command_of(const struct target *t, const struct action *act,
			  const json_t *fields, int64_t id)
{
	return json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:o, s:I, s:{s:s, s:s}}",
			 "command", "act", "id", (json_int_t)id, "source", t->source, "kind",
			 t->kind->id, "record", t->id, "code", t->code, "action", act->id,
			 "fields", fields ? json_deep_copy(fields) : json_object(), "version",
			 (json_int_t)t->version, "seen", "state", t->state, "unit", t->unit);
}

static void add_row(struct app *a, struct act_row *row, const struct act_wish *w,
		    struct effects *fx)
{
	struct acting *x = &a->acting;
	struct actor who = acting_actor(x);
	*row = (struct act_row){
		.target = w->target, .action = w->action, .outcome = ACT_LEFT_OUT};
	int64_t id = x->next_id++;
	enum action_refusal no = acting_allows(a, &w->target, w->action, &who);
	if (no != ACTION_ALLOWED) {
		utf8_copy(row->why, sizeof row->why, action_refusal_text(no));
		return;
	}
	row->outcome = ACT_ASKED;
	x->batch.asked++;
	json_t *command = command_of(&w->target, w->action, w->fields, id);
	if (x->form.action)
		json_object_set_new(command, "draft", json_string(x->form.draft_id));
	effects_add(fx, EFFECT_COMMAND, NULL)->command = command;
}

bool acting_is_busy(const struct app *a)
{
	const struct batch *b = &a->acting.batch;
	return b->answered < b->asked || undo_is_busy(b);
}

bool acting_holds_keys(const struct app *a)
{
	const struct batch *b = &a->acting.batch;
	return b->answered < b->asked && a->writer == WRITER_CONNECTED &&
	       a->look.now < b->since + HOLD_MOST;
}

int acting_send_all(struct app *a, const struct action *act, const struct act_wish *list,
		    size_t count, struct effects *fx, struct err *e)
{
	struct acting *x = &a->acting;
	struct batch *b = &x->batch;
	if (acting_is_busy(a))
		return err_set(e, ERR_BUSY, "%s: %s", _(act->title),
			       _("what was done before is still being handed over"));
	batch_free(b);
	b->action = act;
	b->count = count;
	b->rows = xcalloc(b->count, sizeof *b->rows);
	b->first_id = x->next_id;
	b->since = a->look.now;
	b->draft = form_draft(&x->form);
	draft_key(x, act, b->draft_key, sizeof b->draft_key);
	for (size_t i = 0; i < b->count; i++)
		add_row(a, &b->rows[i], &list[i], fx);
	return 0;
}

int acting_send(struct app *a, const struct action *act, json_t *fields, struct effects *fx,
		struct err *e)
{
	struct acting *x = &a->acting;
	const char *why;
	int rc = -1;
	if (!acting_allowed(a, act, &why)) {
		err_set(e, ERR_PERMISSION, "%s: %s", _(act->title), why);
	} else {
		struct act_wish *list = xcalloc(x->target_count, sizeof *list);
		for (size_t i = 0; i < x->target_count; i++)
			list[i] = (struct act_wish){x->targets[i], act, fields};
		rc = acting_send_all(a, act, list, x->target_count, fx, e);
		free(list);
	}
	if (rc == 0)
		repeat_note(a, act, fields);
	if (rc == 0 && x->form.action)
		x->form.stage = FORM_SENDING;
	json_decref(fields);
	return rc;
}

static bool must_be_told(const struct action *act)
{
	for (size_t i = 0; i < action_field_count(act); i++)
		if (act->fields[i].flags & FIELD_REQUIRED)
			return true;
	return false;
}

static bool must_be_confirmed(const struct acting *x, const struct action *act)
{
	return x->target_count > 1 || act->flags & ACTION_CONFIRM;
}

/* Names said before are offered first. */
static void open_form(struct app *a, const struct action *act)
{
	struct form *f = &a->acting.form;
	form_open(f, act);
	for (size_t i = 0; i < f->count; i++)
		if (f->fields[i].def->type == COLUMN_REF)
			f->fields[i].recent = repeat_recent(a, f->fields[i].def->ref);
	a->acting.again[0] = '\0';
}

int acting_begin(struct app *a, const struct action *act, bool at_once, struct effects *fx,
		 struct err *e)
{
	struct acting *x = &a->acting;
	const char *why;
	char key[512];
	if (!acting_allowed(a, act, &why))
		return err_set(e, ERR_PERMISSION, "%s: %s", _(act->title), why);
	bool told = !must_be_told(act);
	if (at_once && told && !must_be_confirmed(x, act)) {
		a->overlay = OVERLAY_NONE;
		return acting_send(a, act, json_object(), fx, e);
	}
	open_form(a, act);
	draft_key(x, act, key, sizeof key);
	form_restore(&x->form, kept_get(&a->drafts.kept, key), &a->look.names, a->look.now);
	if (!x->form.draft_id[0])
		drafts_new_id(&a->drafts, x->form.draft_id);
	if (at_once && told)
		x->form.stage = FORM_CONFIRMING;
	a->overlay = OVERLAY_FORM;
	return 0;
}

/* Fields as they would be typed. */
static json_t *as_typed(const json_t *fields)
{
	json_t *draft = json_object(), *v;
	const char *name;
	json_object_foreach ((json_t *)(uintptr_t)fields, name, v) {
		if (json_is_string(v))
			json_object_set(draft, name, v);
		else if (json_is_number(v))
			json_object_set_new(draft, name,
					    json_sprintf("%.8g", json_number_value(v)));
		else if (json_is_boolean(v))
			json_object_set_new(draft, name,
					    json_string(json_is_true(v) ? "yes" : "no"));
	}
	return draft;
}

int acting_again(struct app *a, const struct action *act, const json_t *fields,
		 struct effects *fx, struct err *e)
{
	struct acting *x = &a->acting;
	const char *why;
	if (!acting_allowed(a, act, &why))
		return err_set(e, ERR_PERMISSION, "%s, %s: %s", _(act->title),
			       x->targets[0].code, why);
	if (!must_be_confirmed(x, act))
		return acting_send(a, act, json_deep_copy(fields), fx, e);
	json_t *typed = as_typed(fields);
	open_form(a, act);
	form_restore(&x->form, typed, &a->look.names, a->look.now);
	json_decref(typed);
	drafts_new_id(&a->drafts, x->form.draft_id);
	x->form.stage = FORM_CONFIRMING;
	a->overlay = OVERLAY_FORM;
	return 0;
}

/* --- what became of it ---------------------------------------------------- */

static void unmark_taken(struct app *a)
{
	const struct batch *b = &a->acting.batch;
	for (size_t i = 0; i < b->count; i++) {
		const struct target *t = &b->rows[i].target;
		for (struct list *l = NULL; (l = app_next_list(a, l));)
			if (l->kind == t->kind && b->rows[i].outcome == ACT_TAKEN)
				list_unmark(l, t->rowid);
	}
}

static void close_form(struct app *a)
{
	reply_pick_close(&a->acting.pick);
	form_close(&a->acting.form);
	a->acting.again[0] = '\0';
	if (a->overlay == OVERLAY_FORM)
		a->overlay = OVERLAY_NONE;
}

/* What comes before an action is not told apart from it. */
static size_t taken_records(const struct batch *b)
{
	size_t n = 0;
	for (size_t i = 0; i < b->count; i++)
		n += b->rows[i].action == b->action && b->rows[i].outcome == ACT_TAKEN;
	return n;
}

static void say_taken(struct app *a)
{
	struct batch *b = &a->acting.batch;
	char key[32], span[FMT_TEXT], what[128];
	size_t records = taken_records(b);
	if (records <= 1)
		snprintf(what, sizeof what, "%s", b->rows[b->count - 1].target.code);
	else
		snprintf(what, sizeof what, _("%zu records"), records);
	b->undo_until = a->look.now + a->acting.undo_ms;
	if (a->acting.undo_ms <= 0) {
		app_say(a, ROLE_NOTICE, _("queued: %s, %s"), _(b->action->title), what);
		return;
	}
	app_say(a, ROLE_NOTICE, _("queued: %s, %s; %s takes it back (%s)"), _(b->action->title),
		what, app_key(a, "undo", key, sizeof key), fmt_span(a->acting.undo_ms, span));
	a->message_until = b->undo_until;
}

static const char *first_refusal(const struct batch *b)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->rows[i].outcome == ACT_REFUSED)
			return b->rows[i].why;
	return "";
}

/* Under its name something was taken back: it may be done once more, under another one, which
 * must be on disk before that.  Whatever else was refused is the same action when it is sent
 * again. */
static void rename_draft(struct app *a)
{
	struct acting *x = &a->acting;
	const struct batch *b = &x->batch;
	bool taken_back = false;
	for (size_t i = 0; i < b->count; i++)
		taken_back |= b->rows[i].taken_back;
	if (!taken_back)
		return;
	drafts_new_id(&a->drafts, x->form.draft_id);
	drafts_set(a, b->draft_key, form_draft(&x->form));
	drafts_hurry(a);
}

static void finish(struct app *a)
{
	struct acting *x = &a->acting;
	struct batch *b = &x->batch;
	bool form = x->form.action == b->action && x->form.stage == FORM_SENDING;
	unmark_taken(a);
	if (b->taken == 0 && form && a->overlay == OVERLAY_FORM) {
		x->form.stage = FORM_TYPING;
		utf8_copy(x->form.problem, sizeof x->form.problem, first_refusal(b));
		rename_draft(a);
		return;
	}
	if (b->taken == 0) {
		app_say(a, ROLE_ERROR, "%s: %s", _(b->action->title), first_refusal(b));
		return;
	}
	drafts_set(a, b->draft_key, NULL);
	if (form)
		close_form(a);
	say_taken(a);
	if (b->taken < b->count) {
		a->overlay = OVERLAY_RESULTS;
		a->text.scroll = 0;
	}
}

static void answer_row(struct app *a, struct act_row *row, const json_t *message)
{
	struct batch *b = &a->acting.batch;
	const json_t *item = json_array_get(json_object_get(message, "items"), 0);
	const char *uuid = json_string_value(json_object_get(item, "uuid"));
	const char *why = json_string_value(json_object_get(message, "message"));
	const char *code = json_string_value(json_object_get(message, "error"));
	if (row->outcome != ACT_ASKED)
		return;
	b->answered++;
	if (json_is_true(json_object_get(message, "ok"))) {
		row->outcome = ACT_TAKEN;
		utf8_copy(row->uuid, sizeof row->uuid, uuid ? uuid : "");
		b->taken++;
	} else {
		row->outcome = ACT_REFUSED;
		row->taken_back = code && err_code_parse(code) == ERR_CONFLICT;
		utf8_copy(row->why, sizeof row->why, why ? why : "");
	}
	if (b->answered == b->asked)
		finish(a);
}

static void forget_rows(struct app *a)
{
	for (struct list *l = NULL; (l = app_next_list(a, l));)
		row_cache_forget(l->cache);
	a->detail.doc_columns = 0;
}

static bool is_ours(const struct batch *b, const char *uuid)
{
	for (size_t i = 0; i < b->count; i++)
		if (*uuid && strcmp(b->rows[i].uuid, uuid) == 0)
			return true;
	return false;
}

/* What we made has a code now, by which people speak of it. */
static void say_made(struct app *a, const json_t *items)
{
	const json_t *item;
	size_t i;
	json_array_foreach (items, i, item) {
		const char *uuid = json_string_value(json_object_get(item, "uuid"));
		const char *state = json_string_value(json_object_get(item, "state"));
		const char *code = json_string_value(
			json_object_get(json_object_get(item, "answer"), "code"));
		const struct pending_item *was = pending_find(&a->pending, uuid ? uuid : "");
		bool made = uuid && was && was->action && was->action->flags & ACTION_NEW &&
			    was->state != PENDING_DONE && state && strcmp(state, "done") == 0 &&
			    is_ours(&a->acting.batch, uuid);
		if (made && code && *code)
			app_say(a, ROLE_NOTICE, _("%s: done, it is %s"), _(was->action->title),
				code);
		else if (made)
			app_say(a, ROLE_NOTICE, _("%s: done"), _(was->action->title));
	}
}

static void take_items(struct app *a, const json_t *message, bool all)
{
	const json_t *items = json_object_get(message, "items");
	if (!json_is_array(items))
		return;
	say_made(a, items);
	pending_take(&a->pending, items, all);
	forget_rows(a);
}

/* What was to be said otherwise: the form stays where the writer does not take it. */
static void answer_edit(struct app *a, bool ok, const char *why)
{
	struct acting *x = &a->acting;
	char key[512];
	if (!ok) {
		x->form.stage = FORM_TYPING;
		utf8_copy(x->form.problem, sizeof x->form.problem, why);
		return;
	}
	draft_key(x, x->form.action, key, sizeof key);
	drafts_set(a, key, NULL);
	app_say(a, ROLE_NOTICE, _("queued: %s, %s"), _(x->form.action->title),
		x->targets[0].code);
	close_form(a);
}

static void take_answer(struct app *a, const json_t *message)
{
	const struct batch *b = &a->acting.batch;
	int64_t id = json_integer_value(json_object_get(message, "id"));
	const char *why = json_string_value(json_object_get(message, "message"));
	bool ok = json_is_true(json_object_get(message, "ok"));
	take_items(a, message, false);
	if (id >= b->first_id && id < b->first_id + (int64_t)b->count)
		answer_row(a, &a->acting.batch.rows[id - b->first_id], message);
	else if (undo_answer(a, id, message))
		return;
	else if (a->acting.again[0] && id == a->acting.again_id)
		answer_edit(a, ok, why ? why : "");
	else if (!ok)
		app_say(a, ROLE_ERROR, "%s", why ? why : _("refused"));
}

static void take_operator(struct app *a, const json_t *message)
{
	struct acting *x = &a->acting;
	const json_t *who = json_object_get(message, "operator"), *role;
	const char *unit = json_string_value(json_object_get(who, "unit"));
	const char *name = json_string_value(json_object_get(who, "name"));
	size_t i;
	if (!json_is_object(who))
		return;
	x->known = true;
	x->staff = 0;
	json_array_foreach (json_object_get(who, "roles"), i, role)
		x->staff |= staff_find(json_is_string(role) ? json_string_value(role) : "");
	utf8_copy(x->unit, sizeof x->unit, unit ? unit : "");
	utf8_copy(x->name, sizeof x->name, name ? name : "");
	x->undo_ms = json_integer_value(json_object_get(who, "undo_ms"));
}

/* What came from the editor is kept at once: it was more than a key. */
static void take_edited(struct app *a, const struct event *e, struct effects *fx)
{
	struct acting *x = &a->acting;
	struct form_field *f = a->overlay == OVERLAY_FORM
				       ? form_lines(&x->form, &a->look.names, a->look.now)
				       : NULL;
	if (e->edited.problem)
		app_say(a, ROLE_ERROR, "%s", e->edited.problem);
	if (!f || !e->edited.text || strcmp(e->edited.text, f->edit.text.s) == 0)
		return;
	edit_replace(&f->edit, e->edited.text, strlen(e->edited.text));
	f->problem[0] = '\0';
	acting_keep_form(a);
	drafts_hurry(a);
	drafts_settle(a, fx);
}

void acting_event(struct app *a, const struct event *e, struct effects *fx)
{
	if (e->type == EVENT_REPLIES)
		reply_pick_open(a, e->replies.list, e->replies.problem);
	else if (e->type == EVENT_EDITED)
		take_edited(a, e, fx);
	else if (e->type == EVENT_OPERATOR)
		take_operator(a, e->message);
	else if (e->type == EVENT_ACTED)
		take_answer(a, e->message);
	else
		take_items(a, e->message, e->type == EVENT_OUTBOX_ALL);
}

/* --- the outbox ----------------------------------------------------------------- */

void acting_ask(struct app *a, json_t *command, struct effects *fx)
{
	json_object_set_new(command, "id", json_integer(a->acting.next_id++));
	effects_add(fx, EFFECT_COMMAND, NULL)->command = command;
}

void acting_edit(struct app *a, const struct pending_item *i)
{
	struct acting *x = &a->acting;
	const json_t *now = json_object_get(i->answer, "version");
	x->targets = xreallocarray(x->targets, 1, sizeof *x->targets);
	x->target_count = 1;
	x->targets[0] = (struct target){.kind = i->kind};
	note_record(x, NULL);
	utf8_copy(x->targets[0].source, sizeof x->targets[0].source, i->source);
	utf8_copy(x->targets[0].id, sizeof x->targets[0].id, i->record);
	utf8_copy(x->targets[0].code, sizeof x->targets[0].code, i->code);
	open_form(a, i->action);
	json_t *draft = as_typed(i->fields);
	form_restore(&x->form, draft, &a->look.names, a->look.now);
	json_decref(draft);
	utf8_copy(x->again, sizeof x->again, i->uuid);
	x->again_version = now ? json_integer_value(now) : i->version;
	a->overlay = OVERLAY_FORM;
	a->text.scroll = 0;
}

/* --- keys ----------------------------------------------------------------- */

static void submit(struct app *a, struct effects *fx)
{
	struct acting *x = &a->acting;
	struct err e = ERR_INIT;
	char gap[64];
	json_t *fields = form_values(&x->form, &a->look.names, a->look.now);
	if (!fields) {
		x->form.stage = FORM_TYPING;
		return;
	}
	bool gaps = *form_gap(&x->form, gap, sizeof gap);
	bool asks = gaps || (!x->again[0] && must_be_confirmed(x, x->form.action));
	if (x->form.stage == FORM_TYPING && asks) {
		x->form.stage = FORM_CONFIRMING;
		x->form.gaps = gaps;
		json_decref(fields);
		return;
	}
	x->form.problem[0] = '\0';
	if (x->again[0]) {
		x->form.stage = FORM_SENDING;
		x->again_id = x->next_id;
		acting_ask(a,
			   json_pack("{s:s, s:s, s:o, s:I}", "command", "again", "uuid",
				     x->again, "fields", fields, "version",
				     (json_int_t)x->again_version),
			   fx);
		return;
	}
	if (acting_send(a, x->form.action, fields, fx, &e) < 0) {
		x->form.stage = FORM_TYPING;
		utf8_copy(x->form.problem, sizeof x->form.problem, e.text);
	}
}

void acting_keep_form(struct app *a)
{
	char key[512];
	draft_key(&a->acting, a->acting.form.action, key, sizeof key);
	drafts_set(a, key, form_draft(&a->acting.form));
}

/* The draft goes first: whatever becomes of the editor, it is on disk. */
static bool editor_wanted(struct app *a, uint32_t key, struct effects *fx)
{
	struct acting *x = &a->acting;
	if (key != EDITOR_KEY && key != CTRL('O'))
		return false;
	struct form_field *f = form_lines(&x->form, &a->look.names, a->look.now);
	if (!f) {
		app_say(a, ROLE_NOTICE, "%s", _("there is no text of several lines here"));
		return true;
	}
	drafts_hurry(a);
	drafts_settle(a, fx);
	effects_add(fx, EFFECT_EDITOR, f->edit.text.s);
	return true;
}

static bool form_took(struct app *a, uint32_t key, struct effects *fx)
{
	struct acting *x = &a->acting;
	if (reply_pick_key(a, key, fx) || editor_wanted(a, key, fx))
		return true;
	enum form_result r = form_key(&x->form, &a->look.names, a->look.now, key);
	if (r == FORM_CHANGED)
		acting_keep_form(a);
	else if (r == FORM_SEND)
		submit(a, fx);
	else if (r == FORM_LEAVE) {
		json_t *draft = x->form.stage == FORM_TYPING ? form_draft(&x->form) : NULL;
		close_form(a);
		if (draft)
			app_say(a, ROLE_NOTICE, "%s",
				_("what you typed is kept until you open this again"));
		json_decref(draft);
	}
	return r != FORM_IGNORED;
}

static void choose(struct app *a, const struct action *act, bool at_once, struct effects *fx)
{
	struct err e = ERR_INIT;
	if (acting_begin(a, act, at_once, fx, &e) < 0)
		app_say(a, ROLE_ERROR, "%s", e.text);
}

static void pick(struct app *a, size_t count, int by)
{
	a->acting.picked = (a->acting.picked + count + (size_t)(by + (int)count)) % count;
}

/* A letter does it, with its capital the form is shown first. */
static bool menu_took(struct app *a, uint32_t key, struct effects *fx)
{
	char letters[ACTIONS_MOST];
	const struct kind *k = a->acting.targets[0].kind;
	const struct action *list = actions_of(k);
	bool capital = key >= 'A' && key <= 'Z';
	acting_letters(k, letters);
	size_t order[ACTIONS_MOST], possible, count = acting_menu(a, order, &possible);
	key = key_without_input_method(key);
	const char *at = key && key < 128
				 ? strchr(letters, capital ? (int)(key + 32) : (int)key)
				 : NULL;
	if (at && *at)
		choose(a, &list[at - letters], !capital, fx);
	else if (key == UI_KEY_DOWN || key == 'j' || key == UI_KEY_TAB)
		pick(a, count, 1);
	else if (key == UI_KEY_UP || key == 'k' || key == UI_KEY_BACKTAB)
		pick(a, count, -1);
	else if (key == UI_KEY_ENTER)
		choose(a, &list[order[a->acting.picked]], true, fx);
	else
		return false;
	return true;
}

bool acting_key(struct app *a, uint32_t key, struct effects *fx)
{
	if (a->overlay == OVERLAY_FORM)
		return form_took(a, key, fx);
	if (a->overlay == OVERLAY_NEW)
		return new_key(a, key, fx);
	return a->overlay == OVERLAY_ACTIONS && menu_took(a, key, fx);
}

bool acting_paste(struct app *a, const char *text)
{
	if (a->overlay != OVERLAY_FORM)
		return false;
	if (reply_pick_paste(a, text))
		return true;
	form_paste(&a->acting.form, &a->look.names, a->look.now, text);
	acting_keep_form(a);
	return true;
}

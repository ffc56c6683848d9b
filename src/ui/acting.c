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
#include "ui/new.h"
#include "ui/state.h"
#include "ui/tabs.h"

#define FIRST_ID 1000 /* smaller ones are the link's own */

void acting_init(struct acting *x)
{
	*x = (struct acting){.next_id = FIRST_ID, .undo_ms = 5 * SECOND};
	x->batch.undo_until = CLOCK_NONE;
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

/* They stand for what they will be when all that waits for them is confirmed.  From `r` replies
 * are filled: the list may have gone on when they are chosen. */
static void take(struct app *a, const struct target *list, size_t count, const struct record *r)
{
	struct acting *x = &a->acting;
	x->target_count = count;
	x->targets = xreallocarray(x->targets, count, sizeof *x->targets);
	for (size_t i = 0; i < count; i++)
		x->targets[i] = target_wanted(&list[i], &a->pending);
	arena_reset(&x->about_arena);
	x->about = r ? record_copy(&x->about_arena, r) : NULL;
}

int acting_take_targets(struct app *a, struct err *e)
{
	struct list *l = app_list(a);
	const struct record *r = acting_record(a);
	bool marked = l && l->marks.count && !a->detail.pinned;
	a->advice.accepting = false; /* that was about others */
	if (!marked && !r)
		return err_set(e, ERR_NOT_FOUND, "%s", _("no record in hand"));
	if (marked)
		take(a, l->marks.list, l->marks.count, marked_record(l));
	else
		acting_take_record(a, r);
	return 0;
}

void acting_take_record(struct app *a, const struct record *r)
{
	struct target t;
	target_set(&t, r);
	take(a, &t, 1, r);
}

void acting_take_list(struct app *a, const struct target *list, size_t count)
{
	take(a, list, count, NULL);
}

void acting_take_item(struct app *a, const struct pending_item *i)
{
	struct acting *x = &a->acting;
	struct target t = {.kind = i->kind};
	utf8_copy(t.source, sizeof t.source, i->source);
	utf8_copy(t.id, sizeof t.id, i->record);
	utf8_copy(t.code, sizeof t.code, i->code);
	take(a, &t, 1, NULL);
	x->targets[0] = t; /* what waits for it is this */
}

void acting_add_codes(const struct acting *x, size_t most, struct strbuf *out)
{
	for (size_t i = 0; i < x->target_count && i < most; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", x->targets[i].code);
	if (x->target_count > most)
		strbuf_addf(out, _(" and %zu more"), x->target_count - most);
}

/* One draft for each record and action; for several records one for the kind. */
void acting_draft_key(const struct acting *x, const struct action *act, char *key, size_t size)
{
	const struct target *t = &x->targets[0];
	if (x->target_count == 1)
		snprintf(key, size, "%s/%s/%s/%s", t->kind->id, t->source, t->id, act->id);
	else
		snprintf(key, size, "%s/%s", t->kind->id, act->id);
}

/* --- whether it may be done ------------------------------------------------- */

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

/* --- what the writer says ----------------------------------------------------- */

void acting_ask(struct app *a, json_t *command, struct effects *fx)
{
	json_object_set_new(command, "id", json_integer(a->acting.next_id++));
	effects_add(fx, EFFECT_COMMAND, NULL)->command = command;
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
			    batch_has(&a->acting.batch, uuid);
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
	app_forget_rows(a);
}

static void take_answer(struct app *a, const json_t *message)
{
	int64_t id = json_integer_value(json_object_get(message, "id"));
	const char *why = json_string_value(json_object_get(message, "message"));
	bool ok = json_is_true(json_object_get(message, "ok"));
	take_items(a, message, false);
	if (batch_answer(a, id, message) || undo_answer(a, id, message) ||
	    acting_edit_answer(a, id, message))
		return;
	if (ok)
		return;
	tell_refusal(&a->telling, message);
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

void acting_event(struct app *a, const struct event *e, struct effects *fx)
{
	if (e->type == EVENT_REPLIES)
		reply_pick_open(a, e->replies.list, e->replies.problem);
	else if (e->type == EVENT_EDITED)
		acting_edited(a, e, fx);
	else if (e->type == EVENT_OPERATOR)
		take_operator(a, e->message);
	else if (e->type == EVENT_ACTED)
		take_answer(a, e->message);
	else
		take_items(a, e->message, e->type == EVENT_OUTBOX_ALL);
}

/* --- keys ----------------------------------------------------------------- */

bool acting_key(struct app *a, uint32_t key, struct effects *fx)
{
	if (a->overlay == OVERLAY_FORM)
		return acting_form_key(a, key, fx);
	if (a->overlay == OVERLAY_NEW)
		return new_key(a, key, fx);
	return a->overlay == OVERLAY_ACTIONS && actions_key(a, key, fx);
}

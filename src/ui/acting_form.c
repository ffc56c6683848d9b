/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of what is being done: opened where something must be said or confirmed, and for
 * what was refused, to be said otherwise. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/acting.h"
#include "ui/key.h"
#include "ui/state.h"

/* --- opening --------------------------------------------------------------- */

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
		return batch_send(a, act, json_object(), fx, e);
	}
	open_form(a, act);
	acting_draft_key(x, act, key, sizeof key);
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
		return batch_send(a, act, json_deep_copy(fields), fx, e);
	json_t *typed = as_typed(fields);
	open_form(a, act);
	form_restore(&x->form, typed, &a->look.names, a->look.now);
	json_decref(typed);
	drafts_new_id(&a->drafts, x->form.draft_id);
	x->form.stage = FORM_CONFIRMING;
	a->overlay = OVERLAY_FORM;
	return 0;
}

void acting_edit(struct app *a, const struct pending_item *i)
{
	struct acting *x = &a->acting;
	const json_t *now = json_object_get(i->answer, "version");
	acting_take_item(a, i);
	open_form(a, i->action);
	json_t *draft = as_typed(i->fields);
	form_restore(&x->form, draft, &a->look.names, a->look.now);
	json_decref(draft);
	utf8_copy(x->again, sizeof x->again, i->uuid);
	x->again_version = now ? json_integer_value(now) : i->version;
	a->overlay = OVERLAY_FORM;
	a->text.scroll = 0;
}

/* --- leaving --------------------------------------------------------------- */

void acting_close_form(struct app *a)
{
	reply_pick_close(&a->acting.pick);
	form_close(&a->acting.form);
	a->acting.again[0] = '\0';
	if (a->overlay == OVERLAY_FORM)
		a->overlay = OVERLAY_NONE;
}

/* What was to be said otherwise: the form stays where the writer does not take it. */
bool acting_edit_answer(struct app *a, int64_t id, const json_t *message)
{
	struct acting *x = &a->acting;
	const char *why = json_string_value(json_object_get(message, "message"));
	char key[512];
	if (!x->again[0] || id != x->again_id)
		return false;
	if (!json_is_true(json_object_get(message, "ok"))) {
		x->form.stage = FORM_TYPING;
		utf8_copy(x->form.problem, sizeof x->form.problem, why ? why : "");
		return true;
	}
	acting_draft_key(x, x->form.action, key, sizeof key);
	drafts_set(a, key, NULL);
	app_say(a, ROLE_NOTICE, _("queued: %s, %s"), _(x->form.action->title),
		x->targets[0].code);
	acting_close_form(a);
	return true;
}

/* --- typing ---------------------------------------------------------------- */

void acting_keep_form(struct app *a)
{
	char key[512];
	acting_draft_key(&a->acting, a->acting.form.action, key, sizeof key);
	drafts_set(a, key, form_draft(&a->acting.form));
}

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
	if (batch_send(a, x->form.action, fields, fx, &e) < 0) {
		x->form.stage = FORM_TYPING;
		utf8_copy(x->form.problem, sizeof x->form.problem, e.text);
	}
}

/* The draft goes first: whatever becomes of the editor, it is on disk. */
static bool editor_wanted(struct app *a, uint32_t key, struct effects *fx)
{
	struct acting *x = &a->acting;
	if (key != EDITOR_KEY && key != UI_KEY_CTRL('O'))
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

bool acting_form_key(struct app *a, uint32_t key, struct effects *fx)
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
		acting_close_form(a);
		if (draft)
			app_say(a, ROLE_NOTICE, "%s",
				_("what you typed is kept until you open this again"));
		json_decref(draft);
	}
	return r != FORM_IGNORED;
}

/* What came from the editor is kept at once: it was more than a key. */
void acting_edited(struct app *a, const struct event *e, struct effects *fx)
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

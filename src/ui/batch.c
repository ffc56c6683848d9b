/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "text/fmt.h"
#include "ui/state.h"

#define HOLD_MOST SECOND

void batch_free(struct batch *b)
{
	free(b->rows);
	json_decref(b->draft);
	*b = (struct batch){.undo_until = CLOCK_NONE};
}

bool batch_is_busy(const struct app *a)
{
	const struct batch *b = &a->acting.batch;
	return b->answered < b->asked || undo_is_busy(b);
}

bool batch_holds_keys(const struct app *a)
{
	const struct batch *b = &a->acting.batch;
	return b->answered < b->asked && a->writer == WRITER_CONNECTED &&
	       a->look.now < b->since + HOLD_MOST;
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

int batch_send_all(struct app *a, const struct action *act, const struct act_wish *list,
		   size_t count, struct effects *fx, struct err *e)
{
	struct acting *x = &a->acting;
	struct batch *b = &x->batch;
	if (batch_is_busy(a))
		return err_set(e, ERR_BUSY, "%s: %s", _(act->title),
			       _("what was done before is still being handed over"));
	batch_free(b);
	b->action = act;
	b->count = count;
	b->rows = xcalloc(b->count, sizeof *b->rows);
	b->first_id = x->next_id;
	b->since = a->look.now;
	b->draft = form_draft(&x->form);
	acting_draft_key(x, act, b->draft_key, sizeof b->draft_key);
	for (size_t i = 0; i < b->count; i++)
		add_row(a, &b->rows[i], &list[i], fx);
	return 0;
}

int batch_send(struct app *a, const struct action *act, json_t *fields, struct effects *fx,
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
		rc = batch_send_all(a, act, list, x->target_count, fx, e);
		free(list);
	}
	if (rc == 0)
		repeat_note(a, act, fields);
	if (rc == 0 && x->form.action)
		x->form.stage = FORM_SENDING;
	json_decref(fields);
	return rc;
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
		acting_close_form(a);
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
		tell_refusal(&a->telling, message);
		row->outcome = ACT_REFUSED;
		row->taken_back = code && err_code_parse(code) == ERR_CONFLICT;
		utf8_copy(row->why, sizeof row->why, why ? why : "");
	}
	if (b->answered == b->asked)
		finish(a);
}

bool batch_answer(struct app *a, int64_t id, const json_t *message)
{
	struct batch *b = &a->acting.batch;
	if (id < b->first_id || id >= b->first_id + (int64_t)b->count)
		return false;
	answer_row(a, &b->rows[id - b->first_id], message);
	return true;
}

bool batch_has(const struct batch *b, const char *uuid)
{
	for (size_t i = 0; i < b->count; i++)
		if (*uuid && strcmp(b->rows[i].uuid, uuid) == 0)
			return true;
	return false;
}

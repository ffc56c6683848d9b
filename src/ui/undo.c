/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back what was done last.  The writer decides whether it still waits; until it has
 * answered, nothing is said to be taken back. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/state.h"

int undo_last(struct app *a, struct effects *fx, struct err *e)
{
	struct acting *x = &a->acting;
	struct batch *b = &x->batch;
	if (b->undo_until == CLOCK_NONE || !b->taken)
		return err_set(e, ERR_NOT_FOUND, "%s", _("nothing was done that waits"));
	if (b->undo_until <= a->look.now)
		return err_set(e, ERR_CONFLICT, "%s",
			       _("too late to take it back: it is on its way"));
	b->undo.first_id = x->next_id;
	for (size_t i = 0; i < b->count; i++)
		if (b->rows[i].outcome == ACT_TAKEN)
			acting_ask(a,
				   json_pack("{s:s, s:s}", "command", "drop", "uuid",
					     b->rows[i].uuid),
				   fx);
	b->undo.asked = (size_t)(x->next_id - b->undo.first_id);
	b->undo_until = CLOCK_NONE;
	app_say(a, ROLE_NOTICE, _("taking it back: %s"), _(b->action->title));
	return 0;
}

bool undo_is_busy(const struct batch *b)
{
	return b->undo.answered < b->undo.asked;
}

static void say_undone(struct app *a)
{
	const struct batch *b = &a->acting.batch;
	const char *why = b->undo.why;
	if (b->undo.back == b->undo.asked)
		app_say(a, ROLE_NOTICE, _("taken back: %s"), _(b->action->title));
	else if (b->undo.asked == 1)
		app_say(a, ROLE_ERROR, _("not taken back: %s"), why);
	else
		app_say(a, ROLE_ERROR, _("%zu of %zu taken back: %s"), b->undo.back,
			b->undo.asked, why);
}

/* What was typed lies in the form again.  Done after all it is another action than the one that
 * was taken back; where nobody knows whether it was, it may be the same. */
static void restore_draft(struct app *a, bool same)
{
	struct batch *b = &a->acting.batch;
	char draft_id[DRAFT_ID_SIZE];
	if (!b->draft)
		return;
	if (!same) {
		drafts_new_id(&a->drafts, draft_id);
		json_object_set_new(b->draft, FORM_DRAFT_ID, json_string(draft_id));
	}
	drafts_set(a, b->draft_key, b->draft);
	b->draft = NULL;
}

bool undo_answer(struct app *a, int64_t id, const json_t *message)
{
	struct batch *b = &a->acting.batch;
	const char *why = json_string_value(json_object_get(message, "message"));
	const char *code = json_string_value(json_object_get(message, "error"));
	bool ok = json_is_true(json_object_get(message, "ok"));
	if (id < b->undo.first_id || id >= b->undo.first_id + (int64_t)b->undo.asked)
		return false;
	b->undo.answered++;
	b->undo.back += ok;
	if (!ok)
		utf8_copy(b->undo.why, sizeof b->undo.why, why ? why : "");
	if (!undo_is_busy(b))
		say_undone(a);
	if (ok || (code && err_code_parse(code) == ERR_NET))
		restore_draft(a, !ok);
	return true;
}

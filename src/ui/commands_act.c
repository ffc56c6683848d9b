/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commands.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/action_text.h"
#include "ui/new.h"
#include "ui/state.h"

/* --- actions -------------------------------------------------------------- */

/* The first of "receive|acknowledge" that the kind has. */
static const struct action *first_known(const struct kind *k, const char *names)
{
	char name[64];
	for (const char *p = names; *p; p += *p == '|') {
		size_t n = strcspn(p, "|");
		if (n < sizeof name) {
			memcpy(name, p, n);
			name[n] = '\0';
			const struct action *act = action_find(k, name);
			if (act)
				return act;
		}
		p += n;
	}
	return NULL;
}

RUN(act)
{
	UNUSED;
	if (acting_take_targets(a, e) < 0)
		return -1;
	const struct kind *k = a->acting.targets[0].kind;
	if (!actions_of(k))
		return err_set(e, ERR_UNSUPPORTED, "%s", _("nothing can be done to these"));
	size_t order[ACTIONS_MOST], possible;
	if (!acting_menu(a, order, &possible))
		return err_set(e, ERR_UNSUPPORTED, "%s",
			       _("the source of these takes no actions"));
	if (!w->count) {
		a->overlay = OVERLAY_ACTIONS;
		a->acting.picked = 0;
		a->text.scroll = 0;
		return 0;
	}
	const struct action *act = first_known(k, w->list[0]);
	if (!act)
		return err_set(e, ERR_USAGE, _("this queue has no action %.60s"), w->list[0]);
	a->text.scroll = 0;
	return acting_begin(a, act, true, fx, e);
}

RUN(do)
{
	UNUSED;
	struct arena arena = ARENA_INIT;
	struct action_text t = {0};
	bool makes = false;
	int rc = action_text_parse(&arena, w->list[0], &t, e);
	if (rc == 0)
		rc = new_take(a, &t, &makes, e);
	if (rc == 0 && makes)
		rc = errand_do(a, &t, fx, e);
	else if (rc == 0 && t.code_count)
		rc = errand_start(a, &arena, &t, e);
	else if (rc == 0 && (rc = acting_take_targets(a, e)) == 0)
		rc = errand_do(a, &t, fx, e);
	arena_free(&arena);
	return rc;
}

RUN(repeat)
{
	UNUSED;
	return repeat_last(a, fx, e);
}

RUN(accept)
{
	UNUSED;
	return advice_accept(a, fx, e);
}

RUN(accept_confirm)
{
	UNUSED;
	if (a->overlay != OVERLAY_ACCEPT)
		return err_set(e, ERR_USAGE, "%s", _("there is nothing to confirm"));
	advice_confirm(a, fx);
	return 0;
}

RUN(undo)
{
	UNUSED;
	return undo_last(a, fx, e);
}

/* --- the outbox ----------------------------------------------------------- */

RUN(outbox)
{
	UNUSED;
	a->overlay = OVERLAY_OUTBOX;
	a->acting.outbox_at = 0;
	a->text.scroll = 0;
	return 0;
}

RUN(outbox_item)
{
	UNUSED;
	const struct pending_item *i;
	size_t n = 0;
	while ((i = outbox_nth(a, n)) && strcmp(i->uuid, w->list[0]) != 0)
		n++;
	if (!i)
		return err_set(e, ERR_NOT_FOUND, _("the outbox has no %.60s"), w->list[0]);
	a->overlay = OVERLAY_OUTBOX;
	a->acting.outbox_at = n;
	return 0;
}

static const struct pending_item *item_in_hand(const struct app *a, struct err *e)
{
	const struct pending_item *i = a->overlay == OVERLAY_OUTBOX ? outbox_current(a) : NULL;
	if (i && i->state != PENDING_DONE && i->state != PENDING_SENDING)
		return i;
	err_set(e, ERR_CONFLICT, "%s",
		!i                         ? _("this works in the outbox only")
		: i->state == PENDING_DONE ? _("this is done already")
					   : _("this is on its way just now"));
	return NULL;
}

static int again(struct app *a, const struct pending_item *i, int64_t version,
		 struct effects *fx)
{
	acting_ask(a,
		   json_pack("{s:s, s:s, s:I}", "command", "again", "uuid", i->uuid, "version",
			     (json_int_t)version),
		   fx);
	return 0;
}

RUN(outbox_retry)
{
	UNUSED;
	const struct pending_item *i = item_in_hand(a, e);
	if (!i)
		return -1;
	if (i->state == PENDING_CONFLICT)
		return err_set(
			e, ERR_CONFLICT, "%s",
			_("the record has changed: do it on the new version, or drop it"));
	return again(a, i, i->version, fx);
}

RUN(outbox_reapply)
{
	UNUSED;
	const struct pending_item *i = item_in_hand(a, e);
	if (!i)
		return -1;
	if (i->state != PENDING_CONFLICT || !i->answer)
		return err_set(e, ERR_CONFLICT, "%s", _("this is no conflict"));
	return again(a, i, json_integer_value(json_object_get(i->answer, "version")), fx);
}

RUN(outbox_edit)
{
	UNUSED;
	const struct pending_item *i = item_in_hand(a, e);
	if (!i)
		return -1;
	if ((i->state != PENDING_CONFLICT && i->state != PENDING_REJECTED) || !i->action)
		return err_set(e, ERR_CONFLICT, "%s",
			       _("only what was refused can be changed; take the rest back"));
	acting_edit(a, i);
	return 0;
}

RUN(outbox_drop)
{
	UNUSED;
	const struct pending_item *i = item_in_hand(a, e);
	if (!i)
		return -1;
	acting_ask(a, json_pack("{s:s, s:s}", "command", "drop", "uuid", i->uuid), fx);
	return 0;
}

/* clang-format off */
const struct command act_commands[] = {
	{"act", "[ACTION[|ACTION…]]", TAKES_ACTION, 0, 1, N_("Do something to the record or the marked ones; without a name: choose what"), N_("do"), run_act},
	{"do", "ACTION [CODE…] [--FIELD TEXT]…", TAKES_ACTION, 1, 1, N_("Do it at once, said in one line: do assign --unit CATP --note 'x'"), NULL, run_do},
	{"repeat", "", TAKES_NOTHING, 0, 0, N_("Do the same to the next record as to the last one"), N_("again"), run_repeat},
	{"accept", "", TAKES_NOTHING, 0, 0, N_("Give the record, or each marked one, to the unit that a rule suggests"), N_("accept"), run_accept},
	{"accept-confirm", "", TAKES_NOTHING, 0, 0, N_("Yes, to the units that are suggested"), N_("give them"), run_accept_confirm},
	{"undo", "", TAKES_NOTHING, 0, 0, N_("Take back what was done last, while it waits"), N_("take back"), run_undo},
	{"outbox", "", TAKES_NOTHING, 0, 0, N_("What was done and how far it has come"), N_("outbox"), run_outbox},
	{"outbox-item", "UUID", TAKES_WORD, 1, 1, N_("Take an item of the outbox in hand"), NULL, run_outbox_item},
	{"outbox-retry", "", TAKES_NOTHING, 0, 0, N_("Send it now"), N_("send now"), run_outbox_retry},
	{"outbox-reapply", "", TAKES_NOTHING, 0, 0, N_("Do it on the record as it is now"), N_("do it all the same"), run_outbox_reapply},
	{"outbox-edit", "", TAKES_NOTHING, 0, 0, N_("Change what is said, and send it again"), N_("change"), run_outbox_edit},
	{"outbox-drop", "", TAKES_NOTHING, 0, 0, N_("Give it up"), N_("give up"), run_outbox_drop},
	COMMANDS_END,
};
/* clang-format on */

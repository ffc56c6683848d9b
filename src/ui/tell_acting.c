/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of actions and the outbox in lines. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "text/fmt.h"
#include "ui/state.h"

#define UNBROKEN 4000 /* columns: lines are broken when they are told */

/* --- the menu --------------------------------------------------------------- */

static void tell_targets(struct app *a, struct strbuf *out, int columns)
{
	struct strbuf s = STRBUF_INIT;
	strbuf_addf(&s, "%s ", _("What is to be done?"));
	acting_add_codes(&a->acting, 8, &s);
	tell_wrap(out, 2, columns, s.s);
	strbuf_free(&s);
}

static void tell_action(struct app *a, struct strbuf *out, int columns,
			const struct action *act)
{
	struct strbuf s = STRBUF_INIT;
	char command[96], note[256];
	snprintf(command, sizeof command, "act %s", act->id);
	actions_note(a, act, note, sizeof note);
	strbuf_addf(&s, "%zu. %s (%s)%s%s", tell_command_pick(a, command), _(act->title),
		    act->id, note[0] ? ": " : "", note);
	tell_wrap(out, 3, columns, s.s);
	strbuf_free(&s);
}

/* Those that can't be done now, together by the reason. */
static void tell_others(struct app *a, struct strbuf *out, int columns,
			const struct action *list, const size_t *order, size_t n)
{
	bool told[ACTIONS_MOST] = {false};
	char why[256], note[256];
	for (size_t first = 0; first < n; first++) {
		struct strbuf s = STRBUF_INIT;
		if (told[first])
			continue;
		actions_note(a, &list[order[first]], why, sizeof why);
		strbuf_addf(&s, "%s %s: ", _("Not now:"), why);
		for (size_t i = first; i < n; i++) {
			actions_note(a, &list[order[i]], note, sizeof note);
			if (strcmp(note, why) != 0)
				continue;
			strbuf_addf(&s, "%s%s", i > first ? "; " : "", _(list[order[i]].title));
			told[i] = true;
		}
		tell_wrap(out, 2, columns, s.s);
		strbuf_free(&s);
	}
}

void tell_actions(struct app *a, struct strbuf *out, int columns)
{
	size_t order[ACTIONS_MOST], possible, n = acting_menu(a, order, &possible);
	const struct action *list = actions_of(a->acting.targets[0].kind);
	tell_targets(a, out, columns);
	for (size_t i = 0; i < possible; i++)
		tell_action(a, out, columns, &list[order[i]]);
	tell_others(a, out, columns, list, order + possible, n - possible);
}

/* --- the outbox ------------------------------------------------------------- */

static void tell_item(struct app *a, struct strbuf *out, int columns,
		      const struct pending_item *i, bool current)
{
	struct strbuf s = STRBUF_INIT;
	char command[96], when[FMT_TEXT];
	snprintf(command, sizeof command, "outbox-item %s", i->uuid);
	strbuf_addf(&s, "%zu. %s, %s, %s", tell_command_pick(a, command), i->code,
		    i->action ? _(i->action->title) : "?", outbox_state_title(i->state));
	strbuf_addf(&s, ", %s, %s", fmt_when(i->at, a->look.now, when), i->who);
	if (current)
		strbuf_addf(&s, " (%s)", _("in hand"));
	tell_wrap(out, 3, columns, s.s);
	strbuf_free(&s);
	doc_reset(&a->text);
	outbox_lay_out(a, i, current, UNBROKEN);
	tell_doc(out, &a->text, true, columns);
}

void tell_outbox(struct app *a, struct strbuf *out, int columns)
{
	const struct pending_item *current = outbox_current(a), *i;
	strbuf_addf(out, "%s\n", _("Outbox"));
	for (size_t n = 0; (i = outbox_nth(a, n)); n++)
		tell_item(a, out, columns, i, i == current);
	if (!current)
		tell_wrap(out, 2, columns,
			  _("Nothing waits, and nothing was done in the last day."));
}

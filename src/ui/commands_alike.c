/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commands.h"

#include "base/i18n.h"
#include "ui/state.h"

RUN(duplicates)
{
	UNUSED;
	const struct record *r = acting_record(a);
	if (!r)
		return err_set(e, ERR_NOT_FOUND, "%s", _("no record in hand"));
	if (!duplicates_fit(r->kind))
		return err_set(e, ERR_UNSUPPORTED, "%s",
			       _("records of this kind are never merged"));
	alike_want(&a->alike, r->kind, r->rowid);
	a->overlay = OVERLAY_DUPLICATES;
	a->text.scroll = 0;
	return 0;
}

/* The line in hand on the screen of duplicates; -1 with *e elsewhere. */
static int in_hand(struct app *a, struct alike_row *row, struct err *e)
{
	if (a->overlay != OVERLAY_DUPLICATES)
		return err_set(e, ERR_USAGE, "%s",
			       _("this works on the screen of duplicates only"));
	if (!alike_current(&a->alike, row))
		return err_set(e, ERR_NOT_FOUND, "%s", _("there is nothing to do it to"));
	return 0;
}

RUN(duplicates_merge)
{
	UNUSED;
	struct alike_row row = {0};
	if (in_hand(a, &row, e) < 0)
		return -1;
	const struct duplicate *d = row.duplicate;
	const struct record *self = a->alike.answer->self;
	if (!d)
		return err_set(e, ERR_CONFLICT, "%s", _("they are merged already"));
	if (d->refusal != DUPLICATES_MERGE)
		return err_set(e, ERR_CONFLICT, "%s", duplicates_refusal_text(d->refusal));
	const struct record *merged = d->into_self ? d->record : self;
	const struct record *into = d->into_self ? self : d->record;
	acting_take_record(a, merged);
	if (acting_begin(a, action_find(self->kind, "merge"), true, fx, e) < 0)
		return -1;
	form_set(&a->acting.form, "into", into->id);
	return 0;
}

/* The record asked about leaves what it is merged into; else the one in hand leaves it. */
RUN(duplicates_split)
{
	UNUSED;
	struct alike_row row = {0};
	if (in_hand(a, &row, e) < 0)
		return -1;
	const struct duplicates *d = a->alike.answer;
	bool member = row.part == ALIKE_MEMBER;
	if (row.duplicate || (!member && !*d->main_code))
		return err_set(e, ERR_CONFLICT, "%s", _("they are not merged"));
	acting_take_record(a, member ? row.record : d->self);
	return acting_begin(a, action_find(d->kind, "split"), true, fx, e);
}

static json_t *name_of(const struct record *r)
{
	return json_pack("{s:s, s:s}", "source", r->source, "id", r->id);
}

RUN(duplicates_apart)
{
	UNUSED;
	struct alike_row row = {0};
	if (in_hand(a, &row, e) < 0)
		return -1;
	const struct record *self = a->alike.answer->self;
	if (!row.duplicate)
		return err_set(e, ERR_CONFLICT, "%s", _("they are merged: split them first"));
	bool apart = !row.duplicate->apart;
	acting_ask(a,
		   json_pack("{s:s, s:s, s:o, s:o, s:b}", "command", "apart", "kind",
			     self->kind->id, "a", name_of(self), "b", name_of(row.record),
			     "apart", apart),
		   fx);
	return 0;
}

/* clang-format off */
const struct command alike_commands[] = {
	{"duplicates", "", TAKES_NOTHING, 0, 0, N_("What is probably the same matter: compare, merge, split"), N_("duplicates"), run_duplicates},
	{"duplicates-merge", "", TAKES_NOTHING, 0, 0, N_("Merge the later of the two into the earlier"), N_("merge"), run_duplicates_merge},
	{"duplicates-split", "", TAKES_NOTHING, 0, 0, N_("Split off again what is merged"), N_("split"), run_duplicates_split},
	{"duplicates-apart", "", TAKES_NOTHING, 0, 0, N_("Say that it is another matter, or take that back"), N_("not a duplicate"), run_duplicates_apart},
	COMMANDS_END,
};
/* clang-format on */

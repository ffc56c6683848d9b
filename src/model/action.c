/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/action.h"

#include <string.h>

#include "base/i18n.h"
#include "model/kinds.h"

const struct action *actions_of(const struct kind *k)
{
	static const struct {
		const struct kind *kind;
		const struct action *actions;
	} all[] = {
		{&kind_complaint, complaint_actions}, {&kind_dossier, dossier_actions},
		{&kind_call, call_actions},           {&kind_alert, alert_actions},
		{&kind_hazard, hazard_actions},       {&kind_mention, mention_actions},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].kind == k)
			return all[i].actions;
	return NULL;
}

const struct action *action_find(const struct kind *k, const char *id)
{
	for (const struct action *a = actions_of(k); a && a->id; a++)
		if (strcmp(a->id, id) == 0)
			return a;
	return NULL;
}

const struct action *action_new(const struct kind *k)
{
	for (const struct action *a = actions_of(k); a && a->id; a++)
		if (a->flags & ACTION_NEW)
			return a;
	return NULL;
}

/* Whether a word stands in a list parted by commas. */
static bool is_listed(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = list; *p; p += strcspn(p, ","), p += *p == ',')
		if (strcspn(p, ",") == n && memcmp(p, word, n) == 0)
			return true;
	return false;
}

bool action_fits_state(const struct kind *k, const struct action *a, const char *state)
{
	if (a->flags & ACTION_NEW || !*state)
		return a->flags & ACTION_NEW && !*state;
	if (strcmp(a->from, "*") == 0)
		return kind_state_is_open(k, state);
	return is_listed(a->from, state);
}

static bool has_value(const struct record *r, const char *column)
{
	int i = kind_column(r->kind, column);
	return i >= 0 && r->values[i].set;
}

enum action_refusal action_allowed(const struct action *a, const struct record *r,
				   const struct actor *who)
{
	if (!action_fits_state(r->kind, a, record_text(r, COL_STATE)))
		return ACTION_WRONG_STATE;
	if (a->needs && !has_value(r, a->needs))
		return ACTION_NEEDS;
	if (a->bars && has_value(r, a->bars))
		return ACTION_BARRED;
	unsigned may = a->staff & who->staff;
	if (!may)
		return ACTION_WRONG_STAFF;
	if (may == STAFF_UNIT &&
	    (!who->unit || strcmp(who->unit, record_text(r, COL_UNIT)) != 0))
		return ACTION_OTHER_UNIT;
	return ACTION_ALLOWED;
}

unsigned staff_find(const char *name)
{
	static const char *const names[] = {"operator", "shift-leader", "unit",
					    "manager",  "admin",        "auditor"};
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return 1U << i;
	return 0;
}

const char *action_refusal_text(enum action_refusal why)
{
	static const char *const texts[] = {
		[ACTION_ALLOWED] = "",
		[ACTION_WRONG_STATE] = N_("not possible in this state"),
		[ACTION_WRONG_STAFF] = N_("not among your rights"),
		[ACTION_OTHER_UNIT] = N_("the record belongs to another unit"),
		[ACTION_NEEDS] = N_("it is not merged into another"),
		[ACTION_BARRED] = N_("it is merged into another already"),
		[ACTION_WITHHELD] = N_("the source does not offer this action"),
	};
	return *texts[why] ? _(texts[why]) : "";
}

size_t action_field_count(const struct action *a)
{
	size_t n = 0;
	while (n < ACTION_FIELDS && a->fields[n].id)
		n++;
	return n;
}

const struct action_field *action_field(const struct action *a, const char *id)
{
	for (size_t i = 0; i < action_field_count(a); i++)
		if (strcmp(a->fields[i].id, id) == 0)
			return &a->fields[i];
	return NULL;
}

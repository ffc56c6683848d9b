/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/kind.h"

#include <stdlib.h>
#include <string.h>

#include "model/kinds.h"
#include "model/standard_columns.h"

const struct choice deadline_clocks[] = {
	{"accept", N_("Acceptance")},
	{"handle", N_("Handling")},
	{"publish", N_("Publication")},
	{"return", N_("Result")},
	{"callback", N_("Call-back")},
	{"acknowledge", N_("Acknowledgement")},
	{NULL, NULL},
};

const struct choice deadline_verdicts[] = {
	{"early", N_("Early")},
	{"ontime", N_("On time")},
	{"late", N_("Late")},
	{NULL, NULL},
};

const struct kind *const kinds[] = {
	&kind_complaint, &kind_dossier, &kind_call,      &kind_alert,
	&kind_hazard,    &kind_mention, &kind_area,      &kind_unit,
	&kind_category,  &kind_camera,  &kind_procedure, NULL,
};

const struct kind *kind_find(const char *name)
{
	for (const struct kind *const *k = kinds; *k; k++)
		if (strcmp((*k)->id, name) == 0 || strcmp((*k)->plural, name) == 0)
			return *k;
	return NULL;
}

size_t kind_index(const struct kind *k)
{
	for (size_t i = 0; kinds[i]; i++)
		if (kinds[i] == k)
			return i;
	abort();
}

int kind_column(const struct kind *k, const char *id)
{
	for (size_t i = 0; i < k->column_count; i++)
		if (strcmp(k->columns[i].id, id) == 0)
			return (int)i;
	return -1;
}

const struct state *kind_state(const struct kind *k, const char *code)
{
	for (const struct state *s = k->states; s && code && s->code; s++)
		if (strcmp(s->code, code) == 0)
			return s;
	return NULL;
}

bool kind_state_is_open(const struct kind *k, const char *code)
{
	if (k->catalogue)
		return false;
	const struct state *s = kind_state(k, code);
	return !s || s->flags & STATE_OPEN;
}

const struct predicate *kind_predicate(const struct kind *k, const char *name)
{
	for (const struct predicate *p = k->predicates; p && p->name; p++)
		if (strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

const char *column_choice(const struct column *c, const char *code)
{
	for (const struct choice *x = c->choices; x && x->code; x++)
		if (strcmp(x->code, code) == 0)
			return x->label;
	return NULL;
}

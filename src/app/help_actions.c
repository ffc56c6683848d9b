/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/help_actions.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "model/action.h"

static void say(const char *title, const char *text)
{
	printf("      %s %s\n", title, text);
}

/* Labels of states parted by commas in the table; where it stands open, all that are. */
static void print_states(const struct kind *k, const struct action *a)
{
	struct strbuf b = STRBUF_INIT;
	if (a->flags & ACTION_NEW)
		strbuf_adds(&b, _("no record yet"));
	for (const struct state *s = k->states; s && s->code; s++)
		if (action_fits_state(k, a, s->code))
			strbuf_addf(&b, "%s%s", b.len ? ", " : "", _(s->label));
	if (a->to)
		strbuf_addf(&b, " → %s", _(kind_state(k, a->to)->label));
	say(_("In:"), b.s);
	strbuf_free(&b);
}

static void print_staff(const struct action *a)
{
	static const char *const names[] = {N_("operator"), N_("shift leader"),  N_("unit"),
					    N_("manager"),  N_("administrator"), N_("auditor")};
	struct strbuf b = STRBUF_INIT;
	for (unsigned i = 0; i < ARRAY_LEN(names); i++)
		if (a->staff & 1U << i)
			strbuf_addf(&b, "%s%s", b.len ? ", " : "", _(names[i]));
	say(_("By:"), b.s);
	strbuf_free(&b);
}

/* What the value of a field may be. */
static void value_of(struct strbuf *b, const struct action_field *f)
{
	if (f->choices) {
		for (const struct choice *c = f->choices; c->code; c++)
			strbuf_addf(b, "%s%s", c == f->choices ? "" : "|", c->code);
	} else if (f->type == COLUMN_REAL) {
		strbuf_adds(b, _("NUMBER"));
	} else if (f->type == COLUMN_TIME) {
		strbuf_adds(b, _("TIME"));
	} else if (f->ref && f->flags & FIELD_LIST) {
		strbuf_adds(b, _("CODE,…"));
	} else if (f->ref || f->flags & FIELD_RECORD) {
		strbuf_adds(b, _("CODE"));
	} else if (f->type != COLUMN_FLAG) {
		strbuf_adds(b, _("TEXT"));
	}
}

static void print_field(const struct action_field *f)
{
	struct strbuf b = STRBUF_INIT;
	bool needed = f->flags & FIELD_REQUIRED;
	strbuf_addf(&b, "%s--%s ", needed ? "" : "[", f->id);
	value_of(&b, f);
	while (b.s[b.len - 1] == ' ')
		strbuf_truncate(&b, b.len - 1);
	printf("      %s%s  %s\n", b.s, needed ? "" : "]", _(f->title));
	strbuf_free(&b);
}

static void print_kind(const struct kind *k)
{
	printf("%s (%s)\n", k->plural, _(k->title));
	for (const struct action *a = actions_of(k); a->id; a++) {
		printf("  %s  %s\n", a->id, _(a->title));
		for (size_t i = 0; i < action_field_count(a); i++)
			print_field(&a->fields[i]);
		print_states(k, a);
		print_staff(a);
	}
}

void help_actions(const struct kind *k)
{
	for (size_t i = 0; kinds[i]; i++)
		if (actions_of(kinds[i]) && (!k || k == kinds[i]))
			print_kind(kinds[i]);
}

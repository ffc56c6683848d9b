/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/palette.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "ui/commands.h"
#include "ui/state.h"

/* --- what can't be done here ---------------------------------------------- */

enum need {
	NEEDS_NOTHING,
	NEEDS_LIST,
	NEEDS_RECORD,
	NEEDS_OUTBOX,
	NEEDS_DUPLICATES,
	NEEDS_ADVICE
};

/* Those of lists need one … */
static const struct command *const of_lists[] = {list_commands, group_commands,
						 column_commands};

/* … of the others, these. */
static const struct {
	const char *name; /* with - at its end: all that begin so */
	enum need need;
} needs[] = {
	{"outbox-", NEEDS_OUTBOX}, {"duplicates-", NEEDS_DUPLICATES}, {"accept-", NEEDS_ADVICE},
	{"act", NEEDS_RECORD},     {"accept", NEEDS_RECORD},          {"repeat", NEEDS_RECORD},
	{"copy", NEEDS_RECORD},    {"duplicates", NEEDS_RECORD},      {"view", NEEDS_LIST},
	{"view-", NEEDS_LIST},
};

static bool is_named(const char *pattern, const char *name)
{
	size_t n = strlen(pattern);
	return pattern[n - 1] == '-' ? strncmp(pattern, name, n) == 0
				     : strcmp(pattern, name) == 0;
}

static enum need need_of(const struct command *c)
{
	for (size_t i = 0; i < ARRAY_LEN(needs); i++)
		if (is_named(needs[i].name, c->name))
			return needs[i].need;
	for (size_t i = 0; i < ARRAY_LEN(of_lists); i++)
		for (const struct command *x = of_lists[i]; x->name; x++)
			if (x == c)
				return NEEDS_LIST;
	return NEEDS_NOTHING;
}

/* The overlay that the palette lies over, or would. */
static enum overlay under(const struct app *a)
{
	return a->overlay == OVERLAY_PICKER ? (enum overlay)a->picker.under : a->overlay;
}

const char *palette_refusal(struct app *a, const struct command *c)
{
	switch (need_of(c)) {
	case NEEDS_LIST:
		return app_list(a) ? NULL : _("this works in a queue only");
	case NEEDS_RECORD:
		return acting_record(a) ? NULL : _("no record in hand");
	case NEEDS_OUTBOX:
		return under(a) == OVERLAY_OUTBOX ? NULL : _("this works in the outbox only");
	case NEEDS_DUPLICATES:
		return under(a) == OVERLAY_DUPLICATES
			       ? NULL
			       : _("this works on the screen of duplicates only");
	case NEEDS_ADVICE:
		return under(a) == OVERLAY_ACCEPT ? NULL : _("there is nothing to confirm");
	case NEEDS_NOTHING:
		break;
	}
	return NULL;
}

/* --- rows ----------------------------------------------------------------- */

static void add(struct app *a, enum context where, const char *title, const char *note,
		const char *command, const char *words, const char *refusal)
{
	char key[64] = "";
	if (a->config.keymap)
		keymap_key_for(a->config.keymap, where, command, key, sizeof key);
	struct picker_row *r = picker_add(&a->picker, title, refusal ? refusal : note, key,
					  command);
	if (!r)
		return;
	r->words = xstrdup(words);
	r->dim = refusal != NULL;
}

/* What needs words, or does little without, goes into the prompt first. */
static bool wants_words(const struct command *c)
{
	return c->least || c->takes == TAKES_FILTER || c->takes == TAKES_WORDS ||
	       c->takes == TAKES_COMMANDS || c->takes == TAKES_KEYS;
}

static void add_commands(struct app *a, enum context where)
{
	for (size_t i = 0; command_nth(i); i++) {
		const struct command *c = command_nth(i);
		char note[160], command[96], words[512];
		bool opens = wants_words(c);
		snprintf(note, sizeof note, ":%s%s%s", c->name, *c->args ? " " : "", c->args);
		snprintf(command, sizeof command, "%s%s", opens ? "prompt " : "", c->name);
		snprintf(words, sizeof words, "%s %s %s", c->name, c->help,
			 palette_synonyms(c->name));
		add(a, where, _(c->help), note, command, words, palette_refusal(a, c));
	}
}

/* The record in hand, or how many are marked; those that are possible, or the others. */
static void add_actions(struct app *a, enum context where, bool those_possible)
{
	size_t order[ACTIONS_MOST], possible;
	const struct acting *x = &a->acting;
	if (acting_take_targets(a, NULL) < 0 || !actions_of(x->targets[0].kind))
		return;
	const struct action *list = actions_of(x->targets[0].kind);
	size_t n = acting_menu(a, order, &possible);
	char whom[160];
	if (x->target_count == 1)
		snprintf(whom, sizeof whom, "%s", x->targets[0].code);
	else
		snprintf(whom, sizeof whom, _("%zu records"), x->target_count);
	for (size_t i = those_possible ? 0 : possible; i < (those_possible ? possible : n);
	     i++) {
		const struct action *act = &list[order[i]];
		const char *why = "";
		char title[320], command[96], words[256];
		bool fits = acting_allowed(a, act, &why) > 0;
		snprintf(title, sizeof title, "%s: %s", _(act->title), whom);
		snprintf(command, sizeof command, "act %s", act->id);
		snprintf(words, sizeof words, "%s %s", act->title, act->history);
		add(a, where, title, "", command, words, fits ? NULL : why);
	}
}

static void add_aliases(struct app *a, enum context where)
{
	const struct keymap *m = a->config.keymap;
	for (size_t i = 0; m && i < m->aliases.count; i++) {
		const struct alias *x = &m->aliases.list[i];
		char command[96], note[96];
		snprintf(note, sizeof note, ":%s", x->name);
		snprintf(command, sizeof command, "%s%s", strchr(x->text, '$') ? "prompt " : "",
			 x->name);
		add(a, where, x->text, note, command, "", NULL);
	}
}

static void add_views(struct app *a, enum context where)
{
	const struct list *l = app_list(a);
	const struct saved_view *v;
	char title[320], command[128];
	for (size_t i = 0; l && (v = views_nth(a->config.views, l->kind, i)); i++) {
		snprintf(title, sizeof title, "%s: %s", _("View"), v->title);
		snprintf(command, sizeof command, "view %s", v->name);
		add(a, where, title, v->filter, command, "view", NULL);
	}
}

static void add_queues(struct app *a, enum context where)
{
	char title[320], command[96];
	for (size_t i = 0; i < a->queue_count; i++) {
		const struct kind *k = a->lists[i].kind;
		snprintf(title, sizeof title, "%s: %s", _("To a queue"), _(k->title));
		snprintf(command, sizeof command, "queue %s", k->plural);
		add(a, where, title, "", command, k->title, NULL);
	}
}

static void add_orders(struct app *a, enum context where)
{
	const struct list *l = app_list(a);
	char title[320], command[96];
	for (size_t i = 0; l && i < l->kind->column_count; i++) {
		const struct column *c = &l->kind->columns[i];
		if (!(c->flags & COLUMN_SORTED))
			continue;
		snprintf(title, sizeof title, _("Sort by %s"), _(c->title));
		snprintf(command, sizeof command, "sort %s", c->id);
		add(a, where, title, "", command, palette_synonyms("sort"), NULL);
	}
}

void palette_open(struct app *a, const char *words, struct effects *fx)
{
	struct complete_query *q = complete_query_new(COMPLETE_THEMES, "");
	enum context where = app_context(a);
	picker_open(a, _("What do you want to do?"), "");
	a->picker.loose = true;
	a->picker.hint = _("in your own words, with accents or without");
	add_actions(a, where, true);
	add_aliases(a, where);
	add_commands(a, where);
	add_views(a, where);
	add_queues(a, where);
	add_orders(a, where);
	add_actions(a, where, false);
	if (words)
		edit_set(&a->picker.query, words);
	q->generation = a->picker.awaited = ++a->menu.generation;
	effects_add(fx, EFFECT_COMPLETE, NULL)->complete = q;
}

bool palette_answer(struct app *a, const struct complete_answer *answer)
{
	char title[320], command[160];
	if (a->overlay != OVERLAY_PICKER || a->picker.awaited != answer->generation)
		return false;
	a->picker.awaited = 0;
	for (size_t i = 0; i < answer->count; i++) {
		snprintf(title, sizeof title, "%s: %s", _("Theme"), answer->list[i].text);
		snprintf(command, sizeof command, "theme %s", answer->list[i].text);
		add(a, app_context(a), title, "", command, palette_synonyms("theme"), NULL);
	}
	return true;
}

RUN(palette)
{
	UNUSED;
	palette_open(a, w->count ? w->list[0] : NULL, fx);
	return 0;
}

/* clang-format off */
const struct command palette_commands[] = {
	{"palette", "[WORDS]", TAKES_WORDS, 0, 1, N_("Find a command by what it does"), N_("commands"), run_palette},
	COMMANDS_END,
};
/* clang-format on */

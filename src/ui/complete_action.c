/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "do assign PA-00423 --unit CATP": actions, codes, fields and their values. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/action.h"
#include "ui/complete.h"
#include "ui/state.h"

#define BLANKS " \t"

/* The queue in hand; NULL: any. */
static const struct kind *kind_in_hand(struct app *a)
{
	const struct list *l = app_list(a);
	const struct record *r = acting_record(a);
	return r ? r->kind : l ? l->kind : NULL;
}

static void try_actions(const struct kind *k, struct completion *c, bool ends)
{
	for (const struct action *x = actions_of(k); x && x->id; x++) {
		bool there = false;
		for (size_t i = 0; i < c->count && !there; i++)
			there = strcmp(c->list[i].text, x->id) == 0;
		if (!there)
			completion_try(c, x->id, _(x->title), ends);
	}
}

static void actions(struct app *a, struct completion *c, bool ends)
{
	const struct kind *k = kind_in_hand(a);
	for (size_t i = 0; i < a->queue_count; i++)
		if (!k || !actions_of(k) || a->lists[i].kind == k)
			try_actions(a->lists[i].kind, c, ends);
}

/* "receive|acknowledge": each of them is completed. */
void complete_act(struct app *a, const char *text, size_t start, size_t cursor,
		  struct completion *c)
{
	for (size_t i = start; i < cursor; i++)
		if (text[i] == '|')
			start = i + 1;
	completion_at(c, text, start, cursor);
	actions(a, c, true);
}

/* --- do ------------------------------------------------------------------- */

/* A word as a shell sees it; only its beginning matters. */
struct do_word {
	size_t start, end;
};

static bool next_span(const char *text, size_t *at, struct do_word *s)
{
	size_t i = *at + strspn(text + *at, BLANKS);
	char quote = '\0';
	s->start = i;
	for (; text[i] && (quote || !strchr(BLANKS, text[i])); i++) {
		if (quote && text[i] == quote)
			quote = '\0';
		else if (!quote && (text[i] == '"' || text[i] == '\''))
			quote = text[i];
	}
	s->end = *at = i;
	return i > s->start;
}

/* What stands before the word in hand. */
struct said {
	const struct action *action;
	const struct kind *kind;
	const struct action_field *field; /* of the option right before it */
};

static bool is_word(const char *text, const struct do_word *s, const char *word)
{
	size_t n = s->end - s->start;
	return strlen(word) == n && strncmp(text + s->start, word, n) == 0;
}

/* The action that the word names: of the queue in hand before others. */
static void find_action(struct app *a, const char *name, struct said *x)
{
	const struct kind *k = kind_in_hand(a);
	x->action = k ? action_find(k, name) : NULL;
	x->kind = x->action ? k : NULL;
	for (size_t i = 0; i < a->queue_count && !x->action; i++) {
		x->kind = a->lists[i].kind;
		x->action = action_find(x->kind, name);
	}
}

static const struct action_field *field_of(const struct said *x, const char *text,
					   const struct do_word *s, size_t *value)
{
	const char *name = text + s->start;
	if (!x->action || strncmp(name, "--", 2) != 0)
		return NULL;
	size_t n = strcspn(name + 2, "= \t");
	char *id = xstrndup(name + 2, n);
	const struct action_field *f = action_field(x->action, id);
	free(id);
	*value = name[2 + n] == '=' ? s->start + 3 + n : 0;
	return f;
}

static void options(const struct said *x, struct completion *c)
{
	for (size_t i = 0; x->action && i < action_field_count(x->action); i++) {
		const struct action_field *f = &x->action->fields[i];
		char *text = xasprintf("--%s", f->id);
		completion_try(c, text, _(f->title), true);
		free(text);
	}
	completion_try(c, "--source", _("Of which source the codes are"), true);
}

static void names(struct app *a, const struct action_field *f, struct completion *c)
{
	const struct kind *catalogue = kind_find(f->ref);
	const struct names *n = &a->look.names;
	struct name_entry e;
	for (size_t i = 0; n->nth && n->nth(n->context, catalogue, i, &e); i++)
		if (e.from <= a->look.now && a->look.now < e.to)
			completion_try(c, e.code, e.full, true);
}

static void values(struct app *a, const struct said *x, struct completion *c)
{
	static const char *const times[] = {"+4h", "+2d", "\"20/11 16:30\"", "\"mai 9:00\""};
	const struct action_field *f = x->field;
	if (f->ref)
		names(a, f, c);
	for (const struct choice *one = f->choices; one && one->code; one++)
		completion_try(c, one->code, _(one->label), true);
	for (size_t i = 0; f->type == COLUMN_TIME && i < ARRAY_LEN(times); i++)
		completion_try(c, times[i], "", true);
	if (f->flags & FIELD_RECORD && *c->typed)
		completion_ask(c, COMPLETE_VALUES, x->kind, COL_CODE, c->typed);
}

/* Of a list of codes only the last is typed. */
static size_t behind_comma(const char *text, size_t start, size_t cursor,
			   const struct action_field *f)
{
	for (size_t i = start; f->flags & FIELD_LIST && i < cursor; i++)
		if (text[i] == ',')
			start = i + 1;
	return start;
}

void complete_do(struct app *a, const char *text, size_t start, size_t cursor,
		 struct completion *c)
{
	struct said x = {NULL, NULL, NULL};
	struct do_word s = {start, start};
	size_t at = start, value = 0;
	bool source = false, first = true;
	while (next_span(text, &at, &s) && s.end < cursor) {
		char *word = xstrndup(text + s.start, s.end - s.start);
		if (first)
			find_action(a, word, &x);
		free(word);
		first = false;
		x.field = field_of(&x, text, &s, &value);
		if (value)
			x.field = NULL;
		source = is_word(text, &s, "--source");
	}
	const struct action_field *own = field_of(&x, text, &s, &value);
	if (own && value)
		x.field = own;
	else
		value = s.start;
	if (x.field)
		value = behind_comma(text, value, cursor, x.field);
	completion_at(c, text, value, cursor);
	if (first)
		actions(a, c, true);
	else if (x.field && x.field->type != COLUMN_FLAG)
		values(a, &x, c);
	else if (source)
		complete_sources(a, c);
	else if (*c->typed == '-' || !*c->typed)
		options(&x, c);
	else
		completion_ask(c, COMPLETE_VALUES, x.kind, COL_CODE, c->typed);
}

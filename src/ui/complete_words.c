/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of commands, by what the table says they are. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/kinds.h"
#include "ui/complete.h"
#include "ui/state.h"

#define BLANKS " \t"

/* --- each sort of word ---------------------------------------------------- */

/* Those of "[then|now]"; what is in capitals stands for something else. */
static void choices(struct completion *c, const char *args)
{
	while (*args) {
		size_t n = strcspn(args, "[]| \t");
		char word[64];
		if (n && n < sizeof word && islower((unsigned char)*args)) {
			memcpy(word, args, n);
			word[n] = '\0';
			completion_try(c, word, "", true);
		}
		args += n + (args[n] != '\0');
	}
}

static void queues(const struct app *a, struct completion *c, const char *args)
{
	if (strstr(args, "all"))
		completion_try(c, "all", _("All queues"), true);
	for (size_t i = 0; i < a->queue_count; i++)
		completion_try(c, a->lists[i].kind->plural, _(a->lists[i].kind->title), true);
}

static void columns(struct app *a, struct completion *c, bool sorted)
{
	const struct list *l = app_list(a);
	bool turned = sorted && *c->typed == '-';
	for (size_t i = 0; l && i < l->kind->column_count; i++) {
		const struct column *x = &l->kind->columns[i];
		if (sorted ? !(x->flags & COLUMN_SORTED) : !x->min)
			continue;
		char *text = xasprintf("%s%s", turned ? "-" : "", x->id);
		completion_try(c, text, _(x->title), true);
		free(text);
	}
}

void complete_sources(const struct app *a, struct completion *c)
{
	for (size_t i = 0; i < a->source_count; i++)
		completion_try(c, a->sources[i].name, a->sources[i].title, true);
}

static void aliases(const struct app *a, struct completion *c)
{
	const struct keymap *m = a->config.keymap;
	for (size_t i = 0; m && i < m->aliases.count; i++)
		completion_try(c, m->aliases.list[i].name, m->aliases.list[i].text, true);
}

static void contexts(struct completion *c)
{
	for (int i = 0; i < CONTEXT_COUNT; i++)
		completion_try(c, context_id((enum context)i),
			       _(context_title((enum context)i)), true);
}

static void views(struct app *a, struct completion *c)
{
	const struct list *l = app_list(a);
	const struct saved_view *v;
	for (size_t i = 0; l && (v = views_nth(a->config.views, l->kind, i)); i++)
		completion_try(c, v->name, v->title, true);
}

/* A record's code: of the list on screen, else of any queue. */
static void records(struct app *a, struct completion *c)
{
	const struct list *l = app_list(a);
	if (*c->typed)
		completion_ask(c, COMPLETE_VALUES, l ? l->kind : NULL, COL_CODE, c->typed);
}

/* --- which word it is ----------------------------------------------------- */

/* The last word that begins at or behind `start`; *number of them are before it.  The last that
 * the command takes runs to the cursor. */
static size_t find_word(const char *text, size_t start, size_t most, size_t *number)
{
	size_t at = start;
	for (*number = 0; *number + 1 < most; ++*number) {
		size_t end = at + strcspn(text + at, BLANKS);
		if (!text[end])
			break;
		at = end + strspn(text + end, BLANKS);
	}
	return at;
}

static void simple_word(struct app *a, const struct command *cmd, struct completion *c)
{
	switch (cmd->takes) {
	case TAKES_WORD:
		choices(c, cmd->args);
		break;
	case TAKES_VIEW:
		views(a, c);
		break;
	case TAKES_QUEUE:
		queues(a, c, cmd->args);
		break;
	case TAKES_COLUMN:
		choices(c, cmd->args);
		columns(a, c, strchr(cmd->args, '-') != NULL);
		break;
	case TAKES_SOURCE:
		complete_sources(a, c);
		break;
	case TAKES_ALIAS:
		aliases(a, c);
		break;
	case TAKES_COMMAND:
		complete_names(a, c, true);
		break;
	case TAKES_RECORD:
		records(a, c);
		break;
	case TAKES_THEME:
		completion_ask(c, COMPLETE_THEMES, NULL, 0, c->typed);
		break;
	case TAKES_FILE:
		completion_ask(c, COMPLETE_FILES, NULL, 0, c->typed);
		break;
	default: /* the others are no single words */
		break;
	}
}

/* What alias and bind take: words of their own, then commands. */
static void commands_behind(struct app *a, const struct command *cmd, const char *text,
			    size_t start, size_t cursor, struct completion *c)
{
	size_t number, at = find_word(text, start, cmd->most, &number);
	if (number + 1 == cmd->most && cmd->takes != TAKES_KEYS) {
		char *rest = xstrndup(text + at, cursor - at);
		complete_commands(a, rest, cursor - at, c);
		c->start += at;
		c->end += at;
		free(rest);
		return;
	}
	completion_at(c, text, at, cursor);
	if (number == 0 && cmd->takes == TAKES_COMMANDS)
		aliases(a, c);
	else if (number == 0)
		contexts(c);
}

void complete_words(struct app *a, const struct command *cmd, const char *text, size_t start,
		    size_t cursor, struct completion *c)
{
	size_t number, at = find_word(text, start, cmd->most, &number);
	switch (cmd->takes) {
	case TAKES_FILTER:
	case TAKES_WORDS:
		complete_filter(a, text, at, cursor, c);
		break;
	case TAKES_ACTION:
		if (strncmp(cmd->name, "act", 3) == 0)
			complete_act(a, text, at, cursor, c);
		else
			complete_do(a, text, at, cursor, c);
		break;
	case TAKES_COMMANDS:
	case TAKES_BINDING:
	case TAKES_KEYS:
		commands_behind(a, cmd, text, start, cursor, c);
		break;
	default:
		completion_at(c, text, at, cursor);
		if (number < cmd->most)
			simple_word(a, cmd, c);
		break;
	}
}

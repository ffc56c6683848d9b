/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/help_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#define INDENT 2
#define VALUE_AT 20

const char *help_takes(enum takes takes)
{
	static const char *const words[] = {
		[TAKES_WORD] = N_("one of the words named"),
		[TAKES_WORDS] = N_("words, to the end of the command"),
		[TAKES_NUMBER] = N_("a whole number"),
		[TAKES_RECORD] = N_("a row, a place or a record's code"),
		[TAKES_FILTER] = N_(
			"a filter: words, field:value, field<value; Tab offers more"),
		[TAKES_QUEUE] = N_("a queue: complaints, dossiers …"),
		[TAKES_VIEW] = N_("the name of a saved view"),
		[TAKES_COLUMN] = N_("the name of a column, as filters have it"),
		[TAKES_ACTION] = N_("an action of the record, then codes and fields"),
		[TAKES_SOURCE] = N_("the name of a source"),
		[TAKES_COMMAND] = N_("the name of a command"),
		[TAKES_COMMANDS] = N_("a name, then commands to the end of the line"),
		[TAKES_BINDING] = N_("a context, keys, then commands to the end of the line"),
		[TAKES_KEYS] = N_("a context and keys"),
		[TAKES_ALIAS] = N_("the name of an alias"),
		[TAKES_THEME] = N_("the name of a theme, or a file"),
		[TAKES_FILE] = N_("the path of a file"),
	};
	return (size_t)takes < ARRAY_LEN(words) && words[takes] ? _(words[takes]) : "";
}

static void field(struct doc *d, const char *label, const char *text, int width)
{
	if (!*text)
		return;
	doc_line(d);
	doc_add(d, INDENT, ROLE_LABEL, 0, label);
	doc_wrap(d, VALUE_AT, width - VALUE_AT - 1, ROLE_TEXT, text);
}

static bool runs(const char *text, const char *name)
{
	size_t n = strlen(name), at = 0;
	struct command_piece p;
	while (command_next(text, &at, &p)) {
		const char *s = text + p.start;
		if (strncmp(s, "prompt ", 7) == 0 && strcmp(name, "prompt") != 0)
			s += 7;
		if (strncmp(s, name, n) == 0 && (!s[n] || strchr(" \t;", s[n])))
			return true;
	}
	return false;
}

/* "Ctrl-P   palette   Everywhere" for each binding that runs it. */
static void keys(struct doc *d, const struct command *c, const struct keymap *m)
{
	bool first = true;
	for (size_t i = 0; m && i < m->count; i++) {
		const struct binding *b = &m->list[i];
		struct strbuf label = STRBUF_INIT;
		if (!runs(b->command, c->name))
			continue;
		doc_line(d);
		if (first)
			doc_add(d, INDENT, ROLE_LABEL, 0, _("Keys"));
		first = false;
		binding_label(b, &label);
		doc_add(d, VALUE_AT, ROLE_KEY, 0, label.s);
		doc_addf(d, VALUE_AT + 12, ROLE_DIM, 0, "%s", _(context_title(b->context)));
		if (strcmp(b->command, c->name) != 0)
			doc_addf(d, VALUE_AT + 34, ROLE_DIM, 0, ":%s", b->command);
		strbuf_free(&label);
	}
}

static void aliases(struct doc *d, const struct command *c, const struct keymap *m)
{
	bool all = c->takes == TAKES_COMMANDS || c->takes == TAKES_ALIAS;
	for (size_t i = 0; m && i < m->aliases.count; i++) {
		const struct alias *x = &m->aliases.list[i];
		if (!all && !runs(x->text, c->name))
			continue;
		doc_line(d);
		doc_addf(d, INDENT, ROLE_LABEL, 0, _("Alias %s"), x->name);
		doc_addf(d, VALUE_AT, ROLE_TEXT, 0, ":%s", x->text);
	}
}

void help_command_lay(struct doc *d, const struct command *c, const struct keymap *m, int width)
{
	char *script = xasprintf("ioc -c '%s%s%s'", c->name, *c->args ? " " : "", c->args);
	doc_line(d);
	doc_addf(d, INDENT, ROLE_HEADING, 0, ":%s%s%s", c->name, *c->args ? " " : "", c->args);
	doc_line(d);
	doc_line(d);
	doc_wrap(d, INDENT, width - INDENT - 1, ROLE_STRONG, _(c->help));
	doc_line(d);
	field(d, _("Words"), help_takes(c->takes), width);
	keys(d, c, m);
	aliases(d, c, m);
	field(d, _("In scripts"), script, width);
	free(script);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What works here: made of the key map and the table of commands, so that it can't be wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "text/utf8.h"
#include "ui/help_command.h"
#include "ui/text_view.h"

#define INDENT 2
#define KEY_WIDTH 18
#define TWO_COLUMNS_FROM 110

/* Whether an earlier binding of the context runs the same command: its keys stand together. */
static bool is_repeated(const struct keymap *m, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (m->list[i].context == m->list[at].context &&
		    strcmp(m->list[i].command, m->list[at].command) == 0)
			return true;
	return false;
}

static void keys_of(const struct keymap *m, size_t at, struct strbuf *out)
{
	for (size_t i = at; i < m->count; i++) {
		const struct binding *b = &m->list[i];
		if (b->context != m->list[at].context ||
		    strcmp(b->command, m->list[at].command) != 0)
			continue;
		if (out->len)
			strbuf_adds(out, ", ");
		binding_label(b, out);
	}
}

/* "Move down"; with a word behind the command, that too: "To a tab: 2".  A key that opens the
 * prompt with a command in it is told as that command. */
static void words_of_one(const char *command, struct strbuf *out)
{
	char name[64];
	size_t n = strcspn(command, " ");
	const char *word = command[n] ? command + n + 1 : "";
	snprintf(name, sizeof name, "%.*s", (int)n, command);
	const struct command *c = command_find(name, NULL);
	if (strcmp(name, "prompt") == 0 && *word) {
		words_of_one(word, out);
		return;
	}
	strbuf_adds(out, c ? _(c->help) : command);
	if (c && *word)
		strbuf_addf(out, ": %s", word);
}

static void words_of(const char *command, struct strbuf *out)
{
	struct command_piece p;
	for (size_t at = 0; command_next(command, &at, &p);) {
		char *one = xstrndup(command + p.start, p.n);
		if (out->len)
			strbuf_adds(out, "; ");
		words_of_one(one, out);
		free(one);
	}
}

/* Lays entries out in one or two columns. */
struct help_layer {
	struct doc *doc;
	int columns; /* of one column of entries */
	int width;
	bool right; /* the next entry goes to the right */
};

static void entry(struct help_layer *h, const char *keys, const char *words)
{
	int key_width = utf8_swidth(keys) > KEY_WIDTH ? utf8_swidth(keys) : KEY_WIDTH;
	bool fits = INDENT + key_width + 2 + utf8_swidth(words) <= h->columns;
	bool right = h->right && fits;
	if (!right)
		doc_line(h->doc);
	int at = INDENT + (right ? h->columns : 0);
	doc_add(h->doc, at, ROLE_KEY, 0, keys);
	doc_add(h->doc, at + key_width + 2, ROLE_TEXT, 0, words);
	h->right = !right && fits && h->columns < h->width;
}

static void heading(struct help_layer *h, const char *title)
{
	doc_line(h->doc);
	if (h->doc->line_count > 1)
		doc_line(h->doc);
	doc_add(h->doc, INDENT, ROLE_HEADING, 0, title);
	h->right = false;
}

static void section(struct help_layer *h, const struct keymap *m, enum context c)
{
	struct strbuf keys = STRBUF_INIT, words = STRBUF_INIT;
	heading(h, _(context_title(c)));
	for (size_t i = 0; i < m->count; i++) {
		if (m->list[i].context != c || is_repeated(m, i))
			continue;
		strbuf_clear(&keys);
		strbuf_clear(&words);
		keys_of(m, i, &keys);
		words_of(m->list[i].command, &words);
		entry(h, keys.s, words.s);
	}
	strbuf_free(&keys);
	strbuf_free(&words);
}

static void alias_section(struct help_layer *h, const struct keymap *m)
{
	if (!m->aliases.count)
		return;
	heading(h, _("Aliases"));
	for (size_t i = 0; i < m->aliases.count; i++) {
		char *name = xasprintf(":%s", m->aliases.list[i].name);
		entry(h, name, m->aliases.list[i].text);
		free(name);
	}
}

static void command_section(struct help_layer *h, const char *colon)
{
	heading(h, _("Commands"));
	for (size_t i = 0; command_nth(i); i++) {
		const struct command *c = command_nth(i);
		char usage[128];
		snprintf(usage, sizeof usage, "%s%s%s%s", colon, c->name, *c->args ? " " : "",
			 c->args);
		entry(h, usage, _(c->help));
	}
}

static void draw(struct app *a, struct cellbuf *b, struct rect r)
{
	bool two = r.columns >= TWO_COLUMNS_FROM;
	struct help_layer h = {&a->text, two ? r.columns / 2 : r.columns, r.columns, false};
	doc_reset(&a->text);
	if (a->help_command) {
		help_command_lay(&a->text, a->help_command, a->config.keymap, r.columns);
		text_draw(a, b, r);
		return;
	}
	if (a->help_context != CONTEXT_COMMON && !a->telling.on)
		section(&h, a->config.keymap, a->help_context);
	if (!a->telling.on)
		section(&h, a->config.keymap, CONTEXT_COMMON);
	alias_section(&h, a->config.keymap);
	command_section(&h, a->telling.on ? "" : ":");
	text_draw(a, b, r);
}

const struct view help_view = {
	.context = CONTEXT_HELP,
	.draw = draw,
	.move = text_move,
	.tell = tell_text,
};

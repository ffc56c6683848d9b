/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/complete.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "model/filter_complete.h"
#include "text/fold.h"
#include "ui/state.h"

#define BLANKS " \t"

void completion_free(struct completion *c)
{
	arena_free(&c->arena);
	free(c->list);
	complete_query_free(c->ask);
	*c = (struct completion){.list = NULL};
}

void completion_at(struct completion *c, const char *text, size_t start, size_t cursor)
{
	c->start = start;
	c->end = cursor;
	c->typed = arena_memdup(&c->arena, text + start, cursor - start);
}

/* --- what fits ------------------------------------------------------------ */

int completion_rank(const char *needle, const char *text)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	int rank = 0;
	fold_append(&a, needle, strlen(needle));
	fold_append(&b, text, strlen(text));
	for (const char *s = b.s; rank < 2 && (s = strstr(s, a.s)); s++) {
		bool word = s > b.s && strchr(" -_/.|:", s[-1]);
		rank = s == b.s ? 3 : word ? 2 : 1;
	}
	strbuf_free(&a);
	strbuf_free(&b);
	return rank;
}

void completion_try(struct completion *c, const char *text, const char *about, bool ends)
{
	int rank = *c->typed ? completion_rank(c->typed, text) : 3;
	if (!rank && completion_rank(c->typed, about) < 2)
		return;
	if (c->count == COMPLETE_MOST) {
		c->more = true;
		return;
	}
	ARRAY_PUSH(c->list, c->count, c->cap) = (struct candidate){
		arena_strdup(&c->arena, text), arena_strdup(&c->arena, about), ends,
		rank ? rank : 1};
}

void completion_ask(struct completion *c, enum complete_what what, const struct kind *k,
		    int column, const char *typed)
{
	complete_query_free(c->ask);
	c->ask = complete_query_new(what, typed);
	c->ask->kind = k;
	c->ask->column = column;
}

void completion_add_answer(struct completion *c, const struct complete_answer *a)
{
	for (size_t i = 0; i < a->count; i++) {
		const char *text = a->list[i].text;
		size_t n = strlen(text);
		if (c->filter)
			text = filter_quote(&c->arena, text);
		completion_try(c, text, a->list[i].about, !n || text[n - 1] != '/');
	}
	c->more |= a->more;
}

/* Best first; what is alike stays in its order.  What only holds it somewhere is noise beside
 * what begins so. */
static void sort(struct completion *c)
{
	for (size_t i = 1; i < c->count; i++) {
		struct candidate one = c->list[i];
		size_t at = i;
		for (; at && c->list[at - 1].rank < one.rank; at--)
			c->list[at] = c->list[at - 1];
		c->list[at] = one;
	}
	while (c->count && c->list[0].rank == 3 && c->list[c->count - 1].rank == 1)
		c->count--;
}

/* Whole characters that two texts have in common, case and marks apart. */
static size_t shared(const char *a, const char *b, size_t most)
{
	size_t at = 0;
	while (at < most && a[at] && b[at] == a[at])
		at++;
	while (at && ((unsigned char)a[at] & 0xc0) == 0x80)
		at--;
	return at;
}

size_t completion_common(const struct completion *c)
{
	size_t n = c->count ? strlen(c->list[0].text) : 0;
	for (size_t i = 1; i < c->count && n; i++)
		if (c->list[i].rank == c->list[0].rank)
			n = shared(c->list[0].text, c->list[i].text, n);
	bool begins = c->count && c->list[0].rank == 3;
	return begins && n > strlen(c->typed) ? n : 0;
}

/* --- a line of commands --------------------------------------------------- */

void complete_names(struct app *a, struct completion *c, bool ends)
{
	const struct keymap *m = a->config.keymap;
	for (size_t i = 0; m && i < m->aliases.count; i++)
		completion_try(c, m->aliases.list[i].name, m->aliases.list[i].text, ends);
	for (size_t i = 0; command_nth(i); i++) {
		const struct command *x = command_nth(i);
		completion_try(c, x->name, _(x->help), ends && x->most);
	}
}

/* An alias of one command without words of its own is completed as that command. */
static bool complete_alias(struct app *a, const struct alias *x, const char *text, size_t start,
			   size_t cursor, struct completion *c)
{
	const struct aliases *all = &a->config.keymap->aliases;
	if (strchr(x->text, '$') || strchr(x->text, ';') || alias_named(all, x->text))
		return false;
	size_t name = strlen(x->name), body = strlen(x->text);
	char *whole = xasprintf("%s%.*s", x->text, (int)(cursor - start - name),
				text + start + name);
	struct completion inner = {.list = NULL};
	complete_commands(a, whole, strlen(whole), &inner);
	bool behind = inner.start > body;
	if (behind) {
		inner.start += start + name - body;
		inner.end += start + name - body;
		completion_free(c);
		*c = inner;
	} else {
		completion_free(&inner);
	}
	free(whole);
	return behind;
}

/* The command that begins at `start`, as far as the cursor. */
static void complete_one(struct app *a, const char *text, size_t start, size_t cursor,
			 struct completion *c)
{
	const struct keymap *m = a->config.keymap;
	size_t n = strcspn(text + start, BLANKS), at = start + n;
	if (at >= cursor) {
		completion_at(c, text, start, cursor);
		complete_names(a, c, true);
		return;
	}
	char *name = xstrndup(text + start, n);
	const struct alias *x = m ? alias_named(&m->aliases, name) : NULL;
	const struct command *cmd = x ? NULL : command_find(name, NULL);
	free(name);
	at += strspn(text + at, BLANKS);
	completion_at(c, text, cursor, cursor);
	if (x)
		complete_alias(a, x, text, start, cursor, c);
	else if (cmd)
		complete_words(a, cmd, text, at, cursor, c);
}

void complete_commands(struct app *a, const char *text, size_t cursor, struct completion *c)
{
	char *before = xstrndup(text, cursor);
	complete_one(a, before, command_last(before), cursor, c);
	sort(c);
	free(before);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Splits the text into words as a shell would, then sorts them. */
#include "model/action_text.h"

#include <string.h>

#include "base/i18n.h"
#include "base/strbuf.h"

struct scan {
	struct arena *arena;
	const char *s;
	struct strbuf word;
	bool quoted; /* some part of the word was: it is no option */
	struct action_text *out;
	size_t code_cap, said_cap;
	bool options_over;
	struct err *e;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void escaped(struct scan *x)
{
	char c = *++x->s;
	if (!c)
		return;
	strbuf_addc(&x->word, (char)(c == 'n' ? '\n' : c == 't' ? '\t' : c));
	x->s++;
}

/* What stands between quotes, the first of which x->s is at. */
static int quoted(struct scan *x)
{
	char mark = *x->s++;
	while (*x->s && *x->s != mark) {
		if (mark == '"' && *x->s == '\\')
			escaped(x);
		else
			strbuf_addc(&x->word, *x->s++);
	}
	if (!*x->s)
		return err_set(x->e, ERR_USAGE, _("the quote %c is not closed"), mark);
	x->s++;
	return 0;
}

/* The next word into x->word: 1; 0 at the end; -1 with the error.  `quoted` tells whether it
 * began with a quote. */
static int next_word(struct scan *x)
{
	while (is_blank(*x->s))
		x->s++;
	if (!*x->s)
		return 0;
	strbuf_clear(&x->word);
	x->quoted = *x->s == '"' || *x->s == '\'';
	while (*x->s && !is_blank(*x->s)) {
		if (*x->s != '"' && *x->s != '\'')
			strbuf_addc(&x->word, *x->s++);
		else if (quoted(x) < 0)
			return -1;
	}
	return 1;
}

static bool at_option(const struct scan *x)
{
	const char *p = x->s;
	while (is_blank(*p))
		p++;
	return !*p || strncmp(p, "--", 2) == 0;
}

/* Arrays in the arena grow by doubling; what they leave behind dies with it. */
static void *grown(struct arena *arena, const void *old, size_t count, size_t *cap, size_t size)
{
	if (count < *cap)
		return (void *)(uintptr_t)old;
	*cap = *cap ? *cap * 2 : 8;
	void *list = arena_alloc(arena, *cap * size);
	if (count)
		memcpy(list, old, count * size);
	return list;
}

static void add_said(struct scan *x, const char *name, const char *text)
{
	struct action_text *t = x->out;
	t->said = grown(x->arena, t->said, t->said_count, &x->said_cap, sizeof *t->said);
	t->said[t->said_count++] = (struct action_said){name, text};
}

/* "--name=text", "--name text", or "--name" alone before another option or the end. */
static int take_option(struct scan *x)
{
	const char *name = arena_strdup(x->arena, x->word.s + 2);
	char *equal = strchr(name, '=');
	if (equal)
		*equal++ = '\0';
	if (!*name)
		return err_set(x->e, ERR_USAGE, _("an option without a name"));
	if (!equal && !at_option(x)) {
		if (next_word(x) < 0)
			return -1;
		equal = arena_strdup(x->arena, x->word.s);
	}
	bool source = strcmp(name, "source") == 0;
	if (!source && strcmp(name, "kind") != 0)
		return add_said(x, name, equal), 0;
	*(source ? &x->out->source : &x->out->kind) = equal;
	return equal && *equal ? 0 : err_set(x->e, ERR_USAGE, _("--%s: which one?"), name);
}

static int take_code(struct scan *x)
{
	struct action_text *t = x->out;
	if ((t->said_count || t->source || t->kind) && !x->options_over)
		return err_set(x->e, ERR_USAGE,
			       _("\"%.40s\": records stand before the fields; put quotes round "
				 "words that belong together"),
			       x->word.s);
	if (t->code_count == ACTION_CODES_MOST)
		return err_set(x->e, ERR_LIMIT, _("more than %d records"), ACTION_CODES_MOST);
	t->codes = grown(x->arena, t->codes, t->code_count, &x->code_cap, sizeof *t->codes);
	t->codes[t->code_count++] = arena_strdup(x->arena, x->word.s);
	return 0;
}

static int take_word(struct scan *x)
{
	bool option = !x->quoted && !x->options_over && strncmp(x->word.s, "--", 2) == 0;
	if (option && !x->word.s[2]) {
		x->options_over = true;
		return 0;
	}
	return option ? take_option(x) : take_code(x);
}

static int scan_all(struct scan *x)
{
	int more = next_word(x);
	if (more == 0)
		return err_set(x->e, ERR_USAGE, _("which action?"));
	if (more < 0)
		return -1;
	x->out->action = arena_strdup(x->arena, x->word.s);
	while ((more = next_word(x)) > 0)
		if (take_word(x) < 0)
			return -1;
	return more;
}

int action_text_parse(struct arena *arena, const char *text, struct action_text *out,
		      struct err *e)
{
	struct scan x = {arena, text, STRBUF_INIT, false, out, 0, 0, false, e};
	*out = (struct action_text){.action = NULL};
	if (strlen(text) > ACTION_TEXT_MOST)
		return err_set(e, ERR_LIMIT, _("this command is too long"));
	int rc = scan_all(&x);
	strbuf_free(&x.word);
	return rc;
}

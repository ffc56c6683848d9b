/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/alias.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "ui/command.h"

#define ALIAS_WORDS 9
#define BLANKS " \t"

void aliases_free(struct aliases *l)
{
	for (size_t i = 0; i < l->count; i++) {
		free(l->list[i].name);
		free(l->list[i].text);
	}
	free(l->list);
	*l = (struct aliases){.list = NULL};
}

/* Where the name is in the list, or belongs. */
static size_t find(const struct aliases *l, const char *name, size_t n, bool *there)
{
	size_t i = 0;
	int order = -1;
	for (; i < l->count; i++) {
		order = strncmp(name, l->list[i].name, n);
		if (order == 0 && l->list[i].name[n])
			order = -1;
		if (order <= 0)
			break;
	}
	*there = i < l->count && order == 0;
	return i;
}

static bool is_command(const char *name)
{
	const struct command *c = command_find(name, NULL);
	return c && strcmp(c->name, name) == 0;
}

static int check_name(const char *name, struct err *e)
{
	size_t n = strlen(name);
	if (!n || n > ALIAS_NAME_MOST || strcspn(name, " \t;\"'\\$#:") < n)
		return err_set(e, ERR_USAGE, _("\"%.70s\" can't be the name of an alias"),
			       name);
	if (is_command(name))
		return err_set(e, ERR_USAGE, _("%s is a command: an alias needs another name"),
			       name);
	return 0;
}

int alias_set(struct aliases *l, const char *name, const char *text, struct err *e)
{
	bool there;
	if (check_name(name, e) < 0)
		return -1;
	size_t i = find(l, name, strlen(name), &there);
	if (there) {
		free(l->list[i].text);
		l->list[i].text = xstrdup(text);
		return 0;
	}
	if (l->count >= ALIASES_MOST)
		return err_set(e, ERR_LIMIT, _("more than %d aliases"), ALIASES_MOST);
	array_reserve((void **)&l->list, &l->cap, l->count + 1, sizeof *l->list);
	memmove(l->list + i + 1, l->list + i, (l->count - i) * sizeof *l->list);
	l->list[i] = (struct alias){xstrdup(name), xstrdup(text)};
	l->count++;
	return 0;
}

int alias_remove(struct aliases *l, const char *name, struct err *e)
{
	bool there;
	size_t i = find(l, name, strlen(name), &there);
	if (!there)
		return err_set(e, ERR_NOT_FOUND, _("there is no alias %.70s"), name);
	free(l->list[i].name);
	free(l->list[i].text);
	l->count--;
	memmove(l->list + i, l->list + i + 1, (l->count - i) * sizeof *l->list);
	return 0;
}

const struct alias *alias_named(const struct aliases *l, const char *text)
{
	bool there;
	text += strspn(text, BLANKS);
	size_t n = strcspn(text, BLANKS);
	size_t i = n ? find(l, text, n, &there) : 0;
	return n && there ? &l->list[i] : NULL;
}

/* --- what it stands for --------------------------------------------------- */

struct piece {
	const char *s;
	size_t n;
};

/* The words behind the name, quotes and all.  What is behind the ninth belongs to all of them
 * only. */
static size_t split(const char *rest, struct piece words[ALIAS_WORDS])
{
	size_t count = 0;
	while (*(rest += strspn(rest, BLANKS)) && count < ALIAS_WORDS) {
		const char *end = rest;
		for (char quote = '\0'; *end && (quote || !strchr(BLANKS, *end)); end++) {
			bool mark = *end == '"' || *end == '\'';
			if (quote && *end == quote)
				quote = '\0';
			else if (!quote && mark && strchr(end + 1, *end))
				quote = *end;
		}
		words[count++] = (struct piece){rest, (size_t)(end - rest)};
		rest = end;
	}
	return count;
}

static size_t words_wanted(const char *text, bool *named)
{
	size_t most = 0;
	*named = false;
	for (const char *s = strchr(text, '$'); s && s[1]; s = strchr(s + 2, '$')) {
		size_t n = s[1] >= '1' && s[1] <= '9' ? (size_t)(s[1] - '0') : 0;
		*named |= n || s[1] == '@';
		most = n > most ? n : most;
	}
	return most;
}

static void put_in(struct strbuf *out, const char *text, const struct piece *words,
		   const struct piece *all)
{
	for (const char *s = text; *s; s++) {
		char c = *s == '$' ? s[1] : '\0';
		if (c >= '1' && c <= '9')
			strbuf_add(out, words[c - '1'].s, words[c - '1'].n);
		else if (c == '@')
			strbuf_add(out, all->s, all->n);
		else
			strbuf_addc(out, *s);
		s += c == '@' || c == '$' || (c >= '1' && c <= '9');
	}
}

char *alias_expand(const struct alias *x, const char *text, struct err *e)
{
	struct piece words[ALIAS_WORDS] = {{NULL, 0}};
	struct strbuf out = STRBUF_INIT;
	bool named;
	const char *rest = text + strspn(text, BLANKS);
	rest += strcspn(rest, BLANKS);
	rest += strspn(rest, BLANKS);
	const struct piece all = {rest, strlen(rest)};
	size_t wanted = words_wanted(x->text, &named);
	if (split(rest, words) < wanted) {
		err_set(e, ERR_USAGE, _("%s needs more words: %.200s"), x->name, x->text);
		return NULL;
	}
	put_in(&out, x->text, words, &all);
	if (!named && all.n)
		strbuf_addf(&out, " %s", rest);
	if (out.len < COMMAND_SIZE)
		return strbuf_detach(&out);
	strbuf_free(&out);
	err_set(e, ERR_LIMIT, "%s", _("this command is too long"));
	return NULL;
}

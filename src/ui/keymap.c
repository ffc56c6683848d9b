/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/err.h"
#include "ui/command.h"

static const struct {
	const char *id, *title;
} contexts[] = {
#define C(id, NAME, title) [CONTEXT_##NAME] = {#id, title},
	CONTEXTS(C)
#undef C
};

const char *context_title(enum context c)
{
	return contexts[c].title;
}

const char *context_id(enum context c)
{
	return contexts[c].id;
}

int context_find(const char *id)
{
	for (int i = 0; i < CONTEXT_COUNT; i++)
		if (strcmp(contexts[i].id, id) == 0)
			return i;
	return -1;
}

struct keymap *keymap_new(void)
{
	struct keymap *m = xcalloc(1, sizeof *m);
	m->own = (struct strbuf)STRBUF_INIT;
	return m;
}

void keymap_free(struct keymap *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->count; i++)
		free(m->list[i].command);
	free(m->list);
	aliases_free(&m->aliases);
	strbuf_free(&m->own);
	free(m);
}

static void remove_at(struct keymap *m, size_t i)
{
	free(m->list[i].command);
	m->count--;
	memmove(m->list + i, m->list + i + 1, (m->count - i) * sizeof *m->list);
}

static bool starts_with(const struct binding *b, const uint32_t *keys, size_t count)
{
	return b->key_count >= count && memcmp(b->keys, keys, count * sizeof *keys) == 0;
}

/* A file that is being read. */
struct reader {
	struct keymap *map;
	const char *name; /* NULL: no file, but a command */
	int line, errors;
	size_t older; /* bindings that other files made */
	struct strbuf *problems;
};

static void __attribute__((format(printf, 2, 3)))
problem(struct reader *r, const char *fmt, ...)
{
	if (r->name)
		strbuf_addf(r->problems, "%s:%d: ", r->name, r->line);
	va_list ap;
	va_start(ap, fmt);
	strbuf_vaddf(r->problems, fmt, ap);
	va_end(ap);
	strbuf_addc(r->problems, '\n');
	r->errors++;
}

/* Makes room for a binding: bindings of earlier files give way, those of this file are in
 * conflict.  False where it can't be. */
static bool give_way(struct reader *r, const struct binding *b, const char *keys)
{
	struct keymap *m = r->map;
	for (size_t i = m->count; i-- > 0;) {
		struct binding *old = &m->list[i];
		size_t shorter = old->key_count < b->key_count ? old->key_count : b->key_count;
		if (old->context != b->context || !starts_with(old, b->keys, shorter))
			continue;
		if (i >= r->older) {
			problem(r,
				old->key_count == b->key_count
					? _("%.40s is bound already in line %d")
					: _("%.40s and the keys in line %d start alike: one "
					    "can't be reached"),
				keys, old->line);
			return false;
		}
		remove_at(m, i);
		r->older--;
	}
	return true;
}

static void unbind(struct reader *r, enum context c, const uint32_t *keys, size_t count,
		   const char *name)
{
	for (size_t i = 0; i < r->map->count; i++) {
		struct binding *b = &r->map->list[i];
		if (b->context != c || b->key_count != count || !starts_with(b, keys, count))
			continue;
		remove_at(r->map, i);
		if (i < r->older)
			r->older--;
		return;
	}
	problem(r, _("%.40s is not bound"), name);
}

static char *next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " \t\r");
	char *end = word + strcspn(word, " \t\r");
	*rest = end;
	if (*end) {
		*end = '\0';
		*rest = end + 1 + strspn(end + 1, " \t\r");
	}
	return word;
}

static void trim_end(char *s)
{
	size_t n = strlen(s);
	while (n && strchr(" \t\r", s[n - 1]))
		s[--n] = '\0';
}

static void bind(struct reader *r, enum context c, const uint32_t *keys, size_t count,
		 const char *name, char *command)
{
	struct err e = ERR_INIT;
	struct binding b = {.context = c, .key_count = count, .line = r->line};
	memcpy(b.keys, keys, count * sizeof *keys);
	trim_end(command);
	if (command_check(command, &r->map->aliases, &e) < 0) {
		problem(r, "%s", e.text);
		return;
	}
	if (!give_way(r, &b, name))
		return;
	b.command = xstrdup(command);
	ARRAY_PUSH(r->map->list, r->map->count, r->map->cap) = b;
}

static void read_alias(struct reader *r, bool gives, char *line)
{
	struct err e = ERR_INIT;
	char *name = next_word(&line);
	trim_end(line);
	int rc = !gives  ? alias_remove(&r->map->aliases, name, &e)
		 : *line ? alias_set(&r->map->aliases, name, line, &e)
			 : err_set(&e, ERR_USAGE, _("%.40s needs a command"), name);
	if (rc < 0)
		problem(r, "%s", e.text);
}

static void read_line(struct reader *r, char *line)
{
	char *verb = next_word(&line);
	if (!*verb || *verb == '#')
		return;
	bool binds = strcmp(verb, "bind") == 0;
	if (strcmp(verb, "alias") == 0 || strcmp(verb, "unalias") == 0) {
		read_alias(r, *verb == 'a', line);
		return;
	}
	if (!binds && strcmp(verb, "unbind") != 0) {
		problem(r,
			_("\"bind\", \"unbind\", \"alias\" or \"unalias\" is due here, not "
			  "\"%.40s\""),
			verb);
		return;
	}
	char *context = next_word(&line), *name = next_word(&line);
	int c = context_find(context);
	uint32_t keys[KEYS_MOST];
	size_t count = keys_parse(name, keys);
	if (binds && count && !*line)
		problem(r, _("%.40s needs a command"), name);
	else if (c < 0)
		problem(r, _("no such context: \"%.40s\""), context);
	else if (!count)
		problem(r, _("no such key: \"%.40s\""), name);
	else if (binds)
		bind(r, (enum context)c, keys, count, name, line);
	else
		unbind(r, (enum context)c, keys, count, name);
}

int keymap_read(struct keymap *m, const char *name, const char *text, size_t n,
		struct strbuf *problems)
{
	struct reader r = {.map = m, .name = name, .older = m->count, .problems = problems};
	char *copy = xstrndup(text, n);
	char *line = copy, *end;
	do {
		r.line++;
		end = strchr(line, '\n');
		if (end)
			*end = '\0';
		read_line(&r, line);
		line = end ? end + 1 : NULL;
	} while (line);
	free(copy);
	return r.errors;
}

int keymap_line(struct keymap *m, const char *line, struct err *e)
{
	struct strbuf problems = STRBUF_INIT;
	struct reader r = {.map = m, .older = m->count, .problems = &problems};
	char *copy = xstrdup(line);
	read_line(&r, copy);
	free(copy);
	if (r.errors)
		err_set(e, ERR_USAGE, "%.*s", (int)strcspn(problems.s, "\n"), problems.s);
	else
		strbuf_addf(&m->own, "%s\n", line);
	strbuf_free(&problems);
	return r.errors ? -1 : 0;
}

void keymap_repeat(struct keymap *m, const struct keymap *other)
{
	char *lines = xstrdup(other->own.s), *rest = lines, *line;
	while ((line = strsep(&rest, "\n")) && *line)
		keymap_line(m, line, NULL);
	free(lines);
}

static enum keymap_match find_in(const struct keymap *m, enum context c, const uint32_t *keys,
				 size_t count, const char **command)
{
	enum keymap_match best = KEYMAP_NONE;
	for (size_t i = 0; i < m->count; i++) {
		const struct binding *b = &m->list[i];
		if (b->context != c || !starts_with(b, keys, count))
			continue;
		if (b->key_count == count) {
			*command = b->command;
			return KEYMAP_FOUND;
		}
		best = KEYMAP_PREFIX;
	}
	return best;
}

enum keymap_match keymap_find(const struct keymap *m, enum context c, const uint32_t *keys,
			      size_t count, const char **command)
{
	*command = NULL;
	enum keymap_match match = find_in(m, c, keys, count, command);
	if (match == KEYMAP_NONE && c != CONTEXT_COMMON)
		match = find_in(m, CONTEXT_COMMON, keys, count, command);
	return match;
}

void binding_label(const struct binding *b, struct strbuf *out)
{
	char buf[KEY_NAME_SIZE];
	for (size_t i = 0; i < b->key_count; i++)
		strbuf_adds(out, key_label(b->keys[i], buf));
}

/* Whether the context has a binding of its own for these keys, which hides the common one. */
static bool is_hidden(const struct keymap *m, enum context c, const struct binding *b)
{
	const char *other;
	return b->context == CONTEXT_COMMON && c != CONTEXT_COMMON &&
	       find_in(m, c, b->keys, b->key_count, &other) != KEYMAP_NONE;
}

const char *keymap_key_for(const struct keymap *m, enum context c, const char *command,
			   char *buf, size_t size)
{
	struct strbuf label = STRBUF_INIT;
	for (int pass = 0; pass < 2 && !label.len; pass++) {
		enum context where = pass ? c : CONTEXT_COMMON;
		for (size_t i = 0; i < m->count && !label.len; i++)
			if (m->list[i].context == where &&
			    strcmp(m->list[i].command, command) == 0 &&
			    !is_hidden(m, c, &m->list[i]))
				binding_label(&m->list[i], &label);
	}
	snprintf(buf, size, "%s", label.s);
	strbuf_free(&label);
	return buf;
}

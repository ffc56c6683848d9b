/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/command.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "ui/alias.h"
#include "ui/state.h"

const struct command *command_nth(size_t n)
{
	for (size_t i = 0; command_tables[i]; i++)
		for (const struct command *c = command_tables[i]; c->name; c++)
			if (n-- == 0)
				return c;
	return NULL;
}

const struct command *command_find(const char *name, struct err *e)
{
	const struct command *found[2];
	size_t n = strlen(name), count = 0;
	for (size_t i = 0; command_tables[i]; i++)
		for (const struct command *c = command_tables[i]; c->name; c++) {
			if (strncmp(c->name, name, n) != 0)
				continue;
			if (!c->name[n])
				return c;
			if (count < ARRAY_LEN(found))
				found[count++] = c;
		}
	if (count == 1)
		return found[0];
	if (count)
		err_set(e, ERR_USAGE, _("\"%.40s\" can mean %s or %s"), name, found[0]->name,
			found[1]->name);
	else
		err_set(e, ERR_USAGE, _("no such command: %.40s"), name);
	return NULL;
}

/* --- several in a text ---------------------------------------------------- */

/* A quote opens where a word or a value begins, and only where it is closed again: so that an
 * apostrophe is one. */
static bool opens_quote(const char *text, size_t at)
{
	bool quote = text[at] == '"' || text[at] == '\'';
	bool begins = at == 0 || strchr(" \t=:,;(<>|!-", text[at - 1]);
	return quote && begins && strchr(text + at + 1, text[at]);
}

/* How far the command goes that begins at `at`: to its ";" or the text's end. */
static size_t find_end(const char *text, size_t at)
{
	char quote = '\0';
	for (; text[at]; at++) {
		if (text[at] == '\\' && text[at + 1] && quote != '\'')
			at++;
		else if (quote && text[at] == quote)
			quote = '\0';
		else if (!quote && text[at] == ';')
			break;
		else if (!quote && opens_quote(text, at))
			quote = text[at];
	}
	return at;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Whether what begins here takes the whole line. */
static bool takes_all(const char *s)
{
	char name[64];
	size_t n = strcspn(s, " \t;");
	if (n == 0 || n >= sizeof name)
		return false;
	memcpy(name, s, n);
	name[n] = '\0';
	const struct command *c = command_find(name, NULL);
	return c && (c->takes == TAKES_COMMANDS || c->takes == TAKES_BINDING);
}

/* Where the command that begins at or behind `at` begins and ends. */
static size_t find_command(const char *text, size_t at, size_t *start)
{
	*start = at + strspn(text + at, " \t;");
	return takes_all(text + *start) ? *start + strlen(text + *start)
					: find_end(text, *start);
}

size_t command_last(const char *text)
{
	size_t start, end = find_command(text, 0, &start);
	while (text[end])
		end = find_command(text, end + 1, &start);
	return start;
}

bool command_next(const char *text, size_t *at, struct command_piece *piece)
{
	size_t start, end = find_command(text, *at, &start);
	if (!text[start]) {
		*at = start;
		return false;
	}
	*at = text[end] ? end + 1 : end;
	while (end > start && is_blank(text[end - 1]))
		end--;
	*piece = (struct command_piece){start, end - start};
	return true;
}

/* --- one ------------------------------------------------------------------ */

/* A command's text while it is read: a copy, in which its words are cut apart. */
struct reading {
	const char *text;
	char line[COMMAND_SIZE];
	const struct command *command;
	struct words words;
	size_t fault; /* in the text */
};

/* "\;" is ";", but for what keeps commands for later. */
static void drop_backslashes(char *line)
{
	char *out = line;
	for (const char *s = line; *s; s++) {
		if (s[0] == '\\' && s[1] == ';')
			s++;
		*out++ = *s;
	}
	*out = '\0';
}

/* Where a byte of the copy stands in the text. */
static size_t place_in_text(const struct reading *r, const char *s)
{
	size_t at = 0;
	for (const char *p = r->line; p < s; p++, at++)
		if (r->text[at] == '\\' && r->text[at + 1] == ';' && *p == ';')
			at++;
	return at;
}

static char *skip_blanks(char *s)
{
	return s + strspn(s, " \t");
}

/* Takes the next word off *rest; the last one that a command takes runs to the end of the
 * line, so that filters and searches need no quotes. */
static char *next_word(char **rest, bool last)
{
	char *word = *rest;
	if (last) {
		size_t n = strlen(word);
		while (n && is_blank(word[n - 1]))
			word[--n] = '\0';
		*rest = word + n;
		return word;
	}
	char *end = word + strcspn(word, " \t");
	*rest = *end ? skip_blanks(end + 1) : end;
	*end = '\0';
	return word;
}

static int fail_at(struct reading *r, const char *where)
{
	r->fault = place_in_text(r, where);
	return -1;
}

static int read_command(struct reading *r, const char *text, struct err *e)
{
	r->text = text; /* not all of it is cleared: the line is long */
	r->words = (struct words){.count = 0};
	r->fault = 0;
	if (snprintf(r->line, sizeof r->line, "%s", text) >= (int)sizeof r->line)
		return err_set(e, ERR_LIMIT, _("this command is too long"));
	if (!takes_all(skip_blanks(r->line)))
		drop_backslashes(r->line);
	char *rest = skip_blanks(r->line), *end = r->line + strlen(r->line);
	char *name = next_word(&rest, false);
	const struct command *c = r->command = command_find(name, e);
	struct words *w = &r->words;
	if (!c)
		return fail_at(r, name);
	while (*rest && w->count < c->most) {
		w->at[w->count] = (size_t)(rest - r->line);
		w->list[w->count] = next_word(&rest, w->count + 1 == c->most);
		w->count++;
	}
	if (!*rest && w->count >= c->least)
		return 0;
	err_set(e, ERR_USAGE, _("%s is used as: %s %s"), c->name, c->name, c->args);
	return fail_at(r, *rest ? rest : end);
}

static int check_one(const char *text, const struct aliases *aliases, struct err *e)
{
	struct reading r;
	if (aliases && alias_named(aliases, text))
		return 0;
	return read_command(&r, text, e);
}

int command_check(const char *text, const struct aliases *aliases, struct err *e)
{
	struct command_piece piece;
	size_t at = 0, count = 0;
	for (; command_next(text, &at, &piece); count++) {
		char *one = xstrndup(text + piece.start, piece.n);
		int rc = check_one(one, aliases, e);
		free(one);
		if (rc < 0)
			return -1;
	}
	return count ? 0 : err_set(e, ERR_USAGE, "%s", _("a command is due here"));
}

int command_run(struct app *a, const char *text, struct effects *fx, struct err *e, size_t *at)
{
	struct reading r;
	int rc = read_command(&r, text, e);
	if (rc == 0) {
		a->fault = r.words.count ? r.words.at[0] : 0;
		rc = r.command->run(a, &r.words, fx, e);
		fail_at(&r, r.line + a->fault);
	}
	if (at)
		*at = r.fault;
	return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/command.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

#define COMMAND_SIZE 1024

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
	const struct command *found = NULL;
	size_t n = strlen(name);
	for (size_t i = 0; command_nth(i); i++) {
		const struct command *c = command_nth(i);
		if (strcmp(c->name, name) == 0)
			return c;
		if (strncmp(c->name, name, n) != 0)
			continue;
		if (found) {
			err_set(e, ERR_USAGE, _("\"%.40s\" can mean %s or %s"), name,
				found->name, c->name);
			return NULL;
		}
		found = c;
	}
	if (!found)
		err_set(e, ERR_USAGE, _("no such command: %.40s"), name);
	return found;
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
		while (n && strchr(" \t", word[n - 1]))
			word[--n] = '\0';
		*rest = word + n;
		return word;
	}
	char *end = word + strcspn(word, " \t");
	*rest = *end ? skip_blanks(end + 1) : end;
	*end = '\0';
	return word;
}

/* Splits `line` (which is changed) into its command and words. */
static const struct command *parse(char *line, struct words *w, struct err *e)
{
	char *rest = skip_blanks(line);
	char *name = next_word(&rest, false);
	w->count = 0;
	const struct command *c = command_find(name, e);
	if (!c)
		return NULL;
	while (*rest && w->count < c->most)
		w->list[w->count] = next_word(&rest, w->count + 1 == c->most), w->count++;
	if (*rest || w->count < c->least) {
		err_set(e, ERR_USAGE, _("%s is used as: %s %s"), c->name, c->name, c->args);
		return NULL;
	}
	return c;
}

static const struct command *parse_copy(const char *text, char line[COMMAND_SIZE],
					struct words *w, struct err *e)
{
	if (snprintf(line, COMMAND_SIZE, "%s", text) >= COMMAND_SIZE) {
		err_set(e, ERR_LIMIT, _("this command is too long"));
		return NULL;
	}
	return parse(line, w, e);
}

int command_check(const char *text, struct err *e)
{
	char line[COMMAND_SIZE];
	struct words w;
	return parse_copy(text, line, &w, e) ? 0 : -1;
}

int command_run(struct app *a, const char *text, struct effects *fx, struct err *e)
{
	char line[COMMAND_SIZE];
	struct words w;
	const struct command *c = parse_copy(text, line, &w, e);
	return c ? c->run(a, &w, fx, e) : -1;
}

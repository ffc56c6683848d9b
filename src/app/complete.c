/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/complete.h"

#include <stdlib.h>
#include <string.h>

#include "app/program.h"
#include "base/alloc.h"
#include "model/kind.h"
#include "ui/command.h"

struct found {
	char **list;
	size_t count, cap;
	const char *word;
};

/* readline frees these: they are from malloc. */
static void consider(struct found *f, const char *name)
{
	if (strncmp(name, f->word, strlen(f->word)) == 0)
		ARRAY_PUSH(f->list, f->count, f->cap) = xstrdup(name);
}

static void names(struct found *f)
{
	for (size_t i = 0; command_nth(i); i++)
		consider(f, command_nth(i)->name);
	for (const struct verb *v = verbs; v->cli; v++)
		consider(f, v->cli->verb);
}

static void queues(struct found *f)
{
	for (size_t i = 0; kinds[i]; i++)
		if (!kinds[i]->catalogue)
			consider(f, kinds[i]->id);
}

/* The first is what all have in common, as readline wants it. */
static char **finish(struct found *f)
{
	if (!f->count)
		return NULL;
	size_t n = strlen(f->list[0]);
	for (size_t i = 1; i < f->count; i++)
		while (strncmp(f->list[0], f->list[i], n) != 0)
			n--;
	char **all = xcalloc(f->count + 2, sizeof *all);
	all[0] = xstrndup(f->list[0], n);
	if (f->count == 1)
		free(f->list[0]);
	else
		memcpy(all + 1, f->list, f->count * sizeof *all);
	free(f->list);
	return all;
}

char **complete_line(void *context, const char *line, int start)
{
	struct found f = {.word = line + start};
	char name[64];
	size_t n = strcspn(line, " \t");
	(void)context;
	if (start == 0) {
		names(&f);
		return finish(&f);
	}
	if (n >= sizeof name)
		return NULL;
	memcpy(name, line, n);
	name[n] = '\0';
	const struct command *c = command_find(name, NULL);
	if (c && c->takes == TAKES_QUEUE)
		queues(&f);
	return finish(&f);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same candidates as on the ":" line, and the verbs.  Who presses Tab waits for the cache;
 * nothing else goes on meanwhile that a person would miss. */
#include "app/complete.h"

#include <stdlib.h>
#include <string.h>

#include "app/cache.h"
#include "app/complete_ask.h"
#include "base/alloc.h"
#include "ui/complete.h"

#define BEGINS 3 /* rank of what begins with what was typed */

struct found {
	char **list;
	size_t count, cap;
};

/* readline frees these: they are from malloc. */
static void add(struct found *f, char *text)
{
	ARRAY_PUSH(f->list, f->count, f->cap) = text;
}

static void verb_names(struct found *f, const char *typed)
{
	for (const struct verb *v = verbs; v->cli; v++)
		if (strncmp(v->cli->verb, typed, strlen(typed)) == 0)
			add(f, xstrdup(v->cli->verb));
}

/* What has to be asked of the cache or a folder. */
static void ask(const struct program *p, struct completion *c)
{
	struct err e = ERR_INIT;
	if (!c->ask)
		return;
	struct db *db = c->ask->what == COMPLETE_VALUES ? cache_open(p, &e) : NULL;
	struct complete_answer *answer = complete_ask(&p->paths, db, c->ask, &e);
	completion_add_answer(c, answer);
	complete_answer_free(answer);
	db_close(db);
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
	while (n && ((unsigned char)f->list[0][n] & 0xc0) == 0x80) /* whole letters only */
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
	const struct completer *by = context;
	struct completion c = {.list = NULL};
	struct found f = {.list = NULL};
	size_t from = (size_t)start;
	complete_commands(session_app(by->session), line, strlen(line), &c);
	ask(by->program, &c);
	for (size_t i = 0; i < c.count; i++)
		if (c.start >= from && c.list[i].rank >= BEGINS)
			add(&f, xasprintf("%.*s%s", (int)(c.start - from), line + from,
					  c.list[i].text));
	completion_free(&c);
	if (!start)
		verb_names(&f, line);
	return finish(&f);
}

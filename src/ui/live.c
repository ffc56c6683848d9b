/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every key is a new question to the cache, which gives up the one before: no key waits, and
 * the rows are those of the last key that an answer came to. */
#include "ui/live.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "model/filter_typing.h"
#include "ui/input.h"
#include "ui/state.h"

void live_free(struct live *v)
{
	list_place_free(&v->place);
	*v = (struct live){.list = NULL};
}

void live_open(struct app *a, struct list *l, const char *text, struct effects *fx)
{
	live_free(&a->live);
	a->live.list = l;
	list_place_note(l, &a->live.place);
	input_open_prompt(a, PROMPT_SEARCH, text, fx);
}

static void show(struct app *a, const char *text)
{
	struct live *v = &a->live;
	char *words = filter_while_typed(text);
	v->problem = (struct err)ERR_INIT;
	v->changed = true;
	if (strcmp(words, v->list->words) != 0)
		list_set_filter(v->list, words);
	free(words);
}

void live_typed(struct app *a, const char *text, struct effects *fx)
{
	if (a->live.list && text[0] == '/') { /* "//": in all queues */
		char *words = xstrdup(text + 1);
		live_done(a, NULL);
		find_open(a, words, true, fx);
		free(words);
		return;
	}
	if (a->live.list && (a->live.changed || strcmp(text, a->live.place.words) != 0))
		show(a, text);
}

void live_done(struct app *a, const char *text)
{
	struct live *v = &a->live;
	if (v->list && v->changed && text)
		show(a, text);
	else if (v->list && v->changed)
		list_return(v->list, &v->place);
	live_free(v);
}

bool live_refused(struct app *a, const struct list *l, const struct err *e)
{
	if (a->live.list != l)
		return false;
	a->live.problem = *e;
	a->dirty = true;
	return true;
}

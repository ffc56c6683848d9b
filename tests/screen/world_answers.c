/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the console asks for, answered: in the place of the worker. */
#include "world_parts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"

static void remember(struct world *w, const json_t *changes)
{
	const char *name;
	json_t *value;
	if (!w->memory)
		w->memory = json_object();
	json_object_foreach ((json_t *)(uintptr_t)changes, name, value)
		if (json_is_null(value))
			json_object_del(w->memory, name);
		else
			json_object_set(w->memory, name, value);
}

/* What is not a question is only noted. */
static void note(struct world *w, struct effect *e)
{
	switch (e->type) {
	case EFFECT_QUERY:
		w->queries++;
		break;
	case EFFECT_QUIT:
		w->quit = true;
		break;
	case EFFECT_COMMAND:
		json_array_append(w->asked, e->command);
		break;
	case EFFECT_DRAFTS:
		if (w->disk_full)
			app_drafts_failed(w->app, e->command);
		else
			world_keep(w, e->command);
		break;
	case EFFECT_REMEMBER:
		remember(w, e->command);
		break;
	case EFFECT_EDITOR:
		free(w->editing);
		w->editing = xstrdup(e->text);
		break;
	case EFFECT_OPEN:
		snprintf(w->opened, sizeof w->opened, "%s", e->text);
		break;
	case EFFECT_COPY:
		snprintf(w->copied, sizeof w->copied, "%s", e->text);
		break;
	case EFFECT_COMPLETE:
		complete_query_free(w->completing);
		w->completing = e->complete;
		e->complete = NULL;
		break;
	case EFFECT_PROMPT_OPEN:
	case EFFECT_PROMPT_SET:
		snprintf(w->prompt, sizeof w->prompt, "%s", e->text);
		break;
	default:
		break;
	}
}

static void answer_due(struct world *w, const struct effect *e)
{
	struct event event = {.type = EVENT_DUE, .now = w->now};
	event.board = world_due(w, &e->due);
	app_update(w->app, &event, &w->fx);
}

static void answer_forecast(struct world *w, const struct effect *e)
{
	struct event event = {.type = EVENT_FORECAST, .now = w->now};
	event.forecast = world_forecast(w, e->forecast);
	app_update(w->app, &event, &w->fx);
}

static void answer_duplicates(struct world *w, const struct effect *e)
{
	struct event event = {.type = EVENT_DUPLICATES, .now = w->now};
	event.duplicates = world_duplicates(w, e->duplicates);
	app_update(w->app, &event, &w->fx);
}

static const struct {
	enum effect_type type;
	void (*answer)(struct world *w, const struct effect *e);
} answers[] = {
	{EFFECT_QUERY, world_answer_page},
	{EFFECT_FIGURES, world_answer_figures},
	{EFFECT_DUE, answer_due},
	{EFFECT_FORECAST, answer_forecast},
	{EFFECT_GROUPS, world_answer_groups},
	{EFFECT_REPLIES, world_answer_replies},
	{EFFECT_SOURCE, world_answer_source},
	{EFFECT_DUPLICATES, answer_duplicates},
	{EFFECT_VIEWS, world_answer_views},
};

/* The last question of a type: it overtakes the others. */
static const struct effect *newest(const struct effects *fx, enum effect_type type)
{
	for (size_t i = fx->count; i > 0; i--)
		if (fx->list[i - 1].type == type)
			return &fx->list[i - 1];
	return NULL;
}

bool world_answer_one(struct world *w)
{
	struct effects fx = w->fx;
	bool any = false;
	w->fx = (struct effects){.list = NULL};
	for (size_t i = 0; i < fx.count; i++)
		note(w, &fx.list[i]);
	for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
		const struct effect *e = newest(&fx, answers[i].type);
		if (!e || (e->type == EFFECT_DUPLICATES && !w->alike))
			continue;
		answers[i].answer(w, e);
		any = true;
	}
	effects_free(&fx);
	if (json_array_size(w->asked) > 0 && !w->deaf) {
		world_obey(w);
		any = true;
	}
	return any;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small centre in memory: its beginning and end, and what happens to its console. */
#include "world_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "deadline/rulebook.h"

static void add_source(struct world *w, const char *name, const char *title,
		       uint32_t kinds_mask)
{
	struct source_status *s = &w->sources[w->source_count++];
	memset(s, 0, sizeof *s);
	snprintf(s->name, sizeof s->name, "%s", name);
	snprintf(s->title, sizeof s->title, "%s", title);
	snprintf(s->connector, sizeof s->connector, "native");
	s->state = SOURCE_LIVE;
	s->kinds = kinds_mask;
	s->last_ok = w->now - 2 * SECOND;
	source_note(
		s, &(struct source_request){w->now - 9 * MINUTE, 2, 0, 0, "GET", "/v1/stream"});
	source_note(s, &(struct source_request){w->now - 8 * MINUTE, 41, 182, 503, "GET",
						"/v1/complaints/changes"});
	source_note(s, &(struct source_request){w->now - 2 * SECOND, 12, 61440, 200, "POST",
						"/v1/complaints/PA-00001/actions"});
	s->last_change = w->now - 40 * SECOND;
	s->next_try = CLOCK_NONE;
	s->stale_after = 5 * MINUTE;
	s->records = 5012;
	s->total = -1;
	s->lag_ms = 12;
}

void world_init(struct world *w, const char *data_dir)
{
	memset(w, 0, sizeof *w);
	w->now = WORLD_NOW;
	clock_set_zone("Asia/Ho_Chi_Minh");
	w->data_dir = data_dir;
	w->replies = (struct strbuf)STRBUF_INIT;
	w->keymap = world_read_keys(data_dir);
	w->rules = world_read_rules(data_dir);
	w->views = world_read_views(data_dir);
	w->own_views = (struct strbuf)STRBUF_INIT;
	world_fill(w);
	add_source(w, "son-la", "Cổng IOC Sơn La", 7);
	add_source(w, "camera", "Camera", 8);
}

static void answer_all(struct world *w)
{
	for (int i = 0; i < 100 && !w->silent && world_answer_one(w); i++)
		;
}

void world_send(struct world *w, struct event *e)
{
	e->now = w->now;
	app_update(w->app, e, &w->fx);
	answer_all(w);
}

void world_start(struct world *w, int rows, int columns, bool ascii)
{
	static uint64_t starts; /* no two consoles of a test are alike */
	struct app_config c = {
		.title = "IOC Sơn La",
		.rows = rows,
		.columns = columns,
		.now = w->now,
		.names = {world_name, NULL, world_nth},
		.keymap = w->keymap,
		.views = w->views,
		.seed = ++starts,
		.duplicates = likeness_usual(),
		.ascii = ascii,
		.spoken = w->spoken,
		.linear = w->linear,
		.page = w->page,
	};
	cellbuf_init(&w->screen, rows, columns);
	w->asked = json_array();
	w->app = app_new(&c, &w->fx);
	app_set_rules(w->app, w->rules);
	answer_all(w);
}

void world_free(struct world *w)
{
	app_free(w->app);
	json_decref(w->asked);
	json_decref(w->drafts);
	json_decref(w->memory);
	strbuf_free(&w->replies);
	free(w->editing);
	complete_query_free(w->completing);
	effects_free(&w->fx);
	cellbuf_free(&w->screen);
	keymap_free(w->keymap);
	rulebook_free(w->rules);
	views_free(w->views);
	strbuf_free(&w->own_views);
	arena_free(&w->arena);
}

void world_keys(struct world *w, const char *keys)
{
	while (*keys) {
		uint32_t key;
		size_t n = key_parse(keys, &key);
		if (!n)
			abort();
		keys += n;
		world_send(w, &(struct event){.type = EVENT_KEY, .key = key});
	}
}

void world_command(struct world *w, const char *text)
{
	struct event e = {.type = EVENT_PROMPT_DONE};
	e.prompt.text = text;
	world_send(w, &e);
}

static void send_line(struct world *w, enum event_type type, int step)
{
	struct event e = {.type = type};
	char line[sizeof w->prompt];
	memcpy(line, w->prompt, sizeof line);
	e.prompt.text = line;
	e.prompt.cursor = (int)strlen(line);
	e.prompt.step = step;
	world_send(w, &e);
}

void world_type(struct world *w, const char *text)
{
	size_t n = strlen(w->prompt);
	snprintf(w->prompt + n, sizeof w->prompt - n, "%s", text);
	send_line(w, EVENT_PROMPT, 0);
}

void world_tab(struct world *w, int step)
{
	send_line(w, EVENT_PROMPT_TAB, step);
}

void world_complete(struct world *w, const char *const *values)
{
	struct complete_answer *a = complete_answer_new(w->completing->generation);
	for (; *values; values += 2)
		complete_answer_add(a, values[0], values[1]);
	struct event e = {.type = EVENT_COMPLETION};
	e.completion = a;
	world_send(w, &e);
	complete_answer_free(a);
}

void world_tick(struct world *w, int64_t ms)
{
	w->now += ms;
	world_send(w, &(struct event){.type = EVENT_TICK});
}

void world_resize(struct world *w, int rows, int columns)
{
	struct event e = {.type = EVENT_RESIZE};
	e.size.rows = rows;
	e.size.columns = columns;
	world_send(w, &e);
}

void world_changed(struct world *w, const char *kind)
{
	struct event e = {.type = EVENT_CHANGED};
	e.changed.kinds[kind_index(kind_find(kind))] = 1;
	world_send(w, &e);
}

void world_send_sources(struct world *w)
{
	struct event e = {.type = EVENT_SOURCES};
	e.sources.list = w->sources;
	e.sources.count = w->source_count;
	world_send(w, &e);
}

void world_send_writer(struct world *w, enum writer_state s, const char *reason)
{
	struct event e = {.type = EVENT_WRITER};
	e.writer.state = s;
	e.writer.reason = reason;
	world_send(w, &e);
}

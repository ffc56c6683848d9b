/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Carries out what the screens wish. */
#include <stdlib.h>
#include <string.h>

#include "app/assets.h"
#include "app/screen_dump.h"
#include "app/session_parts.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "text/clean.h"

static void tell_front(struct session *s, void (*what)(void *context))
{
	if (what)
		what(s->front.context);
}

static void load_theme(struct session *s, const char *name)
{
	struct err e = ERR_INIT;
	struct theme *t = assets_theme(&s->program->paths, name, &e);
	if (!t) {
		session_say(s, e.text);
		return;
	}
	app_set_theme(s->app, t);
	if (s->front.theme)
		s->front.theme(s->front.context, t);
	theme_free(s->theme);
	s->theme = t;
}

static void copy(struct session *s, const char *text)
{
	struct err e = ERR_INIT;
	if (s->front.copy(s->front.context, text, &e) < 0)
		session_say(s, e.text);
}

static void open_address(struct session *s, const char *url)
{
	struct err e = ERR_INIT;
	if (s->front.open(s->front.context, url, &e) < 0)
		session_say(s, e.text);
}

static void dump(struct session *s, const char *path)
{
	struct err e = ERR_INIT;
	app_render(s->app, &s->grid);
	if (screen_dump(&s->grid, path, &e) < 0)
		session_say(s, e.text);
}

static void start_editor(struct session *s, const char *text)
{
	struct err e = ERR_INIT;
	if (s->front.edit(s->front.context, s->program->paths.state_dir, text, &e) < 0)
		session_edited(s, NULL, e.text);
}

static void load_replies(struct session *s)
{
	struct err e = ERR_INIT;
	struct event event = {.type = EVENT_REPLIES};
	event.replies.list = assets_replies(&s->program->paths, &e);
	event.replies.problem = event.replies.list ? NULL : e.text;
	session_send(s, &event);
}

static void source_file(struct session *s, const char *name)
{
	struct err e = ERR_INIT;
	struct strbuf text = STRBUF_INIT;
	struct event event = {.type = EVENT_SOURCED};
	struct strbuf clean = STRBUF_INIT;
	char *path = assets_commands(&s->program->paths, name);
	bool read = assets_read(path, &text, &e) == 0;
	clean_append(&clean, text.s, text.len, CLEAN_LINES);
	event.sourced.path = path;
	event.sourced.text = read ? clean.s : NULL;
	event.sourced.problem = e.text;
	session_send(s, &event);
	strbuf_free(&clean);
	strbuf_free(&text);
	free(path);
}

static void open_prompt(struct session *s, const struct effect *f)
{
	const char *text = f->text ? f->text : "";
	if (s->front.prompt)
		s->front.prompt(s->front.context, f->prompt, text);
	else
		session_open_line(s, f->prompt, text, f->cursor);
}

static void carry_out_one(struct session *s, struct effect *f)
{
	switch (f->type) {
	case EFFECT_QUERY:
		worker_ask_page(s->worker, f->query);
		f->query = NULL;
		break;
	case EFFECT_FIGURES:
		worker_ask_figures(s->worker, clock_now());
		break;
	case EFFECT_DUE:
		worker_ask_due(s->worker, &f->due);
		break;
	case EFFECT_FORECAST:
		worker_ask_forecast(s->worker, f->forecast);
		f->forecast = NULL;
		break;
	case EFFECT_GROUPS:
		worker_ask_groups(s->worker, f->groups);
		f->groups = NULL;
		break;
	case EFFECT_DUPLICATES:
		worker_ask_duplicates(s->worker, f->duplicates);
		f->duplicates = NULL;
		break;
	case EFFECT_SUGGEST:
		worker_ask_suggestions(s->worker, f->suggest);
		f->suggest = NULL;
		break;
	case EFFECT_PROMPT_OPEN:
		open_prompt(s, f);
		break;
	case EFFECT_PROMPT_SET:
		line_replace(s->line, f->text, f->cursor);
		break;
	case EFFECT_COMPLETE:
		worker_ask_completion(s->worker, f->complete);
		f->complete = NULL;
		break;
	case EFFECT_PROMPT_CLOSE:
		line_close(s->line);
		break;
	case EFFECT_RETRY:
		session_ask_for_retry(s, f->text);
		break;
	case EFFECT_SYNC:
		session_ask_for_sync(s, f->text);
		break;
	case EFFECT_COPY:
		copy(s, f->text);
		break;
	case EFFECT_OPEN:
		open_address(s, f->text);
		break;
	case EFFECT_BELL:
		tell_front(s, s->front.bell);
		break;
	case EFFECT_REDRAW:
		tell_front(s, s->front.redraw);
		break;
	case EFFECT_MOUSE:
		if (s->front.mouse)
			s->front.mouse(s->front.context, f->flag);
		break;
	case EFFECT_THEME:
		load_theme(s, f->text);
		break;
	case EFFECT_DUMP:
		dump(s, f->text);
		break;
	case EFFECT_SUSPEND:
		tell_front(s, s->front.suspend);
		break;
	case EFFECT_COMMAND:
		session_hand_over(s, f->command);
		break;
	case EFFECT_DRAFTS:
		session_keep_drafts(s, f->command);
		break;
	case EFFECT_EDITOR:
		start_editor(s, f->text ? f->text : "");
		break;
	case EFFECT_SOURCE: /* one by one, not inside each other: see below */
		free(s->file_wanted);
		s->file_wanted = xstrdup(f->text);
		break;
	case EFFECT_REPLIES:
		load_replies(s);
		break;
	case EFFECT_REMEMBER:
		session_remember(s, f->command);
		break;
	case EFFECT_VIEWS:
		session_change_views(s, f->command);
		break;
	case EFFECT_QUIT:
		s->over = true;
		break;
	}
}

void session_carry_out(struct session *s, struct effects *fx)
{
	for (size_t i = 0; i < fx->count; i++)
		carry_out_one(s, &fx->list[i]);
	effects_free(fx);
	if (s->reading)
		return;
	s->reading = true;
	for (char *name; (name = s->file_wanted); free(name)) {
		s->file_wanted = NULL;
		source_file(s, name);
	}
	s->reading = false;
}

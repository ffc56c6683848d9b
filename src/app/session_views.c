/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saved views are changed by the operator, here and in other consoles, and by those who keep
 * the shared file.  Keys go with their views: the map is made anew, so that what a view lay
 * over is there again. */
#include <string.h>

#include "app/assets.h"
#include "app/session_parts.h"
#include "app/view_files.h"
#include "base/log.h"

static void bind_keys(struct session *s, struct strbuf *problems)
{
	const struct program *p = s->program;
	struct strbuf told = STRBUF_INIT; /* of files of keys: at the start */
	struct keymap *fresh = assets_keymap(&p->paths, p->config.keys, &told);
	struct keymap old = *s->keymap;
	view_files_bind(s->views, fresh, problems);
	keymap_repeat(fresh, s->keymap);
	*s->keymap = *fresh; /* which the screens have */
	*fresh = old;
	keymap_free(fresh);
	strbuf_free(&told);
}

void session_open_views(struct session *s, struct strbuf *problems)
{
	const struct program *p = s->program;
	s->view_watch = file_watch_new();
	view_files_watch(&p->paths, &p->config, s->view_watch);
	s->views = view_files_read(&p->paths, &p->config, NULL, problems);
	view_files_bind(s->views, s->keymap, problems);
}

/* The old views are the caller's to free, once the screens know the new ones; NULL: they say
 * the same, and stay. */
static struct views *read_again(struct session *s, struct strbuf *problems)
{
	const struct program *p = s->program;
	struct views *before = s->views;
	struct views *fresh = view_files_read(&p->paths, &p->config, before, problems);
	if (views_same(before, fresh)) {
		views_free(fresh);
		return NULL;
	}
	s->views = fresh;
	bind_keys(s, problems);
	return before;
}

void session_change_views(struct session *s, const json_t *change)
{
	struct err e = ERR_INIT;
	struct strbuf problems = STRBUF_INIT;
	struct event event = {.type = EVENT_VIEWS};
	bool failed = view_files_change(&s->program->paths, change, &e) < 0;
	struct views *before = read_again(s, &problems);
	event.views.list = s->views;
	event.views.change = change;
	event.views.problem = failed ? e.text : NULL;
	session_send(s, &event);
	views_free(before);
	strbuf_free(&problems);
}

/* What we wrote ourselves is known: nothing differs then. */
void session_look_at_views(struct session *s)
{
	struct strbuf problems = STRBUF_INIT;
	struct event event = {.type = EVENT_VIEWS};
	if (!file_watch_changed(s->view_watch))
		return;
	struct views *before = read_again(s, &problems);
	if (problems.len)
		log_error("%s", problems.s);
	problems.s[strcspn(problems.s, "\n")] = '\0';
	event.views.list = s->views;
	event.views.problem = *problems.s ? problems.s : NULL;
	if (event.views.problem || before)
		session_send(s, &event);
	views_free(before);
	strbuf_free(&problems);
}

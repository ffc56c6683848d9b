/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped files, and those of the operator: keys, rules, views, replies, commands. */
#include "world_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "deadline/rulebook.h"

static char *read_file(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		abort();
	char *text = xmalloc(1 << 16);
	*n = fread(text, 1, 1 << 16, f);
	fclose(f);
	return text;
}

struct keymap *world_read_keys(const char *data_dir)
{
	struct strbuf problems = STRBUF_INIT;
	char path[1024];
	size_t n;
	snprintf(path, sizeof path, "%s/keys", data_dir);
	char *text = read_file(path, &n);
	struct keymap *m = keymap_new();
	if (keymap_read(m, "keys", text, n, &problems)) {
		fputs(problems.s, stderr);
		abort();
	}
	strbuf_free(&problems);
	free(text);
	return m;
}

struct views *world_read_views(const char *data_dir)
{
	struct err e = ERR_INIT;
	struct views *v = views_new();
	char path[1024];
	size_t n;
	snprintf(path, sizeof path, "%s/views.yaml", data_dir);
	char *text = read_file(path, &n);
	if (views_read(v, VIEW_SHIPPED, "views.yaml", text, n,
		       strcmp(_("Overview"), "Overview") ? "vi" : "en", &e) < 0) {
		fprintf(stderr, "%s\n", e.text);
		abort();
	}
	free(text);
	return v;
}

struct rulebook *world_read_rules(const char *data_dir)
{
	struct err e = ERR_INIT;
	char *data = xstrdup(data_dir), *none = xstrdup("/nonexistent");
	struct paths p = {.data_dir = data, .config_dir = none};
	struct rulebook *b = rulebook_open(&p, &e);
	if (!b) {
		fprintf(stderr, "%s\n", e.text);
		abort();
	}
	free(data);
	free(none);
	return b;
}

void world_answer_replies(struct world *w, const struct effect *effect)
{
	(void)effect;
	struct err e = ERR_INIT;
	struct event event = {.type = EVENT_REPLIES, .now = w->now};
	struct replies *r = replies_new();
	char path[1024], *shipped = NULL;
	size_t n = w->replies.len;
	snprintf(path, sizeof path, "%s/replies.yaml", w->data_dir);
	if (!n)
		shipped = read_file(path, &n);
	if (replies_read(r, "replies.yaml", shipped ? shipped : w->replies.s, n, &e) < 0) {
		replies_free(r);
		r = NULL;
	}
	free(shipped);
	event.replies.list = r;
	event.replies.problem = r ? NULL : e.text;
	app_update(w->app, &event, &w->fx);
}

/* The operator's file of views is a text in memory. */
void world_answer_views(struct world *w, const struct effect *effect)
{
	const json_t *c = effect->command;
	struct err e = ERR_INIT;
	struct strbuf out = STRBUF_INIT;
	const char *kind = json_string_value(json_object_get(c, "kind"));
	const struct kind *k = kind ? kind_find(kind) : NULL;
	const char *name = json_string_value(json_object_get(c, "name"));
	const char *title = json_string_value(json_object_get(c, "title"));
	struct saved_view v = {
		.name = name,
		.title = title ? title : name,
		.kind = k,
		.filter = json_string_value(json_object_get(c, "filter")),
		.sort = json_string_value(json_object_get(c, "sort")),
		.columns = json_string_value(json_object_get(c, "columns")),
		.group = json_string_value(json_object_get(c, "group")),
		.key = json_string_value(json_object_get(c, "key")),
		.tab = json_is_true(json_object_get(c, "tab")),
	};
	bool save = strcmp(json_string_value(json_object_get(c, "do")), "save") == 0;
	int rc = save ? view_text_put("own.yaml", w->own_views.s, w->own_views.len, &v, &out,
				      &e)
		      : view_text_rename("own.yaml", w->own_views.s, w->own_views.len, name, k,
					 json_string_value(json_object_get(c, "to")), &out, &e);
	struct views *before = w->views;
	w->views = world_read_views(w->data_dir);
	if (rc == 0) {
		strbuf_free(&w->own_views);
		w->own_views = out;
	}
	struct err why = ERR_INIT;
	if (views_read(w->views, VIEW_OWN, "own.yaml", w->own_views.s, w->own_views.len, "vi",
		       &why) < 0)
		abort();
	struct event event = {.type = EVENT_VIEWS, .now = w->now};
	event.views.list = w->views;
	event.views.change = c;
	event.views.problem = rc < 0 ? e.text : NULL;
	app_update(w->app, &event, &w->fx);
	views_free(before);
}

void world_answer_source(struct world *w, const struct effect *effect)
{
	struct event e = {.type = EVENT_SOURCED, .now = w->now};
	char problem[128];
	snprintf(w->file_asked, sizeof w->file_asked, "%s", effect->text);
	snprintf(problem, sizeof problem, "can't read %s", effect->text);
	e.sourced.path = effect->text;
	e.sourced.text = w->file;
	e.sourced.problem = problem;
	app_update(w->app, &e, &w->fx);
}

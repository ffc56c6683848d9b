/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/view_files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/replace_file.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "model/filter_narrow.h"

static char *own_file(const struct paths *p)
{
	return xasprintf("%s/views.yaml", p->config_dir);
}

/* --- reading ---------------------------------------------------------------- */

struct reading {
	struct views *views;
	const struct views *before;
	const char *language;
	struct strbuf *problems;
};

static void read_file(const struct reading *r, enum view_origin origin, const char *path,
		      bool must_be)
{
	struct strbuf text = STRBUF_INIT;
	struct err e = ERR_INIT;
	int rc = assets_read(path, &text, &e);
	if (rc == 0)
		rc = views_read(r->views, origin, path, text.s, text.len, r->language, &e);
	if (rc < 0 && (must_be || e.code != ERR_NOT_FOUND)) {
		strbuf_addf(r->problems, "%s\n", e.text);
		if (r->before)
			views_keep(r->views, r->before, origin);
	}
	strbuf_free(&text);
}

/* The one that the configuration names, beside itself where it is no whole path; else that of
 * the machine. */
static char *shared_file(const struct paths *p, const struct config *c)
{
	if (!c->views)
		return xasprintf("%s/views.yaml", p->etc_dir);
	return *c->views == '/' ? xstrdup(c->views)
				: xasprintf("%s/%s", p->config_dir, c->views);
}

struct views *view_files_read(const struct paths *p, const struct config *c,
			      const struct views *before, struct strbuf *problems)
{
	const struct reading r = {views_new(), before, c->language, problems};
	char *shipped = xasprintf("%s/views.yaml", p->data_dir), *own = own_file(p);
	char *shared = shared_file(p, c);
	read_file(&r, VIEW_SHIPPED, shipped, true);
	read_file(&r, VIEW_SHARED, shared, c->views != NULL);
	if (strcmp(shared, own) != 0)
		read_file(&r, VIEW_OWN, own, false);
	free(shipped);
	free(shared);
	free(own);
	return r.views;
}

void view_files_watch(const struct paths *p, const struct config *c, struct file_watch *w)
{
	char *shared = shared_file(p, c), *own = own_file(p);
	file_watch_add(w, shared);
	file_watch_add(w, own);
	free(shared);
	free(own);
}

/* A file that can't be read is told only where the view is not found: it may stand there. */
int view_files_question(const struct paths *p, const struct config *c, const struct kind *k,
			const char *view, const char *filter, struct view_question *out,
			struct err *e)
{
	struct strbuf problems = STRBUF_INIT;
	struct views *all = view_files_read(p, c, NULL, &problems);
	const struct saved_view *v = views_find(all, k, view, e);
	if (v) {
		out->filter = filter_narrow(v->filter, filter ? filter : "", NULL);
		out->sort = v->sort ? xstrdup(v->sort) : NULL;
	} else if (problems.len) {
		problems.s[strcspn(problems.s, "\n")] = '\0';
		err_set(e, ERR_PARSE, "%s", problems.s);
	}
	strbuf_free(&problems);
	views_free(all);
	return v ? 0 : -1;
}

static void bind(const struct saved_view *v, struct keymap *m, struct strbuf *problems)
{
	struct strbuf why = STRBUF_INIT;
	char *line = xasprintf("bind list %s view %s", v->key, v->name);
	keymap_read(m, "", line, strlen(line), &why);
	if (why.len) /* ":1: what is wrong" */
		strbuf_addf(problems, "%s:%d: %s", v->file, v->line, why.s + strlen(":1: "));
	free(line);
	strbuf_free(&why);
}

void view_files_bind(const struct views *v, struct keymap *m, struct strbuf *problems)
{
	for (size_t i = 0; i < v->count; i++)
		if (v->list[i].key)
			bind(&v->list[i], m, problems);
}

/* --- changing the operator's own --------------------------------------------- */

static const char *text_of(const json_t *change, const char *member)
{
	return json_string_value(json_object_get(change, member));
}

/* The text of the file as it will be. */
static int change_text(const char *path, const struct strbuf *text, const json_t *change,
		       struct strbuf *out, struct err *e)
{
	const char *kind = text_of(change, "kind"), *name = text_of(change, "name");
	const char *title = text_of(change, "title");
	const struct saved_view v = {.name = name,
				     .title = title ? title : name,
				     .kind = kind ? kind_find(kind) : NULL,
				     .filter = text_of(change, "filter"),
				     .sort = text_of(change, "sort"),
				     .columns = text_of(change, "columns"),
				     .group = text_of(change, "group"),
				     .key = text_of(change, "key"),
				     .tab = json_is_true(json_object_get(change, "tab"))};
	if (strcmp(text_of(change, "do"), "save") == 0)
		return view_text_put(path, text->s, text->len, &v, out, e);
	return view_text_rename(path, text->s, text->len, name, v.kind, text_of(change, "to"),
				out, e);
}

int view_files_change(const struct paths *p, const json_t *change, struct err *e)
{
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	struct err own = ERR_INIT;
	char *path = own_file(p), *lock = xasprintf("%s/views.lock", p->state_dir);
	int rc = -1, turn = file_turn(lock);
	if (assets_read(path, &text, &own) < 0 && own.code == ERR_NOT_FOUND)
		own = (struct err)ERR_INIT;
	if (!own.code)
		rc = change_text(path, &text, change, &out, &own);
	if (rc == 0)
		rc = file_replace(path, out.s, out.len, &own);
	if (turn >= 0)
		close(turn);
	if (rc < 0)
		*e = own;
	strbuf_free(&text);
	strbuf_free(&out);
	free(path);
	free(lock);
	return rc;
}

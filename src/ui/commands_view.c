/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of saved views. */
#include "ui/commands.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/member.h"
#include "ui/state.h"
#include "ui/tabs.h"

/* --- which is shown --------------------------------------------------------- */

static void add_row(struct app *a, const struct list *l, const struct saved_view *v)
{
	char key[32] = "";
	char *command = xasprintf("view %s", v->name);
	const struct queue_figures *f = &a->figures.queues[kind_index(l->kind)];
	if (a->config.keymap)
		keymap_key_for(a->config.keymap, CONTEXT_LIST, command, key, sizeof key);
	struct picker_row *r = picker_add(&a->picker, v->title, v->filter, key, command);
	free(command);
	if (!r)
		return;
	r->kind = l->kind;
	r->filter = xstrdup(v->filter);
	r->sort = v->sort ? xstrdup(v->sort) : NULL;
	r->current = strcmp(l->view.name, v->name) == 0 && !*l->words;
	r->state = COUNT_WANTED;
	if (a->figures_known && (!*v->filter || strcmp(v->filter, "is:open") == 0)) {
		r->count = *v->filter ? f->open : f->total;
		r->state = COUNT_KNOWN;
	}
}

static int pick_view(struct app *a, struct err *e)
{
	const struct list *l = command_list(a, e);
	const struct saved_view *v;
	if (!l)
		return -1;
	picker_open(a, _("Views"), _("no view is known: see ioc-views(5)"));
	for (size_t i = 0; (v = views_nth(a->config.views, l->kind, i)); i++)
		add_row(a, l, v);
	picker_go_to_current(&a->picker);
	return 0;
}

/* The queue on screen where it has the view, else the first that has. */
static size_t queue_for(struct app *a, const struct saved_view *v)
{
	const struct list *l = app_list(a);
	size_t queue = 0;
	if (l && view_fits(v, l->kind))
		return tabs_queue(a, a->tab);
	while (queue + 1 < a->queue_count && !view_fits(v, a->lists[queue].kind))
		queue++;
	return queue;
}

static const struct saved_view *view_named(struct app *a, const char *name, struct err *e)
{
	const struct list *l = app_list(a);
	const struct saved_view *v = l ? views_find(a->config.views, l->kind, name, e) : NULL;
	return v ? v : views_find(a->config.views, NULL, name, l ? NULL : e);
}

RUN(view)
{
	UNUSED;
	if (!w->count)
		return pick_view(a, e);
	const struct saved_view *v = view_named(a, w->list[0], e);
	if (!v)
		return -1;
	size_t queue = queue_for(a, v);
	if (app_list(a) != &a->lists[queue])
		tabs_go_to_queue(a, queue);
	list_set_view(&a->lists[queue], v);
	return 0;
}

static int step_view(struct app *a, struct list *l, bool forward, struct err *e)
{
	const struct views *all = a->config.views;
	size_t count = 0, at = 0;
	for (; views_nth(all, l->kind, count); count++)
		if (strcmp(views_nth(all, l->kind, count)->name, l->view.name) == 0)
			at = count;
	if (!count)
		return err_set(e, ERR_NOT_FOUND, "%s", _("no view is known: see ioc-views(5)"));
	list_set_view(l, views_nth(all, l->kind, (at + (forward ? 1 : count - 1)) % count));
	return 0;
}

RUN_IN_LIST(view_next)
{
	UNUSED;
	return step_view(a, l, true, e);
}

RUN_IN_LIST(view_previous)
{
	UNUSED;
	return step_view(a, l, false, e);
}

/* --- changing them ------------------------------------------------------------ */

static void ask(struct effects *fx, json_t *change)
{
	effects_add(fx, EFFECT_VIEWS, NULL)->command = change;
}

static void ask_to_save(struct effects *fx, const struct saved_view *v)
{
	ask(fx, json_pack("{s:s, s:s, s:s, s:s, s:s*, s:s*, s:s*, s:s*, s:s*, s:b}", "do",
			  "save", "name", v->name, "kind", v->kind->id, "filter", v->filter,
			  "title", v->title, "sort", v->sort, "columns", v->columns, "group",
			  v->group, "key", v->key, "tab", v->tab));
}

/* The operator's own of that name, whose title, key and tab stay. */
static const struct saved_view *own_view(const struct app *a, const struct kind *k,
					 const char *name)
{
	const struct views *v = a->config.views;
	for (size_t i = 0; v && i < v->count; i++)
		if (v->list[i].origin == VIEW_OWN && v->list[i].kind == k &&
		    strcmp(v->list[i].name, name) == 0)
			return &v->list[i];
	return NULL;
}

static int check_name(const char *name, struct err *e)
{
	if (strlen(name) > VIEW_NAME_MOST)
		return err_set(e, ERR_LIMIT, _("a name has at most %d bytes"), VIEW_NAME_MOST);
	if (strpbrk(name, ";\"'\\"))
		return err_set(e, ERR_USAGE, "%s",
			       _("a name has no semicolon, quotes or backslash in it"));
	return 0;
}

static void save(const struct list *l, const char *name, const char *filter,
		 const struct saved_view *before, struct effects *fx)
{
	struct strbuf columns = STRBUF_INIT;
	char *order = xasprintf("%s%s", l->descending ? "-" : "", l->kind->columns[l->sort].id);
	columns_write(l->kind, &l->columns, &columns);
	ask_to_save(fx, &(struct saved_view){
				.name = name,
				.title = before ? before->title : NULL,
				.kind = l->kind,
				.filter = filter,
				.sort = order,
				.columns = columns.len ? columns.s : NULL,
				.group = l->groups.on ? l->kind->columns[l->groups.column].id
						      : NULL,
				.key = before ? before->key : NULL,
				.tab = before && before->tab,
			});
	strbuf_free(&columns);
	free(order);
}

RUN_IN_LIST(view_save)
{
	UNUSED;
	const char *name = w->list[0];
	char *filter = list_filter_text(l);
	int rc = check_name(name, e);
	if (rc == 0 && strlen(filter) > VIEW_FILTER_MOST)
		rc = err_set(e, ERR_LIMIT, _("a filter has at most %d bytes"),
			     VIEW_FILTER_MOST);
	if (rc == 0)
		save(l, name, filter, own_view(a, l->kind, name), fx);
	free(filter);
	return rc;
}

/* The view on screen, where no name is given; only the operator's own can be changed. */
static const struct saved_view *to_change(struct app *a, const char *name, struct err *e)
{
	const struct saved_view *v = view_named(a, name, e);
	if (v && v->origin != VIEW_OWN) {
		err_set(e, ERR_USAGE,
			_("%s is not your own view: it stands in %s; \"view-save %s\" puts "
			  "one of yours in its place"),
			v->name, v->file, v->name);
		return NULL;
	}
	return v;
}

static int change(struct app *a, const char *name, const char *to, struct effects *fx,
		  struct err *e)
{
	const struct saved_view *v = to_change(a, name, e);
	if (!v)
		return -1;
	ask(fx, json_pack("{s:s, s:s, s:s*, s:s*}", "do", to ? "rename" : "delete", "name",
			  v->name, "kind", v->kind ? v->kind->id : NULL, "to", to));
	return 0;
}

RUN_IN_LIST(view_delete)
{
	UNUSED;
	return change(a, w->count ? w->list[0] : l->view.name, NULL, fx, e);
}

/* Gives the view on screen a tab, or takes it. */
RUN_IN_LIST(view_tab)
{
	UNUSED;
	const struct saved_view *v = to_change(a, l->view.name, e);
	if (!v)
		return -1;
	if (!v->kind)
		return err_set(e, ERR_USAGE, "%s", _("a view with a tab needs a kind"));
	struct saved_view other = *v;
	other.tab = !v->tab;
	ask_to_save(fx, &other);
	return 0;
}

RUN_IN_LIST(view_rename)
{
	UNUSED;
	if (check_name(w->list[0], e) < 0)
		return -1;
	return change(a, l->view.name, w->list[0], fx, e);
}

/* Lists that ask just what was saved are called by its name from now on. */
static void name_lists(struct app *a, const struct saved_view *v)
{
	for (struct list *l = NULL; (l = app_next_list(a, l));) {
		char *filter = list_filter_text(l);
		if (view_fits(v, l->kind) && strcmp(filter, v->filter) == 0)
			list_name_view(l, v);
		free(filter);
	}
}

static void say_no_tab(struct app *a, const struct saved_view *v)
{
	app_say(a, ROLE_NOTICE,
		_("%s has no tab: there are only %d for views; \"view-tab\" takes one away"),
		v->title, VIEW_TABS_MOST);
}

/* What was asked for is done. */
static void say_done(struct app *a, const json_t *change)
{
	const char *what = member_text(change, "do");
	bool renamed = strcmp(what, "rename") == 0, gone = strcmp(what, "delete") == 0;
	const char *name = member_text(change, renamed ? "to" : "name");
	const struct kind *k = kind_find(member_text(change, "kind"));
	const struct saved_view *v = gone ? NULL : own_view(a, k, name);
	if (v)
		name_lists(a, v);
	app_say(a, ROLE_NOTICE,
		gone      ? _("the view %s is gone")
		: renamed ? _("the view is called %s now")
			  : _("the view %s is saved"),
		name);
	if (v && v->tab && !tabs_have_view(a, v))
		say_no_tab(a, v);
}

void views_begin(struct app *a)
{
	const struct saved_view *without = tabs_follow_views(a);
	if (without)
		say_no_tab(a, without);
}

void views_came(struct app *a, const struct event *e)
{
	a->config.views = e->views.list;
	const struct saved_view *without = tabs_follow_views(a);
	if (e->views.problem)
		app_say(a, ROLE_ERROR, "%s", e->views.problem);
	else if (e->views.change)
		say_done(a, e->views.change);
	else if (without)
		say_no_tab(a, without);
	else
		app_say(a, ROLE_NOTICE, "%s", _("saved views were changed, and read again"));
}

/* clang-format off */
const struct command view_commands[] = {
	{"view", "[NAME]", TAKES_VIEW, 0, 1, N_("Show a saved view; without a name: pick one"), N_("view"), run_view},
	{"view-next", "", TAKES_NOTHING, 0, 0, N_("The next view of this queue"), NULL, run_view_next},
	{"view-previous", "", TAKES_NOTHING, 0, 0, N_("The previous view of this queue"), NULL, run_view_previous},
	{"view-save", "NAME", TAKES_VIEW, 1, 1, N_("Save filter, order, columns and groups as a view of your own"), NULL, run_view_save},
	{"view-tab", "", TAKES_NOTHING, 0, 0, N_("Give the view on screen, one of your own, a tab, or take it"), NULL, run_view_tab},
	{"view-rename", "NAME", TAKES_WORDS, 1, 1, N_("Give the view on screen, one of your own, another name"), NULL, run_view_rename},
	{"view-delete", "[NAME]", TAKES_VIEW, 0, 1, N_("Delete a view of your own; without a name: the one on screen"), NULL, run_view_delete},
	COMMANDS_END,
};
/* clang-format on */

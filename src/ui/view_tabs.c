/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views that have a tab: each has a list of its own, and a number that is counted again when
 * records change, a second apart at most. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "ui/state.h"

#define PAUSE SECOND

static struct list *list_of(struct app *a, size_t n)
{
	return &a->lists[QUEUES_MOST + n];
}

static void set_text(char **slot, const char *text)
{
	free(*slot);
	*slot = text ? xstrdup(text) : NULL;
}

static void describe(struct view_tab *t, const struct saved_view *v)
{
	set_text(&t->name, v->name);
	set_text(&t->title, v->title);
	set_text(&t->filter, v->filter);
	set_text(&t->sort, v->sort);
	t->stale = true;
}

static bool is_of(const struct view_tab *t, const struct list *l, const struct saved_view *v)
{
	return t->name && l->kind == v->kind && strcmp(t->name, v->name) == 0;
}

static void take_tab(struct app *a, size_t n)
{
	struct view_tab *t = &a->view_tabs[n];
	size_t i = 0, shown = tabs_queue(a, a->tab);
	while (i < a->extra_count && a->extra[i] != QUEUES_MOST + n)
		i++;
	if (i < a->extra_count)
		memmove(a->extra + i, a->extra + i + 1,
			(--a->extra_count - i) * sizeof *a->extra);
	if (a->groups_asker == list_of(a, n))
		a->groups_asker = NULL;
	list_free(list_of(a, n));
	set_text(&t->name, NULL);
	set_text(&t->title, NULL);
	set_text(&t->filter, NULL);
	set_text(&t->sort, NULL);
	*t = (struct view_tab){.name = NULL};
	/* Those behind it have other numbers now. */
	a->tab = 0;
	for (size_t tab = 0; shown != NO_QUEUE && tab < tabs_count(a); tab++)
		if (tabs_queue(a, tab) == shown)
			a->tab = tab;
}

static const struct saved_view *wanted(const struct app *a, const struct view_tab *t,
				       const struct list *l)
{
	const struct views *v = a->config.views;
	for (size_t i = 0; v && i < v->count; i++)
		if (v->list[i].tab && is_of(t, l, &v->list[i]))
			return &v->list[i];
	return NULL;
}

bool tabs_have_view(struct app *a, const struct saved_view *v)
{
	for (size_t n = 0; n < VIEW_TABS_MOST; n++)
		if (is_of(&a->view_tabs[n], list_of(a, n), v))
			return true;
	return false;
}

/* False: there are too many. */
static bool give_tab(struct app *a, const struct saved_view *v)
{
	size_t n = 0;
	while (n < VIEW_TABS_MOST && a->view_tabs[n].name)
		n++;
	if (n == VIEW_TABS_MOST)
		return false;
	describe(&a->view_tabs[n], v);
	list_init(list_of(a, n), v->kind, v);
	list_of(a, n)->own_columns = a->lists[kind_index(v->kind)].own_columns;
	if (!v->columns)
		list_of(a, n)->columns = list_of(a, n)->own_columns;
	a->extra[a->extra_count++] = QUEUES_MOST + n;
	return true;
}

const struct saved_view *tabs_follow_views(struct app *a)
{
	const struct views *v = a->config.views;
	const struct saved_view *without = NULL;
	for (size_t n = 0; n < VIEW_TABS_MOST; n++) {
		struct view_tab *t = &a->view_tabs[n];
		const struct saved_view *now = t->name ? wanted(a, t, list_of(a, n)) : NULL;
		if (t->name && !now)
			take_tab(a, n);
		else if (now && strcmp(now->filter, t->filter) != 0)
			list_set_view(list_of(a, n), now);
		if (now)
			describe(t, now);
	}
	for (size_t i = 0; v && i < v->count; i++)
		if (v->list[i].tab && v->list[i].kind && !tabs_have_view(a, &v->list[i]) &&
		    !give_tab(a, &v->list[i]) && !without)
			without = &v->list[i];
	return without;
}

void tabs_free(struct app *a)
{
	for (size_t n = 0; n < VIEW_TABS_MOST; n++)
		if (a->view_tabs[n].name)
			take_tab(a, n);
}

const struct view_tab *tabs_view(const struct app *a, size_t tab)
{
	size_t queue = tabs_queue(a, tab);
	return queue == NO_QUEUE || queue < QUEUES_MOST ? NULL
							: &a->view_tabs[queue - QUEUES_MOST];
}

void tabs_changed(struct app *a, const struct kind *k)
{
	for (size_t n = 0; n < VIEW_TABS_MOST; n++)
		if (list_of(a, n)->kind == k)
			a->view_tabs[n].stale = true;
}

struct page_query *tabs_count_query(struct app *a, size_t *n)
{
	for (*n = 0; *n < VIEW_TABS_MOST; ++*n) {
		struct view_tab *t = &a->view_tabs[*n];
		if (!t->name || !t->stale || (t->known && a->look.now < t->asked + PAUSE))
			continue;
		t->stale = false;
		t->asked = a->look.now;
		return questions_count(list_of(a, *n)->kind, t->filter, t->sort, a->look.now);
	}
	return NULL;
}

void tabs_count_lost(struct app *a, size_t n)
{
	a->view_tabs[n].stale = true;
}

void tabs_count_answer(struct app *a, size_t n, struct page *p)
{
	struct view_tab *t = &a->view_tabs[n];
	if (t->name && p->error.code == ERR_NONE) {
		t->known = true;
		t->count = p->total;
		t->capped = p->total_capped;
	}
	page_free(p);
}

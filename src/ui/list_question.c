/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list asks: a view, the operator's words on top of it, order and columns; and the same
 * kept, to come back to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/filter.h"
#include "model/filter_narrow.h"
#include "ui/list.h"

static void free_view(struct list_view *v)
{
	free(v->name);
	free(v->title);
	free(v->filter);
	*v = (struct list_view){NULL, NULL, NULL};
}

static void put_view(struct list_view *out, const char *name, const char *title,
		     const char *filter)
{
	struct list_view fresh = {xstrdup(name), xstrdup(title), xstrdup(filter)};
	free_view(out);
	*out = fresh;
}

static void copy_view(struct list_view *out, const struct list_view *v)
{
	put_view(out, v->name, v->title, v->filter);
}

/* Where no file of views could be read. */
static void put_default(struct list *l)
{
	const char *filter = l->kind->default_filter ? l->kind->default_filter : "";
	const char *name = strncmp(filter, "is:", 3) == 0 ? filter + 3 : filter;
	const struct predicate *p = kind_predicate(l->kind, name);
	put_view(&l->view, name, p ? _(p->label) : _("All"), filter);
}

static void sort_by(struct list *l, const char *sort)
{
	int column = kind_column(l->kind, sort + (*sort == '-'));
	if (column < 0)
		return;
	l->sort = column;
	l->descending = *sort == '-';
}

static void set_words(char **slot, const char *words)
{
	char *copy = xstrdup(words);
	free(*slot);
	*slot = copy;
}

void list_question_init(struct list *l)
{
	l->words = xstrdup("");
	l->good_words = xstrdup("");
	sort_by(l, l->kind->default_sort);
	put_default(l);
}

void list_question_free(struct list *l)
{
	free_view(&l->view);
	free_view(&l->good_view);
	free(l->words);
	free(l->good_words);
}

/* --- asking ----------------------------------------------------------------- */

bool list_is_filtered(const struct list *l)
{
	const char *own = l->kind->default_filter ? l->kind->default_filter : "";
	return *l->words || strcmp(l->view.filter, own) != 0;
}

char *list_filter_text(const struct list *l)
{
	return filter_narrow(l->view.filter, l->words, NULL);
}

void list_set_filter(struct list *l, const char *words)
{
	set_words(&l->words, words);
	l->following = true;
	list_go(l, PAGE_HOME);
}

/* Groups that the operator made stay from view to view, those of a view go with it. */
static void group_as(struct list *l, const struct saved_view *v)
{
	int column = v && v->group ? kind_column(l->kind, v->group) : -1;
	bool fits = column >= 0 && group_fits(l->kind, column);
	if (fits)
		groups_start(l, column);
	else if (l->groups_of_view)
		groups_stop(l);
	l->groups_of_view = fits;
}

void list_set_view(struct list *l, const struct saved_view *v)
{
	if (v)
		put_view(&l->view, v->name, v->title, v->filter);
	else
		put_view(&l->view, "all", _("All"), "");
	set_words(&l->words, "");
	if (v)
		sort_by(l, v->sort ? v->sort : l->kind->default_sort);
	l->columns_of_view = v && v->columns;
	if (l->columns_of_view)
		columns_read(l->kind, &l->columns, v->columns);
	else
		l->columns = l->own_columns;
	group_as(l, v);
	l->following = true;
	list_go(l, PAGE_HOME);
}

void list_set_own_columns(struct list *l, const char *text)
{
	columns_read(l->kind, &l->own_columns, text);
	if (!l->columns_of_view)
		l->columns = l->own_columns;
}

void list_name_view(struct list *l, const struct saved_view *v)
{
	put_view(&l->view, v->name, v->title, v->filter);
	set_words(&l->words, "");
	list_question_keep(l);
	l->columns_of_view = v->columns != NULL;
	l->groups_of_view = v->group != NULL;
}

void list_set_sort(struct list *l, int column, bool descending)
{
	l->sort = column;
	l->descending = descending;
	l->following = true;
	list_go(l, PAGE_HOME);
}

/* --- whether it was understood ------------------------------------------------ */

void list_question_keep(struct list *l)
{
	copy_view(&l->good_view, &l->view);
	set_words(&l->good_words, l->words);
}

/* A filter that the cache does not understand changes nothing. */
void list_question_drop(struct list *l)
{
	copy_view(&l->view, &l->good_view);
	set_words(&l->words, l->good_words);
}

void list_question_fault(struct list *l, const struct page *p, struct err *e)
{
	char before[64];
	size_t start, words = strlen(l->words);
	char *asked = filter_narrow(l->view.filter, l->words, &start);
	size_t head = (size_t)snprintf(before, sizeof before, _("filter, at %zu"),
				       filter_character(asked, p->fault));
	free(asked);
	l->fault = words;
	if (p->fault < start || p->fault > start + words)
		return;
	l->fault = p->fault - start;
	if (head >= sizeof before || strncmp(p->error.text, before, head) != 0)
		return;
	err_set(e, p->error.code, _("filter, at %zu"), filter_character(l->words, l->fault));
	strncat(e->text, p->error.text + head, sizeof e->text - strlen(e->text) - 1);
}

/* --- places ------------------------------------------------------------------- */

void list_place_note(const struct list *l, struct list_place *p)
{
	*p = (struct list_place){
		.words = xstrdup(l->words),
		.sort = l->sort,
		.descending = l->descending,
		.following = l->following,
		.newest = l->newest,
		.rowid = l->cursor_rowid,
		.line = l->line,
		.group = l->groups.on ? l->groups.column : -1,
	};
	copy_view(&p->view, &l->view);
}

void list_place_free(struct list_place *p)
{
	free_view(&p->view);
	free(p->words);
	*p = (struct list_place){.words = NULL};
}

void list_return(struct list *l, const struct list_place *p)
{
	set_words(&l->words, p->words);
	copy_view(&l->view, &p->view);
	l->sort = p->sort;
	l->descending = p->descending;
	l->following = p->following;
	l->newest = p->newest;
	l->target = p->rowid;
	l->line = p->line;
	if (p->group < 0)
		groups_stop(l);
	else if (!l->groups.on || l->groups.column != p->group)
		groups_start(l, p->group);
	list_go(l, p->following || !p->rowid ? PAGE_HOME : PAGE_AROUND);
}

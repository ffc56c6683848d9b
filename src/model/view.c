/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "model/filter.h"
#include "text/fold.h"

struct views *views_new(void)
{
	struct views *v = xcalloc(1, sizeof *v);
	v->arena = (struct arena)ARENA_INIT;
	return v;
}

void views_free(struct views *v)
{
	if (!v)
		return;
	arena_free(&v->arena);
	free(v->list);
	free(v);
}

/* Names of catalogues count as codes here: whether there are such is the cache's to say. */
static bool understands(const struct kind *k, const char *filter)
{
	struct arena scratch = ARENA_INIT;
	struct filter_context c = {.kind = k, .me = "-", .user = "-", .unit = "-"};
	bool ok = filter_parse(&scratch, &c, filter, NULL, NULL) != NULL;
	arena_free(&scratch);
	return ok;
}

static bool sorts(const struct kind *k, const char *sort)
{
	return !sort || kind_column(k, sort + (*sort == '-')) >= 0;
}

bool view_fits(const struct saved_view *v, const struct kind *k)
{
	if (k->catalogue || v->kind)
		return v->kind == k;
	return sorts(k, v->sort) && understands(k, v->filter);
}

/* Whether the kind has a view of its own by that name. */
static bool is_hidden(const struct views *v, const struct saved_view *one, const struct kind *k)
{
	if (one->kind)
		return false;
	for (size_t i = 0; i < v->count; i++)
		if (v->list[i].kind == k && strcmp(v->list[i].name, one->name) == 0)
			return true;
	return false;
}

const struct saved_view *views_nth(const struct views *v, const struct kind *k, size_t n)
{
	for (size_t i = 0; v && i < v->count; i++)
		if (view_fits(&v->list[i], k) && !is_hidden(v, &v->list[i], k) && n-- == 0)
			return &v->list[i];
	return NULL;
}

/* --- two of them ---------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

bool view_same(const struct saved_view *a, const struct saved_view *b)
{
	return a->kind == b->kind && a->tab == b->tab && same_text(a->name, b->name) &&
	       same_text(a->title, b->title) && same_text(a->filter, b->filter) &&
	       same_text(a->sort, b->sort) && same_text(a->columns, b->columns) &&
	       same_text(a->group, b->group) && same_text(a->key, b->key);
}

bool views_same(const struct views *a, const struct views *b)
{
	bool same = a->count == b->count;
	for (size_t i = 0; same && i < a->count; i++)
		same = a->list[i].origin == b->list[i].origin &&
		       view_same(&a->list[i], &b->list[i]);
	return same;
}

static const char *copied(struct arena *a, const char *s)
{
	return s ? arena_strdup(a, s) : NULL;
}

static struct saved_view copy(struct arena *a, const struct saved_view *v)
{
	struct saved_view one = *v;
	const char **texts[] = {&one.name,    &one.title, &one.filter, &one.sort,
				&one.columns, &one.group, &one.key,    &one.file};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		*texts[i] = copied(a, *texts[i]);
	return one;
}

void views_put(struct views *v, const struct saved_view *one)
{
	for (size_t i = 0; i < v->count; i++)
		if (v->list[i].kind == one->kind && strcmp(v->list[i].name, one->name) == 0) {
			v->list[i] = *one;
			return;
		}
	ARRAY_PUSH(v->list, v->count, v->cap) = *one;
}

void views_keep(struct views *v, const struct views *old, enum view_origin origin)
{
	for (size_t i = 0; i < old->count; i++)
		if (old->list[i].origin == origin) {
			struct saved_view one = copy(&v->arena, &old->list[i]);
			views_put(v, &one);
		}
}

/* --- by name -------------------------------------------------------------- */

enum likeness { UNLIKE, BEGINS, TITLE, NAME };

static enum likeness how_alike(const struct saved_view *v, const char *name)
{
	struct strbuf wanted = STRBUF_INIT, title = STRBUF_INIT;
	size_t n = strlen(name);
	enum likeness found = UNLIKE;
	fold_append(&wanted, name, n);
	fold_append(&title, v->title, strlen(v->title));
	if (strcmp(v->name, name) == 0 || fold_equal(v->name, strlen(v->name), wanted.s))
		found = NAME;
	else if (strcmp(title.s, wanted.s) == 0)
		found = TITLE;
	else if (wanted.len && (strncmp(title.s, wanted.s, wanted.len) == 0 ||
				strncmp(v->name, name, n) == 0))
		found = BEGINS;
	strbuf_free(&wanted);
	strbuf_free(&title);
	return found;
}

static const struct saved_view *nth_of(const struct views *v, const struct kind *k, size_t n)
{
	if (k)
		return views_nth(v, k, n);
	return v && n < v->count ? &v->list[n] : NULL;
}

static const struct saved_view *unknown(const struct views *v, const struct kind *k,
					const char *name, struct err *e)
{
	struct suggest near = suggest_start(name);
	const struct saved_view *one;
	for (size_t i = 0; (one = nth_of(v, k, i)); i++)
		suggest_try(&near, one->name);
	if (near.best)
		err_set(e, ERR_NOT_FOUND,
			_("there is no view \"%.60s\" here; did you mean %s?"), name,
			near.best);
	else
		err_set(e, ERR_NOT_FOUND, _("there is no view \"%.60s\" here"), name);
	return NULL;
}

const struct saved_view *views_find(const struct views *v, const struct kind *k,
				    const char *name, struct err *e)
{
	const struct saved_view *best = NULL, *one;
	enum likeness found = UNLIKE;
	bool several = false;
	for (size_t i = 0; (one = nth_of(v, k, i)); i++) {
		enum likeness now = how_alike(one, name);
		if (now > found || (now == found && now > BEGINS && one->kind && !best->kind)) {
			best = one;
			found = now;
			several = false;
		} else if (now == found && now == BEGINS) {
			several = true;
		}
	}
	if (several) {
		err_set(e, ERR_USAGE, _("several views begin with \"%.60s\""), name);
		return NULL;
	}
	return best ? best : unknown(v, k, name, e);
}

const struct saved_view *views_of_filter(const struct views *v, const struct kind *k,
					 const char *filter)
{
	const struct saved_view *one;
	for (size_t i = 0; (one = views_nth(v, k, i)); i++)
		if (strcmp(one->filter, filter) == 0)
			return one;
	return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catalogues are small: all of them are read at once and kept sorted, by code and by folded
 * name. */
#include "store/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/clock.h"
#include "store/sql.h"
#include "text/fold.h"

struct by_name {
	const char *folded;
	const struct name_row *entry;
};

struct catalogue {
	struct name_row *entries; /* by code, then validity */
	size_t count, cap;
	struct by_name *names; /* by folded name */
	size_t name_count, name_cap;
};

struct name_table {
	struct arena arena;
	struct catalogue catalogues[KIND_MOST];
};

static int compare_entries(const void *a, const void *b)
{
	const struct name_row *x = a, *y = b;
	int c = strcmp(x->code, y->code);
	return c ? c : (x->from > y->from) - (x->from < y->from);
}

static int compare_names(const void *a, const void *b)
{
	const struct by_name *x = a, *y = b;
	return strcmp(x->folded, y->folded);
}

static const char *fold(struct arena *a, const char *s)
{
	struct strbuf b = STRBUF_INIT;
	fold_append(&b, s, strlen(s));
	const char *folded = arena_memdup(a, b.s, b.len);
	strbuf_free(&b);
	return folded;
}

static void add_name(struct name_table *t, struct catalogue *c, const char *name,
		     const struct name_row *e)
{
	struct by_name n = {fold(&t->arena, name), e};
	ARRAY_PUSH(c->names, c->name_count, c->name_cap) = n;
}

static void sort_catalogue(struct name_table *t, struct catalogue *c)
{
	if (!c->count)
		return;
	qsort(c->entries, c->count, sizeof *c->entries, compare_entries);
	for (size_t i = 0; i < c->count; i++) {
		const struct name_row *e = &c->entries[i];
		add_name(t, c, e->title, e);
		if (e->brief != e->title)
			add_name(t, c, e->brief, e);
	}
	qsort(c->names, c->name_count, sizeof *c->names, compare_names);
}

static int64_t time_or(sqlite3_stmt *s, int at, int64_t otherwise)
{
	return sqlite3_column_type(s, at) == SQLITE_NULL ? otherwise
							 : sqlite3_column_int64(s, at);
}

static const char *text(struct arena *a, sqlite3_stmt *s, int at)
{
	const char *t = (const char *)sqlite3_column_text(s, at);
	return t ? arena_strdup(a, t) : NULL;
}

static void load_catalogue(struct db *db, struct name_table *t, const struct kind *k,
			   struct catalogue *c)
{
	char sql[200];
	snprintf(sql, sizeof sql,
		 "SELECT code, title, valid_from, valid_to, %s, %s, %s FROM %s",
		 kind_column(k, "short_name") < 0 ? "NULL" : "short_name",
		 kind_column(k, "successor") < 0 ? "NULL" : "successor",
		 kind_column(k, "parent") < 0 ? "NULL" : "parent", k->id);
	sqlite3_stmt *s = sql_prepare(db, sql, NULL);
	while (s && sqlite3_step(s) == SQLITE_ROW) {
		struct name_row e = {.code = text(&t->arena, s, 0),
				     .title = text(&t->arena, s, 1),
				     .from = time_or(s, 2, INT64_MIN),
				     .to = time_or(s, 3, INT64_MAX),
				     .brief = text(&t->arena, s, 4),
				     .successors = text(&t->arena, s, 5),
				     .parent = text(&t->arena, s, 6)};
		if (!e.code)
			continue;
		e.title = e.title ? e.title : e.code;
		e.brief = e.brief ? e.brief : e.title;
		ARRAY_PUSH(c->entries, c->count, c->cap) = e;
	}
	if (s)
		sqlite3_reset(s);
	sort_catalogue(t, c);
}

struct name_table *names_load(struct db *db)
{
	struct name_table *t = xcalloc(1, sizeof *t);
	for (size_t i = 0; kinds[i]; i++)
		if (kinds[i]->catalogue)
			load_catalogue(db, t, kinds[i], &t->catalogues[i]);
	return t;
}

void names_free(struct name_table *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < KIND_MOST; i++) {
		free(t->catalogues[i].entries);
		free(t->catalogues[i].names);
	}
	arena_free(&t->arena);
	free(t);
}

/* How far a time lies outside of an entry's validity. */
static uint64_t miss(const struct name_row *e, int64_t at)
{
	if (at < e->from)
		return (uint64_t)e->from - (uint64_t)at;
	return at >= e->to ? (uint64_t)at - (uint64_t)e->to + 1 : 0;
}

/* The first of so many texts, each in a structure of this size and in their order, that is not
 * before the wanted one; or count. */
static size_t find_first(const char *const *texts, size_t count, size_t size,
			 const char *wanted)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *const *text = (const void *)((const char *)texts + middle * size);
		if (strcmp(*text, wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t find_code(const struct catalogue *c, const char *code)
{
	return c->count ? find_first(&c->entries->code, c->count, sizeof *c->entries, code) : 0;
}

const struct name_row *names_row(const struct name_table *t, const struct kind *catalogue,
				 const char *code, int64_t at)
{
	const struct catalogue *c = &t->catalogues[kind_index(catalogue)];
	const struct name_row *best = NULL;
	if (at == CLOCK_NONE)
		at = clock_now();
	for (size_t i = find_code(c, code);
	     i < c->count && strcmp(c->entries[i].code, code) == 0; i++)
		if (!best || miss(&c->entries[i], at) <= miss(best, at))
			best = &c->entries[i];
	return best;
}

const char *names_get(const struct name_table *t, const struct kind *catalogue,
		      const char *code, int64_t at, bool brief)
{
	const struct name_row *row = names_row(t, catalogue, code, at);
	return !row ? NULL : brief ? row->brief : row->title;
}

static size_t find_name(const struct catalogue *c, const char *folded)
{
	return c->name_count
		       ? find_first(&c->names->folded, c->name_count, sizeof *c->names, folded)
		       : 0;
}

/* Whether a name before the i-th, from `first` on, has the same code. */
static bool is_told(const struct catalogue *c, size_t first, size_t i)
{
	for (size_t j = first; j < i; j++)
		if (strcmp(c->names[j].entry->code, c->names[i].entry->code) == 0)
			return true;
	return false;
}

const char *names_code(const struct name_table *t, const struct kind *catalogue,
		       const char *name, size_t n)
{
	const struct catalogue *c = &t->catalogues[kind_index(catalogue)];
	struct strbuf folded = STRBUF_INIT;
	fold_append(&folded, name, strlen(name));
	size_t first = find_name(c, folded.s), i = first;
	for (; i < c->name_count && strcmp(c->names[i].folded, folded.s) == 0; i++)
		if (!is_told(c, first, i) && n-- == 0)
			break;
	bool found = i < c->name_count && strcmp(c->names[i].folded, folded.s) == 0;
	strbuf_free(&folded);
	return found ? c->names[i].entry->code : NULL;
}

const struct name_row *names_nth(const struct name_table *t, const struct kind *catalogue,
				 size_t n)
{
	const struct catalogue *c = &t->catalogues[kind_index(catalogue)];
	return n < c->count ? &c->entries[n] : NULL;
}

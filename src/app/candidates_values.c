/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/cache.h"
#include "app/candidates.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "export/rows.h"
#include "model/action.h"
#include "model/due.h"
#include "model/filter_complete.h"
#include "store/asker.h"
#include "store/names.h"
#include "store/values.h"
#include "ui/command.h"

#define CODES_MOST 50

/* The cache, if there is one that can be read. */
static struct db *cache(struct candidates *c)
{
	struct err e = ERR_INIT;
	if (!c->tried)
		c->db = cache_open(c->program, &e);
	c->tried = true;
	return c->db;
}

/* --- names of tables --------------------------------------------------------- */

static void offer_kinds(struct candidates *c, const char *before, const char *typed)
{
	for (size_t i = 0; kinds[i]; i++)
		candidates_offer(c, before, kinds[i]->plural, typed, _(kinds[i]->title));
}

static void offer_verbs(struct candidates *c, const char *before, const char *typed)
{
	for (const struct verb *v = verbs; v->cli; v++)
		if (!v->cli->hidden)
			candidates_offer(c, before, v->cli->verb, typed, _(v->cli->summary));
}

static void offer_columns(struct candidates *c, const struct kind *k, unsigned flags,
			  const char *before, const char *typed)
{
	for (size_t i = 0; k && i < k->column_count; i++)
		if (!flags || k->columns[i].flags & flags)
			candidates_offer(c, before, k->columns[i].id, typed,
					 _(k->columns[i].title));
}

static void offer_order(struct candidates *c, const struct kind *k, const char *before,
			const char *typed)
{
	char *minus = xasprintf("%s-", before);
	if (*typed == '-')
		offer_columns(c, k, COLUMN_SORTED, minus, typed + 1);
	else
		offer_columns(c, k, COLUMN_SORTED, before, typed);
	free(minus);
}

static bool has_item(const char *list, size_t n, const char *item)
{
	size_t length = strlen(item);
	for (size_t i = 0; i + length <= n; i++)
		if ((i == 0 || list[i - 1] == ',') && list[i + length] == ',' &&
		    memcmp(list + i, item, length) == 0)
			return true;
	return false;
}

/* What stands in front of the last comma stays; what is there already is not offered. */
static void offer_list(struct candidates *c, const struct kind *k, const char *before,
		       const char *typed)
{
	const char *comma = strrchr(typed, ',');
	size_t n = comma ? (size_t)(comma - typed) + 1 : 0;
	char *head = xasprintf("%s%.*s", before, (int)n, typed);
	for (size_t i = 0; k && i < k->column_count; i++)
		if (!has_item(typed, n, k->columns[i].id))
			candidates_offer(c, head, k->columns[i].id, typed + n,
					 _(k->columns[i].title));
	c->open = true;
	free(head);
}

static void offer_words(struct candidates *c, const char *const *words, size_t count,
			const char *before, const char *typed)
{
	for (size_t i = 0; i < count; i++)
		candidates_offer(c, before, words[i], typed, "");
}

static void offer_sources(struct candidates *c, const char *before, const char *typed)
{
	const struct config *f = &c->program->config;
	for (size_t i = 0; i < f->source_count; i++)
		candidates_offer(c, before, f->sources[i].name, typed,
				 f->sources[i].title ? f->sources[i].title : "");
}

/* --- folders ------------------------------------------------------------------ */

static void offer_folder(struct candidates *c, const char *folder, const char *under,
			 const char *before, const char *typed)
{
	char *path = xasprintf("%s/%s", folder, under);
	DIR *d = opendir(path);
	const struct dirent *one;
	while (d && (one = readdir(d))) {
		size_t n = strlen(one->d_name);
		if (n > 5 && strcmp(one->d_name + n - 5, ".yaml") == 0)
			candidates_offer(c, before, arena_memdup(&c->arena, one->d_name, n - 5),
					 typed, "");
	}
	if (d)
		closedir(d);
	free(path);
}

static void offer_themes(struct candidates *c, const char *before, const char *typed)
{
	offer_folder(c, c->program->paths.theme_dir, "", before, typed);
	offer_folder(c, c->program->paths.config_dir, "themes", before, typed);
	c->files = true;
}

static void offer_connectors(struct candidates *c, const char *before, const char *typed)
{
	offer_folder(c, c->program->paths.config_dir, "sources", before, typed);
	offer_folder(c, c->program->paths.data_dir, "connectors", before, typed);
	offer_sources(c, before, typed);
	c->files = true;
}

/* --- values of the cache ------------------------------------------------------ */

struct offered {
	struct candidates *out;
	const char *before, *typed;
};

/* Codes may be typed in any case: they are taken as the cache has them. */
static void offer_code(void *context, const char *value, const char *about)
{
	const struct offered *o = context;
	struct candidates *c = o->out;
	candidates_offer(c, o->before, arena_strdup(&c->arena, value), "",
			 arena_strdup(&c->arena, about));
}

static void offer_codes(struct candidates *c, const struct kind *k, const char *before,
			const char *typed)
{
	struct offered o = {c, before, typed};
	struct db *db = cache(c);
	for (size_t i = 0; db && kinds[i]; i++)
		if (k ? k == kinds[i] : !kinds[i]->catalogue)
			store_values(db, kinds[i], COL_CODE, typed, CODES_MOST, offer_code, &o,
				     NULL);
}

static void offer_names(struct candidates *c, const char *catalogue, const char *before,
			const char *typed)
{
	const struct kind *k = kind_find(catalogue);
	struct db *db = cache(c);
	struct name_table *t = db && k ? names_load(db) : NULL;
	const struct name_row *r;
	for (size_t i = 0; t && (r = names_nth(t, k, i)); i++)
		candidates_offer(c, before, arena_strdup(&c->arena, r->code), typed,
				 arena_strdup(&c->arena, r->brief));
	names_free(t);
}

/* --- filters ------------------------------------------------------------------ */

struct values {
	struct candidates *out;
	struct filter_completion *filter;
};

static void add_value(void *context, const char *value, const char *about)
{
	struct values *v = context;
	filter_complete_add(&v->out->arena, v->filter, value, about);
}

static void offer_filter(struct candidates *c, const struct kind *k, const char *before,
			 const char *typed)
{
	struct filter_context x = {.kind = k, .now = c->program->now};
	if (cache(c))
		x = store_filter_context(c->db, k, c->program->now);
	struct filter_completion f = filter_complete(&c->arena, &x, typed, strlen(typed));
	struct values v = {c, &f};
	if (f.column >= 0 && c->db)
		store_values(c->db, k, f.column, f.typed, CODES_MOST, add_value, &v, NULL);
	char *head = xasprintf("%s%.*s", before, (int)f.start, typed);
	for (size_t i = 0; i < f.count; i++) {
		candidates_offer(c, head, f.list[i].text, "", f.list[i].about);
		c->open |= !f.list[i].ends;
	}
	free(head);
}

/* --- ioc do 'ACTION CODE… --FIELD VALUE' ---------------------------------------- */

static const struct action *find_action(const char *line, size_t n, const struct kind **kind)
{
	for (size_t i = 0; kinds[i]; i++)
		for (const struct action *a = actions_of(kinds[i]); a && a->id; a++)
			if (strlen(a->id) == n && memcmp(a->id, line, n) == 0) {
				*kind = kinds[i];
				return a;
			}
	return NULL;
}

static void offer_fields(struct candidates *c, const struct action *a, const char *head,
			 const char *typed)
{
	for (size_t i = 0; i < action_field_count(a); i++) {
		const struct action_field *f = &a->fields[i];
		candidates_offer(c, head, arena_printf(&c->arena, "--%s", f->id), typed,
				 _(f->title));
	}
}

static void offer_field_value(struct candidates *c, const struct action_field *f,
			      const char *head, const char *typed)
{
	for (const struct choice *x = f->choices; x && x->code; x++)
		candidates_offer(c, head, x->code, typed, _(x->label));
	if (f->ref)
		offer_names(c, f->ref, head, typed);
	if (f->flags & FIELD_RECORD)
		offer_codes(c, NULL, head, typed);
}

/* The word before the last one, as a field of the action; NULL. */
static const struct action_field *field_before(const struct action *a, const char *line,
					       const char *last)
{
	const char *end = last;
	while (end > line && end[-1] == ' ')
		end--;
	const char *begin = end;
	while (begin > line && begin[-1] != ' ')
		begin--;
	if (end - begin < 3 || strncmp(begin, "--", 2) != 0)
		return NULL;
	char *name = xstrndup(begin + 2, (size_t)(end - begin) - 2);
	const struct action_field *f = action_field(a, name);
	free(name);
	return f;
}

static void offer_action(struct candidates *c, const char *before, const char *typed)
{
	const char *blank = strrchr(typed, ' '), *last = blank ? blank + 1 : typed;
	const struct kind *k = NULL;
	c->open = true;
	if (!blank) {
		for (size_t i = 0; kinds[i]; i++)
			for (const struct action *a = actions_of(kinds[i]); a && a->id; a++)
				candidates_offer(c, before, a->id, typed, _(a->title));
		return;
	}
	const struct action *a = find_action(typed, strcspn(typed, " "), &k);
	if (!a)
		return;
	char *head = xasprintf("%s%.*s", before, (int)(last - typed), typed);
	const struct action_field *f = field_before(a, typed, last);
	if (f)
		offer_field_value(c, f, head, last);
	else if (*last == '-')
		offer_fields(c, a, head, last);
	else
		offer_codes(c, NULL, head, last);
	free(head);
}

/* --- commands of the console ---------------------------------------------------- */

/* The name of the last one; its words are the console's to complete. */
static void offer_commands(struct candidates *c, const char *before, const char *typed)
{
	size_t last = command_last(typed);
	const struct command *one;
	if (strchr(typed + last, ' '))
		return;
	char *head = xasprintf("%s%.*s", before, (int)last, typed);
	for (size_t i = 0; (one = command_nth(i)); i++)
		candidates_offer(c, head, one->name, typed + last, _(one->help));
	c->open = true;
	free(head);
}

/* --- all of them -------------------------------------------------------------- */

void candidates_add_values(struct candidates *c, enum word_sort sort, const struct kind *kind,
			   const char *before, const char *typed)
{
	const struct kind *k = kind ? kind : kinds[0];
	switch (sort) {
	case WORD_KIND:
		offer_kinds(c, before, typed);
		break;
	case WORD_CODE:
		offer_codes(c, kind, before, typed);
		break;
	case WORD_FILTER:
		offer_filter(c, k, before, typed);
		break;
	case WORD_COLUMN:
		offer_columns(c, k, 0, before, typed);
		break;
	case WORD_ORDER:
		offer_order(c, k, before, typed);
		break;
	case WORD_DUE_BY:
		offer_words(c, due_by_columns, DUE_BY_COUNT, before, typed);
		break;
	case WORD_LIST:
		offer_list(c, k, before, typed);
		break;
	case WORD_FORMAT:
		offer_words(c, rows_format_names, ROWS_FORMATS, before, typed);
		break;
	case WORD_SOURCE:
		offer_sources(c, before, typed);
		break;
	case WORD_UNIT:
		offer_names(c, "unit", before, typed);
		break;
	case WORD_THEME:
		offer_themes(c, before, typed);
		break;
	case WORD_CONNECTOR:
		offer_connectors(c, before, typed);
		break;
	case WORD_FILE:
		c->files = true;
		break;
	case WORD_FOLDER:
		c->folders = true;
		break;
	case WORD_VERB:
		offer_verbs(c, before, typed);
		break;
	case WORD_ACTION:
		offer_action(c, before, typed);
		break;
	case WORD_COMMAND:
		offer_commands(c, before, typed);
		break;
	case WORD_NONE:
		break;
	}
}

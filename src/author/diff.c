/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioc connector diff: what a changed connector would make of the items that the cache keeps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "author/record_json.h"
#include "author/trial.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "model/config.h"
#include "store/raw.h"
#include "sync/remap_item.h"

#define PORTION 500
#define EXAMPLES 3
#define VALUE_MOST 60

struct diff {
	const struct author *author;
	const struct connector *connector;
	struct mapper *mapper;
	struct db *db;
	const char *source;
	const struct kind *kind;
	int64_t last;     /* rowid */
	json_t *columns;  /* id → {"changed": n, "examples": [[record, old, new]…]} */
	json_t *failures; /* reason → n */
	int64_t items, same, changed, gone, others, failed;
};

static void add_example(struct diff *d, const char *column, const char *id, const json_t *old,
			const json_t *now)
{
	json_t *c = json_object_get(d->columns, column);
	if (!c) {
		c = json_pack("{s:i, s:[]}", "changed", 0, "examples");
		json_object_set_new(d->columns, column, c);
	}
	json_t *examples = json_object_get(c, "examples");
	json_object_set_new(
		c, "changed",
		json_integer(json_integer_value(json_object_get(c, "changed")) + 1));
	if (json_array_size(examples) < EXAMPLES)
		json_array_append_new(examples,
				      json_pack("[s, O?, O?]", id, (json_t *)(uintptr_t)old,
						(json_t *)(uintptr_t)now));
}

static bool is_computed(const struct kind *k, const char *name)
{
	int i = kind_column(k, name);
	return i >= 0 && (k->columns[i].flags & COLUMN_COMPUTED);
}

/* Whether anything that a source says differs. */
static bool compare(struct diff *d, const char *id, json_t *old, json_t *now)
{
	const char *name;
	json_t *v;
	bool differs = false;
	json_object_foreach (old, name, v) {
		const json_t *new = json_object_get(now, name);
		if (is_computed(d->kind, name) || (new &&json_equal(v, new)))
			continue;
		add_example(d, name, id, v, new);
		differs = true;
	}
	json_object_foreach (now, name, v) {
		if (is_computed(d->kind, name) || json_object_get(old, name))
			continue;
		add_example(d, name, id, NULL, v);
		differs = true;
	}
	return differs;
}

static void compare_record(struct diff *d, const struct raw_row *row, const struct record *r)
{
	struct arena arena = ARENA_INIT;
	struct record *old = raw_record(d->db, &arena, d->kind, row->rowid);
	/* What the source said; the deadline itself may be reckoned here. */
	if (old && d->kind->states)
		old->values[COL_DUE_AT] = old->values[COL_DUE_SRC];
	json_t *a = old ? record_json(old) : json_object(), *b = record_json(r);
	if (compare(d, row->id, a, b))
		d->changed++;
	else
		d->same++;
	json_decref(a);
	json_decref(b);
	arena_free(&arena);
}

static void count(json_t *counts, const char *text)
{
	json_object_set_new(
		counts, text,
		json_integer(json_integer_value(json_object_get(counts, text)) + 1));
}

static int on_row(void *context, const struct raw_row *row)
{
	struct diff *d = context;
	struct haul haul = HAUL_INIT;
	struct record *r;
	const char *reason;
	d->last = row->rowid;
	d->items++;
	switch (remap_item(d->connector, d->mapper, d->source, d->kind, row->id, row->raw,
			   row->raw_n, &haul, &r, &reason)) {
	case REMAP_RECORD:
		compare_record(d, row, r);
		break;
	case REMAP_OTHERS:
		d->others++;
		break;
	case REMAP_NOTHING:
		d->gone++;
		break;
	case REMAP_FAILED:
		d->failed++;
		count(d->failures, reason);
		break;
	}
	haul_free(&haul);
	return 0;
}

/* --- telling --- */

static void print_side(const struct author *a, char sign, const json_t *v)
{
	char *text = v && !json_is_null(v) ? json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT)
					   : xstrdup("—");
	printf("      %s%c ", author_ink(a, sign == '-' ? INK_RED : INK_GREEN), sign);
	author_put(text, strlen(text), VALUE_MOST);
	printf("%s\n", author_ink(a, INK_NONE));
	free(text);
}

static void print_kind(const struct diff *d)
{
	const struct author *a = d->author;
	const char *name;
	json_t *c, *example, *n;
	size_t i;
	printf("%s%s%s: ", author_ink(a, INK_BOLD), d->kind->plural, author_ink(a, INK_NONE));
	printf(_("%lld items: %lld as they are, %lld changed, %lld would go, %lld would get "
		 "another id, %lld can't be mapped any more\n"),
	       (long long)d->items, (long long)d->same, (long long)d->changed,
	       (long long)d->gone, (long long)d->others, (long long)d->failed);
	json_object_foreach (d->failures, name, n) {
		printf("  %s%lld ×%s ", author_ink(a, INK_RED),
		       (long long)json_integer_value(n), author_ink(a, INK_NONE));
		author_put(name, strlen(name), 0);
		printf("\n");
	}
	json_object_foreach (d->columns, name, c) {
		printf("  %s%s%s: ", author_ink(a, INK_CYAN), name, author_ink(a, INK_NONE));
		printf(_("%lld records\n"),
		       (long long)json_integer_value(json_object_get(c, "changed")));
		json_array_foreach (json_object_get(c, "examples"), i, example) {
			const char *id = json_string_value(json_array_get(example, 0));
			printf("    ");
			author_put(id, strlen(id), VALUE_MOST);
			printf("\n");
			print_side(a, '-', json_array_get(example, 1));
			print_side(a, '+', json_array_get(example, 2));
		}
	}
}

static json_t *kind_json(const struct diff *d)
{
	return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:O, s:O}", "kind", d->kind->id,
			 "items", (json_int_t)d->items, "same", (json_int_t)d->same, "changed",
			 (json_int_t)d->changed, "gone", (json_int_t)d->gone, "other_ids",
			 (json_int_t)d->others, "failed", (json_int_t)d->failed, "columns",
			 d->columns, "failures", d->failures);
}

static int diff_kind(struct diff *d, json_t *all, struct err *e)
{
	int64_t before;
	d->last = d->items = d->same = d->changed = d->gone = d->others = d->failed = 0;
	d->columns = json_object();
	d->failures = json_object();
	int rc;
	do {
		before = d->last;
		rc = raw_walk(d->db, d->kind, d->source, before, PORTION, on_row, d, e);
	} while (rc == 0 && d->last > before);
	if (rc == 0 && d->items && all)
		json_array_append_new(all, kind_json(d));
	else if (rc == 0 && d->items)
		print_kind(d);
	json_decref(d->columns);
	json_decref(d->failures);
	return rc;
}

/* --- which source --- */

/* The source that the file belongs to: the one named, or the only one whose connector has its
 * name. */
static const struct config_source *find_source(const struct author *a, const struct config *c,
					       const char *file, struct err *e)
{
	const char *name = author_text(a, "source"), *base = strrchr(file, '/');
	const struct config_source *found = NULL;
	base = base ? base + 1 : file;
	size_t n = strcspn(base, ".");
	if (name) {
		found = config_source(c, name);
		if (!found)
			err_set(e, ERR_NOT_FOUND, _("there is no source %.60s"), name);
		return found;
	}
	for (size_t i = 0; i < c->source_count; i++) {
		const char *own = strrchr(c->sources[i].connector, '/');
		own = own ? own + 1 : c->sources[i].connector;
		if (strcspn(own, ".") != n || strncmp(own, base, n) != 0)
			continue;
		if (found) {
			err_set(e, ERR_USAGE,
				_("several sources use this connector: say which by --source"));
			return NULL;
		}
		found = &c->sources[i];
	}
	if (!found)
		err_set(e, ERR_USAGE,
			_("no source uses this connector: say which by --source"));
	return found;
}

static int run(const struct author *a, const char *file, struct connector *c,
	       const struct config *config, struct err *e)
{
	const struct config_source *source = find_source(a, config, file, e);
	struct db *db = source ? db_open_reader(a->paths->cache_db, e) : NULL;
	if (!db)
		return -1;
	clock_set_zone(config->timezone);
	struct diff d = {.author = a,
			 .connector = c,
			 .mapper = mapper_new(),
			 .db = db,
			 .source = source->name};
	json_t *all = a->json ? json_array() : NULL;
	int rc = 0;
	int64_t items = 0;
	for (size_t i = 0; rc == 0 && kinds[i]; i++) {
		d.kind = kinds[i];
		rc = diff_kind(&d, all, e);
		items += d.items;
	}
	if (rc == 0 && all)
		author_print_json(all);
	else if (rc == 0 && !items)
		printf(_("the cache keeps no items of %s (where the map is \".\", records are "
			 "all there is)\n"),
		       source->name);
	json_decref(all);
	mapper_free(d.mapper);
	db_close(db);
	return rc;
}

int author_diff(const struct author *a)
{
	struct err e = ERR_INIT;
	struct config config;
	int code = AUTHOR_GOOD;
	char *file = author_file(a, author_word(a, 0), &e);
	struct connector *c = file ? trial_connector(a, file, &e) : NULL;
	if (!c || config_load(&config, a->paths->config, &e) < 0) {
		code = author_fail(&e);
	} else {
		if (run(a, file, c, &config, &e) < 0)
			code = author_fail(&e);
		config_free(&config);
	}
	connector_free(c);
	free(file);
	return code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/asker.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "model/kinds.h"
#include "store/lineage.h"
#include "store/listing.h"
#include "store/query.h"
#include "store/sql.h"

struct asker {
	struct db *db;
	char *name, *user, *unit;
	const struct calendar *calendar;
	const struct paths *paths;
	struct calendar *own; /* read from the paths */
	bool read;
	/* What below() told last, so that asking for the next one costs nothing. */
	const struct name_row **rows;
	size_t count, cap;
};

struct asker *asker_new(struct db *db)
{
	struct asker *a = xcalloc(1, sizeof *a);
	a->db = db;
	return a;
}

void asker_free(struct asker *a)
{
	if (!a)
		return;
	free(a->name);
	free(a->user);
	free(a->unit);
	free(a->rows);
	calendar_free(a->own);
	free(a);
}

static struct asker *asker_of(struct db *db)
{
	if (!db->asker)
		db->asker = asker_new(db);
	return db->asker;
}

static void replace(char **old, const char *text)
{
	free(*old);
	*old = text && *text ? xstrdup(text) : NULL;
}

void asker_set(struct asker *a, const struct store_asker *from)
{
	replace(&a->name, from->name);
	replace(&a->user, from->user);
	replace(&a->unit, from->unit);
	calendar_free(a->own);
	a->own = NULL;
	a->read = false;
	a->calendar = from->calendar;
	a->paths = from->paths;
}

void store_set_asker(struct db *db, const struct store_asker *a)
{
	asker_set(asker_of(db), a);
}

static const struct calendar *calendar_of(struct asker *a)
{
	if (!a->calendar && a->paths && !a->read) {
		a->own = calendar_open(a->paths, NULL);
		a->read = true;
	}
	return a->calendar ? a->calendar : a->own;
}

/* --- what stands below --- */

static bool has_row(const struct asker *a, const struct name_row *row)
{
	for (size_t i = 0; i < a->count; i++)
		if (a->rows[i] == row)
			return true;
	return false;
}

static bool stands_below(const struct asker *a, const struct name_row *row)
{
	for (size_t i = 0; row->parent && i < a->count; i++)
		if (strcmp(a->rows[i]->code, row->parent) == 0)
			return true;
	return false;
}

/* Whether it ended, and one of them has its duties now. */
static bool went_into(const struct asker *a, const struct name_table *t, const struct kind *k,
		      const struct name_row *row, int64_t now)
{
	if (!row->successors || row->to == INT64_MAX || row->to > now)
		return false;
	struct lineage l = lineage_find(t, k, row->code, row->to - 1, now);
	return l.end == LINEAGE_FOLLOWED && has_row(a, l.now);
}

/* The code's rows, all below them at any depth, and all that became one of these. */
static void gather(struct asker *a, const struct name_table *t, const struct kind *k,
		   const char *code, int64_t from, int64_t now)
{
	const struct name_row *row;
	a->count = 0;
	for (size_t i = 0; (row = names_nth(t, k, i)); i++)
		if (strcmp(row->code, code) == 0 && (from == INT64_MIN || row->from == from))
			ARRAY_PUSH(a->rows, a->count, a->cap) = row;
	for (size_t before = 0; before < a->count;) {
		before = a->count;
		for (size_t i = 0; (row = names_nth(t, k, i)); i++)
			if (!has_row(a, row) &&
			    (stands_below(a, row) || went_into(a, t, k, row, now)))
				ARRAY_PUSH(a->rows, a->count, a->cap) = row;
	}
}

/* When the row's code means it: from the row's beginning, where it was another's before, to its
 * end, where it is another's since. */
static struct filter_code time_of(const struct asker *a, const struct name_table *t,
				  const struct kind *k, const struct name_row *row)
{
	struct filter_code c = {row->code, INT64_MIN, INT64_MAX};
	const struct name_row *other;
	for (size_t i = 0; (other = names_nth(t, k, i)); i++) {
		if (strcmp(other->code, row->code) != 0 || has_row(a, other))
			continue;
		if (other->from < row->from)
			c.from = row->from;
		else
			c.to = row->to;
	}
	return c;
}

static bool below(void *data, const struct kind *catalogue, const char *code, int64_t from,
		  size_t n, struct filter_code *out)
{
	struct asker *a = data;
	const struct name_table *t = listing_names(a->db);
	if (n == 0)
		gather(a, t, catalogue, code, from, clock_now());
	if (n >= a->count)
		return false;
	*out = time_of(a, t, catalogue, a->rows[n]);
	return true;
}

/* --- the others --- */

static const char *resolve(void *data, const struct kind *catalogue, const char *name, size_t n)
{
	const struct asker *a = data;
	return names_code(listing_names(a->db), catalogue, name, n);
}

static bool name(void *data, const struct kind *catalogue, size_t n, struct filter_name *out)
{
	const struct asker *a = data;
	const struct name_row *row = names_nth(listing_names(a->db), catalogue, n);
	if (row)
		*out = (struct filter_name){row->code, row->title, row->brief, row->from};
	return row != NULL;
}

/* 1: it has a place, 0: none is known, -1: there is no such record. */
static int place_of(struct db *db, const struct kind *k, const char *code, double *lat,
		    double *lon)
{
	struct arena a = ARENA_INIT;
	const struct record *r = store_record(db, &a, k, code, false, NULL);
	int at = r ? kind_column(r->kind, "lat") : -1,
	    on = r ? kind_column(r->kind, "lon") : -1;
	int rc = !r ? -1 : at >= 0 && on >= 0 && r->values[at].set && r->values[on].set;
	if (rc > 0) {
		*lat = r->values[at].r;
		*lon = r->values[on].r;
	}
	arena_free(&a);
	return rc;
}

static enum filter_place place(void *data, const struct kind *k, const char *code, double *lat,
			       double *lon)
{
	const struct asker *a = data;
	int rc = place_of(a->db, k, code, lat, lon);
	for (size_t i = 0; rc < 0 && kinds[i]; i++)
		if (kinds[i] != k && kind_column(kinds[i], "lat") >= 0)
			rc = place_of(a->db, kinds[i], code, lat, lon);
	return rc > 0 ? PLACE_FOUND : rc == 0 ? PLACE_NOT_KNOWN : PLACE_NO_RECORD;
}

static int64_t work(void *data, int64_t t, int64_t amount, bool days)
{
	struct asker *a = data;
	const struct calendar *c = calendar_of(a);
	const struct worktime *w = c ? calendar_hours(c, NULL, a->unit) : NULL;
	if (!w)
		return CLOCK_NONE;
	if (days && amount >= 0)
		return worktime_add_days(w, t, amount);
	return worktime_add(w, t, days ? amount * worktime_day(w) : amount);
}

struct filter_context store_filter_context(struct db *db, const struct kind *k, int64_t now)
{
	return asker_context(asker_of(db), k, now);
}

struct filter_context asker_context(struct asker *a, const struct kind *k, int64_t now)
{
	return (struct filter_context){.kind = k,
				       .now = now,
				       .resolve = resolve,
				       .data = a,
				       .below = below,
				       .name = name,
				       .place = place,
				       .work = work,
				       .me = a->name,
				       .user = a->user,
				       .unit = a->unit};
}

int store_check_filter(struct db *db, const struct kind *k, const char *filter, int64_t now,
		       size_t *at, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct filter_context c = store_filter_context(db, k, now);
	const struct filter *f = filter_parse(&a, &c, filter, at, e);
	arena_free(&a);
	return f ? 0 : -1;
}

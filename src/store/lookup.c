/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single records, and those that belong to them. */
#include "store/query.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "store/builder.h"
#include "store/row.h"
#include "store/text_search.h"

#define NEAR_ROWS 2000     /* looked at for being near */
#define NEAR_DEGREES 0.001 /* some 100 m */

#define OF_SOURCE "t.source = (SELECT id FROM source WHERE name = ?2)"

/* The first row of a condition on t, or NULL: *e says whether something failed. */
static struct record *first(struct db *db, struct arena *a, const struct row_shape *shape,
			    const char *condition, const char *value, const char *source,
			    struct err *e)
{
	struct strbuf sql = STRBUF_INIT;
	strbuf_adds(&sql, "SELECT ");
	row_add_columns(&sql, shape);
	strbuf_addf(&sql, " FROM %s t WHERE %s%s", shape->kind->id,
		    source ? OF_SOURCE " AND " : "", condition);
	sqlite3_stmt *s = sql_prepare(db, sql.s, e);
	strbuf_free(&sql);
	if (!s)
		return NULL;
	sql_bind_string(s, 1, value);
	if (source)
		sql_bind_string(s, 2, source);
	struct record *r = NULL;
	if (sql_step(db, s, e) > 0) {
		r = record_new(a, shape->kind);
		row_read(db, s, shape, a, r);
	}
	sqlite3_reset(s);
	return r;
}

static struct record *find(struct db *db, struct arena *a, const struct kind *k,
			   const char *source, const char *id, bool raw, struct err *e)
{
	struct row_shape shape = {.kind = k, .detail = true, .raw = raw, .noted = true};
	struct record *r = first(db, a, &shape, "t.ext_id = ?1 LIMIT 1", id, source, e);
	if (r)
		return r;
	return first(db, a, &shape,
		     k->catalogue ? "t.code = ?1 ORDER BY t.valid_from DESC LIMIT 1"
				  : "t.code = ?1 ORDER BY t.id LIMIT 1",
		     id, source, e);
}

struct record *store_record_of(struct db *db, struct arena *a, const struct kind *k,
			       const char *source, const char *id, bool raw, struct err *e)
{
	struct err own = ERR_INIT;
	struct record *r = NULL;
	sql_trim(db);
	if (k)
		r = find(db, a, k, source, id, raw, &own);
	for (size_t i = 0; !k && !r && kinds[i] && own.code == ERR_NONE; i++)
		r = find(db, a, kinds[i], source, id, raw, &own);
	if (!r && own.code == ERR_NONE)
		err_set(&own, ERR_NOT_FOUND, _("there is no record %s"), id);
	if (!r && e)
		*e = own;
	return r;
}

struct record *store_record(struct db *db, struct arena *a, const struct kind *k,
			    const char *id, bool raw, struct err *e)
{
	return store_record_of(db, a, k, NULL, id, raw, e);
}

int64_t store_record_count(struct db *db, const struct kind *k, const char *source,
			   const char *id, struct strbuf *sources, struct err *e)
{
	struct strbuf sql = STRBUF_INIT;
	int64_t n = 0;
	int rc;
	strbuf_addf(&sql,
		    "SELECT count(*), s.name FROM %s t JOIN source s ON s.id = t.source"
		    " WHERE (t.ext_id = ?1 OR t.code = ?1)%s GROUP BY s.id ORDER BY s.name",
		    k->id, source ? " AND s.name = ?2" : "");
	sqlite3_stmt *s = sql_prepare(db, sql.s, e);
	strbuf_free(&sql);
	if (!s)
		return -1;
	sql_bind_string(s, 1, id);
	if (source)
		sql_bind_string(s, 2, source);
	while ((rc = sql_step(db, s, e)) > 0) {
		n += sqlite3_column_int64(s, 0);
		strbuf_addf(sources, "%s%s", sources->len ? ", " : "",
			    (const char *)sqlite3_column_text(s, 1));
	}
	sqlite3_reset(s);
	return rc < 0 ? -1 : n;
}

/* --- related --- */

struct related {
	struct db *db;
	struct arena *arena;
	const struct record *self;
	struct record **out;
	size_t count, most;
};

static void add(struct related *x, struct record *r)
{
	if (!r || x->count == x->most ||
	    (r->kind == x->self->kind && r->rowid == x->self->rowid))
		return;
	for (size_t i = 0; i < x->count; i++)
		if (x->out[i]->kind == r->kind && x->out[i]->rowid == r->rowid)
			return;
	x->out[x->count++] = r;
}

static void add_linked(struct related *x)
{
	const struct record *self = x->self;
	json_t *detail = self->detail ? json_loadb(self->detail, self->detail_n, 0, NULL)
				      : NULL;
	size_t i;
	json_t *link;
	json_array_foreach (json_object_get(detail, "links"), i, link) {
		const char *kind = json_string_value(json_object_get(link, "kind"));
		const char *id = json_string_value(json_object_get(link, "id"));
		const struct kind *k = kind ? kind_find(kind) : NULL;
		if (k && id && x->count < x->most)
			add(x, find(x->db, x->arena, k, NULL, id, false, NULL));
	}
	json_decref(detail);
}

static void add_rows(struct related *x, const struct kind *k, struct builder *b)
{
	struct row_shape shape = {.kind = k};
	sqlite3_stmt *s = builder_prepare(b, x->db, NULL);
	while (s && x->count < x->most && sql_step(x->db, s, NULL) > 0) {
		struct record *r = record_new(x->arena, k);
		row_read(x->db, s, &shape, x->arena, r);
		add(x, r);
	}
	if (s)
		sqlite3_reset(s);
	builder_free(b);
}

/* Rows of a kind whose searched texts hold this text, newest first. */
static void add_matching(struct related *x, const struct kind *k, const char *text)
{
	struct strbuf match = STRBUF_INIT;
	strbuf_addc(&match, '"');
	for (const char *s = text; *s; s++)
		strbuf_addc(&match, *s == '"' ? ' ' : *s);
	strbuf_addc(&match, '"');
	/* The index does not know which words stand side by side: make it one question each. */
	struct filter_context c = {.kind = k, .now = 0};
	const struct filter *f = filter_parse(x->arena, &c, match.s, NULL, NULL);
	strbuf_free(&match);
	if (!f || f->op != FILTER_WORDS)
		return;
	struct row_shape shape = {.kind = k};
	struct builder b = BUILDER_INIT;
	struct strbuf words = STRBUF_INIT;
	builder_add(&b, "SELECT ");
	row_add_columns(&b.sql, &shape);
	builder_add(&b,
		    " FROM %s_words w CROSS JOIN %s t ON t.id = w.rowid WHERE %s_words MATCH ",
		    k->id, k->id, k->id);
	text_search_add_match(&words, f, NULL);
	builder_text(&b, arena_strdup(x->arena, words.s), words.len);
	strbuf_free(&words);
	builder_add(&b, " AND ");
	builder_filter(&b, x->arena, k, f, 0);
	builder_add(&b, " ORDER BY w.rowid DESC LIMIT ");
	builder_int(&b, (int64_t)(x->most + 1));
	add_rows(x, k, &b);
}

/* What tells a person, vehicle or file apart from all others. */
static bool is_telling(const struct column *c)
{
	return c->personal == PERSONAL_PHONE || c->personal == PERSONAL_PLATE ||
	       strcmp(c->id, "dossier_code") == 0 || strcmp(c->id, "case_id") == 0;
}

static void add_same(struct related *x)
{
	const struct kind *k = x->self->kind;
	for (size_t i = 0; i < k->column_count; i++) {
		const char *text = record_text(x->self, i);
		if ((!is_telling(&k->columns[i]) && i != COL_CODE) || strlen(text) < 5)
			continue;
		for (size_t j = 0; kinds[j] && !kinds[j]->catalogue; j++)
			add_matching(x, kinds[j], text);
	}
}

static void add_near_of_kind(struct related *x, const struct kind *k, int64_t at, double lat,
			     double lon)
{
	struct row_shape shape = {.kind = k};
	struct builder b = BUILDER_INIT;
	double wide = NEAR_DEGREES / fmax(cos(lat * 3.14159265358979 / 180), 0.01);
	builder_add(&b, "SELECT ");
	row_add_columns(&b.sql, &shape);
	builder_add(&b, " FROM %s t WHERE t.id IN (SELECT id FROM %s WHERE created_at > ",
		    k->id, k->id);
	builder_int(&b, at - DAY);
	builder_add(&b, " AND created_at < ");
	builder_int(&b, at + DAY);
	builder_add(&b, " LIMIT %d) AND abs(t.lat - ", NEAR_ROWS);
	builder_real(&b, lat);
	builder_add(&b, ") < %g AND abs(t.lon - ", NEAR_DEGREES);
	builder_real(&b, lon);
	builder_add(&b, ") < ");
	builder_real(&b, wide);
	builder_add(&b, " ORDER BY abs(t.created_at - ");
	builder_int(&b, at);
	builder_add(&b, ") LIMIT ");
	builder_int(&b, (int64_t)(x->most + 1));
	add_rows(x, k, &b);
}

static void add_near(struct related *x)
{
	const struct record *r = x->self;
	int64_t at = record_int(r, COL_CREATED_AT, CLOCK_NONE);
	if (at == CLOCK_NONE || !r->values[COL_LAT].set || !r->values[COL_LON].set)
		return;
	for (size_t i = 0; kinds[i] && !kinds[i]->catalogue; i++)
		add_near_of_kind(x, kinds[i], at, r->values[COL_LAT].r, r->values[COL_LON].r);
}

size_t store_related(struct db *db, struct arena *a, const struct record *r, size_t most,
		     struct record **out)
{
	struct related x = {.db = db, .arena = a, .self = r, .out = out, .most = most};
	if (r->kind->catalogue)
		return 0;
	sql_trim(db);
	add_linked(&x);
	add_same(&x);
	add_near(&x);
	return x.count;
}

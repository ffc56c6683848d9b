/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wards answer for their own and merge nothing across, so a record is held against those of its
 * ward and of its days: an index has them side by side.  Of a record without a ward, the
 * nearest in time of all are looked at. */
#include "store/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "store/apart.h"
#include "store/row.h"
#include "store/sql.h"

#define LOOKED_MOST 2000 /* rows to either side in time */
#define SPREAD_MOST 800  /* the same where they lie all over the table */
#define MEMBERS_MOST 50

/* A row that is alike, before it is read as a whole. */
struct find {
	int64_t rowid;
	struct likeness likeness;
};

struct search {
	struct db *db;
	struct duplicates *d;
	struct err *e;
	int merged; /* column */
	struct likeness_judge judge;
	struct find best[LIKENESS_SHOWN_MOST];
	size_t count;
};

/* Prepares SELECT … FROM kind t WHERE condition; NULL with *e. */
static sqlite3_stmt *prepare(struct search *x, const struct row_shape *shape,
			     const char *condition)
{
	struct strbuf sql = STRBUF_INIT;
	strbuf_adds(&sql, "SELECT ");
	row_add_columns(&sql, shape);
	strbuf_addf(&sql, " FROM %s t WHERE %s", shape->kind->id, condition);
	sqlite3_stmt *s = sql_prepare(x->db, sql.s, x->e);
	strbuf_free(&sql);
	return s;
}

/* The row that s stands on, in the answer's arena; NULL: none.  Resets s. */
static struct record *read_one(struct search *x, sqlite3_stmt *s)
{
	struct row_shape shape = {.kind = x->d->kind};
	struct record *r = NULL;
	if (s && sql_step(x->db, s, x->e) > 0) {
		r = record_new(&x->d->arena, shape.kind);
		row_read(x->db, s, &shape, &x->d->arena, r);
	}
	if (s)
		sqlite3_reset(s);
	return r;
}

static struct record *by_rowid(struct search *x, int64_t rowid)
{
	struct row_shape shape = {.kind = x->d->kind};
	sqlite3_stmt *s = prepare(x, &shape, "t.id = ?");
	if (s)
		sqlite3_bind_int64(s, 1, rowid);
	return read_one(x, s);
}

/* By the id at the source, or the code: vendors say the one or the other. */
static struct record *by_name(struct search *x, const char *source, const char *name)
{
	static const char *const ways[] = {"t.ext_id = ?1", "t.code = ?1"};
	struct row_shape shape = {.kind = x->d->kind};
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		char *condition = xasprintf("%s AND t.source = (SELECT id FROM source"
					    " WHERE name = ?2) LIMIT 1",
					    ways[i]);
		sqlite3_stmt *s = prepare(x, &shape, condition);
		free(condition);
		if (s) {
			sql_bind_string(s, 1, name);
			sql_bind_string(s, 2, source);
		}
		struct record *r = read_one(x, s);
		if (r || x->e->code)
			return r;
	}
	return NULL;
}

/* --- its group ------------------------------------------------------------ */

/* What is merged into it, by its id or its code. */
static sqlite3_stmt *prepare_members(struct search *x, const struct record *of,
				     const struct row_shape *shape)
{
	sqlite3_stmt *s = prepare(x, shape,
				  "t.merged_into IN (?1, ?2) AND t.source = (SELECT id FROM"
				  " source WHERE name = ?3) ORDER BY t.created_at LIMIT ?4");
	if (!s)
		return NULL;
	sql_bind_string(s, 1, of->id);
	sql_bind_string(s, 2, record_text(of, COL_CODE));
	sql_bind_string(s, 3, of->source);
	sqlite3_bind_int64(s, 4, MEMBERS_MOST);
	return s;
}

static void find_members(struct search *x, const struct record *of)
{
	struct row_shape shape = {.kind = x->d->kind};
	sqlite3_stmt *s = prepare_members(x, of, &shape);
	struct duplicates *d = x->d;
	d->members = arena_alloc(&d->arena, MEMBERS_MOST * sizeof *d->members);
	while (s && sql_step(x->db, s, x->e) > 0) {
		struct record *r = record_new(&d->arena, d->kind);
		row_read(x->db, s, &shape, &d->arena, r);
		d->members[d->member_count++] = r;
	}
	if (s)
		sqlite3_reset(s);
}

static int64_t count_members(struct search *x, const struct record *of)
{
	static const int code[] = {COL_CODE};
	struct row_shape shape = {.kind = x->d->kind, .columns = code, .count = 1};
	sqlite3_stmt *s = prepare_members(x, of, &shape);
	int64_t n = 0;
	while (s && sql_step(x->db, s, x->e) > 0)
		n++;
	if (s)
		sqlite3_reset(s);
	return n;
}

static void find_group(struct search *x)
{
	struct duplicates *d = x->d;
	const struct record *of = d->self;
	d->main_code = record_text(d->self, (size_t)x->merged);
	if (*d->main_code) {
		d->main = by_name(x, d->self->source, d->main_code);
		of = d->main;
	}
	if (of)
		find_members(x, of);
}

/* --- what is alike -------------------------------------------------------- */

static void keep(struct search *x, int64_t rowid, const struct likeness *l)
{
	size_t at = x->count;
	while (at && x->best[at - 1].likeness.percent < l->percent)
		at--;
	if (at == LIKENESS_SHOWN_MOST)
		return;
	if (x->count < LIKENESS_SHOWN_MOST)
		x->count++;
	memmove(&x->best[at + 1], &x->best[at], (x->count - at - 1) * sizeof *x->best);
	x->best[at] = (struct find){rowid, *l};
}

/* Rows of one side in time, the nearest first. */
static void look_at(struct search *x, const struct row_shape *shape, sqlite3_stmt *s,
		    struct record *row, int64_t most)
{
	int64_t looked = 0;
	while (s && sql_step(x->db, s, x->e) > 0) {
		struct likeness l;
		row_read(x->db, s, shape, NULL, row);
		looked++;
		if (row->rowid != x->d->rowid && !*record_text(row, (size_t)x->merged) &&
		    likeness_of(&x->judge, row, &l))
			keep(x, row->rowid, &l);
	}
	if (s)
		sqlite3_reset(s);
	x->d->looked += looked;
	x->d->capped |= looked == most;
}

static void look_around(struct search *x, int64_t within)
{
	static const char *const sides[2][2] = {
		{"t.created_at <= ?1 AND t.created_at >= ?2 ORDER BY t.created_at DESC LIMIT "
		 "?3",
		 "t.area = ?4 AND t.created_at <= ?1 AND t.created_at >= ?2"
		 " ORDER BY t.created_at DESC LIMIT ?3"},
		{"t.created_at > ?1 AND t.created_at <= ?2 ORDER BY t.created_at LIMIT ?3",
		 "t.area = ?4 AND t.created_at > ?1 AND t.created_at <= ?2"
		 " ORDER BY t.created_at LIMIT ?3"},
	};
	const struct record *self = x->d->self;
	int phone = kind_column(x->d->kind, "reporter_phone");
	int restricted = kind_column(x->d->kind, "restricted");
	int columns[] = {COL_TITLE,   COL_CREATED_AT, COL_CATEGORY, COL_LAT,    COL_LON,
			 COL_ADDRESS, COL_BODY,       x->merged,    restricted, phone};
	struct row_shape shape = {.kind = x->d->kind, .columns = columns};
	shape.count = ARRAY_LEN(columns) - (phone < 0);
	int64_t at = record_int(self, COL_CREATED_AT, CLOCK_NONE);
	bool ward = self->values[COL_AREA].set;
	int64_t most = ward ? LOOKED_MOST : SPREAD_MOST;
	struct record *row = record_new(&x->d->arena, x->d->kind);
	for (int later = 0; later <= 1 && !x->e->code; later++) {
		sqlite3_stmt *s = prepare(x, &shape, sides[later][ward]);
		if (!s)
			return;
		sqlite3_bind_int64(s, 1, at);
		sqlite3_bind_int64(s, 2, later ? at + within : at - within);
		sqlite3_bind_int64(s, 3, most);
		if (ward)
			sql_bind_string(s, 4, record_text(self, COL_AREA));
		look_at(x, &shape, s, row, most);
	}
}

static bool are_apart(struct search *x, struct journal *j, const struct record *r)
{
	const struct apart_record a = {x->d->self->source, x->d->self->id};
	const struct apart_record b = {r->source, r->id};
	return j && apart_is(j, x->d->kind, &a, &b);
}

/* Those said to be apart come last, and don't count among those wanted. */
static void read_best(struct search *x, struct journal *j, size_t most)
{
	struct duplicates *d = x->d;
	struct duplicate *apart = xcalloc(LIKENESS_SHOWN_MOST, sizeof *apart);
	size_t apart_count = 0;
	d->list = arena_alloc(&d->arena, LIKENESS_SHOWN_MOST * sizeof *d->list);
	for (size_t i = 0; i < x->count && !x->e->code; i++) {
		struct duplicate one = {.record = by_rowid(x, x->best[i].rowid),
					.likeness = x->best[i].likeness};
		if (!one.record)
			continue;
		one.apart = are_apart(x, j, one.record);
		one.members = count_members(x, one.record);
		duplicates_judge(&one, d->self, d->member_count);
		if (one.apart)
			apart[apart_count++] = one;
		else if (d->count < most)
			d->list[d->count++] = one;
	}
	for (size_t i = 0; i < apart_count; i++)
		d->list[d->count++] = apart[i];
	free(apart);
}

struct duplicates *store_duplicates(struct db *db, struct journal *j,
				    const struct duplicates_query *q)
{
	struct duplicates *d = duplicates_new();
	struct search x = {.db = db, .d = d, .e = &d->error};
	d->generation = q->generation;
	d->kind = q->kind;
	if (!duplicates_fit(q->kind)) {
		err_set(&d->error, ERR_UNSUPPORTED, "%s",
			_("records of this kind are never merged"));
		return d;
	}
	sql_trim(db);
	x.merged = kind_column(q->kind, "merged_into");
	d->self = q->rowid ? by_rowid(&x, q->rowid) : by_name(&x, q->source, q->id);
	if (!d->self)
		return d;
	d->rowid = d->self->rowid;
	find_group(&x);
	if (*d->main_code || !q->rules.enabled || !d->self->values[COL_CREATED_AT].set ||
	    d->error.code)
		return d;
	likeness_start(&x.judge, &q->rules, d->self);
	look_around(&x, q->rules.within);
	read_best(&x, j, (size_t)q->rules.most);
	return d;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change of rules is noticed by the version that the cache was last settled by, which stands
 * in table meta and is written only when all has been settled again: a writer that dies
 * meanwhile begins anew. */
#include "store/settler.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "model/kinds.h"
#include "store/query.h"
#include "store/row.h"

#define STEP_ROWS 256
#define STEP_WINDOW 8192 /* rowids looked at in one step */

struct settler {
	struct db *db;
	struct ingest *in;
	const struct paths *paths;
	struct rulebook *book; /* NULL: there are no rules, nothing is settled */
	bool stale;            /* the book is to be read again */
	bool looked;           /* whether the cache was settled by this book is known */
	bool settling;
	size_t kind;
	int64_t after;
	int64_t count; /* settled anew in this round */
};

/* --- the book ----------------------------------------------------------------------------- */

static int add_row(void *book, const struct record *row)
{
	rulebook_add_row(book, row);
	return 0;
}

int rules_add_catalogues(struct db *db, struct rulebook *b, struct err *e)
{
	static const struct kind *const catalogues[] = {&kind_category, &kind_procedure};
	for (size_t i = 0; i < ARRAY_LEN(catalogues); i++) {
		struct walk_query q = {.kind = catalogues[i],
				       .filter = "",
				       .sort = -1,
				       .since = CLOCK_NONE,
				       .now = clock_now()};
		if (store_walk(db, &q, add_row, b, e) < 0)
			return -1;
	}
	return 0;
}

struct rulebook *rules_load(struct db *db, const struct paths *p, struct err *e)
{
	struct rulebook *b = rulebook_open(p, e);
	if (!b || rules_add_catalogues(db, b, e) == 0)
		return b;
	rulebook_free(b);
	return NULL;
}

void settler_prepare(struct settler *s)
{
	struct err e = ERR_INIT;
	if (!s->stale)
		return;
	s->stale = false;
	struct rulebook *fresh = rules_load(s->db, s->paths, &e);
	if (!fresh) {
		log_error("the rules of deadlines stay as they were: %s", e.text);
		return;
	}
	rulebook_free(s->book);
	s->book = fresh;
	s->looked = s->settling = false;
}

struct settler *settler_new(struct db *db, struct ingest *in, const struct paths *p)
{
	struct settler *s = xcalloc(1, sizeof *s);
	s->db = db;
	s->in = in;
	s->paths = p;
	s->stale = true;
	return s;
}

void settler_free(struct settler *s)
{
	if (!s)
		return;
	rulebook_free(s->book);
	free(s);
}

void settler_reload(struct settler *s)
{
	s->stale = true;
}

const struct rulebook *settler_rules(const struct settler *s)
{
	return s->book;
}

void settler_settle(const struct settler *s, struct arena *a, struct record *r)
{
	if (s->book)
		deadline_settle(s->book, a, r);
}

void settler_note(struct settler *s, const struct ingest_result *result)
{
	s->stale |= result->changed[kind_index(&kind_category)] > 0 ||
		    result->changed[kind_index(&kind_procedure)] > 0;
}

/* --- settling again ----------------------------------------------------------------------- */

static bool is_settled_by(struct settler *s, const char *version)
{
	sqlite3_stmt *q = sql_prepare(s->db, "SELECT value FROM meta WHERE key = 'rules'",
				      NULL);
	if (!q)
		return true;
	const char *was = sql_step(s->db, q, NULL) > 0 ? (const char *)sqlite3_column_text(q, 0)
						       : NULL;
	bool same = was && strcmp(was, version) == 0;
	sqlite3_reset(q);
	return same;
}

static int note_version(struct settler *s, struct err *e)
{
	sqlite3_stmt *q = sql_prepare(s->db, "INSERT OR REPLACE INTO meta VALUES('rules', ?)",
				      e);
	if (!q)
		return -1;
	sql_bind_string(q, 1, rulebook_version(s->book));
	return sql_run(s->db, q, e);
}

/* Records without a clock have none by any rule. */
static sqlite3_stmt *prepare_window(struct settler *s, const struct row_shape *shape,
				    struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, "SELECT ");
	row_add_columns(&b, shape);
	strbuf_addf(&b,
		    " FROM %s t NOT INDEXED WHERE t.id > ?1 AND t.id <= ?2 AND (t.open = 1"
		    " OR (t.clock IS NOT NULL AND (t.verdict IS NULL OR t.due_calc IS NULL)))"
		    " ORDER BY t.id LIMIT %d",
		    shape->kind->id, STEP_ROWS);
	sqlite3_stmt *q = sql_prepare(s->db, b.s, e);
	strbuf_free(&b);
	if (q) {
		sqlite3_bind_int64(q, 1, s->after);
		sqlite3_bind_int64(q, 2, s->after + STEP_WINDOW);
	}
	return q;
}

/* They are all read before the first is written. */
static int read_window(struct settler *s, const struct kind *k, struct arena *a,
		       struct record **rows, size_t *count, struct err *e)
{
	struct row_shape shape = {.kind = k, .detail = true, .raw = true};
	sqlite3_stmt *q = prepare_window(s, &shape, e);
	int rc = q ? 0 : -1;
	while (q && *count < STEP_ROWS && (rc = sql_step(s->db, q, e)) > 0) {
		struct record *r = record_new(a, k);
		row_read(s->db, q, &shape, a, r);
		rows[(*count)++] = r;
	}
	if (q)
		sqlite3_reset(q);
	return rc < 0 ? -1 : 0;
}

static int settle_window(struct settler *s, struct arena *a, struct err *e)
{
	const struct kind *k = kinds[s->kind];
	struct record *rows[STEP_ROWS];
	size_t count = 0;
	if (read_window(s, k, a, rows, &count, e) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		deadline_settle(s->book, a, rows[i]);
		if (ingest_recompute(s->in, rows[i], e) < 0)
			return -1;
	}
	int64_t newest;
	if (row_newest(s->db, k, &newest, e) < 0)
		return -1;
	s->after = count == STEP_ROWS ? rows[count - 1]->rowid : s->after + STEP_WINDOW;
	if (s->after < newest)
		return 0;
	s->after = 0;
	do
		s->kind++;
	while (kinds[s->kind] && kinds[s->kind]->catalogue);
	return kinds[s->kind] ? 0 : note_version(s, e);
}

static int step(struct settler *s, struct ingest_result *result, struct err *e)
{
	struct arena scratch = ARENA_INIT;
	struct ingest_result done = {0};
	int rc = ingest_begin(s->in, e);
	if (rc == 0 && (rc = settle_window(s, &scratch, e)) < 0)
		ingest_rollback(s->in);
	else if (rc == 0)
		rc = ingest_commit(s->in, &done, e);
	arena_free(&scratch);
	s->count += done.updated;
	ingest_add_result(result, &done);
	return rc;
}

static void begin_round(struct settler *s)
{
	s->looked = true;
	s->settling = !is_settled_by(s, rulebook_version(s->book));
	s->kind = 0;
	s->after = s->count = 0;
}

bool settler_step(struct settler *s, struct ingest_result *result)
{
	struct err e = ERR_INIT;
	if (ingest_is_busy(s->in))
		return false;
	settler_prepare(s);
	if (!s->book)
		return false;
	if (!s->looked)
		begin_round(s);
	if (!s->settling)
		return false;
	if (step(s, result, &e) < 0) {
		log_warn("cache: settling deadlines again: %s", e.text);
		s->settling = false;
	} else if (!kinds[s->kind]) {
		s->settling = false;
		if (s->count)
			log_info("cache: %" PRId64
				 " deadlines were settled anew by the rules %s",
				 s->count, rulebook_version(s->book));
	}
	return s->settling;
}

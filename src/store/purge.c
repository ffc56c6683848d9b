/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A round looks first for sources that are no longer configured, in windows of rowids, since
 * there is no index by source; then for closed records that are old, along the indexes of
 * their times. */
#include "store/purge.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "model/kinds.h"
#include "store/known.h"
#include "store/row.h"
#include "store/sql.h"

#define STEP_ROWS 256    /* removed in one step: some 10 ms */
#define STEP_WINDOW 8192 /* rowids looked at in one step for those of a source */
#define ROUND_MS HOUR

enum stage { STAGE_SOURCES, STAGE_AGE };

struct purge {
	struct db *db;
	struct ingest *in;
	const struct purge_policy *policy;
	int64_t due;
	enum stage stage;
	size_t kind;
	int64_t source; /* that goes now; 0: not looked for yet */
	char *name;
	int64_t after; /* rowids up to this one have been looked at */
	int64_t gone;  /* of the source, or of the kind, in this round */
};

/* The rows of one step: they are read before the first is removed. */
struct victims {
	struct arena arena;
	int64_t source[STEP_ROWS];
	const char *ext_id[STEP_ROWS];
	size_t count;
};

void purge_policy_free(struct purge_policy *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->source_count; i++)
		free(p->sources[i]);
	free(p->sources);
	free(p);
}

/* --- age --- */

static int case_column(const struct kind *k)
{
	return kind_column(k, "case_id");
}

bool purge_is_over(const struct record *r, const int64_t keep[KIND_MOST], int64_t now)
{
	int in_case = case_column(r->kind);
	bool belongs = in_case >= 0 && r->values[in_case].set;
	int64_t ms = keep[kind_index(belongs ? &kind_complaint : r->kind)];
	if (r->kind->catalogue || ms <= 0 || record_is_open(r))
		return false;
	int64_t begun = record_int(r, COL_CREATED_AT, CLOCK_NONE);
	int64_t changed = record_int(r, COL_UPDATED_AT, begun);
	return changed != CLOCK_NONE && changed < now - ms;
}

/* The same as SQL, with the times until which records go bound to 1, and to 2 for those that
 * belong to a complaint. */
static void add_age_query(struct strbuf *b, const struct kind *k, const char *condition,
			  const char *time)
{
	int in_case = case_column(k);
	strbuf_addf(b,
		    "SELECT source, ext_id FROM (SELECT id, source, ext_id FROM %s"
		    " WHERE open = 0%s AND ",
		    k->id, condition);
	if (in_case < 0)
		strbuf_addf(b, "%s < ?1", time);
	else
		strbuf_addf(b, "%s < max(?1, ?2) AND %s < iif(%s IS NULL, ?1, ?2)", time, time,
			    k->columns[in_case].id);
	strbuf_addf(b, " LIMIT %d) ORDER BY id", STEP_ROWS);
}

/* --- the rows of a step --- */

static int read_victims(struct db *db, sqlite3_stmt *s, struct victims *v, struct err *e)
{
	int rc = 0;
	while (v->count < STEP_ROWS && (rc = sql_step(db, s, e)) > 0) {
		v->source[v->count] = sqlite3_column_int64(s, 0);
		v->ext_id[v->count++] = arena_strdup(&v->arena,
						     (const char *)sqlite3_column_text(s, 1));
	}
	sqlite3_reset(s);
	return rc < 0 ? -1 : 0;
}

static int64_t until(const struct purge *p, const struct kind *k, int64_t now)
{
	int64_t keep = p->policy->keep[kind_index(k)];
	return keep > 0 ? now - keep : INT64_MIN;
}

static int find_old(struct purge *p, const struct kind *k, int64_t now, struct victims *v,
		    struct err *e)
{
	/* Without the sign, records without a change would be looked for along the wrong
	 * index. */
	const char *const ways[][2] = {{"", "updated_at"},
				       {" AND +updated_at IS NULL", "created_at"}};
	for (size_t i = 0; i < ARRAY_LEN(ways) && !v->count; i++) {
		struct strbuf b = STRBUF_INIT;
		add_age_query(&b, k, ways[i][0], ways[i][1]);
		sqlite3_stmt *s = sql_prepare(p->db, b.s, e);
		strbuf_free(&b);
		if (!s)
			return -1;
		sqlite3_bind_int64(s, 1, until(p, k, now));
		if (case_column(k) >= 0)
			sqlite3_bind_int64(s, 2, until(p, &kind_complaint, now));
		if (read_victims(p->db, s, v, e) < 0)
			return -1;
	}
	return 0;
}

static int find_of_source(struct purge *p, const struct kind *k, struct victims *v,
			  struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_addf(&b,
		    "SELECT source, ext_id FROM %s WHERE source = ?1 AND id > ?2 AND id <= ?3"
		    " ORDER BY id LIMIT %d",
		    k->id, STEP_ROWS);
	sqlite3_stmt *s = sql_prepare(p->db, b.s, e);
	strbuf_free(&b);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, p->source);
	sqlite3_bind_int64(s, 2, p->after);
	sqlite3_bind_int64(s, 3, p->after + STEP_WINDOW);
	return read_victims(p->db, s, v, e);
}

static int drop_all(struct purge *p, const struct kind *k, const struct victims *v,
		    struct err *e)
{
	for (size_t i = 0; i < v->count; i++)
		if (ingest_drop(p->in, k, v->source[i], v->ext_id[i], e) < 0)
			return -1;
	return 0;
}

/* --- sources that are no longer configured --- */

static bool is_configured(const struct purge *p, const char *name)
{
	for (size_t i = 0; i < p->policy->source_count; i++)
		if (strcmp(p->policy->sources[i], name) == 0)
			return true;
	return false;
}

/* Its cursor goes first: should it come back meanwhile, it is read from the beginning. */
static int forget_cursors(struct purge *p, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(p->db, "DELETE FROM cursor WHERE source = ?", e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, p->name);
	return sql_run(p->db, s, e) < 0 ? -1 : known_forget(p->db, p->name, e);
}

/* Its number stays taken: readers remember whose it is. */
static int forget_source(struct purge *p, struct err *e)
{
	static const char *const sql[] = {"DELETE FROM quarantine WHERE source = ?",
					  "DELETE FROM unknown_value WHERE source = ?",
					  "UPDATE source SET status = '' WHERE name = ?"};
	for (size_t i = 0; i < ARRAY_LEN(sql); i++) {
		sqlite3_stmt *s = sql_prepare(p->db, sql[i], e);
		if (!s)
			return -1;
		sql_bind_string(s, 1, p->name);
		if (sql_run(p->db, s, e) < 0)
			return -1;
	}
	sqlite3_stmt *s = sql_prepare(p->db, "DELETE FROM tombstone WHERE source = ?", e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, p->source);
	ingest_forget_sources(p->in);
	return sql_run(p->db, s, e);
}

/* The next one, into p->source; false where all are configured. */
static bool find_source(struct purge *p)
{
	sqlite3_stmt *s = sql_prepare(
		p->db, "SELECT id, name FROM source WHERE status IS NOT ''", NULL);
	while (s && !p->source && sql_step(p->db, s, NULL) > 0) {
		const char *name = (const char *)sqlite3_column_text(s, 1);
		if (!name || is_configured(p, name))
			continue;
		p->source = sqlite3_column_int64(s, 0);
		p->name = xstrdup(name);
	}
	if (s)
		sqlite3_reset(s);
	p->kind = 0;
	p->after = p->gone = 0;
	return p->source != 0;
}

static int remove_of_source(struct purge *p, struct victims *v, struct err *e)
{
	const struct kind *k = kinds[p->kind];
	int64_t newest;
	if (row_newest(p->db, k, &newest, e) < 0 || forget_cursors(p, e) < 0 ||
	    find_of_source(p, k, v, e) < 0 || drop_all(p, k, v, e) < 0)
		return -1;
	p->gone += (int64_t)v->count;
	if (v->count == STEP_ROWS)
		return 0;
	p->after += STEP_WINDOW;
	if (p->after < newest)
		return 0;
	p->after = 0;
	if (kinds[++p->kind])
		return 0;
	if (forget_source(p, e) < 0)
		return -1;
	log_info("cache: %" PRId64 " records of source %s, which is no longer configured, "
		 "were removed",
		 p->gone, p->name);
	free(p->name);
	p->name = NULL;
	p->source = 0;
	return 0;
}

/* --- old records --- */

static int add_total(struct purge *p, const char *key, int64_t value, bool sum, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(p->db,
				      "INSERT INTO meta VALUES(?1, ?2) ON CONFLICT DO UPDATE"
				      " SET value = iif(?3, value, 0) + ?2",
				      e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, key);
	sqlite3_bind_int64(s, 2, value);
	sqlite3_bind_int(s, 3, sum);
	return sql_run(p->db, s, e);
}

static int note_totals(struct purge *p, const struct kind *k, size_t n, int64_t now,
		       struct err *e)
{
	char *key = xasprintf("purged.%s", k->id);
	int rc = add_total(p, key, (int64_t)n, true, e);
	free(key);
	return rc < 0 ? -1 : add_total(p, "purged_at", now, false, e);
}

static int remove_old(struct purge *p, struct victims *v, int64_t now, struct err *e)
{
	const struct kind *k = kinds[p->kind];
	if (find_old(p, k, now, v, e) < 0 || drop_all(p, k, v, e) < 0)
		return -1;
	p->gone += (int64_t)v->count;
	if (v->count)
		return note_totals(p, k, v->count, now, e);
	if (p->gone)
		log_info("cache: %" PRId64 " closed %s were removed: kept long enough", p->gone,
			 k->plural);
	p->gone = 0;
	p->kind++;
	return 0;
}

static bool has_age(const struct purge *p, const struct kind *k)
{
	return p->policy->keep[kind_index(k)] > 0 ||
	       (case_column(k) >= 0 && p->policy->keep[kind_index(&kind_complaint)] > 0);
}

/* --- rounds --- */

/* Puts the next thing to do before us; false where all has been looked at. */
static bool prepare_step(struct purge *p)
{
	if (p->stage == STAGE_SOURCES &&
	    (p->source || (!p->policy->any_source && find_source(p))))
		return true;
	if (p->stage == STAGE_SOURCES) {
		p->stage = STAGE_AGE;
		p->kind = 0;
		p->gone = 0;
	}
	while (kinds[p->kind] && (kinds[p->kind]->catalogue || !has_age(p, kinds[p->kind])))
		p->kind++;
	return kinds[p->kind];
}

static void end_round(struct purge *p)
{
	p->stage = STAGE_SOURCES;
	p->source = 0;
	free(p->name);
	p->name = NULL;
	p->due = clock_monotonic() + ROUND_MS;
}

/* What is removed is overwritten too: it is the data of people. */
static void overwrite(struct purge *p, bool on)
{
	sql_exec(p->db, on ? "PRAGMA secure_delete = 1" : "PRAGMA secure_delete = 0", NULL);
}

static int step(struct purge *p, int64_t now, struct ingest_result *result, struct err *e)
{
	struct victims *v = xcalloc(1, sizeof *v);
	struct ingest_result done = {0};
	overwrite(p, true);
	int rc = ingest_begin(p->in, e);
	if (rc == 0) {
		rc = p->stage == STAGE_SOURCES ? remove_of_source(p, v, e)
					       : remove_old(p, v, now, e);
		if (rc < 0)
			ingest_rollback(p->in);
		else
			rc = ingest_commit(p->in, &done, e);
	}
	overwrite(p, false);
	arena_free(&v->arena);
	free(v);
	ingest_add_result(result, &done);
	return rc;
}

bool purge_step(struct purge *p, int64_t now, struct ingest_result *result)
{
	struct err e = ERR_INIT;
	if (clock_monotonic() < p->due || ingest_is_busy(p->in))
		return false;
	bool more = prepare_step(p);
	if (more && step(p, now, result, &e) < 0) {
		log_warn("cache: removing old records: %s", e.text);
		more = false;
	}
	if (!more)
		end_round(p);
	return more;
}

struct purge *purge_new(struct db *db, struct ingest *in, const struct purge_policy *policy)
{
	struct purge *p = xcalloc(1, sizeof *p);
	p->db = db;
	p->in = in;
	p->policy = policy;
	ingest_keep(in, policy->keep);
	return p;
}

void purge_free(struct purge *p)
{
	if (!p)
		return;
	free(p->name);
	free(p);
}

int purge_load(struct db *db, struct purge_totals *t, struct err *e)
{
	*t = (struct purge_totals){.at = CLOCK_NONE};
	sqlite3_stmt *s = sql_prepare(
		db, "SELECT key, value FROM meta WHERE key GLOB 'purged*'", e);
	if (!s)
		return -1;
	int rc;
	while ((rc = sql_step(db, s, e)) > 0) {
		const char *key = (const char *)sqlite3_column_text(s, 0);
		const struct kind *k = strncmp(key, "purged.", 7) == 0 ? kind_find(key + 7)
								       : NULL;
		if (k)
			t->rows[kind_index(k)] = sqlite3_column_int64(s, 1);
		else if (strcmp(key, "purged_at") == 0)
			t->at = sqlite3_column_int64(s, 1);
	}
	sqlite3_reset(s);
	return rc;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which record wins, and batches. */
#include "store/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "store/changes.h"
#include "store/purge.h"
#include "store/row.h"
#include "store/row_writer.h"
#include "store/schema.h"

#define BULK_BACKLOG 32768 /* rows that wait for the search index while filling */
#define MERGE_PAGES 64     /* of the search index, in one idle step: a few milliseconds */

struct ingest {
	struct db *db;
	struct row_writer writers[KIND_MOST];
	bool ready[KIND_MOST]; /* writer prepared */
	struct change_log *changes;
	struct strmap sources; /* name → id, as intptr_t */
	struct ingest_result result;
	bool in_batch, bulk;
	bool names_changed;      /* in this batch */
	bool tombstones;         /* there are any */
	bool quarantined;        /* anything is */
	int merged;              /* kind that idle merging looks at next */
	int64_t keep[KIND_MOST]; /* see ingest_keep */
	/* Snapshots under way; what they have seen stands in temp.seen. */
	struct snapshot {
		int64_t source;
		size_t kind;
	} * snapshots;
	size_t snapshot_count, snapshot_cap;
};

void ingest_add_result(struct ingest_result *sum, const struct ingest_result *batch)
{
	for (size_t i = 0; i < KIND_MOST; i++)
		sum->changed[i] += batch->changed[i];
	sum->inserted += batch->inserted;
	sum->updated += batch->updated;
	sum->unchanged += batch->unchanged;
	sum->older += batch->older;
	sum->deleted += batch->deleted;
	sum->expired += batch->expired;
}

static void forget(struct ingest *in)
{
	for (size_t i = 0; i < KIND_MOST; i++)
		if (in->ready[i]) {
			row_writer_free(&in->writers[i]);
			in->ready[i] = false;
		}
	strmap_free(&in->sources, NULL);
}

static void look_again(struct ingest *in)
{
	in->tombstones = sql_integer(in->db, "SELECT 1 FROM tombstone LIMIT 1", 0);
	in->quarantined = sql_integer(in->db, "SELECT 1 FROM quarantine LIMIT 1", 0);
}

struct ingest *ingest_new(struct db *db)
{
	struct ingest *in = xcalloc(1, sizeof *in);
	in->db = db;
	in->changes = change_log_new(db);
	names_free(db->names);
	db->names = names_load(db);
	look_again(in);
	struct err e = ERR_INIT;
	if (sql_exec(db,
		     "CREATE TEMP TABLE IF NOT EXISTS seen(source INTEGER, kind INTEGER,"
		     " id INTEGER, PRIMARY KEY(source, kind, id)) WITHOUT ROWID",
		     &e) < 0)
		log_warn("cache: snapshots: %s", e.text);
	return in;
}

void ingest_free(struct ingest *in)
{
	if (!in)
		return;
	if (in->in_batch)
		ingest_rollback(in);
	forget(in);
	change_log_free(in->changes);
	free(in->snapshots);
	free(in);
}

int ingest_begin(struct ingest *in, struct err *e)
{
	in->result = (struct ingest_result){0};
	in->names_changed = false;
	if (sql_exec(in->db, "BEGIN IMMEDIATE", e) < 0)
		return -1;
	in->in_batch = true;
	look_again(in);
	return 0;
}

void ingest_rollback(struct ingest *in)
{
	forget(in);
	change_log_forget(in->changes);
	sqlite3_exec(in->db->handle, "ROLLBACK", NULL, NULL, NULL);
	in->in_batch = false;
	if (in->names_changed) {
		names_free(in->db->names);
		in->db->names = names_load(in->db);
	}
}

static struct row_writer *writer_of(struct ingest *in, const struct kind *k, struct err *e)
{
	size_t i = kind_index(k);
	struct row_writer *w = &in->writers[i];
	if (in->ready[i])
		return w;
	if (row_writer_init(w, in->db, k, e) < 0) {
		row_writer_free(w);
		return NULL;
	}
	in->ready[i] = true;
	return w;
}

/* The number of a source, given when it is first met. */
static int64_t source_id(struct ingest *in, const char *name, struct err *e)
{
	intptr_t known = (intptr_t)strmap_get(&in->sources, name);
	if (known)
		return known;
	sqlite3_stmt *s = sql_prepare(in->db,
				      "INSERT INTO source(name) VALUES(?1) ON CONFLICT(name) DO"
				      " UPDATE SET status = nullif(status, '') RETURNING id",
				      e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, name);
	int64_t id = sql_step(in->db, s, e) > 0 ? sqlite3_column_int64(s, 0) : -1;
	sqlite3_reset(s);
	if (id > 0)
		strmap_put(&in->sources, name, (void *)(intptr_t)id);
	return id;
}

/* --- tombstones --- */

static int put_tombstone(struct ingest *in, int64_t source, const struct record *r,
			 struct err *e)
{
	sqlite3_stmt *s = sql_prepare(in->db,
				      "INSERT INTO tombstone VALUES(?, ?, ?, ?) ON CONFLICT DO"
				      " UPDATE SET version = max(version, excluded.version)",
				      e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, r->kind->id);
	sql_bind_string(s, 2, r->id);
	sqlite3_bind_int64(s, 3, source);
	sqlite3_bind_int64(s, 4, r->version);
	in->tombstones = true;
	return sql_run(in->db, s, e);
}

/* 1 where a deletion forbids this record to come back, 0 where not (any more), -1 with *e. */
static int is_buried(struct ingest *in, int64_t source, const struct record *r, struct err *e)
{
	if (!in->tombstones)
		return 0;
	sqlite3_stmt *s = sql_prepare(in->db,
				      "DELETE FROM tombstone WHERE kind = ? AND ext_id = ?"
				      " AND source = ? AND (version < ?4 OR ?4 = 0)",
				      e);
	sqlite3_stmt *left = sql_prepare(
		in->db, "SELECT 1 FROM tombstone WHERE kind = ? AND ext_id = ? AND source = ?",
		e);
	if (!s || !left)
		return -1;
	sqlite3_stmt *both[] = {s, left};
	for (size_t i = 0; i < 2; i++) {
		sql_bind_string(both[i], 1, r->kind->id);
		sql_bind_string(both[i], 2, r->id);
		sqlite3_bind_int64(both[i], 3, source);
	}
	sqlite3_bind_int64(s, 4, r->version);
	if (sql_run(in->db, s, e) < 0)
		return -1;
	int rc = sql_step(in->db, left, e);
	sqlite3_reset(left);
	return rc;
}

/* --- records --- */

static void note_change(struct ingest *in, const struct kind *k)
{
	in->result.changed[kind_index(k)]++;
}

static int insert_row(struct ingest *in, struct row_writer *w, int64_t source,
		      const struct record *r, int64_t *id, struct err *e)
{
	in->result.inserted++;
	in->names_changed |= r->kind->catalogue;
	note_change(in, r->kind);
	return row_insert(w, source, r, row_hash(r), id, e) < 0
		       ? -1
		       : change_log_insert(in->changes, r->kind, *id, e);
}

static int update_row(struct ingest *in, struct row_writer *w, const struct row_found *found,
		      const struct record *r, int64_t hash, struct err *e)
{
	in->result.updated++;
	note_change(in, r->kind);
	return change_log_update(in->changes, r, found->id, e) < 0
		       ? -1
		       : row_update(w, found, r, hash, e);
}

static int remove_row(struct ingest *in, struct row_writer *w, const struct row_found *found,
		      struct err *e)
{
	in->result.deleted++;
	in->names_changed |= w->kind->catalogue;
	note_change(in, w->kind);
	return change_log_remove(in->changes, w->kind, found->id, e) < 0
		       ? -1
		       : row_remove(w, found, e);
}

static int put_deleted(struct ingest *in, struct row_writer *w, int64_t source,
		       const struct record *r, struct err *e)
{
	struct row_found found;
	int rc = row_find(w, source, r->id, &found, e);
	if (rc < 0)
		return -1;
	if (rc > 0 && r->version && r->version < found.version) {
		in->result.older++;
		return 0;
	}
	if (rc == 0)
		in->result.unchanged++;
	else if (remove_row(in, w, &found, e) < 0)
		return -1;
	return r->version ? put_tombstone(in, source, r, e) : 0;
}

/* Its place in the list; the count where it is not under way. */
static size_t snapshot_at(const struct ingest *in, int64_t source, size_t kind)
{
	size_t i = 0;
	while (i < in->snapshot_count &&
	       (in->snapshots[i].source != source || in->snapshots[i].kind != kind))
		i++;
	return i;
}

static int see(struct ingest *in, int64_t source, const struct record *r, int64_t id,
	       struct err *e)
{
	size_t kind = kind_index(r->kind);
	if (!in->snapshot_count || snapshot_at(in, source, kind) == in->snapshot_count)
		return 0;
	sqlite3_stmt *s = sql_prepare(in->db, "INSERT OR IGNORE INTO temp.seen VALUES(?, ?, ?)",
				      e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, source);
	sqlite3_bind_int64(s, 2, (int64_t)kind);
	sqlite3_bind_int64(s, 3, id);
	return sql_run(in->db, s, e);
}

static int clear_quarantine(struct ingest *in, const struct record *r, struct err *e)
{
	if (!in->quarantined)
		return 0;
	sqlite3_stmt *s = sql_prepare(
		in->db, "DELETE FROM quarantine WHERE source = ? AND kind = ? AND ext_id = ?",
		e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, r->source);
	sql_bind_string(s, 2, r->kind->id);
	sql_bind_string(s, 3, r->id);
	return sql_run(in->db, s, e);
}

static int put_new(struct ingest *in, struct row_writer *w, int64_t source,
		   const struct record *r, struct err *e)
{
	int64_t id;
	if (purge_is_over(r, in->keep, clock_now())) {
		in->result.expired++;
		return 0;
	}
	int rc = is_buried(in, source, r, e);
	if (rc > 0)
		in->result.older++;
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	return insert_row(in, w, source, r, &id, e) < 0 ? -1 : see(in, source, r, id, e);
}

static int put_over(struct ingest *in, struct row_writer *w, const struct row_found *found,
		    const struct record *r, struct err *e)
{
	int64_t hash = row_hash(r);
	bool newer = r->version == 0 || r->version > found->version ||
		     (r->partial && r->version == found->version);
	if (hash == found->hash) {
		in->result.unchanged++;
		return newer && r->version ? row_touch(w, found->id, r->version, e) : 0;
	}
	if (!newer) {
		in->result.older++;
		return 0;
	}
	in->names_changed |= r->kind->catalogue && found->words != row_words_hash(r);
	return update_row(in, w, found, r, hash, e);
}

int ingest_put(struct ingest *in, const struct record *r, struct err *e)
{
	struct row_writer *w = writer_of(in, r->kind, e);
	int64_t source = w ? source_id(in, r->source, e) : -1;
	if (source < 0)
		return -1;
	if (clear_quarantine(in, r, e) < 0)
		return -1;
	if (r->deleted)
		return put_deleted(in, w, source, r, e);
	struct row_found found;
	int rc = row_find(w, source, r->id, &found, e);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return put_new(in, w, source, r, e);
	return put_over(in, w, &found, r, e) < 0 ? -1 : see(in, source, r, found.id, e);
}

/* The whole row, into a record of its own. */
static struct record *load_row(struct ingest *in, const struct kind *k, int64_t id,
			       struct arena *a, struct err *e)
{
	struct row_shape shape = {.kind = k, .detail = true, .raw = true};
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, "SELECT ");
	row_add_columns(&b, &shape);
	strbuf_addf(&b, " FROM %s t WHERE t.id = ?", k->id);
	sqlite3_stmt *s = sql_prepare(in->db, b.s, e);
	strbuf_free(&b);
	if (!s)
		return NULL;
	sqlite3_bind_int64(s, 1, id);
	struct record *r = record_new(a, k);
	int rc = sql_step(in->db, s, e);
	if (rc > 0)
		row_read(in->db, s, &shape, a, r);
	sqlite3_reset(s);
	return rc > 0 ? r : NULL;
}

int ingest_complete(struct ingest *in, struct arena *a, struct record *r, struct err *e)
{
	struct row_writer *w = writer_of(in, r->kind, e);
	int64_t source = w ? source_id(in, r->source, e) : -1;
	struct row_found found;
	int rc = source < 0 ? -1 : row_find(w, source, r->id, &found, e);
	if (rc <= 0)
		return rc;
	struct record *known = load_row(in, r->kind, found.id, a, e);
	if (!known)
		return -1;
	for (size_t i = 0; i < r->kind->column_count; i++)
		if (!r->values[i].set)
			r->values[i] = known->values[i];
	if (!r->version)
		r->version = known->version;
	if (!r->detail) {
		r->detail = known->detail;
		r->detail_n = known->detail_n;
	}
	r->raw = known->raw;
	r->raw_n = known->raw_n;
	return 1;
}

int ingest_drop(struct ingest *in, const struct kind *k, int64_t source, const char *id,
		struct err *e)
{
	struct row_found found;
	struct row_writer *w = writer_of(in, k, e);
	int rc = w ? row_find(w, source, id, &found, e) : -1;
	if (rc <= 0)
		return rc;
	return remove_row(in, w, &found, e);
}

int ingest_recompute(struct ingest *in, const struct record *r, struct err *e)
{
	struct row_writer *w = writer_of(in, r->kind, e);
	int64_t source = w ? source_id(in, r->source, e) : -1, hash = row_hash(r);
	struct row_found found;
	int rc = source < 0 ? -1 : row_find(w, source, r->id, &found, e);
	if (rc <= 0 || found.hash == hash)
		return rc < 0 ? -1 : 0;
	return update_row(in, w, &found, r, hash, e);
}

int ingest_replace(struct ingest *in, const struct record *r, int64_t hash, struct err *e)
{
	struct row_writer *w = writer_of(in, r->kind, e);
	int64_t source = w ? source_id(in, r->source, e) : -1, fresh = row_hash(r);
	struct row_found found;
	int rc = source < 0 ? -1 : row_find(w, source, r->id, &found, e);
	if (rc <= 0)
		return rc;
	if (found.hash != hash) {
		in->result.older++;
		return 0;
	}
	if (fresh == hash) {
		in->result.unchanged++;
		return 0;
	}
	in->names_changed |= r->kind->catalogue && found.words != row_words_hash(r);
	return update_row(in, w, &found, r, fresh, e);
}

int ingest_forget(struct ingest *in, const struct kind *k, const char *source, const char *id,
		  int64_t hash, struct err *e)
{
	struct row_writer *w = writer_of(in, k, e);
	int64_t number = w ? source_id(in, source, e) : -1;
	struct row_found found;
	int rc = number < 0 ? -1 : row_find(w, number, id, &found, e);
	if (rc <= 0 || found.hash != hash)
		return rc < 0 ? -1 : 0;
	return remove_row(in, w, &found, e);
}

void ingest_keep(struct ingest *in, const int64_t keep[KIND_MOST])
{
	memcpy(in->keep, keep, sizeof in->keep);
}

void ingest_forget_sources(struct ingest *in)
{
	strmap_free(&in->sources, NULL);
}

bool ingest_is_busy(const struct ingest *in)
{
	return in->in_batch || in->bulk;
}

/* --- names beside open rows --- */

static void add_refresh(struct strbuf *b, const struct kind *k)
{
	struct strbuf changed = STRBUF_INIT;
	strbuf_addf(b, "UPDATE %s SET ", k->id);
	bool first = true;
	for (size_t i = 0; i < k->column_count; i++) {
		const struct column *c = &k->columns[i];
		if (!schema_has_name(k, (int)i))
			continue;
		strbuf_addf(b, "%s%s_name = ioc_name('%s', %s, created_at)", first ? "" : ", ",
			    c->id, c->ref, c->id);
		strbuf_addf(&changed, "%s%s_name IS NOT ioc_name('%s', %s, created_at)",
			    first ? "" : " OR ", c->id, c->ref, c->id);
		first = false;
	}
	strbuf_addf(b, " WHERE open = 1 AND (%s);", changed.s);
	strbuf_free(&changed);
}

/* Sorting by area or unit means by its name, which changes with the catalogue. */
static int refresh_names(struct ingest *in, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	for (size_t i = 0; kinds[i]; i++)
		if (!kinds[i]->catalogue)
			add_refresh(&b, kinds[i]);
	strbuf_adds(&b, "UPDATE meta SET value = 0 WHERE key = 'names_behind'");
	int rc = sql_exec(in->db, b.s, e);
	strbuf_free(&b);
	return rc;
}

static bool names_are_behind(struct ingest *in)
{
	return sql_integer(in->db, "SELECT value FROM meta WHERE key = 'names_behind'", 0);
}

static int follow_names(struct ingest *in, struct err *e)
{
	if (in->names_changed) {
		names_free(in->db->names);
		in->db->names = names_load(in->db);
		if (sql_exec(in->db,
			     "UPDATE meta SET value = value + 1"
			     " WHERE key IN ('names', 'names_behind')",
			     e) < 0)
			return -1;
	}
	return !in->bulk && names_are_behind(in) ? refresh_names(in, e) : 0;
}

/* --- commit --- */

static int finish_kinds(struct ingest *in, struct err *e)
{
	for (size_t i = 0; i < KIND_MOST; i++) {
		struct row_writer *w = &in->writers[i];
		if (!in->ready[i])
			continue;
		bool all = !in->bulk || row_writer_backlog(w) >= BULK_BACKLOG;
		if (row_writer_index(w, all, e) < 0 || row_writer_flush(w, e) < 0)
			return -1;
	}
	return 0;
}

int ingest_commit(struct ingest *in, struct ingest_result *result, struct err *e)
{
	if (finish_kinds(in, e) < 0 || follow_names(in, e) < 0 ||
	    change_log_flush(in->changes, e) < 0 || sql_exec(in->db, "COMMIT", e) < 0) {
		ingest_rollback(in);
		return -1;
	}
	in->in_batch = false;
	if (result)
		*result = in->result;
	sql_trim(in->db);
	return 0;
}

/* --- filling and idling --- */

static void set_index_option(struct ingest *in, const char *option, int value)
{
	char sql[160];
	for (size_t i = 0; kinds[i]; i++) {
		if (kinds[i]->catalogue)
			continue;
		snprintf(sql, sizeof sql,
			 "INSERT INTO %s_words(%s_words, rank) VALUES('%s', %d)", kinds[i]->id,
			 kinds[i]->id, option, value);
		struct err e = ERR_INIT;
		if (sql_exec(in->db, sql, &e) < 0)
			log_warn("cache: %s: %s", option, e.text);
	}
}

static void catch_up(struct ingest *in)
{
	struct err e = ERR_INIT;
	if (ingest_begin(in, &e) < 0)
		goto failed;
	for (size_t i = 0; kinds[i]; i++)
		if (!writer_of(in, kinds[i], &e)) {
			ingest_rollback(in);
			goto failed;
		}
	if (ingest_commit(in, NULL, &e) == 0)
		return;
failed:
	log_warn("cache: search index left behind: %s", e.text);
}

void ingest_bulk(struct ingest *in, bool on)
{
	if (in->bulk == on || in->in_batch)
		return;
	in->bulk = on;
	set_index_option(in, "automerge", on ? 0 : 4);
	set_index_option(in, "hashsize", on ? 32 << 20 : 1 << 20);
	struct err e = ERR_INIT;
	if (sql_exec(in->db,
		     on ? "PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -65536"
			: "PRAGMA wal_autocheckpoint = 2000; PRAGMA cache_size = -16384",
		     &e) < 0)
		log_warn("cache: %s", e.text);
	if (on)
		return;
	catch_up(in);
	/* The index has grown a large hash table, which it would look through at every commit:
	 * it is closed and opened again. */
	forget(in);
	sqlite3_exec(in->db->handle, "PRAGMA writable_schema = RESET", NULL, NULL, NULL);
}

/* Merges some of one kind's index; whether there was anything to merge. */
static bool merge(struct ingest *in, const struct kind *k)
{
	char sql[160];
	snprintf(sql, sizeof sql, "INSERT INTO %s_words(%s_words, rank) VALUES('merge', %d)",
		 k->id, k->id, MERGE_PAGES);
	int before = sqlite3_total_changes(in->db->handle);
	struct err e = ERR_INIT;
	if (sql_exec(in->db, sql, &e) < 0) {
		log_warn("cache: merging the search index: %s", e.text);
		return false;
	}
	return sqlite3_total_changes(in->db->handle) - before >= 2;
}

bool ingest_idle(struct ingest *in)
{
	if (in->in_batch || in->bulk)
		return false;
	for (; kinds[in->merged] && !kinds[in->merged]->catalogue; in->merged++)
		if (merge(in, kinds[in->merged]))
			return true;
	in->merged = 0;
	sqlite3_wal_checkpoint_v2(in->db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	return false;
}

/* --- snapshots --- */

static int forget_seen(struct ingest *in, int64_t source, size_t kind, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(in->db,
				      "DELETE FROM temp.seen WHERE source = ? AND kind = ?", e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, source);
	sqlite3_bind_int64(s, 2, (int64_t)kind);
	return sql_run(in->db, s, e);
}

int ingest_snapshot_begin(struct ingest *in, const char *source, const struct kind *k,
			  struct err *e)
{
	int64_t id = source_id(in, source, e);
	size_t kind = kind_index(k);
	if (id < 0 || forget_seen(in, id, kind, e) < 0)
		return -1;
	if (snapshot_at(in, id, kind) == in->snapshot_count)
		ARRAY_PUSH(in->snapshots, in->snapshot_count,
			   in->snapshot_cap) = (struct snapshot){id, kind};
	return 0;
}

static int remove_unseen(struct ingest *in, struct row_writer *w, int64_t source,
			 sqlite3_stmt *unseen, int64_t *removed, struct err *e)
{
	int rc;
	while ((rc = sql_step(in->db, unseen, e)) > 0) {
		const char *ext_id = (const char *)sqlite3_column_text(unseen, 0);
		if (ingest_drop(in, w->kind, source, ext_id, e) < 0)
			return -1;
		(*removed)++;
	}
	return rc;
}

/* Runs a statement on source and kind. */
static int on_missing(struct ingest *in, const char *sql, int64_t source, size_t kind,
		      struct err *e)
{
	sqlite3_stmt *s = sql_prepare(in->db, sql, e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, source);
	sqlite3_bind_int64(s, 2, (int64_t)kind);
	return sql_run(in->db, s, e);
}

/* What came is not missing any more; what did not come is once more. */
static int count_misses(struct ingest *in, int64_t source, const struct kind *k, struct err *e)
{
	char sql[400];
	snprintf(sql, sizeof sql,
		 "INSERT INTO missing SELECT ?1, ?2, id, 1 FROM %s WHERE source = ?1 AND id "
		 "NOT IN"
		 " (SELECT id FROM temp.seen WHERE source = ?1 AND kind = ?2)"
		 " ON CONFLICT DO UPDATE SET misses = misses + 1",
		 k->id);
	if (on_missing(in,
		       "DELETE FROM missing WHERE source = ?1 AND kind = ?2 AND id IN"
		       " (SELECT id FROM temp.seen WHERE source = ?1 AND kind = ?2)",
		       source, kind_index(k), e) < 0)
		return -1;
	return on_missing(in, sql, source, kind_index(k), e);
}

/* Those that were missing so often are gone for good. */
static int forget_missing(struct ingest *in, int64_t source, size_t kind, int64_t misses,
			  struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
		in->db, "DELETE FROM missing WHERE source = ?1 AND kind = ?2 AND misses >= ?3",
		e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, source);
	sqlite3_bind_int64(s, 2, (int64_t)kind);
	sqlite3_bind_int64(s, 3, misses);
	return sql_run(in->db, s, e);
}

static int end_snapshot(struct ingest *in, int64_t source, const struct kind *k, int64_t misses,
			int64_t *removed, struct err *e)
{
	struct row_writer *w = writer_of(in, k, e);
	size_t kind = kind_index(k);
	char sql[320];
	snprintf(sql, sizeof sql,
		 "SELECT ext_id FROM %s WHERE source = ?1 AND id NOT IN (SELECT id FROM "
		 "temp.seen"
		 " WHERE source = ?1 AND kind = ?2)%s ORDER BY +id",
		 k->id,
		 misses > 1 ? " AND id IN (SELECT id FROM missing WHERE source = ?1 AND"
			      " kind = ?2 AND misses >= ?3)"
			    : "");
	if (!w || (misses > 1 && count_misses(in, source, k, e) < 0))
		return -1;
	sqlite3_stmt *s = sql_prepare(in->db, sql, e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, source);
	sqlite3_bind_int64(s, 2, (int64_t)kind);
	if (misses > 1)
		sqlite3_bind_int64(s, 3, misses);
	int rc = remove_unseen(in, w, source, s, removed, e);
	sqlite3_reset(s);
	if (rc < 0 || forget_missing(in, source, kind, misses, e) < 0)
		return -1;
	return forget_seen(in, source, kind, e);
}

int ingest_snapshot_end_after(struct ingest *in, const char *source, const struct kind *k,
			      int64_t misses, int64_t *removed, struct err *e)
{
	bool own = !in->in_batch;
	int64_t id = source_id(in, source, e);
	*removed = 0;
	if (id < 0)
		return -1;
	size_t at = snapshot_at(in, id, kind_index(k));
	if (at == in->snapshot_count)
		return err_set(e, ERR_USAGE, _("no snapshot is under way"));
	if (own && ingest_begin(in, e) < 0)
		return -1;
	if (end_snapshot(in, id, k, misses, removed, e) < 0) {
		if (own)
			ingest_rollback(in);
		return -1;
	}
	in->snapshots[at] = in->snapshots[--in->snapshot_count];
	return own ? ingest_commit(in, NULL, e) : 0;
}

int ingest_snapshot_end(struct ingest *in, const char *source, const struct kind *k,
			int64_t *removed, struct err *e)
{
	return ingest_snapshot_end_after(in, source, k, 1, removed, e);
}

int64_t ingest_count(struct ingest *in, const char *source, const struct kind *k, struct err *e)
{
	char sql[120];
	snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE source = ?", k->id);
	int64_t id = source_id(in, source, e);
	sqlite3_stmt *s = id < 0 ? NULL : sql_prepare(in->db, sql, e);
	if (!s)
		return -1;
	sqlite3_bind_int64(s, 1, id);
	int64_t n = sql_step(in->db, s, e) > 0 ? sqlite3_column_int64(s, 0) : -1;
	sqlite3_reset(s);
	return n;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows are not put in the search index one by one: before a commit (while filling, before every
 * so many) changed rows, in the order of their rowids, and the rows behind the last indexed one
 * are added in one go, which is when the index is fastest: it writes itself out whenever a
 * rowid is smaller than the one before.  `progress` says how far it is, in the same
 * transaction, so that nothing is lost or added twice when the writer dies.  No triggers: they
 * would cost a savepoint a row, and the index writes itself out at every savepoint. */
#include "store/row_writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "store/schema.h"
#include "store/text_search.h"

/* --- hashes --- */

static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 m = (unsigned __int128)a * b;
	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

static uint64_t hash_bytes(uint64_t h, const void *data, size_t n)
{
	const unsigned char *s = data;
	uint64_t word;
	h ^= n * UINT64_C(0x9e3779b97f4a7c15);
	for (; n >= 8; s += 8, n -= 8) {
		memcpy(&word, s, 8);
		h = mix(h ^ word, UINT64_C(0xe7037ed1a0b428db));
	}
	word = 0;
	memcpy(&word, s, n);
	return mix(h ^ word, UINT64_C(0x8ebc6af09c88c6e3));
}

static uint64_t hash_value(uint64_t h, const struct column *c, const struct value *v)
{
	if (!v->set)
		return hash_bytes(h, "\1", 2);
	return column_is_textual(c->type) ? hash_bytes(h, v->s, v->n) : hash_bytes(h, &v->i, 8);
}

int64_t row_hash(const struct record *r)
{
	uint64_t h = 1;
	for (size_t i = 0; i < r->kind->column_count; i++)
		h = hash_value(h, &r->kind->columns[i], &r->values[i]);
	h = hash_bytes(h, r->detail ? r->detail : "", r->detail ? r->detail_n : 0);
	h = hash_bytes(h, r->raw ? r->raw : "", r->raw ? r->raw_n : 0);
	return (int64_t)h;
}

static bool is_named_by(const struct kind *k, size_t column)
{
	return column <= CAT_VALID_TO || strcmp(k->columns[column].id, "short_name") == 0;
}

int64_t row_words_hash(const struct record *r)
{
	const struct kind *k = r->kind;
	uint64_t h = 2;
	for (size_t i = 0; i < k->column_count; i++)
		if (k->columns[i].flags & COLUMN_SEARCHED ||
		    (k->catalogue && is_named_by(k, i)))
			h = hash_value(h, &k->columns[i], &r->values[i]);
	return (int64_t)h;
}

/* --- statements --- */

static int prepare(struct row_writer *w, sqlite3_stmt **out, const char *sql, struct err *e)
{
	int rc = sqlite3_prepare_v3(w->db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, out,
				    NULL);
	return rc == SQLITE_OK ? 0 : sql_error(w->db, e);
}

static int prepare_for_kind(struct row_writer *w, sqlite3_stmt **out, const char *format,
			    struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	for (const char *s = format; *s; s++)
		if (*s == '@')
			strbuf_adds(&b, w->kind->id);
		else
			strbuf_addc(&b, *s);
	int rc = prepare(w, out, b.s, e);
	strbuf_free(&b);
	return rc;
}

/* Bound in this order by bind_row: open, version, hash, words, columns, names. */
static void add_row_columns(struct strbuf *b, const struct kind *k, const char *ending)
{
	strbuf_addf(b, "open%s, version%s, hash%s, words%s", ending, ending, ending, ending);
	for (size_t i = 0; i < k->column_count; i++)
		strbuf_addf(b, ", %s%s", k->columns[i].id, ending);
	for (size_t i = 0; i < k->column_count; i++)
		if (schema_has_name(k, (int)i))
			strbuf_addf(b, ", %s_name%s", k->columns[i].id, ending);
}

static int row_column_count(const struct kind *k)
{
	int n = 4 + (int)k->column_count;
	for (size_t i = 0; i < k->column_count; i++)
		n += schema_has_name(k, (int)i);
	return n;
}

static int prepare_insert(struct row_writer *w, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_addf(&b, "INSERT INTO %s(", w->kind->id);
	add_row_columns(&b, w->kind, "");
	strbuf_adds(&b, ", id, source, ext_id) VALUES (?");
	for (int i = 0; i < row_column_count(w->kind) + 2; i++)
		strbuf_adds(&b, ", ?");
	strbuf_addc(&b, ')');
	int rc = prepare(w, &w->insert, b.s, e);
	strbuf_free(&b);
	return rc;
}

static int prepare_update(struct row_writer *w, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_addf(&b, "UPDATE %s SET ", w->kind->id);
	add_row_columns(&b, w->kind, " = ?");
	strbuf_adds(&b, " WHERE id = ?");
	int rc = prepare(w, &w->update, b.s, e);
	strbuf_free(&b);
	return rc;
}

static void add_searched(struct strbuf *b, const struct kind *k)
{
	for (size_t i = 0; i < k->column_count; i++)
		if (k->columns[i].flags & COLUMN_SEARCHED)
			strbuf_addf(b, ", %s", k->columns[i].id);
}

static int prepare_words(struct row_writer *w, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, "SELECT id");
	add_searched(&b, w->kind);
	strbuf_addf(&b, " FROM %s WHERE id ", w->kind->id);
	size_t n = b.len;
	strbuf_adds(&b, "= ?");
	int rc = prepare(w, &w->old_words, b.s, e);
	strbuf_truncate(&b, n);
	strbuf_adds(&b, "> ? ORDER BY id");
	rc = rc == 0 ? prepare(w, &w->unindexed, b.s, e) : rc;
	strbuf_free(&b);
	return rc;
}

static int prepare_all(struct row_writer *w, struct err *e)
{
	const char *state = w->kind->catalogue ? "SELECT id, version, hash, words, NULL FROM @"
						 " WHERE ext_id = ? AND source = ?"
					       : "SELECT id, version, hash, words, state FROM @"
						 " WHERE ext_id = ? AND source = ?";
	if (prepare_insert(w, e) < 0 || prepare_update(w, e) < 0 || prepare_words(w, e) < 0)
		return -1;
	const struct {
		sqlite3_stmt **statement;
		const char *sql;
	} plain[] = {
		{&w->find, state},
		{&w->touch, "UPDATE @ SET version = ? WHERE id = ?"},
		{&w->remove, "DELETE FROM @ WHERE id = ?"},
		{&w->put_more, "INSERT OR REPLACE INTO @_more VALUES(?, ?, ?)"},
		{&w->remove_more, "DELETE FROM @_more WHERE id = ?"},
		{&w->add_words, "INSERT INTO @_words(rowid, t) VALUES(?, ?)"},
		{&w->remove_words,
		 "INSERT INTO @_words(@_words, rowid, t) VALUES('delete', ?, ?)"},
	};
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (prepare_for_kind(w, plain[i].statement, plain[i].sql, e) < 0)
			return -1;
	return 0;
}

static int load_progress(struct row_writer *w, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
		w->db, "SELECT next_id, indexed FROM progress WHERE kind = ?", e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, w->kind->id);
	int rc = sql_step(w->db, s, e);
	w->next_id = rc > 0 ? sqlite3_column_int64(s, 0) : 1;
	w->indexed = rc > 0 ? sqlite3_column_int64(s, 1) : 0;
	sqlite3_reset(s);
	return rc < 0 ? -1 : 0;
}

int row_writer_init(struct row_writer *w, struct db *db, const struct kind *k, struct err *e)
{
	*w = (struct row_writer){
		.db = db, .kind = k, .words = STRBUF_INIT, .state = STRBUF_INIT};
	if (prepare_all(w, e) < 0 || load_progress(w, e) < 0)
		return -1;
	return k->catalogue ? 0 : zones_open(db, k, &w->zones, e);
}

void row_writer_free(struct row_writer *w)
{
	sqlite3_stmt *all[] = {w->find,      w->insert,       w->update,   w->touch,
			       w->remove,    w->old_words,    w->put_more, w->remove_more,
			       w->add_words, w->remove_words, w->unindexed};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		sqlite3_finalize(all[i]);
	strmap_free(&w->counts, NULL);
	zones_free(&w->zones);
	strbuf_free(&w->words);
	strbuf_free(&w->state);
	arena_free(&w->old_texts);
	free(w->changes);
	*w = (struct row_writer){0};
}

/* --- counters --- */

static void count(struct row_writer *w, const char *state, int change)
{
	w->changed = true;
	intptr_t n = (intptr_t)strmap_get(&w->counts, state);
	strmap_put(&w->counts, state, (void *)(n + change));
}

static const char *state_of(const struct record *r)
{
	return r->kind->catalogue ? "" : record_text(r, COL_STATE);
}

/* --- the search index --- */

static int run(struct row_writer *w, sqlite3_stmt *s, struct err *e)
{
	return sql_run(w->db, s, e);
}

/* The searched texts of the row that the statement stands on. */
static void read_words(struct row_writer *w, sqlite3_stmt *s)
{
	const struct kind *k = w->kind;
	int at = 0;
	strbuf_clear(&w->words);
	for (size_t i = 0; i < k->column_count; i++) {
		if (!(k->columns[i].flags & COLUMN_SEARCHED))
			continue;
		const char *text = (const char *)sqlite3_column_text(s, ++at);
		if (text)
			text_search_add_text(&w->words, &k->columns[i], text,
					     (size_t)sqlite3_column_bytes(s, at));
	}
}

static int index_words(struct row_writer *w, sqlite3_stmt *s, int64_t id, struct err *e)
{
	sqlite3_bind_int64(s, 1, id);
	sql_bind_text(s, 2, w->words.s, w->words.len);
	return run(w, s, e);
}

/* Notes what the index has of the row, before the table forgets it.  Only the first change of
 * a batch counts: later ones never reached the index. */
static int note_words(struct row_writer *w, int64_t id, bool removed, struct err *e)
{
	sqlite3_bind_int64(w->old_words, 1, id);
	int rc = sql_step(w->db, w->old_words, e);
	if (rc > 0)
		read_words(w, w->old_words);
	sqlite3_reset(w->old_words);
	if (rc <= 0)
		return rc;
	struct reindex change = {.id = id,
				 .old = arena_memdup(&w->old_texts, w->words.s, w->words.len),
				 .old_n = w->words.len,
				 .order = w->change_count,
				 .removed = removed};
	ARRAY_PUSH(w->changes, w->change_count, w->change_cap) = change;
	w->changed = true;
	return 0;
}

static int compare_changes(const void *a, const void *b)
{
	const struct reindex *x = a, *y = b;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* Adds what the row holds now. */
static int index_row(struct row_writer *w, int64_t id, struct err *e)
{
	sqlite3_bind_int64(w->old_words, 1, id);
	int rc = sql_step(w->db, w->old_words, e);
	if (rc > 0)
		read_words(w, w->old_words);
	sqlite3_reset(w->old_words);
	return rc > 0 ? index_words(w, w->add_words, id, e) : rc;
}

/* The index writes itself out whenever rowids do not grow: so they are put in order. */
static int apply_changes(struct row_writer *w, struct err *e)
{
	if (!w->change_count)
		return 0;
	qsort(w->changes, w->change_count, sizeof *w->changes, compare_changes);
	for (size_t i = 0; i < w->change_count;) {
		const struct reindex *c = &w->changes[i];
		bool removed = false;
		for (; i < w->change_count && w->changes[i].id == c->id; i++)
			removed |= w->changes[i].removed;
		strbuf_clear(&w->words);
		strbuf_add(&w->words, c->old, c->old_n);
		if (index_words(w, w->remove_words, c->id, e) < 0 ||
		    (!removed && index_row(w, c->id, e) < 0))
			return -1;
	}
	w->change_count = 0;
	arena_reset(&w->old_texts);
	return 0;
}

int64_t row_writer_backlog(const struct row_writer *w)
{
	return w->next_id - 1 - w->indexed;
}

static int add_new_rows(struct row_writer *w, struct err *e)
{
	if (row_writer_backlog(w) == 0)
		return 0;
	sqlite3_bind_int64(w->unindexed, 1, w->indexed);
	int rc;
	while ((rc = sql_step(w->db, w->unindexed, e)) > 0) {
		read_words(w, w->unindexed);
		int64_t id = sqlite3_column_int64(w->unindexed, 0);
		if (index_words(w, w->add_words, id, e) < 0) {
			rc = -1;
			break;
		}
	}
	sqlite3_reset(w->unindexed);
	if (rc < 0)
		return -1;
	w->indexed = w->next_id - 1;
	w->changed = true;
	return 0;
}

int row_writer_index(struct row_writer *w, bool all, struct err *e)
{
	if (apply_changes(w, e) < 0)
		return -1;
	return all ? add_new_rows(w, e) : 0;
}

/* --- rows --- */

int row_find(struct row_writer *w, int64_t source, const char *ext_id, struct row_found *found,
	     struct err *e)
{
	sql_bind_string(w->find, 1, ext_id);
	sqlite3_bind_int64(w->find, 2, source);
	int rc = sql_step(w->db, w->find, e);
	if (rc > 0) {
		found->id = sqlite3_column_int64(w->find, 0);
		found->version = sqlite3_column_int64(w->find, 1);
		found->hash = sqlite3_column_int64(w->find, 2);
		found->words = sqlite3_column_int64(w->find, 3);
		const char *state = (const char *)sqlite3_column_text(w->find, 4);
		strbuf_clear(&w->state);
		strbuf_adds(&w->state, state ? state : "");
	}
	sqlite3_reset(w->find);
	return rc;
}

static void bind_names(struct row_writer *w, sqlite3_stmt *s, int at, const struct record *r,
		       bool open)
{
	for (size_t i = 0; i < w->kind->column_count; i++) {
		if (!schema_has_name(w->kind, (int)i))
			continue;
		const char *code = record_text(r, i), *name = NULL;
		if (open && *code && w->db->names)
			name = names_get(w->db->names, kind_find(w->kind->columns[i].ref), code,
					 record_int(r, COL_CREATED_AT, CLOCK_NONE), true);
		sql_bind_string(s, at++, !open || !*code ? NULL : name ? name : code);
	}
}

static int bind_row(struct row_writer *w, sqlite3_stmt *s, const struct record *r, int64_t hash)
{
	bool open = record_is_open(r);
	int at = 1;
	sqlite3_bind_int64(s, at++, open);
	sqlite3_bind_int64(s, at++, r->version);
	sqlite3_bind_int64(s, at++, hash);
	sqlite3_bind_int64(s, at++, row_words_hash(r));
	for (size_t i = 0; i < w->kind->column_count; i++)
		sql_bind_value(s, at++, &w->kind->columns[i], &r->values[i]);
	bind_names(w, s, at, r, open);
	return row_column_count(w->kind) + 1;
}

static int put_more(struct row_writer *w, int64_t id, const struct record *r, bool existed,
		    struct err *e)
{
	sqlite3_stmt *s = w->put_more;
	if (!r->detail && !r->raw) {
		if (!existed)
			return 0;
		s = w->remove_more;
		sqlite3_bind_int64(s, 1, id);
		return run(w, s, e);
	}
	sqlite3_bind_int64(s, 1, id);
	sqlite3_bind_null(s, 2);
	sqlite3_bind_null(s, 3);
	if (r->detail)
		sql_bind_text(s, 2, r->detail, r->detail_n);
	if (r->raw)
		sql_bind_text(s, 3, r->raw, r->raw_n);
	return run(w, s, e);
}

static void note_zone(struct row_writer *w, int64_t id, const struct record *r)
{
	if (!w->kind->catalogue && zones_note(&w->zones, id, &r->values[COL_CREATED_AT]))
		w->changed = true;
}

int row_insert(struct row_writer *w, int64_t source, const struct record *r, int64_t hash,
	       int64_t *id, struct err *e)
{
	*id = w->next_id++;
	int at = bind_row(w, w->insert, r, hash);
	sqlite3_bind_int64(w->insert, at, *id);
	sqlite3_bind_int64(w->insert, at + 1, source);
	sql_bind_string(w->insert, at + 2, r->id);
	if (run(w, w->insert, e) < 0 || put_more(w, *id, r, false, e) < 0)
		return -1;
	note_zone(w, *id, r);
	count(w, state_of(r), 1);
	return 0;
}

int row_update(struct row_writer *w, const struct row_found *found, const struct record *r,
	       int64_t hash, struct err *e)
{
	bool reindex = found->id <= w->indexed && found->words != row_words_hash(r);
	if (strcmp(w->state.s, state_of(r)) != 0) {
		count(w, w->state.s, -1);
		count(w, state_of(r), 1);
	}
	if (reindex && note_words(w, found->id, false, e) < 0)
		return -1;
	int at = bind_row(w, w->update, r, hash);
	sqlite3_bind_int64(w->update, at, found->id);
	note_zone(w, found->id, r);
	return run(w, w->update, e) < 0 ? -1 : put_more(w, found->id, r, true, e);
}

int row_touch(struct row_writer *w, int64_t id, int64_t version, struct err *e)
{
	sqlite3_bind_int64(w->touch, 1, version);
	sqlite3_bind_int64(w->touch, 2, id);
	return run(w, w->touch, e);
}

int row_remove(struct row_writer *w, const struct row_found *found, struct err *e)
{
	if (found->id <= w->indexed && note_words(w, found->id, true, e) < 0)
		return -1;
	sqlite3_bind_int64(w->remove, 1, found->id);
	sqlite3_bind_int64(w->remove_more, 1, found->id);
	count(w, w->state.s, -1);
	return run(w, w->remove, e) < 0 ? -1 : run(w, w->remove_more, e);
}

/* --- before a commit --- */

static int flush_counts(struct row_writer *w, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(w->db,
				      "INSERT INTO counter VALUES(?1, ?2, ?3) ON CONFLICT DO"
				      " UPDATE SET rows = rows + ?3",
				      e);
	size_t at = 0;
	const struct strmap_entry *c;
	while (s && (c = strmap_next(&w->counts, &at))) {
		sql_bind_string(s, 1, w->kind->id);
		sql_bind_string(s, 2, c->key);
		sqlite3_bind_int64(s, 3, (intptr_t)c->value);
		if (c->value && sql_run(w->db, s, e) < 0)
			return -1;
	}
	strmap_free(&w->counts, NULL);
	return s ? 0 : -1;
}

int row_writer_flush(struct row_writer *w, struct err *e)
{
	if (!w->changed)
		return 0;
	if (flush_counts(w, e) < 0)
		return -1;
	if (!w->kind->catalogue && zones_save(w->db, w->kind, &w->zones, w->next_id, e) < 0)
		return -1;
	sqlite3_stmt *s = sql_prepare(w->db, "INSERT OR REPLACE INTO progress VALUES(?, ?, ?)",
				      e);
	if (!s)
		return -1;
	sql_bind_string(s, 1, w->kind->id);
	sqlite3_bind_int64(s, 2, w->next_id);
	sqlite3_bind_int64(s, 3, w->indexed);
	if (sql_run(w->db, s, e) < 0)
		return -1;
	w->changed = false;
	return 0;
}

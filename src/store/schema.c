/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table a kind.  Sorting must be a walk along an index: over open rows for what lists offer
 * (the default view shows what is open), over all rows for what is marked so.  Partial indexes
 * cost nothing for the millions of rows that are closed. */
#include "config.h"

#include "store/schema.h"

#include <string.h>

#include "model/due.h"
#include "model/duplicates.h"
#include "store/place.h"
#include "store/sql.h"
#include "text/word.h"

static const char common_tables[] =
	"CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;"
	"CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, status TEXT)"
	" STRICT;"
	/* Rows of a kind by state; closed history is never scanned for a total. */
	"CREATE TABLE counter(kind TEXT NOT NULL, state TEXT NOT NULL, rows INTEGER NOT NULL,"
	" PRIMARY KEY(kind, state)) STRICT, WITHOUT ROWID;"
	/* The next rowid, and the last one that the search index has. */
	"CREATE TABLE progress(kind TEXT PRIMARY KEY, next_id INTEGER NOT NULL,"
	" indexed INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE tombstone(kind TEXT NOT NULL, ext_id TEXT NOT NULL, source INTEGER NOT "
	"NULL,"
	" version INTEGER NOT NULL, PRIMARY KEY(kind, ext_id, source)) STRICT, WITHOUT ROWID;"
	/* In how many lists in a row a record did not come. */
	"CREATE TABLE missing(source INTEGER NOT NULL, kind INTEGER NOT NULL, id INTEGER NOT "
	"NULL,"
	" misses INTEGER NOT NULL, PRIMARY KEY(source, kind, id)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE cursor(source TEXT NOT NULL, feed TEXT NOT NULL, cursor TEXT,"
	" PRIMARY KEY(source, feed)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE quarantine(source TEXT NOT NULL, kind TEXT NOT NULL, ext_id TEXT NOT "
	"NULL,"
	" reason TEXT NOT NULL, raw TEXT, at INTEGER NOT NULL,"
	" PRIMARY KEY(source, kind, ext_id)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE unknown_value(source TEXT NOT NULL, kind TEXT NOT NULL, col TEXT NOT "
	"NULL,"
	" value TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(source, kind, col, value))"
	" STRICT, WITHOUT ROWID;"
	/* A copy of the journal's, for readers; up to its row meta.escalation. */
	"CREATE TABLE escalation(kind TEXT NOT NULL, record TEXT NOT NULL,"
	" source TEXT NOT NULL, clock TEXT NOT NULL, level INTEGER NOT NULL,"
	" at INTEGER NOT NULL, whom TEXT NOT NULL, due INTEGER NOT NULL,"
	" silent INTEGER NOT NULL, PRIMARY KEY(kind, record, source, clock, level))"
	" STRICT, WITHOUT ROWID;"
	/* See store/changes.h; rows id to last of a kind.  Arrivals are never looked up. */
	"CREATE TABLE change(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
	" kind INTEGER NOT NULL, what INTEGER NOT NULL, id INTEGER NOT NULL,"
	" last INTEGER NOT NULL, hidden INTEGER NOT NULL, before TEXT) STRICT;"
	"CREATE INDEX change_row ON change(kind, id, seq) WHERE what <> 1;";

bool schema_has_name(const struct kind *k, int column)
{
	const struct column *c = &k->columns[column];
	return !k->catalogue && c->type == COLUMN_REF && c->flags & COLUMN_SORTED;
}

bool schema_sorts_all(const struct kind *k, int column)
{
	unsigned flags = k->columns[column].flags;
	return flags & COLUMN_INDEXED || (k->catalogue && flags & COLUMN_SORTED);
}

bool schema_sorts_open(const struct kind *k, int column)
{
	return !k->catalogue && k->columns[column].flags & COLUMN_SORTED;
}

bool schema_has_code_index(const struct kind *k, int column)
{
	const struct column *c = &k->columns[column];
	return (schema_sorts_open(k, column) && c->type == COLUMN_REF) ||
	       (!k->catalogue && c->flags & COLUMN_STAFF);
}

/* States and choices sort in the order of their table, unknown codes behind them. */
static void add_order_of_codes(struct strbuf *b, const struct kind *k, const struct column *c)
{
	int rank = 0;
	strbuf_addf(b, "iif(%s IS NULL, NULL, CASE %s", c->id, c->id);
	if (c->type == COLUMN_STATE)
		for (const struct state *s = k->states; s && s->code; s++)
			strbuf_addf(b, " WHEN '%s' THEN %d", s->code, rank++);
	else
		for (const struct choice *x = c->choices; x->code; x++)
			strbuf_addf(b, " WHEN '%s' THEN %d", x->code, rank++);
	strbuf_addf(b, " ELSE %d END)", rank);
}

bool schema_sorts_by_order(const struct kind *k, int column)
{
	enum column_type t = k->columns[column].type;
	return (t == COLUMN_STATE && k->states) || t == COLUMN_CHOICE;
}

void schema_sort_key(struct strbuf *b, const struct kind *k, int column)
{
	const struct column *c = &k->columns[column];
	if (schema_sorts_by_order(k, column))
		add_order_of_codes(b, k, c);
	else if (schema_has_name(k, column))
		strbuf_addf(b, "%s_name COLLATE vietnamese", c->id);
	else if (c->type == COLUMN_TEXT && !(c->flags & COLUMN_INDEXED))
		strbuf_addf(b, "%s COLLATE vietnamese", c->id);
	else
		strbuf_adds(b, c->id);
}

static const char *sql_type(enum column_type t)
{
	switch (t) {
	case COLUMN_TEXT:
	case COLUMN_STATE:
	case COLUMN_CHOICE:
	case COLUMN_REF:
		return "TEXT";
	case COLUMN_REAL:
		return "REAL";
	default:
		return "INTEGER";
	}
}

static void add_table(struct strbuf *b, const struct kind *k)
{
	strbuf_addf(b,
		    "CREATE TABLE %s(id INTEGER PRIMARY KEY, source INTEGER NOT NULL,"
		    " ext_id TEXT NOT NULL, version INTEGER NOT NULL, open INTEGER NOT NULL,"
		    " hash INTEGER NOT NULL, words INTEGER NOT NULL",
		    k->id);
	for (size_t i = 0; i < k->column_count; i++)
		strbuf_addf(b, ", \"%s\" %s", k->columns[i].id, sql_type(k->columns[i].type));
	for (size_t i = 0; i < k->column_count; i++)
		if (schema_has_name(k, (int)i))
			strbuf_addf(b, ", %s_name TEXT", k->columns[i].id);
	strbuf_addf(b, ", UNIQUE(ext_id, source)) STRICT;");
	strbuf_addf(
		b,
		"CREATE TABLE %s_more(id INTEGER PRIMARY KEY, detail TEXT, raw TEXT) STRICT;",
		k->id);
	/* Which rows have a word is all that is kept: phrases are looked up in the rows, and
	 * old texts are handed back to the index by the writer. */
	strbuf_addf(b,
		    "CREATE VIRTUAL TABLE %s_words USING fts5(t, content='', detail=none,"
		    " columnsize=0, tokenize='vietnamese %d tails');",
		    k->id, WORD_VERSION);
}

/* What is due is counted, and told apart by unit and the like, from the index of deadlines
 * alone: a million open rows take a second, not ten. */
static void add_due_columns(struct strbuf *b, const struct kind *k)
{
	strbuf_adds(b, ", id, open, state, soon_at, paused_at, created_at");
	for (int i = 0; i < DUE_BY_COUNT; i++)
		if (due_by_fits((enum due_by)i, k))
			strbuf_addf(b, ", %s", due_by_columns[i]);
}

static void add_index(struct strbuf *b, const struct kind *k, int column, bool open)
{
	const struct column *c = &k->columns[column];
	strbuf_addf(b, "CREATE INDEX %s_%s%s ON %s(", k->id, c->id, open ? "_open" : "", k->id);
	schema_sort_key(b, k, column);
	if (open && column == COL_DUE_AT)
		add_due_columns(b, k);
	else if (open)
		strbuf_adds(b, ", id, open");
	strbuf_adds(b, open ? ") WHERE open = 1;" : ");");
}

/* What may tell of the same matter: what was sent from one ward within some days, and what is
 * merged already. */
static void add_duplicates_indexes(struct strbuf *b, const struct kind *k)
{
	strbuf_addf(b,
		    "CREATE INDEX %s_ward ON %s(area, created_at);"
		    "CREATE INDEX %s_merged ON %s(merged_into) WHERE merged_into IS NOT NULL;",
		    k->id, k->id, k->id, k->id);
}

static void add_place_index(struct strbuf *b, const struct kind *k)
{
	strbuf_addf(b, "CREATE INDEX %s_place ON %s(", k->id, k->id);
	place_add_cell(b, "");
	strbuf_adds(b, ") WHERE lat IS NOT NULL AND lon IS NOT NULL;");
}

static void add_kind(struct strbuf *b, const struct kind *k)
{
	add_table(b, k);
	if (duplicates_fit(k))
		add_duplicates_indexes(b, k);
	if (place_is_indexed(k))
		add_place_index(b, k);
	for (int i = 0; i < (int)k->column_count; i++) {
		if (schema_sorts_all(k, i))
			add_index(b, k, i, false);
		if (schema_sorts_open(k, i))
			add_index(b, k, i, true);
		if (schema_has_code_index(k, i))
			strbuf_addf(b, "CREATE INDEX %s_%s_code ON %s(%s) WHERE open = 1;",
				    k->id, k->columns[i].id, k->id, k->columns[i].id);
	}
}

static void write_schema(struct strbuf *b)
{
	strbuf_adds(b, common_tables);
	for (size_t i = 0; kinds[i]; i++)
		add_kind(b, kinds[i]);
}

/* 63 bits of FNV-1a. */
static int64_t hash_text(const char *s)
{
	uint64_t h = 14695981039346656037u;
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return (int64_t)(h >> 1);
}

int64_t schema_hash(void)
{
	struct strbuf b = STRBUF_INIT;
	write_schema(&b);
	int64_t h = hash_text(b.s);
	strbuf_free(&b);
	return h;
}

enum schema_match schema_judge(int64_t format, int64_t hash, const char *version)
{
	if (format == SCHEMA_FORMAT && hash == schema_hash())
		return SCHEMA_SAME;
	if (format != SCHEMA_FORMAT)
		return format > SCHEMA_FORMAT ? SCHEMA_NEWER : SCHEMA_OLDER;
	int order = strverscmp(version ? version : "", PACKAGE_VERSION);
	return order == 0 ? SCHEMA_OTHER : order > 0 ? SCHEMA_NEWER : SCHEMA_OLDER;
}

int schema_compare(struct db *db, struct err *e)
{
	int64_t format = sql_integer(db, "PRAGMA user_version", -1);
	if (format < 0)
		return sql_error(db, e);
	if (format == 0)
		return SCHEMA_EMPTY;
	if (format > SCHEMA_FORMAT)
		return SCHEMA_NEWER;
	int64_t hash = sql_integer(db, "SELECT value FROM meta WHERE key = 'schema'", 0);
	sqlite3_stmt *s = sql_prepare(db, "SELECT value FROM meta WHERE key = 'version'", NULL);
	bool known = s && sql_step(db, s, NULL) > 0;
	int match = (int)schema_judge(format, hash,
				      known ? (const char *)sqlite3_column_text(s, 0) : NULL);
	if (s)
		sqlite3_reset(s);
	return match;
}

/* The name of any table left, search indexes before the tables they are made of. */
static int next_table(struct db *db, struct strbuf *drop, struct err *e)
{
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(db->handle,
			       "SELECT name FROM sqlite_schema WHERE type = 'table'"
			       " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
			       " ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC LIMIT 1",
			       -1, &s, NULL) != SQLITE_OK)
		return sql_error(db, e);
	int rc = sql_step(db, s, e);
	strbuf_clear(drop);
	if (rc > 0) {
		char *sql = sqlite3_mprintf("DROP TABLE \"%w\"", sqlite3_column_text(s, 0));
		strbuf_adds(drop, sql ? sql : "");
		sqlite3_free(sql);
	}
	sqlite3_finalize(s);
	return rc;
}

static int drop_everything(struct db *db, struct err *e)
{
	struct strbuf drop = STRBUF_INIT;
	int rc;
	while ((rc = next_table(db, &drop, e)) > 0)
		if (sql_exec(db, drop.s, e) < 0) {
			rc = -1;
			break;
		}
	strbuf_free(&drop);
	return rc;
}

static int create_everything(struct db *db, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	write_schema(&b);
	strbuf_addf(&b,
		    "INSERT INTO meta VALUES('schema', %lld), ('version', '%s'), ('names', 0),"
		    " ('names_behind', 0), ('escalation', 0), ('changes', abs(random() / 2));",
		    (long long)schema_hash(), PACKAGE_VERSION);
	strbuf_addf(&b, "PRAGMA user_version = %d;", SCHEMA_FORMAT);
	int rc = sql_exec(db, b.s, e);
	strbuf_free(&b);
	return rc;
}

int schema_rebuild(struct db *db, struct err *e)
{
	if (sql_exec(db, "BEGIN IMMEDIATE", e) < 0)
		return -1;
	if (drop_everything(db, e) == 0 && create_everything(db, e) == 0 &&
	    sql_exec(db, "COMMIT", e) == 0)
		return 0;
	sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	return -1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cache_fixture.h"
#include "store/query.h"
#include "store/text_search.h"

#define NOW INT64_C(1795000000000)

int cache_setup(void **state)
{
	struct cache *c = xcalloc(1, sizeof *c);
	const char *tmp = getenv("TMPDIR");
	snprintf(c->dir, sizeof c->dir, "%s/ioc-cache-XXXXXX",
		 tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	assert_non_null(mkdtemp(c->dir));
	snprintf(c->path, sizeof c->path, "%s/cache.db", c->dir);
	struct err e = ERR_INIT;
	c->writer = db_open_writer(c->path, &e);
	if (!c->writer)
		fail_msg("%s", e.text);
	c->ingest = ingest_new(c->writer);
	*state = c;
	return 0;
}

int cache_teardown(void **state)
{
	struct cache *c = *state;
	ingest_free(c->ingest);
	db_close(c->writer);
	arena_free(&c->arena);
	DIR *d = opendir(c->dir);
	for (struct dirent *f; d && (f = readdir(d));) {
		char path[400];
		snprintf(path, sizeof path, "%s/%s", c->dir, f->d_name);
		if (f->d_name[0] != '.')
			unlink(path);
	}
	closedir(d);
	rmdir(c->dir);
	free(c);
	return 0;
}

struct db *cache_reader(struct cache *c)
{
	struct err e = ERR_INIT;
	struct db *db = db_open_reader(c->path, &e);
	if (!db)
		fail_msg("%s", e.text);
	return db;
}

void cache_begin(struct cache *c)
{
	struct err e = ERR_INIT;
	if (ingest_begin(c->ingest, &e) < 0)
		fail_msg("%s", e.text);
}

struct ingest_result cache_commit(struct cache *c)
{
	struct err e = ERR_INIT;
	struct ingest_result result;
	if (ingest_commit(c->ingest, &result, &e) < 0)
		fail_msg("%s", e.text);
	return result;
}

struct record *cache_record(struct cache *c, const char *kind, const char *id, int64_t version,
			    const char *state, const char *title)
{
	struct record *r = record_new(&c->arena, kind_find(kind));
	r->source = "a";
	r->id = arena_strdup(&c->arena, id);
	r->version = version;
	if (state)
		cache_set(c, r, "state", state);
	if (title)
		cache_set(c, r, "title", title);
	return r;
}

void cache_set(struct cache *c, struct record *r, const char *column, const char *text)
{
	struct err e = ERR_INIT;
	int i = kind_column(r->kind, column);
	assert_true(i >= 0);
	if (record_put_text(&c->arena, r, (size_t)i, text, strlen(text), &e) < 0)
		fail_msg("%s", e.text);
}

void cache_set_time(struct cache *c, struct record *r, const char *column, int64_t t)
{
	int i = kind_column(r->kind, column);
	assert_true(i >= 0);
	r->values[i] = (struct value){.set = true, .i = t};
	(void)c;
}

void cache_put(struct cache *c, const struct record *r)
{
	struct err e = ERR_INIT;
	if (ingest_put(c->ingest, r, &e) < 0)
		fail_msg("%s", e.text);
}

struct ingest_result cache_put_alone(struct cache *c, const struct record *r)
{
	cache_begin(c);
	cache_put(c, r);
	return cache_commit(c);
}

int64_t cache_count(struct cache *c, const char *kind, const char *filter)
{
	struct err e = ERR_INIT;
	int64_t n;
	struct db *db = cache_reader(c);
	if (store_count(db, kind_find(kind), filter, NOW, &n, &e) < 0)
		fail_msg("%s: %s", filter, e.text);
	db_close(db);
	return n;
}

/* The number that a query answers; @ stands for the kind. */
static int64_t ask(struct db *db, const char *query, const char *kind)
{
	struct strbuf sql = STRBUF_INIT;
	for (const char *q = query; *q; q++)
		if (*q == '@')
			strbuf_adds(&sql, kind);
		else
			strbuf_addc(&sql, *q);
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(db_handle(db), sql.s, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql.s, sqlite3_errmsg(db_handle(db)));
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	int64_t n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	strbuf_free(&sql);
	return n;
}

static void assert_counters(struct db *db, const struct kind *k)
{
	assert_int_equal(
		ask(db,
		    "SELECT count(*) FROM (SELECT state, rows FROM counter WHERE kind ="
		    " '@' AND rows != 0 EXCEPT SELECT coalesce(state, ''), count(*)"
		    " FROM @ GROUP BY 1)",
		    k->id),
		0);
	assert_int_equal(ask(db, "SELECT sum(rows) FROM counter WHERE kind = '@'", k->id),
			 ask(db, "SELECT count(*) FROM @", k->id));
	for (const struct state *s = k->states; s->code; s++) {
		char sql[200];
		snprintf(sql, sizeof sql,
			 "SELECT count(*) FROM @ WHERE state = '%s' AND open != %d", s->code,
			 kind_state_is_open(k, s->code));
		assert_int_equal(ask(db, sql, k->id), 0);
	}
}

/* The rows that hold a word by the index and by reading them are the same. */
static void assert_index(struct db *db, const struct kind *k)
{
	struct strbuf sql = STRBUF_INIT;
	strbuf_addf(
		&sql,
		"DROP TABLE IF EXISTS temp.words;"
		"CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', '%s_words', 'row')",
		k->id);
	assert_int_equal(sqlite3_exec(db_handle(db), sql.s, NULL, NULL, NULL), SQLITE_OK);
	strbuf_clear(&sql);
	strbuf_addf(&sql,
		    "SELECT count(*) FROM temp.words v WHERE v.doc != (SELECT count(*)"
		    " FROM %s t WHERE CASE substr(v.term, 1, 1) WHEN char(%d) THEN 0",
		    k->id, TAIL_MARK);
	for (size_t i = 0; i < k->column_count; i++)
		if (filter_has_tail(&k->columns[i]))
			strbuf_addf(&sql,
				    " OR coalesce(ioc_tail(t.%s, substr(v.term, 2), %d, 0), 0)",
				    k->columns[i].id, k->columns[i].personal == PERSONAL_PHONE);
	strbuf_adds(&sql, " ELSE ioc_match(v.term");
	for (size_t i = 0; i < k->column_count; i++)
		if (k->columns[i].flags & COLUMN_SEARCHED)
			strbuf_addf(&sql, ", t.%s", k->columns[i].id);
	strbuf_adds(&sql, ") END)");
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(db_handle(db), sql.s, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db_handle(db)));
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int64(s, 0), 0);
	sqlite3_finalize(s);
	sqlite3_exec(db_handle(db), "DROP TABLE temp.words", NULL, NULL, NULL);
	strbuf_free(&sql);
}

void cache_assert_sound(struct db *db)
{
	struct err e = ERR_INIT;
	if (db_check(db, &e) < 0)
		fail_msg("%s", e.text);
	for (size_t i = 0; kinds[i]; i++) {
		if (!kinds[i]->catalogue)
			assert_counters(db, kinds[i]);
		assert_index(db, kinds[i]);
	}
}

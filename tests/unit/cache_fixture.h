/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cache in a folder of its own, and records for it. */
#ifndef IOC_TESTS_CACHE_FIXTURE_H
#define IOC_TESTS_CACHE_FIXTURE_H

#include <stdint.h>

#include "model/record.h"
#include "store/db.h"
#include "store/ingest.h"

struct cache {
	char dir[64], path[96];
	struct db *writer;
	struct ingest *ingest;
	struct arena arena;
};

/* cmocka set-up and tear-down: *state is a struct cache. */
int cache_setup(void **state);
int cache_teardown(void **state);
/* Opens another connection; fails the test where it can't. */
struct db *cache_reader(struct cache *c);
void cache_begin(struct cache *c);
struct ingest_result cache_commit(struct cache *c);

/* A record of source "a" in the cache's arena, with a state and a title. */
struct record *cache_record(struct cache *c, const char *kind, const char *id, int64_t version,
			    const char *state, const char *title);
void cache_set(struct cache *c, struct record *r, const char *column, const char *text);
void cache_set_time(struct cache *c, struct record *r, const char *column, int64_t t);
void cache_put(struct cache *c, const struct record *r);
/* A batch of one. */
struct ingest_result cache_put_alone(struct cache *c, const struct record *r);
int64_t cache_count(struct cache *c, const char *kind, const char *filter);
/* Fails the test unless SQLite is content, counters equal a recount, every row is in the search
 * index once and no other is. */
void cache_assert_sound(struct db *db);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file: its mode, its version, damage, a writer that dies, readers beside a writer. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cache_fixture.h"
#include "store/query.h"

static void close_writer(struct cache *c)
{
	ingest_free(c->ingest);
	db_close(c->writer);
	c->ingest = NULL;
	c->writer = NULL;
}

static void open_writer(struct cache *c)
{
	struct err e = ERR_INIT;
	c->writer = db_open_writer(c->path, &e);
	if (!c->writer)
		fail_msg("%s", e.text);
	c->ingest = ingest_new(c->writer);
}

static void put_some(struct cache *c, int from, int count)
{
	char id[16];
	cache_begin(c);
	for (int i = from; i < from + count; i++) {
		snprintf(id, sizeof id, "%d", i);
		cache_put(c, cache_record(c, "complaint", id, 1 + from, i % 3 ? "MOI" : "DONG",
					  "rác thải đường Tô Hiệu"));
	}
	cache_commit(c);
	arena_reset(&c->arena);
}

static void cache_files_are_private(void **state)
{
	struct cache *c = *state;
	static const char *const endings[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < 3; i++) {
		char path[128];
		struct stat s;
		snprintf(path, sizeof path, "%s%s", c->path, endings[i]);
		assert_int_equal(stat(path, &s), 0);
		assert_int_equal(s.st_mode & 0777, 0600);
	}
}

static void missing_cache_is_not_found(void **state)
{
	struct err e = ERR_INIT;
	(void)state;
	assert_null(db_open_reader("/nonexistent/cache.db", &e));
	assert_int_equal(e.code, ERR_NOT_FOUND);
}

static void reader_can_not_write(void **state)
{
	struct db *db = cache_reader(*state);
	assert_int_not_equal(
		sqlite3_exec(db_handle(db), "DELETE FROM complaint", NULL, NULL, NULL),
		SQLITE_OK);
	db_close(db);
}

static void cache_of_a_newer_program_is_refused(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	put_some(c, 0, 3);
	sqlite3_exec(db_handle(c->writer), "PRAGMA user_version = 999", NULL, NULL, NULL);
	close_writer(c);
	assert_null(db_open_writer(c->path, &e));
	assert_int_equal(e.code, ERR_UNSUPPORTED);
	assert_null(db_open_reader(c->path, &e));
	assert_int_equal(e.code, ERR_UNSUPPORTED);
}

static void cache_with_other_tables_is_made_anew(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	put_some(c, 0, 3);
	sqlite3_exec(db_handle(c->writer), "UPDATE meta SET value = 1 WHERE key = 'schema'",
		     NULL, NULL, NULL);
	close_writer(c);
	assert_null(db_open_reader(c->path, &e));
	assert_int_equal(e.code, ERR_NOT_FOUND);
	open_writer(c);
	assert_int_equal(cache_count(c, "complaint", ""), 0);
	put_some(c, 0, 3);
	cache_assert_sound(c->writer);
}

static void cache_with_tables_of_a_later_version_is_refused(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	put_some(c, 0, 3);
	sqlite3_exec(db_handle(c->writer),
		     "UPDATE meta SET value = 1 WHERE key = 'schema';"
		     "UPDATE meta SET value = '999.0' WHERE key = 'version'",
		     NULL, NULL, NULL);
	close_writer(c);
	assert_null(db_open_writer(c->path, &e));
	assert_int_equal(e.code, ERR_UNSUPPORTED);
	assert_null(db_open_reader(c->path, &e));
	assert_int_equal(e.code, ERR_UNSUPPORTED);
	assert_non_null(strstr(e.text, "older than the cache"));
}

static void cache_outlives_its_writer(void **state)
{
	struct cache *c = *state;
	put_some(c, 0, 10);
	close_writer(c);
	assert_int_equal(cache_count(c, "complaint", ""), 10);
	open_writer(c);
	put_some(c, 10, 10);
	assert_int_equal(cache_count(c, "complaint", "rac"), 20);
	cache_assert_sound(c->writer);
}

static void damaged_cache_is_set_aside(void **state)
{
	struct cache *c = *state;
	put_some(c, 0, 10);
	close_writer(c);
	int fd = open(c->path, O_WRONLY);
	assert_int_equal(pwrite(fd, "this is no database at all", 26, 0), 26);
	close(fd);
	open_writer(c);
	assert_int_equal(cache_count(c, "complaint", ""), 0);
	char command[200];
	snprintf(command, sizeof command, "ls %s/cache.db.damaged-* >/dev/null", c->dir);
	assert_int_equal(system(command), 0);
}

static void broken_page_is_found_by_the_check(void **state)
{
	struct cache *c = *state;
	struct err e = ERR_INIT;
	for (int i = 0; i < 40; i++)
		put_some(c, i * 100, 100);
	assert_int_equal(db_check(c->writer, &e), 0);
	sqlite3_exec(db_handle(c->writer), "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
	close_writer(c);
	struct stat s;
	assert_int_equal(stat(c->path, &s), 0);
	int fd = open(c->path, O_WRONLY);
	char junk[4096];
	memset(junk, 0xa5, sizeof junk);
	for (off_t at = s.st_size / 2 / 4096 * 4096; at < s.st_size; at += 4096)
		assert_int_equal(pwrite(fd, junk, sizeof junk, at), sizeof junk);
	close(fd);
	struct db *db = cache_reader(c);
	assert_int_equal(db_check(db, &e), -1);
	assert_int_equal(e.code, ERR_CORRUPT);
	db_close(db);
}

/* Writes for ever and tells of every commit by a byte. */
static _Noreturn void write_until_killed(const char *path, int out)
{
	struct cache c = {.dir = ""};
	snprintf(c.path, sizeof c.path, "%s", path);
	open_writer(&c);
	srand((unsigned)getpid());
	for (int i = 0;; i++) {
		ingest_bulk(c.ingest, i % 20 < 12);
		put_some(&c, rand() % 500, 1 + rand() % 60);
		if (i % 7 == 0)
			ingest_idle(c.ingest);
		if (write(out, "x", 1) != 1)
			_exit(0);
	}
}

static void writer_killed_anywhere_leaves_a_sound_cache(void **state)
{
	struct cache *c = *state;
	close_writer(c);
	for (int round = 0; round < 12; round++) {
		int ends[2];
		assert_int_equal(pipe(ends), 0);
		pid_t child = fork();
		if (child == 0) {
			close(ends[0]);
			write_until_killed(c->path, ends[1]);
		}
		close(ends[1]);
		char bytes[64];
		size_t commits = 0;
		while (commits < (size_t)(3 + round * 2)) {
			ssize_t n = read(ends[0], bytes, 1);
			assert_true(n == 1);
			commits++;
		}
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, NULL, 0), child);
		close(ends[0]);
		/* First a reader alone, over what the writer left behind. */
		int64_t before = cache_count(c, "complaint", "");
		assert_true(before > 0);
		open_writer(c);
		assert_int_equal(cache_count(c, "complaint", ""), before);
		put_some(c, 1000 + round, 1);
		cache_assert_sound(c->writer);
		close_writer(c);
	}
}

/* As another user who may only read, after a clean end and after a kill. */
static void reader_without_the_right_to_write_gets_in(void **state)
{
	struct cache *c = *state;
	put_some(c, 0, 10);
	close_writer(c);
	char command[300];
	snprintf(command, sizeof command, "chmod 444 %s*; chmod 555 %s", c->path, c->dir);
	assert_int_equal(system(command), 0);
	pid_t child = fork();
	if (child == 0) {
		struct err e = ERR_INIT;
		int64_t n = 0;
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(3);
		struct db *db = db_open_reader(c->path, &e);
		if (!db || store_count(db, kind_find("complaint"), "rac", 0, &n, &e) < 0) {
			fprintf(stderr, "# %s\n", e.text);
			_exit(2);
		}
		_exit(n == 10 ? 0 : 1);
	}
	int status;
	waitpid(child, &status, 0);
	snprintf(command, sizeof command, "chmod 755 %s; chmod 600 %s*", c->dir, c->path);
	assert_int_equal(system(command), 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

struct beside {
	struct cache *cache;
	atomic_bool stop;
	int pages;
	const char *wrong;
};

/* Every page must be whole: sorted, of one moment, without an error. */
static void *read_beside(void *context)
{
	struct beside *b = context;
	struct err e = ERR_INIT;
	struct db *db = db_open_reader(b->cache->path, &e);
	const struct kind *k = kind_find("complaint");
	struct page_query q = {.kind = k,
			       .filter = (char *)"is:open",
			       .sort = COL_CODE,
			       .limit = 5000,
			       .now = 1};
	while (db && !b->stop && !b->wrong) {
		struct page *p = store_page(db, &q);
		if (p->error.code)
			b->wrong = "error";
		else if (!p->total_capped && p->total != (int64_t)p->count)
			b->wrong = "rows and counter disagree";
		page_free(p);
		b->pages++;
	}
	if (!db)
		b->wrong = "no connection";
	db_close(db);
	return NULL;
}

static void reader_beside_a_writer_sees_whole_batches(void **state)
{
	struct cache *c = *state;
	struct beside b = {.cache = c};
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, read_beside, &b), 0);
	for (int i = 0; i < 60 || (b.pages < 5 && i < 2000 && !b.wrong); i++)
		put_some(c, i * 7 % 1000, 30);
	b.stop = true;
	pthread_join(thread, NULL);
	if (b.wrong)
		fail_msg("%s", b.wrong);
	assert_true(b.pages >= 5);
}

struct slow {
	struct db *db;
	atomic_bool started;
	struct err error;
	int rc;
};

static int never_ends(void *context, const struct record *r)
{
	struct slow *s = context;
	s->started = true;
	(void)r;
	return 0;
}

static void *walk_slowly(void *context)
{
	struct slow *s = context;
	struct walk_query q = {
		.kind = kind_find("complaint"), .filter = "", .sort = -1, .since = INT64_MIN};
	do
		s->rc = store_walk(s->db, &q, never_ends, s, &s->error);
	while (s->rc == 0);
	return NULL;
}

static void interrupted_walk_is_cancelled(void **state)
{
	struct cache *c = *state;
	for (int i = 0; i < 5; i++)
		put_some(c, i * 400, 400);
	struct slow s = {.db = cache_reader(c)};
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, walk_slowly, &s), 0);
	while (!s.started)
		sched_yield();
	struct timespec limit;
	clock_gettime(CLOCK_REALTIME, &limit);
	limit.tv_sec += 10;
	/* An interrupt between two walks is lost: it is for the one under way. */
	struct timespec brief = limit;
	do {
		db_interrupt(s.db);
		clock_gettime(CLOCK_REALTIME, &brief);
		brief.tv_nsec += 1000000;
		if (brief.tv_nsec >= 1000000000)
			brief.tv_sec++, brief.tv_nsec -= 1000000000;
	} while (pthread_timedjoin_np(thread, NULL, &brief) == ETIMEDOUT &&
		 brief.tv_sec < limit.tv_sec);
	assert_int_equal(s.error.code, ERR_CANCELLED);
	db_close(s.db);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, cache_setup, cache_teardown)
	const struct CMUnitTest tests[] = {
		TEST(cache_files_are_private),
		TEST(missing_cache_is_not_found),
		TEST(reader_can_not_write),
		TEST(cache_of_a_newer_program_is_refused),
		TEST(cache_with_tables_of_a_later_version_is_refused),
		TEST(cache_with_other_tables_is_made_anew),
		TEST(cache_outlives_its_writer),
		TEST(damaged_cache_is_set_aside),
		TEST(broken_page_is_found_by_the_check),
		TEST(writer_killed_anywhere_leaves_a_sound_cache),
		TEST(reader_without_the_right_to_write_gets_in),
		TEST(reader_beside_a_writer_sees_whole_batches),
		TEST(interrupted_walk_is_cancelled),
	};
	return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gateway's database: one sequence, versions, tombstones, cursors, crashes. */
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "gateway/backend_sqlite.h"
#include "gateway/cursor.h"

static struct err e;

struct fixture {
	char folder[64], *path;
	struct backend *b;
	const struct kind *k;
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof *f);
	strcpy(f->folder, "/tmp/gateway-backend.XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	f->path = xasprintf("%s/g.db", f->folder);
	f->b = backend_open(f->path, &e);
	assert_non_null(f->b);
	f->k = kind_find("complaint");
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const files[] = {"g.db", "g.db-wal", "g.db-shm", "g.db-lock",
					    "other.db"};
	struct fixture *f = *state;
	backend_close(f->b);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		char *path = xasprintf("%s/%s", f->folder, files[i]);
		unlink(path);
		free(path);
	}
	assert_int_equal(rmdir(f->folder), 0);
	free(f->path);
	free(f);
	return 0;
}

static void put(struct fixture *f, const char *id, const char *title)
{
	json_t *j = json_pack("{s:s, s:s}", "id", id, "title", title);
	assert_int_equal(backend_put(f->b, f->k, j, &e), 0);
	json_decref(j);
}

static void put_alone(struct fixture *f, const char *id, const char *title)
{
	assert_int_equal(backend_begin(f->b, &e), 0);
	put(f, id, title);
	assert_int_equal(backend_commit(f->b, &e), 0);
}

static void delete_alone(struct fixture *f, const char *id, int64_t now)
{
	assert_int_equal(backend_begin(f->b, &e), 0);
	assert_int_equal(backend_delete(f->b, f->k, id, now, &e), 0);
	assert_int_equal(backend_commit(f->b, &e), 0);
}

static bool list(void *arg, const struct stored *s)
{
	char *text = arg;
	json_t *j = json_loadb(s->json, s->n, 0, NULL);
	assert_non_null(j);
	size_t n = strlen(text);
	snprintf(text + n, 200 - n, "%lld:%s%s/%lld ", (long long)s->seq,
		 json_string_value(json_object_get(j, "id")), s->deleted ? "†" : "",
		 (long long)s->version);
	json_decref(j);
	return true;
}

static void assert_feed(struct fixture *f, int64_t after, const char *wanted)
{
	char text[200] = "";
	assert_int_equal(backend_changes(f->b, f->k, after, list, text, &e), 0);
	assert_string_equal(text, wanted);
}

static void a_record_stands_at_its_latest_change(void **state)
{
	struct fixture *f = *state;
	put_alone(f, "A", "one");
	put_alone(f, "B", "one");
	put_alone(f, "A", "two");
	assert_feed(f, 0, "2:B/1 3:A/2 ");
	assert_feed(f, 2, "3:A/2 ");
	assert_int_equal(backend_last(f->b), 3);
	assert_int_equal(backend_count(f->b, f->k), 2);
	json_t *j = backend_get(f->b, f->k, "A", &e);
	assert_string_equal(json_string_value(json_object_get(j, "title")), "two");
	assert_int_equal(json_integer_value(json_object_get(j, "version")), 2);
	json_decref(j);
}

static void a_deletion_leaves_a_tombstone_and_a_return_goes_on_counting(void **state)
{
	struct fixture *f = *state;
	put_alone(f, "A", "one");
	delete_alone(f, "A", 1000);
	assert_feed(f, 0, "2:A†/2 ");
	assert_int_equal(backend_count(f->b, f->k), 0);
	assert_null(backend_get(f->b, f->k, "A", &e));
	assert_int_equal(e.code, ERR_NOT_FOUND);
	put_alone(f, "A", "again");
	assert_feed(f, 0, "3:A/3 ");
}

static void what_is_not_there_can_not_be_deleted(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(backend_begin(f->b, &e), 0);
	assert_int_equal(backend_delete(f->b, f->k, "A", 1, &e), -1);
	assert_int_equal(e.code, ERR_NOT_FOUND);
	backend_rollback(f->b);
}

static void a_rollback_leaves_no_trace(void **state)
{
	struct fixture *f = *state;
	put_alone(f, "A", "one");
	assert_int_equal(backend_begin(f->b, &e), 0);
	put(f, "A", "two");
	put(f, "B", "one");
	backend_rollback(f->b);
	assert_feed(f, 0, "1:A/1 ");
	assert_int_equal(backend_count(f->b, f->k), 1);
	put_alone(f, "C", "one");
	assert_feed(f, 0, "1:A/1 2:C/1 ");
}

static void kinds_share_the_sequence_but_not_the_feed(void **state)
{
	struct fixture *f = *state;
	put_alone(f, "A", "one");
	f->k = kind_find("alert");
	put_alone(f, "A", "one");
	assert_feed(f, 0, "2:A/1 ");
	f->k = kind_find("complaint");
	assert_feed(f, 0, "1:A/1 ");
}

static void everything_is_there_after_opening_again(void **state)
{
	struct fixture *f = *state;
	put_alone(f, "A", "one");
	put_alone(f, "B", "one");
	delete_alone(f, "A", 1000);
	uint64_t epoch = backend_epoch(f->b);
	backend_close(f->b);
	f->b = backend_open(f->path, &e);
	assert_non_null(f->b);
	assert_true(backend_epoch(f->b) == epoch);
	assert_feed(f, 0, "2:B/1 3:A†/2 ");
	assert_int_equal(backend_count(f->b, f->k), 1);
	assert_int_equal(backend_last(f->b), 3);
	assert_int_equal(backend_latest(f->b, f->k), 3);
}

static void forgotten_deletions_move_the_horizon(void **state)
{
	struct fixture *f = *state;
	put_alone(f, "A", "one");
	delete_alone(f, "A", 1000);
	put_alone(f, "B", "one");
	delete_alone(f, "B", 2000);
	assert_int_equal(backend_purge(f->b, 1500, &e), 0);
	assert_int_equal(backend_horizon(f->b), 2);
	assert_feed(f, 0, "4:B†/2 ");
	assert_int_equal(backend_purge(f->b, 5000, &e), 0);
	backend_close(f->b);
	f->b = backend_open(f->path, &e);
	assert_int_equal(backend_horizon(f->b), 4);
	put_alone(f, "A", "new life");
	assert_feed(f, 0, "5:A/1 ");
}

/* Records of a city are twenty gigabytes: nobody is answered while those are walked. */
static void looking_for_old_deletions_walks_no_live_record(void **state)
{
	struct fixture *f = *state;
	char id[32];
	assert_int_equal(backend_begin(f->b, &e), 0);
	for (int i = 0; i < 500; i++) {
		snprintf(id, sizeof id, "R%d", i);
		put(f, id, "one");
	}
	assert_int_equal(backend_commit(f->b, &e), 0);
	assert_int_equal(backend_purge(f->b, 5000, &e), 0);
	int steps = sqlite3_stmt_status(f->b->statements[STATEMENT_PURGE_TO],
					SQLITE_STMTSTATUS_VM_STEP, 0);
	assert_in_range(steps, 1, 50);
}

static void cursors_are_good_only_where_nothing_is_missed(void **state)
{
	struct fixture *f = *state;
	char text[CURSOR_TEXT], other[CURSOR_TEXT];
	int64_t seq;
	put_alone(f, "A", "one");
	delete_alone(f, "A", 1000);
	put_alone(f, "B", "one");
	cursor_format(f->b, 1, text);
	assert_true(cursor_parse(f->b, text, &seq));
	assert_int_equal(seq, 1);
	assert_true(cursor_parse(f->b, NULL, &seq) && seq == 0);
	assert_true(cursor_parse(f->b, "", &seq) && seq == 0);
	assert_int_equal(backend_purge(f->b, 2000, &e), 0);
	assert_false(cursor_parse(f->b, text, &seq));
	cursor_format(f->b, 4, other);
	assert_false(cursor_parse(f->b, other, &seq));
	static const char *const wrong[] = {"x",  "1-", "-1", "1-1-1", "12345678901234567-1",
					    "1-g"};
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_false(cursor_parse(f->b, wrong[i], &seq));
	snprintf(other, sizeof other, "%llx-3", (unsigned long long)backend_epoch(f->b) + 1);
	assert_false(cursor_parse(f->b, other, &seq));
}

static void a_second_gateway_is_kept_out(void **state)
{
	struct fixture *f = *state;
	assert_null(backend_open(f->path, &e));
	assert_int_equal(e.code, ERR_BUSY);
	assert_non_null(strstr(e.text, "another gateway"));
}

static void another_programs_database_is_left_alone(void **state)
{
	struct fixture *f = *state;
	char *path = xasprintf("%s/other.db", f->folder);
	char *command = xasprintf("sqlite3 %s 'CREATE TABLE mine(x)'", path);
	assert_int_equal(system(command), 0);
	assert_null(backend_open(path, &e));
	assert_int_equal(e.code, ERR_UNSUPPORTED);
	char *lock = xasprintf("%s-lock", path);
	unlink(lock);
	free(lock);
	free(command);
	free(path);
}

static void bad_ids_are_refused(void **state)
{
	struct fixture *f = *state;
	char longest[BACKEND_ID_MOST + 2];
	memset(longest, 'x', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	const char *const ids[] = {"", "a/b", "a\nb", longest};
	assert_int_equal(backend_begin(f->b, &e), 0);
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		json_t *j = json_pack("{s:s}", "id", ids[i]);
		assert_int_equal(backend_put(f->b, f->k, j, &e), -1);
		assert_int_equal(e.code, ERR_PARSE);
		json_decref(j);
	}
	backend_rollback(f->b);
}

static void count_changes(void *arg, const struct stored *changes, size_t count)
{
	int *seen = arg;
	assert_true(changes[0].seq > 0 && changes[0].n == strlen(changes[0].json));
	*seen += (int)count;
}

static void listeners_hear_of_commits_only(void **state)
{
	struct fixture *f = *state;
	int seen = 0;
	backend_listen(f->b, count_changes, &seen);
	assert_int_equal(backend_begin(f->b, &e), 0);
	put(f, "A", "one");
	put(f, "B", "one");
	assert_int_equal(seen, 0);
	assert_int_equal(backend_commit(f->b, &e), 0);
	assert_int_equal(seen, 2);
	assert_int_equal(backend_begin(f->b, &e), 0);
	put(f, "A", "two");
	backend_rollback(f->b);
	assert_int_equal(seen, 2);
}

static void attachments_go_with_their_record(void **state)
{
	struct fixture *f = *state;
	int64_t number = 0;
	struct blob blob = {"a.txt", "text/plain", "abc", 3};
	put_alone(f, "A", "one");
	assert_int_equal(backend_begin(f->b, &e), 0);
	assert_int_equal(backend_attach(f->b, f->k, "A", &blob, &number, &e), 0);
	assert_int_equal(number, 0);
	assert_int_equal(backend_attach(f->b, f->k, "A", &blob, &number, &e), 0);
	assert_int_equal(number, 1);
	number = 7;
	assert_int_equal(backend_attach(f->b, f->k, "A", &blob, &number, &e), 0);
	assert_int_equal(number, 7);
	assert_int_equal(backend_attach(f->b, f->k, "Z", &blob, &number, &e), -1);
	assert_int_equal(backend_commit(f->b, &e), 0);
	delete_alone(f, "A", 1);
	put_alone(f, "A", "two");
	assert_int_equal(backend_attachment(f->b, f->k, "A", 0, NULL, NULL, &e), -1);
	assert_int_equal(e.code, ERR_NOT_FOUND);
}

/* A child writes until it is killed in the middle of it. */
static void what_was_committed_outlives_a_kill(void **state)
{
	struct fixture *f = *state;
	int pipe_fds[2];
	backend_close(f->b);
	assert_int_equal(pipe(pipe_fds), 0);
	pid_t child = fork();
	if (child == 0) {
		f->b = backend_open(f->path, &e);
		for (int i = 0; f->b; i++) {
			char id[16];
			snprintf(id, sizeof id, "R%d", i);
			put_alone(f, id, "one");
			if (write(pipe_fds[1], &i, sizeof i) < 0)
				break;
		}
		_exit(1);
	}
	int last = -1;
	close(pipe_fds[1]);
	while (last < 200 && read(pipe_fds[0], &last, sizeof last) == (ssize_t)sizeof last)
		;
	kill(child, SIGKILL);
	while (read(pipe_fds[0], &last, sizeof last) == (ssize_t)sizeof last)
		;
	close(pipe_fds[0]);
	waitpid(child, NULL, 0);
	f->b = backend_open(f->path, &e);
	assert_non_null(f->b);
	assert_true(backend_count(f->b, f->k) >= last + 1);
	assert_true(backend_count(f->b, f->k) <= last + 2);
	assert_int_equal(backend_last(f->b), backend_count(f->b, f->k));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_record_stands_at_its_latest_change),
		TEST(a_deletion_leaves_a_tombstone_and_a_return_goes_on_counting),
		TEST(what_is_not_there_can_not_be_deleted),
		TEST(a_rollback_leaves_no_trace),
		TEST(kinds_share_the_sequence_but_not_the_feed),
		TEST(everything_is_there_after_opening_again),
		TEST(forgotten_deletions_move_the_horizon),
		TEST(looking_for_old_deletions_walks_no_live_record),
		TEST(cursors_are_good_only_where_nothing_is_missed),
		TEST(a_second_gateway_is_kept_out),
		TEST(another_programs_database_is_left_alone),
		TEST(bad_ids_are_refused),
		TEST(listeners_hear_of_commits_only),
		TEST(attachments_go_with_their_record),
		TEST(what_was_committed_outlives_a_kill),
	};
	return cmocka_run_group_tests_name("gateway backend", tests, NULL, NULL);
}

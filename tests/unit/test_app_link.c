/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The console's connection to the writer: the other end of a real socket, and real programs
 * in the writer's place. */
#include "unit.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/link.h"
#include "base/clock.h"
#include "base/control.h"
#include "model/kinds.h"
#include "store/schema.h"

#define PATIENCE 10000

static char folder[] = "/tmp/ioc-link-XXXXXX";
static char socket_path[64], program_path[64];
static struct program program;

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(socket_path, sizeof socket_path, "%s/sync.sock", folder);
	snprintf(program_path, sizeof program_path, "%s/ioc-sync", folder);
	program.paths.socket = socket_path;
	program.paths.exec_dir = folder;
	return 0;
}

static int clear(void **state)
{
	(void)state;
	unlink(socket_path);
	unlink(program_path);
	return 0;
}

static int remove_folder(void **state)
{
	clear(state);
	return rmdir(folder);
}

/* A program in the writer's place. */
static void write_program(const char *text)
{
	FILE *f = fopen(program_path, "w");
	assert_non_null(f);
	fprintf(f, "#!/bin/sh\n%s\n", text);
	fclose(f);
	chmod(program_path, 0755);
}

/* Steps until the state is told; other news is added to *all. */
static struct link_news await_state(struct link *l, enum writer_state state)
{
	int64_t end = clock_monotonic() + PATIENCE;
	while (clock_monotonic() < end) {
		struct link_news n;
		struct pollfd p = {link_fd(l), link_events(l), 0};
		int patience = (int)link_patience(l, -1);
		poll(&p, 1, patience < 0 || patience > 50 ? 50 : patience);
		link_step(l, &n);
		if (n.state_changed && n.state == state)
			return n;
	}
	fail_msg("the state %d was not told", (int)state);
	return (struct link_news){0};
}

static struct control accept_one(int listener)
{
	struct control c;
	int64_t end = clock_monotonic() + PATIENCE;
	while (control_accept(listener, &c) < 0) {
		assert_true(clock_monotonic() < end);
		poll(NULL, 0, 5);
	}
	return c;
}

static void say(struct control *c, const char *json)
{
	json_t *j = json_loads(json, 0, NULL);
	assert_non_null(j);
	control_send(c, j);
	json_decref(j);
}

static struct link_news await_news(struct link *l)
{
	int64_t end = clock_monotonic() + PATIENCE;
	struct link_news n = {0};
	while (clock_monotonic() < end && !n.records_changed && !n.sources_changed) {
		struct pollfd p = {link_fd(l), link_events(l), 0};
		poll(&p, 1, 50);
		link_step(l, &n);
	}
	return n;
}

/* A console's link, and what listens in the writer's place. */
struct ends {
	int listener;
	struct link *l;
	struct control c;      /* the writer's side of the line */
	struct link_news told; /* as they met */
};

static struct ends meet_writer(bool may_start)
{
	struct err e = ERR_INIT;
	struct ends m = {.listener = control_listen(socket_path, &e)};
	m.l = link_new(&program, may_start);
	m.told = await_state(m.l, WRITER_CONNECTED);
	m.c = accept_one(m.listener);
	return m;
}

static void part(struct ends *m)
{
	link_free(m->l);
	close(m->listener);
}

static void changes_are_added_up_and_unknown_kinds_ignored(void **state)
{
	(void)state;
	struct ends m = meet_writer(false);
	assert_true(m.told.records_changed); /* whatever happened until now */
	say(&m.c,
	    "{\"event\":\"changed\",\"kinds\":{\"complaint\":3,\"nonsense\":7,\"call\":-4}}");
	struct link_news n = await_news(m.l);
	assert_true(n.records_changed);
	assert_int_equal(n.kinds[kind_index(&kind_complaint)], 3);
	assert_int_equal(n.kinds[kind_index(&kind_dossier)], 0);
	control_close(&m.c);
	part(&m);
}

static void the_health_of_sources_is_kept(void **state)
{
	(void)state;
	struct ends m = meet_writer(false);
	say(&m.c, "{\"event\":\"status\",\"sources\":[{\"name\":\"a\",\"state\":\"live\"},7]}");
	struct link_news n = await_news(m.l);
	assert_true(n.sources_changed);
	assert_true(link_health(m.l)->count >= 1);
	assert_string_equal(link_health(m.l)->sources[0].name, "a");
	control_close(&m.c);
	part(&m);
}

static void a_lost_writer_is_told_and_found_again(void **state)
{
	(void)state;
	struct ends m = meet_writer(false);
	control_close(&m.c);
	await_state(m.l, WRITER_LOST);
	await_state(m.l, WRITER_CONNECTED);
	assert_int_equal(link_sync(m.l, NULL), 0);
	part(&m);
}

static void rubbish_from_the_socket_ends_the_connection(void **state)
{
	(void)state;
	struct ends m = meet_writer(false);
	assert_int_equal(write(m.c.fd, "rubbish\n", 8), 8);
	await_state(m.l, WRITER_LOST);
	control_close(&m.c);
	part(&m);
}

/* The next command of this name that the console sends; it is the caller's. */
static json_t *await_command(struct control *c, const char *name)
{
	int64_t end = clock_monotonic() + PATIENCE;
	while (clock_monotonic() < end) {
		struct pollfd p = {c->fd, POLLIN, 0};
		poll(&p, 1, 50);
		control_fill(c);
		for (json_t *m; (m = control_next(c)); json_decref(m))
			if (strcmp(json_string_value(json_object_get(m, "command")), name) == 0)
				return m;
	}
	fail_msg("%s was not asked", name);
	return NULL;
}

/* Steps until the answer to this command is told. */
static bool await_answer(struct link *l, int id)
{
	int64_t end = clock_monotonic() + PATIENCE;
	while (clock_monotonic() < end) {
		struct link_news n;
		size_t i;
		const json_t *m;
		struct pollfd p = {link_fd(l), link_events(l), 0};
		poll(&p, 1, 10);
		link_step(l, &n);
		json_array_foreach (n.told, i, m)
			if (json_integer_value(json_object_get(m, "id")) == id)
				return json_is_true(json_object_get(m, "ok"));
	}
	fail_msg("%d was not answered", id);
	return false;
}

static void command(struct link *l, const char *json)
{
	json_t *j = json_loads(json, 0, NULL);
	assert_int_equal(link_command(l, j), 0);
	json_decref(j);
}

static void an_action_whose_answer_is_lost_is_handed_over_again(void **state)
{
	(void)state;
	struct ends m = meet_writer(false);
	json_decref(await_command(&m.c, "who"));
	json_decref(await_command(&m.c, "outbox"));
	command(m.l, "{\"command\":\"act\",\"id\":1000,\"uuid\":\"u\"}");
	command(m.l, "{\"command\":\"drop\",\"id\":1001,\"uuid\":\"x\"}");
	json_decref(await_command(&m.c, "drop"));
	control_close(&m.c);
	assert_false(await_answer(m.l, 1001)); /* what it was about may have changed */

	await_state(m.l, WRITER_CONNECTED);
	m.c = accept_one(m.listener);
	json_t *again = await_command(&m.c, "act");
	assert_string_equal(json_string_value(json_object_get(again, "uuid")), "u");
	json_decref(again);
	say(&m.c, "{\"id\":1000,\"ok\":true,\"items\":[]}");
	assert_true(await_answer(m.l, 1000));
	control_close(&m.c);

	await_state(m.l, WRITER_CONNECTED);
	m.c = accept_one(m.listener);
	command(m.l, "{\"command\":\"act\",\"id\":1002,\"uuid\":\"v\"}");
	json_t *next = await_command(&m.c, "act");
	assert_string_equal(json_string_value(json_object_get(next, "uuid")), "v");
	json_decref(next);
	control_close(&m.c);
	part(&m);
}

static void nothing_is_taken_without_a_connection(void **state)
{
	(void)state;
	struct link *l = link_new(&program, false);
	json_t *j = json_pack("{s:s, s:i}", "command", "act", "id", 1000);
	assert_int_equal(link_command(l, j), -1);
	json_decref(j);
	link_free(l);
}

static void a_writer_that_may_not_be_started_is_missed_plainly(void **state)
{
	(void)state;
	struct link *l = link_new(&program, false);
	struct link_news n = await_state(l, WRITER_NONE);
	assert_non_null(n.reason);
	assert_int_equal(n.retry_at, CLOCK_NONE);
	assert_int_equal(link_sync(l, NULL), -1);
	link_free(l);
}

static void why_the_writer_did_not_start_is_told(void **state)
{
	(void)state;
	write_program("echo first >&2; printf 'config.yaml:3: \\033[31mwrong\\n' >&2; exit 1");
	struct link *l = link_new(&program, true);
	struct link_news n = await_state(l, WRITER_FAILED);
	assert_non_null(strstr(n.reason, "config.yaml:3: "));
	assert_null(strchr(n.reason, '\033'));
	assert_true(n.retry_at > clock_now());
	link_free(l);
}

static void a_missing_program_is_told(void **state)
{
	(void)state;
	struct link *l = link_new(&program, true);
	struct link_news n = await_state(l, WRITER_FAILED);
	assert_non_null(strstr(n.reason, "ioc-sync"));
	link_free(l);
}

/* Whether the console sends the command, while its side goes on stepping. */
static bool hears(struct control *c, struct link *l, const char *command)
{
	int64_t end = clock_monotonic() + 300;
	while (clock_monotonic() < end) {
		struct link_news n;
		link_step(l, &n);
		control_fill(c);
		for (json_t *m; (m = control_next(c)); json_decref(m))
			if (strcmp(json_string_value(json_object_get(m, "command")), command) ==
			    0) {
				json_decref(m);
				return true;
			}
		poll(NULL, 0, 5);
	}
	return false;
}

static void an_older_writer_is_ended_and_ours_started(void **state)
{
	(void)state;
	char mark[80], script[120];
	snprintf(mark, sizeof mark, "%s/started", folder);
	snprintf(script, sizeof script, "touch %s; sleep 0.2", mark);
	write_program(script);
	struct ends m = meet_writer(true);
	say(&m.c, "{\"event\":\"hello\",\"pid\":1,\"version\":\"0.0.1\"}");
	struct link_news n = await_state(m.l, WRITER_OTHER);
	assert_non_null(strstr(n.reason, "older sync"));
	assert_true(hears(&m.c, m.l, "stop"));
	control_close(&m.c);
	close(m.listener);
	unlink(socket_path);
	await_state(m.l, WRITER_LOST);
	int64_t end = clock_monotonic() + PATIENCE;
	while (access(mark, F_OK) < 0 && clock_monotonic() < end) {
		link_step(m.l, &n);
		poll(NULL, 0, 5);
	}
	assert_int_equal(access(mark, F_OK), 0);
	unlink(mark);
	link_free(m.l);
}

/* Says hello and returns what the console makes of it; no command to stop may come. */
static void meet(const char *hello, bool may_start, const char *reason)
{
	struct ends m = meet_writer(may_start);
	say(&m.c, hello);
	struct link_news n = await_state(m.l, WRITER_OTHER);
	assert_non_null(strstr(n.reason, reason));
	assert_false(hears(&m.c, m.l, "stop"));
	control_close(&m.c);
	part(&m);
}

static void a_newer_writer_is_left_alone_and_told(void **state)
{
	(void)state;
	meet("{\"event\":\"hello\",\"version\":\"99\",\"format\":1,\"schema\":5}", true,
	     "this console is older than the cache");
	meet("{\"event\":\"hello\",\"version\":\"0\",\"format\":99,\"schema\":5}", true,
	     "this console is older than the cache");
}

static void an_older_writer_is_left_alone_where_none_may_be_started(void **state)
{
	(void)state;
	meet("{\"event\":\"hello\",\"version\":\"0.0.1\"}", false, "another version");
}

static void a_writer_with_the_same_tables_is_welcome_whatever_its_version(void **state)
{
	(void)state;
	char hello[160];
	snprintf(hello, sizeof hello,
		 "{\"event\":\"hello\",\"version\":\"99\",\"format\":%d,\"schema\":%lld}",
		 SCHEMA_FORMAT, (long long)schema_hash());
	struct ends m = meet_writer(true);
	say(&m.c, hello);
	say(&m.c, "{\"event\":\"status\",\"sources\":[]}");
	struct link_news n = await_news(m.l);
	assert_true(n.sources_changed);
	assert_false(n.state_changed);
	control_close(&m.c);
	part(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(changes_are_added_up_and_unknown_kinds_ignored,
					  clear),
		cmocka_unit_test_teardown(the_health_of_sources_is_kept, clear),
		cmocka_unit_test_teardown(a_lost_writer_is_told_and_found_again, clear),
		cmocka_unit_test_teardown(an_action_whose_answer_is_lost_is_handed_over_again,
					  clear),
		cmocka_unit_test(nothing_is_taken_without_a_connection),
		cmocka_unit_test_teardown(rubbish_from_the_socket_ends_the_connection, clear),
		cmocka_unit_test_teardown(a_writer_that_may_not_be_started_is_missed_plainly,
					  clear),
		cmocka_unit_test_teardown(why_the_writer_did_not_start_is_told, clear),
		cmocka_unit_test_teardown(a_missing_program_is_told, clear),
		cmocka_unit_test_teardown(an_older_writer_is_ended_and_ours_started, clear),
		cmocka_unit_test_teardown(a_newer_writer_is_left_alone_and_told, clear),
		cmocka_unit_test_teardown(
			an_older_writer_is_left_alone_where_none_may_be_started, clear),
		cmocka_unit_test_teardown(
			a_writer_with_the_same_tables_is_welcome_whatever_its_version, clear),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

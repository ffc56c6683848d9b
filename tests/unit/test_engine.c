/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control socket of a real writer that has no sources. */
#include "unit.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/http.h"
#include "base/alloc.h"
#include "base/control.h"
#include "store/audit.h"
#include "sync/engine.h"
#include "sync/lease.h"

#define WAIT_MS 5000

struct world {
	char *home;
	struct paths paths;
	struct engine *engine;
	pthread_t thread;
};

static void *run(void *engine)
{
	engine_run(engine);
	return NULL;
}

static int set_up(void **state)
{
	struct world *w = xcalloc(1, sizeof *w);
	struct err e = ERR_INIT;
	char template[] = "/tmp/ioc-engine-XXXXXX";
	w->home = xstrdup(mkdtemp(template));
	setenv("IOC_HOME", w->home, 1);
	assert_int_equal(paths_resolve(&w->paths, NULL, &e), 0);
	assert_int_equal(paths_make(&w->paths, &e), 0);
	w->engine = engine_new(&w->paths, "default", false, &e);
	assert_string_equal(e.text, "");
	assert_non_null(w->engine);
	assert_int_equal(pthread_create(&w->thread, NULL, run, w->engine), 0);
	*state = w;
	return 0;
}

static json_t *ask(struct control *c, json_t *question, struct err *e)
{
	json_t *answer = control_ask(c, question, WAIT_MS, e);
	json_decref(question);
	return answer;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	struct control c;
	struct err e = ERR_INIT;
	assert_int_equal(control_connect(w->paths.socket, &c, &e), 0);
	json_decref(ask(&c, json_pack("{s:s}", "command", "stop"), &e));
	control_close(&c);
	pthread_join(w->thread, NULL);
	engine_free(w->engine);
	assert_int_not_equal(access(w->paths.socket, F_OK), 0);
	char *command = xasprintf("rm -rf %s", w->home);
	assert_int_equal(system(command), 0);
	free(command);
	paths_free(&w->paths);
	free(w->home);
	free(w);
	return 0;
}

static void status_of_no_sources_is_an_empty_list(void **state)
{
	struct world *w = *state;
	struct control c;
	struct err e = ERR_INIT;
	assert_int_equal(control_connect(w->paths.socket, &c, &e), 0);
	json_t *a = ask(&c, json_pack("{s:s, s:i}", "command", "status", "id", 7), &e);
	assert_non_null(a);
	assert_int_equal(json_integer_value(json_object_get(a, "id")), 7);
	assert_int_equal(json_array_size(json_object_get(a, "sources")), 0);
	assert_true(json_is_array(json_object_get(a, "sources")));
	json_decref(a);
	control_close(&c);
}

static void audit_is_on_disk_when_it_is_answered(void **state)
{
	struct world *w = *state;
	struct control c;
	struct err e = ERR_INIT;
	assert_int_equal(control_connect(w->paths.socket, &c, &e), 0);
	json_t *a = ask(&c,
			json_pack("{s:s, s:s, s:s, s:s}", "command", "audit", "action",
				  "export-personal", "object", "complaint", "reason", "test"),
			&e);
	assert_non_null(a);
	json_decref(a);
	struct journal *j = journal_open(w->paths.journal_db, &e);
	assert_int_equal(audit_count(j, &e), 1);
	journal_close(j);
	control_close(&c);
}

static void wrong_commands_are_refused_in_words(void **state)
{
	struct world *w = *state;
	struct control c;
	struct err e = ERR_INIT;
	assert_int_equal(control_connect(w->paths.socket, &c, &e), 0);
	assert_null(ask(&c, json_pack("{s:s}", "command", "dance"), &e));
	assert_string_equal(e.text, "unknown command");
	assert_null(ask(&c, json_pack("{s:s, s:s}", "command", "sync", "source", "x"), &e));
	assert_string_equal(e.text, "there is no such source");
	/* What is no JSON closes the connection, and only that one. */
	assert_int_equal(write(c.fd, "nonsense\n", 9), 9);
	assert_null(ask(&c, json_pack("{s:s}", "command", "status"), &e));
	control_close(&c);
	assert_int_equal(control_connect(w->paths.socket, &c, &e), 0);
	json_t *a = ask(&c, json_pack("{s:s}", "command", "status"), &e);
	assert_non_null(a);
	json_decref(a);
	control_close(&c);
}

static void lease_is_given_once(void **state)
{
	struct world *w = *state;
	struct err e = ERR_INIT;
	int holder, first = lease_take(w->paths.lock, &holder, &e);
	assert_true(first >= 0);
	assert_int_equal(lease_take(w->paths.lock, &holder, &e), -1);
	assert_int_equal(e.code, ERR_BUSY);
	assert_int_equal(holder, getpid());
	close(first);
	int second = lease_take(w->paths.lock, &holder, &e);
	assert_true(second >= 0);
	close(second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status_of_no_sources_is_an_empty_list),
		cmocka_unit_test(audit_is_on_disk_when_it_is_answered),
		cmocka_unit_test(wrong_commands_are_refused_in_words),
		cmocka_unit_test(lease_is_given_once),
	};
	http_global();
	return cmocka_run_group_tests_name("engine", tests, set_up, tear_down);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever way of paging and of telling changes a server has, and however much moves while it
 * is being read: when it has come to rest, the cache is as the server is. */
#include "unit.h"

#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "api/http.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "sim.h"
#include "sync/runner.h"
#include "sync/writer.h"

#define WAIT_MS 20000
#define ROUNDS 4      /* with changes between and during them */
#define LAST_ROUNDS 3 /* at rest: what is missing twice is gone */

struct world {
	char *home;
	struct paths paths;
	struct msgq *done;
	struct runner_env env;
	int sources;
};

static int set_up(void **state)
{
	struct world *w = xcalloc(1, sizeof *w);
	struct err e = ERR_INIT;
	char template[] = "/tmp/ioc-feeds-XXXXXX";
	w->home = xstrdup(mkdtemp(template));
	setenv("IOC_HOME", w->home, 1);
	assert_int_equal(paths_resolve(&w->paths, NULL, &e), 0);
	assert_int_equal(paths_make(&w->paths, &e), 0);
	http_global();
	log_set_level(LOG_ERROR);
	w->done = msgq_new();
	w->env = (struct runner_env){.http = http_new(), .mapper = mapper_new(), .once = true};
	w->env.writer = writer_start(&w->paths, w->done, &e);
	assert_non_null(w->env.writer);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	writer_stop(w->env.writer);
	msgq_free(w->done, job_free);
	http_free(w->env.http);
	mapper_free(w->env.mapper);
	char *command = xasprintf("rm -rf %s", w->home);
	assert_int_equal(system(command), 0);
	free(command);
	paths_free(&w->paths);
	free(w->home);
	free(w);
	return 0;
}

/* One pass, as ioc-sync --once makes it. */
static void run_once(struct world *w, const struct config_source *source, const char *yaml)
{
	struct findings f = FINDINGS_INIT;
	struct connector *c = connector_parse("sim", "sim.yaml", yaml, strlen(yaml), &f);
	if (!c)
		print_error("%s\n%s", f.count ? f.list[0] : "", yaml);
	assert_non_null(c);
	struct runner *r = runner_new(&w->env, source, c, NULL, (uint64_t)++w->sources);
	int64_t end = clock_monotonic() + WAIT_MS;
	while (!runner_is_done(r) && clock_monotonic() < end) {
		struct pollfd p = {msgq_fd(w->done), POLLIN, 0};
		struct job *j;
		while ((j = msgq_pop(w->done))) {
			if (j->owner == runner_id(r))
				runner_result(r, j);
			job_free(j);
		}
		bool busy = runner_turn(r);
		if (!runner_is_done(r))
			http_turn(w->env.http, &p, 1, busy ? 0 : 50);
	}
	if (!runner_has_succeeded(r))
		print_error("%s\n%s\n", runner_status(r)->error, yaml);
	assert_true(runner_has_succeeded(r));
	runner_free(r);
	findings_free(&f);
}

struct comparison {
	sqlite3 *db;
	const char *source;
	int records, wrong;
};

static void compare_one(void *context, int64_t id, const char *text)
{
	struct comparison *c = context;
	sqlite3_stmt *s;
	assert_int_equal(
		sqlite3_prepare_v2(c->db,
				   "SELECT title FROM complaint WHERE ext_id = ? AND source ="
				   " (SELECT id FROM source WHERE name = ?)",
				   -1, &s, NULL),
		SQLITE_OK);
	char name[24];
	snprintf(name, sizeof name, "%lld", (long long)id);
	sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, c->source, -1, SQLITE_STATIC);
	const char *got = sqlite3_step(s) == SQLITE_ROW
				  ? (const char *)sqlite3_column_text(s, 0)
				  : "nothing";
	c->records++;
	if (strcmp(got, text) != 0 && c->wrong++ < 5)
		print_error("%s: record %lld is %s, should be %s\n", c->source, (long long)id,
			    got, text);
	sqlite3_finalize(s);
}

static int count_of(sqlite3 *db, const char *source)
{
	sqlite3_stmt *s;
	assert_int_equal(sqlite3_prepare_v2(db,
					    "SELECT count(*) FROM complaint WHERE source ="
					    " (SELECT id FROM source WHERE name = ?)",
					    -1, &s, NULL),
			 SQLITE_OK);
	sqlite3_bind_text(s, 1, source, -1, SQLITE_STATIC);
	int n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : -1;
	sqlite3_finalize(s);
	return n;
}

static void expect_equal(struct world *w, struct sim *s, const char *source)
{
	struct comparison c = {.source = source};
	assert_int_equal(sqlite3_open_v2(w->paths.cache_db, &c.db, SQLITE_OPEN_READONLY, NULL),
			 SQLITE_OK);
	sim_each(s, compare_one, &c);
	assert_int_equal(c.wrong, 0);
	assert_int_equal(count_of(c.db, source), c.records);
	sqlite3_close(c.db);
}

/* --- the ways --- */

static const char *const pagings[] = {"none", "page", "offset", "more", "keyset"};

static const char *query_of(const char *paging)
{
	if (strcmp(paging, "none") == 0)
		return "";
	if (strcmp(paging, "offset") == 0)
		return "offset: \\(.offset), size: \\(.limit), ";
	if (strcmp(paging, "keyset") == 0)
		return "after_at: \\(.last.at), after_id: \\(.last.id), size: \\(.limit), ";
	return "page: \\(.page), size: \\(.limit), ";
}

static char *connector_of(const char *paging, const char *changes, const char *extra)
{
	const char *more = strcmp(paging, "more") == 0 ? "    more: .more\n" : "";
	const char *word = *more ? "page" : paging;
	return xasprintf("limits: {answer: 5s}\n"
			 "retry: {base: 20ms, most: 50ms}\n"
			 "resources:\n"
			 "  - kind: complaint\n"
			 "    request: {path: /list, query: {%ssince: \\(.since), until: "
			 "\\(.until)}}\n"
			 "    items: .items\n"
			 "    paging: %s\n"
			 "    first_page: 0\n"
			 "    page_size: 50\n"
			 "    total: .total\n"
			 "    server_time: .time\n"
			 "    guard: {never_empty: true, max_shrink: 90}\n"
			 "    changes: %s\n"
			 "%s%s"
			 "    map: '{id, title: .text, deleted: .gone}'\n",
			 query_of(paging), word, changes, more, extra);
}

/* Passes while it changes, then at rest. */
static void follow(struct world *w, const struct sim_habits *h, const char *name,
		   const char *yaml)
{
	struct sim *s = sim_start(h, 4711);
	char url[64];
	snprintf(url, sizeof url, "http://127.0.0.1:%d", sim_port(s));
	struct config_source source = {.name = xstrdup(name),
				       .title = xstrdup(name),
				       .connector = xstrdup("sim"),
				       .base_url = url,
				       .enabled = true};
	for (int i = 0; i < ROUNDS; i++) {
		run_once(w, &source, yaml);
		sim_change(s, 7);
	}
	sim_calm(s, true);
	for (int i = 0; i < LAST_ROUNDS; i++)
		run_once(w, &source, yaml);
	expect_equal(w, s, name);
	sim_stop(s);
	free(source.name);
	free(source.title);
	free(source.connector);
}

/* Each of the orders and habits that a list may have. */
static void try_all(struct world *w, const char *changes, const char *extra, bool deletes)
{
	for (size_t i = 0; i < ARRAY_LEN(pagings); i++)
		for (unsigned habits = 0; habits < 16; habits += 5) {
			bool keyset = strcmp(pagings[i], "keyset") == 0;
			bool none = strcmp(pagings[i], "none") == 0;
			struct sim_habits h = {.records = 90,
					       .clamp = none         ? 0
							: habits & 1 ? 20
								     : 0,
					       .grain = habits & 2 ? 1000 : 1,
					       .exclusive = habits & 2,
					       .newest_first = !keyset && habits & 4,
					       .by_id = !keyset && habits & 8,
					       .total = !keyset && habits & 1,
					       .deletes = deletes,
					       .unrest = 2};
			char *yaml = connector_of(pagings[i], changes, extra);
			char name[80];
			snprintf(name, sizeof name, "%s-%s-%x%s", changes, pagings[i], habits,
				 deletes ? "-d" : "");
			follow(w, &h, name, yaml);
			free(yaml);
		}
}

static void snapshots_end_equal(void **state)
{
	try_all(*state, "snapshot", "", true);
}

/* 100 of 50 a page: the first page's total, and the second's, can't be told from a feed's. */
static void totals_of_pages_end_no_feed(void **state)
{
	static const char *const numbered[] = {"page", "offset"};
	struct sim_habits h = {.records = 100, .grain = 1, .page_total = true};
	for (size_t i = 0; i < ARRAY_LEN(numbered); i++) {
		char *yaml = connector_of(numbered[i], "snapshot", "");
		follow(*state, &h, numbered[i], yaml);
		free(yaml);
	}
}

static void since_ends_equal(void **state)
{
	try_all(*state, "since", "    delta: {field: .at, overlap: 1s}\n", false);
}

static void windows_end_equal(void **state)
{
	struct world *w = *state;
	/* a server that gives at most twenty of a window, and does not say so */
	struct sim_habits h = {.records = 90, .clamp = 20, .grain = 1000, .unrest = 1};
	char *yaml = connector_of(
		"none", "window",
		"    delta: {field: .at, overlap: 1s, backfill: 20d, span: 3d, "
		"least: 1s, most: 20}\n");
	follow(w, &h, "window-clamp", yaml);
	h.exclusive = true;
	h.newest_first = true;
	follow(w, &h, "window-exclusive", yaml);
	free(yaml);
}

static void cursors_end_equal(void **state)
{
	struct sim_habits h = {.records = 90, .grain = 1, .deletes = true, .unrest = 3};
	const char *yaml = "resources:\n"
			   "  - kind: complaint\n"
			   "    request: {path: /changes, query: {cursor: \\(.cursor), size: "
			   "\\(.limit)}}\n"
			   "    items: .items\n"
			   "    changes: cursor\n"
			   "    next: .cursor\n"
			   "    page_size: 50\n"
			   "    map: '{id, title: .text, deleted: .gone}'\n";
	follow(*state, &h, "cursor", yaml);
	h.clamp = 7;
	follow(*state, &h, "cursor-clamp", yaml);
}

static void sequences_end_equal(void **state)
{
	struct sim_habits h = {.records = 90, .grain = 1, .unrest = 3};
	const char *yaml = "resources:\n"
			   "  - kind: complaint\n"
			   "    request: {path: /list, query: {seq: \\(.since), offset: "
			   "\\(.offset), size: \\(.limit)}}\n"
			   "    items: .items\n"
			   "    changes: sequence\n"
			   "    delta: {field: .n}\n"
			   "    paging: offset\n"
			   "    page_size: 50\n"
			   "    map: '{id, version: .n, title: .text}'\n";
	follow(*state, &h, "sequence", yaml);
	h.clamp = 7;
	h.newest_first = true;
	follow(*state, &h, "sequence-clamp", yaml);
}

static void links_end_equal(void **state)
{
	struct sim_habits h = {
		.records = 90, .grain = 1, .deletes = true, .unrest = 2, .clamp = 20};
	const char *yaml = "resources:\n"
			   "  - kind: complaint\n"
			   "    request: {path: /list, query: {size: \\(.limit)}}\n"
			   "    items: .items\n"
			   "    changes: snapshot\n"
			   "    guard: {max_shrink: 90}\n"
			   "    next: .next\n"
			   "    paging: next\n"
			   "    map: '{id, version: .n, title: .text}'\n";
	follow(*state, &h, "links", yaml);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(snapshots_end_equal),
		cmocka_unit_test(since_ends_equal),
		cmocka_unit_test(windows_end_equal),
		cmocka_unit_test(cursors_end_equal),
		cmocka_unit_test(sequences_end_equal),
		cmocka_unit_test(links_end_equal),
		cmocka_unit_test(totals_of_pages_end_no_feed),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}

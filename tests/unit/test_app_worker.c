/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The query worker on a real cache, with its real thread. */
#include "unit.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/worker.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "model/kinds.h"
#include "store/ingest.h"

#define PATIENCE 10000

static char folder[] = "/tmp/ioc-worker-XXXXXX";
static char cache[64], data[] = "tests", none[] = "/nonexistent";
static struct paths paths = {
	.cache_db = cache, .journal_db = none, .data_dir = data, .config_dir = none};

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(cache, sizeof cache, "%s/cache.db", folder);
	return 0;
}

static int remove_cache(void **state)
{
	(void)state;
	char command[128];
	snprintf(command, sizeof command, "rm -f %s/cache.db*", folder);
	return system(command);
}

static int remove_folder(void **state)
{
	remove_cache(state);
	return rmdir(folder);
}

static void fill(int first, int last)
{
	struct err e = ERR_INIT;
	struct ingest_result result;
	struct db *db = db_open_writer(cache, &e);
	assert_non_null(db);
	struct ingest *in = ingest_new(db);
	ingest_begin(in, &e);
	for (int i = first; i <= last; i++) {
		struct arena a = ARENA_INIT;
		struct record *r = record_new(&a, &kind_complaint);
		char id[16];
		snprintf(id, sizeof id, "%d", i);
		r->id = id;
		r->source = "test";
		r->version = 1;
		record_put_text(&a, r, COL_CODE, id, strlen(id), &e);
		record_put_text(&a, r, COL_STATE, "MOI", 3, &e);
		assert_int_equal(ingest_put(in, r, &e), 0);
		arena_free(&a);
	}
	assert_int_equal(ingest_commit(in, &result, &e), 0);
	ingest_free(in);
	db_close(db);
}

static struct page_query *question(uint64_t generation)
{
	struct page_query *q = page_query_new();
	q->generation = generation;
	q->kind = &kind_complaint;
	q->sort = COL_CODE;
	q->limit = 10;
	q->now = clock_now();
	return q;
}

/* The next answer of this type; others are dropped. */
static struct answer *await(struct worker *w, enum answer_type type)
{
	int64_t end = clock_monotonic() + PATIENCE;
	while (clock_monotonic() < end) {
		struct pollfd p = {worker_fd(w), POLLIN, 0};
		poll(&p, 1, 100);
		worker_nudge(w);
		for (struct answer *a; (a = worker_take(w)); free(a)) {
			if (a->type == type)
				return a;
			page_free(a->page);
			free(a->figures);
			names_free(a->names);
			rulebook_free(a->rules);
			due_board_free(a->board);
		}
	}
	fail_msg("no answer");
	return NULL;
}

static void expect_page(struct worker *w, uint64_t generation, enum err_code code, size_t count)
{
	struct answer *a = await(w, ANSWER_PAGE);
	assert_int_equal(a->page->generation, generation);
	assert_int_equal(a->page->error.code, code);
	assert_int_equal(a->page->count, count);
	page_free(a->page);
	free(a);
}

static void pages_are_answered(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	fill(1, 5);
	struct worker *w = worker_start(&paths, NULL, &e);
	worker_ask_page(w, question(7));
	expect_page(w, 7, ERR_NONE, 5);
	worker_stop(w);
}

/* The console shows a page at once only where nothing more is about to come. */
static void who_takes_an_answer_finds_the_worker_at_rest(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	fill(1, 5);
	struct worker *w = worker_start(&paths, NULL, &e);
	struct answer *first = await(w, ANSWER_NAMES);
	names_free(first->names);
	rulebook_free(first->rules);
	free(first);
	for (uint64_t i = 1; i <= 2000; i++) {
		struct pollfd p = {worker_fd(w), POLLIN, 0};
		worker_ask_page(w, question(i));
		assert_int_equal(poll(&p, 1, PATIENCE), 1);
		assert_false(worker_is_busy(w));
		expect_page(w, i, ERR_NONE, 5);
	}
	worker_stop(w);
}

static void a_cache_that_comes_later_is_found(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct worker *w = worker_start(&paths, NULL, &e);
	worker_ask_page(w, question(1));
	expect_page(w, 1, ERR_NOT_FOUND, 0);
	fill(1, 3);
	worker_ask_page(w, question(2));
	expect_page(w, 2, ERR_NONE, 3);
	worker_stop(w);
}

static void a_cache_that_was_replaced_is_opened_anew(void **state)
{
	struct err e = ERR_INIT;
	fill(1, 3);
	struct worker *w = worker_start(&paths, NULL, &e);
	worker_ask_page(w, question(1));
	expect_page(w, 1, ERR_NONE, 3);
	remove_cache(state);
	fill(1, 4);
	worker_ask_page(w, question(2));
	expect_page(w, 2, ERR_NONE, 4);
	worker_stop(w);
}

static void every_question_is_answered_and_the_last_one_fully(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	fill(1, 300);
	struct worker *w = worker_start(&paths, NULL, &e);
	const uint64_t last = 200;
	uint64_t seen = 0;
	for (uint64_t g = 1; g <= last; g++) {
		worker_ask_page(w, question(g));
		if (g % 10 == 0)
			worker_ask_figures(w, clock_now());
	}
	for (uint64_t answers = 0; answers < last; answers++) {
		struct answer *a = await(w, ANSWER_PAGE);
		enum err_code code = a->page->error.code;
		assert_true(code == ERR_NONE || code == ERR_CANCELLED);
		if (a->page->generation == last) {
			assert_int_equal(code, ERR_NONE);
			assert_int_equal(a->page->count, 10);
			seen++;
		}
		page_free(a->page);
		free(a);
	}
	assert_int_equal(seen, 1);
	worker_stop(w);
}

static void what_is_due_is_counted_between_pages(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	fill(1, 300);
	struct worker *w = worker_start(&paths, NULL, &e);
	struct due_query q = {.now = clock_now(), .until = due_day_end(clock_now())};
	for (q.generation = 1; q.generation < 20; q.generation++)
		worker_ask_due(w, &q);
	worker_ask_due(w, &q);
	worker_ask_page(w, question(3));
	uint64_t seen = 0;
	while (seen < 20) {
		struct answer *a = await(w, ANSWER_DUE);
		assert_true(a->board->query.generation > seen);
		seen = a->board->query.generation;
		assert_int_equal(a->board->total.all.open, 300);
		due_board_free(a->board);
		free(a);
	}
	worker_stop(w);
}

static void only_the_last_record_asked_about_is_looked_at(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct likeness_rules rules = likeness_usual();
	fill(1, 300);
	struct worker *w = worker_start(&paths, NULL, &e);
	for (uint64_t generation = 1; generation <= 20; generation++) {
		struct duplicates_query *q = duplicates_query_new(&kind_complaint, &rules);
		q->generation = generation;
		q->rowid = (int64_t)generation;
		worker_ask_duplicates(w, q);
	}
	uint64_t seen = 0;
	while (seen < 20) {
		struct answer *a = await(w, ANSWER_DUPLICATES);
		assert_true(a->duplicates->generation > seen);
		seen = a->duplicates->generation;
		assert_int_equal(a->duplicates->error.code, ERR_NONE);
		assert_int_equal(a->duplicates->self->rowid, (int64_t)seen);
		duplicates_free(a->duplicates);
		free(a);
	}
	worker_stop(w);
}

static void figures_asked_many_times_are_few(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	fill(1, 50);
	struct worker *w = worker_start(&paths, NULL, &e);
	for (int i = 0; i < 1000; i++)
		worker_ask_figures(w, clock_now());
	struct answer *a = await(w, ANSWER_FIGURES);
	assert_int_equal(a->figures->error.code, ERR_NONE);
	assert_int_equal(a->figures->queues[kind_index(&kind_complaint)].total, 50);
	free(a->figures);
	free(a);
	int more = 0;
	while (worker_is_busy(w))
		poll(NULL, 0, 1);
	for (; (a = worker_take(w)); free(a)) {
		more++;
		free(a->figures);
	}
	assert_true(more < 900);
	worker_stop(w);
}

/* Each answer says why there is nothing. */
static void every_sort_of_question_is_answered_without_a_cache(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct likeness_rules rules = likeness_usual();
	struct worker *w = worker_start(&paths, NULL, &e);
	struct due_query due = {.generation = 3, .now = clock_now()};
	struct group_query *groups = group_query_new();
	groups->generation = 4;
	struct forecast_query *forecast = forecast_query_new();
	forecast->generation = 5;
	struct duplicates_query *d = duplicates_query_new(&kind_complaint, &rules);
	d->generation = 6;
	struct suggest_query *suggest = suggest_query_new(&kind_alert, 1);
	suggest->generation = 7;
	struct complete_query *complete = complete_query_new(COMPLETE_VALUES, "x");
	complete->generation = 8;
	worker_ask_figures(w, clock_now());
	struct answer *a = await(w, ANSWER_FIGURES);
	assert_int_equal(a->figures->error.code, ERR_NOT_FOUND);
	free(a->figures);
	free(a);
	worker_ask_due(w, &due);
	a = await(w, ANSWER_DUE);
	assert_int_equal(a->board->error.code, ERR_NOT_FOUND);
	assert_int_equal(a->board->query.generation, 3);
	due_board_free(a->board);
	free(a);
	worker_ask_groups(w, groups);
	a = await(w, ANSWER_GROUPS);
	assert_int_equal(a->groups->error.code, ERR_NOT_FOUND);
	assert_int_equal(a->groups->generation, 4);
	group_page_free(a->groups);
	free(a);
	worker_ask_forecast(w, forecast);
	a = await(w, ANSWER_FORECAST);
	assert_int_equal(a->forecast->error.code, ERR_NOT_FOUND);
	assert_int_equal(a->forecast->generation, 5);
	forecast_page_free(a->forecast);
	free(a);
	worker_ask_duplicates(w, d);
	a = await(w, ANSWER_DUPLICATES);
	assert_int_equal(a->duplicates->error.code, ERR_NOT_FOUND);
	assert_int_equal(a->duplicates->generation, 6);
	duplicates_free(a->duplicates);
	free(a);
	worker_ask_suggestions(w, suggest);
	a = await(w, ANSWER_SUGGESTIONS);
	assert_int_equal(a->suggestions->error.code, ERR_NOT_FOUND);
	assert_int_equal(a->suggestions->generation, 7);
	assert_ptr_equal(a->suggestions->kind, &kind_alert);
	suggestions_free(a->suggestions);
	free(a);
	worker_ask_completion(w, complete);
	a = await(w, ANSWER_COMPLETION);
	assert_int_equal(a->completion->count, 0);
	assert_int_equal(a->completion->generation, 8);
	complete_answer_free(a->completion);
	free(a);
	worker_stop(w);
}

static void names_come_first_and_again_when_asked(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	fill(1, 1);
	struct worker *w = worker_start(&paths, NULL, &e);
	for (int i = 0; i < 2; i++) {
		struct answer *a = await(w, ANSWER_NAMES);
		assert_non_null(a->names);
		names_free(a->names);
		rulebook_free(a->rules);
		free(a);
		worker_ask_names(w);
	}
	worker_stop(w);
}

static void stopping_does_not_wait_for_answers_to_be_taken(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	fill(1, 10);
	for (int i = 0; i < 20; i++) {
		struct worker *w = worker_start(&paths, NULL, &e);
		worker_ask_page(w, question(1));
		worker_ask_figures(w, clock_now());
		worker_ask_page(w, question(2));
		worker_stop(w);
	}
	worker_stop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(pages_are_answered, remove_cache),
		cmocka_unit_test_teardown(who_takes_an_answer_finds_the_worker_at_rest,
					  remove_cache),
		cmocka_unit_test_teardown(a_cache_that_comes_later_is_found, remove_cache),
		cmocka_unit_test_teardown(a_cache_that_was_replaced_is_opened_anew,
					  remove_cache),
		cmocka_unit_test_teardown(every_question_is_answered_and_the_last_one_fully,
					  remove_cache),
		cmocka_unit_test_teardown(what_is_due_is_counted_between_pages, remove_cache),
		cmocka_unit_test_teardown(only_the_last_record_asked_about_is_looked_at,
					  remove_cache),
		cmocka_unit_test_teardown(figures_asked_many_times_are_few, remove_cache),
		cmocka_unit_test(every_sort_of_question_is_answered_without_a_cache),
		cmocka_unit_test_teardown(names_come_first_and_again_when_asked, remove_cache),
		cmocka_unit_test_teardown(stopping_does_not_wait_for_answers_to_be_taken,
					  remove_cache),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ":do" finds the records it names wherever they are, and never takes one for another. */
#include "console.h"

#include <string.h>

static int setup(void **state)
{
	(void)state;
	open_console(24, 160);
	connect_console();
	w.deaf = true;
	return 0;
}

/* The n-th complaint in this state. */
static struct record *complaint(const char *state, size_t n)
{
	for (size_t i = 0; i < w.record_count; i++)
		if (strcmp(w.records[i]->kind->id, "complaint") == 0 &&
		    strcmp(record_text(w.records[i], COL_STATE), state) == 0 && n-- == 0)
			return w.records[i];
	fail();
	return NULL;
}

static void run(const char *fmt, const char *a, const char *b)
{
	struct strbuf line = STRBUF_INIT;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	strbuf_addf(&line, fmt, a, b);
#pragma GCC diagnostic pop
	world_command(&w, line.s);
	strbuf_free(&line);
}

static void records_that_no_list_has_are_found(void **state)
{
	(void)state;
	const struct record *one = complaint("MOI", 3), *two = complaint("MOI", 9);
	world_keys(&w, "4"); /* calls */
	run("do receive %s %s --note 'đã xem'", record_text(one, COL_CODE),
	    record_text(two, COL_CODE));
	assert_int_equal(json_array_size(w.asked), 2);
	assert_string_equal(member(asked(0), "record"), one->id);
	assert_string_equal(member(asked(1), "record"), two->id);
	assert_string_equal(member(asked(0), "kind"), "complaint");
}

static void a_code_that_is_not_there_does_nothing_at_all(void **state)
{
	(void)state;
	run("do receive %s %s", record_text(complaint("MOI", 3), COL_CODE), "PA-99999");
	must_show(&w, "no record with the code PA-99999");
	run("do receive %s %s", "PA-0001", "x");
	must_show(&w, "no record with the code PA-0001");
	world_command(&w, "do fly PA-00001");
	must_show(&w, "no queue has an action fly");
	world_command(&w, "do receive 'PA\"1'");
	must_show(&w, "is no code");
	assert_int_equal(json_array_size(w.asked), 0);
}

static void a_code_of_several_sources_needs_the_source(void **state)
{
	(void)state;
	const struct record *one = complaint("MOI", 3);
	struct record *twin = world_add(&w, "complaint", NULL, "MOI");
	twin->values[COL_CODE] = one->values[COL_CODE];
	twin->source = "thanh-pho";
	run("do receive %s%s", record_text(one, COL_CODE), "");
	must_show(&w, "is in several sources (");
	must_show(&w, "add --source NAME");
	assert_int_equal(json_array_size(w.asked), 0);
	run("do receive %s --source %s", record_text(one, COL_CODE), "thanh-pho");
	assert_string_equal(member(asked(0), "record"), twin->id);
	assert_string_equal(member(asked(0), "source"), "thanh-pho");
}

static void keys_go_on_while_it_is_looked_for(void **state)
{
	(void)state;
	w.silent = true;
	run("do receive %s%s", record_text(complaint("MOI", 3), COL_CODE), "");
	world_keys(&w, "3");
	must_show(&w, "Dossiers");
	w.silent = false;
	world_tick(&w, 10);
	assert_int_equal(json_array_size(w.asked), 1);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, close_console)
	const struct CMUnitTest tests[] = {
		T(records_that_no_list_has_are_found),
		T(a_code_that_is_not_there_does_nothing_at_all),
		T(a_code_of_several_sources_needs_the_source),
		T(keys_go_on_while_it_is_looked_for),
	};
#undef T
	return cmocka_run_group_tests_name("errand", tests, NULL, NULL);
}

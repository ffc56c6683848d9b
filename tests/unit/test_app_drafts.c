/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed outlives the program, for its user only. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/drafts.h"

static char folder[] = "/tmp/ioc-drafts-XXXXXX";
static char file[64], fresh[64], bad[64], turn[64];
static struct paths paths;

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	paths.state_dir = folder;
	snprintf(file, sizeof file, "%s/drafts.json", folder);
	snprintf(fresh, sizeof fresh, "%s/drafts.json.new", folder);
	snprintf(turn, sizeof turn, "%s/drafts.json.lock", folder);
	snprintf(bad, sizeof bad, "%s/drafts.json.bad", folder);
	return 0;
}

static int clear(void **state)
{
	(void)state;
	unlink(file);
	unlink(fresh);
	unlink(bad);
	unlink(turn);
	return 0;
}

static int remove_folder(void **state)
{
	clear(state);
	return rmdir(folder);
}

static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void what_is_written_is_read_and_private(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct stat st;
	json_t *j = json_pack("{s:{s:s}}", "complaint/city/A/comment", "note", "đã gọi");
	assert_int_equal(drafts_write(&paths, j, &e), 0);
	json_t *back = drafts_read(&paths);
	assert_true(json_equal(j, back));
	assert_int_equal(stat(file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(access(fresh, F_OK), -1);
	json_decref(back);
	json_decref(j);
}

static void consoles_keep_theirs_beside_each_other(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	static const char *const changes[] = {"{\"a\":{\"x\":\"1\"}}", "{\"b\":{\"x\":\"2\"}}",
					      "{\"a\":null,\"c\":null}"};
	for (size_t i = 0; i < 3; i++) {
		json_t *j = json_loads(changes[i], 0, NULL);
		assert_int_equal(drafts_write(&paths, j, &e), 0);
		json_decref(j);
	}
	json_t *back = drafts_read(&paths);
	assert_int_equal(json_object_size(back), 1);
	assert_non_null(json_object_get(back, "b"));
	json_decref(back);
}

static void nothing_there_is_an_empty_object(void **state)
{
	(void)state;
	json_t *j = drafts_read(&paths);
	assert_true(json_is_object(j));
	assert_int_equal(json_object_size(j), 0);
	json_decref(j);
}

static void what_can_not_be_read_is_set_aside_not_overwritten(void **state)
{
	(void)state;
	write_file(file, "{\"half\":");
	json_t *j = drafts_read(&paths);
	assert_int_equal(json_object_size(j), 0);
	assert_int_equal(access(bad, F_OK), 0);
	json_decref(j);
}

static void a_folder_that_takes_nothing_is_told(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct paths nowhere = {.state_dir = (char[]){"/proc/ioc-drafts"}};
	json_t *j = json_object();
	assert_int_equal(drafts_write(&nowhere, j, &e), -1);
	assert_int_equal(e.code, ERR_IO);
	assert_non_null(strstr(e.text, "/proc/ioc-drafts"));
	json_decref(j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(what_is_written_is_read_and_private, clear),
		cmocka_unit_test_teardown(consoles_keep_theirs_beside_each_other, clear),
		cmocka_unit_test_teardown(nothing_there_is_an_empty_object, clear),
		cmocka_unit_test_teardown(what_can_not_be_read_is_set_aside_not_overwritten,
					  clear),
		cmocka_unit_test_teardown(a_folder_that_takes_nothing_is_told, clear),
	};
	return cmocka_run_group_tests_name("drafts", tests, make_folder, remove_folder);
}

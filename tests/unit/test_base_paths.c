/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every file of a profile has its place. */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/paths.h"

static int clear_environment(void **state)
{
	(void)state;
	static const char *const names[] = {
		"IOC_HOME",        "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
		"XDG_RUNTIME_DIR", "IOC_DATA_DIR",    "IOC_EXEC_DIR",   "IOC_LOCALE_DIR"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		unsetenv(names[i]);
	setenv("HOME", "/home/an", 1);
	return 0;
}

static void folders_are_those_of_the_xdg_specification(void **state)
{
	(void)state;
	struct paths p;
	struct err e = ERR_INIT;
	assert_int_equal(paths_resolve(&p, NULL, &e), 0);
	assert_string_equal(p.config, "/home/an/.config/ioc-console/config.yaml");
	assert_string_equal(p.cache_db, "/home/an/.cache/ioc-console/cache.db");
	assert_string_equal(p.journal_db, "/home/an/.local/state/ioc-console/journal.db");
	assert_string_equal(p.socket, "/home/an/.local/state/ioc-console/run/sync.sock");
	paths_free(&p);
	setenv("XDG_CONFIG_HOME", "/c", 1);
	setenv("XDG_RUNTIME_DIR", "/run/user/1", 1);
	assert_int_equal(paths_resolve(&p, "ca-dem", &e), 0);
	assert_string_equal(p.config_dir, "/c/ioc-console/ca-dem");
	assert_string_equal(p.socket, "/run/user/1/ioc-console/ca-dem/sync.sock");
	paths_free(&p);
}

static void relative_xdg_folders_are_ignored(void **state)
{
	(void)state;
	struct paths p;
	struct err e = ERR_INIT;
	setenv("XDG_CACHE_HOME", "cache", 1);
	setenv("XDG_RUNTIME_DIR", "run", 1);
	assert_int_equal(paths_resolve(&p, "default", &e), 0);
	assert_string_equal(p.cache_dir, "/home/an/.cache/ioc-console");
	assert_string_equal(p.run_dir, "/home/an/.local/state/ioc-console/run");
	paths_free(&p);
}

static void one_variable_puts_all_in_one_folder(void **state)
{
	(void)state;
	struct paths p;
	struct err e = ERR_INIT;
	unsetenv("HOME");
	setenv("IOC_HOME", "/srv/demo", 1);
	setenv("XDG_RUNTIME_DIR", "/run/user/1", 1);
	setenv("IOC_DATA_DIR", "/data", 1);
	assert_int_equal(paths_resolve(&p, "x", &e), 0);
	assert_string_equal(p.config_dir, "/srv/demo/config/x");
	assert_string_equal(p.cache_dir, "/srv/demo/cache/x");
	assert_string_equal(p.state_dir, "/srv/demo/state/x");
	assert_string_equal(p.run_dir, "/srv/demo/run/x");
	assert_string_equal(p.data_dir, "/data");
	paths_free(&p);
}

static void no_home_and_odd_profiles_are_refused(void **state)
{
	(void)state;
	struct paths p;
	struct err e = ERR_INIT;
	static const char *const names[] = {"", "..", "a/b", "a b", "é", "a\nb"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		assert_int_equal(paths_resolve(&p, names[i], &e), -1);
		assert_int_equal(e.code, ERR_USAGE);
		assert_null(p.config);
	}
	unsetenv("HOME");
	assert_int_equal(paths_resolve(&p, "default", &e), -1);
	assert_int_equal(e.code, ERR_USAGE);
}

static void folders_are_made_private_and_files_in_their_place_refused(void **state)
{
	(void)state;
	char dir[] = "/tmp/ioc-paths.XXXXXX", home[64], command[128];
	assert_non_null(mkdtemp(dir));
	snprintf(home, sizeof home, "%s/a/b", dir);
	setenv("IOC_HOME", home, 1);
	struct paths p;
	struct err e = ERR_INIT;
	struct stat st;
	assert_int_equal(paths_resolve(&p, "x", &e), 0);
	assert_int_equal(paths_make(&p, &e), 0);
	assert_int_equal(paths_make(&p, &e), 0);
	const char *made[] = {p.config_dir, p.cache_dir, p.state_dir, p.run_dir};
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(stat(made[i], &st), 0);
		assert_int_equal(st.st_mode & 07777, 0700);
	}
	assert_int_equal(rmdir(p.run_dir), 0);
	close(open(p.run_dir, O_CREAT | O_WRONLY, 0600));
	assert_int_equal(paths_make(&p, &e), -1);
	assert_int_equal(e.code, ERR_IO);
	assert_non_null(strstr(e.text, p.run_dir));
	paths_free(&p);
	snprintf(command, sizeof command, "rm -r '%s'", dir);
	assert_int_equal(system(command), 0);
}

static void files_of_the_user_come_before_shipped_ones(void **state)
{
	(void)state;
	char dir[] = "/tmp/ioc-paths.XXXXXX", file[128], command[512];
	assert_non_null(mkdtemp(dir));
	setenv("IOC_HOME", dir, 1);
	snprintf(file, sizeof file, "%s/data", dir);
	setenv("IOC_DATA_DIR", file, 1);
	snprintf(command, sizeof command,
		 "cd '%s' && mkdir -p config/keys data/keys && echo > data/keys/a && "
		 "echo > data/keys/b && echo > config/keys/a",
		 dir);
	assert_int_equal(system(command), 0);
	struct paths p;
	struct err e = ERR_INIT;
	assert_int_equal(paths_resolve(&p, NULL, &e), 0);
	char *found = paths_find(&p, "keys", "a");
	snprintf(file, sizeof file, "%s/config/keys/a", dir);
	assert_string_equal(found, file);
	char *same = paths_find(&p, "other", found);
	assert_string_equal(same, file);
	free(same);
	free(found);
	found = paths_find(&p, "keys", "b");
	snprintf(file, sizeof file, "%s/data/keys/b", dir);
	assert_string_equal(found, file);
	free(found);
	assert_null(paths_find(&p, "keys", "c"));
	assert_null(paths_find(&p, "keys", "./c"));
	paths_free(&p);
	snprintf(command, sizeof command, "rm -r '%s'", dir);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(folders_are_those_of_the_xdg_specification,
				       clear_environment),
		cmocka_unit_test_setup(relative_xdg_folders_are_ignored, clear_environment),
		cmocka_unit_test_setup(one_variable_puts_all_in_one_folder, clear_environment),
		cmocka_unit_test_setup(no_home_and_odd_profiles_are_refused, clear_environment),
		cmocka_unit_test_setup(
			folders_are_made_private_and_files_in_their_place_refused,
			clear_environment),
		cmocka_unit_test_setup(files_of_the_user_come_before_shipped_ones,
				       clear_environment),
	};
	return cmocka_run_group_tests_name("paths", tests, NULL, NULL);
}

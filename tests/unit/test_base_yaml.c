/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML is read, and what is wrong with it is told with file, line and column. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/yaml.h"

static struct yaml *parse(const char *text)
{
	struct err e = ERR_INIT;
	struct yaml *y = yaml_parse("c.yaml", text, strlen(text), &e);
	if (!y)
		fail_msg("%s", e.text);
	return y;
}

static void expect_error(const char *text, size_t n, const char *wanted)
{
	struct err e = ERR_INIT;
	assert_null(yaml_parse("c.yaml", text, n, &e));
	assert_int_equal(e.code, ERR_PARSE);
	assert_string_equal(e.text, wanted);
}
#define EXPECT_ERROR(text, wanted) expect_error(text, sizeof(text) - 1, wanted)

static void maps_lists_and_texts_are_reached(void **state)
{
	(void)state;
	struct yaml *y = parse("title: IOC Sơn La # the centre\n"
			       "sources:\n  - name: a\n  - {name: b}\n"
			       "'quoted key': |\n  two\n  lines\nempty:\n");
	const struct yaml_node *root = yaml_root(y), *list = yaml_get(root, "sources");
	assert_true(yaml_is_map(root));
	assert_int_equal(yaml_count(root), 4);
	assert_string_equal(yaml_text(yaml_get(root, "title")), "IOC Sơn La");
	assert_true(yaml_is_list(list));
	assert_string_equal(yaml_text(yaml_get(yaml_at(list, 1), "name")), "b");
	assert_null(yaml_at(list, 2));
	assert_string_equal(yaml_key(root, 2), "quoted key");
	assert_string_equal(yaml_text(yaml_at(root, 2)), "two\nlines\n");
	assert_null(yaml_key(root, 4));
	assert_null(yaml_get(root, "nothing"));
	assert_null(yaml_get(list, "name"));
	assert_null(yaml_text(list));
	assert_int_equal(yaml_count(NULL), 0);
	yaml_free(y);
}

static void nothing_but_comments_has_no_root(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "\n\n", "# only\n  # comments", "\t"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct yaml *y = parse(texts[i]);
		assert_null(yaml_root(y));
		yaml_free(y);
	}
}

static void mistakes_are_told_with_their_place(void **state)
{
	(void)state;
	EXPECT_ERROR("a: 1\na: 2\n", "c.yaml:2:1: this key is there already");
	EXPECT_ERROR("a: 'open\n", "c.yaml:1:5: single-quoted scalar without closing quote");
	EXPECT_ERROR("a:\n\t- b\n", "c.yaml:2:1: tab character may not be used as indentation");
	EXPECT_ERROR("a: ok\nb: x\0y\n", "c.yaml:2:5: not UTF-8 text");
	EXPECT_ERROR("Sơn: \xff\n", "c.yaml:1:6: not UTF-8 text");
	EXPECT_ERROR("a: &x {k: 1}\nb:\n  - *x\n",
		     "c.yaml:3:6: aliases (*name) are not understood here");
}

static void depth_is_bounded(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	strbuf_addn(&b, '[', 100000);
	assert_null(yaml_parse("deep", b.s, b.len, &e));
	assert_int_equal(e.code, ERR_PARSE);
	strbuf_free(&b);
}

static void places_of_values_are_known(void **state)
{
	(void)state;
	struct yaml *y = parse("a: 1\nb:\n  - x\n  -\n  - {}\nc: {}\nd:\n");
	const struct yaml_node *root = yaml_root(y), *list = yaml_get(root, "b");
	assert_int_equal(yaml_line(yaml_get(root, "a")), 1);
	assert_int_equal(yaml_column(yaml_get(root, "a")), 4);
	assert_int_equal(yaml_line(yaml_at(list, 0)), 3);
	assert_int_equal(yaml_column(yaml_at(list, 0)), 5);
	assert_int_equal(yaml_line(yaml_at(list, 2)), 3);
	assert_int_equal(yaml_line(yaml_get(root, "c")), 6);
	assert_int_equal(yaml_line(yaml_get(root, "d")), 7);
	assert_int_equal(yaml_line(yaml_key_node(root, 2)), 6);
	struct err e = ERR_INIT;
	assert_int_equal(yaml_error(y, yaml_get(root, "d"), &e, "%s is missing", "it"), -1);
	assert_string_equal(e.text, "c.yaml:7:1: it is missing");
	yaml_free(y);
}

static void values_are_read_by_type_or_complained_about(void **state)
{
	(void)state;
	struct yaml *y = parse("n: 12\nneg: -3\nyes: on\nno: false\nfor: 250ms\nday: 1d\n"
			       "word: abc\nlist: [1]\nhuge: 99999999999999999999\nempty:\n");
	const struct yaml_node *root = yaml_root(y);
	struct err e = ERR_INIT;
	const char *text = "kept";
	int64_t n = 7;
	bool flag = false;
	assert_int_equal(yaml_get_int(y, root, "n", 0, 20, &n, &e), 0);
	assert_int_equal(n, 12);
	assert_int_equal(yaml_get_int(y, root, "absent", 0, 20, &n, &e), 0);
	assert_int_equal(n, 12);
	assert_int_equal(yaml_get_int(y, root, "neg", 0, 20, &n, &e), -1);
	assert_string_equal(e.text, "c.yaml:2:6: neg must be a whole number from 0 to 20");
	assert_int_equal(yaml_get_int(y, root, "huge", 0, INT64_MAX, &n, &e), -1);
	assert_int_equal(yaml_get_int(y, root, "word", 0, 20, &n, &e), -1);
	assert_int_equal(yaml_get_int(y, root, "empty", 0, 20, &n, &e), -1);
	assert_int_equal(yaml_get_int(y, root, "list", 0, 20, &n, &e), -1);
	assert_int_equal(yaml_get_bool(y, root, "yes", &flag, &e), 0);
	assert_true(flag);
	assert_int_equal(yaml_get_bool(y, root, "no", &flag, &e), 0);
	assert_false(flag);
	assert_int_equal(yaml_get_bool(y, root, "n", &flag, &e), -1);
	assert_int_equal(yaml_get_duration(y, root, "for", &n, &e), 0);
	assert_int_equal(n, 250);
	assert_int_equal(yaml_get_duration(y, root, "day", &n, &e), 0);
	assert_int_equal(n, 86400000);
	assert_int_equal(yaml_get_duration(y, root, "n", &n, &e), -1);
	assert_int_equal(yaml_get_duration(y, root, "neg", &n, &e), -1);
	assert_int_equal(yaml_get_text(y, root, "absent", &text, &e), 0);
	assert_string_equal(text, "kept");
	assert_int_equal(yaml_get_text(y, root, "list", &text, &e), -1);
	assert_string_equal(e.text, "c.yaml:8:8: list must be a text");
	yaml_free(y);
}

static void unknown_keys_are_refused_with_a_suggestion(void **state)
{
	(void)state;
	static const char *const known[] = {"base_url", "connector", "name", NULL};
	struct yaml *y = parse("name: a\nbase_ulr: x\n");
	struct err e = ERR_INIT;
	assert_int_equal(yaml_only_keys(y, yaml_root(y), known, &e), -1);
	assert_string_equal(e.text,
			    "c.yaml:2:1: unknown key \"base_ulr\"; did you mean \"base_url\"?");
	yaml_free(y);
	y = parse("name: a\nsomething: x\n");
	assert_int_equal(yaml_only_keys(y, yaml_root(y), known, &e), -1);
	assert_string_equal(e.text, "c.yaml:2:1: unknown key \"something\"; there are: "
				    "base_url, connector, name");
	yaml_free(y);
	y = parse("name: a\n");
	assert_int_equal(yaml_only_keys(y, yaml_root(y), known, &e), 0);
	assert_int_equal(yaml_only_keys(y, yaml_get(yaml_root(y), "name"), known, &e), -1);
	yaml_free(y);
	y = parse("? [a, b]\n: c\n");
	assert_int_equal(yaml_only_keys(y, yaml_root(y), known, &e), -1);
	yaml_free(y);
}

static void files_are_loaded_or_the_reason_told(void **state)
{
	(void)state;
	char dir[] = "/tmp/ioc-yaml.XXXXXX", path[64], pipe[64];
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/c.yaml", dir);
	snprintf(pipe, sizeof pipe, "%s/pipe", dir);
	struct err e = ERR_INIT;
	assert_null(yaml_load(path, &e));
	assert_int_equal(e.code, ERR_IO);
	assert_non_null(strstr(e.text, path));
	assert_null(yaml_load(dir, &e));
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_null(yaml_load(pipe, &e));
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs("a: [\n", f);
	fclose(f);
	assert_null(yaml_load(path, &e));
	assert_memory_equal(e.text, path, strlen(path));
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("a: b\n", f);
	fclose(f);
	struct yaml *y = yaml_load(path, &e);
	assert_non_null(y);
	assert_string_equal(yaml_text(yaml_get(yaml_root(y), "a")), "b");
	yaml_free(y);
	assert_int_equal(truncate(path, ((off_t)16 << 20) + 1), 0);
	assert_null(yaml_load(path, &e));
	assert_int_equal(e.code, ERR_LIMIT);
	unlink(path);
	unlink(pipe);
	rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_lists_and_texts_are_reached),
		cmocka_unit_test(nothing_but_comments_has_no_root),
		cmocka_unit_test(mistakes_are_told_with_their_place),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(places_of_values_are_known),
		cmocka_unit_test(values_are_read_by_type_or_complained_about),
		cmocka_unit_test(unknown_keys_are_refused_with_a_suggestion),
		cmocka_unit_test(files_are_loaded_or_the_reason_told),
	};
	return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}

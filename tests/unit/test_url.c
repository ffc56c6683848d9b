/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include "api/url.h"

static void paths_are_put_behind_the_base(void **state)
{
	(void)state;
	static const struct {
		const char *base, *path, *wanted;
	} cases[] = {
		{"https://a.vn", "/v1/x", "https://a.vn/v1/x"},
		{"https://a.vn/api/", "/v1/x", "https://a.vn/api/v1/x"},
		{"https://a.vn/api", "v1", "https://a.vn/api/v1"},
		{"https://a.vn/api", "", "https://a.vn/api"},
		{"https://a.vn", "https://a.vn:443/x", "https://a.vn:443/x"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct strbuf b = STRBUF_INIT;
		struct err e = ERR_INIT;
		assert_int_equal(url_join(cases[i].base, cases[i].path, &b, &e), 0);
		assert_string_equal(b.s, cases[i].wanted);
		strbuf_free(&b);
	}
}

static void another_origin_is_never_reached(void **state)
{
	(void)state;
	static const char *const paths[] = {"https://b.vn/", "http://a.vn/",
					    "https://a.vn:444/", "file:///etc/passwd",
					    "@b.vn/x://"};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct strbuf b = STRBUF_INIT;
		struct err e = ERR_INIT;
		assert_int_equal(url_join("https://a.vn", paths[i], &b, &e), -1);
		strbuf_free(&b);
	}
	assert_true(url_same_origin("http://A.vn/x", "http://a.vn:80/y?z"));
	assert_false(url_same_origin("http://a.vn", "https://a.vn"));
	assert_false(url_same_origin("nonsense", "nonsense"));
	assert_true(url_is_allowed("https://a", false));
	assert_false(url_is_allowed("file:///x", false));
	assert_true(url_is_allowed("file:///x", true));
	assert_false(url_is_allowed("gopher://x", true));
}

static void queries_are_escaped_and_logs_do_not_show_them(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT, log = STRBUF_INIT;
	strbuf_adds(&b, "https://u:p@a.vn:8/x");
	url_add_query(&b, "q", "a&b=c d");
	url_add_query(&b, "token", "s");
	assert_string_equal(b.s, "https://u:p@a.vn:8/x?q=a%26b%3Dc%20d&token=s");
	url_for_log(b.s, &log);
	assert_string_equal(log.s, "https://a.vn:8/x");
	strbuf_free(&b);
	strbuf_free(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_are_put_behind_the_base),
		cmocka_unit_test(another_origin_is_never_reached),
		cmocka_unit_test(queries_are_escaped_and_logs_do_not_show_them),
	};
	return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}

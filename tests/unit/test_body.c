/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bodies of requests: what is put in is escaped by the place where it stands. */
#include "unit.h"

#include <string.h>

#include "api/connector.h"
#include "api/template.h"
#include "base/alloc.h"

#define HEAD                                                                                   \
	"resources:\n  - kind: complaint\n    request:\n      path: /x\n      method: POST\n"

static struct connector *parse(const char *text, struct findings *f)
{
	return connector_parse("test", "test.yaml", text, strlen(text), f);
}

static void expect(const struct template *t, const char *wanted)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	jv o = jv_parse(
		"{\"cursor\":null,\"limit\":50,\"settings\":{\"q\":\"a\\\"b\\n<c>&%\"}}");
	assert_non_null(t);
	assert_int_equal(template_expand(t, o, &b, &e), 1);
	assert_string_equal(b.s, wanted);
	jv_free(o);
	strbuf_free(&b);
}

static void left_out(const struct template *t)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	jv o = jv_parse("{\"cursor\":null,\"limit\":50}");
	assert_int_equal(template_expand(t, o, &b, &e), 0);
	assert_int_equal(b.len, 0);
	jv_free(o);
	strbuf_free(&b);
}

static void json_keeps_types_and_escapes_texts(void **state)
{
	(void)state;
	struct findings f = FINDINGS_INIT;
	struct connector *c = parse(HEAD "      json:\n"
					 "        size: \\(.limit)\n"
					 "        cursor: \\(.cursor)\n"
					 "        say: 'x \\(.settings.q)'\n"
					 "        list: [1, '1', true, null, a]\n"
					 "        deep: {none: null}\n",
				    &f);
	assert_int_equal(f.count, 0);
	expect(connector_resource(c, 0)->request.json,
	       "{\"size\":50,\"say\":\"x a\\\"b\\n<c>&%\",\"list\":[1,\"1\",true,null,\"a\"],"
	       "\"deep\":{\"none\":null}}");
	assert_string_equal(request_type(&connector_resource(c, 0)->request),
			    "application/json");
	connector_free(c);
}

static void xml_escapes_what_is_put_in(void **state)
{
	(void)state;
	struct findings f = FINDINGS_INIT;
	struct connector *c = parse(HEAD "      xml: <q n=\"\\(.limit)\">\\(.settings.q)</q>\n",
				    &f);
	assert_int_equal(f.count, 0);
	expect(connector_resource(c, 0)->request.xml,
	       "<q n=\"50\">a&quot;b\n&lt;c&gt;&amp;%</q>");
	connector_free(c);
}

static void what_stands_by_its_name_is_left_out_where_a_part_is_null(void **state)
{
	(void)state;
	struct findings f = FINDINGS_INIT;
	struct connector *c = parse(HEAD
				    "      query: {f: 'at gt \\(.cursor)', n: 'n=\\(.limit)',\n"
				    "        both: '\\(.limit)-\\(.cursor)'}\n"
				    "      headers: {If-Match: '\"\\(.cursor)\"'}\n"
				    "      body: 'from \\(.cursor)'\n",
				    &f);
	assert_int_equal(f.count, 0);
	const struct request_spec *r = &connector_resource(c, 0)->request;
	left_out(r->query.list[0].value);
	expect(r->query.list[1].value, "n=50");
	left_out(r->query.list[2].value);
	left_out(r->headers.list[0].value);
	expect(r->body, "from null");
	connector_free(c);
}

static void finding(const char *text, const char *wanted)
{
	struct findings f = FINDINGS_INIT;
	assert_null(parse(text, &f));
	assert_int_equal(f.count, 1);
	assert_string_equal(f.list[0], wanted);
	findings_free(&f);
}

static void mistakes_are_told_where_they_are(void **state)
{
	(void)state;
	finding(HEAD "      json:\n        a: 1\n        b: {c: '\\(.x | nosuch)'}\n",
		"test.yaml:8:24: json: nosuch is not defined; a member of the "
		"input is written .nosuch, a text \"nosuch\"");
	finding(HEAD "      json: {a: 1}\n      body: x\n",
		"test.yaml:2:5: only one of body, json, xml and form can be sent");
	finding("resources:\n  - {kind: complaint, request: {path: /x, method: PUT}}\n",
		"test.yaml:2:6: PUT changes what is there; this only reads");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_keeps_types_and_escapes_texts),
		cmocka_unit_test(xml_escapes_what_is_put_in),
		cmocka_unit_test(what_stands_by_its_name_is_left_out_where_a_part_is_null),
		cmocka_unit_test(mistakes_are_told_where_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

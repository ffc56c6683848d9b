/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each form becomes on the tape, and what is said of answers that have another. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "api/format.h"

/* What a text becomes, as JSON; or what is said of it.  The caller frees. */
static char *read_as(const struct format_spec *s, const char *type, const char *text, size_t n)
{
	struct tape t = TAPE_INIT;
	struct failure f = FAILURE_NONE;
	struct strbuf out = STRBUF_INIT;
	char *copy = malloc(n + 1);
	memcpy(copy, text, n);
	copy[n] = '\0';
	if (format_read(s, copy, n, type, &t, &f) == 0)
		node_write(t.nodes, 0, &out);
	else
		strbuf_addf(&out, "%s: %s: %s", err_code_name(f.code), f.what, f.detail);
	tape_free(&t);
	free(copy);
	return strbuf_detach(&out);
}

static void expect(const struct format_spec *s, const char *type, const char *text, size_t n,
		   const char *wanted)
{
	char *got = read_as(s, type, text, n);
	assert_string_equal(got, wanted);
	free(got);
}

static void expect_start(const struct format_spec *s, const char *type, const char *text,
			 const char *wanted)
{
	char *got = read_as(s, type, text, strlen(text));
	if (strncmp(got, wanted, strlen(wanted)) != 0)
		assert_string_equal(got, wanted);
	free(got);
}

#define EXPECT(spec, type, text, wanted) expect(spec, type, text, sizeof(text) - 1, wanted)

static const struct format_spec any = {.type = FORMAT_AUTO};
static const struct format_spec json = {.type = FORMAT_JSON};
static const struct format_spec ndjson = {.type = FORMAT_NDJSON};
static const struct format_spec xml = {.type = FORMAT_XML};
static const struct format_spec csv = {.type = FORMAT_CSV};

static void form_is_guessed_from_type_and_looks(void **state)
{
	(void)state;
	EXPECT(&any, "", " {\"a\": 1}", "{\"a\":1}");
	EXPECT(&any, "application/json", "\xef\xbb\xbf[1]", "[1]");
	EXPECT(&any, "text/xml", "<a>1</a>", "{\"a\":\"1\"}");
	EXPECT(&any, "", "<?xml version='1.0'?><a/>", "{\"a\":null}");
	EXPECT(&any, "text/csv; charset=utf-8", "a,b\n1,2\n", "[{\"a\":\"1\",\"b\":\"2\"}]");
	EXPECT(&any, "application/x-ndjson", "{\"a\":1}\n{\"a\":2}\n", "[{\"a\":1},{\"a\":2}]");
	EXPECT(&any, "application/json-seq", "\x1e{\"a\":1}\n\x1e{\"a\":2}\n",
	       "[{\"a\":1},{\"a\":2}]");
	EXPECT(&any, "", "\x1e{\"a\":1}\n", "[{\"a\":1}]");
}

static void values_in_a_row_are_a_list(void **state)
{
	(void)state;
	EXPECT(&ndjson, "", "", "[]");
	EXPECT(&ndjson, "", " \n\n", "[]");
	EXPECT(&ndjson, "", "{\"a\":1}{\"a\":2}[3]", "[{\"a\":1},{\"a\":2},[3]]");
	EXPECT(&ndjson, "", "{\n \"a\": 1\n}\n{\n \"a\": 2\n}", "[{\"a\":1},{\"a\":2}]");
	EXPECT(&ndjson, "", "1 2\r\n3", "[1,2,3]");
	EXPECT(&ndjson, "", "\xef\xbb\xbf{}\n", "[{}]");
}

static void broken_line_is_a_text_among_the_values(void **state)
{
	(void)state;
	EXPECT(&ndjson, "", "{\"a\":1}\n{\"a\":\n{\"a\":[2]}\n",
	       "[{\"a\":1},\"{\\\"a\\\":\",{\"a\":[2]}]");
	EXPECT(&ndjson, "", "oops\n{\"a\":NaN,\"b\":006,\"c\":[[]]}\n[\"\\ud800\"]",
	       "[\"oops\",{\"a\":null,\"b\":6,\"c\":[[]]},[\"?\"]]");
}

static void xml_keeps_attributes_texts_and_repetitions(void **state)
{
	(void)state;
	EXPECT(&xml, "", "<a x='1' y=\"&lt;&#x1EA1;\"> t <b>1</b><c/><b k='v'>2</b></a>",
	       "{\"a\":{\"@x\":\"1\",\"@y\":\"<ạ\",\"b\":[\"1\",{\"@k\":\"v\",\"#text\":\"2\"}]"
	       ","
	       "\"c\":null,\"#text\":\"t\"}}");
	EXPECT(&xml, "", "<a>  \n </a>", "{\"a\":null}");
	EXPECT(&xml, "", "<a><![CDATA[<b> & ]]>c</a>", "{\"a\":\"<b> & c\"}");
	EXPECT(&xml, "", "\n<?xml version=\"1.0\"?><!-- c --><a><?p i?>1</a>", "{\"a\":\"1\"}");
}

static void xml_names_lose_their_prefix_unless_it_is_wanted(void **state)
{
	static const char text[] = "<cap:alert xmlns:cap='urn:x' cap:k='1'><cap:info/>"
				   "<wild:z/></cap:alert>";
	struct format_spec kept = {.type = FORMAT_XML, .xml = {.prefixes = true}};
	(void)state;
	EXPECT(&xml, "", text, "{\"alert\":{\"@k\":\"1\",\"info\":null,\"z\":null}}");
	char *got = read_as(&kept, "", text, sizeof text - 1);
	assert_non_null(strstr(got, "{\"cap:alert\":{\"@cap:k\":\"1\",\"cap:info\":null,"));
	free(got);
}

static void xml_lists_are_lists_also_where_they_come_once(void **state)
{
	const char *names[] = {"info", NULL};
	struct format_spec s = {.type = FORMAT_XML, .xml = {.lists = {names, 1}}};
	(void)state;
	EXPECT(&s, "", "<a><info>1</info></a>", "{\"a\":{\"info\":[\"1\"]}}");
}

static void xml_with_many_names_stays_in_order(void **state)
{
	struct strbuf text = STRBUF_INIT, wanted = STRBUF_INIT;
	(void)state;
	strbuf_adds(&text, "<a>");
	strbuf_adds(&wanted, "{\"a\":{");
	for (int i = 0; i < 100; i++) {
		strbuf_addf(&text, "<n%d/>", i);
		strbuf_addf(&wanted, "%s\"n%d\":[null,null]", i ? "," : "", i);
	}
	for (int i = 99; i >= 0; i--)
		strbuf_addf(&text, "<n%d/>", i);
	strbuf_adds(&text, "</a>");
	strbuf_adds(&wanted, "}}");
	expect(&xml, "", text.s, text.len, wanted.s);
	strbuf_free(&text);
	strbuf_free(&wanted);
}

static void xml_that_defines_entities_is_refused(void **state)
{
	(void)state;
	EXPECT(&xml, "", "<!DOCTYPE a [<!ENTITY x \"boom\"><!ENTITY y \"&x;&x;\">]><a>&y;</a>",
	       "parse: the answer is not XML: it defines entities, which is not allowed");
	EXPECT(&xml, "", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
	       "parse: the answer is not XML: it defines entities, which is not allowed");
	EXPECT(&xml, "", "<!DOCTYPE a [<!ENTITY % x SYSTEM \"file:///etc/passwd\"> %x;]><a/>",
	       "parse: the answer is not XML: it defines entities, which is not allowed");
	EXPECT(&xml, "", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a>1</a>",
	       "{\"a\":\"1\"}");
}

static void xml_too_deep_is_refused(void **state)
{
	struct strbuf text = STRBUF_INIT;
	(void)state;
	for (int i = 0; i < 100000; i++)
		strbuf_adds(&text, "<a>");
	expect(&xml, "", text.s, text.len, "limit: the answer is not XML: nested too deeply");
	strbuf_free(&text);
}

static void broken_xml_is_told_with_its_line(void **state)
{
	(void)state;
	expect_start(&xml, "", "<a>\n<b></a>",
		     "parse: the answer is not XML: line 2: Opening and ending tag mismatch");
	expect_start(&xml, "", "<a>\n<b>", "parse: the answer is not XML: line 2: ");
	expect_start(&xml, "", "just words", "parse: the answer is not XML: line 1: ");
}

static void xml_is_read_in_its_own_charset(void **state)
{
	struct format_spec named = {.type = FORMAT_XML, .charset = "windows-1258"};
	(void)state;
	EXPECT(&xml, "", "<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9</a>",
	       "{\"a\":\"café\"}");
	EXPECT(&xml, "text/xml; charset=iso-8859-1", "<a>caf\xe9</a>", "{\"a\":\"café\"}");
	EXPECT(&xml, "", "\xff\xfe<\0a\0>\0\xa1\x1e<\0/\0a\0>\0", "{\"a\":\"ạ\"}");
	EXPECT(&named, "", "<?xml version='1.0' encoding='UTF-8'?><a>\xf0\xf5</a>",
	       "{\"a\":\"đơ\"}");
	/* A server that calls UTF-8 Latin is not believed. */
	EXPECT(&xml, "text/xml; charset=iso-8859-1", "<a>ạ</a>", "{\"a\":\"ạ\"}");
}

static void csv_is_a_list_of_objects(void **state)
{
	(void)state;
	EXPECT(&csv, "", "", "[]");
	EXPECT(&csv, "", "a,b\n", "[]");
	EXPECT(&csv, "",
	       "\xef\xbb\xbf"
	       "a;\"b c\"\r\n1;\"x;\"\"y\"\"\nz\"\r\n\r\n 007 ;\r\n",
	       "[{\"a\":\"1\",\"b c\":\"x;\\\"y\\\"\\nz\"},{\"a\":\"007\",\"b c\":\"\"}]");
	EXPECT(&csv, "", "a\t\tc\n1\t2\t3\t4\n5\n",
	       "[{\"a\":\"1\",\"#2\":\"2\",\"c\":\"3\",\"#4\":\"4\"},{\"a\":\"5\"}]");
}

static void csv_without_header_takes_its_names_from_the_connector(void **state)
{
	const char *names[] = {"src", "dst", NULL};
	struct format_spec s = {
		.type = FORMAT_CSV,
		.csv = {.columns = {names, 2}, .skip = 1, .delimiter = ":", .quote = "'"}};
	(void)state;
	EXPECT(&s, "", "generated, today\n1:'2:3'\n", "[{\"src\":\"1\",\"dst\":\"2:3\"}]");
}

static void csv_is_converted(void **state)
{
	struct format_spec named = {.type = FORMAT_CSV, .charset = "windows-1258"};
	(void)state;
	EXPECT(&csv, "",
	       "\xff\xfe"
	       "a\0\n\0\xa1\x1e\n\0",
	       "[{\"a\":\"ạ\"}]");
	EXPECT(&csv, "text/csv; charset=\"iso-8859-1\"", "a\ncaf\xe9\n", "[{\"a\":\"café\"}]");
	EXPECT(&named, "", "a\n\xf0\xf5\n", "[{\"a\":\"đơ\"}]");
	EXPECT(&csv, "", "a\ncaf\xe9\n", "[{\"a\":\"caf\xef\xbf\xbd\"}]");
}

static void csv_whose_quote_never_closes_is_refused(void **state)
{
	(void)state;
	EXPECT(&csv, "", "a,b\n1,\"2\n3,4\n",
	       "parse: the answer is not CSV: a quote is opened and not closed");
}

static void unknown_charset_is_told(void **state)
{
	struct format_spec s = {.type = FORMAT_CSV, .charset = "klingon"};
	struct format_spec utf16 = {.type = FORMAT_JSON, .charset = "UTF-16BE"};
	(void)state;
	EXPECT(&s, "", "a\n", "parse: the answer is not CSV: no such charset: klingon");
	EXPECT(&utf16, "", "\xd8\x01\0a",
	       "parse: the answer is not JSON: not written in UTF-16BE");
}

static void web_pages_are_told_by_their_title(void **state)
{
	(void)state;
	EXPECT(&any, "text/html",
	       "<!DOCTYPE html><html><head><title>\n 502 Bad Gateway</title>",
	       "parse: the server sent a web page instead of data: “502 Bad Gateway”");
	EXPECT(&xml, "", "<?xml version='1.0'?>\n<!-- x --><HTML><body>sorry",
	       "parse: the server sent a web page instead of data: <HTML><body>sorry");
	EXPECT(&json, "text/html; charset=utf-8",
	       "<html><title>Đăng nhập</title><form><INPUT name=p type='password'></form>",
	       "auth: the server sent a login page instead of data: “Đăng nhập”");
}

static void other_answers_are_told_by_their_beginning(void **state)
{
	(void)state;
	EXPECT(&json, "", "", "parse: the server sent an empty answer: ");
	EXPECT(&any, "", " \r\n", "parse: the server sent an empty answer: ");
	expect_start(&json, "", "<alert/>",
		     "parse: the server sent XML where none was due: <alert/>");
	EXPECT(&json, "", "Invalid key",
	       "parse: the server sent words instead of data: Invalid key");
}

static void names_are_one_whatever_way_they_are_typed(void **state)
{
	struct format_spec folded = {.keys = FORMAT_KEYS_FOLDED};
	(void)state;
	EXPECT(&any, "", "{\"Ma\xcc\x83 ho\xcc\x82\xcc\x80 s\x6f\xcc\x9b\":{\"a B\":1}}",
	       "{\"Mã hồ sơ\":{\"a B\":1}}");
	EXPECT(&folded, "", "{\"MÃ HỒ SƠ\":1,\"MaHoSo\":2,\"Đơn  vị\":[{\"tenTTHC\":3}]}",
	       "{\"ma ho so\":1,\"mahoso\":2,\"don vi\":[{\"tentthc\":3}]}");
}

static void item_that_was_kept_is_read_again(void **state)
{
	struct format_spec folded = {.keys = FORMAT_KEYS_FOLDED};
	struct tape t = TAPE_INIT;
	(void)state;
	assert_int_equal(format_reread(&folded, "{\"MA\":1}", 8, &t, NULL), 0);
	assert_non_null(node_get(t.nodes, "ma", 2));
	assert_memory_equal(t.nodes->s, "{\"MA\":1}", 8);
	tape_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(form_is_guessed_from_type_and_looks),
		cmocka_unit_test(values_in_a_row_are_a_list),
		cmocka_unit_test(broken_line_is_a_text_among_the_values),
		cmocka_unit_test(xml_keeps_attributes_texts_and_repetitions),
		cmocka_unit_test(xml_names_lose_their_prefix_unless_it_is_wanted),
		cmocka_unit_test(xml_lists_are_lists_also_where_they_come_once),
		cmocka_unit_test(xml_with_many_names_stays_in_order),
		cmocka_unit_test(xml_that_defines_entities_is_refused),
		cmocka_unit_test(xml_too_deep_is_refused),
		cmocka_unit_test(broken_xml_is_told_with_its_line),
		cmocka_unit_test(xml_is_read_in_its_own_charset),
		cmocka_unit_test(csv_is_a_list_of_objects),
		cmocka_unit_test(csv_without_header_takes_its_names_from_the_connector),
		cmocka_unit_test(csv_is_converted),
		cmocka_unit_test(csv_whose_quote_never_closes_is_refused),
		cmocka_unit_test(unknown_charset_is_told),
		cmocka_unit_test(web_pages_are_told_by_their_title),
		cmocka_unit_test(other_answers_are_told_by_their_beginning),
		cmocka_unit_test(names_are_one_whatever_way_they_are_typed),
		cmocka_unit_test(item_that_was_kept_is_read_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

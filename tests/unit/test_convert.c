/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as vendors write them, through a whole connector into records. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/connector.h"
#include "api/htmltext.h"
#include "api/jqfilter.h"
#include "api/jqmap.h"
#include "api/location.h"
#include "base/clock.h"
#include "base/strbuf.h"

struct bench {
	struct connector *connector;
	struct mapper *mapper;
	struct haul haul;
};

static void print_findings(const struct findings *f)
{
	for (size_t i = 0; i < f->count; i++)
		print_message("%s\n", f->list[i]);
}

/* A connector with one feed of complaints that says this besides. */
static void setup(struct bench *b, const char *lines)
{
	struct findings f = FINDINGS_INIT;
	struct strbuf text = STRBUF_INIT;
	strbuf_addf(&text,
		    "timezone: Asia/Ho_Chi_Minh\nresources:\n"
		    "  - kind: complaint\n    request: {path: /}\n%s",
		    lines);
	b->connector = connector_parse("c", "c.yaml", text.s, text.len, &f);
	print_findings(&f);
	assert_non_null(b->connector);
	b->mapper = mapper_new();
	b->haul = (struct haul)HAUL_INIT;
	findings_free(&f);
	strbuf_free(&text);
}

static void teardown(struct bench *b)
{
	haul_free(&b->haul);
	mapper_free(b->mapper);
	connector_free(b->connector);
}

/* Maps one item; the record, or NULL where it was set aside. */
static const struct record *map(struct bench *b, const char *item)
{
	const struct resource *r = connector_resource(b->connector, 0);
	struct mapping how = {.source = "s",
			      .kind = r->kind,
			      .map = r->map,
			      .connector = b->connector,
			      .convert = &r->convert};
	struct tape t = TAPE_INIT;
	size_t before = b->haul.count;
	assert_int_equal(tape_read(&t, item, strlen(item), NULL), 0);
	mapper_item(b->mapper, &how, t.nodes, &b->haul);
	tape_free(&t);
	return b->haul.count > before ? b->haul.records[before] : NULL;
}

static const char *text(const struct record *r, const char *column)
{
	return record_text(r, (size_t)kind_column(r->kind, column));
}

static void times_are_read_as_the_vendor_writes_them(void **state)
{
	struct bench b;
	char at[CLOCK_TEXT];
	(void)state;
	setup(&b, "    times: [dd/MM/yyyy HH:mm, iso]\n");
	const struct record *r = map(
		&b, "{\"id\":1,\"created_at\":\"20/11/2026 14:05\","
		    "\"due_at\":\"0001-01-01T00:00:00\","
		    "\"updated_at\":\"2026-11-20T14:06:00\","
		    "\"version\":\"20/11/2026 14:06\","
		    "\"history\":[{\"at\":\"20/11/2026 14:05\",\"text\":\"x\"}]}");
	assert_non_null(r);
	clock_format_utc(record_int(r, COL_CREATED_AT, 0), at);
	assert_string_equal(at, "2026-11-20T07:05:00.000Z");
	clock_format_utc(record_int(r, COL_UPDATED_AT, 0), at);
	assert_string_equal(at, "2026-11-20T07:06:00.000Z");
	assert_false(r->values[COL_DUE_AT].set);
	assert_int_equal(r->version, INT64_C(1795158360000));
	assert_string_equal(
		r->detail,
		"{\"history\":[{\"at\":\"2026-11-20T07:05:00.000Z\",\"text\":\"x\"}]}");
	assert_null(map(&b, "{\"id\":2,\"created_at\":\"11/20/2026 14:05\"}"));
	assert_string_equal(b.haul.rejects[0].reason,
			    "created_at: not a time: 11/20/2026 14:05 (see times in "
			    "ioc-connector(5))");
	teardown(&b);
}

static void numbers_may_have_a_comma(void **state)
{
	struct bench b;
	(void)state;
	setup(&b, "    numbers: 1.234,5\n");
	const struct record *r = map(&b, "{\"id\":1,\"lat\":\"21,327\",\"lon\":\"103,9141\","
					 "\"returned_count\":\"1.234\"}");
	assert_non_null(r);
	assert_true(r->values[COL_LAT].r > 21.3269 && r->values[COL_LAT].r < 21.3271);
	assert_int_equal(record_int(r, (size_t)kind_column(r->kind, "returned_count"), 0),
			 1234);
	teardown(&b);
}

static void states_are_mapped_and_the_unknown_stays_visible(void **state)
{
	struct bench b;
	(void)state;
	setup(&b, "    values:\n"
		  "      state:\n"
		  "        map: {'0': MOI, '1..3': DANG_XL, Đã xong: DONG, 'true': DONG}\n"
		  "      channel: {map: {Ứng dụng: app}, default: web}\n");
	const struct record *r = map(&b, "{\"id\":1,\"state\":0,\"channel\":\"ỨNG DỤNG\"}");
	assert_string_equal(text(r, "state"), "MOI");
	assert_string_equal(text(r, "src_state"), "0");
	assert_string_equal(text(r, "channel"), "app");
	assert_string_equal(text(map(&b, "{\"id\":2,\"state\":\"2\"}"), "state"), "DANG_XL");
	assert_string_equal(text(map(&b, "{\"id\":3,\"state\":true}"), "state"), "DONG");
	r = map(&b, "{\"id\":4,\"state\":\"đã  XONG\",\"src_state\":\"x\"}");
	assert_string_equal(text(r, "state"), "DONG");
	assert_string_equal(text(r, "src_state"), "x");
	assert_int_equal(b.haul.unknown_count, 0);
	r = map(&b, "{\"id\":5,\"state\":\"CHO_DUYET\",\"channel\":\"fax\",\"history\":"
		    "[{\"from\":\"0\",\"to\":\"CHO_DUYET\"}]}");
	assert_string_equal(text(r, "state"), "CHO_DUYET");
	assert_string_equal(text(r, "src_state"), "CHO_DUYET");
	assert_string_equal(text(r, "channel"), "web");
	assert_string_equal(r->detail,
			    "{\"history\":[{\"from\":\"MOI\",\"to\":\"CHO_DUYET\"}]}");
	map(&b, "{\"id\":6,\"state\":\"CHO_DUYET\"}");
	assert_int_equal(b.haul.unknown_count, 2);
	assert_string_equal(b.haul.unknowns[0].column, "state");
	assert_string_equal(b.haul.unknowns[0].value, "CHO_DUYET");
	assert_int_equal(b.haul.unknowns[0].count, 2);
	teardown(&b);
}

static void value_maps_turn_round(void **state)
{
	struct bench b;
	(void)state;
	setup(&b,
	      "    values: {state: {map: {'7': MOI, '0': MOI, '1': DONG, '2..3': DANG_XL}}}\n");
	const struct convert_spec *s = connector_convert(b.connector, kind_find("complaint"));
	jv all = value_map_reverse(s->values.list, s->values.count);
	jv text = jv_dump_string(all, JV_PRINT_SORTED);
	assert_string_equal(jv_string_value(text),
			    "{\"state\":{\"DONG\":\"1\",\"MOI\":\"7\"}}");
	jv_free(text);
	teardown(&b);
}

static void html_becomes_lines(void **state)
{
	static const char *const cases[][2] = {
		{"plain\ntext, 3 < 5", "plain\ntext, 3 < 5"},
		{"a &amp; b\nc&nbsp;d &#7841; &agrave;", "a & b\nc\xc2\xa0"
							 "d ạ à"},
		{"một<br>hai<br/><br>ba", "một\nhai\n\nba"},
		{"<p>một</p>\n<p>hai  \n hai</p>", "một\n\nhai hai"},
		{"<ul><li>a<li>b</ul>sau", "- a\n- b\nsau"},
		{"<style>p{}</style><script>alert('<p>')</script>x<!-- y -->", "x"},
		{"xem <a href='https://x.vn/1'>đây</a>.", "xem đây (https://x.vn/1)."},
		{"<a href=\"https://x.vn/\">https://x.vn/</a> <a href='javascript:a()'>b</a>",
		 "https://x.vn/ b"},
		{"<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3"},
		{"<div>a<b>b</b> <i>c</div>d", "ab c\nd"},
		{"<pre>a\n  b</pre>", "a\nb"},
		{"<img src=x alt='ảnh'>", "ảnh"},
		{"<p", ""},
		{"", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct strbuf b = STRBUF_INIT;
		htmltext_append(&b, cases[i][0], strlen(cases[i][0]));
		assert_string_equal(b.s, cases[i][1]);
		strbuf_free(&b);
	}
}

static void html_columns_are_shown_as_text(void **state)
{
	struct bench b;
	(void)state;
	setup(&b, "    html: [body, history]\n");
	const struct record *r = map(&b, "{\"id\":1,\"title\":\"a<b\",\"body\":\"<p>x</p>y\","
					 "\"history\":[{\"text\":\"<b>z</b>\"}]}");
	assert_string_equal(text(r, "title"), "a<b");
	assert_string_equal(text(r, "body"), "x\n\ny");
	assert_string_equal(r->detail, "{\"history\":[{\"text\":\"z\"}]}");
	teardown(&b);
}

static void a_column_named_twice_is_unwrapped_twice(void **state)
{
	struct bench b;
	(void)state;
	setup(&b, "    html: [body, body, title, history, history]\n");
	const struct record *r = map(&b, "{\"id\":1,\"title\":\"a &amp;amp; b\","
					 "\"body\":\"&lt;p&gt;x&lt;/p&gt;y &amp;amp; z\","
					 "\"history\":[{\"text\":\"&amp;lt;\"}]}");
	assert_string_equal(text(r, "title"), "a &amp; b");
	assert_string_equal(text(r, "body"), "x\n\ny & z");
	assert_string_equal(r->detail, "{\"history\":[{\"text\":\"<\"}]}");
	teardown(&b);
}

static void expect_place(const char *json, const char *wanted)
{
	struct tape t = TAPE_INIT;
	double lat, lon;
	char got[64] = "none";
	assert_int_equal(tape_read(&t, json, strlen(json), NULL), 0);
	if (location_read(t.nodes, &lat, &lon))
		snprintf(got, sizeof got, "%.4f %.4f", lat, lon);
	if (strcmp(got, wanted) != 0)
		fail_msg("%s: %s, not %s", json, got, wanted);
	tape_free(&t);
}

static void places_come_in_many_shapes(void **state)
{
	(void)state;
	expect_place("\"10.9,106.8\"", "10.9000 106.8000");
	expect_place("\"106.8; 10.9\"", "10.9000 106.8000");
	expect_place("\"10.9,106.8 5.0\"", "10.9000 106.8000");
	expect_place(
		"\"38.47,-120.14 38.34,-119.95 38.52,-119.74 38.62,-119.89 38.47,-120.14\"",
		"38.4875 -119.9300");
	expect_place("\"POINT(106.8 10.9)\"", "10.9000 106.8000");
	expect_place("\"[106.8, 10.9]\"", "10.9000 106.8000");
	expect_place("[106.8, 10.9, 12]", "10.9000 106.8000");
	expect_place("[10.9, 106.8]", "10.9000 106.8000");
	expect_place("[\"106.8\", \"10.9\"]", "10.9000 106.8000");
	expect_place("{\"type\":\"Point\",\"coordinates\":[106.8,10.9]}", "10.9000 106.8000");
	expect_place("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
		     "[[[100,10],[102,10],[102,12],[100,12],[100,10]]]}}",
		     "11.0000 101.0000");
	expect_place("{\"lat\":\"10.9\",\"lng\":106.8}", "10.9000 106.8000");
	expect_place("\"0,0\"", "none");
	expect_place("[0, 0]", "none");
	expect_place("{\"lat\":0,\"lng\":0}", "none");
	expect_place("\"\"", "none");
	expect_place("\"phường Tô Hiệu\"", "none");
	expect_place("[1]", "none");
	expect_place("{\"lat\":null,\"lng\":1}", "none");
	expect_place("[500, 400]", "none");
}

static void location_fills_both_columns(void **state)
{
	struct bench b;
	(void)state;
	setup(&b, "");
	const struct record *r = map(&b, "{\"id\":1,\"location\":\"10.9,106.8\"}");
	assert_true(r->values[COL_LAT].set && r->values[COL_LON].set);
	r = map(&b, "{\"id\":2,\"lat\":1,\"lon\":2,\"location\":\"10.9,106.8\"}");
	assert_true(r->values[COL_LAT].r == 1.0);
	teardown(&b);
}

static void wrong_words_are_told_with_their_place(void **state)
{
	static const char text[] = "timezone: Mars\n"
				   "resources:\n"
				   "  - kind: complaint\n"
				   "    request: {path: /}\n"
				   "    times: [iso, HH:mm]\n"
				   "    html: [bodi]\n"
				   "    values:\n"
				   "      stat: {map: {a: b}}\n"
				   "      state: {map: {a: NEW, '5..1': MOI}}\n";
	static const char *const wanted[] = {
		"c.yaml:1:11: no such time zone: Mars",
		"c.yaml:5:18: times: HH:mm: without a year (yyyy)",
		"c.yaml:6:12: complaint has no column bodi; did you mean body?",
		"c.yaml:8:14: complaint has no column stat; did you mean state?",
		"c.yaml:9:15: state: the range 5..1 is empty",
		"c.yaml:9:24: state: no such code: NEW (MOI, XAC_MINH, CHO_BS, DA_CHUYEN, "
		"DANG_XL, "
		"CHO_DUYET, DA_XL, CHO_DAN, DONG, TU_CHOI, CHUYEN_CAP)",
	};
	struct findings f = FINDINGS_INIT;
	(void)state;
	assert_null(connector_parse("c", "c.yaml", text, strlen(text), &f));
	print_findings(&f);
	assert_int_equal(f.count, sizeof wanted / sizeof *wanted);
	for (size_t i = 0; i < f.count; i++)
		assert_string_equal(f.list[i], wanted[i]);
	findings_free(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read_as_the_vendor_writes_them),
		cmocka_unit_test(numbers_may_have_a_comma),
		cmocka_unit_test(states_are_mapped_and_the_unknown_stays_visible),
		cmocka_unit_test(value_maps_turn_round),
		cmocka_unit_test(html_becomes_lines),
		cmocka_unit_test(html_columns_are_shown_as_text),
		cmocka_unit_test(a_column_named_twice_is_unwrapped_twice),
		cmocka_unit_test(places_come_in_many_shapes),
		cmocka_unit_test(location_fills_both_columns),
		cmocka_unit_test(wrong_words_are_told_with_their_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

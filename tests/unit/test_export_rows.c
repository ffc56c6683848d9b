/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "export/escape.h"
#include "export/rows.h"
#include "model/kinds.h"

#define T0 INT64_C(1795265527000) /* 2026-11-21T19:52:07+07:00 */

static struct record *sample(struct arena *a)
{
	struct record *r = record_new(a, &kind_complaint);
	struct err e = ERR_INIT;
	const char *title = "Gọi 0912340000, \"gấp\"";
	r->id = "17";
	r->source = "son-la";
	r->version = 4;
	assert_int_equal(record_put_text(a, r, COL_CODE, "PA-00423", 8, &e), 0);
	assert_int_equal(record_put_text(a, r, COL_TITLE, title, strlen(title), &e), 0);
	assert_int_equal(record_put_text(a, r, COL_STATE, "dang_xu_ly", 10, &e), 0);
	r->values[COL_CREATED_AT] = (struct value){.set = true, .i = T0};
	r->values[COL_LAT] = (struct value){.set = true, .r = 21.325};
	r->values[COL_LON] = (struct value){.set = true, .r = -0.5};
	r->values[COL_SEVERITY] = (struct value){.set = true, .i = 3};
	return r;
}

/* The sample in a format, with these columns. */
static char *render(enum rows_format f, const char *columns, const struct rows_options *more)
{
	struct arena a = ARENA_INIT;
	struct strbuf text = STRBUF_INIT;
	struct out out;
	struct err e = ERR_INIT;
	struct rows_options o = *more;
	o.kind = &kind_complaint;
	o.format = f;
	assert_int_equal(rows_columns_parse(&o.columns, o.kind, f, columns, &e), 0);
	out_open_memory(&out, &text);
	struct rows *x = rows_new(&o, &out);
	rows_begin(x);
	assert_int_equal(rows_add(x, sample(&a)), 0);
	rows_end(x);
	rows_free(x);
	assert_int_equal(out_finish(&out, &e), 0);
	arena_free(&a);
	return strbuf_detach(&text);
}

static void expect(enum rows_format f, const char *columns, const struct rows_options *more,
		   const char *text)
{
	char *got = render(f, columns, more);
	assert_string_equal(got, text);
	free(got);
}

static const struct rows_options plain = {.header = true, .guard = true};

static void csv_has_a_header_and_quotes_what_must_be(void **state)
{
	(void)state;
	expect(ROWS_CSV, "id,code,title,created_at,lat,lon,severity,due_at", &plain,
	       "id,code,title,created_at,lat,lon,severity,due_at\n"
	       "17,PA-00423,\"Gọi 09****0000, \"\"gấp\"\"\",2026-11-21T19:52:07+07:00,"
	       "21.325,-0.5,3,\n");
}

static void personal_columns_are_masked_unless_asked_for(void **state)
{
	(void)state;
	struct rows_options o = plain;
	expect(ROWS_TSV, "title", &o, "title\nGọi 09****0000, \"gấp\"\n");
	o.personal = true;
	expect(ROWS_TSV, "title", &o, "title\nGọi 0912340000, \"gấp\"\n");
}

static void ndjson_has_types(void **state)
{
	(void)state;
	expect(ROWS_NDJSON, "code,version,lat,created_at,due_at", &plain,
	       "{\"code\":\"PA-00423\",\"version\":4,\"lat\":21.325,"
	       "\"created_at\":\"2026-11-21T19:52:07+07:00\",\"due_at\":null}\n");
}

static void json_is_one_array(void **state)
{
	(void)state;
	char *got = render(ROWS_JSON, NULL, &plain);
	json_t *j = json_loads(got, 0, NULL);
	assert_int_equal(json_array_size(j), 1);
	const json_t *first = json_array_get(j, 0);
	assert_string_equal(json_string_value(json_object_get(first, "id")), "17");
	assert_int_equal(json_object_size(first), kind_complaint.column_count + 1);
	json_decref(j);
	free(got);
}

static void no_rows_still_make_a_valid_document(void **state)
{
	(void)state;
	struct strbuf text = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct out out;
	struct rows_options o = {.kind = &kind_complaint, .format = ROWS_JSON};
	rows_columns_parse(&o.columns, o.kind, ROWS_JSON, "code", &e);
	out_open_memory(&out, &text);
	struct rows *x = rows_new(&o, &out);
	rows_begin(x);
	rows_end(x);
	rows_free(x);
	out_finish(&out, &e);
	assert_string_equal(text.s, "[]\n");
	strbuf_free(&text);
}

static void a_table_is_aligned_and_for_people(void **state)
{
	(void)state;
	struct rows_options o = {.header = true, .locale = true, .names = true, .width = 80};
	char *got = render(ROWS_TABLE, "code,state,created_at", &o);
	assert_non_null(strstr(got, "PA-00423"));
	assert_non_null(strstr(got, "21/11/2026 19:52"));
	const char *second = strchr(got, '\n') + 1;
	assert_int_equal(strchr(second, 'P') - second, 0);
	free(got);
}

static void excel_gets_a_mark_and_crlf(void **state)
{
	(void)state;
	struct rows_options o = plain;
	o.excel = true;
	expect(ROWS_CSV, "code", &o,
	       "\xef\xbb\xbf"
	       "code\r\nPA-00423\r\n");
}

static void unknown_columns_are_refused_with_the_nearest_name(void **state)
{
	(void)state;
	struct rows_columns c;
	struct err e = ERR_INIT;
	assert_int_equal(rows_columns_parse(&c, &kind_complaint, ROWS_CSV, "code,titel", &e),
			 -1);
	assert_int_equal(e.code, ERR_USAGE);
	assert_non_null(strstr(e.text, "\"title\""));
	assert_int_equal(rows_columns_parse(&c, &kind_complaint, ROWS_CSV, "", &e), -1);
	assert_int_equal(rows_columns_parse(&c, &kind_complaint, ROWS_CSV, "code,", &e), -1);
}

/* --- cells ------------------------------------------------------------------ */

static void expect_escaped(void (*escape)(struct out *, const char *, size_t), const char *s,
			   const char *expected)
{
	struct strbuf text = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct out out;
	out_open_memory(&out, &text);
	escape(&out, s, strlen(s));
	out_finish(&out, &e);
	assert_string_equal(text.s, expected);
	strbuf_free(&text);
}

static void special_bytes_are_found_at_every_place(void **state)
{
	(void)state;
	for (size_t at = 0; at < 40; at++) {
		char s[42], json[64], csv[64];
		memset(s, 'x', 40);
		s[40] = '\0';
		s[at] = '"';
		snprintf(json, sizeof json, "\"%.*s\\\"%s\"", (int)at, s, s + at + 1);
		snprintf(csv, sizeof csv, "\"%.*s\"\"%s\"", (int)at, s, s + at + 1);
		expect_escaped(escape_json, s, json);
		expect_escaped(escape_csv, s, csv);
	}
}

static void json_escapes_controls_and_keeps_letters(void **state)
{
	(void)state;
	expect_escaped(escape_json, "đường\n\t\\\x01", "\"đường\\n\\t\\\\\\u0001\"");
}

static void tsv_keeps_a_record_on_one_line(void **state)
{
	(void)state;
	expect_escaped(escape_tsv, "a\tb\nc\\d", "a\\tb\\nc\\\\d");
}

static void formulas_are_recognised(void **state)
{
	(void)state;
	static const char *const yes[] = {"=1+1", "+84912", "-1", "@SUM", "\t=1", " =1", "＝1"};
	static const char *const no[] = {"", " ", "PA-1", "1=1", "đ+1", "0912"};
	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		assert_true(escape_is_formula(yes[i], strlen(yes[i])));
	for (size_t i = 0; i < ARRAY_LEN(no); i++)
		assert_false(escape_is_formula(no[i], strlen(no[i])));
}

static void formulas_get_an_apostrophe_and_numbers_do_not(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct strbuf text = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct out out;
	struct rows_options o = {.kind = &kind_complaint, .format = ROWS_CSV, .guard = true};
	rows_columns_parse(&o.columns, o.kind, ROWS_CSV, "code,lon", &e);
	struct record *r = sample(&a);
	record_put_text(&a, r, COL_CODE, "=cmd|'/c calc'!A0", 17, &e);
	out_open_memory(&out, &text);
	struct rows *x = rows_new(&o, &out);
	rows_add(x, r);
	rows_free(x);
	out_finish(&out, &e);
	assert_string_equal(text.s, "'=cmd|'/c calc'!A0,-0.5\n");
	strbuf_free(&text);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_has_a_header_and_quotes_what_must_be),
		cmocka_unit_test(personal_columns_are_masked_unless_asked_for),
		cmocka_unit_test(ndjson_has_types),
		cmocka_unit_test(json_is_one_array),
		cmocka_unit_test(no_rows_still_make_a_valid_document),
		cmocka_unit_test(a_table_is_aligned_and_for_people),
		cmocka_unit_test(excel_gets_a_mark_and_crlf),
		cmocka_unit_test(unknown_columns_are_refused_with_the_nearest_name),
		cmocka_unit_test(special_bytes_are_found_at_every_place),
		cmocka_unit_test(json_escapes_controls_and_keeps_letters),
		cmocka_unit_test(tsv_keeps_a_record_on_one_line),
		cmocka_unit_test(formulas_are_recognised),
		cmocka_unit_test(formulas_get_an_apostrophe_and_numbers_do_not),
	};
	i18n_init("vi", getenv("IOC_LOCALE_DIR") ? getenv("IOC_LOCALE_DIR") : "po");
	clock_set_zone("Asia/Ho_Chi_Minh");
	return cmocka_run_group_tests(tests, NULL, NULL);
}

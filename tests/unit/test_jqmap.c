/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "api/jqfilter.h"
#include "api/jqmap.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "model/kinds.h"

struct bench {
	struct mapper *mapper;
	struct jqfilter *map;
	struct mapping how;
	struct haul haul;
};

static void set_up(struct bench *b, const struct kind *k, const char *map)
{
	*b = (struct bench){.mapper = mapper_new(), .map = jqfilter_new(map, NULL, NULL)};
	b->how = (struct mapping){.source = "s", .kind = k, .map = b->map};
}

static void tear_down(struct bench *b)
{
	haul_free(&b->haul);
	jqfilter_free(b->map);
	mapper_free(b->mapper);
}

static void map(struct bench *b, const char *json)
{
	struct tape t = TAPE_INIT;
	assert_int_equal(tape_read(&t, json, strlen(json), NULL), 0);
	mapper_item(b->mapper, &b->how, t.nodes, &b->haul);
	tape_free(&t);
}

static const char *text(const struct record *r, const char *column)
{
	return record_text(r, (size_t)kind_column(r->kind, column));
}

static int64_t number(const struct record *r, const char *column)
{
	return record_int(r, (size_t)kind_column(r->kind, column), -1);
}

static void values_take_the_types_of_their_columns(void **state)
{
	(void)state;
	struct bench b;
	set_up(&b, &kind_complaint, ". + {}");
	map(&b,
	    "{\"id\":42,\"version\":7,\"code\":\"007\",\"title\":\"Ngõ 308\",\"state\":\"MOI\","
	    "\"created_at\":\"2026-11-20T14:05:00+07:00\",\"due_at\":1763600000.5,"
	    "\"urgent\":true,\"severity\":\"3\",\"lat\":21.5,\"lon\":\"103.9\",\"body\":null,"
	    "\"strange\":[1]}");
	assert_int_equal(b.haul.reject_count, 0);
	assert_int_equal(b.haul.count, 1);
	const struct record *r = b.haul.records[0];
	assert_ptr_equal(r->kind, &kind_complaint);
	assert_string_equal(r->source, "s");
	assert_string_equal(r->id, "42");
	assert_int_equal(r->version, 7);
	assert_string_equal(text(r, "code"), "007");
	assert_int_equal(number(r, "created_at"), INT64_C(1795158300000));
	assert_int_equal(number(r, "due_at"), INT64_C(1763600000500));
	assert_int_equal(number(r, "urgent"), 1);
	assert_int_equal(number(r, "severity"), 3);
	assert_true(r->values[COL_LAT].r == 21.5 && r->values[COL_LON].r == 103.9);
	assert_false(r->values[COL_BODY].set);
	assert_non_null(strstr(r->raw, "\"strange\":[1]"));
	tear_down(&b);
}

static void detail_is_kept_as_json_and_cleaned(void **state)
{
	(void)state;
	struct bench b;
	set_up(&b, &kind_complaint, ".");
	map(&b, "{\"id\":\"a\",\"history\":[{\"at\":\"2026-11-20\",\"text\":\"x\\u001b["
		"2Jy\\u009b\"}],"
		"\"extra\":{\"k\\u202e\":1},\"links\":null}");
	const struct record *r = b.haul.records[0];
	assert_string_equal(
		r->detail,
		"{\"history\":[{\"at\":\"2026-11-19T17:00:00.000Z\",\"text\":\"x␛[2Jy�\"}],"
		"\"extra\":{\"k�\":1}}");
	assert_null(r->raw); /* the item is the record: no copy */
	tear_down(&b);
}

static void several_records_of_several_kinds_come_of_one_item(void **state)
{
	(void)state;
	struct bench b;
	set_up(&b, NULL, ".list[] | {kind: .k, id: .n}");
	map(&b, "{\"list\":[{\"k\":\"call\",\"n\":1},{\"k\":\"alerts\",\"n\":2},{\"k\":\"?\","
		"\"n\":3},"
		"{\"n\":4}]}");
	assert_int_equal(b.haul.count, 2);
	assert_ptr_equal(b.haul.records[0]->kind, &kind_call);
	assert_ptr_equal(b.haul.records[1]->kind, &kind_alert);
	assert_int_equal(b.haul.reject_count, 2);
	assert_string_equal(b.haul.rejects[0].reason, "no kind that is known here");
	tear_down(&b);
}

static void what_can_not_be_mapped_is_set_aside_with_its_reason(void **state)
{
	(void)state;
	static const struct {
		const char *item, *id, *reason;
	} cases[] = {
		{"{}", "", "no id"},
		{"{\"id\":[]}", "", "id: neither a text nor a number"},
		{"{\"id\":\"a\\u001bb\"}", "", "id: holds characters that can't be shown"},
		{"{\"id\":1,\"version\":\"old\"}", "1", "version: neither a number nor a time"},
		{"{\"id\":1,\"title\":{}}", "1", "title: an object where one value belongs"},
		{"{\"id\":1,\"urgent\":2}", "1", "urgent: neither true nor false"},
		{"{\"id\":1,\"history\":3}", "1", "history: not an array"},
		{"3", "", "map: Cannot index number with string \"id\""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bench b;
		set_up(&b, &kind_complaint, "if .id then . else . end");
		map(&b, cases[i].item);
		assert_int_equal(b.haul.count, 0);
		assert_int_equal(b.haul.reject_count, 1);
		assert_string_equal(b.haul.rejects[0].reason, cases[i].reason);
		/* What has no id is told apart by what it says. */
		if (*cases[i].id)
			assert_string_equal(b.haul.rejects[0].id, cases[i].id);
		else
			assert_int_equal(b.haul.rejects[0].id[0], '~');
		assert_string_equal(b.haul.rejects[0].raw, cases[i].item);
		tear_down(&b);
	}
}

static void tombstones_need_an_id_only(void **state)
{
	(void)state;
	struct bench b;
	set_up(&b, &kind_alert, ".");
	map(&b, "{\"id\":\"x\",\"version\":9,\"deleted\":true,\"title\":{}}");
	assert_int_equal(b.haul.count, 1);
	assert_true(b.haul.records[0]->deleted);
	assert_int_equal(b.haul.records[0]->version, 9);
	tear_down(&b);
}

static void items_without_id_get_a_stable_one_of_their_key(void **state)
{
	(void)state;
	static const char *key[] = {"at", "what"};
	struct bench b;
	set_up(&b, &kind_complaint, "{id, title: .what}");
	b.how.key = (struct words){key, 2};
	map(&b, "{\"at\":1,\"what\":\"a\"}");
	map(&b, "{\"what\":\"a\",\"at\":1,\"more\":true}");
	map(&b, "{\"at\":2,\"what\":\"a\"}");
	map(&b, "{\"at\":1,\"what\":\"a\",\"id\":\"real\"}");
	map(&b, "{\"more\":1}");
	assert_int_equal(b.haul.count, 4);
	assert_int_equal(b.haul.records[0]->id[0], '~');
	assert_string_equal(b.haul.records[0]->id, b.haul.records[1]->id);
	assert_string_not_equal(b.haul.records[0]->id, b.haul.records[2]->id);
	assert_string_equal(b.haul.records[3]->id, "real");
	assert_int_equal(b.haul.reject_count, 1);
	tear_down(&b);
}

static void vendors_text_is_kept_to_the_byte(void **state)
{
	(void)state;
	struct bench b;
	set_up(&b, &kind_complaint, "{id: .n}");
	map(&b, "{\"n\":1.50 , \"a\":\"],\\\"\\u00e9\"}");
	assert_string_equal(b.haul.records[0]->raw, "{\"n\":1.50 , \"a\":\"],\\\"\\u00e9\"}");
	/* but for what a strict reader would not take */
	map(&b, "{\"n\":01, \"a\":\"\t\"}");
	assert_string_equal(b.haul.records[1]->raw, "{\"n\":1,\"a\":\" \"}");
	map(&b, "{\"n\":1, \"a\":\"\xff\"}");
	assert_string_equal(b.haul.records[2]->raw, "{\"n\":1,\"a\":\"\ufffd\"}");
	tear_down(&b);
}

static void long_numbers_keep_their_digits(void **state)
{
	(void)state;
	struct bench b;
	set_up(&b, &kind_complaint, ".");
	map(&b, "{\"id\":9007199254740993,\"version\":900719925474099301,"
		"\"code\":12345678901234567890123,\"extra\":{\"n\":9007199254740993}}");
	const struct record *r = b.haul.records[0];
	assert_string_equal(r->id, "9007199254740993");
	assert_int_equal(r->version, INT64_C(900719925474099301));
	assert_string_equal(text(r, "code"), "12345678901234567890123");
	assert_string_equal(r->detail, "{\"extra\":{\"n\":9007199254740993}}");
	map(&b, "{\"id\":1e3,\"version\":\"900719925474099301\",\"code\":1.0}");
	r = b.haul.records[1];
	assert_string_equal(r->id, "1000");
	assert_int_equal(r->version, INT64_C(900719925474099301));
	assert_string_equal(text(r, "code"), "1");
	tear_down(&b);
}

/* A page of items, in which the ones in the middle are bad. */
static void one_bad_record_is_set_aside_alone(void **state)
{
	(void)state;
	static const struct {
		const char *bad, *reason;
	} cases[] = {
		{"\"lat\":1e999", "lat: not a finite number"},
		{"\"severity\":NaN", "severity: not a finite number"},
		{"\"severity\":123456789012345678901", "severity: number too large"},
		{"\"version\":1e300", "version: number too large"},
		{"\"history\":[@]", "history: nested too deeply"},
		{"\"title\":@", "title: an array where one value belongs"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct strbuf page = STRBUF_INIT;
		const char *at = strchr(cases[i].bad, '@');
		strbuf_adds(&page, "[{\"id\":1},{\"id\":2,");
		strbuf_add(&page, cases[i].bad,
			   at ? (size_t)(at - cases[i].bad) : strlen(cases[i].bad));
		if (at) {
			strbuf_addn(&page, '[', 100000);
			strbuf_addn(&page, ']', 100000);
			strbuf_adds(&page, at + 1);
		}
		strbuf_adds(&page, "},{\"id\":3}]");
		struct bench b;
		struct tape t = TAPE_INIT;
		set_up(&b, &kind_complaint, ".");
		assert_int_equal(tape_read(&t, page.s, page.len, NULL), 0);
		for (const struct node *n = node_first(t.nodes); n < node_end(t.nodes);
		     n = node_next(n))
			mapper_item(b.mapper, &b.how, n, &b.haul);
		assert_int_equal(b.haul.count, 2);
		assert_string_equal(b.haul.records[1]->id, "3");
		assert_int_equal(b.haul.reject_count, 1);
		assert_string_equal(b.haul.rejects[0].id, "2");
		assert_string_equal(b.haul.rejects[0].reason, cases[i].reason);
		tear_down(&b);
		tape_free(&t);
		strbuf_free(&page);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_take_the_types_of_their_columns),
		cmocka_unit_test(detail_is_kept_as_json_and_cleaned),
		cmocka_unit_test(several_records_of_several_kinds_come_of_one_item),
		cmocka_unit_test(what_can_not_be_mapped_is_set_aside_with_its_reason),
		cmocka_unit_test(tombstones_need_an_id_only),
		cmocka_unit_test(items_without_id_get_a_stable_one_of_their_key),
		cmocka_unit_test(vendors_text_is_kept_to_the_byte),
		cmocka_unit_test(long_numbers_keep_their_digits),
		cmocka_unit_test(one_bad_record_is_set_aside_alone),
	};
	clock_set_zone("Asia/Ho_Chi_Minh");
	return cmocka_run_group_tests_name("jqmap", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is offered while a filter is typed. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"
#include "model/filter_complete.h"

#define NOW INT64_C(1795264927000)

static bool name(void *data, const struct kind *catalogue, size_t n, struct filter_name *out)
{
	static const struct filter_name units[] = {
		{"H52.7", "Công an phường Tô Hiệu", "CA Tô Hiệu", INT64_MIN},
		{"H52.1", "UBND phường Chiềng Lề", "UBND Chiềng Lề", INT64_MIN},
	};
	(void)data;
	if (strcmp(catalogue->id, "unit") != 0 || n >= ARRAY_LEN(units))
		return false;
	*out = units[n];
	return true;
}

static const char *resolve(void *data, const struct kind *catalogue, const char *wanted,
			   size_t n)
{
	struct filter_name row;
	for (size_t i = 0; n == 0 && name(data, catalogue, i, &row); i++)
		if (strcmp(row.brief, wanted) == 0)
			return row.code;
	return NULL;
}

static struct filter_context context(void)
{
	return (struct filter_context){.kind = kind_find("complaint"),
				       .now = NOW,
				       .resolve = resolve,
				       .name = name,
				       .me = "Lò Thị Mai",
				       .unit = "H52.7"};
}

/* The cursor is at "^" of the text. */
static struct filter_completion complete(struct arena *a, const char *marked)
{
	struct filter_context c = context();
	const char *mark = strchr(marked, '^');
	char *text = arena_printf(a, "%.*s%s", (int)(mark - marked), marked, mark + 1);
	return filter_complete(a, &c, text, (size_t)(mark - marked));
}

static const struct {
	const char *text;
	size_t start;
	const char *first; /* candidates, parted by blanks, that come first */
} offers[] = {
	{"uni^", 0, "unit:"},
	{"rác uni^", 5, "unit:"},
	{"(uni^", 1, "unit:"},
	{"-uni^", 1, "unit:"},
	{"donvi^", 0, "unit:"},
	{"hạ^", 0, "due_at:"},
	{"nea^", 0, "near:"},
	{"due_at^", 0, "due_at: due_at< due_at<= due_at> due_at>= due_at= due_at!="},
	{"unit^", 0, "unit: unit= unit!= co_units:"},
	{"is:la^", 3, "late publishlate solvedlate"},
	{"là:my^", 4, "myunit"},
	{"state:in^", 6, "in-progress"},
	{"state:DANG^", 6, "DANG_XL"},
	{"state:MOI,handl^", 10, "handled"},
	{"channel:ho^", 8, "hotline"},
	{"unit:cong^", 5, "\"CA Tô Hiệu\""},
	{"unit:H52.1^", 5, "H52.1"},
	{"unit:\"chieng l^", 5, "\"UBND Chiềng Lề\""},
	{"unit:ubnd ch^", 5, "\"UBND Chiềng Lề\""},
	{"unit:mi^", 5, "mine"},
	{"officer:m^", 8, "me"},
	{"urgent:y^", 7, "yes"},
	{"created_at:yes^", 11, "yesterday"},
	{"created_at:this w^", 11, "this-week"},
	{"tạo:hom q^", 6, "hôm-qua"},
	{"due_at<4^", 7, "4h 4d 4wh 4wd 4m 4w"},
	{"created_at:today..tom^", 18, "tomorrow"},
	{"near:PA-1,3^", 10, "300m"},
	{"rác or^", 5, "or"},
};

static void what_may_follow_is_offered(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(offers); i++) {
		struct arena a = ARENA_INIT;
		struct strbuf b = STRBUF_INIT;
		struct filter_completion f = complete(&a, offers[i].text);
		for (size_t j = 0; j < f.count && b.len < strlen(offers[i].first); j++)
			strbuf_addf(&b, "%s%s", j ? " " : "", f.list[j].text);
		if (strcmp(b.s, offers[i].first) != 0 || f.start != offers[i].start)
			fail_msg("%s: at %zu %s", offers[i].text, f.start, b.s);
		strbuf_free(&b);
		arena_free(&a);
	}
}

static void nothing_is_offered_where_anything_may_stand(void **state)
{
	(void)state;
	static const char *const texts[] = {"\"rác^", "title:\"rác t^", "severity:2^",
					    "zzzz^",  "nothing:x^",     "near:PA-1^"};
	struct arena a = ARENA_INIT;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (complete(&a, texts[i]).count)
			fail_msg("%s: %s", texts[i], complete(&a, texts[i]).list[0].text);
	arena_free(&a);
}

static void the_cursor_may_stand_anywhere(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"created_at<=due_at", "due_at!=none closed_at>=today..now", "unit:\"a b\",\"c",
		"(is:late|near:PA-1,3km) -tạo:hôm qua"};
	struct filter_context c = context();
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		for (size_t at = 0; at <= strlen(texts[i]); at++) {
			struct arena a = ARENA_INIT;
			struct filter_completion f = filter_complete(&a, &c, texts[i], at);
			assert_true(f.start <= f.end && f.end == at);
			assert_true(strlen(f.typed) <= f.end - f.start);
			arena_free(&a);
		}
}

static void an_empty_place_offers_fields_or_values(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct filter_completion f = complete(&a, "^");
	assert_string_equal(f.list[0].text, "code:");
	assert_int_equal(f.list[0].sort, CANDIDATE_FIELD);
	assert_false(f.list[0].ends);
	f = complete(&a, "is:^");
	assert_string_equal(f.list[0].text, "open");
	f = complete(&a, "state:^");
	assert_string_equal(f.list[0].text, "new");
	assert_string_equal(f.list[0].about, "MOI");
	arena_free(&a);
}

static void values_of_the_cache_are_taken_in(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct filter_completion f = complete(&a, "officer:\"Lò T^");
	assert_int_equal(f.column, kind_column(kind_find("complaint"), "officer"));
	assert_string_equal(f.typed, "Lò T");
	assert_int_equal(f.start, 8);
	filter_complete_add(&a, &f, "Lò Thị Mai", "");
	filter_complete_add(&a, &f, "Lò Thị Mai", "");
	assert_int_equal(f.count, 1);
	assert_string_equal(f.list[0].text, "\"Lò Thị Mai\"");
	f = complete(&a, "near:PA-0^");
	assert_int_equal(f.column, COL_CODE);
	for (int i = 0; i < 2 * FILTER_COMPLETE_MOST; i++)
		filter_complete_add(&a, &f, arena_printf(&a, "PA-%d", i), "");
	assert_int_equal(f.count, FILTER_COMPLETE_MOST);
	assert_true(f.more);
	arena_free(&a);
}

/* A candidate in place of the piece must be read: what is offered is right. */
static void what_is_offered_is_understood(void **state)
{
	(void)state;
	static const char *const texts[] = {"is:",     "state:",      "channel:",
					    "unit:",   "created_at:", "due_at<",
					    "urgent:", "clock:",      "duration_s<"};
	for (size_t k = 0; kinds[k]; k++) {
		for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
			struct arena a = ARENA_INIT;
			struct filter_context c = context();
			c.kind = kinds[k];
			/* Whatever it is, time is told by some calendar. */
			struct filter_completion f = filter_complete(&a, &c, texts[i],
								     strlen(texts[i]));
			for (size_t j = 0; j < f.count; j++) {
				struct err e = ERR_INIT;
				const char *whole = arena_printf(&a, "%s%s", texts[i],
								 f.list[j].text);
				if (!filter_parse(&a, &c, whole, NULL, &e) &&
				    !strstr(e.text, "calendar") && !strstr(e.text, "no field"))
					fail_msg("%s %s: %s", kinds[k]->id, whole, e.text);
			}
			arena_free(&a);
		}
	}
}

static void values_are_quoted_where_they_must_be(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	assert_string_equal(filter_quote(&a, "H52.7"), "H52.7");
	assert_string_equal(filter_quote(&a, "CA Tô Hiệu"), "\"CA Tô Hiệu\"");
	assert_string_equal(filter_quote(&a, "a\"b,c"), "\"a b,c\"");
	assert_string_equal(filter_quote(&a, "1..2"), "\"1..2\"");
	assert_string_equal(filter_quote(&a, ""), "\"\"");
	arena_free(&a);
}

int main(void)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_may_follow_is_offered),
		cmocka_unit_test(nothing_is_offered_where_anything_may_stand),
		cmocka_unit_test(the_cursor_may_stand_anywhere),
		cmocka_unit_test(an_empty_place_offers_fields_or_values),
		cmocka_unit_test(values_of_the_cache_are_taken_in),
		cmocka_unit_test(what_is_offered_is_understood),
		cmocka_unit_test(values_are_quoted_where_they_must_be),
	};
	return cmocka_run_group_tests_name("filter_complete", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How alike two complaints are, with figures worked by hand from the usual weights: place 40,
 * words 35, field 15, time 10. */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "model/config.h"
#include "model/duplicates.h"
#include "model/kinds.h"

#define NOW INT64_C(1795264927000)
#define DEGREES_A_METRE (180 / 3.14159265358979323846 / 6371008.8)

struct world {
	struct arena arena;
	struct likeness_rules rules;
	struct record *a, *b;
};

static void put(struct world *w, struct record *r, const char *column, const char *text)
{
	int i = kind_column(r->kind, column);
	assert_true(i >= 0);
	assert_int_equal(record_put_text(&w->arena, r, (size_t)i, text, strlen(text), NULL), 0);
}

static void place(struct record *r, double metres_north)
{
	r->values[COL_LAT] = (struct value){.set = true, .r = 0};
	r->values[COL_LAT].r = 21.3270 + metres_north * DEGREES_A_METRE;
	r->values[COL_LON] = (struct value){.set = true, .r = 0};
	r->values[COL_LON].r = 103.9141;
}

static struct record *complaint(struct world *w, const char *id, const char *title, int64_t at)
{
	struct record *r = record_new(&w->arena, &kind_complaint);
	r->id = id;
	r->source = "a";
	put(w, r, "code", id);
	put(w, r, "title", title);
	put(w, r, "state", "MOI");
	r->values[COL_CREATED_AT] = (struct value){.set = true, .i = 0};
	r->values[COL_CREATED_AT].i = at;
	return r;
}

static int setup(void **state)
{
	static struct world w;
	w = (struct world){.rules = likeness_usual()};
	w.rules.least = 1;
	w.a = complaint(&w, "PA-1", "Rác thải chất đống trước cổng chợ", NOW);
	w.b = complaint(&w, "PA-2", "Hố ga mất nắp cạnh trường học", NOW);
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	arena_free(&w->arena);
	return 0;
}

/* The percentage both ways round, which must be the same; 0: none. */
static int percent(struct world *w, struct likeness *l)
{
	struct likeness_judge j;
	struct likeness back;
	likeness_start(&j, &w->rules, w->a);
	bool found = likeness_of(&j, w->b, l);
	likeness_start(&j, &w->rules, w->b);
	assert_int_equal(likeness_of(&j, w->a, &back), found);
	if (!found)
		return 0;
	assert_int_equal(back.percent, l->percent);
	return l->percent;
}

static void fields(struct world *w, const char *a, const char *b)
{
	put(w, w->a, "category", a);
	put(w, w->b, "category", b);
}

static void the_same_spot_alone_is_not_enough(void **state)
{
	struct world *w = *state;
	struct likeness l;
	place(w->a, 0);
	place(w->b, 0);
	fields(w, "rac-thai", "giao-thong");
	assert_int_equal(percent(w, &l), 50); /* 40 + 0 + 0 + 10 */
	assert_true(l.metres >= 0 && l.metres < 0.01);
	assert_int_equal(l.phrases, 0);
	assert_false(l.same_category);
	w->rules.least = likeness_usual().least;
	assert_int_equal(percent(w, &l), 0);
}

static void the_configured_distance_is_worth_half(void **state)
{
	struct world *w = *state;
	struct likeness l;
	place(w->a, 0);
	place(w->b, 50);
	fields(w, "rac-thai", "rac-thai");
	assert_int_equal(percent(w, &l), 45); /* 20 + 0 + 15 + 10 */
	assert_true(fabs(l.metres - 50) < 0.01);
	w->rules.distance = 100;
	assert_int_equal(percent(w, &l), 57); /* 40 / (1 + 1/4) = 32 */
}

static void beyond_four_distances_nothing_is_alike(void **state)
{
	struct world *w = *state;
	struct likeness l;
	put(w, w->b, "title", "Rác thải chất đống trước cổng chợ");
	fields(w, "rac-thai", "rac-thai");
	place(w->a, 0);
	place(w->b, 199);
	assert_true(percent(w, &l) > 0);
	place(w->b, 201);
	assert_int_equal(percent(w, &l), 0);
}

static void words_alone_are_told_whatever_their_accents(void **state)
{
	struct world *w = *state;
	struct likeness l;
	put(w, w->b, "title", "RAC THAI chat dong truoc cong cho");
	/* place and field unknown: a quarter of each; 10 + 35 + 3.75 + 10 */
	assert_int_equal(percent(w, &l), 59);
	assert_int_equal(l.phrases, 6);
	assert_true(l.metres < 0);
	put(w, w->b, "title", "Đổ rác thải trước chợ"); /* rac thai; of 6 and 4 pairs */
	assert_int_equal(percent(w, &l), 42);           /* 35 * (1 / sqrt(24) / 0.4) = 17.9 */
	assert_int_equal(l.phrases, 1);
}

static void what_everybody_writes_is_not_counted(void **state)
{
	struct world *w = *state;
	struct likeness l;
	put(w, w->a, "body", "Đề nghị cơ quan chức năng kiểm tra, xử lý. Xin cảm ơn.");
	put(w, w->b, "body", "Đề nghị cơ quan chức năng kiểm tra, xử lý. Xin cảm ơn.");
	percent(w, &l);
	/* what is left stands across: "nghi co", "nang kiem", "tra xu" is empty, "ly xin" */
	assert_true(l.phrases <= 3);
}

static void zero_zero_is_no_place(void **state)
{
	struct world *w = *state;
	struct likeness l;
	place(w->a, 0);
	place(w->b, 0);
	w->a->values[COL_LAT].r = w->a->values[COL_LON].r = 0;
	w->b->values[COL_LAT].r = w->b->values[COL_LON].r = 0;
	assert_int_equal(percent(w, &l), 24); /* 10 + 0 + 3.75 + 10 */
	assert_true(l.metres < 0);
	w->b->values[COL_LAT].r = NAN;
	assert_int_equal(percent(w, &l), 24);
}

static void without_coordinates_addresses_are_compared(void **state)
{
	struct world *w = *state;
	struct likeness l;
	fields(w, "rac-thai", "rac-thai");
	place(w->a, 0); /* the other has none */
	put(w, w->a, "address", "Số 12 ngõ 308 đường Chu Văn Thịnh");
	put(w, w->b, "address", "ngo 308, duong Chu Van Thinh");
	/* 5 of 7 and 5 pairs: 40 * 5 / sqrt(35) = 33.8; + 15 + 10 */
	assert_int_equal(percent(w, &l), 59);
	assert_true(l.same_address);
	put(w, w->b, "address", "ngo 104, duong Chu Van Thinh");
	/* 3 of 7 and 5, and no number in common: 40 * 3 / sqrt(35) * 0.4 = 8.1 */
	assert_int_equal(percent(w, &l), 33);
	assert_false(l.same_address);
}

static void days_wear_it_off(void **state)
{
	struct world *w = *state;
	struct likeness l;
	place(w->a, 0);
	place(w->b, 0);
	fields(w, "rac-thai", "rac-thai");
	w->b->values[COL_CREATED_AT].i = NOW - 84 * HOUR;
	assert_int_equal(percent(w, &l), 60); /* 40 + 0 + 15 + 5 */
	assert_int_equal(l.apart, 84 * HOUR);
	w->b->values[COL_CREATED_AT].i = NOW - 7 * DAY;
	assert_int_equal(percent(w, &l), 55);
	w->b->values[COL_CREATED_AT].i = NOW - 7 * DAY - 1;
	assert_int_equal(percent(w, &l), 0);
}

static void the_same_citizen_twice_is_likelier(void **state)
{
	struct world *w = *state;
	struct likeness l;
	place(w->a, 0);
	place(w->b, 0);
	fields(w, "rac-thai", "giao-thong");
	put(w, w->a, "reporter_phone", "0912 340 000");
	put(w, w->b, "reporter_phone", "+84912340000");
	assert_int_equal(percent(w, &l), 60); /* 50, and 10 for the sender */
	assert_true(l.same_sender);
	put(w, w->b, "reporter_phone", "1022");
	assert_int_equal(percent(w, &l), 50);
	assert_false(l.same_sender);
}

static void a_copy_is_a_hundred(void **state)
{
	struct world *w = *state;
	struct likeness l;
	put(w, w->b, "title", record_text(w->a, COL_TITLE));
	place(w->a, 0);
	place(w->b, 0);
	fields(w, "rac-thai", "rac-thai");
	put(w, w->a, "reporter_phone", "0912340000");
	put(w, w->b, "reporter_phone", "0912340000");
	assert_int_equal(percent(w, &l), 100);
}

static void restricted_ones_are_never_alike(void **state)
{
	struct world *w = *state;
	struct likeness l;
	place(w->a, 0);
	place(w->b, 0);
	int restricted = kind_column(&kind_complaint, "restricted");
	w->b->values[restricted] = (struct value){.set = true, .i = 0};
	assert_true(percent(w, &l) > 0);
	w->b->values[restricted].i = 1;
	assert_int_equal(percent(w, &l), 0);
}

static void endless_and_empty_texts_are_borne(void **state)
{
	struct world *w = *state;
	struct likeness l;
	struct strbuf long_text = STRBUF_INIT;
	for (int i = 0; i < 9000; i++)
		strbuf_addf(&long_text, "từ%d ", i);
	put(w, w->b, "body", long_text.s);
	strbuf_free(&long_text);
	assert_true(percent(w, &l) < 60);
	w->b->values[COL_TITLE].set = w->b->values[COL_BODY].set = false;
	assert_true(percent(w, &l) > 0);
	w->b->values[COL_CREATED_AT].set = false;
	assert_int_equal(percent(w, &l), 0);
}

static void the_later_is_merged_into_the_earlier(void **state)
{
	struct world *w = *state;
	struct duplicate d = {.record = w->b};
	w->b->values[COL_CREATED_AT].i = NOW + HOUR;
	put(w, w->a, "area", "03646");
	put(w, w->b, "area", "03646");
	duplicates_judge(&d, w->a, 0);
	assert_true(d.into_self);
	assert_int_equal(d.refusal, DUPLICATES_MERGE);
	d.members = 1; /* … but for one that has members */
	duplicates_judge(&d, w->a, 0);
	assert_false(d.into_self);
	duplicates_judge(&d, w->a, 2);
	assert_int_equal(d.refusal, DUPLICATES_BOTH_MAIN);
	d.members = 0;
	put(w, w->b, "state", "DONG");
	duplicates_judge(&d, w->a, 0);
	assert_int_equal(d.refusal, DUPLICATES_CLOSED);
	put(w, w->b, "area", "03650");
	duplicates_judge(&d, w->a, 0);
	assert_int_equal(d.refusal, DUPLICATES_OTHER_AREA);
	w->b->source = "b";
	duplicates_judge(&d, w->a, 0);
	assert_int_equal(d.refusal, DUPLICATES_OTHER_SOURCE);
}

static void rules_come_from_the_configuration(void **state)
{
	(void)state;
	static const char text[] = "duplicates: {distance: 120, within: 3d, least: 70, most: 3,"
				   " weights: {place: 1, time: 0}}\n";
	struct config c;
	struct err e = ERR_INIT;
	assert_int_equal(config_parse(&c, "c", text, strlen(text), &e), 0);
	assert_true(c.duplicates.enabled);
	assert_int_equal(c.duplicates.distance, 120);
	assert_int_equal(c.duplicates.within, 3 * DAY);
	assert_int_equal(c.duplicates.least, 70);
	assert_int_equal(c.duplicates.most, 3);
	assert_int_equal(c.duplicates.place, 1);
	assert_int_equal(c.duplicates.words, 35);
	assert_int_equal(c.duplicates.time, 0);
	config_free(&c);
	static const char *const wrong[] = {
		"duplicates: 50\n",
		"duplicates: {distance: 0}\n",
		"duplicates: {within: 1000d}\n",
		"duplicates: {weights: {place: 0, words: 0, category: 0, time: 0}}\n",
		"duplicates: {weights: {colour: 1}}\n",
		"duplicates: {automatic: true}\n",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(config_parse(&c, "c", wrong[i], strlen(wrong[i]), &e), -1);
		config_free(&c);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_same_spot_alone_is_not_enough),
		TEST(the_configured_distance_is_worth_half),
		TEST(beyond_four_distances_nothing_is_alike),
		TEST(words_alone_are_told_whatever_their_accents),
		TEST(what_everybody_writes_is_not_counted),
		TEST(zero_zero_is_no_place),
		TEST(without_coordinates_addresses_are_compared),
		TEST(days_wear_it_off),
		TEST(the_same_citizen_twice_is_likelier),
		TEST(a_copy_is_a_hundred),
		TEST(restricted_ones_are_never_alike),
		TEST(endless_and_empty_texts_are_borne),
		TEST(the_later_is_merged_into_the_earlier),
		TEST(rules_come_from_the_configuration),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter language: what texts mean, and what is said about wrong ones. */
#include "unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/strbuf.h"
#include "model/filter.h"
#include "model/filter_narrow.h"

/* 2026-11-21 19:42:07 in Sơn La, a Saturday. */
#define NOW INT64_C(1795264927000)

static const char *name_of(const struct kind *k, int column)
{
	static const char *const special[] = {"*", "source", "id"};
	return column < 0 ? special[-column - 1] : k->columns[column].id;
}

static void print_value(struct strbuf *b, const struct kind *k, int column,
			const struct value *v)
{
	enum column_type t = column < 0 ? COLUMN_TEXT : k->columns[column].type;
	char text[CLOCK_TEXT];
	switch (t) {
	case COLUMN_TEXT:
	case COLUMN_STATE:
	case COLUMN_CHOICE:
	case COLUMN_REF:
		strbuf_adds(b, v->s);
		break;
	case COLUMN_TIME:
	case COLUMN_DEADLINE:
		clock_format_local(v->i, text);
		strbuf_add(b, text, 19);
		break;
	case COLUMN_REAL:
		strbuf_addf(b, "%g", v->r);
		break;
	default:
		strbuf_addf(b, "%" PRId64, v->i);
	}
}

static void print(struct strbuf *b, const struct kind *k, const struct filter *f)
{
	static const char *const signs[] = {"<", "<=", ">", ">=", "="};
	switch (f->op) {
	case FILTER_ALL:
		strbuf_adds(b, "all");
		break;
	case FILTER_OPEN:
		strbuf_adds(b, "open");
		break;
	case FILTER_AND:
	case FILTER_OR:
		strbuf_addc(b, '(');
		print(b, k, f->a);
		strbuf_adds(b, f->op == FILTER_AND ? " & " : " | ");
		print(b, k, f->b);
		strbuf_addc(b, ')');
		break;
	case FILTER_NOT:
		strbuf_addc(b, '-');
		print(b, k, f->a);
		break;
	case FILTER_WORDS:
		strbuf_addf(b, "%s~%s%s", name_of(k, f->column), f->words,
			    f->prefix ? "*" : "");
		break;
	case FILTER_IN:
		strbuf_addf(b, "%s in", name_of(k, f->column));
		for (size_t i = 0; i < f->count; i++) {
			strbuf_addc(b, i ? ',' : ' ');
			print_value(b, k, f->column, &f->values[i]);
		}
		break;
	case FILTER_SET:
		strbuf_addf(b, "%s set", name_of(k, f->column));
		break;
	case FILTER_COMPARE:
		strbuf_addf(b, "%s%s", name_of(k, f->column), signs[f->compare]);
		print_value(b, k, f->column, f->values);
		break;
	case FILTER_TAIL: {
		static const char *const how[] = {"is", "ends", "holds"};
		strbuf_addf(b, "%s %s <%s", name_of(k, f->column), how[f->tail], f->words);
		break;
	}
	case FILTER_NEAR:
		strbuf_addf(b, "near %.4f,%.4f %gm", f->values[0].r, f->values[1].r,
			    f->values[2].r);
		break;
	case FILTER_COLUMNS:
		strbuf_addf(b, "%s%s%s", name_of(k, f->column), signs[f->compare],
			    name_of(k, f->other));
		break;
	}
}

static const char *resolve(void *data, const struct kind *catalogue, const char *name, size_t n)
{
	(void)data;
	static const char *const merged[] = {"03646", "03649", NULL};
	if (strcmp(catalogue->id, "unit") == 0 && strcmp(name, "CA phường") == 0)
		return n ? NULL : "H52.7";
	if (strcmp(catalogue->id, "area") == 0 && strcmp(name, "Tô Hiệu") == 0)
		return merged[n];
	return NULL;
}

static const struct {
	const char *text, *meaning;
} right[] = {
	{"", "all"},
	{"  \t ", "all"},
	{"Đường", "*~duong"},
	{"duo*", "*~duo*"},
	{"\"ổ gà\"", "*~o ga"},
	{"\"ổ gà\"*", "*~o ga*"},
	{"26A-123.45", "*~26a12345"},
	{"19:42", "*~19 42"},
	{"…", "all"},
	{"a b", "(*~a & *~b)"},
	{"a and b", "(*~a & *~b)"},
	{"a or b c", "(*~a | (*~b & *~c))"},
	{"a | b", "(*~a | *~b)"},
	{"(a OR b) -c", "((*~a | *~b) & -*~c)"},
	{"!a not b", "(-*~a & -*~b)"},
	{"--a", "*~a"},
	{"orange", "*~orange"},
	{"state:MOI", "state in MOI"},
	{"state:moi,DONG", "state in MOI,DONG"},
	{"trangthai:\"in progress\"", "state in DANG_XL"},
	{"state:\"LA LAM\"", "state in LA LAM"},
	{"-state:MOI", "-state in MOI"},
	{"unit:none", "-unit set"},
	{"unit:any", "unit set"},
	{"đơnvị:H52.1", "unit in H52.1"},
	{"đv:\"CA phường\"", "unit in H52.7"},
	{"diaban:\"Tô Hiệu\"", "area in 03646,03649"},
	{"donvi:\"CA phường\",H52.1", "unit in H52.7,H52.1"},
	{"channel:web", "channel in web"},
	{"kenh:Portal", "channel in web"},
	{"severity>=3", "severity>=3"},
	{"severity:2..4", "(severity>=2 & severity<=4)"},
	{"severity:2..", "severity>=2"},
	{"severity:..2", "severity<=2"},
	{"urgent:1", "urgent in 1"},
	{"khan:có", "urgent in 1"},
	{"lat>21.3", "lat>21.3"},
	{"code:\"PA-7\"", "code in PA-7"},
	{"code=PA-7", "code in PA-7"},
	{"code:=PA-7", "code in PA-7"},
	{"code:PA-7", "(code~pa 7 | code ends <7ap)"},
	{"mã:0423", "(code~0423 | code ends <3240)"},
	{"code:*0423", "code ends <3240"},
	{"code:*042*", "code holds <240"},
	{"code:7", "code~7"},
	{"code=pa-7", "code in PA-7,pa-7"},
	{"code:PA-*", "code~pa*"},
	{"title:\"rác thải\"", "title~rac thai"},
	{"title:rác,nước*", "(title~rac | title~nuoc*)"},
	{"source:son-la", "source in son-la"},
	{"id:5,6", "id in 5,6"},
	{"due_at<now", "due_at<2026-11-21T19:42:07"},
	{"due_at<4h", "due_at<2026-11-21T23:42:07"},
	{"hạn<4g", "due_at<2026-11-21T23:42:07"},
	{"due_at<1h30m", "due_at<2026-11-21T21:12:07"},
	{"due_at<-1d", "due_at<2026-11-20T19:42:07"},
	{"due_at>=now+2ngày", "due_at>=2026-11-23T19:42:07"},
	{"created_at<1h", "created_at>2026-11-21T18:42:07"},
	{"created_at>2d", "created_at<2026-11-19T19:42:07"},
	{"created_at>=now-30m", "created_at>=2026-11-21T19:12:07"},
	{"created_at:today",
	 "(created_at>=2026-11-21T00:00:00 & created_at<2026-11-22T00:00:00)"},
	{"tạo:hômqua", "(created_at>=2026-11-20T00:00:00 & created_at<2026-11-21T00:00:00)"},
	{"created_at>=2026-11-01", "created_at>=2026-11-01T00:00:00"},
	{"created_at<=01/11/2026", "created_at<2026-11-02T00:00:00"},
	{"created_at>21/10", "created_at>=2026-10-22T00:00:00"},
	{"created_at<2026-11-21T08:30", "created_at<2026-11-21T08:30:00"},
	{"created_at:2026-11-01..2026-11-02",
	 "(created_at>=2026-11-01T00:00:00 & created_at<2026-11-03T00:00:00)"},
	{"closed_at<=due_at", "closed_at<=due_at"},
	{"is:open", "open"},
	{"is:new,open", "(state in MOI | open)"},
	{"is:unassigned", "(open & -unit set)"},
	{"-is:urgent", "-(open & urgent in 1)"},
};

static void right_filters_mean_what_they_say(void **state)
{
	(void)state;
	struct filter_context c = {
		.kind = kind_find("complaint"), .now = NOW, .resolve = resolve};
	for (size_t i = 0; i < ARRAY_LEN(right); i++) {
		struct arena a = ARENA_INIT;
		struct err e = ERR_INIT;
		struct strbuf b = STRBUF_INIT;
		const struct filter *f = filter_parse(&a, &c, right[i].text, NULL, &e);
		if (!f)
			fail_msg("“%s”: %s", right[i].text, e.text);
		print(&b, c.kind, f);
		if (strcmp(b.s, right[i].meaning) != 0)
			fail_msg("“%s” is %s, not %s", right[i].text, b.s, right[i].meaning);
		strbuf_free(&b);
		arena_free(&a);
	}
}

static const struct {
	const char *text;
	size_t at;
	const char *says;
} wrong[] = {
	{"donvj:x", 0, "unit"},
	{"a crated_at<1h", 2, "created_at"},
	{"nothinglike:x", 0, "no field"},
	{"is:lste", 3, "is:late"},
	{"is:zzzzzzz", 3, "no 'is:zzzzzzz'"},
	{"is<late", 0, "colon"},
	{"state:MOO", 6, "MOI"},
	{"state:MOI,,DONG", 10, "missing"},
	{"channel:fax", 8, "hotline"},
	{"severity:x", 9, "number"},
	{"severity>=2.5", 10, "whole"},
	{"urgent:maybe", 7, "yes nor no"},
	{"due_at<4lightyears", 7, "no time"},
	{"due_at<31/02/2026", 7, "no time"},
	{"due_at<2026-13-01", 7, "no time"},
	{"due_at<99999999999999999999d", 7, "no time"},
	{"due_at<", 7, "missing"},
	{"unit:", 5, "missing"},
	{"severity:..", 11, "end"},
	{"(a b", 0, "not closed"},
	{"a)", 1, "never opened"},
	{"\"a b", 0, "quote"},
	{"unit:\"a b", 5, "quote"},
	{"a or", 4, "missing"},
	{"| a", 0, "missing"},
	{"()", 1, "missing"},
	{"-", 1, "missing"},
};

static void wrong_filters_are_explained_with_their_place(void **state)
{
	(void)state;
	struct filter_context c = {.kind = kind_find("complaint"), .now = NOW};
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct arena a = ARENA_INIT;
		struct err e = ERR_INIT;
		size_t at = 999;
		if (filter_parse(&a, &c, wrong[i].text, &at, &e))
			fail_msg("“%s” was taken", wrong[i].text);
		assert_int_equal(e.code, ERR_USAGE);
		if (at != wrong[i].at || !strstr(e.text, wrong[i].says))
			fail_msg("“%s”: at %zu, %s", wrong[i].text, at, e.text);
		arena_free(&a);
	}
}

static void refuse(const char *text)
{
	struct filter_context c = {.kind = kind_find("complaint"), .now = NOW};
	struct arena a = ARENA_INIT;
	struct err e = ERR_INIT;
	assert_null(filter_parse(&a, &c, text, NULL, &e));
	assert_int_equal(e.code, ERR_USAGE);
	arena_free(&a);
}

static void size_and_depth_are_bounded(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	strbuf_addn(&b, '(', 2000);
	refuse(b.s);
	strbuf_clear(&b);
	strbuf_addn(&b, 'a', 5000);
	refuse(b.s);
	strbuf_clear(&b);
	for (int i = 0; i < 900; i++)
		strbuf_adds(&b, "a ");
	refuse(b.s);
	strbuf_clear(&b);
	strbuf_addn(&b, '-', 3000);
	refuse(b.s);
	strbuf_free(&b);
}

static void predicate_that_refers_to_itself_is_refused(void **state)
{
	(void)state;
	static const struct predicate loop[] = {
		{"a", "a", "is:b"}, {"b", "b", "is:a"}, {NULL, NULL, NULL}};
	struct kind k = *kind_find("complaint");
	k.predicates = loop;
	struct filter_context c = {.kind = &k, .now = NOW};
	struct arena a = ARENA_INIT;
	struct err e = ERR_INIT;
	assert_null(filter_parse(&a, &c, "is:a", NULL, &e));
	arena_free(&a);
}

static void every_predicate_and_default_filter_parses(void **state)
{
	(void)state;
	for (size_t i = 0; kinds[i]; i++) {
		struct filter_context c = {
			.kind = kinds[i], .now = NOW, .me = "Lò Thị Mai", .unit = "H52.7"};
		struct arena a = ARENA_INIT;
		struct err e = ERR_INIT;
		if (!filter_parse(&a, &c, kinds[i]->default_filter, NULL, &e))
			fail_msg("%s: %s", kinds[i]->id, e.text);
		for (const struct predicate *p = kinds[i]->predicates; p && p->name; p++)
			if (!filter_parse(&a, &c, p->filter, NULL, &e))
				fail_msg("%s is:%s: %s", kinds[i]->id, p->name, e.text);
		arena_free(&a);
	}
}

static void open_filters_are_known_as_such(void **state)
{
	(void)state;
	static const char *const open[] = {"is:open",           "is:late",
					   "state:MOI",         "state:MOI,DANG_XL x",
					   "is:open or is:new", "x (unit:y is:open)"};
	static const char *const not_open[] = {
		"", "-is:open", "state:MOI,DONG", "is:open or x", "is:handled", "-state:DONG"};
	struct filter_context c = {.kind = kind_find("complaint"), .now = NOW};
	struct arena a = ARENA_INIT;
	for (size_t i = 0; i < ARRAY_LEN(open); i++)
		assert_true(
			filter_implies_open(filter_parse(&a, &c, open[i], NULL, NULL), c.kind));
	for (size_t i = 0; i < ARRAY_LEN(not_open); i++)
		assert_false(filter_implies_open(filter_parse(&a, &c, not_open[i], NULL, NULL),
						 c.kind));
	arena_free(&a);
}

static void two_filters_are_one_in_which_no_or_takes_in_the_other(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b, *both;
		size_t at;
	} table[] = {
		{"", "", "", 0},
		{"is:open", "", "is:open", 7},
		{"", "x or y", "x or y", 0},
		{"is:open", "x", "is:open x", 8},
		{"x|y", "z", "(x|y) z", 6},
		{"is:open", "x or y", "is:open (x or y)", 9},
		{"is:open", "x OR (y)", "is:open (x OR (y))", 9},
		{"x hoặc y", "a hoac b", "(x hoặc y) (a hoac b)", 14},
		{"is:open", "hoaco", "is:open hoaco", 8},
	};
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		size_t at = 99;
		char *both = filter_narrow(table[i].a, table[i].b, &at);
		assert_string_equal(both, table[i].both);
		assert_int_equal(at, table[i].at);
		free(both);
	}
}

int main(void)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(right_filters_mean_what_they_say),
		cmocka_unit_test(wrong_filters_are_explained_with_their_place),
		cmocka_unit_test(size_and_depth_are_bounded),
		cmocka_unit_test(predicate_that_refers_to_itself_is_refused),
		cmocka_unit_test(every_predicate_and_default_filter_parses),
		cmocka_unit_test(open_filters_are_known_as_such),
		cmocka_unit_test(two_filters_are_one_in_which_no_or_takes_in_the_other),
	};
	return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a deadline is told in a list: by glyph, word and role, in working time. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "model/kinds.h"
#include "ui/show_deadline.h"

/* Friday 2026-11-20 14:42:07; the office is open until 17:30, and again on Monday 7:30. */
#define NOW INT64_C(1795160527000)

struct desk {
	struct arena arena;
	struct rulebook *rules;
	struct strbuf scratch;
	struct shown shown;
};

static int open_desk(void **state)
{
	static struct desk d;
	struct err e = ERR_INIT;
	char *data = xasprintf("%s/data", getenv("srcdir")), none[] = "/nonexistent";
	struct paths p = {.data_dir = data, .config_dir = none};
	d = (struct desk){.rules = rulebook_open(&p, &e), .scratch = STRBUF_INIT};
	free(data);
	*state = &d;
	return d.rules ? 0 : -1;
}

static int close_desk(void **state)
{
	struct desk *d = *state;
	rulebook_free(d->rules);
	arena_free(&d->arena);
	strbuf_free(&d->scratch);
	return 0;
}

static void text(struct record *r, size_t column, const char *s)
{
	r->values[column] = (struct value){.set = true};
	r->values[column].s = s;
	r->values[column].n = strlen(s);
}

static void number(struct record *r, size_t column, int64_t v)
{
	r->values[column] = (struct value){.set = true, .i = v};
}

/* A dossier in work, received in 2026, due so long after now. */
static struct record *dossier(struct desk *d, int64_t due)
{
	struct record *r = record_new(&d->arena, &kind_dossier);
	text(r, COL_STATE, "4");
	text(r, COL_CLOCK, "return");
	number(r, COL_CREATED_AT, NOW - 3 * DAY);
	number(r, COL_DUE_AT, NOW + due);
	number(r, COL_SOON_AT, NOW + due - 3 * HOUR);
	return r;
}

static const char *told(struct desk *d, const struct record *r, bool ascii)
{
	struct look l = {.now = NOW, .rules = d->rules, .ascii = ascii};
	strbuf_clear(&d->scratch);
	show_deadline(&l, r, &d->scratch, &d->shown);
	return d->shown.text;
}

static void late_soon_today_and_later_differ_in_glyph_and_word(void **state)
{
	struct desk *d = *state;
	/* From its deadline on, the second level of escalation is reached. */
	assert_string_equal(told(d, dossier(d, -40 * MINUTE - 10 * SECOND), false),
			    "!2 40m wt late");
	assert_int_equal(d->shown.role, ROLE_BAD);
	assert_string_equal(told(d, dossier(d, HOUR), false), "» soon 1h00m wt");
	assert_int_equal(d->shown.role, ROLE_WARN);
	struct record *r = dossier(d, 2 * HOUR);
	number(r, COL_SOON_AT, NOW + HOUR);
	assert_string_equal(told(d, r, false), "· today 2h00m wt");
	assert_string_equal(told(d, r, true), "- today 2h00m wt");
	r = dossier(d, 5 * DAY); /* Wednesday: Monday and Wednesday are worked, 24/11 is not */
	assert_string_equal(told(d, r, false), "  2 wd left");
}

static void a_paused_clock_tells_what_was_left(void **state)
{
	struct desk *d = *state;
	struct record *r = dossier(d, 0);
	text(r, COL_STATE, "5");
	r->values[COL_DUE_AT].set = r->values[COL_SOON_AT].set = false;
	number(r, COL_PAUSED_AT, NOW - DAY);
	number(r, COL_LEFT_S, 16 * 3600);
	assert_string_equal(told(d, r, false), "‖ 2 wd left");
	assert_string_equal(told(d, r, true), "= 2 wd left");
	assert_int_equal(d->shown.until, CLOCK_NONE);
}

static void an_ended_clock_tells_how_it_ended(void **state)
{
	struct desk *d = *state;
	struct record *r = dossier(d, -DAY);
	text(r, COL_STATE, "10");
	text(r, COL_VERDICT, "ontime");
	number(r, COL_LEFT_S, 60);
	assert_string_equal(told(d, r, false), "✓ on time");
	text(r, COL_VERDICT, "early");
	assert_string_equal(told(d, r, false), "✓ early");
	text(r, COL_VERDICT, "late");
	number(r, COL_LEFT_S, -9 * 3600);
	assert_string_equal(told(d, r, false), "✕ ended 1d late");
	assert_string_equal(told(d, r, true), "x ended 1d late");
}

static void where_no_open_time_lies_between_the_clock_is_told(void **state)
{
	struct desk *d = *state;
	struct record *r = dossier(d, -2 * HOUR); /* 12:42, in the break that ends at 13:30 */
	struct look l = {.now = NOW - 90 * MINUTE, .rules = d->rules};
	strbuf_clear(&d->scratch);
	show_deadline(&l, r, &d->scratch, &d->shown);
	assert_string_equal(d->shown.text, "!2 late since 12:42");
}

static void source_and_rule_that_differ_are_marked(void **state)
{
	struct desk *d = *state;
	struct record *r = dossier(d, HOUR);
	number(r, COL_DUE_SRC, NOW + HOUR);
	number(r, COL_DUE_CALC, NOW + HOUR);
	assert_string_equal(told(d, r, false), "» soon 1h00m wt");
	number(r, COL_DUE_CALC, NOW + 6 * DAY);
	assert_string_equal(told(d, r, false), "» soon 1h00m wt≠");
	assert_string_equal(told(d, r, true), "~ soon 1h00m wt#");
}

static void a_year_without_notice_is_marked(void **state)
{
	struct desk *d = *state;
	const char *s = told(d, dossier(d, 100 * DAY), false); /* the end of February 2027 */
	assert_int_equal(s[strlen(s) - 1], '?');
}

static void words_turn_with_the_minute_and_near_the_end_with_the_second(void **state)
{
	struct desk *d = *state;
	told(d, dossier(d, HOUR), false);
	assert_int_equal(d->shown.until, (NOW / MINUTE + 1) * MINUTE);
	assert_string_equal(told(d, dossier(d, 90 * SECOND), false), "» soon 1m wt");
	assert_int_equal(d->shown.until, NOW + SECOND);
}

static void without_a_clock_the_wall_counts(void **state)
{
	struct desk *d = *state;
	struct record *r = dossier(d, 30 * HOUR);
	r->values[COL_CLOCK].set = false;
	assert_string_equal(told(d, r, false), "  1d 6h left");
	r->values[COL_DUE_AT].set = false;
	assert_string_equal(told(d, r, false), "");
}

int main(void)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(late_soon_today_and_later_differ_in_glyph_and_word),
		cmocka_unit_test(a_paused_clock_tells_what_was_left),
		cmocka_unit_test(an_ended_clock_tells_how_it_ended),
		cmocka_unit_test(where_no_open_time_lies_between_the_clock_is_told),
		cmocka_unit_test(source_and_rule_that_differ_are_marked),
		cmocka_unit_test(a_year_without_notice_is_marked),
		cmocka_unit_test(words_turn_with_the_minute_and_near_the_end_with_the_second),
		cmocka_unit_test(without_a_clock_the_wall_counts),
	};
	return cmocka_run_group_tests_name("deadlines on screen", tests, open_desk, close_desk);
}

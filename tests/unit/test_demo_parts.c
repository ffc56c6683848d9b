/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts that the demo is made of: random numbers, office time, templates, workflow. */
#include "at.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/strbuf.h"
#include "base/yaml.h"
#include "demo/rng.h"
#include "demo/text.h"
#include "demo/time.h"
#include "demo/voice.h"
#include "demo/workflow.h"
#include "model/action.h"
#include "model/kind.h"

static struct office *load_office(void)
{
	struct err e = ERR_INIT;
	char path[512];
	snprintf(path, sizeof path, "%s/calendars", getenv("IOC_DATA_DIR"));
	struct office *o = office_load(path, &e);
	assert_string_equal(e.text, "");
	return o;
}

/* --- random numbers ----------------------------------------------------------------------- */

static void the_generator_is_xoshiro256_starstar(void **state)
{
	(void)state;
	/* The reference implementation's first numbers from the state 1, 2, 3, 4. */
	struct rng r = {{1, 2, 3, 4}};
	assert_true(rng_next(&r) == UINT64_C(11520));
	assert_true(rng_next(&r) == UINT64_C(0));
	assert_true(rng_next(&r) == UINT64_C(1509978240));
	assert_true(rng_next(&r) == UINT64_C(1215971899390074240));
}

static void seed_stream_and_number_each_change_the_numbers(void **state)
{
	(void)state;
	struct rng a, b;
	for (int i = 0; i < 3; i++) {
		rng_start(&a, 7, 7, 7);
		rng_start(&b, i == 0 ? 8 : 7, i == 1 ? 8 : 7, i == 2 ? 8 : 7);
		assert_true(rng_next(&a) != rng_next(&b));
	}
	rng_start(&a, 7, 7, 7);
	rng_start(&b, 7, 7, 7);
	assert_true(rng_next(&a) == rng_next(&b));
}

static void picks_follow_their_weights(void **state)
{
	(void)state;
	static const unsigned sums[] = {10, 10, 40, 100};
	int hits[4] = {0};
	struct rng r;
	rng_start(&r, 1, 2, 3);
	for (int i = 0; i < 10000; i++)
		hits[rng_pick(&r, sums, 4)]++;
	assert_in_range(hits[0], 800, 1200);
	assert_int_equal(hits[1], 0);
	assert_in_range(hits[2], 2700, 3300);
	assert_in_range(hits[3], 5600, 6400);
}

/* --- office time -------------------------------------------------------------------------- */

static int workdays_of(const struct office *o, int year)
{
	char from[40], to[40];
	snprintf(from, sizeof from, "%d-01-01T00:00:00+07:00", year);
	snprintf(to, sizeof to, "%d-01-01T00:00:00+07:00", year + 1);
	return (int)((office_work(o, at(to)) - office_work(o, at(from))) / WORKDAY);
}

static void years_have_the_working_days_of_the_notices(void **state)
{
	(void)state;
	struct office *o = load_office();
	assert_int_equal(workdays_of(o, 2022), 249);
	assert_int_equal(workdays_of(o, 2023), 249);
	assert_int_equal(workdays_of(o, 2024), 251);
	assert_int_equal(workdays_of(o, 2025), 250);
	assert_int_equal(workdays_of(o, 2026), 249);
	office_free(o);
}

static void offices_rest_at_noon_on_holidays_and_work_swapped_saturdays(void **state)
{
	(void)state;
	struct office *o = load_office();
	assert_true(office_is_open(o, at("2026-11-20T07:30:00+07:00")));
	assert_true(office_is_open(o, at("2026-11-20T17:29:00+07:00")));
	assert_false(office_is_open(o, at("2026-11-20T11:30:00+07:00")));
	assert_false(office_is_open(o, at("2026-11-20T17:30:00+07:00")));
	assert_false(office_is_open(o, at("2026-11-21T09:00:00+07:00"))); /* Saturday */
	assert_false(office_is_open(o, at("2026-11-24T09:00:00+07:00"))); /* holiday */
	assert_true(office_is_open(o, at("2026-08-22T09:00:00+07:00")));  /* swapped */
	office_free(o);
}

static void office_time_adds_over_nights_and_holidays(void **state)
{
	(void)state;
	struct office *o = load_office();
	int64_t friday = office_work(o, at("2026-11-20T16:30:00+07:00"));
	assert_true(office_at(o, friday + HOUR) == at("2026-11-20T17:30:00+07:00"));
	assert_true(office_at(o, friday + 2 * HOUR) == at("2026-11-23T08:30:00+07:00"));
	/* Tuesday the 24th is a holiday. */
	assert_true(office_at(o, friday + 2 * WORKDAY) == at("2026-11-25T16:30:00+07:00"));
	office_free(o);
}

static void office_time_and_instants_are_each_others_inverse(void **state)
{
	(void)state;
	struct office *o = load_office();
	struct rng r;
	rng_start(&r, 5, 5, 5);
	for (int i = 0; i < 2000; i++) {
		int64_t t = at("2024-01-01T00:00:00Z") + rng_between(&r, 0, 900 * DAY);
		int64_t work = office_work(o, t);
		assert_true(office_work(o, office_at(o, work)) == work);
		assert_true(office_at(o, work) <= t);
		if (office_is_open(o, t) && work % (WORKDAY / 2))
			assert_true(office_at(o, work) == t);
	}
	office_free(o);
}

/* --- templates ---------------------------------------------------------------------------- */

static int say(const char *yaml, uint64_t number, const struct slots *s, struct strbuf *out,
	       struct err *e)
{
	struct grammar g;
	struct yaml *y = yaml_parse("t.yaml", yaml, strlen(yaml), e);
	assert_non_null(y);
	int bad = grammar_open(&g, y, e);
	const struct phrase *p = bad ? NULL : grammar_member(&g, yaml_root(y), "say", e);
	if (p) {
		struct rng r;
		rng_start(&r, 1, 1, number);
		phrase_say(p, &r, s, out);
	}
	grammar_free(&g);
	yaml_free(y);
	return p ? 0 : -1;
}

static void assert_says(const char *yaml, const char *expected)
{
	struct err e = ERR_INIT;
	struct strbuf b = STRBUF_INIT;
	struct slots s = {0};
	s.text[SLOT_STREET] = "đường Tô Hiệu";
	assert_int_equal(say(yaml, 1, &s, &b, &e), 0);
	assert_string_equal(b.s, expected);
	strbuf_free(&b);
}

static void templates_fill_slots_rules_and_capitals(void **state)
{
	(void)state;
	assert_says("say: ['ổ gà trên <street>']", "Ổ gà trên đường Tô Hiệu");
	assert_says("rules: {a: ['x <b>'], b: ['y']}\nsay: ['<a>, <^street>']",
		    "X y, Đường Tô Hiệu");
	assert_says("say: ['{|}a{ b|  b} <ward> , c{|} . d ?']", "A b, c. D?");
	assert_says("say: ['<7-7> m']", "7 m");
}

static void templates_reach_every_choice(void **state)
{
	(void)state;
	bool seen[3] = {false};
	for (uint64_t i = 0; i < 60; i++) {
		struct err e = ERR_INIT;
		struct strbuf b = STRBUF_INIT;
		struct slots s = {0};
		assert_int_equal(say("say: ['{a|{b|c}}']", i, &s, &b, &e), 0);
		seen[b.s[0] - 'A'] = true;
		strbuf_free(&b);
	}
	assert_true(seen[0] && seen[1] && seen[2]);
}

static void broken_templates_name_their_line(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"say:\n- fine\n- '{a|b'",     "say:\n- fine\n- 'a}'",
		"say:\n- fine\n- '<nobody>'", "say:\n- fine\n- '<street'",
		"say:\n- fine\n- 'a|b'",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err e = ERR_INIT;
		struct strbuf b = STRBUF_INIT;
		struct slots s = {0};
		assert_int_equal(say(bad[i], 1, &s, &b, &e), -1);
		assert_non_null(strstr(e.text, "t.yaml:3:"));
		strbuf_free(&b);
	}
}

static void voices_change_words_not_meaning(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, "Đường Chiềng Lề ngập úng");
	voice_unmark(&b, 0);
	assert_string_equal(b.s, "Duong Chieng Le ngap ung");
	strbuf_clear(&b);
	strbuf_adds(&b, "đèn đường ở phường");
	voice_upper(&b, 0);
	assert_string_equal(b.s, "ĐÈN ĐƯỜNG Ở PHƯỜNG");
	strbuf_free(&b);
}

/* --- workflow ----------------------------------------------------------------------------- */

static void moves_lead_from_known_states_to_known_states(void **state)
{
	(void)state;
	static const char *const queues[] = {"complaint", "dossier", "call", "alert"};
	for (size_t q = 0; q < 4; q++) {
		size_t n;
		const struct kind *k = kind_find(queues[q]);
		const struct move *moves = workflow_moves(k, &n);
		assert_true(n > 0);
		for (size_t i = 0; i < n; i++) {
			assert_non_null(kind_state(k, moves[i].from));
			assert_non_null(moves[i].action);
			if (moves[i].to)
				assert_non_null(kind_state(k, moves[i].to));
		}
	}
}

static void every_open_state_can_be_left(void **state)
{
	(void)state;
	static const char *const queues[] = {"complaint", "dossier", "call", "alert"};
	for (size_t q = 0; q < 4; q++) {
		size_t n;
		const struct kind *k = kind_find(queues[q]);
		const struct move *moves = workflow_moves(k, &n);
		for (const struct state *s = k->states; s->code; s++) {
			bool left = !(s->flags & STATE_OPEN);
			for (size_t i = 0; i < n; i++)
				left |= moves[i].odds && strcmp(moves[i].from, s->code) == 0;
			assert_true(left);
		}
	}
}

/* What no operator does in this program: citizens, and the software of the one-stop desk. */
static bool is_others(const struct move *m)
{
	static const char *const words[] = {
		"Cập nhật tiến độ", "Người dân xác nhận", "Yêu cầu nghĩa vụ tài chính",
		"Đã nộp phí",       "Trình ký",           "Rút hồ sơ"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], m->action) == 0)
			return true;
	return false;
}

/* The same word in histories, from a state that the table allows, to the state it says. */
static bool is_action(const struct kind *k, const struct move *m)
{
	for (const struct action *a = actions_of(k); a->id; a++)
		if (strcmp(a->history, m->action) == 0 && action_fits_state(k, a, m->from) &&
		    strcmp(a->to ? a->to : m->from, m->to ? m->to : m->from) == 0)
			return true;
	return false;
}

static void the_demo_moves_as_the_tables_of_actions_say(void **state)
{
	static const char *const queues[] = {"complaint", "dossier", "call", "alert"};
	(void)state;
	for (size_t q = 0; q < sizeof queues / sizeof *queues; q++) {
		size_t n;
		const struct kind *k = kind_find(queues[q]);
		const struct move *moves = workflow_moves(k, &n);
		for (size_t i = 0; i < n; i++)
			if (is_action(k, &moves[i]) == is_others(&moves[i]))
				fail_msg("%s: %s from %s to %s", k->id, moves[i].action,
					 moves[i].from, moves[i].to ? moves[i].to : "-");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_generator_is_xoshiro256_starstar),
		cmocka_unit_test(seed_stream_and_number_each_change_the_numbers),
		cmocka_unit_test(picks_follow_their_weights),
		cmocka_unit_test(years_have_the_working_days_of_the_notices),
		cmocka_unit_test(offices_rest_at_noon_on_holidays_and_work_swapped_saturdays),
		cmocka_unit_test(office_time_adds_over_nights_and_holidays),
		cmocka_unit_test(office_time_and_instants_are_each_others_inverse),
		cmocka_unit_test(templates_fill_slots_rules_and_capitals),
		cmocka_unit_test(templates_reach_every_choice),
		cmocka_unit_test(broken_templates_name_their_line),
		cmocka_unit_test(voices_change_words_not_meaning),
		cmocka_unit_test(moves_lead_from_known_states_to_known_states),
		cmocka_unit_test(every_open_state_can_be_left),
		cmocka_unit_test(the_demo_moves_as_the_tables_of_actions_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

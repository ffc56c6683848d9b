/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deadlines explained, and the levels of escalation. */
#include "deadline_fixture.h"

#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

static void test_a_source_that_is_a_day_off_is_told(void **state)
{
	static const struct {
		const char *due;
		bool differs;
	} table[] = {
		/* Ours is Thu 26/11 17:30; the day before it, Wed 25/11 17:30, is one day away.
		 */
		{"2026-11-26T17:00", false}, {"2026-11-25T17:30", false},
		{"2026-11-25T17:29", true},  {"2026-11-27T17:30", false},
		{"2026-11-28T10:00", false}, /* no open time on a Saturday */
		{"2026-11-30T07:31", true},
	};
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct arena a = ARENA_INIT;
		struct deadline_look look;
		struct record *r = make(&a, &kind_dossier,
					"state=4 procedure=P3 created_at=2026-11-20T08:30", "");
		put(&a, r, "due_at", table[i].due);
		deadline_settle(*state, &a, r);
		deadline_look(*state, r, at("2026-11-20T09:00"), &look);
		assert_int_equal(look.differs, table[i].differs);
		arena_free(&a);
	}
}

static void gather(void *context, const char *label, const char *text)
{
	strbuf_addf(context, "%s: %s\n", label, text);
}

static void assert_says(const struct strbuf *b, const char *const *said)
{
	for (; *said; said++)
		if (!strstr(b->s, *said))
			fail_msg("“%s” is not in\n%s", *said, b->s);
}

static void test_every_step_is_explained(void **state)
{
	static const char *const said[] = {
		"Begun: 10/02/2026 08:00\n",
		"Rule: dossier/P5: Result 5 working days\n",
		"Calendar: Giờ hành chính, version ",
		"Basis: Procedures: P5\n",
		"By the rule: 24/02/2026 17:30\n",
		"Doesn't count: From 12/02/2026 16:00 to 23/02/2026 09:00: Supplement asked",
		"By the rule, moved: 26/02/2026 10:30\n",
		"By the source: 24/02/2026 17:00\n",
		"National rule: ",
		"In force: Result: by 07/03/2026 10:00\n",
		NULL,
	};
	struct arena a = ARENA_INIT;
	struct strbuf b = STRBUF_INIT;
	struct record *r = make(
		&a, &kind_dossier,
		"state=4 procedure=P5 created_at=2026-02-10T08:00 due_at=2026-02-24T17:00",
		"2@2026-02-10T08:00 5@2026-02-12T16:00 4@2026-02-23T09:00");
	deadline_settle(*state, &a, r);
	deadline_explain(*state, r, at("2026-02-23T10:00"), gather, &b);
	assert_says(&b, said);
	strbuf_free(&b);
	arena_free(&a);
}

static void test_a_year_without_notice_is_told(void **state)
{
	static const char *const said[] = {
		"Uncertain: The holidays of 2027 are not all known yet\n", NULL};
	struct arena a = ARENA_INIT;
	struct strbuf b = STRBUF_INIT;
	struct deadline_look look;
	struct record *r = make(&a, &kind_dossier,
				"state=4 procedure=P10 created_at=2026-12-28T08:00", "");
	deadline_settle(*state, &a, r);
	deadline_look(*state, r, at("2026-12-28T09:00"), &look);
	assert_true(look.uncertain);
	deadline_explain(*state, r, at("2026-12-28T09:00"), gather, &b);
	assert_says(&b, said);
	strbuf_free(&b);
	arena_free(&a);
}

/* 16 h of handling from Fri 20/11 08:00 end Wed 25/11 08:00; 4 h before that are half an hour
 * of Wed and, over the holiday of Tue 24/11, 3.5 h of Mon 23/11: 14:00, 8 h after it Thu 26/11
 * 08:00, 16 h Fri 27/11 08:00. */
static void test_levels_are_reached_in_working_time(void **state)
{
	static const struct {
		const char *now;
		int level;
		const char *next;
	} table[] = {
		{"2026-11-20T10:00", 0, "2026-11-23T14:00"},
		{"2026-11-23T13:59", 0, "2026-11-23T14:00"},
		{"2026-11-23T14:00", 1, "2026-11-26T08:00"},
		{"2026-11-26T07:59", 1, "2026-11-26T08:00"},
		{"2026-11-26T08:00", 2, "2026-11-27T08:00"},
		{"2026-11-27T08:00", 3, NULL},
	};
	struct arena a = ARENA_INIT;
	struct record *r = make(&a, &kind_complaint,
				"state=DANG_XL category=an-ninh created_at=2026-11-20T08:00",
				"");
	deadline_settle(*state, &a, r);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		int64_t next;
		assert_int_equal(deadline_level(*state, r, at(table[i].now), &next),
				 table[i].level);
		assert_true(next == (table[i].next ? at(table[i].next) : CLOCK_NONE));
	}
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_source_that_is_a_day_off_is_told),
		cmocka_unit_test(test_every_step_is_explained),
		cmocka_unit_test(test_a_year_without_notice_is_told),
		cmocka_unit_test(test_levels_are_reached_in_working_time),
	};
	return cmocka_run_group_tests(tests, open_rules, close_rules);
}

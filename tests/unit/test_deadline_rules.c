/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of deadlines: what is wrong in them, and which of them is the nearest. */
#include "deadline_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

static struct rulebook *parse(const char *text, struct err *e)
{
	char folder[512];
	snprintf(folder, sizeof folder, "%s/calendars", getenv("IOC_DATA_DIR"));
	struct calendar *c = calendar_open_folder(folder, e);
	return rulebook_parse(c, "d.yaml", text, strlen(text), e);
}

static void test_wrong_rules_are_named_with_their_place(void **state)
{
	static const char *const wrong[][2] = {
		{"rulez: []", "d.yaml:1:1: unknown key \"rulez\"; did you mean \"rules\"?"},
		{"rules:\n- {kind: complait}",
		 "d.yaml:2:10: unknown kind \"complait\"; did you mean \"complaint\"?"},
		{"rules:\n- {kind: dossier, handle: 2 h}",
		 "d.yaml:2:19: unknown key \"handle\""},
		{"rules:\n- {kind: call, callbak: 2 h}",
		 "d.yaml:2:16: unknown key \"callbak\"; did you mean \"callback\"?"},
		{"rules:\n- {kind: call, callback: 2 weeks}",
		 "d.yaml:2:26: a limit is written"},
		{"rules:\n- {kind: call, callback: -2 h}", "d.yaml:2:26: a limit is written"},
		{"rules:\n- {kind: call, calendar: ofice}",
		 "d.yaml:2:26: there is no calendar"},
		{"rules:\n- {kind: call, from: 2026-13-01}", "d.yaml:2:22: a day is written"},
		{"rules:\n- {kind: call, from: 2026-02-01, to: 2026-01-01}",
		 "d.yaml:2:38: it ends before it begins"},
		{"rules:\n- {kind: complaint, flag: urgnt}", "d.yaml:2:27: no flag"},
		{"rules:\n- {kind: call, escalate: {a: 2 h, b: 1 h}}",
		 "d.yaml:2:38: a level can't be reached"},
		{"settings: {early: 2 months}", "d.yaml:1:19: open time is written"},
		{"settings: {same_day_after: 25:00}", "d.yaml:1:28: a time of day"},
		{"settings: {working_days: half}", "d.yaml:1:26: working days are counted"},
		{"defaults: {calls: {}}",
		 "d.yaml:1:12: unknown kind \"calls\"; did you mean \"call\"?"},
		{"rules: 5", "d.yaml:1:8: a list"},
		{"- 5", "d.yaml:1:3: a map"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct err e = ERR_INIT;
		struct rulebook *b = parse(wrong[i][0], &e);
		if (b || strncmp(e.text, wrong[i][1], strlen(wrong[i][1])) != 0)
			fail_msg("%s\n%s\n%s", wrong[i][0], e.text, wrong[i][1]);
	}
}

static void test_empty_rules_leave_the_source_alone(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct arena a = ARENA_INIT;
	struct rulebook *b = parse("", &e);
	assert_non_null(b);
	struct record *r = make(
		&a, &kind_complaint,
		"state=DANG_XL created_at=2026-11-20T08:00 due_at=2026-11-23T08:00", "");
	deadline_settle(b, &a, r);
	assert_null(rulebook_rule(b, r));
	assert_true(record_int(r, COL_DUE_AT, 0) == at("2026-11-23T08:00"));
	assert_false(r->values[COL_DUE_CALC].set);
	rulebook_free(b);
	arena_free(&a);
}

static const char *rule_of(const struct rulebook *b, const char *fields)
{
	struct arena a = ARENA_INIT;
	const struct rule *r = rulebook_rule(b, make(&a, &kind_complaint, fields, ""));
	arena_free(&a);
	return r ? r->id : "";
}

static void add_category(struct rulebook *b, const char *fields)
{
	struct arena a = ARENA_INIT;
	rulebook_add_row(b, make(&a, &kind_category, fields, ""));
	arena_free(&a);
}

static void test_the_nearest_rule_wins(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct rulebook *b = parse(
		"rules:\n"
		"- {kind: complaint, handle: 9 h}\n"
		"- {kind: complaint, handle: 8 h, from: 2026-06-01}\n"
		"- {kind: complaint, category: dien, handle: 7 h, publish: 2 working days}\n"
		"- {kind: complaint, flag: urgent, handle: 1 h, from: 2026-03-01}\n",
		&e);
	assert_non_null(b);
	assert_string_equal(rule_of(b, "created_at=2026-05-31T23:59"), "complaint");
	assert_string_equal(rule_of(b, "created_at=2026-06-01T00:00"), "complaint@2026-06-01");
	assert_string_equal(rule_of(b, "created_at=2026-06-01 category=rac"),
			    "complaint@2026-06-01");
	assert_string_equal(rule_of(b, "created_at=2026-06-01 category=dien"),
			    "complaint/dien");
	assert_string_equal(rule_of(b, "created_at=2026-06-01 category=dien urgent=1"),
			    "complaint/urgent@2026-03-01");
	assert_string_equal(rule_of(b, "created_at=2026-02-28 category=dien urgent=1"),
			    "complaint/dien");
	char *before = xstrdup(rulebook_version(b));
	add_category(b, "code=dien applies_to=complaint handle_h=3 clock=gio");
	assert_string_not_equal(rulebook_version(b), before);
	free(before);
	struct arena a = ARENA_INIT;
	struct record *r = make(&a, &kind_complaint, "created_at=2026-06-01 category=dien", "");
	const struct rule *rule = rulebook_rule(b, r);
	/* The catalogue's hours around the clock; what it doesn't say stays as the file says.
	 */
	assert_string_equal(rule->calendar, "always");
	assert_true(rule->limits[CLOCK_HANDLE].amount == 3 &&
		    rule->limits[CLOCK_HANDLE].unit == LIMIT_HOURS);
	assert_true(rule->limits[CLOCK_PUBLISH].unit == LIMIT_WORKING_DAYS);
	assert_string_equal(rule->limits[CLOCK_PUBLISH].calendar, "office");
	arena_free(&a);
	rulebook_free(b);
}

static void test_version_does_not_depend_on_the_order_of_rows(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct rulebook *x = parse("rules: []", &e), *y = parse("rules: []", &e);
	add_category(x, "code=dien applies_to=complaint handle_h=3 clock=gio");
	add_category(x, "code=rac applies_to=complaint handle_h=4 clock=gio");
	add_category(y, "code=rac applies_to=complaint handle_h=4 clock=gio");
	add_category(y, "code=dien applies_to=complaint handle_h=3 clock=gio");
	assert_string_equal(rulebook_version(x), rulebook_version(y));
	add_category(y, "code=x applies_to=complaint handle_h=4 clock=gio");
	assert_string_not_equal(rulebook_version(x), rulebook_version(y));
	rulebook_free(x);
	rulebook_free(y);
}

/* The table of the reference settings: accept, handle, soon, leader, chairman. */
static void test_fields_have_the_hours_of_the_table(void **state)
{
	static const struct {
		const char *category;
		int accept, handle, soon, leader, chairman;
	} table[] = {
		{"an-ninh", 2, 16, 4, 8, 16},
		{"an-toan-thuc-pham", 2, 24, 6, 12, 24},
		{"dien", 2, 24, 6, 12, 24},
		{"cap-thoat-nuoc", 4, 48, 8, 16, 32},
		{"rac-thai", 4, 24, 8, 16, 32},
		{"trat-tu-do-thi", 6, 40, 12, 24, 48},
		{"xay-dung", 4, 72, 12, 12, 24},
		{"giao-thong", 8, 168, 24, 24, 48},
		{"o-nhiem", 8, 72, 24, 24, 48},
		{"y-te-giao-duc", 8, 72, 24, 24, 48},
		{"can-bo", 8, 120, 24, 24, 48},
		{"khac", 8, 72, 24, 24, 48},
		{"mot-linh-vuc-moi", 8, 56, 24, 24, 48},
	};
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct arena a = ARENA_INIT;
		struct record *r = make(&a, &kind_complaint, "state=MOI created_at=2026-11-20",
					"");
		put(&a, r, "category", table[i].category);
		const struct rule *rule = rulebook_rule(*state, r);
		assert_true(rule->limits[CLOCK_ACCEPT].amount == table[i].accept);
		assert_true(rule->limits[CLOCK_HANDLE].amount == table[i].handle);
		assert_true(rule->soon == table[i].soon * HOUR);
		assert_int_equal(rule->escalation_count, 3);
		assert_true(rule->escalations[1].after == table[i].leader * HOUR);
		assert_true(rule->escalations[2].after == table[i].chairman * HOUR);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_rules_are_named_with_their_place),
		cmocka_unit_test(test_empty_rules_leave_the_source_alone),
		cmocka_unit_test(test_the_nearest_rule_wins),
		cmocka_unit_test(test_version_does_not_depend_on_the_order_of_rows),
		cmocka_unit_test(test_fields_have_the_hours_of_the_table),
	};
	return cmocka_run_group_tests(tests, open_rules, close_rules);
}

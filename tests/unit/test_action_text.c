/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Actions as people type them. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/strbuf.h"
#include "model/action_text.h"

#define NOW INT64_C(1795160527000) /* Friday 2026-11-20 14:42:07 in Sơn La */

static struct arena arena = ARENA_INIT;

static int set_up(void **state)
{
	(void)state;
	clock_set_zone("Asia/Ho_Chi_Minh");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct action_text parsed(const char *text)
{
	struct action_text t;
	struct err e = ERR_INIT;
	if (action_text_parse(&arena, text, &t, &e) < 0)
		fail_msg("%s: %s", text, e.text);
	return t;
}

static void refused(const char *text, const char *why)
{
	struct action_text t;
	struct err e = ERR_INIT;
	assert_int_equal(action_text_parse(&arena, text, &t, &e), -1);
	if (!strstr(e.text, why))
		fail_msg("%s: %s", text, e.text);
}

static void action_records_and_fields_are_told_apart(void **state)
{
	(void)state;
	struct action_text t = parsed(
		"assign PA-00423 PA-00431  --unit CATP --note 'lấn chiếm vỉa hè'");
	assert_string_equal(t.action, "assign");
	assert_int_equal(t.code_count, 2);
	assert_string_equal(t.codes[1], "PA-00431");
	assert_int_equal(t.said_count, 2);
	assert_string_equal(t.said[0].name, "unit");
	assert_string_equal(t.said[0].text, "CATP");
	assert_string_equal(t.said[1].text, "lấn chiếm vỉa hè");
	t = parsed("receive");
	assert_int_equal(t.code_count + t.said_count, 0);
}

static void quotes_and_equal_signs_hold_together(void **state)
{
	(void)state;
	struct action_text t = parsed(
		"comment 'PA 1' --note=\"một\\n\\\"hai\\\" \\\\\" --x='a\\n'");
	assert_string_equal(t.codes[0], "PA 1");
	assert_string_equal(t.said[0].text, "một\n\"hai\" \\");
	assert_string_equal(t.said[1].text, "a\\n");
	t = parsed("comment --note '--nothing' --note=--");
	assert_string_equal(t.said[0].text, "--nothing");
	assert_string_equal(t.said[1].text, "--");
	t = parsed("comment -- --odd");
	assert_string_equal(t.codes[0], "--odd");
	t = parsed("publish A --public --result ''");
	assert_null(t.said[0].text);
	assert_string_equal(t.said[1].text, "");
}

static void what_is_no_action_is_refused_in_words(void **state)
{
	(void)state;
	refused("", "which action");
	refused("   \t", "which action");
	refused("comment --note 'x", "not closed");
	refused("comment --=x", "without a name");
	refused("comment A --note hai từ", "\"từ\"");
	char *long_text = malloc(ACTION_TEXT_MOST + 2);
	memset(long_text, 'x', ACTION_TEXT_MOST + 1);
	long_text[ACTION_TEXT_MOST + 1] = '\0';
	refused(long_text, "too long");
	free(long_text);
}

static void many_records_are_taken_and_too_many_refused(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	strbuf_adds(&b, "receive");
	for (int i = 0; i < ACTION_CODES_MOST; i++)
		strbuf_addf(&b, " PA-%d", i);
	struct action_text t = parsed(b.s);
	assert_int_equal(t.code_count, ACTION_CODES_MOST);
	assert_string_equal(t.codes[ACTION_CODES_MOST - 1], "PA-999");
	strbuf_adds(&b, " more");
	refused(b.s, "more than");
	strbuf_free(&b);
}

/* A catalogue of one unit and one field. */
static const char *resolve(void *data, const struct kind *catalogue, const char *word)
{
	(void)data;
	if (strcmp(word, "CATP") == 0 || strcmp(word, "Công an thành phố") == 0)
		return strcmp(catalogue->id, "unit") == 0 ? "CATP" : NULL;
	return strcmp(word, "QLDT") == 0 ? "QLDT" : NULL;
}

static const struct action_words words = {NOW, resolve, NULL};

static char *fields(const char *kind, const char *text, struct err *e)
{
	struct action_text t = parsed(text);
	json_t *j = action_text_fields(&t, action_find(kind_find(kind), t.action), &words, e);
	char *s = j ? json_dumps(j, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
	json_decref(j);
	return s;
}

static void gives(const char *kind, const char *text, const char *json)
{
	struct err e = ERR_INIT;
	char *s = fields(kind, text, &e);
	if (!s)
		fail_msg("%s: %s", text, e.text);
	assert_string_equal(s, json);
	free(s);
}

static void fails(const char *kind, const char *text, const char *why)
{
	struct err e = ERR_INIT;
	char *s = fields(kind, text, &e);
	if (s || !strstr(e.text, why))
		fail_msg("%s: %s", text, s ? s : e.text);
	assert_int_equal(e.code, ERR_USAGE);
}

static void values_become_what_the_writer_wants(void **state)
{
	(void)state;
	gives("complaint",
	      "assign A --unit 'Công an thành phố' --co_units 'QLDT, CATP' --co_units QLDT",
	      "{\"co_units\":\"QLDT, CATP, QLDT\",\"unit\":\"CATP\"}");
	gives("complaint", "assign A --unit CATP --due_at '21/11 16:30' --note ' '",
	      "{\"due_at\":\"2026-11-21T09:30:00.000Z\",\"unit\":\"CATP\"}");
	gives("complaint", "publish A --result \"xong\\nrồi\" --public",
	      "{\"public\":true,\"result\":\"xong\\nrồi\"}");
	gives("complaint", "publish A --result x --public không",
	      "{\"public\":false,\"result\":\"x\"}");
	gives("complaint", "reject A --why khac --reason x",
	      "{\"reason\":\"x\",\"why\":\"khac\"}");
	gives("complaint", "reject A --why 'already REPORTED' --reason x",
	      "{\"reason\":\"x\",\"why\":\"trung-lap\"}");
}

static void what_is_wrong_names_its_field(void **state)
{
	(void)state;
	fails("complaint", "assign A", "--unit");
	fails("complaint", "assign A --unit nobody", "--unit: nothing of this name: nobody");
	fails("complaint", "assign A --unit CATP --fly x",
	      "has no field \"fly\"; it has --unit,");
	fails("complaint", "assign A --unit CATP --due_at soon", "--due_at: no time");
	fails("complaint", "assign A --unit CATP --due_at 19/11/2026", "passed");
	fails("complaint", "publish A --result x --public perhaps", "--public: yes or no?");
	fails("complaint", "reject A --why nothing --reason x", "--why: not among");
}

static void time_is(const char *text, const char *local)
{
	int64_t t;
	char s[CLOCK_TEXT] = "none";
	if (action_time(text, NOW, &t) == 0)
		clock_format_local(t, s);
	s[16] = '\0';
	if (strcmp(s, local) != 0)
		fail_msg("%s: %s, not %s", text, s, local);
}

static void times_are_read_as_people_type_them(void **state)
{
	(void)state;
	time_is("20/11 16:30", "2026-11-20T16:30");
	time_is("20/11/2027 16h30", "2027-11-20T16:30");
	time_is(" 21/11  8g ", "2026-11-21T08:00");
	time_is("21/11", "2026-11-21T23:59");
	time_is("mai", "2026-11-21T23:59");
	time_is("ngày mai 9:00", "2026-11-21T09:00");
	time_is("hôm nay 17h", "2026-11-20T17:00");
	time_is("16:30", "2026-11-20T16:30");
	time_is("9h15", "2026-11-21T09:15");
	time_is("+2d", "2026-11-22T14:42");
	time_is("+4h", "2026-11-20T18:42");
	time_is("+ 2 ngày", "2026-11-22T14:42");
	time_is("90 phút", "2026-11-20T16:12");
	time_is("2026-12-01T08:00", "2026-12-01T08:00");
	time_is("2026-12-01 08:00", "2026-12-01T08:00");
	time_is("2026-12-01", "2026-12-01T23:59");
	int64_t t;
	static const char *const none[] = {"",
					   "soon",
					   "32/11",
					   "25:00",
					   "12:60",
					   "-3:00",
					   "21/11 24:00",
					   "16:3",
					   "99999999999999999999d"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (action_time(none[i], NOW, &t) == 0)
			fail_msg("%s is no time", none[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(action_records_and_fields_are_told_apart),
		cmocka_unit_test(quotes_and_equal_signs_hold_together),
		cmocka_unit_test(what_is_no_action_is_refused_in_words),
		cmocka_unit_test(many_records_are_taken_and_too_many_refused),
		cmocka_unit_test(values_become_what_the_writer_wants),
		cmocka_unit_test(what_is_wrong_names_its_field),
		cmocka_unit_test(times_are_read_as_people_type_them),
	};
	return cmocka_run_group_tests_name("action text", tests, set_up, tear_down);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the writer or the source refuses: who was first, what to do, and nothing about people.
 */
#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/action.h"
#include "ui/acting.h"

static void a_refusal_leaves_the_form_open_and_says_why(void **state)
{
	(void)state;
	snprintf(w.refusal, sizeof w.refusal, "the writer is away");
	world_keys(&w, "cxin<Space>chao<F2>");
	must_show(&w, "the writer is away");
	must_show(&w, "xin chao");
	w.refusal[0] = '\0';
	world_keys(&w, "<F2>");
	must_show(&w, "queued: Comment");
}

static void a_refusal_of_the_province_is_marked_until_somebody_decides(void **state)
{
	(void)state;
	world_keys(&w, "R");
	world_keys(&w, "Dqldt<F2>");
	world_outbox(&w, "u1", "rejected",
		     json_pack("{s:s, s:s, s:s, s:s, s:s}", "kind", "complaint", "action",
			       "assign", "code", "PA-1", "error", "sai đơn vị", "record", "x"));
	must_show(&w, "Outbox 1 refused");
	world_keys(&w, "O");
	must_show(&w, "sai đơn vị");
	w.deaf = true;
	world_keys(&w, "r");
	assert_string_equal(member(asked(0), "command"), "again");
	world_keys(&w, "d");
	assert_string_equal(member(asked(1), "command"), "drop");
	assert_string_equal(member(asked(1), "uuid"), "u1");
}

static void a_conflict_shows_both_sides_and_is_done_again_on_the_new_version(void **state)
{
	(void)state;
	world_outbox(&w, "u9", "conflict",
		     json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s}, s:{s:s, s:s, s:i}}", "kind",
			       "complaint", "action", "assign", "code", "PA-1", "record", "x",
			       "error", "the version is 7 now", "fields", "unit", "qldt",
			       "answer", "unit", "ca-phuong", "state", "DANG_XL", "version",
			       7));
	must_show(&w, "Outbox 1 conflict");
	world_keys(&w, "O");
	must_show(&w, "you: P. Quản lý đô thị · now: CA phường");
	must_show(&w, "now: In progress");
	w.deaf = true;
	world_keys(&w, "r");
	must_show(&w, "has changed");
	world_keys(&w, "R");
	assert_int_equal(json_integer_value(json_object_get(asked(0), "version")), 7);
}

static void a_conflict_names_who_was_first_and_the_ways_out(void **state)
{
	(void)state;
	world_outbox(&w, "u9", "conflict",
		     json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s}, s:{s:s, s:i, s:[{s:s, s:s,"
			       " s:s}]}}",
			       "kind", "complaint", "action", "assign", "code", "PA-1",
			       "record", "x", "error", "the version is 7 now", "fields", "unit",
			       "qldt", "answer", "state", "DANG_XL", "version", 7, "history",
			       "at", "2026-11-20T02:00:00Z", "by", "Quàng Văn Hặc", "action",
			       "Chuyển xử lý"));
	world_keys(&w, "O");
	must_show(&w, "Quàng Văn Hặc: Chuyển xử lý");
	assert_false(world_shows(&w, "the version is 7 now"));
	must_show(&w, "What to do");
	world_outbox(&w, "u9", "conflict",
		     json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s, s:i}}", "kind", "complaint",
			       "action", "assign", "code", "PA-1", "record", "x", "error",
			       "the version is 8 now", "answer", "state", "DONG", "version",
			       8));
	must_show(&w, "the version is 8 now");
	must_show(&w, "give it up: not possible in this state");
}

static void a_conflict_tells_nothing_about_people(void **state)
{
	(void)state;
	world_outbox(&w, "u9", "conflict",
		     json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s}, s:{s:s, s:s, s:i}}", "kind",
			       "complaint", "action", "submit", "code", "PA-1", "record", "x",
			       "error", "", "fields", "result", "đã sửa", "answer", "state",
			       "DANG_XL", "result", "gọi 0912345678 nhé", "version", 7));
	world_keys(&w, "O");
	must_show(&w, "đã sửa");
	must_show(&w, "5678");
	assert_false(world_shows(&w, "0912345678"));
}

static void what_was_refused_is_said_otherwise_and_sent_again(void **state)
{
	(void)state;
	world_outbox(&w, "u9", "rejected",
		     json_pack("{s:s, s:s, s:s, s:s, s:s, s:{s:s, s:s}, s:i}", "kind",
			       "complaint", "action", "assign", "code", "PA-1", "record", "x",
			       "error", "sai đơn vị", "fields", "unit", "qldt", "due_at",
			       "2026-11-22T02:00:00.000Z", "version", 3));
	world_keys(&w, "Oe");
	must_show(&w, "22/11/2026 09:00");
	w.deaf = true;
	world_keys(&w, "<C-u>ca<Space>ph<F2>");
	const json_t *f = json_object_get(asked(0), "fields");
	assert_string_equal(member(asked(0), "command"), "again");
	assert_string_equal(member(asked(0), "uuid"), "u9");
	assert_string_equal(member(f, "unit"), "ca-phuong");
	assert_string_equal(member(f, "due_at"), "2026-11-22T02:00:00.000Z");
	assert_int_equal(json_integer_value(json_object_get(asked(0), "version")), 3);
	snprintf(w.refusal, sizeof w.refusal, "too late");
	world_obey(&w);
	must_show(&w, "too late");
	w.refusal[0] = '\0';
	world_keys(&w, "<F2>");
	world_obey(&w);
	must_show(&w, "queued: Distribute, PA-1");
}

static void hostile_answers_break_nothing(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"{}",
		"{\"items\":7}",
		"{\"items\":[1,null,{}]}",
		"{\"id\":\"x\",\"ok\":1}",
		"{\"operator\":[]}",
		"{\"operator\":{\"roles\":[1,\"king\"],\"undo_ms\":\"x\"}}",
		"{\"items\":[{\"uuid\":\"a\",\"state\":\"conflict\",\"kind\":\"area\"},"
		"{\"uuid\":\"b\",\"state\":\"rejected\",\"fields\":[],\"answer\":\"x\"},"
		"{\"uuid\":\"c\",\"state\":\"odd\"}]}",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		for (int type = EVENT_OPERATOR; type <= EVENT_ACTED; type++) {
			json_t *j = json_loads(texts[i], 0, NULL);
			struct event e = {.type = (enum event_type)type};
			e.message = j;
			world_send(&w, &e);
			json_decref(j);
		}
	world_keys(&w, "OjjR<Enter>");
	world_keys(&w, "Oddrq");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_checked_complaints, close_console)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_refusal_leaves_the_form_open_and_says_why),
		TEST(a_refusal_of_the_province_is_marked_until_somebody_decides),
		TEST(a_conflict_shows_both_sides_and_is_done_again_on_the_new_version),
		TEST(a_conflict_names_who_was_first_and_the_ways_out),
		TEST(a_conflict_tells_nothing_about_people),
		TEST(what_was_refused_is_said_otherwise_and_sent_again),
		TEST(hostile_answers_break_nothing),
	};
	return cmocka_run_group_tests_name("refused", tests, NULL, NULL);
}

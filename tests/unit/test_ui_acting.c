/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an operator does reaches the writer as it was meant, and nothing typed is lost. */
#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/action.h"
#include "ui/acting.h"

/* How many drafts are kept; names that were said lately are no drafts. */
static size_t kept_drafts(void)
{
	const char *name;
	json_t *value;
	size_t n = 0;
	json_object_foreach (w.drafts, name, value)
		n += strncmp(name, "recent/", 7) != 0;
	return n;
}

static void a_form_says_which_record_which_version_and_what(void **state)
{
	(void)state;
	w.deaf = true;
	world_keys(&w,
		   "Dqldt<Enter>ca<Space>ph<Enter><Enter>mai<Space>9:00<Tab>gap<Enter>lam<F2>");
	const json_t *c = asked(0), *f = json_object_get(c, "fields");
	assert_string_equal(member(c, "command"), "act");
	assert_string_equal(member(c, "kind"), "complaint");
	assert_string_equal(member(c, "action"), "assign");
	assert_string_not_equal(member(c, "record"), "");
	assert_true(json_integer_value(json_object_get(c, "version")) > 0);
	assert_string_equal(member(f, "unit"), "qldt");
	assert_string_equal(member(f, "co_units"), "ca-phuong");
	assert_string_equal(member(f, "due_at"), "2026-11-21T02:00:00.000Z");
	assert_string_equal(member(f, "note"), "gap\nlam");
	assert_null(json_object_get(f, "category"));
	must_show(&w, "handed over");
}

static void what_was_done_shows_at_once_as_it_will_be(void **state)
{
	(void)state;
	world_keys(&w, "Dqldt<F2>");
	must_show(&w, "queued: Distribute");
	must_show(&w, "⇡ Distributed");
	must_show(&w, "P. Qu");
	must_show(&w, "Outbox 1 waiting");
	world_outbox(&w, "u1", "dropped", json_object());
	assert_false(world_shows(&w, "⇡"));
	assert_false(world_shows(&w, "Outbox"));
}

static void undo_takes_back_within_its_time_and_keeps_what_was_typed(void **state)
{
	(void)state;
	world_keys(&w, "Dqldt<F2>");
	w.deaf = true;
	world_keys(&w, "u");
	assert_string_equal(member(asked(0), "command"), "drop");
	assert_string_equal(member(asked(0), "uuid"), "u1");
	must_show(&w, "taking it back: Distribute");
	assert_false(world_shows(&w, "taken back"));
	w.deaf = false;
	world_obey(&w);
	must_show(&w, "taken back: Distribute");
	world_keys(&w, "D");
	must_show(&w, "P. Quản lý đô thị");
	world_keys(&w, "<F2>");
	world_tick(&w, 6000);
	world_keys(&w, "u");
	must_show(&w, "too late");
}

static void what_was_not_taken_back_is_not_said_to_be(void **state)
{
	(void)state;
	world_keys(&w, "Dqldt<F2>");
	snprintf(w.refusal, sizeof w.refusal, "it is being sent");
	world_keys(&w, "u");
	must_show(&w, "not taken back: it is being sent");
	w.refusal[0] = '\0';
	world_keys(&w, "u");
	must_show(&w, "nothing was done that waits");
	assert_int_equal(kept_drafts(), 0);
}

/* Whether it was taken back is not known: the form keeps it, under the same name. */
static void a_line_that_breaks_while_taking_back_loses_nothing_typed(void **state)
{
	(void)state;
	world_keys(&w, "cda<Space>goi");
	w.deaf = true;
	world_keys(&w, "<F2>");
	char *first = strdup(member(asked(0), "draft"));
	world_obey(&w);
	world_keys(&w, "u");
	json_t *lost = json_pack("{s:O, s:b, s:s, s:s}", "id", json_object_get(asked(0), "id"),
				 "ok", 0, "error", "net", "message", "the line broke");
	json_array_clear(w.asked);
	struct event e = {.type = EVENT_ACTED};
	e.message = lost;
	world_send(&w, &e);
	json_decref(lost);
	must_show(&w, "not taken back: the line broke");
	world_keys(&w, "c");
	must_show(&w, "da goi");
	world_keys(&w, "<F2>");
	assert_string_equal(member(asked(0), "draft"), first);
	free(first);
}

static void a_form_survives_leaving_it_and_the_end_of_the_program(void **state)
{
	(void)state;
	world_keys(&w, "Dqldt<Tab><Tab><Tab><Tab>chua<Space>xong<Esc>");
	must_show(&w, "is kept");
	assert_non_null(w.drafts);
	assert_int_equal(kept_drafts(), 1);
	json_t *kept = json_incref(w.drafts);
	close_console(NULL);
	open_checked_complaints(NULL);
	app_set_drafts(w.app, kept);
	world_keys(&w, "D");
	must_show(&w, "chua xong");
	must_show(&w, "P. Quản lý đô thị");
	world_keys(&w, "<F2>");
	must_show(&w, "queued");
	assert_int_equal(kept_drafts(), 0);
}

/* A console that was killed before it heard that its action is safe leaves the draft behind. */
static void a_draft_that_was_sent_is_known_again_and_no_other(void **state)
{
	(void)state;
	w.deaf = true;
	world_keys(&w, "cda<Space>goi");
	world_tick(&w, 3000);
	world_keys(&w, "<F2>");
	char *first = strdup(member(asked(0), "draft"));
	assert_string_not_equal(first, "");
	json_t *kept = json_deep_copy(w.drafts);
	close_console(NULL);
	open_checked_complaints(NULL);
	app_set_drafts(w.app, kept);
	w.deaf = true;
	world_keys(&w, "c<F2>");
	assert_string_equal(member(asked(0), "draft"), first);
	/* Refused, it is the same when it is sent again; taken back, it is done anew. */
	snprintf(w.refusal, sizeof w.refusal, "not reached");
	world_obey(&w);
	world_keys(&w, "<F2>");
	assert_string_equal(member(asked(0), "draft"), first);
	snprintf(w.refusal, sizeof w.refusal, "taken back meanwhile");
	w.refused_as = "conflict";
	world_obey(&w);
	assert_null(app_unkept_drafts(w.app));
	w.refusal[0] = '\0';
	world_keys(&w, "<F2>");
	assert_string_not_equal(member(asked(0), "draft"), first);
	free(first);
	first = strdup(member(asked(0), "draft"));
	world_obey(&w);
	world_keys(&w, "u");
	world_obey(&w);
	must_show(&w, "taken back");
	world_keys(&w, "c<F2>");
	assert_string_not_equal(member(asked(0), "draft"), first);
	free(first);
}

static void typing_is_kept_though_the_form_stays_open(void **state)
{
	(void)state;
	world_keys(&w, "cdang<Space>go");
	assert_null(w.drafts);
	assert_non_null(app_unkept_drafts(w.app));
	world_tick(&w, 3000);
	assert_non_null(w.drafts);
	assert_null(app_unkept_drafts(w.app));
}

static void what_could_not_be_kept_is_kept_when_there_is_room_again(void **state)
{
	(void)state;
	w.disk_full = true;
	world_keys(&w, "cmot");
	world_tick(&w, 3000);
	assert_null(w.drafts);
	world_keys(&w, "<Esc>");
	world_tick(&w, 1000);
	assert_non_null(app_unkept_drafts(w.app));
	w.disk_full = false;
	world_tick(&w, 3000);
	assert_int_equal(kept_drafts(), 1);
	assert_null(app_unkept_drafts(w.app));
}

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

static void what_is_missing_is_said_and_nothing_is_sent(void **state)
{
	(void)state;
	w.deaf = true;
	world_keys(&w, "D<F2>");
	must_show(&w, "this must be filled in");
	world_keys(&w, "khong<Space>co<F2>");
	must_show(&w, "nothing of this name");
	assert_int_equal(json_array_size(w.asked), 0);
	world_keys(&w, "<C-u>qldt<Tab><Tab><Tab>19/11/2026<F2>");
	must_show(&w, "passed already");
	assert_int_equal(json_array_size(w.asked), 0);
}

static void many_are_done_after_one_question_and_each_is_answered_for(void **state)
{
	(void)state;
	world_command(&w, "clear");
	world_keys(&w, "g"
		       "g");
	world_keys(&w, "<Space><Space><Space><Space><Space><Space><Space><Space>");
	world_keys(&w, "D");
	world_keys(&w, "qldt<F2>");
	must_show(&w, "records. Really?");
	must_show(&w, "are left out");
	assert_int_equal(w.acted, 0);
	world_keys(&w, "<Enter>");
	assert_true(w.acted > 0 && w.acted < 8);
	must_show(&w, "of 8 records queued");
	must_show(&w, "not possible in this state");
	world_keys(&w, "q");
	must_show(&w, "marked"); /* those that were left out still are */
}

static void one_of_many_that_fails_is_named(void **state)
{
	(void)state;
	world_keys(&w, "<Space><Space>");
	w.deaf = true;
	world_keys(&w, "chai<F2><Enter>");
	assert_int_equal(json_array_size(w.asked), 2);
	snprintf(w.refusal, sizeof w.refusal, "disk full");
	snprintf(w.refused_record, sizeof w.refused_record, "%s", member(asked(1), "record"));
	w.deaf = false;
	world_tick(&w, 10);
	must_show(&w, "1 of 2 records queued");
	must_show(&w, "disk full");
}

static void what_follows_on_what_waits_is_judged_as_it_will_be(void **state)
{
	(void)state;
	world_command(&w, "filter state:\"MOI\"");
	world_keys(&w, "D");
	must_show(&w, "not possible in this state");
	world_keys(&w, "R");
	must_show(&w, "queued: Receive");
	w.deaf = true;
	world_keys(&w, "Dqldt<F2>");
	assert_string_equal(member(asked(0), "action"), "assign");
	assert_int_equal(json_integer_value(json_object_get(asked(0), "version")), 0);
}

static void rights_decide_what_the_menu_offers(void **state)
{
	(void)state;
	world_operator(&w, "auditor", NULL);
	world_keys(&w, "c");
	must_show(&w, "not among your rights");
	world_keys(&w, "a");
	must_show(&w, "not among your rights");
	world_keys(&w, "<Esc>");
	world_operator(&w, "unit", "khac");
	world_command(&w, "filter state:\"DA_CHUYEN\"");
	world_keys(&w, "a");
	must_show(&w, "belongs to another unit");
}

/* It may say so of each action while the menu is open. */
static void a_source_that_takes_nothing_any_more_leaves_the_menu_empty(void **state)
{
	(void)state;
	world_keys(&w, "a");
	for (size_t i = 0; i < w.source_count; i++)
		memset(w.sources[i].withheld, 0xff, sizeof w.sources[i].withheld);
	world_send_sources(&w);
	world_keys(&w, "<Down><Up><Enter>");
	assert_int_equal(w.acted, 0);
	must_show(&w, "What is to be done?");
}

static void menu_letters_are_there_for_all_and_never_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; kinds[i]; i++) {
		char letters[40];
		size_t n = 0;
		for (const struct action *x = actions_of(kinds[i]); x && x->id; x++)
			n++;
		if (!n)
			continue;
		acting_letters(kinds[i], letters);
		assert_int_equal(strlen(letters), n);
		for (size_t k = 0; k < n; k++)
			assert_ptr_equal(strchr(letters, letters[k]), letters + k);
	}
}

static void a_line_of_text_does_the_same(void **state)
{
	(void)state;
	w.deaf = true;
	world_command(&w, "do assign --unit 'P. Quản lý đô thị' --note 'một hai'");
	const json_t *f = json_object_get(asked(0), "fields");
	assert_string_equal(member(f, "unit"), "qldt");
	assert_string_equal(member(f, "note"), "một hai");
	world_obey(&w);
	world_command(&w, "do assign --unit khong-co");
	must_show(&w, "nothing of this name");
	world_command(&w, "do assign PA-99999 --unit qldt");
	must_show(&w, "PA-99999");
	world_command(&w, "do fly");
	must_show(&w, "no action fly");
}

/* What stands in the first command that was asked, as it would be sent. */
static void assert_made(const char *source)
{
	const json_t *c = asked(0), *f = json_object_get(c, "fields");
	assert_string_equal(member(c, "action"), "create");
	assert_string_equal(member(c, "kind"), "complaint");
	assert_string_equal(member(c, "source"), source);
	assert_string_equal(member(c, "record"), "");
	assert_string_equal(member(f, "title"), "Cay do");
	double lat = json_number_value(json_object_get(f, "lat"));
	assert_true(lat > 21.3279 && lat < 21.3281);
}

static void a_new_report_is_made_at_the_one_source_that_takes_it(void **state)
{
	(void)state;
	w.deaf = true;
	world_keys(&w, "N");
	must_show(&w, "New report");
	must_show(&w, "Cổng IOC Sơn La");
	world_keys(&w, "Cay<Space>do<Tab><Tab><Tab><Tab><Tab>21,328<Tab>103.9<F2>");
	assert_made("son-la");
	world_obey(&w);
	must_show(&w, "queued: New report");
	json_t *answer = json_pack("{s:s, s:s}", "id", "x9", "code", "PA-00999");
	world_outbox(&w, "u1", "done", json_pack("{s:o}", "answer", answer));
	must_show(&w, "it is PA-00999");
	world_keys(&w, "a");
	assert_false(world_shows(&w, "New report"));
	world_keys(&w, "<Esc>.");
	must_show(&w, "nothing was done yet");
}

static void what_is_typed_for_a_new_report_is_kept(void **state)
{
	(void)state;
	world_keys(&w, "NCay<Space>do<Esc>");
	assert_int_equal(kept_drafts(), 1);
	world_keys(&w, "R");
	world_keys(&w, "N");
	must_show(&w, "Cay do");
}

static void a_mention_becomes_a_report_at_a_source_that_takes_one(void **state)
{
	(void)state;
	world_add(&w, "mention", "Rac sau cho Noong Dua", "MOI");
	world_changed(&w, "mention");
	world_command(&w, "queue mention");
	world_keys(&w, "gg");
	w.deaf = true;
	world_keys(&w, "N");
	must_show(&w, "New report");
	world_keys(&w, "<F2>");
	const json_t *f = json_object_get(asked(0), "fields");
	assert_string_equal(member(asked(0), "kind"), "complaint");
	assert_string_not_equal(member(f, "title"), "");
	assert_string_equal(member(f, "channel"), "mang-xa-hoi");
}

static void of_several_sources_it_is_asked_which(void **state)
{
	(void)state;
	w.sources[1].kinds |= UINT32_C(1) << kind_index(kind_find("complaint"));
	world_send_sources(&w);
	world_keys(&w, "N");
	must_show(&w, "At which source?");
	world_keys(&w, "2");
	must_show(&w, "New report  Camera");
	world_keys(&w, "<Esc>Nj<Up><Enter>");
	must_show(&w, "New report  Cổng IOC Sơn La");
	world_keys(&w, "<Esc>");
	world_command(&w, "new cam");
	must_show(&w, "New report  Camera");
	world_keys(&w, "<Esc>");
	world_command(&w, "new nowhere");
	must_show(&w, "new records are taken by");
	w.deaf = true;
	world_command(&w, "do create --source son --title 'Cay do' --lat 21.328");
	assert_made("son-la");
}

static void where_no_source_takes_new_reports_none_is_begun(void **state)
{
	(void)state;
	const struct kind *k = kind_find("complaint");
	for (size_t i = 0; i < w.source_count; i++)
		source_withhold(&w.sources[i], k, action_new(k));
	world_send_sources(&w);
	world_keys(&w, "N");
	must_show(&w, "no source takes new records");
	world_command(&w, "do create --title x");
	must_show(&w, "no source takes new records");
}

static void what_a_source_does_not_take_is_done_here_where_that_makes_sense(void **state)
{
	(void)state;
	const struct kind *k = kind_find("hazard");
	for (size_t i = 0; i < w.source_count; i++)
		for (const struct action *x = actions_of(k); x->id; x++)
			source_withhold(&w.sources[i], k, x);
	world_operator(&w, "shift-leader", NULL);
	world_hazard(&w, 3, "Lũ quét", "HIEU_LUC");
	world_send_sources(&w);
	world_changed(&w, "hazard");
	world_command(&w, "queue hazard");
	must_show(&w, "not acknowledged");
	world_keys(&w, "a");
	must_show(&w, "noted here only");
	assert_false(world_shows(&w, "Say that it is over"));
	w.deaf = true;
	world_keys(&w, "r");
	assert_string_equal(member(asked(0), "action"), "acknowledge");
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

static void type_line(const char *text)
{
	struct event e = {.type = EVENT_PROMPT};
	e.prompt.text = text;
	e.prompt.cursor = (int)strlen(text);
	world_send(&w, &e);
}

static void a_line_being_typed_outlives_the_console(void **state)
{
	(void)state;
	world_keys(&w, ":");
	type_line("filter đèn hỏng");
	assert_null(w.drafts);
	world_tick(&w, 3000);
	assert_int_equal(kept_drafts(), 1);
	json_t *kept = json_incref(w.drafts);
	close_console(NULL);
	open_checked_complaints(NULL);
	app_set_drafts(w.app, kept);
	must_show(&w, "not finished: filter đèn hỏng; : brings it back");
	world_keys(&w, "/");
	assert_string_equal(w.prompt, "");
	world_command(&w, NULL);
	world_keys(&w, ":");
	assert_string_equal(w.prompt, "filter đèn hỏng");
}

static void an_unfinished_line_comes_back_once(void **state)
{
	(void)state;
	app_set_drafts(w.app, json_pack("{s:{s:s}}", "line", "text", "filter x"));
	world_keys(&w, ":");
	assert_string_equal(w.prompt, "filter x");
	world_command(&w, "filter x");
	assert_non_null(w.drafts);
	assert_int_equal(kept_drafts(), 0);
	world_keys(&w, ":");
	assert_string_equal(w.prompt, "");
}

static void a_line_that_is_soon_entered_writes_nothing(void **state)
{
	(void)state;
	world_keys(&w, ":");
	type_line("view all");
	world_command(&w, "view all");
	world_tick(&w, 3000);
	assert_null(w.drafts);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_checked_complaints, close_console)

int main(void)
{
	clock_set_zone("Asia/Ho_Chi_Minh");
	const struct CMUnitTest tests[] = {
		TEST(a_form_says_which_record_which_version_and_what),
		TEST(what_was_done_shows_at_once_as_it_will_be),
		TEST(undo_takes_back_within_its_time_and_keeps_what_was_typed),
		TEST(what_was_not_taken_back_is_not_said_to_be),
		TEST(a_line_that_breaks_while_taking_back_loses_nothing_typed),
		TEST(a_form_survives_leaving_it_and_the_end_of_the_program),
		TEST(a_draft_that_was_sent_is_known_again_and_no_other),
		TEST(typing_is_kept_though_the_form_stays_open),
		TEST(what_could_not_be_kept_is_kept_when_there_is_room_again),
		TEST(a_refusal_leaves_the_form_open_and_says_why),
		TEST(what_is_missing_is_said_and_nothing_is_sent),
		TEST(many_are_done_after_one_question_and_each_is_answered_for),
		TEST(one_of_many_that_fails_is_named),
		TEST(what_follows_on_what_waits_is_judged_as_it_will_be),
		TEST(rights_decide_what_the_menu_offers),
		TEST(a_source_that_takes_nothing_any_more_leaves_the_menu_empty),
		TEST(menu_letters_are_there_for_all_and_never_the_same),
		TEST(a_line_of_text_does_the_same),
		TEST(a_new_report_is_made_at_the_one_source_that_takes_it),
		TEST(what_is_typed_for_a_new_report_is_kept),
		TEST(a_mention_becomes_a_report_at_a_source_that_takes_one),
		TEST(of_several_sources_it_is_asked_which),
		TEST(what_a_source_does_not_take_is_done_here_where_that_makes_sense),
		TEST(where_no_source_takes_new_reports_none_is_begun),
		TEST(a_refusal_of_the_province_is_marked_until_somebody_decides),
		TEST(a_conflict_shows_both_sides_and_is_done_again_on_the_new_version),
		TEST(a_conflict_names_who_was_first_and_the_ways_out),
		TEST(a_conflict_tells_nothing_about_people),
		TEST(what_was_refused_is_said_otherwise_and_sent_again),
		TEST(hostile_answers_break_nothing),
		TEST(a_line_being_typed_outlives_the_console),
		TEST(an_unfinished_line_comes_back_once),
		TEST(a_line_that_is_soon_entered_writes_nothing),
	};
	return cmocka_run_group_tests_name("acting", tests, NULL, NULL);
}

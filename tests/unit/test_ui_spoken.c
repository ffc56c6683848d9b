/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Line mode's side of the screens: numbers, messages, news, and forms as conversations. */
#include "ui/spoken.h"

#include <stdlib.h>
#include <string.h>

#include "../screen/world.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "ui/state.h"
#include "unit.h"

static struct world w;

static void start(void)
{
	world_init(&w, getenv("IOC_DATA_DIR") ? getenv("IOC_DATA_DIR") : "data");
	w.spoken = true;
	w.page = 5;
	world_start(&w, 24, 80, false);
	world_send_writer(&w, WRITER_CONNECTED, NULL);
	world_send_sources(&w);
	world_operator(&w, "operator", NULL);
}

static void told(struct strbuf *out)
{
	strbuf_clear(out);
	app_tell(w.app, out, 80);
}

static void messages(struct strbuf *out)
{
	strbuf_clear(out);
	spoken_messages(w.app, out, out);
}

/* One more event carries out what the answer asked for. */
static void answer(const char *text)
{
	dialog_answer(w.app, text, &w.fx);
	world_obey(&w);
	world_tick(&w, 10);
}

static void must_say(const char *words)
{
	struct strbuf b = STRBUF_INIT;
	messages(&b);
	if (!strstr(b.s, words))
		fail_msg("\"%s\" was not said:\n%s", words, b.s);
	strbuf_free(&b);
}

static const char *open_code(void)
{
	const struct record *r = detail_record(&w.app->detail);
	return r ? record_text(r, COL_CODE) : "";
}

static void a_number_is_a_record_whatever_arrives(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	char command[32];
	start();
	world_command(&w, "queue complaint");
	told(&b);
	char *third = xasprintf("%s", tell_pick(w.app, 3)->target.code);
	for (int i = 0; i < 3; i++)
		world_add(&w, "complaint", "Vừa đến", "MOI")->values[COL_DUE_AT].i = 0;
	world_changed(&w, "complaint");
	snprintf(command, sizeof command, "open %d", 3);
	world_command(&w, command);
	world_tick(&w, 200);
	assert_string_equal(open_code(), third);
	free(third);
	strbuf_free(&b);
	world_free(&w);
}

static void numbers_mark_ranges_and_nothing_else(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	start();
	world_command(&w, "queue complaint");
	told(&b);
	world_command(&w, "mark 2-4,1");
	assert_int_equal(w.app->lists[0].marks.count, 4);
	world_command(&w, "unmark 3");
	assert_int_equal(w.app->lists[0].marks.count, 3);
	world_command(&w, "mark 4-9");
	assert_int_equal(w.app->lists[0].marks.count, 3);
	strbuf_free(&b);
	world_free(&w);
}

static void numbers_below_a_menu_come_back_with_it_gone(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	start();
	world_command(&w, "queue complaint");
	told(&b);
	char *first = xasprintf("%s", tell_pick(w.app, 1)->target.code);
	world_command(&w, "act");
	assert_null(tell_pick(w.app, 1)); /* the menu was not told yet */
	told(&b);
	assert_string_equal(tell_pick(w.app, 1)->command, "act receive");
	world_command(&w, "back");
	assert_string_equal(tell_pick(w.app, 1)->target.code, first);
	free(first);
	strbuf_free(&b);
	world_free(&w);
}

static void a_record_without_values_is_told(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	start();
	struct record *r = world_add(&w, "complaint", "Vừa đến", "MOI");
	for (size_t i = COL_UPDATED_AT; i < r->kind->column_count; i++)
		r->values[i].set = false;
	world_changed(&w, "complaint");
	snprintf(w.prompt, sizeof w.prompt, "goto %s", record_text(r, COL_CODE));
	world_command(&w, w.prompt);
	world_command(&w, "open");
	world_tick(&w, 200);
	told(&b);
	assert_non_null(strstr(b.s, record_text(r, COL_CODE)));
	strbuf_free(&b);
	world_free(&w);
}

static void messages_are_kept_until_taken_and_bounded(void **state)
{
	(void)state;
	struct strbuf out = STRBUF_INIT, problems = STRBUF_INIT;
	start();
	messages(&out);
	for (int i = 0; i < 60; i++)
		app_say(w.app, ROLE_NOTICE, "notice %d", i);
	app_say(w.app, ROLE_ERROR, "broken");
	strbuf_clear(&out);
	spoken_messages(w.app, &out, &problems);
	assert_non_null(strstr(out.s, "notice 49\n"));
	assert_null(strstr(out.s, "notice 50\n"));
	assert_non_null(strstr(out.s, "11"));
	strbuf_clear(&out);
	spoken_messages(w.app, &out, &problems);
	assert_int_equal(out.len, 0);
	app_say(w.app, ROLE_ERROR, "broken");
	spoken_messages(w.app, &out, &problems);
	assert_string_equal(problems.s, "broken\n");
	strbuf_free(&out);
	strbuf_free(&problems);
	world_free(&w);
}

static void news_is_counted_and_told_once(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	start();
	news_tell(w.app, &b);
	strbuf_clear(&b);
	for (int i = 0; i < 3; i++)
		world_add(&w, "complaint", "Vừa đến", "MOI");
	world_changed(&w, "complaint");
	world_tick(&w, 1000);
	news_tell(w.app, &b);
	assert_non_null(strstr(b.s, "Complaints: 3 new"));
	strbuf_clear(&b);
	news_tell(w.app, &b);
	assert_int_equal(b.len, 0);
	world_send_writer(&w, WRITER_LOST, NULL);
	news_tell(w.app, &b);
	assert_non_null(strstr(b.s, "sync stopped"));
	strbuf_clear(&b);
	world_send_writer(&w, WRITER_CONNECTED, NULL);
	news_tell(w.app, &b);
	assert_non_null(strstr(b.s, "sync runs again"));
	strbuf_clear(&b);
	w.sources[0].state = SOURCE_DOWN;
	snprintf(w.sources[0].error, sizeof w.sources[0].error, "connection refused");
	world_send_sources(&w);
	news_tell(w.app, &b);
	assert_non_null(strstr(b.s, "connection refused"));
	strbuf_free(&b);
	world_free(&w);
}

static void begin_assigning(void)
{
	start();
	world_command(&w, "queue complaint");
	world_command(&w, "filter state:\"XAC_MINH\"");
	world_command(&w, "act assign");
	assert_true(dialog_is_open(w.app));
}

static void a_form_asks_and_takes_numbers_and_names(void **state)
{
	(void)state;
	struct strbuf b = STRBUF_INIT;
	begin_assigning();
	dialog_ask(w.app, &b);
	assert_non_null(strstr(b.s, "1/"));
	assert_non_null(strstr(b.s, "(required)"));
	answer("?");
	must_say("1. ");
	answer("99");
	assert_int_equal(w.app->acting.form.current, 0);
	answer("?");
	answer("1");
	assert_int_equal(w.app->acting.form.current, 1);
	assert_true(w.app->acting.form.fields[0].edit.text.len > 0);
	answer("<");
	assert_int_equal(w.app->acting.form.current, 0);
	answer("");
	assert_int_equal(w.app->acting.form.current, 1);
	strbuf_free(&b);
	world_free(&w);
}

static void a_wrong_answer_is_explained_and_what_was_there_stays(void **state)
{
	(void)state;
	begin_assigning();
	answer("?");
	answer("1");
	answer("<");
	char *before = xasprintf("%s", w.app->acting.form.fields[0].edit.text.s);
	struct strbuf b = STRBUF_INIT;
	messages(&b);
	answer("zzzz");
	messages(&b);
	assert_non_null(strstr(b.s, "zzzz"));
	assert_string_equal(w.app->acting.form.fields[0].edit.text.s, before);
	assert_int_equal(w.app->acting.form.current, 0);
	free(before);
	strbuf_free(&b);
	world_free(&w);
}

static void a_form_is_sent_at_its_end(void **state)
{
	(void)state;
	begin_assigning();
	answer("?");
	answer("1");
	for (size_t i = 1; i < w.app->acting.form.count && dialog_is_open(w.app); i++)
		answer(i + 1 == w.app->acting.form.count ? "hai \\" : "");
	assert_true(dialog_is_open(w.app)); /* the text goes on */
	answer("dòng");
	assert_false(dialog_is_open(w.app));
	assert_int_equal(w.acted, 1);
	must_say("queued");
	world_free(&w);
}

static void leaving_keeps_what_was_typed(void **state)
{
	(void)state;
	begin_assigning();
	answer("?");
	answer("1");
	answer(".");
	assert_false(dialog_is_open(w.app));
	assert_int_equal(w.acted, 0);
	world_command(&w, "act assign");
	assert_true(w.app->acting.form.fields[0].edit.text.len > 0);
	world_free(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_is_a_record_whatever_arrives),
		cmocka_unit_test(numbers_mark_ranges_and_nothing_else),
		cmocka_unit_test(numbers_below_a_menu_come_back_with_it_gone),
		cmocka_unit_test(a_record_without_values_is_told),
		cmocka_unit_test(messages_are_kept_until_taken_and_bounded),
		cmocka_unit_test(news_is_counted_and_told_once),
		cmocka_unit_test(a_form_asks_and_takes_numbers_and_names),
		cmocka_unit_test(a_wrong_answer_is_explained_and_what_was_there_stays),
		cmocka_unit_test(a_form_is_sent_at_its_end),
		cmocka_unit_test(leaving_keeps_what_was_typed),
	};
	i18n_init("en", getenv("IOC_LOCALE_DIR") ? getenv("IOC_LOCALE_DIR") : "po");
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New reports, and at which source they are made. */
#include "console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "model/action.h"
#include "ui/acting.h"

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

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_checked_complaints, close_console)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_report_is_made_at_the_one_source_that_takes_it),
		TEST(a_mention_becomes_a_report_at_a_source_that_takes_one),
		TEST(of_several_sources_it_is_asked_which),
		TEST(where_no_source_takes_new_reports_none_is_begun),
	};
	return cmocka_run_group_tests_name("making", tests, NULL, NULL);
}

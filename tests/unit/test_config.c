/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <string.h>

#include "base/clock.h"
#include "model/config.h"
#include "model/kinds.h"

static int parse(struct config *c, const char *text, struct err *e)
{
	return config_parse(c, "config.yaml", text, strlen(text), e);
}

static void retention_may_differ_by_kind(void **state)
{
	(void)state;
	struct config c;
	struct err e = ERR_INIT;
	assert_int_equal(parse(&c, "retention: {complaint: 730d, call: 365d}\n", &e), 0);
	assert_int_equal(c.retention[kind_index(&kind_complaint)], 730 * DAY);
	assert_int_equal(c.retention[kind_index(&kind_call)], 365 * DAY);
	assert_int_equal(c.retention[kind_index(&kind_alert)], 0);
	config_free(&c);
	assert_int_equal(parse(&c, "retention: {unit: 1d}\n", &e), -1);
	config_free(&c);
	assert_int_equal(parse(&c, "retention: {call: soon}\n", &e), -1);
	config_free(&c);
	assert_int_equal(parse(&c, "retention: [1d]\n", &e), -1);
	config_free(&c);
}

static void whole_file_is_read(void **state)
{
	(void)state;
	struct config c;
	struct err e = ERR_INIT;
	int got = parse(&c,
			"title: IOC Sơn La\n"
			"language: en\n"
			"mouse: true\n"
			"retention: 90d\n"
			"sources:\n"
			"  - name: son-la\n"
			"    title: Cổng IOC Sơn La\n"
			"    connector: native\n"
			"    base_url: http://127.0.0.1:8686\n"
			"    token_command: [pass, show, ioc]\n"
			"    interval: 30s\n"
			"    settings: {jurisdiction_id: sonla.gov.vn}\n"
			"  - {name: two, connector: open311, enabled: false}\n",
			&e);
	assert_string_equal(e.text, "");
	assert_int_equal(got, 0);
	assert_string_equal(c.title, "IOC Sơn La");
	assert_string_equal(c.language, "en");
	assert_string_equal(c.timezone, "Asia/Ho_Chi_Minh");
	assert_true(c.mouse);
	assert_false(c.ascii);
	assert_int_equal(c.retention[kind_index(&kind_call)], INT64_C(90) * 86400000);
	assert_int_equal(c.retention[kind_index(&kind_unit)], 0);
	assert_int_equal(c.source_count, 2);
	const struct config_source *s = config_source(&c, "son-la");
	assert_ptr_equal(s, &c.sources[0]);
	assert_string_equal(s->title, "Cổng IOC Sơn La");
	assert_string_equal(config_secret(s, "token")->command[2], "ioc");
	assert_null(config_secret(s, "token")->command[3]);
	assert_int_equal(s->interval, 30000);
	assert_true(s->enabled);
	assert_string_equal(s->settings[0].value, "sonla.gov.vn");
	assert_string_equal(c.sources[1].title, "two");
	assert_false(c.sources[1].enabled);
	config_free(&c);
}

static void no_file_and_empty_file_are_the_defaults(void **state)
{
	(void)state;
	struct config c;
	struct err e = ERR_INIT;
	assert_int_equal(config_load(&c, "/nonexistent/config.yaml", &e), 0);
	assert_null(c.path);
	assert_string_equal(c.language, "vi");
	assert_int_equal(c.source_count, 0);
	config_free(&c);
	assert_int_equal(parse(&c, "# nothing yet\n", &e), 0);
	assert_string_equal(c.theme, "dark");
	config_free(&c);
}

static void mistakes_name_their_place(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"titel: x\n",
		 "config.yaml:1:1: unknown key \"titel\"; did you mean \"title\"?"},
		{"mouse: perhaps\n", "config.yaml:1:8: mouse must be true or false"},
		{"language: fr\n",
		 "config.yaml:1:11: language can't be \"fr\"; it is one of: vi, en"},
		{"sources: 3\n", "config.yaml:1:10: sources must be a list (- name: …)"},
		{"sources:\n  - name: a\n", "config.yaml:2:5: a source needs a connector"},
		{"sources:\n  - {name: a, connector: x}\n  - {name: a, connector: x}\n",
		 "config.yaml:3:12: a source \"a\" is there already, at line 2"},
		{"sources:\n  - {name: a b, connector: x}\n",
		 "config.yaml:2:12: name: at most 63 letters, digits, - and _"},
		{"sources:\n  - {name: a, connector: x, client_id: me}\n",
		 "config.yaml:2:6: client_id and client_secret_file go together"},
		{"sources:\n  - {name: a, connector: x, tokenfile: me}\n",
		 "config.yaml:2:29: unknown key \"tokenfile\"; did you mean \"token_file\"?"},
		{"sources:\n  - {name: a, connector: x, token_file: a, token_command: [b]}\n",
		 "config.yaml:2:60: the secret token is named twice"},
		{"sources:\n  - {name: a, connector: x, secrets: {k: {file: a, credential: "
		 "b}}}\n",
		 "config.yaml:2:43: a secret is one of file, command and credential; itself it "
		 "never stands here"},
		{"sources:\n  - {name: a, connector: x, hours: often}\n",
		 "config.yaml:2:36: hours are written \"07:00-17:30\" or \"working\""},
		{"sources:\n  - {name: a, connector: x, token_command: pass}\n",
		 "config.yaml:2:44: token_command must be a list: [program, argument, …]"},
		{"escalation: {quiet: 22h}\n",
		 "config.yaml:1:21: quiet hours are written \"22:00-06:00\""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct config c;
		struct err e = ERR_INIT;
		assert_int_equal(parse(&c, cases[i].text, &e), -1);
		assert_string_equal(e.text, cases[i].message);
		assert_int_equal(c.source_count, 0);
		config_free(&c);
	}
}

static int64_t today_at(int hour, int minute)
{
	return clock_from_local(&(struct clock_civil){
		.year = 2026, .month = 11, .day = 22, .hour = hour, .minute = minute});
}

static void quiet_hours_go_over_midnight(void **state)
{
	struct quiet q;
	(void)state;
	assert_int_equal(quiet_parse("22:00-06:00", &q), 0);
	assert_false(quiet_at(&q, today_at(21, 59)));
	assert_true(quiet_at(&q, today_at(22, 0)));
	assert_true(quiet_at(&q, today_at(5, 59)));
	assert_false(quiet_at(&q, today_at(6, 0)));
	assert_int_equal(quiet_parse(" 12:00 – 13:30 ", &q), 0);
	assert_true(quiet_at(&q, today_at(13, 29)));
	assert_false(quiet_at(&q, today_at(13, 30)));
	assert_false(quiet_at(&q, today_at(23, 0)));
	assert_int_equal(quiet_parse("00:00-24:00", &q), 0);
	assert_true(quiet_at(&q, today_at(0, 0)));
	assert_int_equal(quiet_parse("08:00-08:00", &q), 0);
	assert_false(quiet_at(&q, today_at(8, 0)));
	static const char *const wrong[] = {
		"",      "22:00",       "25:00-06:00", "22:60-06:00",
		"22-06", "22:00-24:01", "22:00-06:00x"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(quiet_parse(wrong[i], &q), -1);
}

static void escalation_is_read(void **state)
{
	struct config c;
	struct err e = ERR_INIT;
	(void)state;
	assert_int_equal(parse(&c, "", &e), 0);
	assert_null(c.escalation.command);
	assert_true(c.escalation.bell);
	assert_true(config_may_ring(&c.escalation, 1, today_at(3, 0)));
	config_free(&c);
	assert_int_equal(parse(&c,
			       "escalation: {command: [/bin/tell, -x], quiet: \"22:00-06:00\","
			       " loud: 3, bell: false, timeout: 30s}\n",
			       &e),
			 0);
	assert_string_equal(c.escalation.command[1], "-x");
	assert_false(c.escalation.bell);
	assert_int_equal(c.escalation.timeout, 30 * SECOND);
	assert_false(config_may_ring(&c.escalation, 2, today_at(3, 0)));
	assert_true(config_may_ring(&c.escalation, 3, today_at(3, 0)));
	assert_true(config_may_ring(&c.escalation, 1, today_at(12, 0)));
	config_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_file_is_read),
		cmocka_unit_test(retention_may_differ_by_kind),
		cmocka_unit_test(no_file_and_empty_file_are_the_defaults),
		cmocka_unit_test(mistakes_name_their_place),
		cmocka_unit_test(quiet_hours_go_over_midnight),
		cmocka_unit_test(escalation_is_read),
	};
	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}

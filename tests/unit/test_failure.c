/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people and the status of a source are told about a failed exchange. */
#include "unit.h"

#include <string.h>

#include "api/failure.h"
#include "api/reasons.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "model/source.h"

/* Letters of three bytes behind a few of one, so that the fields end within a letter. */
static void fill(struct strbuf *b, size_t before)
{
	strbuf_clear(b);
	strbuf_addn(b, 'x', before);
	for (int i = 0; i < 200; i++)
		strbuf_adds(b, "ệ");
}

static void a_long_failure_still_fits_into_the_status(void **state)
{
	(void)state;
	struct strbuf words = STRBUF_INIT;
	for (size_t before = 0; before < 3; before++) {
		struct failure f;
		struct source_status s = {.name = "x"};
		fill(&words, before);
		failure_set(&f, ERR_NET, "the server has an error of its own", words.s);
		assert_true(utf8_is_valid(f.detail, strlen(f.detail)));
		failure_text(&f, false, s.error, sizeof s.error);
		assert_true(strlen(s.error) > sizeof s.error - 4);
		json_t *j = source_to_json(&s);
		assert_non_null(j);
		json_decref(j);
	}
	strbuf_free(&words);
}

static void what_drives_a_terminal_is_not_told(void **state)
{
	(void)state;
	struct failure f;
	char text[64];
	failure_set(&f, ERR_NET, "no answer", "\033[31mred\r\n");
	failure_text(&f, false, text, sizeof text);
	assert_null(strpbrk(text, "\033\r\n"));
	assert_memory_equal(text, "no answer: ", 11);
}

static void known_reasons_are_told_in_words_of_ours(void **state)
{
	(void)state;
	struct failure f;
	const char *about;
	char text[160];
	assert_string_equal(reason_words("urn:ioc:reason:no-code XX", &about),
			    "the catalogue has no such code");
	assert_string_equal(about, "XX");
	assert_non_null(reason_words("urn:ioc:problem:busy", &about));
	assert_string_equal(about, "");
	assert_null(reason_words("urn:ioc:reason:no-codes", &about));
	assert_null(reason_words("urn:ioc:reason:no", &about));
	assert_null(reason_words("no-code XX", &about));
	failure_set(&f, ERR_PARSE, "refused", "unit: there is no unit \"XX\"");
	f.known = "the catalogue has no such code";
	utf8_copy(f.about, sizeof f.about, "XX\033[31m");
	failure_text(&f, true, text, sizeof text);
	assert_memory_equal(text, "refused: the catalogue has no such code (XX", 43);
	assert_null(strchr(text, '\033'));
	failure_text(&f, false, text, sizeof text);
	assert_string_equal(text, "refused: unit: there is no unit \"XX\"");
}

static void statuses_become_codes(void **state)
{
	(void)state;
	static const struct {
		long status;
		enum err_code code;
	} table[] = {{301, ERR_NET},        {400, ERR_PARSE}, {401, ERR_AUTH},
		     {403, ERR_PERMISSION}, {418, ERR_PARSE}, {429, ERR_BUSY},
		     {500, ERR_NET},        {503, ERR_BUSY},  {99, ERR_NET}};
	struct failure f;
	assert_false(failure_from_status(&f, 200));
	assert_false(failure_from_status(&f, 304));
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		assert_true(failure_from_status(&f, table[i].status));
		assert_int_equal(f.code, table[i].code);
		assert_int_equal(f.status, table[i].status);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_failure_still_fits_into_the_status),
		cmocka_unit_test(what_drives_a_terminal_is_not_told),
		cmocka_unit_test(known_reasons_are_told_in_words_of_ours),
		cmocka_unit_test(statuses_become_codes),
	};
	return cmocka_run_group_tests_name("failure", tests, NULL, NULL);
}

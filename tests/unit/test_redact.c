/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "author/recording.h"

static void expect(const char *text, const char *wanted)
{
	char *got = redact_text(text, strlen(text));
	assert_string_equal(got, wanted);
	free(got);
}

static void what_sounds_like_a_secret_is_taken_out_of_every_form(void **state)
{
	(void)state;
	expect("{\"user\":\"ioc\",\"password\":\"mật khẩu\",\"x\":1}",
	       "{\"user\":\"ioc\",\"password\":\"SECRET\",\"x\":1}");
	expect("{\"data\": {\"accessToken\" : \"eyJ.abc\"}}",
	       "{\"data\": {\"accessToken\" : \"SECRET\"}}");
	expect("grant_type=password&client_secret=s3&scope=a",
	       "grant_type=password&client_secret=SECRET&scope=a");
	expect("https://a.example/x?page=1&api_key=abc&y=2",
	       "https://a.example/x?page=1&api_key=SECRET&y=2");
	expect("Accept: */*\nX-API-Key: abc def\nCookie: a=b; c=d\nHost: x\n",
	       "Accept: */*\nX-API-Key: SECRET\nCookie: SECRET\nHost: x\n");
	expect("<r><token>abc</token><n>1</n></r>", "<r><token>SECRET</token><n>1</n></r>");
}

static void what_was_taken_out_keeps_the_words_around_it(void **state)
{
	(void)state;
	expect("Authorization: Bearer SECRET\n", "Authorization: Bearer SECRET\n");
}

static void other_words_stay(void **state)
{
	(void)state;
	expect("{\"title\":\"password is wrong\",\"tokens\":[1,2]}",
	       "{\"title\":\"password is wrong\",\"tokens\":[1,2]}");
	expect("", "");
	expect("token", "token");
	expect("token=", "token=");
	expect("\"token\":", "\"token\":");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_sounds_like_a_secret_is_taken_out_of_every_form),
		cmocka_unit_test(what_was_taken_out_keeps_the_words_around_it),
		cmocka_unit_test(other_words_stay),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

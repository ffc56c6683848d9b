/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vietnamese order of words. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "text/collate.h"

static int sign(int v)
{
	return (v > 0) - (v < 0);
}

static int compare(const char *a, const char *b)
{
	int order = sign(collate_compare(a, strlen(a), b, strlen(b)));
	assert_int_equal(order, -sign(collate_compare(b, strlen(b), a, strlen(a))));
	return order;
}

/* Each comes before every later one. */
static void expect_ascending(const char *const *words)
{
	for (const char *const *a = words; *a; a++)
		for (const char *const *b = a + 1; *b; b++)
			if (compare(*a, *b) >= 0)
				fail_msg("%s is not before %s", *a, *b);
}

static void letters_stand_in_the_order_of_the_alphabet(void **state)
{
	(void)state;
	static const char *const letters[] = {"a", "ă", "â", "b", "c", "d", "đ", "e", "ê",
					      "f", "g", "h", "i", "j", "k", "l", "m", "n",
					      "o", "ô", "ơ", "p", "q", "r", "s", "t", "u",
					      "ư", "v", "w", "x", "y", "z", NULL};
	expect_ascending(letters);
}

static void tones_and_case_decide_last(void **state)
{
	(void)state;
	static const char *const words[] = {"an", "ăn", "ân", "ba",  "Ba", "bà", "bả",
					    "bã", "bá", "bạ", "bac", "da", "đa", NULL};
	expect_ascending(words);
	static const char *const places[] = {"Bà Rịa", "Ba Vì", NULL};
	expect_ascending(places);
}

static void blanks_punctuation_and_digits_come_before_letters(void **state)
{
	(void)state;
	static const char *const words[] = {"",   "a",  "a b", "a-b", "a.b", "a1",
					    "a2", "ab", "aб",  "b",   "火",  NULL};
	expect_ascending(words);
}

static void forms_of_the_same_text_are_equal(void **state)
{
	(void)state;
	static const char *const words[] = {"Chiềng Cơi", "Mường É", "ĐỖ VĂN TRỤ", "Ệ",
					    "thuỷ",       "ü",       "Ǻ",          "한"};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		char *nfd = (char *)utf8proc_NFD((const utf8proc_uint8_t *)words[i]);
		assert_int_equal(compare(words[i], nfd), 0);
		free(nfd);
	}
	assert_int_equal(compare("o\u0302\u0323", "o\u0323\u0302"), 0);
}

static void wards_sort_as_in_a_register(void **state)
{
	(void)state;
	static const char *const wards[] = {
		"Chiềng An", "Chiềng Cơi",      "Chiềng Lề",   "Chiềng Sinh", "Mộc Châu",
		"Mường É",   "Pá Ma Pha Khinh", "Quyết Thắng", "Tô Hiệu",     NULL};
	expect_ascending(wards);
}

static void order_is_total_over_hostile_texts(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"",      "\xff",    "\xff\xfe", "\u0301", "a\u0301\u0301",
		"a\xff", "\xe1",    "ấ",        "a",      "\x01",
		"A",     "á\u0323", "đ",        "Đ",      "\u200b",
		"🚦",     "ă\u0302", "1",        "١"};
	size_t n = sizeof texts / sizeof texts[0];
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			for (size_t k = 0; k < n; k++)
				if (compare(texts[i], texts[j]) <= 0 &&
				    compare(texts[j], texts[k]) <= 0)
					assert_true(compare(texts[i], texts[k]) <= 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_stand_in_the_order_of_the_alphabet),
		cmocka_unit_test(tones_and_case_decide_last),
		cmocka_unit_test(blanks_punctuation_and_digits_come_before_letters),
		cmocka_unit_test(forms_of_the_same_text_are_equal),
		cmocka_unit_test(wards_sort_as_in_a_register),
		cmocka_unit_test(order_is_total_over_hostile_texts),
	};
	return cmocka_run_group_tests_name("collate", tests, NULL, NULL);
}

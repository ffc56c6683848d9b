/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is matched without a library is what jq's library matches. */
#include "unit.h"

#include <oniguruma.h>
#include <string.h>

#include "api/jqplain.h"
#include "base/strbuf.h"

#define ROUNDS 20000

static const char *const plain[] = {
	"\\s+", "[^0-9]", "[^0-9+]",   "^0",  "\\.[0-9]+Z$", "-",       " +",   "^\\s+",
	"\\d",  "^a$",    "[a-zA-Z]+", "\\/", "[ \\t]+$",    "[^\\s]+", "[-_]",
};

static const char *const not_plain[] = {
	"",    "a.b", "a|b", "(a)",  "a*",    "a?",      "a+?",      "a++",        "\\w",
	"\\b", "[a",  "[]",  "[^]a", "[[:a]", "[a&&b]",  "\xc3\xa9", "[\xc3\xa9]", "a+b+",
	"a$b", "^",   "$",   "a{2}", "\\S",   "[a-\\d]", "[z-a]",    "[a-z-9]\\",
};

static const char *const pieces[] = {
	"a",      "b",   "1",         "0",    " ",    "\\s",   "\\d",  "[0-9]",
	"[^a-c]", "\\.", "-",         "[ ,]", "[-1]", "[1-]",  "[^ ]", "[a-z0-9]",
	"[\\s,]", "\\t", "[^\\t\\n]", "\\+",  "Z",    "[^\\d]"};

static const char *const parts[] = {"a",           "b",        "1",        "0",
				    " ",           "\t",       ".",        "-",
				    ",",           "Z",        "\xc4\x91", "\xe1\xba\xa1",
				    "aa",          "11",       "  ",       "\n",
				    "+",           "\xc3\xa9", "\xc2\xa0", "\xe0\xb9\x91",
				    "\xe2\x80\xa8"};

struct dice {
	uint64_t state;
};

static size_t roll(struct dice *d, size_t n)
{
	d->state = d->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (size_t)(d->state >> 33) % n;
}

#define PICK(d, list) list[roll(d, sizeof list / sizeof *list)]

static void make_pattern(struct dice *d, struct strbuf *b)
{
	size_t n = roll(d, 3) + 1, many = roll(d, 2 * n);
	strbuf_clear(b);
	strbuf_adds(b, roll(d, 4) ? "" : "^");
	for (size_t i = 0; i < n; i++) {
		strbuf_adds(b, PICK(d, pieces));
		strbuf_adds(b, i == many ? "+" : "");
	}
	strbuf_adds(b, roll(d, 4) ? "" : "$");
}

static void make_text(struct dice *d, struct strbuf *b)
{
	strbuf_clear(b);
	for (size_t n = roll(d, 12); n; n--)
		strbuf_adds(b, PICK(d, parts));
}

/* All matches of both, each looked for behind the one before. */
static void compare(const struct jqplain *p, regex_t *regex, const char *pattern,
		    const char *text)
{
	OnigRegion *region = onig_region_new();
	const char *from = text, *end = text + strlen(text), *to = NULL, *found;
	const UChar *start = (const UChar *)text, *stop = (const UChar *)end;
	do {
		found = jqplain_find(p, text, from, end, &to);
		int at = onig_search(regex, start, stop, (const UChar *)from, stop, region,
				     ONIG_OPTION_NONE);
		bool same = found ? found - text == at && to - text == region->end[0]
				  : at == ONIG_MISMATCH;
		if (!same)
			fail_msg("/%s/ in \"%s\" from %d: %d", pattern, text,
				 (int)(from - text), at);
		from = to;
	} while (found && from < end);
	onig_region_free(region, 1);
}

static void matches_are_those_of_the_library(void **state)
{
	struct dice d = {20261122};
	struct strbuf pattern = STRBUF_INIT, text = STRBUF_INIT;
	size_t compared = 0;
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		struct jqplain p;
		regex_t *regex;
		make_pattern(&d, &pattern);
		assert_true(jqplain_read(&p, pattern.s, pattern.len));
		const UChar *s = (const UChar *)pattern.s;
		assert_int_equal(onig_new(&regex, s, s + pattern.len, ONIG_OPTION_CAPTURE_GROUP,
					  ONIG_ENCODING_UTF8, ONIG_SYNTAX_PERL_NG, NULL),
				 ONIG_NORMAL);
		make_text(&d, &text);
		if (jqplain_suits(&p, text.s, text.len)) {
			compare(&p, regex, pattern.s, text.s);
			compared++;
		}
		onig_free(regex);
	}
	assert_true(compared > ROUNDS / 2);
	strbuf_free(&pattern);
	strbuf_free(&text);
}

static void the_plain_are_told_from_others(void **state)
{
	struct jqplain p;
	(void)state;
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (!jqplain_read(&p, plain[i], strlen(plain[i])))
			fail_msg("%s is not plain", plain[i]);
	for (size_t i = 0; i < sizeof not_plain / sizeof *not_plain; i++)
		if (jqplain_read(&p, not_plain[i], strlen(not_plain[i])))
			fail_msg("%s is plain", not_plain[i]);
}

static void texts_that_mean_more_to_the_library_are_left(void **state)
{
	static const char nbsp[] = "a\xc2\xa0 b", thai[] = "\xe0\xb9\x91", line[] = "a\nb";
	static const char viet[] = "\xc4\x90\xc6\xb0\xe1\xbb\x9dng s\xe1\xbb\x91 1";
	struct jqplain space, start;
	(void)state;
	assert_true(jqplain_read(&space, "\\s+", 3));
	assert_true(jqplain_read(&start, "^a", 2));
	assert_true(jqplain_suits(&space, viet, strlen(viet)));
	assert_false(jqplain_suits(&space, nbsp, strlen(nbsp)));
	assert_false(jqplain_suits(&space, thai, strlen(thai)));
	assert_true(jqplain_suits(&space, line, strlen(line)));
	assert_false(jqplain_suits(&start, line, strlen(line)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matches_are_those_of_the_library),
		cmocka_unit_test(the_plain_are_told_from_others),
		cmocka_unit_test(texts_that_mean_more_to_the_library_are_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

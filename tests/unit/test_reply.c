/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canned replies are checked when they are read, and say only what is known. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/reply.h"

static struct replies *read_text(const char *text, struct err *e)
{
	struct replies *r = replies_new();
	if (replies_read(r, "mine.yaml", text, strlen(text), e) == 0)
		return r;
	replies_free(r);
	return NULL;
}

static void must_fail(const char *text, const char *where, const char *why)
{
	struct err e = ERR_INIT;
	struct replies *r = read_text(text, &e);
	assert_null(r);
	if (strncmp(e.text, where, strlen(where)) != 0 || !strstr(e.text, why))
		fail_msg("\"%s\" is not %s … %s", e.text, where, why);
}

static void value(void *context, const char *field, struct strbuf *out)
{
	(void)context;
	if (strcmp(field, "code") == 0)
		strbuf_adds(out, "PA-1");
}

static char *expand(const char *text, const char *kind)
{
	struct reply r = {.title = "x", .text = text, .kind = kind_find(kind)};
	struct strbuf out = STRBUF_INIT;
	reply_expand(&r, r.kind, value, NULL, &out);
	return strbuf_detach(&out);
}

static void a_field_without_a_value_stays_as_a_gap(void **state)
{
	(void)state;
	char *s = expand("{code} {unit} {operator} {{code}} }", "complaint");
	assert_string_equal(s, "PA-1 [[Unit]] [[Operator]] {code} }");
	free(s);
}

static void gaps_are_found_one_after_the_other(void **state)
{
	(void)state;
	const char *text = "a [b] [[]] [[x\ny]] [[mã]] [[[z]]";
	size_t start, end;
	assert_true(reply_gap(text, 0, &start, &end));
	assert_memory_equal(text + start, "[[mã]]", end - start);
	assert_true(reply_gap(text, end, &start, &end));
	assert_memory_equal(text + start, "[[z]]", end - start);
	assert_false(reply_gap(text, end, &start, &end));
}

static void mistakes_are_told_with_their_place(void **state)
{
	(void)state;
	must_fail("replies:\n  - title: a\n    text: |\n      one\n      {uint}\n",
		  "mine.yaml:5:", "did you mean {unit}");
	must_fail("replies:\n  - title: a\n    kind: complaint\n    text: 'x {camera}'\n",
		  "mine.yaml:4:", "{camera}");
	must_fail("replies:\n  - {title: a, text: 'x {reporter_name}'}\n",
		  "mine.yaml:2:", "{reporter_name}");
	must_fail("replies:\n  - {title: a, text: 'x { y'}\n", "mine.yaml:2:", "{{");
	must_fail("replies:\n  - {title: a, text: x, kind: unit}\n",
		  "mine.yaml:2:", "a kind is");
	must_fail("replies:\n  - {title: a, text: x, action: fly}\n", "mine.yaml:2:", "fly");
	must_fail("replies:\n  - {title: a, text: x, kind: call, action: assign}\n",
		  "mine.yaml:2:", "assign");
	must_fail("replies:\n  - {title: a}\n", "mine.yaml:2:", "text");
	must_fail("replies:\n  - {titel: a}\n", "mine.yaml:2:", "did you mean");
	must_fail("replies: {}\n", "mine.yaml:1:", "list");
	must_fail("replies: [1]\n", "mine.yaml:1:", "map");
}

static void a_later_file_replaces_by_title_and_kind(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct replies *r = read_text("replies:\n- {title: a, kind: call, text: one}\n"
				      "- {title: a, text: two}\n",
				      &e);
	const char *own = "replies: [{title: a, kind: call, text: three}]";
	assert_int_equal(replies_read(r, "own", own, strlen(own), &e), 0);
	assert_int_equal(r->count, 2);
	assert_true(r->keep_shipped);
	assert_string_equal(r->list[0].text, "two");
	assert_string_equal(r->list[1].text, "three");
	assert_int_equal(replies_read(r, "own", "shipped: no\n", 12, &e), 0);
	assert_false(r->keep_shipped);
	replies_free(r);
}

static void those_for_the_category_fit_best(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct replies *r = read_text(
		"replies: [{title: a, kind: complaint, action: [tell, publish], "
		"category: [x, y], text: t}, {title: b, text: t}]",
		&e);
	const struct kind *k = kind_find("complaint");
	const struct action *tell = action_find(k, "tell"), *ask = action_find(k, "ask");
	assert_int_equal(reply_fits(&r->list[0], k, tell, "y"), 0);
	assert_int_equal(reply_fits(&r->list[0], k, tell, "z"), 2);
	assert_int_equal(reply_fits(&r->list[0], k, ask, "y"), -1);
	assert_int_equal(reply_fits(&r->list[0], kind_find("call"), tell, "y"), -1);
	assert_int_equal(reply_fits(&r->list[1], k, ask, ""), 1);
	replies_free(r);
}

static void the_shipped_file_is_right_and_serves_every_kind(void **state)
{
	(void)state;
	struct err e = ERR_INIT;
	struct replies *r = replies_new();
	char path[1024];
	static char text[1 << 16];
	snprintf(path, sizeof path, "%s/replies.yaml", getenv("IOC_DATA_DIR"));
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	size_t n = fread(text, 1, sizeof text, f);
	fclose(f);
	if (replies_read(r, path, text, n, &e) < 0)
		fail_msg("%s", e.text);
	for (size_t i = 0; i < 4; i++) {
		size_t fit = 0;
		for (size_t k = 0; k < r->count; k++)
			fit += r->list[k].kind == kinds[i];
		assert_true(fit >= 3);
	}
	replies_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_field_without_a_value_stays_as_a_gap),
		cmocka_unit_test(gaps_are_found_one_after_the_other),
		cmocka_unit_test(mistakes_are_told_with_their_place),
		cmocka_unit_test(a_later_file_replaces_by_title_and_kind),
		cmocka_unit_test(those_for_the_category_fit_best),
		cmocka_unit_test(the_shipped_file_is_right_and_serves_every_kind),
	};
	return cmocka_run_group_tests_name("reply", tests, NULL, NULL);
}

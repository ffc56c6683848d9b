/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit.h"

#include <string.h>

#include "api/sse.h"
#include "base/strbuf.h"

/* Writes each event as name|id|data; into the buffer. */
static void note(void *context, const struct sse_event *e)
{
	struct strbuf *b = context;
	strbuf_addf(b, "%s|%s|", e->name, e->id);
	strbuf_add(b, e->data, e->data_n);
	strbuf_adds(b, ";");
}

/* Feeds the text in pieces of this size and compares what comes out. */
static void expect(const char *text, size_t piece, const char *wanted)
{
	struct sse s;
	struct strbuf got = STRBUF_INIT;
	size_t n = strlen(text);
	sse_init(&s, 1000);
	for (size_t i = 0; i < n; i += piece)
		sse_feed(&s, text + i, n - i < piece ? n - i : piece, note, &got);
	assert_string_equal(got.s, wanted);
	assert_false(s.broken);
	strbuf_free(&got);
	sse_free(&s);
}

static void events_come_whole_however_the_bytes_are_cut(void **state)
{
	(void)state;
	const char *text = ": hello\n\nevent: change\nid: 7\ndata: {\"a\":\ndata: 1}\n\n"
			   "data:no blank\n\nid: 9\n\ndata\n\n: beat\n";
	for (size_t piece = 1; piece <= strlen(text); piece++)
		expect(text, piece, "change|7|{\"a\":\n1};message|7|no blank;message|9|;");
}

static void all_line_ends_are_line_ends(void **state)
{
	(void)state;
	expect("event: a\r\ndata: 1\r\n\r\ndata: 2\r\rdata: 3\n\n", 1,
	       "a||1;message||2;message||3;");
	expect("data: 1\r\n\r\n", 3, "message||1;");
}

static void byte_order_mark_and_unknown_fields_are_skipped(void **state)
{
	(void)state;
	expect("\xef\xbb\xbf"
	       "data: x\nfoo: bar\nevent\n\n",
	       2, "message||x;");
}

static void unfinished_event_is_not_told(void **state)
{
	(void)state;
	expect("data: 1\n", 4, "");
	expect("event: gone\n\ndata: 2\n\n", 4, "message||2;");
}

static void retry_and_beats_are_noticed(void **state)
{
	(void)state;
	struct sse s;
	struct strbuf got = STRBUF_INIT;
	const char *text = "retry: 1500\n: beat\n:\nretry: soon\n\n";
	sse_init(&s, 1000);
	sse_feed(&s, text, strlen(text), note, &got);
	assert_int_equal(s.retry, 1500);
	assert_int_equal(s.beats, 2);
	text = "retry: 99999999999999999999\n";
	sse_feed(&s, text, strlen(text), note, &got);
	assert_int_equal(s.retry, 3600000);
	strbuf_free(&got);
	sse_free(&s);
}

static void endless_lines_and_events_are_refused(void **state)
{
	(void)state;
	char line[64];
	memset(line, 'x', sizeof line);
	for (int with_lines = 0; with_lines < 2; with_lines++) {
		struct sse s;
		struct strbuf got = STRBUF_INIT;
		sse_init(&s, 1000);
		for (int i = 0; i < 100; i++) {
			sse_feed(&s, "data: ", with_lines ? 6 : 0, note, &got);
			sse_feed(&s, line, sizeof line, note, &got);
			sse_feed(&s, "\n", with_lines ? 1 : 0, note, &got);
		}
		assert_true(s.broken);
		assert_true(s.line.len + s.data.len <= 1100);
		assert_int_equal(got.len, 0);
		strbuf_free(&got);
		sse_free(&s);
	}
}

static void an_id_of_no_use_is_refused(void **state)
{
	(void)state;
	struct sse s;
	struct strbuf got = STRBUF_INIT;
	sse_init(&s, 1 << 20);
	strbuf_adds(&got, "id: ");
	strbuf_addn(&got, 'x', 100000);
	strbuf_addc(&got, '\n');
	sse_feed(&s, got.s, got.len, note, &got);
	assert_true(s.broken);
	strbuf_free(&got);
	sse_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_come_whole_however_the_bytes_are_cut),
		cmocka_unit_test(all_line_ends_are_line_ends),
		cmocka_unit_test(byte_order_mark_and_unknown_fields_are_skipped),
		cmocka_unit_test(unfinished_event_is_not_told),
		cmocka_unit_test(retry_and_beats_are_noticed),
		cmocka_unit_test(endless_lines_and_events_are_refused),
		cmocka_unit_test(an_id_of_no_use_is_refused),
	};
	return cmocka_run_group_tests_name("sse", tests, NULL, NULL);
}
